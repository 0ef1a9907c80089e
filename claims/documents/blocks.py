"""Label every stretch of a text."""

from __future__ import annotations

import re

from claims.records import Block, BlockKind

_PARAGRAPH = re.compile(r"\S[^\n]*(?<=\S)")


def label(text: str, title: str | None = None) -> tuple[Block, ...]:
    """Blocks of `text` in order."""
    return tuple(
        Block(m.start(), m.start() + len(m.group().rstrip()), BlockKind.BODY, i)
        for i, m in enumerate(_PARAGRAPH.finditer(text))
    )
