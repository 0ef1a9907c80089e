"""What the keys open: each asks in a window or a screen, and hands the answer to the session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from claims.records import Act, Framing, Stance
from claims.reports.said import spoken_name
from claims.review import telling
from claims.review.items import ItemKey
from claims.review.screen.adding import AddScreen
from claims.review.screen.article import ArticleScreen
from claims.review.screen.claims import claim_menu
from claims.review.screen.dialogs import DIGITS, Ask, Choice, Pick, Reader
from claims.review.screen.spans import SpansScreen
from claims.review.speakers import Name
from claims.review.values import Values
from claims.store.queue_rows import Queued
from claims.terminal import one_line, plain

if TYPE_CHECKING:
    from claims.review.screen.desk import DeskScreen

LABELS: dict[str, type[Stance] | type[Act] | type[Framing]] = {
    "stance": Stance,
    "act": Act,
    "framing": Framing,
}
SAID = {
    Stance.ASSERTS: "it is so",
    Stance.DENIES: "it is not so",
    Stance.HEDGES: "it may be so",
    Stance.DOUBTS: "it may not be so",
    Stance.UNCOMMITTED: "asks, orders, or won't say",
}
REST = 0.2
"""Seconds of rest in typing before the whole queue, or all claims, are searched."""


def _correct(screen: DeskScreen, patch: dict[str, Any] | None, *, stage: bool) -> None:
    if patch is None or screen.session.view is None:
        return
    key, session = screen.session.view.key, screen.session
    if stage:
        screen.attempt(lambda: session.stage(patch))
    else:
        screen.attempt(lambda: session.correct(patch), f"decided {key} · z takes it back")


def _values(screen: DeskScreen) -> Values | None:
    """The values of an attribution on the screen; a claim has none, and that is told."""
    values = screen.session.values
    if values is None and screen.session.view is not None:
        screen.say("a claim has neither stance nor spans: g changes it", failed=True)
    return values


def choose(screen: DeskScreen, field: str, *, stage: bool) -> None:
    """Stance, act or framing by a number."""
    values = _values(screen)
    if values is None:
        return
    kinds = list(LABELS[field])
    offers = [
        (DIGITS[n], f"{kind.value:12}{SAID.get(kind, '') if isinstance(kind, Stance) else ''}",
         kind.value)
        for n, kind in enumerate(kinds)
    ]  # fmt: skip
    now = kinds.index(getattr(values, field))
    screen.app.push_screen(
        Choice(field.capitalize(), offers, now),
        lambda chosen: _correct(screen, {field: chosen} if chosen else None, stage=stage),
    )


def speaker(screen: DeskScreen, *, stage: bool) -> None:
    """The speaker by type-ahead."""
    values = _values(screen)
    if values is None:
        return
    ask_speaker(
        screen,
        values,
        lambda name: _correct(screen, name.patch if name else None, stage=stage),
    )


def ask_speaker(screen: DeskScreen, values: Values, then: Any) -> None:
    """Ask for a name, and give it to `then`."""
    view = screen.session.view
    text = view.article.text if view and view.article else ""
    names, source = screen.review.names(), telling.words_of(text, values.source)
    title = f"Speaker (now: {one_line(values.speaker, 50)})"

    def offers(words: str) -> list[tuple[Text, Name]]:
        return [
            (plain(one_line(one.name)).append_text(plain(f"  {one_line(one.origin)}", "dim")), one)
            for one in names.like(words, source)
        ]

    screen.app.push_screen(Pick(title, offers), then)


def spans(screen: DeskScreen, *, stage: bool) -> None:
    """The ends of the spans."""
    values, view = _values(screen), screen.session.view
    if values is None or view is None or view.article is None or view.paragraph is None:
        return

    def done(changed: Values | None) -> None:
        if changed is not None:
            roles = ("source", "cue", "content")
            patch = {role: changed.data[role] for role in roles}
            _correct(screen, patch, stage=stage)

    screen.app.push_screen(SpansScreen(view.article.text, view.paragraph, values), done)


def add(screen: DeskScreen) -> None:
    """An attribution that the model missed: spans, stance, speaker."""
    view = screen.session.view
    if view is None or view.article is None:
        screen.say("a claim has no article of its own: go to an attribution", failed=True)
        return
    at = view.paragraph.start if view.paragraph else 0
    screen.app.push_screen(AddScreen(view.article, at), lambda values: _add_stance(screen, values))


def _add_stance(screen: DeskScreen, values: Values | None) -> None:
    if values is None:
        return
    offers = [(DIGITS[n], f"{one.value:12}{SAID[one]}", one) for n, one in enumerate(Stance)]

    def with_stance(stance: Stance | None) -> None:
        if stance is None:
            return
        act = Act.DENIAL if stance is Stance.DENIES else Act.STATEMENT
        made = values.patched({"stance": stance.value, "act": act.value})
        ask_speaker(screen, made, lambda name: _add(screen, made, name))

    screen.app.push_screen(Choice("Stance of what was missed", offers), with_stance)


def _add(screen: DeskScreen, values: Values, name: Name | None) -> None:
    if name is not None:
        made = values.patched(name.patch)
        screen.attempt(lambda: screen.session.add(made), "added · z takes it back")


def note(screen: DeskScreen) -> None:
    """A note for the next decision."""
    if screen.session.view is None:
        return

    def noted(words: str | None) -> None:
        if words is not None:
            screen.session.note = " ".join(words.split())
            screen.attempt(lambda: None)

    screen.app.push_screen(Ask("Note, kept with the next decision", screen.session.note), noted)


def search(screen: DeskScreen) -> None:
    """Open items by their words."""

    def offers(words: str) -> list[tuple[Text, ItemKey]]:
        return [(queued_line(row), row.key) for row in screen.session.search(words, limit=30)]

    def go(key: ItemKey | None) -> None:
        if key is not None:
            screen.attempt(lambda: screen.session.jump(key))

    screen.app.push_screen(Pick("Search what is open: words, speaker", offers, wait=REST), go)


def queued_line(row: Queued) -> Text:
    """One row of the queue in a list."""
    who = spoken_name(row.speaker) if row.speaker else "claim"
    return Text.assemble(
        plain(one_line(who, 28), "bold"),
        (f" {row.stance}: " if row.stance else ": ", "dim"),
        plain(one_line(row.words, 80)),
    )


def claim(screen: DeskScreen) -> None:
    """Merge, split, reword or confirm the claim."""
    claim_menu(screen)


def article(screen: DeskScreen) -> None:
    """The whole article; an item chosen there comes on the screen."""
    view = screen.session.view
    if view is None or view.article is None:
        screen.say("a claim has no article of its own", failed=True)
        return

    def done(chosen: str | None) -> None:
        if chosen == "add":
            add(screen)
        elif chosen in ("sentence", "article"):
            screen.action_complete(chosen == "article")
        elif chosen:
            screen.attempt(lambda: screen.session.jump(ItemKey.parse(chosen)))

    own = str(view.key)
    at = view.key.span.start if view.key.span else 0
    screen.app.push_screen(ArticleScreen(view.article, own, at), done)


def read(screen: DeskScreen, title: str, text: Text) -> None:
    """Something to read."""
    screen.app.push_screen(Reader(title, text))


def clash(screen: DeskScreen) -> None:
    """Somebody decided meanwhile: show it, and ask what is to stand."""
    session = screen.session
    if session.clash is None or session.view is None:
        return
    intent = session.clash.intent
    told = [telling.decision_line(one).plain for one in session.clash.decisions]
    meant = intent.kind.value
    if intent.values is not None and session.view.values is not None:
        patch = session.view.values.difference(intent.values)
        meant = f"correct ({telling.patch_words(patch)})" if patch else meant
    title = (
        "Decided while you looked at it:\n" + "\n".join(told)
        + f"\n\nYou meant: {one_line(meant)}"
        + (f" ({one_line(intent.note)})" if intent.note else "")
        + "\nNothing of yours is written yet."
    )  # fmt: skip
    offers = [
        ("k", "keep it as it was decided, and go on", "keep"),
        ("d", "decide again, as meant", "insist"),
        ("l", "look at it again", "look"),
    ]

    def answered(answer: str | None) -> None:
        acts = {"keep": session.keep, "insist": session.insist}
        done = {"keep": "the first's decision stands", "insist": "decided again"}
        screen.attempt(acts.get(answer or "", session.look_again), done.get(answer or "", ""))

    screen.app.push_screen(Choice(title, offers), answered)
