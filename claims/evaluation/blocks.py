"""Are stretches of the text labelled right: headline, body, caption, navigation and the rest.

Characters that are no white space are counted, inside the gold blocks only.

- right: share of characters with the right label.
- body_lost: share of body characters that are called something else.
- noise_read: share of the caption, credit and boilerplate characters that are called a kind from
  which attributions are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from claims.evaluation.counting import Share
from claims.evaluation.gold import GoldArticle, Prediction
from claims.records import Block, BlockKind


@dataclass(slots=True)
class BlockFigures:
    """Counts, in characters."""

    right: Share = field(default_factory=Share)
    body_lost: Share = field(default_factory=Share)
    noise_read: Share = field(default_factory=Share)

    def as_dict(self) -> dict[str, Any]:
        """Name of the figure to its value; None where nothing was there to score."""
        return {
            "characters": self.right.whole,
            "right": self.right.value,
            "body_lost": self.body_lost.value,
            "noise_read": self.noise_read.value,
        }


def score_blocks(
    gold: Sequence[GoldArticle], predicted: Mapping[str, Prediction]
) -> BlockFigures | None:
    """The figures of this module; None when the gold has no blocks.

    A prediction without any block (of a program that labels none) counts as wrong throughout.
    """
    figures = BlockFigures()
    for article in gold:
        if article.blocks:
            found = predicted.get(article.id, Prediction()).blocks
            _score_article(figures, article, _kind_by_character(len(article.text), found))
    return figures if figures.right.whole else None


def _kind_by_character(length: int, blocks: Sequence[Block]) -> list[BlockKind | None]:
    kinds: list[BlockKind | None] = [None] * length
    for block in blocks:
        start, end = max(0, block.start), min(block.end, length)
        kinds[start:end] = [block.kind] * (end - start)
    return kinds


def _score_article(
    figures: BlockFigures, article: GoldArticle, found: Sequence[BlockKind | None]
) -> None:
    for block in article.blocks:
        for i in range(block.start, block.end):
            if article.text[i].isspace():
                continue
            kind = found[i]
            figures.right.add(kind is block.kind)
            if block.kind is BlockKind.BODY:
                figures.body_lost.add(kind is not BlockKind.BODY)
            elif not block.kind.is_read:
                figures.noise_read.add(kind is not None and kind.is_read)
