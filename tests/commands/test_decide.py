"""Decisions without the application: what is printed follows them at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Run
from tests.stub import StubExtractor

SAYS = "Lena Marsh said the harbour is closed until Friday."
ACCUSES = "Orrin Vale accused the mill of paying no rent."


@pytest.fixture
def filled(run: Run, folder: Path, stub: StubExtractor) -> Run:
    for number, text in enumerate((SAYS, ACCUSES), 1):
        (folder / f"{number}.txt").write_text(text)
    assert run("ingest", ".").exit_code == 0
    return run


def rows(run: Run, *more: str) -> list[dict[str, Any]]:
    result = run("export", "-", "--format", "jsonl", *more)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_an_item_is_shown_with_what_stands_and_who_decided(filled: Run) -> None:
    item = rows(filled)[0]["item"]
    assert filled("decide", item, "accept", "--as", "ann", "--note", "heard it").exit_code == 0
    shown = filled("decide", item)
    assert "confirmed" in shown.stdout
    assert "<Lena Marsh> {said} [the harbour is closed until Friday]" in shown.stdout
    assert "accept by ann: heard it" in shown.stdout
    data = json.loads(filled("decide", item, "--json").stdout)
    assert (data["status"], data["decisions"][0]["by"]) == ("confirmed", "ann")


def test_a_rejected_row_is_in_no_report_and_no_export(filled: Run) -> None:
    number = str(rows(filled)[1]["attribution_id"])
    assert filled("decide", number, "reject").exit_code == 0
    assert [row["speaker"] for row in rows(filled)] == ["Lena Marsh"]
    for command in (["report"], ["report", "articles"], ["report", "claims"], ["show", "2"],
                    ["search", "rent"], ["report", "claims", "--html", "-"],
                    ["export", "-", "--format", "jsonld", "--table", "claims"]):  # fmt: skip
        result = filled(*command)
        assert "accused" not in result.stdout.replace(ACCUSES, ""), command


def test_a_correction_is_in_reports_exports_and_linked_data(filled: Run) -> None:
    item = rows(filled)[0]["item"]
    done = filled("decide", item, "correct", "--stance", "denies", "--speaker", "Ida Lund",
                  "--as", "ann")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "it is corrected now" in done.stdout
    row = rows(filled)[0]
    assert (row["stance"], row["speaker"]) == ("denies", "Ida Lund")
    assert (row["status"], row["reviewer"]) == ("corrected", "ann")
    report = filled("report").stdout
    assert "corrected by ann" in report
    assert "unchecked by any editor" in report
    linked = json.loads(filled("export", "-", "--format", "jsonld").stdout)
    said = next(n for n in linked["@graph"] if n.get("claims:speaker") == "Ida Lund")
    assert said["claims:status"] == "corrected"
    assert {"@id": "urn:claims:decision:1"} in said["prov:wasGeneratedBy"]
    assert filled("decide", "--undo", "1").exit_code == 0
    assert rows(filled)[0]["stance"] == "asserts"


def test_a_doubtful_accusation_counts_nowhere_until_an_editor_confirms_it(filled: Run) -> None:
    accused = rows(filled)[1]
    assert accused["doubtful"] is True
    claims = json.loads(filled("export", "-", "--format", "jsonl", "--table", "claims")
                        .stdout.splitlines()[1])  # fmt: skip
    assert (claims["supporting"], claims["speakers"], claims["doubtful"]) == (0, [], 1)
    linked = filled("export", "-", "--format", "jsonld", "--table", "claims").stdout
    claim = next(n for n in json.loads(linked)["@graph"]
                 if "Claim" in n.get("@type", []) and "mill" in n["text"])  # fmt: skip
    assert "author" not in claim
    assert "firstAppearance" not in claim
    assert filled("decide", accused["item"], "accept").exit_code == 0
    claims = json.loads(filled("export", "-", "--format", "jsonl", "--table", "claims")
                        .stdout.splitlines()[1])  # fmt: skip
    assert (claims["supporting"], claims["checked"]) == (1, 1)


def test_confirmed_only_leaves_the_machines_rows_out(filled: Run) -> None:
    first = rows(filled)[0]["item"]
    assert rows(filled, "--confirmed-only") == []
    filled("decide", first, "accept", "--as", "ann")
    assert [row["speaker"] for row in rows(filled, "--confirmed-only")] == ["Lena Marsh"]
    assert "Vale" not in filled("report", "--confirmed-only").stdout
    assert "Vale" not in filled("report", "claims", "--confirmed-only").stdout
    assert "Vale" not in filled("search", "--confirmed-only", "friday").stdout
    assert "confirmed by ann" in filled("search", "friday").stdout
    assert "doubtful" in filled("search", "rent").stdout


def test_an_addition_needs_its_cue_and_content(filled: Run) -> None:
    text = rows(filled)[0]["item"].split(":")[0].replace("a", "t")
    start = SAYS.index("closed")
    done = filled("decide", text, "add", "--cue", f"{start}-{start + 6}", "--content", "15-28",
                  "--speaker", "Lena Marsh", "--as", "ann")  # fmt: skip
    assert done.exit_code == 0, done.output
    added = rows(filled, "--confirmed-only")[0]
    assert (added["cue"], added["status"], added["model"]) == ("closed", "added", "editor")
    refused = filled("decide", text, "add", "--content", "15-28")
    assert refused.exit_code == 1
    assert "needs a cue and a content" in refused.stderr


def test_lines_of_decisions_are_taken_one_by_one(filled: Run) -> None:
    item = rows(filled)[0]["item"]
    lines = [
        {"item": item, "decision": "correct", "stance": "hedges", "note": "may"},
        {"item": item, "decision": "bless"},
        {"item": "a77:1-2", "decision": "accept"},
        {"item": item, "decision": "accept", "expect": 0},
        {"item": item, "decision": "accept", "mood": "good"},
    ]
    words = "\n".join([*map(json.dumps, lines), "not json", ""])
    result = filled("decide", "-", "--as", "ann", stdin=words)
    assert result.exit_code == 1
    assert "1 decision written, 5 failed" in result.stderr
    for said in ("line 2: 'bless' is no decision", "line 3: a77:1-2", "decided meanwhile",
                 "no field 'mood'", "line 6:"):  # fmt: skip
        assert said in result.stderr
    assert rows(filled)[0]["stance"] == "hedges"


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["a1:1-2", "bless"],
        ["a1:1-2", "accept", "--stance", "denies"],
        ["a1:1-2", "--undo", "1"],
    ],
)
def test_what_does_not_go_together_is_wrong_use(filled: Run, wrong: list[str]) -> None:
    assert filled("decide", *wrong).exit_code == 2


def test_the_record_is_checked_against_runs_and_log(filled: Run) -> None:
    filled("decide", rows(filled)[0]["item"], "reject")
    assert "as runs and log say" in filled("db", "check").stdout
    assert json.loads(filled("db", "check", "--json").stdout)["differences"] == []


def test_editors_who_differ_are_told_apart(filled: Run) -> None:
    item = rows(filled)[0]["item"]
    assert "No item" in filled("agreement").stdout
    filled("decide", item, "accept", "--as", "ann")
    filled("decide", item, "correct", "--stance", "denies", "--as", "bob", "--opinion")
    assert rows(filled)[0]["stance"] == "asserts"
    labels = json.loads(filled("agreement", "--json").stdout)["labels"]
    assert {one["label"]: one["share"] for one in labels}["stance"] == 0.0
    assert "stance: ann asserts, bob denies" in filled("agreement", "--disagreements").stdout


def test_items_are_given_to_an_editor(filled: Run) -> None:
    item = rows(filled)[0]["item"]
    assert "1 item given to ann" in filled("assign", item, "--to", "ann").stdout
    assert "1 item given to bob" in filled("assign", "--article", "2", "--to", "bob").stdout
    assert "1 item nobody's again" in filled("assign", item).stdout
    assert filled("assign").exit_code == 2
    assert "no item a9:1-2" in filled("assign", "a9:1-2", "--to", "ann").stderr
