"""Text of articles, names, notes and claims is shown, and never obeyed by the application."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from pathlib import Path

import pytest

from claims.records import Carrier, Extraction, Fact, Span, Speaker
from claims.review.decisions import DecisionKind as Kind
from claims.store import Store, open_store
from claims.store.decision_log import Draft
from tests.review.screen import Driven, driven
from tests.store.making import MODEL, attribution, document

NAME = "[red]Corva[/] [@click=app.quit]Dent[/]\x1b[31m\u202e"
TEXT = (
    "[bold]Corva Dent[/bold] said \x1b[2J\x1b]8;;http://x.example\x07 [link=x]漢字 e\u0301 is "
    "\u202edaerb[/]. $foo {bar} :smile: [/] \\[ [on red] 👩‍👩‍👧 end."
)
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def hostile(folder: Path) -> Store:
    store = open_store(str(folder / "claims.db"))
    cue = TEXT.index("said")
    said = attribution(
        (Span(cue + 5, len(TEXT)),),
        source=(Span(0, cue - 1),),
        cue=(Span(cue, cue + 4),),
        speaker=NAME,
        speakers=(Speaker(NAME),),
        carriers=(Carrier(NAME, "published"),),
    )
    made = document(
        TEXT, "[/]x\x1b[31m.txt", title="[bold]T[/]\x1b]0;x\x07", outlet=Fact(NAME, "given")
    )
    store.save(made, Extraction((), (said,), MODEL))
    return store


def unharmed(one: Driven) -> None:
    segments = [
        segment for strip in one.app.screen._compositor.render_strips() for segment in strip
    ]
    assert not OBEYED.search("".join(segment.text for segment in segments))
    assert not any(segment.style and segment.style.link for segment in segments)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20), (30, 10)])
def test_no_screen_obeys_an_article(tmp_path: Path, size: tuple[int, int]) -> None:
    async def test() -> None:
        with hostile(tmp_path) as store:
            async with driven(store, size=size) as one:
                unharmed(one)
                if size[0] >= 60:
                    assert "[bold]Corva Dent[/bold]" in one.screen_text
                    assert "[red]Corva" in one.static("labels")
                    assert "␛[2J" in one.passage
                for keys in ("s", "w", "e", "o", "m", "slash", "question_mark", "full_stop", "g"):
                    await one.press(keys)
                    unharmed(one)
                    await one.press("escape")
                await one.press("w")
                await one.type("[red]x[/]")
                unharmed(one)
                await one.press("enter")
                note = "[bold]n[/]\x1b[31m"
                key = store.decisions()[0].item
                store.decide(Draft(key, Kind.UNSURE, "[b]bob[/]\x1b", note))
                assert one.session.jump(key)
                await one.press("escape")
                unharmed(one)
                store.decide(Draft(key, Kind.ACCEPT, "[b]bob[/]\x1b", note))
                await one.press("a")
                unharmed(one)
                assert one.session.clash is not None
                await one.press("d", "z")
                unharmed(one)
                assert one.app.is_running

    asyncio.run(test())


def test_a_click_on_words_that_look_like_an_action_does_nothing(tmp_path: Path) -> None:
    async def test() -> None:
        with hostile(tmp_path) as store:
            async with driven(store, size=(100, 30)) as one:
                lines = one.static("labels").splitlines()
                row = next(n for n, line in enumerate(lines) if "Dent" in line)
                await one.pilot.click("#labels", offset=(lines[row].index("Dent"), row))
                await one.pilot.pause()
                assert one.app.is_running

    asyncio.run(test())


def test_a_wide_paragraph_scrolls_to_its_cue(tmp_path: Path) -> None:
    text = "漢字の価格は高い。 " * 200 + "Ida Lund said so."
    cue = text.index("said")
    found = attribution((Span(cue + 5, cue + 7),), source=(Span(cue - 9, cue - 1),),
                        cue=(Span(cue, cue + 4),))  # fmt: skip

    async def test() -> None:
        with open_store(str(tmp_path / "claims.db")) as store:
            store.save(document(text), Extraction((), (replace(found),), MODEL))
            async with driven(store) as one:
                assert "<Ida Lund> {said} [so]" in one.screen_text

    asyncio.run(test())
