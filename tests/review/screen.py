"""Drives the application without a terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from claims.review.items import ItemKey
from claims.review.screen import ReviewApp
from claims.review.screen.passage import Passage
from claims.review.session import Session
from claims.store import Store
from claims.store.queue_rows import Wanted

Drive = Callable[["Driven"], Coroutine[Any, Any, None]]


class Driven:
    """An application that runs, its session, and what stands on its screen."""

    def __init__(self, pilot: Pilot[None], app: ReviewApp, store: Store) -> None:
        self.pilot, self.app, self.store = pilot, app, store
        self.session: Session = app.session

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, words: str) -> None:
        await self.press(*("space" if letter == " " else letter for letter in words))

    async def go_to(self, cue: str) -> ItemKey:
        """The quay's item of a cue."""
        rows = [r for r in self.store.attributions() if r.cue_words == cue]
        key = ItemKey.parse(next(r.item for r in rows if r.article_name == "quay.txt") or "")
        assert self.session.jump(key)
        await self.press("escape")
        return key

    def static(self, name: str) -> str:
        """What a part of the screen says."""
        widget = self.app.screen.query_one(f"#{name}", Static)
        return "\n".join(
            "".join(segment.text for segment in widget.render_line(y)).rstrip()
            for y in range(widget.size.height)
        )

    @property
    def screen_text(self) -> str:
        """All that stands on the screen, line by line."""
        lines = self.app.screen._compositor.render_strips()
        return "\n".join("".join(s.text for s in strip).rstrip() for strip in lines)

    @property
    def passage(self) -> str:
        widget = self.app.screen.query_one(Passage)
        return "\n".join("".join(piece.shown for piece in line) for line in widget._lines)

    @property
    def offers(self) -> list[str]:
        listed = self.app.screen.query_one(OptionList)
        return [str(option.prompt) for option in listed.options]

    @property
    def typed(self) -> str:
        return self.app.screen.query_one(Input).value

    def of_log(self) -> list[tuple[str, str, dict[str, object] | None]]:
        """(item, kind, patch) of all decisions."""
        return [(str(d.item), d.kind.value, d.patch) for d in self.store.decisions()]


@asynccontextmanager
async def driven(
    store: Store, *, size: tuple[int, int] = (80, 24), reviewer: str = "ann", **more: Any
) -> AsyncIterator[Driven]:
    """The application with its first item on the screen."""
    overlap = more.pop("overlap", 0.0)
    app = ReviewApp(Session(store, Wanted(reviewer=reviewer, **more), overlap=overlap))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Driven(pilot, app, store)
