"""`claims report` and `claims show`: who asserts what, at 80 columns, with nothing obeyed."""

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Run


def test_speakers_with_words_stance_confidence_and_article(stored: Run) -> None:
    result = stored("report")
    assert result.exit_code == 0, result.output
    assert [line.rstrip() for line in result.stdout.splitlines()] == [
        "Who asserts what: 5 attributions by 3 speakers in 1 article",
        "Stance        Conf Words                                     Article",
        "",
        "Orrin Vale  2 in 1 article",
        "denies        0.80 denied: the ferry had been too fast       #1 harbour",
        "asserts       0.90 said: the log was lost                    #1 harbour",
        "                   Orrin Vale → Tavira",
        "",
        "Lena Marsh  2 in 1 article, 1 doubtful",
        "asserts       0.90 said: the pilots had been warned twice    #1 harbour",
        "                   about the fog",
        "asserts ?     0.30 accused: the company of hiding the log    #1 harbour",
        "accusation ?",
        "",
        "Tavira  1 in 1 article",
        "asserts       0.90 according to: Orrin Vale said the log was #1 harbour",
        "                   lost",
        "",
        "? doubtful (1): the program's confidence is under 0.5. Read the article before",
        "you use the line.",
        "",
        "All lines are the program's reading, unchecked by any editor.",
    ]


def test_a_resolved_source_is_shown_by_its_own_words(run: Run, folder: Path) -> None:
    (folder / "a.txt").write_text("Lena Marsh said it rained. Marsh said it was cold.\n")
    run("ingest", "a.txt")
    shown = run("report").stdout
    assert "0.90 said: it rained" in shown
    assert "0.90 Marsh said: it was cold" in shown


def test_the_threshold_marks_and_may_hide(stored: Run) -> None:
    marked = stored("report", "--min-confidence", "0.85", "--stance", "denies").stdout
    assert "denies ?" in marked
    assert "doubtful (1)" in marked
    hidden = stored("report", "--min-confidence", "0.85", "--only-confident").stdout
    assert "denied" not in hidden
    assert "accused" not in hidden
    assert "doubtful" not in hidden


def test_top_speakers_and_how_many_more(stored: Run) -> None:
    shown = stored("report", "--top", "1").stdout
    assert "Orrin Vale  2 in 1 article" in shown
    assert "Lena Marsh  2" not in shown
    assert shown.endswith("2 more speakers without --top\n")
    assert len(json.loads(stored("report", "--top", "1", "--json").stdout)["speakers"]) == 1


def test_filters(stored: Run) -> None:
    assert "Lena Marsh" not in stored("report", "--speaker", "vale").stdout
    assert "the log was lost" not in stored("report", "--stance", "denies").stdout
    for nothing in (("--outlet", "Gazette"), ("--since", "2024-01-01")):
        assert "Nothing in the database matches." in stored("report", *nothing).stdout


def test_a_filtered_attribution_still_tells_through_whom(stored: Run) -> None:
    found = json.loads(stored("report", "--speaker", "vale", "--json").stdout)
    assert [s["speaker"] for s in found["speakers"]] == ["Orrin Vale"]
    assert [one["via"] for one in found["speakers"][0]["said"]] == [None, "Tavira"]


def test_by_article(stored: Run) -> None:
    shown = stored("report", "articles").stdout
    assert shown.startswith("#1 Harbour closed after collision")
    assert "  Orrin Vale" in shown  # indented: it lies in another attribution
    # Marsh's accusation is doubtful, but she is an origin by what else she says.
    assert "\n3 origins\n" in shown
    data = json.loads(stored("report", "articles", "--json").stdout)
    (article,) = data["articles"]
    assert [one["via"] for one in article["said"]] == [None, None, None, "Tavira", None]
    assert (article["origins"], article["independent_origins"]) == (3, 3)
    assert [one["origin"] for one in article["said"]][3:] == ["Orrin Vale", "Tavira"]


def test_the_chain_stands_under_the_words_and_outlets_alone_are_none(
    run: Run, folder: Path
) -> None:
    said = "Orrin Vale said the log was lost"
    lines = [
        {"id": "a", "outlet": "Harbour Post", "text": f"{said}."},
        {
            "id": "b",
            "outlet": "Harbour Post",
            "text": f"SENNAT (AP) — It rained. {said}, according to AFP.",
        },
    ]
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    run("ingest", "a.jsonl")
    first, second = (run("show", number).stdout for number in ("1", "2"))
    assert "→" not in first
    assert "Orrin Vale → AFP → AP → Harbour Post" in " ".join(second.split())
    assert "AFP → AP → Harbour Post" in second
    found = json.loads(run("show", "2", "--json").stdout)
    inner = found["attributions"][0]
    assert [(c["name"], c["role"]) for c in inner["carriers"]] == [
        ("AFP", "cited"), ("AP", "carried"), ("Harbour Post", "published"),
    ]  # fmt: skip
    start, end = inner["carriers"][0]["evidence"]
    assert found["text"][start:end] == "AFP"


def test_json_carries_offsets_that_hold(stored: Run) -> None:
    text = json.loads(stored("show", "1", "--json").stdout)["text"]
    data = json.loads(stored("report", "--json").stdout)
    quotes = [
        quote
        for speaker in data["speakers"]
        for one in speaker["said"]
        for role in ("source", "cue", "content")
        for quote in one[role]
    ]
    assert len(quotes) == 15
    assert all(text[q["start"] : q["end"]] == q["exact"] for q in quotes)


def test_show_marks_each_attribution_in_the_text(stored: Run) -> None:
    shown = stored("show", "1").stdout
    assert "Orrin Vale denied⟦2⟧ the ferry had been too fast." in shown
    assert "Orrin Vale said⟦4⟧ the log was lost, according to⟦5⟧ Tavira." in shown
    assert " [2] Orrin Vale         denies        0.80 denied: the ferry" in shown
    assert "outlet     unknown" in shown


def test_an_unknown_article_and_a_missing_database(run: Run, stored: Run) -> None:
    result = stored("show", "9")
    assert result.exit_code == 1
    assert "error: there is no article 9 in claims.db" in result.stderr
    result = run("report", "--db", "none.db")
    assert result.exit_code == 1
    assert "repair: claims ingest PATH makes one" in result.stderr
    assert not Path("none.db").exists()


@pytest.mark.parametrize("wrong", [("--stance", "lies"), ("--since", "soon"), ("people",)])
def test_wrong_use(stored: Run, wrong: tuple[str, ...]) -> None:
    assert stored("report", *wrong).exit_code == 2


HOSTILE = (
    "The [red]minister[/red] \x1b]8;;http://x\x07 of trade said the [b]quay[/b] and "
    "\u202eport\u2066 is :ok: \x1b[2Jclosed today.\n"
)


@pytest.mark.parametrize("command", [("report",), ("report", "articles"), ("show", "1")])
def test_hostile_text_is_shown_and_not_obeyed(
    run: Run, folder: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "bad\x1b[31m.txt").write_text(HOSTILE, encoding="utf-8")
    assert run("ingest", "bad\x1b[31m.txt").exit_code == 0
    monkeypatch.setenv("COLUMNS", "300")
    shown = run(*command).stdout
    if command != ("report", "articles"):  # its column of names is narrow, and folds them
        assert "[red]minister[/red] ␛]8;;http://x␇" in shown
    assert "the [b]quay[/b] and <U+202E>port<U+2066> is :ok: ␛[2Jclosed today" in shown
    assert "bad␛[31m" in shown
    assert not {"\x1b", "\x07", "\u202e", "\u2066"} & set(shown)


def test_hostile_text_in_json_is_escaped_and_whole(run: Run, folder: Path) -> None:
    (folder / "bad.txt").write_text(HOSTILE, encoding="utf-8")
    run("ingest", "bad.txt")
    printed = run("show", "1", "--json").stdout
    assert json.loads(printed)["text"] == HOSTILE
    assert not {"\x1b", "\x07", "\u202e", "\u2066"} & set(printed)
