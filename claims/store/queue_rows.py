"""What is asked of the queue, and what it hands out: plain data, free of database and screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from claims.records import Span
from claims.review.choices import Only, Order
from claims.review.decisions import Decision
from claims.review.items import ItemKey, Status
from claims.review.values import Values
from claims.store.claim_rows import ClaimRow
from claims.store.rows import ArticleView, AttributionRow

__all__ = ["ItemView", "Only", "Order", "Progress", "Queued", "Wanted"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which open items to give; every condition that is set must hold.

    `reviewer` is who asks: what others hold or were assigned, and what the reviewer left as
    unsure, is passed over. `mine` asks for what was assigned to the reviewer alone. `words` must
    all stand in the content, the claim, the speaker or the article's name.
    """

    order: Order = Order.VALUE
    only: Only | None = None
    speaker: str | None = None
    source_ids: tuple[str, ...] = ()
    article: int | None = None
    since: date | None = None
    reviewer: str | None = None
    mine: bool = False
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Queued:
    """One row of the queue. `words` are the content's first span, or the claim's wording.

    `assigned` is the reviewer it was given to, `held` who has it on the screen.
    """

    key: ItemKey
    status: Status
    why: str
    value: float
    uncertainty: float
    article_id: int | None
    article_name: str | None
    speaker: str
    stance: str | None
    words: str
    assigned: str | None = None
    held: str | None = None


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item whole, as a screen shows it.

    `values` is what stands now, `machine` what the newest run reads there; both None of claims.
    `row` is the record's row, None of what isn't printed (rejected, missed). `paragraph` is the
    stretch of `article.text` that holds it. `claim` is the claim it falls under, or the claim
    itself. `decisions` are all about it, oldest first; a decision names their number (`expect`).
    """

    key: ItemKey
    status: Status
    why: str
    values: Values | None
    machine: Values | None
    confidence: float | None
    row: AttributionRow | None
    article: ArticleView | None
    paragraph: Span | None
    claim: ClaimRow | None
    decisions: tuple[Decision, ...]

    @property
    def expect(self) -> int:
        """How many decisions about it are known: what `Store.decide` compares."""
        return len(self.decisions)


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of the queue: open items, decisions ever and by the reviewer since `since`."""

    open: int
    decided: int
    mine: int
    since: datetime | None = None
