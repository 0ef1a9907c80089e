"""What a session needs of a store: the queue, the log, and the registry of sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from claims.matching.deciding import ClaimDecision, ClaimDecisionKind, Passage
from claims.review.decisions import Decision
from claims.review.items import ItemKey
from claims.sources.registry import Registry
from claims.store.claim_rows import ClaimRow, Found
from claims.store.decision_log import Draft
from claims.store.queue_rows import ItemView, Progress, Queued, Wanted
from claims.store.terms import Term


class Desk(Protocol):
    """The part of `claims.store.Store` that a session uses; each call is one transaction."""

    def waiting(self, wanted: Wanted, *, limit: int | None = None) -> Sequence[Queued]:
        """The open items in order."""
        ...

    def item(self, key: ItemKey) -> ItemView:
        """One item whole."""
        ...

    def decisions(self, item: ItemKey | None = None) -> Sequence[Decision]:
        """The log, or what of it is about one item."""
        ...

    def decide(self, draft: Draft) -> Decision:
        """Write a decision."""
        ...

    def undo(self, number: int, *, by: str, note: str = "") -> Decision:
        """Take one back."""
        ...

    def hold(self, key: ItemKey, reviewer: str) -> str | None:
        """Have an item on the screen; who has it instead."""
        ...

    def release(self, reviewer: str, key: ItemKey | None = None) -> None:
        """Give back an item, or all."""
        ...

    def progress(self, wanted: Wanted, *, since: datetime | None = None) -> Progress:
        """How much is open."""
        ...

    def second_readings(
        self, reviewer: str, share: float, *, limit: int = 100
    ) -> Sequence[ItemKey]:
        """Decided items to read again."""
        ...

    def claim(self, claim_id: int) -> ClaimRow | None:
        """One claim."""
        ...

    def decide_claim(
        self,
        kind: ClaimDecisionKind,
        *,
        place: Passage | None = None,
        other: Passage | None = None,
        words: str | None = None,
        reverts: int | None = None,
        by: str,
        note: str = "",
    ) -> ClaimDecision:
        """Write a decision about what is one claim, and how it is worded."""
        ...

    def search(self, terms: Sequence[Term], *, limit: int = 20) -> Found:
        """Claims, and quotes, that hold words."""
        ...

    def sources(self) -> Registry:
        """The registry as it stands."""
        ...
