"""`claims findings`: the list, its filters, and dismissing by key."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Run

PILOTS = "the pilots had been warned twice about the fog"


@pytest.fixture
def opposed(run: Run, folder: Path) -> Run:
    """Two articles that contradict each other, and one whose picture has another minister."""
    (folder / "a.txt").write_text(f"Lena Marsh said {PILOTS}.\n", encoding="utf-8")
    (folder / "b.txt").write_text(f"Orrin Vale denied {PILOTS}.\n", encoding="utf-8")
    (folder / "c.txt").write_text(f"The quay opened on Monday, 5 March 2024.\n{'It rained. ' * 9}")
    assert run("ingest", "a.txt", "b.txt", "c.txt").exit_code == 0
    return run


def listed(run: Run, *args: str) -> list[dict[str, Any]]:
    result = run("findings", "--json", *args)
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)["findings"]
    return found


def test_the_list_is_readable_at_80_columns(opposed: Run) -> None:
    result = opposed("findings")
    assert result.exit_code == 0, result.output
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    assert max(map(len, lines)) <= 80
    key = listed(opposed)[0]["key"]
    assert lines[0] == f"{key[:8]}  contradiction  claim 1"
    assert "#1 for: Lena Marsh" in result.stdout and "#2 against: Orrin Vale" in result.stdout
    assert lines[-1] == "2 findings; claims findings dismiss KEY takes one off the list"


def test_json_has_each_place(opposed: Run) -> None:
    (found,) = listed(opposed, "--kind", "contradiction")
    assert (found["kind"], found["claims"], found["articles"]) == ("contradiction", [1], [1, 2])
    assert found["dismissed"] is None
    assert found["evidence"][0] == {
        "article": 1, "version": 1, "start": 16, "end": 16 + len(PILOTS), "exact": PILOTS,
        "note": "for: Lena Marsh",
    }  # fmt: skip


def test_filters(opposed: Run) -> None:
    def kinds(*args: str) -> list[str]:
        return [one["kind"] for one in listed(opposed, *args)]

    assert kinds() == ["contradiction", "date_discrepancy"]
    assert kinds("--article", "2") == ["contradiction"]
    assert kinds("--article", "3") == ["date_discrepancy"]
    assert kinds("--claim", "1") == ["contradiction"]
    assert kinds("--claim", "99") == []
    assert opposed("findings", "--claim", "99").stdout.strip() == "No findings."
    assert opposed("findings", "--kind", "invented").exit_code == 2


def test_what_was_dismissed_stays_so_until_that_is_undone(opposed: Run) -> None:
    key = listed(opposed)[0]["key"]
    result = opposed("findings", "dismiss", key[:8], "--note", "two voyages", "--as", "Ilse")
    assert result.stdout.strip() == f"decision 1: finding {key[:8]} is dismissed"
    assert [one["kind"] for one in listed(opposed)] == ["date_discrepancy"]
    assert opposed("claim", "regroup").exit_code == 0  # all members are new, the key is not
    assert [one["kind"] for one in listed(opposed)] == ["date_discrepancy"]
    shown = listed(opposed, "--all")[0]["dismissed"]
    assert shown == {"decision": 1, "by": "Ilse", "note": "two voyages"}
    assert "dismissed by Ilse (1): two voyages" in opposed("findings", "--all").stdout
    assert opposed("claim", "undo", "1", "--as", "Ilse").exit_code == 0
    assert len(listed(opposed)) == 2


def test_a_key_that_fits_nothing_or_was_dismissed(opposed: Run) -> None:
    key = listed(opposed)[0]["key"]
    for wrong in ("00000000", key[:3], "--json"[2:]):
        result = opposed("findings", "dismiss", wrong)
        assert result.exit_code == 1
        assert "there is no finding" in result.stderr
    opposed("findings", "dismiss", key, "--as", "Ilse")
    again = opposed("findings", "dismiss", key)
    assert again.exit_code == 1
    assert "claims claim undo 1" in again.stderr


def test_text_of_articles_is_not_obeyed(run: Run, folder: Path) -> None:
    hostile = "the pilots had been \x1b[31mwarned\u202e [bold]twice"
    (folder / "a.txt").write_text(f"Lena Marsh said {hostile}.\n", encoding="utf-8")
    (folder / "b.txt").write_text(f"Orrin Vale denied {hostile}.\n", encoding="utf-8")
    run("ingest", "a.txt", "b.txt")
    result = run("findings")
    assert "contradiction" in result.stdout and "[bold]" in result.stdout
    raw = run("findings", "--json").stdout
    assert "\x1b" not in result.stdout + raw and "\u202e" not in result.stdout + raw
    assert json.loads(raw)["findings"][0]["evidence"][0]["exact"] == hostile


def test_help_has_examples(run: Run) -> None:
    assert "claims findings dismiss" in run("findings", "--help").stdout.split("Examples:")[1]
