"""The installed way with the weights that ship: sample articles in, who says what out."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from claims.extraction.catalogue import available
from claims.resources import seeds_dir

REPOSITORY = Path(__file__).resolve().parents[1]
ARTICLES = seeds_dir() / "articles"
SAMPLES = [ARTICLES / "flood-wire.txt", ARTICLES / "water-treaty.html", ARTICLES / "briefs.jsonl"]
pytestmark = pytest.mark.skipif(not available(), reason="no model has been trained yet")


def claims(*args: str | Path, cwd: Path, status: int = 0) -> str:
    result = subprocess.run(
        [sys.executable, "-m", "claims", *args],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY), "COLUMNS": "80"},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert result.returncode == status, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("newsroom")
    claims("ingest", *SAMPLES, cwd=path)
    return path


def test_a_second_ingest_adds_nothing(folder: Path) -> None:
    before = json.loads(claims("db", "info", "--json", cwd=folder))["rows"]
    assert "5 articles: 5 known already" in claims("ingest", *SAMPLES, cwd=folder)
    assert json.loads(claims("db", "info", "--json", cwd=folder))["rows"] == before


def test_reports_fit_80_columns_and_quote_the_articles(folder: Path) -> None:
    for command in (["report"], ["report", "articles"], ["show", "1"]):
        printed = claims(*command, cwd=folder)
        assert max(len(line) for line in printed.splitlines()) <= 80
    data = json.loads(claims("report", "articles", "--json", cwd=folder))
    assert len(data["articles"]) == 5
    assert all(len(article["said"]) >= 2 for article in data["articles"])
    for article in data["articles"]:
        text = json.loads(claims("show", str(article["article"]), "--json", cwd=folder))["text"]
        for one in article["said"]:
            for role in ("source", "cue", "content"):
                for quote in one[role]:
                    assert text[quote["start"] : quote["end"]] == quote["exact"]


def test_the_csv_has_what_the_report_has(folder: Path) -> None:
    claims("export", "claims.csv", cwd=folder)
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as file:
        exported = [
            (row["article_id"], row["speaker"], row["content"]) for row in csv.DictReader(file)
        ]
    data = json.loads(claims("report", "articles", "--json", cwd=folder))
    reported = [
        (str(article["article"]), one["speaker"], " … ".join(q["exact"] for q in one["content"]))
        for article in data["articles"]
        for one in article["said"]
    ]
    assert exported == reported


def test_extract_finds_what_ingest_stored(folder: Path) -> None:
    lines = [json.loads(line) for line in claims("extract", *SAMPLES, cwd=folder).splitlines()]
    data = json.loads(claims("report", "articles", "--json", cwd=folder))
    assert [line["id"] for line in lines] == [article["name"] for article in data["articles"]]
    for line, article in zip(lines, data["articles"], strict=True):
        keys = ("speaker", "stance", "act", "framing", "confidence", "parent")
        assert [[a[key] for key in keys] for a in line["attributions"]] == [
            [a[key] for key in keys] for a in article["said"]
        ]


def test_figures_on_the_samples_hold_their_floors(folder: Path) -> None:
    claims(
        "evaluate", seeds_dir() / "gold.jsonl", "--claims", seeds_dir() / "claims.jsonl",
        "--floors", REPOSITORY / "tests" / "floors.json", cwd=folder,
    )  # fmt: skip


def test_figures_of_the_accurate_model_hold_their_floors(folder: Path) -> None:
    claims(
        "evaluate", seeds_dir() / "gold.jsonl", "--model", "accurate",
        "--floors", REPOSITORY / "tests" / "floors-accurate.json", cwd=folder,
    )  # fmt: skip


def test_figures_on_the_denials_hold_their_floors(folder: Path) -> None:
    claims(
        "evaluate", seeds_dir() / "denials.jsonl",
        "--floors", REPOSITORY / "tests" / "floors-denials.json", cwd=folder,
    )  # fmt: skip
