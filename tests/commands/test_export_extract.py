"""`claims export` and `claims extract`: what other programs read."""

import csv
import json
import os
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.documents import from_text
from claims.documents.jsonl import read_line
from claims.exports.lines import line_of
from tests.commands.conftest import Run
from tests.stub import StubExtractor

REPOSITORY = Path(__file__).resolve().parents[2]
FIELDS = {
    "source", "cue", "content", "speaker", "speakers", "carriers", "origin",
    "stance", "act", "framing", "confidence", "parent", "cites",
}  # fmt: skip


def test_csv_has_a_row_for_each_attribution(stored: Run, folder: Path) -> None:
    result = stored("export", "claims.csv")
    assert result.exit_code == 0, result.output
    assert result.stderr == (
        "5 rows written to claims.csv (text is verbatim; for a spreadsheet use --excel-safe)\n"
    )
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["cue"] for row in rows] == ["said", "denied", "accused", "said", "according to"]
    assert {row["model"] for row in rows} == {"stub"}


def test_csv_to_standard_output_is_only_csv(stored: Run) -> None:
    result = stored("export", "-")
    assert len(list(csv.reader(result.stdout.splitlines()))) == 6
    assert result.stderr == ""


def test_excel_safe_says_so(run: Run, folder: Path) -> None:
    (folder / "sum.txt").write_text("=SUM Minister said =1+1 is two.\n")
    run("ingest", "sum.txt")
    result = run("export", "safe.csv", "--excel-safe")
    assert "guarded against formulas" in result.stderr
    assert "'=1+1 is two" in (folder / "safe.csv").read_text(encoding="utf-8-sig")


def test_csv_that_cannot_be_written(stored: Run) -> None:
    result = stored("export", "no-folder/claims.csv")
    assert result.exit_code == 1
    assert "error: no-folder/claims.csv can't be written" in result.stderr


def test_extract_prints_the_documented_form(run: Run, article: Path) -> None:
    result = run("extract", "harbour.txt")
    assert result.exit_code == 0, result.output
    line = json.loads(result.stdout)
    assert list(line) == ["id", "text", "sentences", "attributions"]
    assert line["id"] == "harbour.txt"
    assert all(set(found) == FIELDS for found in line["attributions"])
    inner, outer = line["attributions"][3:]
    assert (inner["speaker"], inner["parent"], outer["parent"]) == ("Orrin Vale", 4, None)
    assert (inner["origin"], outer["origin"]) == ("Orrin Vale", "Tavira")
    (link,) = inner["carriers"]
    assert (link["name"], link["role"]) == ("Tavira", "cited")
    assert line["text"][slice(*link["evidence"])] == "Tavira"
    (start, end), *_ = inner["content"]
    assert line["text"][start:end] == "the log was lost"
    assert set(line["sentences"][0]) == {"start", "end", "kind", "worth"}
    assert not Path("claims.db").exists()


def test_extract_goes_on_past_a_broken_line(run: Run, folder: Path) -> None:
    rows = ['{"id": "a", "text": "The mayor said it rained."}', "{", '{"id": "b", "text": ""}']
    (folder / "in.jsonl").write_text("\n".join([*rows, rows[0].replace('"a"', '"c"')]))
    result = run("extract", "in.jsonl")
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a", "c"]
    assert "in.jsonl, line 2: is not JSON" in result.stderr
    assert "in.jsonl, line 3: `text` is empty" in result.stderr


def test_extract_reads_standard_input(run: Run) -> None:
    line = json.loads(run("extract", "-", stdin="Lena Marsh said it rained.\n").stdout)
    assert (line["id"], line["attributions"][0]["speaker"]) == ("-", "Lena Marsh")


def test_candidates_are_printed_only_when_asked_for() -> None:
    document = from_text("The mayor said it rained.", name="x")
    extraction = next(StubExtractor().extract([document]))
    under = replace(extraction, attributions=(), candidates=extraction.attributions)
    assert "candidates" not in line_of(document, under)
    line = line_of(document, under, candidates=True)
    assert (line["attributions"], line["candidates"][0]["content"]) == ([], [[15, 24]])


def test_extract_takes_candidates(run: Run) -> None:
    given = {"stdin": "Lena Marsh said it rained.\n"}
    assert json.loads(run("extract", "-", "--candidates", **given).stdout)["candidates"] == []
    assert "candidates" not in json.loads(run("extract", "-", **given).stdout)


PIECES = st.sampled_from(
    ["The mayor said it rained.", "\r\n", "\r", "\n\n", "e\u0301", "\u0301", "Å", "\u1100\u1161",
     "한", "q\u0307\u0323", " ", "Orrin Vale denied the cafe\u0301 was shut, according to Tavira."]
)  # fmt: skip


@given(st.booleans(), st.lists(PIECES, min_size=1, max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_offsets_are_into_exactly_the_given_text(bom: bool, pieces: list[str]) -> None:
    given_text = ("\ufeff" if bom else "") + "".join(["The mayor said it rained. ", *pieces])
    document = read_line(json.dumps({"id": "x", "text": given_text}).encode(), "x")
    extraction = next(StubExtractor().extract([document]))
    line = line_of(document, extraction)
    assert line["text"] == given_text
    for found, said in zip(extraction.attributions, line["attributions"], strict=True):
        for role in ("source", "cue", "content"):
            for span, (start, end) in zip(getattr(found, role), said[role], strict=True):
                stored = document.text[span.start : span.end]
                piece = unicodedata.normalize("NFC", given_text[start:end])
                piece = piece.replace("\r\n", "\n").replace("\r", "\n")
                assert stored in piece
                # Wider only by characters that can't be cut apart from it.
                assert len(piece) - len(stored) <= 4


def test_a_text_equal_to_its_stored_form_keeps_its_offsets() -> None:
    document = from_text("The mayor said it rained.", name="x")
    extraction = next(StubExtractor().extract([document]))
    assert line_of(document, extraction)["attributions"][0]["content"] == [[15, 24]]


@pytest.mark.parametrize("command", ["extract", "export"])
def test_a_reader_that_goes_away_is_no_traceback(stored: Run, folder: Path, command: str) -> None:
    article = {"id": "a", "text": "The mayor said it rained. " * 400}
    (folder / "big.jsonl").write_text("\n".join([json.dumps(article)] * 40))
    if command == "export":
        assert stored("ingest", "big.jsonl").exit_code == 0
    args = ["extract", "big.jsonl"] if command == "extract" else ["export", "-"]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.commands.stubbed", *args],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read().decode()
    assert process.wait(timeout=60) == 141
    assert "Traceback" not in err
    assert "BrokenPipe" not in err
