"""`claims filter`, `--filter` and `--since` of the commands that take them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.commands.days import day_of
from claims.store import open_store
from tests import making_claims
from tests.commands.conftest import Run

TODAY = date(2024, 9, 24)


@pytest.fixture
def grouped(run: Run) -> Run:
    """As `run`, with grouped claims in the database."""
    with open_store("claims.db") as store:
        making_claims.fill(store)
    return run


def rows(run: Run, *args: str) -> list[dict[str, str]]:
    result = run("export", "-", "--format", "csv", *args)
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_a_filter_is_saved_shown_listed_replaced_and_dropped(grouped: Run) -> None:
    assert "no filters" in grouped("filter", "list").stderr
    saved = grouped(
        "filter", "save", "night-desk", "--speaker", "Lena Marsh", "--since", "7 days",
        "--min-confidence", "0.6", "--as", "Ilse",
    )  # fmt: skip
    options = "--speaker 'Lena Marsh' --since '7 days' --min-confidence 0.6"
    assert saved.stdout == f"filter night-desk saved: {options}\n"
    assert grouped("filter", "list").stdout == f"night-desk: {options}\n"
    shown = grouped("filter", "show", "night-desk").stdout.splitlines()
    assert shown[0] == f"night-desk: {options}" and shown[1].startswith("saved by Ilse on ")
    data = json.loads(grouped("filter", "list", "--json").stdout)["filters"]
    assert data[0]["options"] == {
        "speaker": "Lena Marsh", "since": "7 days", "min_confidence": 0.6,
    }  # fmt: skip
    assert datetime.fromisoformat(data[0]["saved_at"]).tzinfo is not None
    again = grouped("filter", "save", "night-desk", "--stance", "denies")
    assert again.stdout == "filter night-desk replaced: --stance denies\n"
    assert json.loads(grouped("filter", "show", "night-desk", "--json").stdout)["options"] == {
        "stance": "denies"
    }
    assert "dropped; it was: --stance denies" in grouped("filter", "drop", "night-desk").stdout
    assert grouped("filter", "show", "night-desk").exit_code == 1


def test_an_unknown_filter_names_those_there_are(grouped: Run) -> None:
    grouped("filter", "save", "one", "--stance", "denies")
    grouped("filter", "save", "two", "--article", "2")
    for command in (
        ("report",), ("search", "guards"), ("export", "-", "--format", "csv"), ("findings",),
    ):  # fmt: skip
        result = grouped(*command, "--filter", "three")
        assert result.exit_code == 1
        assert "there is no filter 'three'" in result.stderr
        assert "the filters: one, two" in result.stderr


@pytest.mark.parametrize(
    "args",
    [
        ("a b", "--stance", "denies"),
        ("", "--stance", "denies"),
        ("--", "-"),
        ("empty",),
        ("bad", "--since", "sometime"),
        ("bad", "--min-confidence", "2"),
        ("bad", "--stance", "shouts"),
    ],
)
def test_wrong_use(grouped: Run, args: tuple[str, ...]) -> None:
    assert grouped("filter", "save", *args).exit_code == 2
    assert grouped("filter", "list").stdout == ""


def test_a_filter_does_what_its_options_do(grouped: Run) -> None:
    grouped("filter", "save", "denials", "--stance", "denies")
    grouped("filter", "save", "marsh", "--speaker", "marsh", "--since", "2024-09-01")
    grouped("filter", "save", "second", "--article", "2")
    for name, options in (
        ("denials", ("--stance", "denies")),
        ("marsh", ("--speaker", "marsh", "--since", "2024-09-01")),
    ):
        assert rows(grouped, "--filter", name) == rows(grouped, *options)
        for command in (("report",), ("report", "claims"), ("search", "guards")):
            kept = grouped(*command, "--json", "--filter", name)
            assert kept.exit_code == 0, kept.output
            assert kept.stdout == grouped(*command, "--json", *options).stdout
    assert {row["article_id"] for row in rows(grouped, "--filter", "second")} == {"2"}
    said = json.loads(grouped("report", "articles", "--filter", "second", "--json").stdout)
    assert [one["article"] for one in said["articles"]] == [2]
    found = json.loads(grouped("findings", "--filter", "second", "--json").stdout)["findings"]
    every = json.loads(grouped("findings", "--json").stdout)["findings"]
    assert found == [one for one in every if 2 in one["articles"]]


def test_what_is_given_goes_before_what_is_kept(grouped: Run) -> None:
    grouped("filter", "save", "denials", "--stance", "denies", "--min-confidence", "0.1")
    assert rows(grouped, "--filter", "denials", "--stance", "hedges") == rows(
        grouped, "--stance", "hedges", "--min-confidence", "0.1"
    )
    assert rows(grouped, "--filter", "denials", "--min-confidence", "1") == []


def test_min_confidence_is_the_threshold_of_a_report(grouped: Run) -> None:
    grouped("filter", "save", "sure", "--min-confidence", "1")
    assert grouped("report", "--filter", "sure").stdout.count("?") > 0
    same = grouped("report", "--min-confidence", "1").stdout
    assert grouped("report", "--filter", "sure").stdout == same
    assert grouped("report", "--filter", "sure", "--min-confidence", "0").stdout != same
    assert "?" not in grouped("report", "--filter", "sure", "--only-confident").stdout


def test_days_are_counted_from_when_a_filter_is_used(
    grouped: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    grouped("filter", "save", "lately", "--since", "2 days")

    class Day(date):
        @classmethod
        def today(cls) -> date:
            return TODAY

    for module in ("claims.commands.filters", "claims.commands.days"):
        monkeypatch.setattr(f"{module}.date", Day)
    kept = rows(grouped, "--filter", "lately")
    assert kept and kept == rows(grouped, "--since", "2024-09-22")
    assert kept == rows(grouped, "--since", "2 days") != rows(grouped)
    assert rows(grouped, "--since", "yesterday") == rows(grouped, "--since", "2024-09-23")


def test_wrong_days_are_wrong_use(grouped: Run) -> None:
    for words in ("2024-13-01", "soon", "7", "-1 days", "20240901"):
        result = grouped("report", "--since", words)
        assert result.exit_code == 2, words
        assert "is no day" in result.stderr


@given(st.integers(0, 700), st.sampled_from(["day", "days", "DAYS", "days ago"]))
def test_days_before_today(number: int, unit: str) -> None:
    assert day_of(f"{number} {unit}", TODAY) == TODAY - timedelta(number)


def test_other_days() -> None:
    assert day_of(" 2  weeks ", TODAY) == date(2024, 9, 10)
    assert day_of("1 month", TODAY) == date(2024, 8, 25)
    assert day_of("Today", TODAY) == TODAY
    assert day_of("2024-09-01", TODAY) == date(2024, 9, 1)
    assert day_of("9999 years", TODAY) is None


def test_names_and_options_are_not_obeyed(grouped: Run) -> None:
    grouped("filter", "save", "odd", "--speaker", "\x1b[31m[red]$(rm)")
    for args in (("filter", "list"), ("filter", "show", "odd"), ("filter", "list", "--json")):
        shown = grouped(*args).stdout
        assert "\x1b" not in shown and "[red]" in shown


def test_help_has_examples(grouped: Run) -> None:
    assert "claims filter save" in grouped("filter", "--help").stdout.split("Examples:")[1]
