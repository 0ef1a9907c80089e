"""The whole article with all its items marked; one can be chosen to come on the screen."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from claims.records import Span
from claims.reports.said import spoken_name
from claims.reports.standing import known_name
from claims.reports.tables import article_heading
from claims.review.layout import SIGNS, Mark
from claims.review.screen.adding import known_marks
from claims.review.screen.passage import Passage
from claims.store.rows import ArticleView, AttributionRow
from claims.terminal import one_line, plain

KEYS = "Tab next item  Enter goes there  ↑↓ scroll  m add  c sentence  C article complete  Esc"


class ArticleScreen(Screen[str | None]):
    """Gives the key of an item to go to, or `add`, `sentence`, `article` for what is to be done."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,n,right", "turn(1)", show=False, priority=True),
        Binding("shift+tab,b,left", "turn(-1)", show=False, priority=True),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("m", "dismiss('add')", show=False),
        Binding("c", "dismiss('sentence')", show=False),
        Binding("C", "dismiss('article')", show=False),
        Binding("enter", "go", show=False),
        Binding("escape,o,q", "dismiss(None)", show=False),
    ]

    def __init__(self, article: ArticleView, own: str, at: int) -> None:
        """`own` is the item on the screen, `at` where it stands."""
        super().__init__()
        self._article, self._at = article, at
        self._rows = sorted(article.attributions, key=_start)
        places = [n for n, row in enumerate(self._rows) if row.item == own]
        self._chosen = places[0] if places else -1

    def compose(self) -> ComposeResult:
        """Lay it out."""
        yield Static(id="head", markup=False)
        yield Passage(id="passage")
        yield Static(id="message", markup=False)
        yield Static(Text(KEYS, "reverse"), id="keys", markup=False)

    def on_mount(self) -> None:
        """Show it."""
        self.query_one("#head", Static).update(article_heading(self._article.row))
        self._show()

    @property
    def chosen(self) -> AttributionRow | None:
        """The item that is marked whole."""
        return self._rows[self._chosen] if 0 <= self._chosen < len(self._rows) else None

    def _show(self) -> None:
        row, marks = self.chosen, list(known_marks(self._article))
        marks += [
            Mark(Span(quote.start, quote.end), role)
            for one in self._rows
            for role in ("source", "cue")
            for quote in getattr(one, role)
        ]
        told = Text(f"{len(self._rows)} items; Tab chooses one", "dim")
        if row is not None:
            marks += [
                Mark(Span(quote.start, quote.end), role, *signs)
                for role, signs in SIGNS.items()
                for quote in getattr(row, role)
            ]
            self._at = _start(row)
            told = line_of(row)
        self.query_one("#message", Static).update(told)
        text = self._article.text
        self.query_one("#passage", Passage).show(text, Span(0, len(text)), marks, at=self._at)

    def action_turn(self, step: int) -> None:
        """Choose the next item, or the one before."""
        if self._rows:
            self._chosen = (self._chosen + step) % len(self._rows)
            self._show()

    def action_scroll(self, rows: int) -> None:
        """Scroll."""
        self.query_one("#passage", Passage).scroll_relative(y=rows, animate=False)

    def action_go(self) -> None:
        """Go to the chosen item."""
        self.dismiss(self.chosen.item if self.chosen else None)

    def on_passage_clicked(self, event: Passage.Clicked) -> None:
        """Choose the item whose words were clicked: of several, the shortest."""
        holding = [
            (row.content[-1].end - min(_start(row), row.content[0].start), n)
            for n, row in enumerate(self._rows)
            if any(
                quote.start <= event.offset < quote.end
                for role in ("source", "cue", "content")
                for quote in getattr(row, role)
            )
        ]
        if holding:
            self._chosen = min(holding)[1]
            self._show()


def _start(row: AttributionRow) -> int:
    return (row.cue or row.content)[0].start


def line_of(row: AttributionRow) -> Text:
    """An item in a line: number, speaker, stance, who stands behind it."""
    number = f"({row.ordinal + 1}) " if row.ordinal >= 0 else "(+) "
    by = f" by {row.reviewer}" if row.reviewer else f" {row.confidence:.2f}"
    rest = f"{row.stance.value}, {row.act.value}; {row.status.value}{by}"
    return Text.assemble(
        (number, "cyan"),
        plain(one_line(spoken_name(known_name(row))), "bold"),
        "  ",
        plain(one_line(rest)),
    )
