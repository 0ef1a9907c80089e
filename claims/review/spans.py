"""Moving the ends of an attribution's spans, by word or by character. Nothing here is a screen."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from claims.records import Span
from claims.review.values import Values

ROLES = ("source", "cue", "content")
_WORD = re.compile(r"\w+(?:['’\-.,]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class End:
    """One end of one span of a role; `nth` counts the spans of the role from 0."""

    role: str
    nth: int
    is_start: bool


def words(text: str, window: Span | None = None) -> list[Span]:
    """The words and signs of a text, or of a part of it, in order."""
    start, end = window or Span(0, len(text))
    return [Span(*found.span()) for found in _WORD.finditer(text, start, end)]


def word_at(tokens: Sequence[Span], offset: int) -> int:
    """Index of the word at a character, or of the one before it where it is white space."""
    at = bisect_right(tokens, offset, key=lambda token: token.start) - 1
    return max(0, at)


def ends(values: Values) -> list[End]:
    """All ends, in the order in which they are gone through: source, cue, content."""
    return [
        End(role, nth, is_start)
        for role in ROLES
        for nth in range(len(getattr(values, role)))
        for is_start in (True, False)
    ]


def position(values: Values, end: End) -> int:
    """The character where an end stands."""
    span: Span = getattr(values, end.role)[end.nth]
    return span.start if end.is_start else span.end


def by_word(tokens: Sequence[Span], at: int, step: int, *, is_start: bool) -> int:
    """Where an end goes that moves by a word: starts to the start of one, ends to the end."""
    edges = [token.start if is_start else token.end for token in tokens]
    place = bisect_right(edges, at) if step > 0 else bisect_left(edges, at) - 1
    return edges[place] if 0 <= place < len(edges) else at


def put(values: Values, end: End, at: int, text: str) -> Values:
    """The values with an end elsewhere; unchanged where its span would be empty, leave the text or
    run into the next one of its role."""
    spans: list[Span] = list(getattr(values, end.role))
    old = spans[end.nth]
    new = Span(at, old.end) if end.is_start else Span(old.start, at)
    low = spans[end.nth - 1].end if end.nth else 0
    high = spans[end.nth + 1].start if end.nth + 1 < len(spans) else len(text)
    if not low <= new.start < new.end <= high or not text[new.start : new.end].strip():
        return values
    spans[end.nth] = new
    return with_spans(values, end.role, spans)


def laid(values: Values, role: str, span: Span, nth: int | None = None) -> Values:
    """The values with another span of a role: instead of the nth, or besides those there are.

    What would overlap another span of the role is left as it is.
    """
    spans: list[Span] = list(getattr(values, role))
    rest = [one for i, one in enumerate(spans) if i != nth]
    if any(one.start < span.end and span.start < one.end for one in rest):
        return values
    return with_spans(values, role, sorted([*rest, span]))


def without(values: Values, end: End) -> Values:
    """The values without a span; the last one of cue and content stays."""
    spans: list[Span] = list(getattr(values, end.role))
    if len(spans) == 1 and end.role != "source":
        return values
    del spans[end.nth]
    return with_spans(values, end.role, spans)


def with_spans(values: Values, role: str, spans: Sequence[Span]) -> Values:
    """The values with these spans of a role."""
    changed: dict[str, Any] = {role: tuple(spans)}
    return replace(values, **changed)


def stretch(paragraph: Span, values: Values, text: str) -> Span:
    """The paragraph, stretched to whole paragraphs that hold all spans of the values."""
    held = [span for role in ROLES for span in getattr(values, role)]
    start = min([paragraph.start, *(span.start for span in held)])
    end = max([paragraph.end, *(span.end for span in held)])
    before = text.rfind("\n\n", 0, start + 1) if start < paragraph.start else -1
    if start < paragraph.start:
        start = 0 if before < 0 else min(start, before + 2)
    if end > paragraph.end:
        after = text.find("\n\n", end)
        end = len(text) if after < 0 else after
    return Span(start, end)


def snapped(tokens: Sequence[Span], span: Span) -> Span:
    """A stretch drawn by the mouse, from the start of its first word to the end of its last."""
    first, last = word_at(tokens, span.start), word_at(tokens, span.end - 1)
    if tokens[first].end <= span.start and first < last:
        first += 1  # it was begun on white space
    return Span(tokens[first].start, tokens[last].end)
