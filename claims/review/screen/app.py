"""The application: the session, the theme, and what happens at its beginning and end."""

from __future__ import annotations

import os
import time
from typing import ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.events import Event, Key, MouseEvent

from claims.errors import ClaimsError
from claims.review.screen.desk import DeskScreen
from claims.review.screen.style import CSS, SHORT, WIDE
from claims.review.session import Session
from claims.review.speakers import Names
from claims.sources.registry import Registry

AWAY = 1200.0
"""Seconds without a key after which an item isn't kept from others any longer."""
RENEWED = 240.0
"""Seconds after which an item on the screen is held anew; a lease lasts 600."""


class ReviewApp(App[None]):
    """Reviewing on a terminal. `session` has all state; the caller prints its summary."""

    CSS = CSS
    TITLE = "claims review"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []
    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [  # noqa: RUF012
        (0, "-narrow"),
        (WIDE, "-wide"),
    ]
    VERTICAL_BREAKPOINTS: list[tuple[int, str]] | None = [  # noqa: RUF012
        (0, "-short"),
        (SHORT, "-tall"),
    ]

    def __init__(self, session: Session) -> None:
        """With NO_COLOR the terminal's own two colours are all that is used."""
        is_plain = "NO_COLOR" in os.environ
        super().__init__(ansi_color=True if is_plain else None)
        if is_plain:
            self.theme = "ansi-dark"
        self.session = session
        self._touched = time.monotonic()
        self._known: Registry | None = None

    def on_mount(self) -> None:
        """Show the first item."""
        self.push_screen(DeskScreen(self.session))
        self.set_interval(RENEWED, self._renew)

    def registry(self) -> Registry:
        """The registry; read when it is first asked for."""
        if self._known is None:
            self._known = self.session.desk.sources()
        return self._known

    def names(self) -> Names:
        """Who may be named as a speaker of the item on the screen."""
        view = self.session.view
        return Names(self.registry(), view.article if view else None)

    async def on_event(self, event: Event) -> None:
        """Remember when somebody was last at the keyboard or the mouse."""
        if isinstance(event, Key | MouseEvent):
            self._touched = time.monotonic()
        await super().on_event(event)

    def _renew(self) -> None:
        """Keep what is on the screen, as long as somebody sits before it."""
        if time.monotonic() - self._touched > AWAY:
            return
        try:
            holder = self.session.renew()
        except ClaimsError as error:
            self.log.warning(error.message)
            return
        if holder is not None and isinstance(self.screen, DeskScreen):
            self.screen.say(f"{holder} has it on the screen too, since you paused")

    def switch_light(self) -> None:
        """From dark to light or back."""
        if "NO_COLOR" not in os.environ:
            is_dark = self.current_theme.dark
            self.theme = "textual-light" if is_dark else "textual-dark"
