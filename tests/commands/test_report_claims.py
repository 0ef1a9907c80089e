"""`claims report claims|conflicts|timeline|origins`, as lines, as JSON and as a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claims.store import open_store
from tests.commands.conftest import Run
from tests.making_claims import fill

VIEWS = ("claims", "conflicts", "timeline", "origins")


@pytest.fixture
def grouped(run: Run, folder: Path) -> Run:
    """As `run`, with grouped claims in the database."""
    with open_store("claims.db") as store:
        fill(store)
    return run


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines()]


def test_claims_with_their_members(grouped: Run) -> None:
    result = grouped("report", "claims", "--top", "2")
    assert result.exit_code == 0, result.output
    assert lines(result.stdout) == [
        "What is put forward: 3 claims in 4 articles, 1 disputed",
        "",
        "claim 1  that 40 guards had crossed the Ivara bridge on Monday",
        "2 assert, 1 hedges, 1 opposes, since 2024-09-21, 3 articles, 3 outlets; 3",
        "origins",
        "asserts     Tideway Ministry: that 40 guards had crossed the #1 Harbour Post",
        "            Ivara bridge on Monday                           2024-09-21",
        "            Tideway Ministry → Tideway Wire → Harbour Post",
        "asserts     Lantern Weekly states: Forty guards crossed the  #3 Lantern Weekly",
        "            Ivara bridge this week.                          2024-09-23",
        "hedges      Lena Marsh said: The guards may have crossed the #3 Lantern Weekly",
        "            Ivara bridge by night                            2024-09-23",
        "opposes     Velmora embassy denied: that any guards had      #2 Sarn Courier",
        "            crossed the Ivara bridge                         2024-09-22",
        "",
        "claim 2  “They were unarmed,”",
        "1 asserts, since 2024-09-21, 1 article, 1 outlet; SINGLE ORIGIN",
        "asserts     Odo Pell: “They were unarmed,”                   #1 Harbour Post",
        "                                                             2024-09-21",
        "",
        "1 more claim without --top",
    ]


def test_an_doubtful_denial_makes_no_conflict_and_is_marked(grouped: Run) -> None:
    assert "claim 1" in grouped("report", "conflicts").stdout
    none = grouped("report", "conflicts", "--min-confidence", "0.8").stdout
    assert none == "Nothing in the database matches.\n"
    shown = grouped("report", "claims", "--min-confidence", "0.8").stdout
    assert "opposes ?   Velmora embassy denied" in shown
    assert "claim 2  ? “They were unarmed,”" in shown
    assert "? doubtful (4)" in shown
    hidden = grouped("report", "claims", "--min-confidence", "0.8", "--only-confident").stdout
    assert "embassy" not in hidden


def test_day_by_day(grouped: Run) -> None:
    shown = lines(grouped("report", "timeline").stdout)
    days = ["2024-09-21", "2024-09-22", "2024-09-23", "undated"]
    assert [line for line in shown if line in days] == days
    assert "opposed         Velmora embassy opposes: that 40 guards had  #2 Sarn Courier" in shown


def test_origins(grouped: Run) -> None:
    shown = lines(grouped("report", "origins").stdout)
    assert shown[0] == "On whose word: 3 claims on 5 independent origins"
    at = shown.index("Odo Pell  1 claim, 1 on it alone")
    assert shown[at + 1] == "  through: Harbour Post"


@pytest.mark.parametrize("view", VIEWS)
def test_each_report_has_json_and_fits_80_columns(grouped: Run, view: str) -> None:
    data = json.loads(grouped("report", view, "--json").stdout)
    assert data["min_confidence"] == 0.5
    shown = grouped("report", view).stdout
    assert max(map(len, shown.splitlines())) <= 80
    assert not {"\x1b", "\u202e"} & set(shown)


def test_json_says_where_each_member_stands(grouped: Run) -> None:
    claim = json.loads(grouped("report", "claims", "--json").stdout)["claims"][0]
    assert claim["who"] == {
        "asserts": ["Tideway Ministry", "Lantern Weekly"],
        "hedges": ["Lena Marsh"],
        "opposes": ["Velmora embassy"],
        "uncommitted": [],
        "by-denial": [],
    }
    assert claim["conflict"]
    assert claim["members"][1]["position"] == "opposes"
    assert claim["members"][0]["chain"] == ["Tideway Ministry", "Tideway Wire", "Harbour Post"]


@pytest.mark.parametrize("view", [*VIEWS, "speakers", "articles"])
def test_each_report_as_a_page(grouped: Run, view: str, folder: Path) -> None:
    result = grouped("report", view, "--html", "page.html")
    assert result.exit_code == 0, result.output
    text = (folder / "page.html").read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>\n")
    assert text.endswith("</html>\n")
    assert (
        f"{'1 claim' if view == 'conflicts' else '3 claims'} written to page.html" in result.stderr
    )
    assert sorted(path.name for path in folder.glob("*page*")) == ["page.html"]


def test_a_page_goes_to_standard_output_and_never_half_to_a_file(
    grouped: Run, folder: Path
) -> None:
    assert grouped("report", "claims", "--html", "-").stdout.startswith("<!doctype html>")
    result = grouped("report", "claims", "--html", "nowhere/page.html")
    assert result.exit_code == 1
    assert "can't be written" in result.stderr
    (folder / "old.html").write_text("old")
    assert grouped("report", "claims", "--html", "old.html", "--json").exit_code == 2
    assert (folder / "old.html").read_text() == "old"


def test_a_store_without_claims_gives_a_page_that_says_so(run: Run, article: Path) -> None:
    assert run("ingest", article.name, "--no-group").exit_code == 0
    assert "No claims to show." in run("report", "--html", "-").stdout
    assert run("report", "claims").stdout == "Nothing in the database matches.\n"
