"""Small windows over the screen: choose by a number, type a line, pick while typing, read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from claims.errors import ClaimsError

ChosenT = TypeVar("ChosenT")
Offer = tuple[Text, ChosenT]
DIGITS = "1234567890"


class Window(ModalScreen[ChosenT]):
    """A window that Escape closes."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]


class Choice(Window[ChosenT], Generic[ChosenT]):
    """One of a few, by its key in one stroke, or by the arrows and Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("enter", "take", show=False, priority=True),
    ]

    def __init__(self, title: str, offers: Sequence[tuple[str, str, ChosenT]], at: int = 0) -> None:
        """`offers` are (key, words, what it stands for); `at` is the one that is so now."""
        super().__init__()
        self._title, self._offers, self._at = title, list(offers), at

    def compose(self) -> ComposeResult:
        """Lay it out."""
        with VerticalScroll(classes="window"):
            yield Static(Text(self._title, "bold"), markup=False)
            yield Static("", id="offers", markup=False)

    def on_mount(self) -> None:
        """Show the offers."""
        self._show()

    def _show(self) -> None:
        lines = [
            Text.assemble(
                (f"{'►' if n == self._at else ' '} {key}  ", "bold"),
                (words, "reverse" if n == self._at else ""),
            )
            for n, (key, words, _) in enumerate(self._offers)
        ]
        self.query_one("#offers", Static).update(Text("\n").join(lines))

    def on_key(self, event: Key) -> None:
        """Take what the key stands for."""
        for key, _, chosen in self._offers:
            if event.character == key:
                event.stop()
                self.dismiss(chosen)

    def action_move(self, step: int) -> None:
        """Go up or down."""
        self._at = (self._at + step) % len(self._offers)
        self._show()

    def action_take(self) -> None:
        """Take what is chosen."""
        self.dismiss(self._offers[self._at][2])


class Ask(Window[str]):
    """A line of text; Enter gives it."""

    def __init__(self, title: str, text: str = "") -> None:
        """`text` stands there to begin with."""
        super().__init__()
        self._title, self._given = title, text

    def compose(self) -> ComposeResult:
        """Lay it out."""
        with Vertical(classes="window"):
            yield Static(Text(self._title, "bold"), markup=False)
            yield Input(self._given, select_on_focus=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give what was typed."""
        self.dismiss(event.value)


class Pick(Window[ChosenT], Generic[ChosenT]):
    """One of many, by typing: the offers follow what is typed, Enter takes the chosen one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("pageup", "move(-8)", show=False, priority=True),
        Binding("pagedown", "move(8)", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        offers: Callable[[str], Sequence[Offer[ChosenT]]],
        *,
        wait: float = 0.0,
    ) -> None:
        """`offers` gives what fits the words; `wait` are seconds of rest before it is asked."""
        super().__init__()
        self._title, self._ask, self._wait = title, offers, wait
        self._offers: list[Offer[ChosenT]] = []
        self._asked: str | None = None
        self._is_due = False

    def compose(self) -> ComposeResult:
        """Lay it out."""
        with Vertical(classes="window tall"):
            yield Static(Text(self._title, "bold"), markup=False)
            yield Input(select_on_focus=False)
            yield OptionList(markup=False)

    def on_mount(self) -> None:
        """Offer what is likeliest before anything is typed."""
        self.query_one(OptionList).can_focus = False
        self._offer("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what fits, at once or after a rest."""
        words = event.value
        if self._wait:
            self.set_timer(self._wait, lambda: self._offer_if_still(words))
        else:
            self._offer(words)

    def _offer_if_still(self, words: str) -> None:
        if self.is_attached and self.query_one(Input).value == words:
            self._offer(words)

    def _offer(self, words: str) -> None:
        """Ask what fits; a long search runs beside the typing."""
        if words == self._asked:
            return
        self._asked = words
        if self._wait:
            self._offers = []
            self.run_worker(lambda: self._find(words), thread=True, exclusive=True)
        else:
            self._list(words, list(self._ask(words)))

    def _find(self, words: str) -> None:
        worker = get_current_worker()
        try:
            found = list(self._ask(words))
        except ClaimsError:
            found = []
        if not worker.is_cancelled:
            self.app.call_from_thread(self._list, words, found)

    def _list(self, words: str, found: list[Offer[ChosenT]]) -> None:
        if words != self._asked or not self.is_attached:
            return
        self._offers = found
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([Option(text) for text, _ in self._offers])
        listed.highlighted = 0 if self._offers else None
        if self._is_due:
            self._take()

    def action_move(self, step: int) -> None:
        """Go up or down in the offers."""
        listed = self.query_one(OptionList)
        if self._offers:
            last = len(self._offers) - 1
            listed.highlighted = max(0, min(last, (listed.highlighted or 0) + step))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the chosen one; offers that are still due are asked for first."""
        is_asked = self._wait and (event.value != self._asked or self.workers_run())
        self._is_due = bool(is_asked)
        self._offer(event.value)
        if not self._is_due:
            self._take()

    def workers_run(self) -> bool:
        """Whether a search goes on."""
        return any(worker.node is self and worker.is_running for worker in self.app.workers)

    def _take(self) -> None:
        self._is_due = False
        at = self.query_one(OptionList).highlighted
        if at is not None and at < len(self._offers):
            self.dismiss(self._offers[at][1])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the one that was clicked."""
        self.dismiss(self._offers[event.option_index][1])


class Reader(Window[None]):
    """Text to read; any of Escape, Enter, q and ? closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,q,question_mark", "dismiss(None)", show=False)
    ]

    def __init__(self, title: str, text: Text) -> None:
        """`text` may be longer than the screen."""
        super().__init__()
        self._title, self._text = title, text

    def compose(self) -> ComposeResult:
        """Lay it out."""
        with VerticalScroll(classes="window tall"):
            yield Static(Text(self._title, "bold"), markup=False)
            yield Static(self._text, markup=False)

    def on_mount(self) -> None:
        """Let the arrows scroll it."""
        self.query_one(VerticalScroll).focus()
