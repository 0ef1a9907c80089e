"""From a candidate's words to an attribution's spans of characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from claims.extraction.conflicts import Candidate
from claims.extraction.windows import Window
from claims.records import Act, Attribution, Framing, Span, Stance

_STANCES, _ACTS, _FRAMINGS = tuple(Stance), tuple(Act), tuple(Framing)
_HYPHENATED = re.compile(r"\w+(?:-\w+)+")
_LONGEST = 60
"""Characters before and after a span's edge within which a hyphenated word is looked for."""


def attribution_of(
    text: str, window: Window, c: Candidate, datelines: Sequence[Span]
) -> Attribution | None:
    """Word ranges to characters; None if nothing but punctuation is left of the content.

    Nobody said the dateline: its words are no content.
    """

    def said(word: Span) -> bool:
        return not any(s <= word.start and word.end <= e for s, e in datelines)

    def spans(ranges: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
        return tuple(span for a, b in ranges for span in _read_only(text, window.words[a:b]))

    words = [[w for w in window.words[a:b] if said(w)] for a, b in c.content]
    content = tuple(
        span
        for part in words
        if part
        for span in _read_only(text, part)
        if any(ch.isalnum() for ch in text[slice(*span)])
    )
    if not content:
        return None
    stance, act, framing = c.labels
    source, cue, content = uncut(text, (spans(c.source), spans([c.cue]), content))
    return Attribution(
        source=source,
        cue=cue,
        content=content,
        stance=_STANCES[stance],
        act=_ACTS[act],
        framing=_FRAMINGS[framing],
        confidence=round(c.confidence, 4),
    )


def uncut(text: str, roles: Sequence[Sequence[Span]]) -> list[tuple[Span, ...]]:
    """The spans of each role with hyphenated words whole: "Kim Jong-" becomes "Kim Jong-un".

    Each part of such a word is a word of its own to the network, which at times takes only some
    of them. No span grows into another one.
    """
    taken = list(chain.from_iterable(roles))

    def whole(span: Span) -> Span:
        start = min(_hyphenated(text, span.start), default=span.start)
        end = max(_hyphenated(text, span.end), default=span.end)
        others = [other for other in taken if other != span]
        if any(s < span.start and start < e for s, e in others):
            start = span.start
        if any(span.end < e and s < end for s, e in others):
            end = span.end
        return Span(start, end)

    return [tuple(whole(span) for span in role) for role in roles]


def _hyphenated(text: str, edge: int) -> Iterator[int]:
    """Start and end of the hyphenated word that an edge cuts, if it cuts one."""
    if "-" in text[max(0, edge - 1) : edge + 1]:
        for word in _HYPHENATED.finditer(text, max(0, edge - _LONGEST), edge + _LONGEST):
            if word.start() < edge < word.end():
                yield from word.span()


def _read_only(text: str, words: Sequence[Span]) -> list[Span]:
    """Neighbouring words as one span, or several where text that isn't read stands between them.

    Every character but white space belongs to a word, so between words of one paragraph, or of
    paragraphs that follow each other, there is nothing else; a caption between them is left out.
    """
    spans = [words[0]]
    for word in words[1:]:
        if text[spans[-1].end : word.start].strip():
            spans.append(word)
        else:
            spans[-1] = Span(spans[-1].start, word.end)
    return spans
