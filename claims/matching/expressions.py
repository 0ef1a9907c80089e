"""Time expressions of English news as patterns: what they look like, not what day they mean.

Written here because no library at hand reads news. dateparser 1.5 takes the modal "may" for a
month, "Dec. 13" for December and "Thursday" in a Thursday's paper for a week ago, and skips "the
previous day"; parsedatetime 2.6 makes every weekday one to come and tells "the previous day" from
the present. Neither looks at "will" or "did". HeidelTime (Strötgen & Gertz, SemEval 2010) and
SUTime (Chang & Manning, LREC 2012), which read news, need Java.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_DAY_NAME = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_ANY_DAY_NAME = rf"(?:{_DAY_NAME}|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.?)"
_WHOLE_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_MONTH = rf"(?:{_WHOLE_MONTH}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%:]|[,.]\d)"
_NUMBER = (
    r"(?:\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)"
)
_UNIT = "(?:day|week|month|quarter|year|decade)"
_SEASON = "(?:spring|summer|fall|autumn|winter)"
_NTH = "(?:first|second|third|fourth)"
_PART = r"(?:early|mid|late|the\s+(?:beginning|start|middle|end)\s+of|(?:beginning|start|end)\s+of)"
_STEP = r"(?:this\s+past|this\s+coming|last|past|this|next|coming|upcoming)"
_WHICH = r"(?:of\s+)?(?P<which>last|this|next)\s+"
_HOURS = r"(?:\s+(?:morning|afternoon|evening|night))?"


class Kind(StrEnum):
    """The form of a time expression."""

    NUMERIC = "numeric"  # 2024-03-05
    WRITTEN = "written"  # March 5, Tuesday, March 5, 2024
    MONTH = "month"  # late November last year
    WEEKDAY = "weekday"  # next Tuesday, Friday last week
    NEAR = "near"  # yesterday
    NEIGHBOUR = "neighbour"  # the previous day
    QUARTER = "quarter"  # the third quarter of last year
    SEASON = "season"  # the summer of 2015
    COUNTED = "counted"  # the past three months
    STEP = "step"  # earlier this year
    AGO = "ago"  # two days ago, a month later
    SAME = "same"  # the same month, the following year
    DECADE = "decade"  # the late 1990s
    YEAR = "year"  # 2023


_CASED = {  # in the order in which they are tried
    Kind.NUMERIC: r"(?<![\d/.-])\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?![\d/-])",
    Kind.WRITTEN: (
        rf"(?:(?P<name>{_ANY_DAY_NAME}){_HOURS},?\s+\(?)?(?:"
        rf"(?P<month>{_MONTH})\s+(?P<day>{_DAY})"
        rf"(?:\s?[-–]\s?(?:(?P<month2>{_MONTH})\s+)?(?P<day2>{_DAY}))?(?:,?\s+(?P<year>{_YEAR})\b)?"
        rf"|(?:(?P<day0>{_DAY})(?:\s?[-–]\s?|\s+to\s+)|the\s+)?(?P<day_b>{_DAY})\s+(?:of\s+)?(?P<month_b>{_MONTH})"
        rf"(?:,?\s+(?P<year_b>{_YEAR})\b)?)(?:\s+{_WHICH}year\b)?"
    ),
    Kind.MONTH: (
        rf"(?:(?P<part>(?i:{_PART}))[\s-]+)?(?:(?P<step>(?i:{_STEP}))\s+)?(?P<month>{_MONTH})"
        rf"(?:,?\s+(?:of\s+)?(?P<year>{_YEAR})\b|\s+{_WHICH}year\b)?"
    ),
    Kind.WEEKDAY: (
        rf"(?:(?P<step>(?i:{_STEP}))\s+)?(?P<name>{_DAY_NAME})\b(?:{_HOURS}\s+{_WHICH}week\b)?"
    ),
}
_UNCASED = {
    Kind.NEAR: (
        r"the\s+day\s+(?:before\s+yesterday|after\s+tomorrow)|yesterday|today|tonight|tomorrow"
        r"|this\s+(?:morning|afternoon|evening)|last\s+night|earlier\s+today"
    ),
    Kind.NEIGHBOUR: (
        r"the\s+(?:(?P<step>previous|preceding|following|next|same)\s+day|day\s+(?P<side>before|after))"
        r"|that\s+(?:same\s+)?day"
    ),
    Kind.QUARTER: (
        rf"(?:the\s+)?(?P<nth>{_NTH})\s+quarter\s+(?:of\s+(?P<year>{_YEAR})\b|{_WHICH}year\b)"
    ),
    Kind.SEASON: (
        rf"(?:the\s+)?(?:(?P<part>early|mid|late)[\s-]+)?(?P<season>{_SEASON})\s+"
        rf"(?:(?:of\s+)?(?P<year>{_YEAR})\b|{_WHICH}year\b)"
    ),
    Kind.COUNTED: (
        rf"(?:the\s+)?(?P<side>past|last|next|coming)\s+(?P<number>{_NUMBER})\s+(?P<unit>{_UNIT})s?\b"
    ),
    Kind.STEP: (
        r"(?:(?P<part>earlier|later|early|mid|late|the\s+(?:beginning|start|middle|end)\s+of)[\s-]+)?"
        rf"(?P<step>{_STEP}|over\s+the|the\s+past)\s+(?P<unit>week|weekend|month|quarter|year|{_SEASON})\b"
    ),
    Kind.AGO: rf"(?P<number>{_NUMBER})\s+(?P<unit>{_UNIT})s?\s+(?P<side>ago|earlier|later)\b",
    Kind.SAME: (
        r"(?:the\s+(?P<step>same|previous|preceding|following)|that(?:\s+same)?)\s+(?P<unit>week|month|year)\b"
    ),
    Kind.DECADE: r"(?:(?P<part>early|mid|late)[\s-]+)?(?P<decade>(?:19|20)\d0|['’]\d0)s\b",
    Kind.YEAR: rf"(?:(?P<part>{_PART})[\s-]+)?(?P<year>{_YEAR})(?![\w%$]|[-–/,.:]\d|['’]s?\b)",
}


def _compiled(body: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern with `\\s` for white space of one paragraph: a line may end, none is empty."""
    body = body.replace(r"\s+", _GAP).replace(r"\s?", r"[^\S\n]?")
    return re.compile(rf"(?:\b|(?=['’]))(?:{body})", flags)


_GAP = r"(?:[^\S\n]+(?:\n[^\S\n]*)?|\n[^\S\n]*)"
_PATTERNS = {kind: _compiled(body) for kind, body in _CASED.items()} | {
    kind: _compiled(body, re.I) for kind, body in _UNCASED.items()
}
_LIKELY = re.compile(
    rf"{_DAY_NAME}|\b{_MONTH}|\b{_YEAR}|\d[-/.]\d"
    rf"|(?i:day|tonight|tomorrow|morning|afternoon|evening|night|week|month|quarter|year|decade"
    rf"|{_SEASON})|['’]\d0s"
)
_FAR = 60
"""Characters on either side of a likely word to which its expression may reach."""
_SPACE = re.compile(r"\s")
_NAME_BEFORE = re.compile(
    r"\b(?:Super|Black|Good|Easter|Palm|Ash|Bloody|Cyber|Holy|Whit|Shrove|Fat|Maundy|Giving"
    r"|News|Mail\s+on|Meet\s+the|Face\s+the)\s+$"
)
_NAME_AFTER = re.compile(
    r"\s+(?:Night|Morning|Times|Telegraph|Express|Mirror|Mail|Post|Herald|Star|Group|Club|School)\b"
    r"|-[A-Za-z]"
)


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression at `text[start:end]` with the parts of its form that are there."""

    kind: Kind
    start: int
    end: int
    parts: dict[str, str]


def expressions(text: str, start: int, end: int) -> Iterator[Expression]:
    """Expressions of `text[start:end]` in order, none overlapping; names are left out."""
    position = start
    while likely := _LIKELY.search(text, position, end):
        # Beyond a space far enough behind, nothing can belong to the expression.
        space = _SPACE.search(text, min(likely.end() + _FAR, end), end)
        high = space.start() if space else end
        found = _first(text, max(position, likely.start() - _FAR), likely, high)
        if found is None:
            position = likely.end()
            continue
        position = found.end
        if not _is_name(text, found):
            yield found


def _first(text: str, low: int, likely: re.Match[str], high: int) -> Expression | None:
    """The earliest, then longest expression that reaches into the likely word."""
    best: Expression | None = None
    for kind, pattern in _PATTERNS.items():
        for found in pattern.finditer(text, low, high):
            if found.start() >= likely.end():
                break
            if found.end() <= likely.start():
                continue
            if best is None or (found.start(), -found.end()) < (best.start, -best.end):
                parts = {k: v.lower() for k, v in found.groupdict().items() if v}
                best = Expression(kind, found.start(), found.end(), parts)
            break
    return best


def _is_name(text: str, found: Expression) -> bool:
    """Whether a day's name is but a part of another name: Super Tuesday, Monday Night Football."""
    if found.kind is not Kind.WEEKDAY:
        return False
    before = text[max(0, found.start - 12) : found.start]
    return bool(_NAME_BEFORE.search(before) or _NAME_AFTER.match(text, found.end))
