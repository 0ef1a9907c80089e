"""When what a statement tells happened, and when it was said.

"The envoy said on Tuesday that the talks ended on Monday" holds both: the day beside the cue is
that of saying, the one inside the content that of the event. A day that only bounds the event
("since March", "before Friday's vote") is neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.matching.days import Day, Precision
from claims.records import Attribution, Span

_BOUNDS = re.compile(
    r"\b(?:since|until|till|before|after|by|ahead\s+of|prior\s+to|following|from|starting|beginning"
    r"|through|as\s+of|back\s+to|than|unlike|like|compared\s+with|compared\s+to|ending)\s+"
    r"(?:(?:on|in|the|late|early)\s+)*$",
    re.I,
)
_OWNED = re.compile(r"['’]s?\s")
_SAYING = re.compile(
    r"\b(?:said|says|told|reported|announced|stated|added|claimed|wrote|warned|according\s+to"
    r"|statement|interview|briefing|conference|report|dispatch|tweet|speech)\b[^.;]{0,40}$"
)
_NO_CLAUSE = re.compile(r"\b(?:that|which|who|when|where)\b|,")
_FINENESS = {precision: rank for rank, precision in enumerate(Precision)}
_LOOK_BACK = 60


@dataclass(frozen=True, slots=True)
class Times:
    """Day of the event and day of saying it; None where the article doesn't tell."""

    event: Day | None = None
    said: Day | None = None


def statement_times(
    text: str,
    days: Sequence[Day],
    attribution: Attribution,
    sentences: Iterable[Span],
) -> Times:
    """Times of an attribution; `days` are those of its article, `sentences` its sentences.

    The event's day is looked for in the content, else beside it in the cue's sentence, once the
    day of saying is told.
    """
    inside = [day for day in days if _within(day.span, attribution.content)]
    around = _around(attribution, sentences)
    beside = [
        day
        for day in days
        if _within(day.span, around) and not _touches(day.span, attribution.content)
    ]
    cues = attribution.cue or attribution.source
    said = min(beside, key=lambda day: _distance(day.span, cues), default=None) if cues else None
    event = _best(text, inside, attribution.content)
    if event is None and not inside:
        event = _best(text, [day for day in beside if day is not said], around)
    return Times(event, said)


def sentence_times(text: str, days: Sequence[Day], sentence: Span) -> Times:
    """Times of a sentence that the outlet states by itself."""
    inside = [day for day in days if _within(day.span, (sentence,))]
    of_saying = _of_saying(text, inside, (sentence,))
    return Times(_best(text, inside, (sentence,)), of_saying[0] if of_saying else None)


def _best(text: str, days: Sequence[Day], spans: Sequence[Span]) -> Day | None:
    """The closest of the days that can be an event's; of equally close ones the first."""
    saying = _of_saying(text, days, spans)
    fit = [day for day in days if day not in saying and not _bounds(text, day)]
    return min(fit, key=lambda day: _FINENESS[day.precision], default=None)


def _bounds(text: str, day: Day) -> bool:
    """Whether the day only bounds the event, or belongs to another: "Friday's vote"."""
    before = text[max(0, day.span.start - _LOOK_BACK) : day.span.start]
    return bool(_BOUNDS.search(before) or _OWNED.match(text, day.span.end))


def _of_saying(text: str, days: Sequence[Day], spans: Sequence[Span]) -> list[Day]:
    """The days that a verb or noun of saying in the same span has right before them."""
    said, last = list[Day](), 0
    for day in days:
        opens = max((s.start for s in spans if s.start <= day.span.start), default=0)
        before = text[max(opens, last, day.span.start - _LOOK_BACK) : day.span.start]
        found = _SAYING.search(before)
        if found and not _NO_CLAUSE.search(found.group()):
            said.append(day)
        last = day.span.end
    return said


def _around(attribution: Attribution, sentences: Iterable[Span]) -> list[Span]:
    """The sentences that hold the cue, or the source where there is no cue."""
    marks = attribution.cue or attribution.source
    return [s for s in sentences if any(s.start < m.end and m.start < s.end for m in marks)]


def _within(span: Span, spans: Iterable[Span]) -> bool:
    return any(one.start <= span.start and span.end <= one.end for one in spans)


def _touches(span: Span, spans: Iterable[Span]) -> bool:
    return any(one.start < span.end and span.start < one.end for one in spans)


def _distance(span: Span, marks: Sequence[Span]) -> int:
    return min(max(mark.start - span.end, span.start - mark.end, 0) for mark in marks)
