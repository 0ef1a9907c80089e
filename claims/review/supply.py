"""Where a session's next item comes from: the head of the queue, and second readings among it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from claims.review.desk import Desk
from claims.review.items import ItemKey
from claims.store.queue_rows import Wanted

BATCH = 20
"""How many keys are asked for at once: few, so that the first comes at once however many wait."""


@dataclass(frozen=True, slots=True)
class Place:
    """An item that is shown; `is_second`: to be read without sight of the decision about it."""

    key: ItemKey
    is_second: bool = False


class Supply:
    """Gives each open item once, in order. What is decided leaves the queue by itself."""

    def __init__(self, desk: Desk, wanted: Wanted, overlap: float, batch: int = BATCH) -> None:
        """`overlap` is the share of what is given that are second readings."""
        self._desk, self._wanted, self._overlap, self._batch = desk, wanted, overlap, batch
        self._ready: deque[ItemKey] = deque()
        self._given: set[ItemKey] = set()
        self._gone: set[ItemKey] = set()
        self._again: deque[ItemKey] | None = None
        self._firsts = self._seconds = 0

    def take(self) -> Place | None:
        """The next item; None where nothing waits that wasn't given yet."""
        due = self._overlap * (self._firsts + self._seconds + 1)
        if self._seconds + 1 <= due and (second := self._second()):
            return second
        if not self._ready:
            self._fill()
        if not self._ready:
            return self._second()
        self._firsts += 1
        key = self._ready.popleft()
        self._given.add(key)
        return Place(key)

    def closed(self, key: ItemKey) -> None:
        """An item that was given needs no more decision: it isn't met in the queue again."""
        self._gone.add(key)

    def restart(self) -> None:
        """Give anew what was passed over."""
        self._ready.clear()
        self._given = set(self._gone)

    def _fill(self) -> None:
        # What was passed over stays at the head of the queue: ask for so many more.
        passed = len(self._given - self._gone)
        rows = self._desk.waiting(self._wanted, limit=passed + self._batch)
        self._ready.extend(row.key for row in rows if row.key not in self._given)

    def _second(self) -> Place | None:
        if self._overlap <= 0:
            return None
        if self._again is None:
            reviewer = self._wanted.reviewer or ""
            self._again = deque(self._desk.second_readings(reviewer, self._overlap))
        while self._again:
            key = self._again.popleft()
            if key not in self._given:
                self._seconds += 1
                self._given.add(key)
                self._gone.add(key)
                return Place(key, is_second=True)
        return None
