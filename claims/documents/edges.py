"""Parts of a line that are not its prose: datelines, closing credits, dates before or after it."""

from __future__ import annotations

import re

from claims.documents.agencies import AGENCY, agency_name
from claims.documents.dates import MONTH, find_dates

_CAPS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’\-]+(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ.'’\-]+){0,3}"
_TITLED = r"[A-ZÀ-Þ][\w.'’\-]+(?:[ /][A-ZÀ-Þ][\w.'’\-]+){0,2}"
_REGION_WORD = r"(?:[A-ZÀ-Þ][a-zà-ÿ][\w.'’\-]*|(?:[A-Z]\.)+|[A-Z]{2,3}\b)"
_REGION = rf"(?:,\s+(?!(?i:{MONTH})\s){_REGION_WORD}(?:\s(?:and |of |the )?{_REGION_WORD}){{0,3}})"
_DAY = rf"(?:,?\s+(?i:{MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{MONTH})(?:,?\s+\d{{4}})?)"
_DASH = r"\s*(?:--+|[—–―‒]|-(?=\s))"
_CREDIT = rf"\s*\(\s*(?:{AGENCY}|[^()]{{2,40}})\s*\)"

_DATELINES = (
    # SEOUL, South Korea (AP) — · BEIJING, Nov. 15 (Xinhua) --
    re.compile(rf"{_CAPS}{_REGION}?{_DAY}?,?{_CREDIT}{_DASH}"),
    # HARTON, N.Y. — · BEIJING, Nov. 15 —
    re.compile(rf"{_CAPS}(?:{_REGION}{_DAY}?|{_DAY}),?{_DASH}"),
    # Seoul (Reuters) - · Seoul, South Korea (AP):
    re.compile(rf"{_TITLED}{_REGION}?{_DAY}?,?\s*\(\s*{AGENCY}\s*\)(?:{_DASH}|\s*:)"),
    # MOSCOW, November 15. /TASS/.
    re.compile(rf"{_TITLED}{_REGION}?{_DAY}?[.,]?\s*/{AGENCY}/[.:]?"),
    # (Reuters) -
    re.compile(rf"\(\s*{AGENCY}\s*\){_DASH}"),
)
# Only where the story begins: elsewhere it may be any word before a dash or colon.
FAR = 4
"""Paragraphs after which a bare place before a dash is no longer taken for a dateline."""
_NEAR = (re.compile(rf"{_CAPS}{_DASH}"),)
_OPENING = (
    re.compile(rf"{_TITLED}{_REGION}?{_DAY}?\s*[—–―](?=\s*[\"“‘'(]?[A-ZÀ-Þ\d])"),
    re.compile(rf"{_CAPS}{_REGION}?{_DAY}?:(?=\s+[\"“‘'(]?[A-ZÀ-Þ\d])"),
)
_SENTENCE_END = re.compile(r"(?<=[a-z\d)”\"’][.!?])[”\"’)]*\s+(?=[“\"‘'(]?[A-ZÀ-Þ])")
_NOT_PLACES = """
    ANALYSIS ANSWER BREAKING CORRECTION EDITORIAL EXCLUSIVE EXPLAINER FEATURE LIVE NEWS NOTE
    OPINION QUESTION UPDATE UPDATED UPDATES VIDEO WATCH
"""
_NO_PLACE = frozenset(_NOT_PLACES.split())
_MARKED_AGENCY = re.compile(rf"[(/]\s*({AGENCY})\s*[)/]")
_CLOSING = (
    re.compile(rf"(?<=[.!?…\"”’)])\s*[(\[]\s*{AGENCY}\s*[)\]]\.?$"),
    re.compile(rf"(?<=[.!?…\"”’)])\s+(?:[—–―/-]+\s*){AGENCY}\.?$"),
    re.compile(
        r"(?<=[.!?…\"”’)])\s*[(\[](?:(?:Additional |Written |Compiled )?(?:[Rr]eport(?:ed|ing)|"
        r"Writing|[Ee]dit(?:ed|ing)|by|With (?:inputs|reporting)) [^()\[\]]{2,200}|END|Ends?)"
        r"[)\]]\.?$"
    ),
)
_END_MARK = re.compile(r"(?<=[.!?…\"”’)])\s+(?:Enditem|ENDS?|-30-|#{2,}|■|/END)$")
_CLOSING_LAST = re.compile(
    rf"(?<=[.!?…\"”’)])\s+(?:{AGENCY}|\([A-Z][\w.&/-]*(?:\s[A-Z][\w.&/-]*){{0,3}}\))$"
)
_STAMP = (
    r"(?:(?:date|published|posted|updated|last updated|modified|created)\b\s*(?:on|at)?\s*:?\s*)"
)
_STAMP_BEFORE = re.compile(rf"{_STAMP}$", re.I)
_STAMP_ONLY = re.compile(rf"\s*{_STAMP}?$", re.I)


def dateline_end(text: str, order: int = FAR) -> int:
    """Length of the dateline that `text` begins with, dash included; 0 if there is none.

    `order` is the number of the story's paragraphs before it. Near the beginning a bare
    "SEOUL —" is a dateline too, at the very beginning also "Seoul —" and "SEOUL:".
    """
    patterns = [*_DATELINES, *(_NEAR if order < FAR else ()), *(_OPENING if order == 0 else ())]
    for pattern in patterns:
        found = pattern.match(text)
        if found and text[found.end() :].strip():
            word = text.split(None, 1)[0].rstrip(":—–-")
            no_place = word in _NO_PLACE or agency_name(word)
            return 0 if no_place or _is_apposed(text, found) else int(found.end())
    return 0


def _is_apposed(text: str, found: re.Match[str]) -> bool:
    """Whether the dash opens an apposition: "Orrin Vale — Lund's envoy — said", no dateline.

    Of capitals alone nobody can tell a place from a person; the second dash of the pair does.
    """
    if found.re is not _OPENING[0] or find_dates(found.group()):
        return False
    dash = found.group().rstrip()[-1]
    sentence = _SENTENCE_END.split(text[found.end() :], maxsplit=1)[0]
    return sentence.count(dash) % 2 == 1


def dateline_agency(text: str) -> str | None:
    """Name in records of the agency that a dateline names."""
    found = _MARKED_AGENCY.search(text)
    return agency_name(found.group(1)) if found else None


def closing_start(text: str, *, last: bool) -> int:
    """Where the credit begins that closes `text`, or its length; `last`: the story ends here."""
    patterns = [*_CLOSING, _END_MARK, _CLOSING_LAST] if last else [*_CLOSING]
    for pattern in patterns:
        found = pattern.search(text)
        if found:
            return found.start() + len(found.group()) - len(found.group().lstrip())
    return len(text)


def date_edges(text: str) -> tuple[int, int]:
    """`(a, b)`: the date stamp before the words of `text` ends at a, the one after begins at b.

    "date 2024-11-21 The photo …" and "A headline    DATE: 2024-09-21 00:45:00" have one. A date
    without such a word before it counts only if space, a bar or a dot sets it apart.
    """
    a, b = 0, len(text)
    dates = find_dates(text)
    if not dates:
        return a, b
    first, last = dates[0].span, dates[-1].span
    rest = text[first.end :]
    if _STAMP_ONLY.match(text[: first.start]) and rest.strip():
        lead = re.match(r"\s*[|•·,]?\s+(?=[\"“‘'(]?[A-ZÀ-Þ\d])", rest)
        if lead and (first.start > 0 or lead.group().strip() or len(lead.group()) > 1):
            a = first.end
    if not text[last.end :].strip(" .)]") and last.start > a:
        before = text[a : last.start]
        stamp = _STAMP_BEFORE.search(before)
        if stamp and stamp.start() > 0:
            b = a + stamp.start()
        elif re.search(r"\s{2,}$|\s[|•·]\s$", before) and before.strip(" |•·"):
            b = last.start
    return a, b
