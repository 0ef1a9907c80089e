"""Articles of a sentence or two, and attributions that quote their sources."""

from __future__ import annotations

from dataclasses import dataclass

from claims.records import Span
from claims.sources import name_speakers


@dataclass(frozen=True)
class Marked:
    """An attribution with nothing but its spans."""

    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()


def spans(text: str, marked: str) -> tuple[Span, ...]:
    """The span of `marked`, whose "|" shows where it begins in more words: "bridge, |she"."""
    lead, bar, words = marked.partition("|")
    start = text.index(lead + words) + len(lead) if bar else text.index(marked)
    return (Span(start, start + len(words if bar else marked)),)


def speakers(text: str, *sources: str) -> list[str]:
    """The speakers of sources, each given by its words; an empty string is no source."""
    marked = [
        Marked(spans(text, s) if s else (), cue=(Span(len(text) - 1, len(text)),)) for s in sources
    ]
    return name_speakers(text, marked)
