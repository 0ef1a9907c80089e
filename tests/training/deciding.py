"""Decided texts from markup."""

from __future__ import annotations

from claims.evaluation.gold import GoldArticle
from claims.records import Act, Block, BlockKind, Framing, Span, Stance
from claims.review.items import Status
from claims.review.learning import DecidedItem, DecidedText
from claims.review.values import Values
from claims.training.labels import paragraphs
from tests.training.making import news


def items_of(article: GoldArticle, status: Status = Status.CONFIRMED) -> list[DecidedItem]:
    """One item for each marked attribution."""
    return [
        DecidedItem(
            Values(
                a.source,
                a.cue,
                a.content,
                Stance(a.stance or "asserts"),
                Act(a.act or "statement"),
                Framing(a.framing or "neutral"),
                a.speaker or "NONE",
            ),
            status,
        )
        for a in article.attributions
    ]


def decided_text(
    article: GoldArticle, items: list[DecidedItem], closed: tuple[Span, ...] = ()
) -> DecidedText:
    """A text of one body block a line."""
    blocks = tuple(
        Block(*span, BlockKind.BODY, n) for n, span in enumerate(paragraphs(article.text))
    )
    return DecidedText(article.id, article.text, blocks, tuple(items), closed)


def closed_news(number: int) -> DecidedText:
    """A little article that an editor closed as complete."""
    made = news(number)
    return decided_text(made, items_of(made), (Span(0, len(made.text)),))
