"""Editors decide what belongs together, and it holds: also when articles are read anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claims.records import ModelInfo
from tests.commands.conftest import Run
from tests.stub import StubExtractor, StubMatcher

FIRST = "Lena Marsh said the harbour is closed until Friday."
SECOND = "Orrin Vale said the harbour is closed until Friday."
THIRD = "Karl Berg denied the harbour is closed until Friday."
OTHER = "Ida Lund said the mill pays no rent."


@pytest.fixture
def filled(run: Run, folder: Path, stub: StubExtractor) -> Run:
    for number, text in enumerate((FIRST, SECOND, THIRD, OTHER), 1):
        (folder / f"{number}.txt").write_text(text)
    assert run("ingest", ".").exit_code == 0
    return run


def shown(run: Run, claim: int) -> dict[str, object]:
    result = run("claim", "show", str(claim), "--json")
    assert result.exit_code == 0, result.output
    data: dict[str, object] = json.loads(result.stdout)
    return data


def speakers(run: Run, claim: int) -> set[str]:
    members: list[dict[str, str]] = shown(run, claim)["members"]  # type: ignore[assignment]
    return {member["speaker"] for member in members}


def test_a_claim_shows_who_says_it_and_who_denies_it(filled: Run) -> None:
    members: list[dict[str, str]] = shown(filled, 1)["members"]  # type: ignore[assignment]
    assert {(m["speaker"], m["relation"]) for m in members} == {
        ("Lena Marsh", "same"),
        ("Orrin Vale", "same"),
        ("Karl Berg", "opposes"),
    }
    result = filled("claim", "show", "1")
    assert "opposes" in result.stdout
    assert "Karl Berg" in result.stdout


def test_a_merge_holds_through_regrouping_and_can_be_undone(filled: Run) -> None:
    result = filled("claim", "merge", "1", "2", "--as", "desk", "--note", "one story")
    assert result.exit_code == 0, result.output
    assert "Ida Lund" in speakers(filled, 1)
    assert filled("claim", "regroup").exit_code == 0
    assert "Ida Lund" in speakers(filled, 1)
    assert speakers(filled, 2) == speakers(filled, 1), "the number of a joined claim leads to it"
    assert filled("claim", "undo", "1", "--as", "desk").exit_code == 0
    assert "Ida Lund" not in speakers(filled, 1)
    assert filled("claim", "undo", "2", "--as", "desk").exit_code == 0
    assert "Ida Lund" in speakers(filled, 1)


def test_a_split_holds_through_regrouping(filled: Run) -> None:
    members: list[dict[str, object]] = shown(filled, 1)["members"]  # type: ignore[assignment]
    vale = next(m["statement"] for m in members if m["speaker"] == "Orrin Vale")
    result = filled("claim", "split", "1", str(vale), "--as", "desk")
    assert result.exit_code == 0, result.output
    assert filled("claim", "regroup").exit_code == 0
    assert "Orrin Vale" not in speakers(filled, 1)


def test_an_editor_words_a_claim(filled: Run) -> None:
    assert filled("claim", "reword", "1", "The harbour is shut.", "--as", "desk").exit_code == 0
    assert shown(filled, 1)["wording"] == "The harbour is shut."
    log = json.loads(filled("claim", "log", "--json").stdout)["decisions"]
    assert [(d["kind"], d["by"]) for d in log] == [("reword", "desk")]


def test_numbers_stay_as_articles_arrive(filled: Run, folder: Path) -> None:
    before = shown(filled, 1)["wording"]
    (folder / "5.txt").write_text("Ada Post said the harbour is closed until Friday.")
    assert filled("ingest", "5.txt").exit_code == 0
    assert shown(filled, 1)["wording"] == before
    assert "Ada Post" in speakers(filled, 1)


def test_numbers_stay_when_articles_are_read_anew(
    filled: Run, stub: StubExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {n: speakers(filled, n) for n in (1, 2)}
    stub.info = ModelInfo("stub", "2")
    assert filled("ingest", ".").exit_code == 0
    assert {n: speakers(filled, n) for n in (1, 2)} == before
    monkeypatch.setattr(StubMatcher, "version", "newer")
    assert filled("ingest", ".").exit_code == 0
    assert {n: speakers(filled, n) for n in (1, 2)} == before
    assert {m["relation"] for m in shown(filled, 1)["members"]} == {"same", "opposes"}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "99"), "there is no claim 99"),
        (("merge", "1", "1"), "1 and 1 are one claim"),
        (("split", "1", "999"), "claim 1 has no member 999"),
        (("reword", "1", " "), "a claim needs words"),
        (("undo", "7"), "there is no decision 7"),
    ],
)
def test_what_cannot_be_decided_is_said(filled: Run, words: tuple[str, ...], told: str) -> None:
    result = filled("claim", *words)
    assert result.exit_code == 1
    assert told in result.stderr
    assert "repair" in result.stderr


def test_ingesting_can_leave_grouping_to_the_next_time(
    run: Run, folder: Path, stub: StubExtractor
) -> None:
    (folder / "1.txt").write_text(FIRST)
    assert "in 1 claim" not in run("ingest", "1.txt", "--no-group").stdout
    assert run("claim", "show", "1").exit_code == 1
    assert run("ingest", "1.txt").exit_code == 0
    assert speakers(run, 1) == {"Lena Marsh"}


def test_a_purged_article_is_in_no_claim(filled: Run, folder: Path) -> None:
    articles = json.loads(filled("report", "articles", "--json").stdout)["articles"]
    vale = next(a["article"] for a in articles if a["name"].endswith("2.txt"))
    result = filled("purge", str(vale), "--reason", "a court's order", "--as", "desk", "--yes")
    assert result.exit_code == 0, result.output
    assert "Orrin Vale" not in speakers(filled, 1)
