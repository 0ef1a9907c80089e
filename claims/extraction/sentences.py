"""Sentences of the read blocks, by the sentencex library, block by block."""

from __future__ import annotations

from collections.abc import Iterable

from claims.records import Block, BlockKind, Span


def split(text: str, start: int, end: int) -> list[Span]:
    """Sentences of `text[start:end]` without surrounding white space, as spans of `text`.

    The range is one paragraph: line ends and empty lines in it, where a page broke it off, end
    no sentence.
    """
    from sentencex import segment

    prose = text[start:end].replace("\n", " ")
    spans, position = [], 0
    for piece in segment("en", prose):
        words = piece.strip()
        if not words:
            continue
        # sentencex returns strings; they come in order, so each is found from the last one's end.
        at = prose.find(words, position)
        if at < 0:
            continue
        spans.append(Span(start + at, start + at + len(words)))
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
