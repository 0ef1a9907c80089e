"""The days that a text speaks of: time expressions resolved against the day of publication.

`find_days` reads a stretch of text, `document_days` the read blocks of an article. What can't be
told stays out: a vague stretch ("recent weeks"), a weekday or "today" without a day of
publication, "today" in quoted words (it is the speaker's, who spoke on a day of his own), a year
that is part of a name ("the 2024 exchange protocol" says which, not when).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from claims.matching.expressions import Expression, Kind, expressions
from claims.matching.periods import Precision
from claims.matching.place import Known, Meant
from claims.matching.resolving import resolve
from claims.records import Block, BlockKind, Document, Span

__all__ = ["Day", "Precision", "document_days", "find_days"]

_TO = re.compile(r"\s+(?:to|through|until|till)\s+|\s?[-–—]\s?")
_AND = re.compile(r"\s+and\s+")
_RANGE_OPENS = re.compile(r"\b(?:from|between)\s+$", re.I)
_OWN_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_BETWEEN = re.compile(r"\bbetween\s+$", re.I)


@dataclass(frozen=True, slots=True)
class Day:
    """The days from `start` to `end`, both included, that `text[span]` (`words`) speaks of.

    `absolute` tells that the words alone say so, whenever the article appeared. `doubt` says why
    a printed date can't be right ("5 March 2024 is no Monday"), None where it can.
    """

    start: date
    end: date
    precision: Precision
    span: Span
    words: str
    absolute: bool = False
    doubt: str | None = None


def find_days(
    text: str, published: date | None, start: int = 0, end: int | None = None
) -> list[Day]:
    """Days that `text[start:end]` speaks of, in order; nothing outside that stretch is looked at.

    Without `published` only what is absolute, or is told from an absolute day, is resolved.
    """
    end = len(text) if end is None else end
    return list(_ranges(text, start, _days(text, Known(published), start, end)))


def document_days(document: Document, captions: bool = False) -> list[Day]:
    """Days of an article's read blocks in order, or those of its captions.

    "The previous day" is looked for in the blocks before; each caption is read by itself.
    """
    known, found = Known(document.published.day), list[Day]()
    for block in document.blocks:
        if captions and block.kind is BlockKind.CAPTION:
            known = Known(document.published.day)
        elif captions or not _is_story(block):
            continue
        days = _days(document.text, known, block.start, block.end)
        found.extend(_ranges(document.text, block.start, days))
    return found


def _is_story(block: Block) -> bool:
    return block.kind.is_read and block.kind is not BlockKind.DATELINE


def _days(text: str, known: Known, start: int, end: int) -> Iterator[Day]:
    """Each expression of a stretch that can be resolved; `known` learns what it names."""
    known.enter()
    for found in expressions(text, start, end):
        meant = resolve(text, found, known, start, end)
        if meant is None:
            continue
        known.learn(meant, found)
        yield _day(text, found, meant)


def _day(text: str, found: Expression, meant: Meant) -> Day:
    first, last, precision = meant.period
    words = text[found.start : found.end]
    span = Span(found.start, found.end)
    absolute = found.kind in (Kind.NUMERIC, Kind.DECADE, Kind.YEAR) or "year" in {
        name.removesuffix("_b") for name in found.parts
    }
    return Day(first, last, precision, span, words, absolute, meant.doubt)


def _ranges(text: str, start: int, days: Iterable[Day]) -> Iterator[Day]:
    """The days with "from … to …" made one stretch."""
    last: Day | None = None
    for day in days:
        if last and (joined := _joined(text, start, last, day)):
            last = joined
            continue
        if last:
            yield last
        last = day
    if last:
        yield last


def _joined(text: str, start: int, one: Day, other: Day) -> Day | None:
    """The stretch from `one` to `other`, where the words between and before say that it is one."""
    between = text[one.span.end : other.span.start]
    before = text[max(start, one.span.start - 12) : one.span.start]
    if _AND.fullmatch(between):
        opens = _BETWEEN.search(before) is not None
    else:
        dash = not between.strip().isalpha()
        opens = bool(_TO.fullmatch(between)) and (dash or _RANGE_OPENS.search(before) is not None)
    if not opens or one.precision is not other.precision:
        return None
    if other.end < one.start:
        # "from November to March": the first is of the year before, if that wasn't printed
        earlier = None if one.absolute else _year_before(one)
        if earlier is None or other.end < earlier.start:
            return None
        one = earlier
    span = Span(one.span.start, other.span.end)
    return replace(
        one,
        end=other.end,
        precision=Precision.SPAN,
        span=span,
        words=text[slice(*span)],
        absolute=one.absolute and other.absolute,
        doubt=one.doubt or other.doubt,
    )


def _year_before(one: Day) -> Day | None:
    """The same day or month a year earlier; None for days of the week and the like."""
    if not _OWN_MONTH.search(one.words) or one.start.year == date.min.year:
        return None
    try:
        return replace(one, start=one.start.replace(year=one.start.year - 1))
    except ValueError:  # 29 February
        return None
