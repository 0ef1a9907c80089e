"""Sentences of the read blocks, by the sentencex library, block by block."""

from __future__ import annotations

from collections.abc import Iterable

from claims.records import Block, BlockKind, Span


def split(text: str, start: int, end: int) -> list[Span]:
    """Sentences of `text[start:end]` without surrounding white space, as spans of `text`."""
    from sentencex import segment

    spans, position = [], start
    for piece in segment("en", text[start:end]):
        words = piece.strip()
        if not words:
            continue
        # sentencex returns strings; they come in order, so each is found from the last one's end.
        at = text.find(words, position, end)
        if at < 0:
            continue
        spans.append(Span(at, at + len(words)))
        position = at + len(words)
    return spans


def sentences(text: str, blocks: Iterable[Block]) -> list[Span]:
    """Sentences of all headline and body blocks, in order of the text."""
    return [
        sentence
        for block in blocks
        if block.kind.is_read and block.kind is not BlockKind.DATELINE
        for sentence in split(text, block.start, block.end)
    ]
