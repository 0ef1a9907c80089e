"""Whether a line is a picture's caption, by marks that captions share on any site."""

from __future__ import annotations

import re

from claims.documents.agencies import AGENCY

_PICTURE = (
    r"(?:photo(?:s|graph|graphs)?|pictures?|images?|video|frame ?grab|screen ?(?:grab|shot)"
    r"|illustration|graphic)"
)
_CAPTION_START = re.compile(rf"(?:file\s+)?(?:{_PICTURE}|caption|file)\s*[:—–|]\s*\S", re.I)
_THIS_PHOTO = re.compile(
    rf"\b(?:this|these) (?:[\w.-]+ ){{0,3}}{_PICTURE}\b"
    rf"|\b(?:file|undated|handout|combination) {_PICTURE}\b"
    r"|\bis (?:seen|pictured|shown) (?:in|at|on|here|during|with)\b"
    r"|\b(?:pictured|seen) (?:here|above|below|left|right)\b",
    re.I,
)
_PLACE_IN_PHOTO = re.compile(
    r"\(\s*(?:(?:second|third|fourth|fifth|\d(?:st|nd|rd|th)) from (?:the )?(?:left|right)"
    r"|left|right"
    r"|center|centre|[LRC]|front|back|top|bottom)\s*\)"
    r"|\b(?:second|third|fourth|fifth|\d(?:st|nd|rd|th)) from (?:the )?(?:left|right)\b"
    r"|\bfrom left to right\b|\bfrom left[,:]",
    re.I,
)
_SIDE = re.compile(
    r",(?:<[^<>]*>)*\s*(?:at |far |first one )?"
    r"(?:left|right|center|centre|foreground|walking \w+)\s*[,.]",
    re.I,
)
_CREDIT_WORDS = (
    rf"(?:\b{_PICTURE}\s*(?::|/|\||\b(?:by|via|courtesy|credit)\b)|\bcredit\s*:|(?<!\w)©"
    r"|\bcourtesy (?:of|photo)\b"
    rf"|\bhandout\s*(?:/|via)|\bgetty images\b|\bvia (?:{AGENCY})\b)"
)
# The credit is a closing phrase of its own, in brackets or after the caption's full stop.
_PHOTO_CREDIT = re.compile(
    r"(?:[(\[*_]{1,4}|(?<=[.!?”\"’)])\s+|\s[—–|-]\s|^)(?:[\w/&'’-]+ ){0,6}?"
    rf"{_CREDIT_WORDS}[^.()\[\]]{{0,60}}\.?[)\]*_]{{0,4}}$"
    rf"|[(\[](?:[\w/&'’.-]+ ){{0,6}}{_PICTURE}\.?[)\]]$",
    re.I,
)
_SLASHED = re.compile(
    r"(?<=[.!?”\"’)])[\s(*_]{1,5}[A-Z][\w.' ]{1,30}\s?/\s?[A-Z][\w.' ]{1,30}[)*_]{0,4}$"
)
_TRAILING_AGENCY = re.compile(rf"(?<=[.!?”\"’)])[\s(\[*_]{{1,5}}{AGENCY}[)\]*_]{{0,4}}\.?$")
_ANY_TAG = re.compile(r"<[^<>]{1,80}>")
_TAG = re.compile(r"<\s*/?\s*[a-z]+[^<>]*>|\*\*\S|!\[", re.I)


def caption_score(text: str) -> int:
    """How much `text` reads like a picture's caption; 3 and more on its own leaves little doubt."""
    tagged = _TAG.search(text) is not None
    text = _ANY_TAG.sub("", text)
    score = 2 * bool(_CAPTION_START.match(text)) + 2 * bool(_THIS_PHOTO.search(text))
    score += 2 * bool(_PLACE_IN_PHOTO.search(text)) + bool(_SIDE.search(text))
    if _PHOTO_CREDIT.search(text) or _SLASHED.search(text):
        score += 3 if len(text.split()) > 3 else 2
    elif _TRAILING_AGENCY.search(text):
        score += 2
    score += tagged
    return score if len(text.split()) <= 90 else score - 2
