"""Whether a line is a credit: byline, agency, date stamp, "reporting by", names alone."""

from __future__ import annotations

import re

from claims.documents.agencies import AGENCY
from claims.documents.dates import find_dates
from claims.documents.lines import ends_sentence

_NAME = r"[A-ZÀ-Þ][\w.'’\-]*"
_BYLINE = re.compile(
    rf"(?:by|written by|reported by|story by|words by|text by|author:)\s+\[?(?:{_NAME}|{AGENCY})"
    r"(?P<rest>.*)$",
    re.I,
)
_REPORTING = re.compile(
    r"[(\[—–-]*\s*(?:additional |compiled |with )*"
    r"(?:reporting|writing|editing|edited|translated|compiled|reporter)\b\s*(?:by|:)",
    re.I,
)
_CONTRIBUTED = re.compile(
    r"\bcontributed (?:reporting|research|to this \w+|from [A-ZÀ-Þ])"
    rf"|^{_NAME}(?:\s+{_NAME}){{1,3}}(?:,? and {_NAME}(?:\s+{_NAME})+)? reported from [A-ZÀ-Þ]"
)
_SLASHED_LINE = re.compile(
    rf"[(\[]?{_NAME}(?:\s+{_NAME}){{0,3}}\s?/\s?{_NAME}(?:[\s/]+{_NAME}){{0,3}}[)\]]?$"
)
_AGENCY_LINE = re.compile(
    r"[(\[—–\-/©*_\s]*(?:\d{4}\s+)?(?:source\s*:\s*|with (?:inputs from )?)?"
    rf"\[?{AGENCY}(?:\]\([^()]*\))?(?:\s*(?:[/,|&]|and)\s*{AGENCY})*[)\]*_\s.]*$"
)
_NAMES_ONLY = re.compile(
    rf"{_NAME}(?:\s+(?:{_NAME}|de|van|von|bin|al|la)){{1,3}}"
    rf"(?:\s*[,&|/]\s*{_NAME}(?:\s+{_NAME}){{1,3}})*(?:\s+in(?:\s+{_NAME}){{1,3}})?$"
)
_STAFF = re.compile(
    r"\b(?:staff|agenc(?:y|ies)|correspondents?|reporters?|bureau|desk|newsroom|news service|wires?"
    r"|editors?)\b",
    re.I,
)
_LINK_WORD = re.compile(r"\b(?:views?|shares?|print|save|listen|comments?|more)$", re.I)
_STAMP_WORDS = """
    date on at by in published updated posted last modified first min mins minute minutes read
    am pm a.m p.m et gmt utc edt est local time views comments share
    monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
"""
_STAMP_SMALL = frozenset(_STAMP_WORDS.split())


def agency_line(text: str) -> bool:
    """Whether `text` is nothing but the name of one or more agencies."""
    return _AGENCY_LINE.match(text) is not None


def is_byline(text: str) -> bool:
    """Whether `text` names the author: "By Ana Quill", "By [AFP](#)"."""
    found = _BYLINE.match(text)
    if not found or len(text.split()) > 14:
        return False
    small = [w for w in found["rest"].split() if w[0].islower()]
    return len(small) <= 4 and not (ends_sentence(text) and len(text.split()) > 5)


def credit_score(text: str) -> int:
    """How much `text` reads like a credit: 2 certain, 1 where the story's body is not."""
    words = text.split()
    if agency_line(text) or is_byline(text) or _SLASHED_LINE.match(text):
        return 2
    if len(words) <= 60 and (_REPORTING.match(text) or _CONTRIBUTED.search(text)):
        return 2
    if ends_sentence(text) or len(words) > 12:
        return 0
    staff = _STAFF.search(text) is not None and not _LINK_WORD.search(text)
    if staff and find_dates(text):
        return 2
    return int(staff or (_NAMES_ONLY.match(text) is not None and not _LINK_WORD.search(text)))


def is_stamp(text: str) -> bool:
    """Whether `text` is a date with at most a few words about it, no name and no sentence."""
    dates = find_dates(text)
    if not dates or text.endswith(":") or (ends_sentence(text) and not text.endswith("m.")):
        return False
    rest = (text[: dates[0].span.start] + " " + text[dates[-1].span.end :]).split()
    words = [w.strip(",.:;()|").lower() for w in rest if w[0].isalpha()]
    other = [w for w in words if w not in _STAMP_SMALL]
    return len(other) <= 2 and not any(w[0].islower() and w.strip(",.:;") in other for w in rest)
