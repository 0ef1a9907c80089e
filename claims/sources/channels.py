"""Which attribution a medium or platform of its sentence belongs to.

That whose cue stands nearest; what lies in a content is said by its speaker, not of it. What a
speaker goes on to say ("…, he added") came through the same channel.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from claims.records import Span
from claims.sources.media import Media
from claims.sources.passing import Channel, passing_on

_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St|Lt)\.)(?<!\b(?:Mrs|Gov|Sen|Rep|Gen|Col)\.)"
    r"(?<=[.!?])[”\"’')]*\s+(?=[“\"‘'(]?[A-ZÀ-Þ\d])|\n\s*\n"
)
_ADDS = re.compile(r"\b(?:add(?:ed|s)|continued|went on)\b")
_REACH = 250
"""Characters between a cue and a medium that belongs to it, without the content between them."""
_FAR = 600
"""Characters within which "he added" goes on with what was said through the same channel."""


class Spoken(Protocol):
    """What is needed of an attribution; spans are in the article's text."""

    @property
    def source(self) -> tuple[Span, ...]:
        """Its spans, none for no source."""
        ...

    @property
    def cue(self) -> tuple[Span, ...]:
        """Its spans."""
        ...

    @property
    def content(self) -> tuple[Span, ...]:
        """Its spans."""
        ...

    @property
    def speaker(self) -> str | None:
        """As `name_speakers` gives it."""
        ...

    @property
    def parent(self) -> int | None:
        """Index of the attribution that this one lies in."""
        ...


class Channels:
    """Finds the channels of the attributions of one article."""

    def __init__(self, text: str, media: Media) -> None:
        """Split `text` into sentences."""
        self._text = text
        self._media = media
        ends = [m.end() for m in _SENTENCE_END.finditer(text)]
        self._edges = [0, *ends, len(text)]

    def of(self, attributions: Sequence[Spoken]) -> list[tuple[Channel, ...]]:
        """The channels of each attribution, in its own words; innermost first."""
        found: list[list[Channel]] = [[] for _ in attributions]
        sentences = [self._sentence(a) for a in attributions]
        for sentence in dict.fromkeys(s for s in sentences if s is not None):
            inside = [i for i, s in enumerate(sentences) if s == sentence]
            for channel in passing_on(self._text, sentence, self._media):
                gaps = {
                    i: _between(channel.evidence, attributions[i].cue, attributions[i].content)
                    for i in inside
                    if self._may_carry(channel, attributions, i)
                }
                near = min(gaps.values(), default=_REACH)
                for i, gap in gaps.items():
                    if gap == near < _REACH:
                        found[i].append(channel)
        ordered = [tuple(sorted(some, key=lambda c: c.place)) for some in found]
        return self._continued(attributions, ordered)

    def _sentence(self, attribution: Spoken) -> Span | None:
        """The sentence in which the cue stands."""
        if not attribution.cue:
            return None
        at = attribution.cue[0].start
        return next((Span(a, b) for a, b in pairwise(self._edges) if a <= at < b), None)

    def _may_carry(self, channel: Channel, attributions: Sequence[Spoken], index: int) -> bool:
        """Whether a channel of the sentence can be that of an attribution, as far as it stands."""
        a, at = attributions[index], channel.evidence
        outer = attributions[a.parent].content if a.parent is not None else None
        if any(_holds(span, at) for span in a.content):
            return False
        if outer is not None and not any(_holds(span, at) for span in outer):
            return False
        own = [span for span in a.source if _overlap(at, span)]
        if any(channel.lead < span.start or channel.lead == at.start for span in own):
            return False  # it is the source itself
        return (
            # "Vale, who told TASS …, said": this was not said to TASS
            (not channel.is_told or _touches(Span(channel.lead, at.start), a.cue))
            and (not channel.is_of_document or bool(own))
            and (not channel.is_quoting or self._is_quoted(channel, a))
            and (channel.place < 3 or not _is_of_another(channel, attributions, index))
        )

    def _is_quoted(self, channel: Channel, a: Spoken) -> bool:
        """Whether a medium that quotes somebody quotes this source: "TASS quoted him as saying"."""
        cue = self._text[a.cue[0].start : a.cue[-1].end]
        follows = any(0 <= s.start - channel.evidence.end < 40 for s in (*a.source, *a.cue))
        return follows and ("saying" in cue or "quot" in cue or "cit" in cue)

    def _continued(
        self, attributions: Sequence[Spoken], channels: list[tuple[Channel, ...]]
    ) -> list[tuple[Channel, ...]]:
        """The same for what the speaker goes on to say: "told AFP …, adding …", "he added"."""
        out = list(channels)
        starts = [a.cue[0].start if a.cue else -1 for a in attributions]
        order = sorted((i for i in range(len(out)) if attributions[i].cue), key=lambda i: starts[i])
        for k, after in enumerate(order):
            b = attributions[after]
            before = next((i for i in order[:k][::-1] if attributions[i].parent == b.parent), None)
            if before is None or out[after] or starts[after] - starts[before] > _FAR:
                continue
            a = attributions[before]
            adds = _ADDS.search(self._text[b.cue[0].start : b.cue[-1].end]) is not None
            shares = bool(a.source) and a.source == b.source
            if a.speaker == b.speaker and (adds or shares):
                out[after] = out[before]
        return out


def _is_of_another(channel: Channel, attributions: Sequence[Spoken], index: int) -> bool:
    """Whether ", Yonhap said" reports another thing: it is the source of other words."""
    own = attributions[index].content
    for other in attributions:
        if _touches(channel.evidence, other.source):
            return not any(_touches(span, own) for span in other.content)
    return False


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _touches(span: Span, others: Sequence[Span]) -> bool:
    return any(_overlap(span, other) for other in others)


def _between(at: Span, cue: Sequence[Span], content: Sequence[Span]) -> int:
    """Characters between a span and the nearest part of a cue, the content's not counted."""
    gaps = []
    for span in cue:
        low, high = (span.end, at.start) if span.end <= at.start else (at.end, span.start)
        skipped = sum(max(0, min(high, c.end) - max(low, c.start)) for c in content)
        gaps.append(max(0, high - low - skipped))
    return min(gaps)
