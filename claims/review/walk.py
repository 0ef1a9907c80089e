"""Going through the queue: what is on the screen, what was before, and who holds it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from claims.errors import StoreError
from claims.review.blind import blinded
from claims.review.desk import Desk
from claims.review.items import ItemKey
from claims.review.supply import Place, Supply
from claims.store.queue_rows import ItemView, Queued, Wanted


class Walk:
    """A way through the queue, forth and back. `view` is what is on the screen; None at the end.

    An item is held while it is shown, so that two reviewers don't get the same; one that somebody
    else holds is passed over. `notice` says what was passed over and why. `staged` and `note`
    belong to the item on the screen and go when it does.
    """

    def __init__(
        self,
        desk: Desk,
        wanted: Wanted,
        *,
        overlap: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`wanted.reviewer` is who decides; nothing is read before `next`."""
        if not wanted.reviewer:
            raise StoreError("a session needs the name of whoever decides", repair="add --as NAME")
        self.desk, self.wanted, self.reviewer = desk, wanted, wanted.reviewer
        self.view: ItemView | None = None
        self.staged: dict[str, Any] = {}
        self.note = ""
        self.notice = ""
        self._real: ItemView | None = None
        self._supply = Supply(desk, wanted, overlap)
        self._clock = clock
        self._history: list[Place] = []
        self._at = -1
        self._since = clock()

    @property
    def place(self) -> Place | None:
        """The item on the screen, by its key."""
        return self._history[self._at] if self.view is not None else None

    @property
    def is_second(self) -> bool:
        """Whether it is a second reading, without sight of the first."""
        return self.place is not None and self.place.is_second

    def next(self) -> bool:
        """Show the item after this one; False at the end of the queue."""
        return self._forward(lambda place: True)

    def back(self) -> bool:
        """Show the item before this one; False at the first."""
        before = range(self._at - 1, -1, -1)
        return any(self._open(self._history[at], at=at) for at in before)

    def jump(self, key: ItemKey) -> bool:
        """Show an item found by a search; False where somebody else has it."""
        if self.view is not None and self.view.key == key:
            return True
        place = Place(key)
        if self._open(place, at=self._at):
            self._at = min(self._at + 1, len(self._history))
            self._history.insert(self._at, place)
            return True
        return False

    def restart(self) -> bool:
        """Go once more through what was passed over."""
        self._supply.restart()
        return self.next()

    def leave(self) -> None:
        """Give back what is held."""
        self.desk.release(self.reviewer)
        self.view = self._real = None

    def renew(self) -> str | None:
        """Keep the item on the screen longer than a lease lasts; who has taken it meanwhile."""
        return self.desk.hold(self.view.key, self.reviewer) if self.view is not None else None

    def search(self, words: str, *, limit: int = 50) -> list[Queued]:
        """Open items with these words in their content, claim, speaker or article's name."""
        return list(self.desk.waiting(replace(self.wanted, words=words), limit=limit))

    def _forward(self, wanted: Callable[[Place], bool]) -> bool:
        for at in range(self._at + 1, len(self._history)):
            if wanted(self._history[at]) and self._open(self._history[at], at=at):
                return True
        while place := self._supply.take():
            if self._open(place, at=len(self._history), is_new=True):
                self._history.append(place)
                return True
        self._close()
        self._at = len(self._history)
        return False

    def _open(self, place: Place, *, at: int, is_new: bool = False) -> bool:
        """Hold an item and show it. One that others hold, or that is gone or settled since it was
        asked for, is passed over."""
        before = self.view
        try:
            holder = self.desk.hold(place.key, self.reviewer)
            if holder is not None:
                self.notice = f"{place.key} is on the screen of {holder}"
                return False
            real = self.desk.item(place.key)
        except StoreError as error:
            self.notice = error.message
            return False
        if is_new and not place.is_second and not real.why:
            self.desk.release(self.reviewer, place.key)
            self._supply.closed(place.key)
            return False
        if before is not None and before.key != place.key:
            self.desk.release(self.reviewer, before.key)
        self._show(real, place)
        self._at = at
        return True

    def _show(self, real: ItemView, place: Place) -> None:
        self._real = real
        self.view = blinded(real) if place.is_second else real
        self._forget()
        self._since = self._clock()

    def _close(self) -> None:
        if self.view is not None:
            self.desk.release(self.reviewer, self.view.key)
        self.view = self._real = None
        self._forget()

    def _forget(self) -> None:
        self.staged, self.note = {}, ""

    def reload(self) -> None:
        """Look again at the item on the screen, keeping what is staged and noted."""
        place = self.place
        if place is not None:
            self._real = self.desk.item(place.key)
            self.view = blinded(self._real) if place.is_second else self._real
