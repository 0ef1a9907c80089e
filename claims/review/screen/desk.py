"""The main screen: one item, and the keys that decide about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Static

from claims.errors import ClaimsError
from claims.records import Span
from claims.review import telling
from claims.review.intents import told as in_words
from claims.review.items import ItemKind
from claims.review.layout import marks_of
from claims.review.screen import flows
from claims.review.screen.help import help_text
from claims.review.screen.keys import GROUPS, short
from claims.review.screen.passage import Passage
from claims.review.screen.style import WIDE
from claims.review.session import Session
from claims.review.spans import stretch
from claims.terminal import one_line, plain

if TYPE_CHECKING:
    from claims.review.screen.app import ReviewApp

TICK = 10.0
"""Seconds after which the rate is told anew."""
ASIDE = " · z takes it back"


class DeskScreen(Screen[None]):
    """One item at a time."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key.keys, key.action, key.does or key.action, show=False)
        for _, keys in GROUPS
        for key in keys
    ]

    def __init__(self, session: Session) -> None:
        """The session isn't begun yet."""
        super().__init__()
        self.session = session

    @property
    def review(self) -> ReviewApp:
        """The application."""
        return cast("ReviewApp", self.app)

    def compose(self) -> ComposeResult:
        """Lay it out; sizes are in `style`."""
        yield Static(id="top", markup=False)
        yield Static(id="head", markup=False)
        with Container(id="body"):
            with Vertical(id="said"):
                yield Static(id="labels", markup=False)
                yield Passage(id="passage")
            with VerticalScroll(id="around", can_focus=False):
                yield Static(id="context", markup=False)
        yield Static(id="message", markup=False)
        yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        """Show the first item, then count how many wait."""
        self.attempt(self.session.next)
        self.call_after_refresh(self._count)
        self.set_interval(TICK, self._show_top)

    def _count(self) -> None:
        """Count what waits, beside the screen: in a long queue it takes a while."""
        self.run_worker(self._counting, thread=True, exclusive=True, group="count")

    def _counting(self) -> None:
        try:
            self.session.recount()
        except ClaimsError as error:
            self.app.call_from_thread(self.say, in_words(error), failed=True)
        else:
            self.app.call_from_thread(self._show_top)

    def on_resize(self, event: Resize) -> None:
        """Name as many keys as fit."""
        self._show_keys()
        self._show_item()

    # What is shown

    def attempt(self, act: Callable[[], object], said: str = "", *, quiet: bool = False) -> bool:
        """Do something, show what came of it; a failure is told and changes nothing."""
        session = self.session
        session.notice = ""
        try:
            act()
        except ClaimsError as error:
            self.say(in_words(error), failed=True)
            self._show_item()
            return False
        if not quiet:
            done = said if session.clash is None else ""
            self.say("; ".join(part for part in (done, session.notice) if part))
            self._show_item()
        if session.clash is not None:
            flows.clash(self)
        return True

    def say(self, words: str, *, failed: bool = False) -> None:
        """A line under the item."""
        line = Text("! ", "bold red") if failed else Text()
        self.query_one("#message", Static).update(
            line.append_text(plain(one_line(words), "bold" if failed else "italic"))
        )

    def _show_item(self) -> None:
        session, view = self.session, self.session.view
        self._show_top()
        head, labels = self.query_one("#head", Static), self.query_one("#labels", Static)
        around, passage = self.query_one("#context", Static), self.query_one("#passage", Passage)
        if view is None:
            head.update(Text("Nothing more waits in this queue."))
            labels.update(
                Text("b goes back, R goes once more through what was passed over, q leaves.")
            )
            passage.show("", Span(0, 0), ())
            around.update(Text())
            return
        head.update(telling.heading(view))
        values = session.values
        if values is not None and view.article is not None and view.paragraph is not None:
            told = telling.labels(view, values, session.staged)
            window = stretch(view.paragraph, values, view.article.text)
            passage.show(view.article.text, window, marks_of(values), at=values.cue[0].start)
        else:
            text = telling.claim_text(view.claim) if view.claim else ""
            told = telling.status(view)
            passage.show(text, Span(0, len(text)), (), at=0)
        if session.note:
            told.append("\nnote     ", "dim").append_text(plain(one_line(session.note), "italic"))
        if session.staged:
            told.append("\nstaged: Enter writes it, Esc drops it", "bold yellow")
        labels.update(told)
        around.update(telling.context(view, session.other, in_lines=self.size.width < WIDE))
        self.query_one("#around").scroll_home(animate=False)

    def _show_top(self) -> None:
        session, standing = self.session, self.session.standing
        wanted = session.wanted
        asked = [wanted.only.value if wanted.only else "", wanted.order.value]
        left = f"claims review  {one_line(session.reviewer, 20)}  {' '.join(filter(None, asked))}"
        key = f"  {session.view.key}" if session.view else ""
        right = f"{standing.done:,} done"
        if standing.left is not None:
            right += f" · {standing.left:,} left"
        if standing.rate is not None:
            right += f" · {standing.rate:.1f}/min"
        width = self.size.width
        if len(left) + len(key) + len(right) + 1 > width:
            left = left.removeprefix("claims review  ")
        if len(left) + len(key) + len(right) + 1 > width:
            key = ""
        gap = max(1, width - len(left) - len(key) - len(right))
        self.query_one("#top", Static).update(
            Text.assemble(plain(left, "bold"), (key, "cyan"), " " * gap, right)
        )

    def _show_keys(self) -> None:
        told = Text()
        for sign, does in short(self.size.width):
            told.append(sign, "bold reverse").append(f" {does}  ")
        self.query_one("#keys", Static).update(told)

    # Keys

    def action_accept(self) -> None:
        """Accept, with what is staged."""
        self._decide(self.session.accept, "corrected" if self.session.staged else "accepted")

    def action_reject(self) -> None:
        """Reject."""
        self._decide(self.session.reject, "rejected")

    def action_unsure(self) -> None:
        """Leave it to others."""
        self._decide(self.session.unsure, "left to others")

    def action_take_other(self) -> None:
        """Take the second of two readings."""
        self._decide(self.session.take_other, "took the second reading of")

    def _decide(self, act: Callable[[], None], done: str) -> None:
        view = self.session.view
        if view is not None:
            self.attempt(act, f"{done} {view.key}{ASIDE}")

    def action_undo(self) -> None:
        """Take the last decision back."""
        made = self.session.made
        if not made:
            self.say("nothing was decided in this session")
            return
        self.attempt(self.session.undo, f"took back decision {made[-1].decision.id}")

    def has_unwritten(self) -> bool:
        """Whether corrections or a note wait for a decision; then that is told, and nothing goes
        away."""
        given = {"a correction": self.session.staged, "a note": self.session.note}
        waiting = [what for what, words in given.items() if words]
        if waiting:
            what = " and ".join(waiting)
            self.say(f"{what} not written yet: decide, or Esc drops it", failed=True)
        return bool(waiting)

    def action_next(self) -> None:
        """Go on."""
        if not self.has_unwritten():
            self.attempt(self.session.next)

    def action_back(self) -> None:
        """Go back."""
        if not self.has_unwritten():
            self.attempt(self.session.back)

    def action_restart(self) -> None:
        """Once more through what was passed over."""
        if self.session.view is None:
            self.attempt(self.session.restart)
            self._count()

    def action_drop(self) -> None:
        """Drop what is staged, and the note."""
        self.session.staged, self.session.note = {}, ""
        self.attempt(lambda: None)

    def action_choose(self, field: str, stage: bool = False) -> None:
        """Choose stance, act or framing."""
        flows.choose(self, field, stage=stage)

    def action_speaker(self, stage: bool = False) -> None:
        """Name the speaker."""
        flows.speaker(self, stage=stage)

    def action_spans(self, stage: bool = False) -> None:
        """Move the ends of the spans."""
        flows.spans(self, stage=stage)

    def action_add(self) -> None:
        """Add what the model missed."""
        flows.add(self)

    def action_note(self) -> None:
        """Write a note."""
        flows.note(self)

    def action_search(self) -> None:
        """Search, and go there."""
        if not self.has_unwritten():
            flows.search(self)

    def action_claim(self) -> None:
        """Change the claim."""
        flows.claim(self)

    def action_article(self) -> None:
        """Show the whole article."""
        if not self.has_unwritten():
            flows.article(self)

    def action_complete(self, whole: bool) -> None:
        """Close the sentence, or the article."""
        what = "article" if whole else "sentence"
        self.attempt(lambda: self.session.complete(whole=whole), f"the {what} is complete{ASIDE}")

    def action_scroll(self, rows: int) -> None:
        """Scroll the passage."""
        self.query_one("#passage", Passage).scroll_relative(y=rows, animate=False)

    def action_scroll_context(self, pages: int) -> None:
        """Scroll claim and decisions."""
        around = self.query_one("#around")
        around.scroll_relative(y=pages * max(1, around.size.height - 1), animate=False)

    def action_light(self) -> None:
        """Light or dark."""
        self.review.switch_light()

    def action_help(self) -> None:
        """All keys."""
        flows.read(self, "Keys", help_text())

    def action_leave(self) -> None:
        """Leave; what is held is given back."""
        if self.has_unwritten():
            return
        self.workers.cancel_all()
        self.app.exit()

    @property
    def is_claim(self) -> bool:
        """Whether the item on the screen is a claim."""
        return self.session.view is not None and self.session.view.key.kind is ItemKind.CLAIM
