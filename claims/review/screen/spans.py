"""Moving the ends of source, cue and content, with the keyboard or the mouse."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from claims.records import Span
from claims.review import spans
from claims.review.layout import marks_of
from claims.review.screen.passage import Passage
from claims.review.spans import End
from claims.review.values import Values

KEYS = "Tab end  ←→ word  Shift+←→ letter  n new  Del away  Enter done  Esc leave"


class SpansScreen(Screen[Values | None]):
    """The passage with one end that moves. Gives the values; None where nothing is to change."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "turn(1)", show=False, priority=True),
        Binding("shift+tab", "turn(-1)", show=False, priority=True),
        Binding("left", "word(-1)", show=False),
        Binding("right", "word(1)", show=False),
        Binding("shift+left", "letter(-1)", show=False),
        Binding("shift+right", "letter(1)", show=False),
        Binding("n", "new", show=False),
        Binding("delete,backspace", "remove", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("enter", "done", show=False),
        Binding("escape,q", "dismiss(None)", show=False),
    ]

    def __init__(self, text: str, paragraph: Span, values: Values) -> None:
        """Begin at the end of the content: the one that is wrong most often."""
        super().__init__()
        self._text, self._paragraph = text, paragraph
        self._was = self.values = values
        self.end = spans.ends(values)[-1]
        self._words = spans.words(text)

    def compose(self) -> ComposeResult:
        """Lay it out."""
        yield Static(id="top", markup=False)
        yield Passage(id="passage")
        yield Static(Text(KEYS, "reverse"), id="keys", markup=False)

    def on_mount(self) -> None:
        """Show the passage."""
        self._show()

    def _show(self) -> None:
        end = self.end
        which = "start" if end.is_start else "end"
        many = len(getattr(self.values, end.role)) > 1
        number = f" {end.nth + 1}" if many else ""
        self.query_one("#top", Static).update(
            Text.assemble("Moving the ", (f"{which} of the {end.role}{number}", "bold reverse"))
        )
        window = spans.stretch(self._paragraph, self.values, self._text)
        self.query_one("#passage", Passage).show(
            self._text,
            window,
            marks_of(self.values, (end.role, end.nth, which)),
            at=spans.position(self.values, end) - (0 if end.is_start else 1),
        )

    def _put(self, at: int) -> None:
        self.values = spans.put(self.values, self.end, at, self._text)
        self._show()

    def action_turn(self, step: int) -> None:
        """Go to another end."""
        ends = spans.ends(self.values)
        self.end = ends[(ends.index(self.end) + step) % len(ends)]
        self._show()

    def action_word(self, step: int) -> None:
        """Move by a word."""
        now = spans.position(self.values, self.end)
        self._put(spans.by_word(self._words, now, step, is_start=self.end.is_start))

    def action_letter(self, step: int) -> None:
        """Move by a character."""
        self._put(spans.position(self.values, self.end) + step)

    def action_new(self) -> None:
        """Another span of this role: the word after this one, to begin with."""
        after = spans.position(self.values, End(self.end.role, self.end.nth, False))
        word = next((w for w in self._words if w.start >= after), None)
        if word is not None:
            self._lay(word, None)

    def action_remove(self) -> None:
        """Take the span away."""
        changed = spans.without(self.values, self.end)
        if changed is not self.values:
            self.values = changed
            ends = spans.ends(changed)
            self.end = next((e for e in ends if e.role == self.end.role), ends[-1])
            self._show()

    def action_scroll(self, rows: int) -> None:
        """Scroll the passage."""
        self.query_one("#passage", Passage).scroll_relative(y=rows, animate=False)

    def action_done(self) -> None:
        """Give the values."""
        self.dismiss(None if self.values == self._was else self.values)

    def on_passage_clicked(self, event: Passage.Clicked) -> None:
        """Put the end at the word that was clicked."""
        word = self._words[spans.word_at(self._words, event.offset)]
        self._put(word.start if self.end.is_start else word.end)

    def on_passage_dragged(self, event: Passage.Dragged) -> None:
        """Mark the span anew."""
        self._lay(spans.snapped(self._words, event.span), self.end.nth)

    def _lay(self, span: Span, nth: int | None) -> None:
        role = self.end.role
        self.values = spans.laid(self.values, role, span, nth)
        laid: tuple[Span, ...] = getattr(self.values, role)
        if span in laid:
            self.end = End(role, laid.index(span), False)
        self._show()
