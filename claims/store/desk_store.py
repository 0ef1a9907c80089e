"""The part of the store that the editor's desk uses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine

from claims.errors import StoreError
from claims.review.decisions import Decision
from claims.review.items import ItemKey
from claims.review.learning import DecidedText
from claims.store import decision_log, desk, queue, review, teaching
from claims.store.decision_log import Draft
from claims.store.engine import Place
from claims.store.engine import reading as reading_of
from claims.store.engine import writing as writing_to
from claims.store.queue_rows import ItemView, Progress, Queued, Wanted
from claims.store.review import Difference

ALL_OPEN = Wanted()


class DeskStore:
    """What `Store` can do for the desk. Every method is one transaction, as there."""

    _engine: Engine
    _place: Place

    def decide(self, draft: Draft) -> Decision:
        """Write a decision of an editor about an item, and what follows from it.

        Raises `DecidedMeanwhileError` where somebody decided since `draft.expect`.
        """
        with writing_to(self._engine, self._place) as connection:
            made = desk.decide(connection, draft)
            queue.release(connection, draft.by, draft.item)
        return made

    def undo(self, number: int, *, by: str, note: str = "") -> Decision:
        """Take a decision about an item back; taking that back puts it in force again."""
        with writing_to(self._engine, self._place) as connection:
            return desk.undo(connection, number, by=by, note=note)

    def decisions(self, item: ItemKey | None = None) -> list[Decision]:
        """The log of decisions about items, oldest first: all, or those about one."""
        with reading_of(self._engine, self._place) as connection:
            return decision_log.decisions(connection, item=item)

    def waiting(self, wanted: Wanted = ALL_OPEN, *, limit: int | None = None) -> list[Queued]:
        """The open items in order."""
        with reading_of(self._engine, self._place) as connection:
            return list(queue.waiting(connection, wanted, limit=limit))

    def item(self, key: ItemKey) -> ItemView:
        """One item whole. Raises `StoreError` if there is none of this key."""
        with reading_of(self._engine, self._place) as connection:
            return queue.view(connection, key)

    def item_or_none(self, key: ItemKey) -> ItemView | None:
        """One item whole; None if there is none of this key."""
        try:
            return self.item(key)
        except StoreError:
            return None

    def item_of(self, attribution_id: int) -> ItemKey | None:
        """The item of an attribution of a newest run, by the attribution's number."""
        with reading_of(self._engine, self._place) as connection:
            return queue.item_of(connection, attribution_id)

    def hold(self, key: ItemKey, reviewer: str) -> str | None:
        """Have an item on the screen; who has it instead, None where it was free."""
        with writing_to(self._engine, self._place) as connection:
            return queue.hold(connection, key, reviewer)

    def release(self, reviewer: str, key: ItemKey | None = None) -> None:
        """Give back an item, or all that a reviewer holds."""
        with writing_to(self._engine, self._place) as connection:
            queue.release(connection, reviewer, key)

    def assign(self, keys: Sequence[ItemKey], reviewer: str | None, *, by: str) -> int:
        """Give items to a reviewer, or to nobody; how many they are."""
        with writing_to(self._engine, self._place) as connection:
            return queue.assign(connection, keys, reviewer, by)

    def progress(self, wanted: Wanted = ALL_OPEN, *, since: datetime | None = None) -> Progress:
        """How much of the queue is open, and how much was decided."""
        with reading_of(self._engine, self._place) as connection:
            return queue.progress(connection, wanted, since=since)

    def second_readings(self, reviewer: str, share: float, *, limit: int = 100) -> list[ItemKey]:
        """Decided items that a reviewer may read again without sight of the decision."""
        with reading_of(self._engine, self._place) as connection:
            return queue.second_readings(connection, reviewer, share, limit)

    def decided_texts(self) -> list[DecidedText]:
        """The newest texts about which something was decided, with all their items."""
        with reading_of(self._engine, self._place) as connection:
            return teaching.decided_texts(connection)

    def refresh(self) -> None:
        """Make the projection and the order of the queue anew from runs, claims and log."""
        with writing_to(self._engine, self._place) as connection:
            review.refresh(connection)

    def differences(self) -> list[Difference]:
        """Where the stored projection isn't what runs and log say."""
        with reading_of(self._engine, self._place) as connection:
            return list(review.differences(connection))
