"""The application: the session, the theme, and what happens at its beginning and end."""

from __future__ import annotations

import os
from typing import ClassVar

from textual.app import App
from textual.binding import BindingType

from claims.errors import ClaimsError
from claims.review.screen.desk import DeskScreen
from claims.review.screen.style import CSS, SHORT, WIDE
from claims.review.session import Session
from claims.review.speakers import Names
from claims.sources.registry import Registry

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

    def _renew(self) -> None:
        try:
            self.session.renew()
        except ClaimsError as error:
            self.log.warning(error.message)

    def switch_light(self) -> None:
        """From dark to light or back."""
        if "NO_COLOR" not in os.environ:
            is_dark = self.current_theme.dark
            self.theme = "textual-light" if is_dark else "textual-dark"
