"""The text on the screen with its marks; it knows which character is under the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.events import MouseDown, MouseMove, MouseUp, Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from claims.records import Span
from claims.review.layout import Line, Mark, lay_out, offset_at, row_of

STYLES = {
    "dim": Style(dim=True),
    "content": Style(underline=True),
    "cue": Style(bold=True, italic=True, color="magenta"),
    "source": Style(bold=True, color="green"),
    "chosen": Style(bold=True),
    "cursor": Style(reverse=True),
}
"""How spans look; later ones go over earlier ones where they overlap."""
NUMBER = Style(color="cyan")
ACTIVE = Style(bold=True, reverse=True)


class Passage(ScrollView):
    """A stretch of an article. Nothing in it is obeyed: it is laid out cell by cell."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Passage { scrollbar-gutter: stable; scrollbar-size-vertical: 1; }"

    class Clicked(Message):
        """A character was clicked."""

        def __init__(self, offset: int) -> None:
            """Keep its offset in the text."""
            super().__init__()
            self.offset = offset

    class Dragged(Message):
        """The mouse was drawn over some characters."""

        def __init__(self, span: Span) -> None:
            """Keep where they stand."""
            super().__init__()
            self.span = span

    COMPONENT_CLASSES: ClassVar[set[str]] = set()

    def __init__(self, *, id: str | None = None) -> None:
        """Empty."""
        super().__init__(id=id)
        self.can_focus = False
        self._text, self._window, self._marks = "", Span(0, 0), list[Mark]()
        self._lines: list[Line] = []
        self._width = -1
        self._look_at: int | None = None
        self._pressed: int | None = None

    def show(
        self, text: str, window: Span, marks: Sequence[Mark], *, at: int | None = None
    ) -> None:
        """Show a stretch of a text with its marks, scrolled so that character `at` is seen."""
        self._text, self._window, self._marks = text, window, list(marks)
        self._width, self._look_at = -1, at
        self._lay_out()

    def line_from(self, offset: int, rows: int) -> int:
        """The character some lines under or over another one, as near below it as can be."""
        row = row_of(self._lines, offset)
        column = 0
        for piece in self._lines[row] if self._lines else ():
            if piece.start <= offset:
                column += len(piece.shown) if piece.end <= offset else offset - piece.start
        step = 1 if rows > 0 else -1
        wanted = max(0, min(len(self._lines) - 1, row + rows))
        while 0 <= wanted < len(self._lines):
            found = offset_at(self._lines, column, wanted)
            if found is not None:
                return found
            wanted += step
        return offset

    def _on_resize(self, event: Resize) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if width <= 0:
            return
        if width != self._width:
            self._width = width
            self._lines = lay_out(self._text, self._window, self._marks, width)
            self.virtual_size = Size(width, len(self._lines))
        if self._look_at is not None:
            row, seen = row_of(self._lines, self._look_at), self.scrollable_content_region.height
            top = round(self.scroll_y)
            if not top + 1 <= row < top + seen - 1 or row < 1:
                self.scroll_to(y=max(0, row - max(1, seen // 3)), animate=False, force=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the text."""
        width = self.size.width
        at = y + round(self.scroll_offset.y)
        base = self.rich_style
        if not 0 <= at < len(self._lines):
            return Strip.blank(width, base)
        segments = [
            Segment(piece.shown, base + _style(piece.roles, piece.sign))
            for piece in self._lines[at]
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def _offset(self, x: int, y: int) -> int | None:
        return offset_at(self._lines, x, y + round(self.scroll_offset.y))

    def on_mouse_down(self, event: MouseDown) -> None:
        """Begin a click or a drag."""
        self._pressed = self._offset(event.x, event.y)
        self.capture_mouse()

    def on_mouse_move(self, event: MouseMove) -> None:
        """Show what is being drawn over."""
        if self._pressed is not None:
            self._look_at = None

    def on_mouse_up(self, event: MouseUp) -> None:
        """Tell what was clicked or drawn over."""
        self.release_mouse()
        start, end = self._pressed, self._offset(event.x, event.y)
        self._pressed = None
        if start is None or end is None:
            return
        if start == end:
            self.post_message(self.Clicked(start))
        else:
            self.post_message(self.Dragged(Span(min(start, end), max(start, end) + 1)))


def _style(roles: frozenset[str], sign: str) -> Style:
    if sign == "active":
        return ACTIVE
    style = NUMBER if sign and "number" in roles else Style()
    for role, one in STYLES.items():
        if role in roles:
            style += one
    return style + Style(underline=False, dim=False) if sign else style
