"""Marking what the model missed: source, cue and content in the article, word by word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from claims.records import Act, Framing, Span, Stance
from claims.review import spans
from claims.review.layout import Mark, marks_of
from claims.review.screen.passage import Passage
from claims.review.values import Values
from claims.store.rows import ArticleView

KEYS = "arrows go  Space begins and ends  Tab role  Bksp clear  Enter done  Esc leave"
NONE = Values((), (), (), Stance.ASSERTS, Act.STATEMENT, Framing.NEUTRAL, "UNRESOLVED")


class AddScreen(Screen[Values | None]):
    """The article with a cursor of a word. Gives the spans, the labels yet to be chosen."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "go(-1)", show=False),
        Binding("right", "go(1)", show=False),
        Binding("up", "line(-1)", show=False),
        Binding("down", "line(1)", show=False),
        Binding("pageup", "line(-10)", show=False),
        Binding("pagedown", "line(10)", show=False),
        Binding("space", "mark", show=False),
        Binding("tab", "turn(1)", show=False, priority=True),
        Binding("shift+tab", "turn(-1)", show=False, priority=True),
        Binding("backspace,delete", "clear", show=False),
        Binding("enter", "done", show=False),
        Binding("escape,q", "leave", show=False),
    ]

    def __init__(self, article: ArticleView, at: int) -> None:
        """`at` is the character where the cursor is to begin."""
        super().__init__()
        self._article, self._text = article, article.text
        self._words = spans.words(article.text)
        self._word = spans.word_at(self._words, at) if self._words else 0
        if self._words and self._words[self._word].end <= at:
            self._word = min(self._word + 1, len(self._words) - 1)
        self._anchor: int | None = None
        self._role = 0
        self.values = NONE

    def compose(self) -> ComposeResult:
        """Lay it out."""
        yield Static(id="top", markup=False)
        yield Passage(id="passage")
        yield Static(id="message", markup=False)
        yield Static(Text(KEYS, "reverse"), id="keys", markup=False)

    def on_mount(self) -> None:
        """Show the article."""
        self._show()

    @property
    def role(self) -> str:
        """The role that is being marked."""
        return spans.ROLES[self._role]

    @property
    def cursor(self) -> Span:
        """The word of the cursor, or all from where a span was begun."""
        if not self._words:
            return Span(0, 0)
        first = self._word if self._anchor is None else min(self._anchor, self._word)
        last = self._word if self._anchor is None else max(self._anchor, self._word)
        return Span(self._words[first].start, self._words[last].end)

    def _show(self, said: str = "") -> None:
        done = [f"{role} {'✓' if getattr(self.values, role) else '–'}" for role in spans.ROLES]
        verb = "Mark" if self._anchor is None else "End"
        self.query_one("#top", Static).update(
            Text.assemble(f"{verb} the ", (self.role, "bold reverse"), f"   {'  '.join(done)}")
        )
        self.query_one("#message", Static).update(Text(said, "bold red"))
        marks = [*known_marks(self._article), *marks_of(self.values)]
        marks.append(Mark(self.cursor, "cursor", "|", "|"))
        at = self._words[self._word].start if self._words else 0
        whole = Span(0, len(self._text))
        self.query_one("#passage", Passage).show(self._text, whole, marks, at=at)

    def action_go(self, step: int) -> None:
        """Go by words."""
        self._word = max(0, min(len(self._words) - 1, self._word + step))
        self._show()

    def action_line(self, rows: int) -> None:
        """Go by lines."""
        passage = self.query_one("#passage", Passage)
        at = passage.line_from(self._words[self._word].start, rows)
        before, self._word = self._word, spans.word_at(self._words, at)
        if rows > 0 and self._word <= before:
            self._word = min(before + 1, len(self._words) - 1)
        self._show()

    def action_mark(self) -> None:
        """Begin a span at the cursor, or end it there."""
        if self._anchor is None:
            self._anchor = self._word
            self._show()
        else:
            self._lay(self.cursor)

    def _lay(self, span: Span) -> None:
        self._anchor = None
        laid = spans.laid(self.values, self.role, span)
        if laid == self.values:
            self._show("it overlaps what is marked: Bksp takes that away")
            return
        self.values = laid
        self._role = min(self._role + 1, len(spans.ROLES) - 1)
        self._show()

    def action_turn(self, step: int) -> None:
        """Go to another role."""
        self._role, self._anchor = (self._role + step) % len(spans.ROLES), None
        self._show()

    def action_clear(self) -> None:
        """Take the marks of the role away."""
        self.values, self._anchor = spans.with_spans(self.values, self.role, ()), None
        self._show()

    def action_leave(self) -> None:
        """Drop a span that was begun, or leave."""
        if self._anchor is not None:
            self._anchor = None
            self._show()
        else:
            self.dismiss(None)

    def action_done(self) -> None:
        """Give the values, if cue and content are there."""
        lacking = [role for role in ("cue", "content") if not getattr(self.values, role)]
        if lacking:
            self._show(f"it needs a {' and a '.join(lacking)}")
        else:
            self.dismiss(self.values)

    def on_passage_clicked(self, event: Passage.Clicked) -> None:
        """Put the cursor there."""
        self._word = spans.word_at(self._words, event.offset)
        self._show()

    def on_passage_dragged(self, event: Passage.Dragged) -> None:
        """Mark what was drawn over."""
        span = spans.snapped(self._words, event.span)
        self._word = spans.word_at(self._words, span.end - 1)
        self._lay(span)


def known_marks(article: ArticleView) -> Iterable[Mark]:
    """What is in the record already, by number after each cue; what isn't read is dim."""
    for block in article.blocks:
        if not block.kind.is_read:
            yield Mark(Span(block.start, block.end), "dim")
    for row in article.attributions:
        cue = row.cue or row.content
        number = row.ordinal + 1 if row.ordinal >= 0 else 0
        label = f"({number})" if number else "(+)"
        yield Mark(Span(cue[0].start, cue[-1].end), "number", "", label)
