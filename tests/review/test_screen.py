"""The application, driven by its keys without a terminal."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Coroutine
from typing import Any

import pytest
from textual.filter import NoColor

from claims.review.decisions import DecisionKind as Kind
from claims.review.items import ItemKey
from claims.review.screen.app import AWAY
from claims.review.screen.keys import GROUPS, short
from claims.store import Store
from claims.store.decision_log import Draft
from claims.store.queue_rows import Only, Wanted
from tests.review.making import read_anew
from tests.review.screen import driven
from tests.store.making import TEXT, span

SIZES = [(80, 24), (120, 40), (60, 20), (40, 12), (200, 60)]
TRIED = {
    "accept", "reject", "unsure", "take_other", "note", "undo", "choose", "speaker", "spans",
    "drop", "add", "complete", "claim", "article", "next", "back", "search", "restart", "scroll",
    "scroll_context", "light", "help", "leave",
}  # fmt: skip


def run(test: Coroutine[Any, Any, None]) -> None:
    asyncio.run(test)


def test_each_key_of_the_screen_is_tried_here() -> None:
    actions = {key.action.partition("(")[0] for _, keys in GROUPS for key in keys}
    assert actions == TRIED


@pytest.mark.parametrize("size", SIZES)
def test_the_first_item_shows_its_words_labels_and_reason(
    desk: Store, size: tuple[int, int]
) -> None:
    async def test() -> None:
        async with driven(desk, size=size) as one:
            key = await one.go_to("denied")
            assert "<The port union> {denied} that [any date was agreed]" in " ".join(
                one.passage.split()
            )
            assert str(key) in one.screen_text or size[0] < 60
            assert "port union" in one.static("labels")
            assert "denies" in one.static("labels")
            assert "0.75" in one.static("labels")
            if size[0] > 40:
                assert "nobody decided yet" in " ".join(one.static("labels").split())
            assert "{denied}" in one.screen_text
            assert "? " in one.screen_text.splitlines()[-1]
            assert all(len(line) <= size[0] for line in one.screen_text.splitlines())

    run(test())


def test_accept_by_one_key_and_by_enter(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            first = str(one.session.view.key)  # type: ignore[union-attr]
            await one.press("enter")
            second = str(one.session.view.key)  # type: ignore[union-attr]
            await one.press("a")
            assert one.of_log() == [(first, "accept", None), (second, "accept", None)]
            assert f"accepted {second}" in one.static("message")
            assert "2 done" in one.static("top")

    run(test())


def test_reject_unsure_and_undo(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            first = one.session.view.key  # type: ignore[union-attr]
            await one.press("r")
            await one.press("u")
            assert [kind for _, kind, _ in one.of_log()] == ["reject", "unsure"]
            await one.press("z", "z")
            assert one.session.view.key == first  # type: ignore[union-attr]
            assert [kind for _, kind, _ in one.of_log()][2:] == ["revert", "revert"]
            await one.press("z")
            assert "nothing was decided" in one.static("message")

    run(test())


def test_next_back_and_the_end_of_the_queue(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            keys = [row.key for row in desk.waiting()]
            await one.press("n")
            assert one.session.view.key == keys[1]  # type: ignore[union-attr]
            await one.press("right", "left", "b")
            assert one.session.view.key == keys[0]  # type: ignore[union-attr]
            await one.press("b")
            assert one.session.view.key == keys[0]  # type: ignore[union-attr]
            for _ in keys:
                await one.press("n")
            assert "Nothing more waits" in one.static("head")
            for harmless in ("a", "r", "s", "w", "e", "m", "g", "o", "c", "k", "full_stop", "up"):
                await one.press(harmless)
            await one.press("escape")
            assert one.of_log() == []
            await one.press("R")
            assert one.session.view.key == keys[0]  # type: ignore[union-attr]

    run(test())


def test_an_empty_queue_says_so(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk, article=99) as one:
            assert "Nothing more waits" in one.screen_text
            await one.press("q")

    run(test())


def test_stance_is_corrected_by_two_keys(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            key = await one.go_to("denied")
            await one.press("s", "4")
            assert one.of_log() == [(str(key), "correct", {"stance": "doubts"})]
            assert one.session.view.key != key  # type: ignore[union-attr]

    run(test())


def test_act_and_framing_by_number_or_by_arrows(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            key = await one.go_to("denied")
            await one.press("t")
            assert "► 3  denial" in one.screen_text
            await one.press("0")
            await one.go_to("denied")
            await one.press("f", "down", "up", "up", "enter")
            assert one.of_log() == [
                (str(key), "correct", {"act": "withheld"}),
                (str(key), "correct", {"framing": "distances"}),
            ]
            await one.press("s", "escape")
            assert len(one.of_log()) == 2

    run(test())


def test_several_fields_are_staged_and_written_as_one(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            key = await one.go_to("denied")
            await one.press("S", "3", "T", "4", "F", "2")
            assert "stance*" in one.static("labels")
            assert "Enter writes it" in one.static("labels")
            await one.press("escape")
            assert one.session.staged == {}
            assert "stance*" not in one.static("labels")
            await one.press("S", "3", "W")
            await one.type("Ida Lund")
            await one.press("enter", "E", "left", "enter")
            assert one.of_log() == []
            await one.press("enter")
            patch = {
                "stance": "hedges",
                "speaker": "Ida Lund",
                "content": [list(span("any date was"))],
            }
            assert one.of_log() == [(str(key), "correct", patch)]

    run(test())


def test_the_speaker_is_picked_while_typing(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            key = await one.go_to("denied")
            await one.press("w")
            assert "Ilse Brandmoor  in this article" in one.offers
            assert "UNNAMED: The port union  unnamed source" in one.offers
            assert {offer.split()[0] for offer in one.offers[-3:]} == {
                "NONE", "AUTHOR", "UNRESOLVED",
            }  # fmt: skip
            await one.type("Reuters")
            assert one.offers[0].startswith("Reuters  ")
            await one.press("enter")
            (_, kind, patch) = one.of_log()[0]
            assert kind == "correct" and patch is not None
            assert patch["speaker"] == "Reuters"
            assert patch["source_ids"] and patch["source_ids"][0]  # type: ignore[index]
            assert desk.item(key).values.speaker == "Reuters"  # type: ignore[union-attr]

    run(test())


@pytest.mark.parametrize(
    ("typed", "speaker"),
    [("NONE", "NONE"), ("AUTHOR", "AUTHOR"), ("UNRESOLVED", "UNRESOLVED"),
     ("UNNAMED: two clerks", "UNNAMED: two clerks"), ("Ida Lund", "Ida Lund"),
     ("Ida Lund; Odo Pell", "Ida Lund; Odo Pell")],
)  # fmt: skip
def test_speakers_that_no_registry_has(desk: Store, typed: str, speaker: str) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            await one.go_to("denied")
            await one.press("w")
            await one.type(typed)
            while not one.offers[0].startswith(f"{speaker}  "):
                await one.press("down")
                listed = one.app.screen.query_one("OptionList")
                if one.offers[listed.highlighted].startswith(f"{speaker}  "):  # type: ignore[attr-defined]
                    break
            await one.press("enter")
            assert one.of_log()[0][2] == {"speaker": speaker}

    run(test())


def test_ends_move_by_word_and_letter(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            key = await one.go_to("denied")
            await one.press("e")
            assert "end of the content" in one.static("top")
            await one.press("left", "shift+left")
            assert "[any date wa]s" in " ".join(one.passage.split())
            await one.press("shift+tab", "left")
            assert "{denied} [that any date wa]s" in " ".join(one.passage.split())
            await one.press("tab", "tab", "right", "right", "shift+right", "shift+left")
            assert "start of the source" in one.static("top")
            await one.press("enter")
            start = TEXT.index("union denied")
            content = [[TEXT.index("that any"), TEXT.index("was agreed") + 2]]
            assert one.of_log() == [
                (str(key), "correct", {"source": [[start, start + 5]], "content": content})
            ]

    run(test())


def test_spans_are_added_taken_away_and_left_alone(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            key = await one.go_to("denied")
            await one.press("e", "n")
            assert "content 2" in one.static("top")
            assert "[,]" in one.passage
            await one.press("delete")
            assert "[,]" not in one.passage
            await one.press("delete")  # the last one stays
            assert "[any date was agreed]" in " ".join(one.passage.split())
            await one.press("up", "down", "escape")
            assert one.of_log() == []
            await one.press("e", "tab", "delete", "enter")
            assert one.of_log() == [(str(key), "correct", {"source": []})]

    run(test())


def test_ends_follow_the_mouse(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            await one.go_to("denied")
            await one.press("e")
            lines = one.passage.splitlines()
            row = next(n for n, line in enumerate(lines) if "reported" in line)
            await one.pilot.click("#passage", offset=(lines[row].index("reported") + 2, row))
            await one.pilot.pause()
            assert "Gazette reported]" in " ".join(one.passage.split())
            lines = one.passage.splitlines()
            row = next(n for n, line in enumerate(lines) if "Tideway Gazette" in line)
            at = lines[row].index("Tideway")
            await one.pilot.mouse_down("#passage", offset=(at, row))
            await one.pilot.hover("#passage", offset=(at + 5, row))
            await one.pilot.mouse_up("#passage", offset=(at + 10, row))
            await one.pilot.pause()
            assert "[Tideway Gazette]" in " ".join(one.passage.split())
            await one.press("enter")
            assert one.of_log()[0][2] == {"content": [list(span("Tideway Gazette"))]}

    run(test())


def test_what_the_model_missed_is_marked_and_added(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            await one.go_to("said")
            await one.press("m")
            assert "Mark the source" in one.static("top")
            for _ in range(TEXT[: TEXT.index("she meant")].count(" ") + 60):
                if one.app.screen.cursor.start >= TEXT.index("she meant"):  # type: ignore[attr-defined]
                    break
                await one.press("right")
            await one.press("space", "space")
            assert "Mark the cue" in one.static("top")
            await one.press("enter")
            assert "needs a cue and a content" in one.static("message")
            await one.press("right", "space", "space", "right", "space", "right", "space")
            assert "<she> {meant} [the union|]" in " ".join(one.passage.split()).replace(
                "|union", "union"
            )
            await one.press("enter", "1")
            await one.type("Ilse")
            await one.press("enter")
            added = [d for d in desk.decisions() if d.kind is Kind.ADD]
            assert len(added) == 1
            values = desk.item(added[0].item).values
            assert values is not None
            assert (values.source, values.cue, values.content) == (
                (span("she"),), (span("meant"),), (span("the union"),),
            )  # fmt: skip
            assert (values.speaker, values.stance.value) == ("Ilse Brandmoor", "asserts")
            assert "added" in one.static("message")
            await one.press("z")
            assert desk.decisions()[-1].reverts == added[0].id

    run(test())


def test_marking_goes_by_lines_roles_and_mouse_and_can_be_left(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            await one.go_to("said")
            await one.press("m", "down", "up", "pagedown", "pageup", "left")
            await one.press("tab", "space", "right", "escape")
            assert "Mark the cue" in one.static("top")
            await one.press("space", "right", "space", "shift+tab", "backspace", "escape")
            assert one.of_log() == []
            await one.press("m")
            lines = one.passage.splitlines()
            row = next(n for n, line in enumerate(lines) if "smiling" in line)
            at = lines[row].index("smiling")
            await one.pilot.click("#passage", offset=(at + 1, row))
            await one.pilot.pause()
            assert "|smiling|" in one.passage
            await one.press("q")

    run(test())


def test_a_note_stands_by_the_decision(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            key = await one.go_to("denied")
            await one.press("full_stop")
            await one.type("see page 4")
            await one.press("enter")
            assert "see page 4" in one.static("labels")
            await one.press("r")
            assert [d.note for d in desk.decisions(key)] == ["see page 4"]

    run(test())


def test_a_search_goes_to_what_it_finds(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            await one.press("slash")
            await one.type("northern quay")
            await one.press("enter")
            assert "northern quay" in " ".join(one.passage.split())
            assert one.session.view.row.cue_words == "said"  # type: ignore[union-attr]

    run(test())


def test_the_whole_article_leads_to_its_items(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            await one.go_to("said")
            await one.press("o")
            assert "{said(1)}" in one.passage
            assert "(1) Ilse Brandmoor" in one.static("message")
            await one.press("tab", "down", "up", "pagedown", "pageup")
            assert "(2) port union" in one.static("message")
            await one.press("enter")
            assert one.session.view.row.cue_words == "denied"  # type: ignore[union-attr]
            await one.press("o", "shift+tab", "escape")
            assert one.session.view.row.cue_words == "denied"  # type: ignore[union-attr]
            await one.press("o")
            lines = one.passage.splitlines()
            row = next(n for n, line in enumerate(lines) if "reported" in line)
            await one.pilot.click("#passage", offset=(lines[row].index("reported") + 1, row))
            await one.pilot.pause()
            assert "(3) Tideway Gazette" in one.static("message")
            await one.press("m")
            assert "Mark the source" in one.static("top")
            await one.press("escape")

    run(test())


def test_a_sentence_and_an_article_are_closed(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            key = await one.go_to("said")
            await one.press("C")
            assert "undecided" in one.static("message")
            await one.press("a")
            assert one.session.jump(key)
            await one.press("c")
            assert one.of_log()[-1][:2] == (f"s{key.owner}:0-72", "complete")
            for cue in ("denied", "reported"):
                await one.go_to(cue)
                await one.press("a")
            assert one.session.jump(key)
            await one.press("o", "C")
            assert one.of_log()[-1][:2] == (f"t{key.owner}", "complete")

    run(test())


def test_claims_are_confirmed_merged_split_and_reworded(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk, only=Only.CLAIMS) as one:
            claim = one.session.view.claim  # type: ignore[union-attr]
            assert claim is not None
            assert "opposes" in one.static("context")
            assert "Velmora embassy" in one.passage
            await one.press("s")
            assert "neither stance nor spans" in one.static("message")
            await one.press("g", "w")
            assert one.typed == claim.wording
            await one.type(" indeed")
            await one.press("enter")
            assert "reworded" in one.static("message")
            await one.press("g", "s", "down", "enter")
            await one.press("g", "m")
            await one.type("unarmed")
            await one.press("enter")
            kinds = [d.kind.value for d in desk.claim_decisions()]
            assert kinds == ["reword", "split", "merge"]
            await one.press("z")
            assert desk.claim_decisions()[-1].kind.value == "revert"
            await one.press("g", "c")
            assert one.of_log() == [(f"c{claim.id}", "accept", None)]

    run(test())


def test_the_claim_of_an_attribution_shows_who_stands_against_it(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk, size=(100, 40)) as one:
            rows = {r.speaker: r.item for r in desk.attributions()}
            assert one.session.jump(ItemKey.parse(rows["Tideway Ministry"] or ""))
            await one.press("escape")
            told = one.static("context")
            assert "► + Tideway Ministry" in told
            assert "− Velmora embassy" in told
            assert "~ Lena Marsh" in told
            assert "Tideway Wire" in one.static("labels")  # the chain
            await one.press("g", "c", "pagedown", "pageup")
            assert one.of_log()[0][1] == "accept"

    run(test())


def test_whoever_decided_meanwhile_is_shown(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            key = await one.go_to("denied")
            desk.decide(Draft(key, Kind.CORRECT, "bob", "no doubt", patch={"stance": "hedges"}))
            await one.press("s", "4")
            assert "Decided while you looked at it" in one.screen_text
            assert "bob" in one.screen_text and "no doubt" in one.screen_text
            assert "stance hedges" in one.screen_text and "stance doubts" in one.screen_text
            await one.press("l")
            assert one.session.staged == {"stance": "doubts"}
            desk.decide(Draft(key, Kind.ACCEPT, "bob"))
            await one.press("enter")
            await one.press("d")
            assert desk.item(key).values.stance.value == "doubts"  # type: ignore[union-attr]
            await one.go_to("reported")
            other = one.session.view.key  # type: ignore[union-attr]
            desk.decide(Draft(other, Kind.REJECT, "bob"))
            await one.press("a", "k")
            assert [d.by for d in desk.decisions(other)] == ["bob"]
            assert one.session.view.key != other  # type: ignore[union-attr]

    run(test())


def test_both_readings_stand_side_by_side_and_k_takes_the_second(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            key = await one.go_to("said")
            await one.press("k")
            assert "nobody disagrees" in one.static("message")
            await one.press("a")
            read_anew(desk)
            assert one.session.jump(key)
            await one.press("escape")
            assert "a newer model reads it otherwise" in one.static("labels")
            assert "ann: asserts" in one.static("context")
            assert "the newer model: hedges" in one.static("context")
            await one.press("k")
            assert desk.item(key).values.stance.value == "hedges"  # type: ignore[union-attr]

    run(test())


def test_a_second_reading_is_shown_without_the_first(desk: Store) -> None:
    desk.decide(Draft(desk.waiting()[0].key, Kind.REJECT, "bob", "secret reason"))

    async def test() -> None:
        async with driven(desk, overlap=1.0) as one:
            assert one.session.is_second
            assert "the first reading stays hidden" in one.static("labels")
            assert "secret" not in one.screen_text and "bob" not in one.screen_text
            await one.press("a")
            assert desk.decisions()[-1].is_opinion

    run(test())


def test_what_another_has_on_the_screen_is_passed_over(desk: Store) -> None:
    async def test() -> None:
        first = desk.waiting()[0].key
        async with driven(desk, reviewer="bob") as bob, driven(desk) as ann:
            assert bob.session.view.key == first  # type: ignore[union-attr]
            assert ann.session.view.key != first  # type: ignore[union-attr]
            assert {row.held for row in desk.waiting()} == {None, "ann", "bob"}
            await bob.press("a")
            await ann.press("a")
            assert [d.by for d in desk.decisions()] == ["bob", "ann"]

    run(test())


def test_the_help_names_all_keys(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk, size=(100, 100)) as one:
            await one.press("question_mark")
            for _, keys in GROUPS:
                for key in keys:
                    assert key.shown.split()[0] in one.screen_text if key.shown else True
                    assert key.does in one.screen_text
            await one.press("question_mark")
            assert "Moving ends" not in one.screen_text

    run(test())


def test_light_and_dark_and_scrolling(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk, size=(60, 14)) as one:
            assert one.app.current_theme.dark
            await one.press("D")
            assert not one.app.current_theme.dark
            await one.press("down", "up", "pagedown", "pageup")

    run(test())


def test_leaving_gives_back_what_is_held(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            await one.press("a", "q")
            assert not one.app.is_running
            one.session.leave()
            assert one.session.summary().decided == {"accept": 1}
            assert {row.held for row in desk.waiting(Wanted())} == {None}

    run(test())


def test_what_is_staged_or_noted_is_never_lost_by_moving(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            key = await one.go_to("denied")
            await one.press("S", "3", "full_stop")
            await one.type("why")
            await one.press("enter")
            for way in ("n", "b", "slash", "o", "q"):
                await one.press(way)
                assert "a correction and a note not written yet" in one.static("message")
            assert one.app.is_running
            assert one.session.view.key == key  # type: ignore[union-attr]
            await one.press("enter")
            (made,) = desk.decisions(key)
            assert (made.patch, made.note) == ({"stance": "hedges"}, "why")
            await one.press("S", "3", "escape", "n", "q")
            assert not one.app.is_running

    run(test())


def test_an_item_is_kept_while_somebody_sits_before_it(desk: Store) -> None:
    async def test() -> None:
        async with driven(desk) as one:
            key = one.session.view.key  # type: ignore[union-attr]
            desk.release("ann")
            one.app._renew()
            assert desk.hold(key, "bob") == "ann"
            desk.release("ann")
            assert desk.hold(key, "bob") is None
            one.app._renew()
            assert "bob has it on the screen too" in one.static("message")
            desk.release("bob")
            one.app._touched -= 2 * AWAY
            one.app._renew()
            assert desk.hold(key, "bob") is None

    run(test())


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
@pytest.mark.parametrize("is_plain", [False, True])
def test_pictures_hold_the_item_with_colour_and_without(
    desk: Store, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], is_plain: bool
) -> None:
    if is_plain:
        monkeypatch.setenv("NO_COLOR", "1")

    async def test() -> None:
        async with driven(desk, size=size) as one:
            await one.go_to("denied")
            await one.press("s")
            picture = html.unescape(re.sub("<[^>]+>", "", one.app.export_screenshot()))
            picture = " ".join(picture.replace("\xa0", " ").split())
            # The window leaves the passage to be seen.
            for words in ("{denied}", "[any date was agreed]", "► 2", "it is not so"):
                assert words in picture, words
            strips = one.app.screen._compositor.render_strips()
            styles = [segment.style for strip in strips for segment in strip if segment.style]
            filtered = [f for f in one.app._filters if isinstance(f, NoColor)]
            assert bool(filtered) is is_plain
            # Source, cue and content differ by more than colour.
            assert any(style.underline for style in styles)
            assert any(style.italic and style.bold for style in styles)

    run(test())


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120, 200])
def test_the_last_line_fits_and_has_the_help(width: int) -> None:
    named = short(width)
    assert "?" in [key for key, _ in named]
    assert sum(len(key) + len(does) + 3 for key, does in named) <= width
