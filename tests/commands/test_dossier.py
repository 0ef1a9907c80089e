"""`claims dossier`: one claim on a terminal, as Markdown, as a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.store import open_store
from tests.commands.conftest import Run
from tests.making_claims import fill


@pytest.fixture
def grouped(run: Run, folder: Path) -> Run:
    with open_store("claims.db") as store:
        fill(store)
    return run


def test_a_dossier_fits_80_columns_and_obeys_nothing(grouped: Run) -> None:
    for claim in ("1", "2", "3"):
        shown = grouped("dossier", claim)
        assert shown.exit_code == 0, shown.output
        assert max(map(len, shown.stdout.splitlines())) <= 80
        assert not {"\x1b", "\u202e"} & set(shown.stdout)


def test_each_form_goes_to_a_file_or_to_standard_output(grouped: Run, folder: Path) -> None:
    for option, begins in (("--html", "<!doctype html>\n"), ("--md", "# Dossier of claim 1: ")):
        result = grouped("dossier", "1", option, "out")
        assert result.exit_code == 0, result.output
        assert result.stderr == "dossier written to out\n"
        text = (folder / "out").read_text(encoding="utf-8")
        assert text.startswith(begins)
        assert grouped("dossier", "1", option, "-").stdout == text


def test_what_is_doubtful_is_marked_in_each_form(grouped: Run) -> None:
    least = ("--min-confidence", "0.8")
    shown = grouped("dossier", "1", *least).stdout
    assert "? Velmora embassy denied: that any guards" in shown
    assert "DOUBTFUL, denies" in shown
    assert "1 opposes" not in shown
    marked = grouped("dossier", "1", "--md", "-", *least).stdout
    assert r"- \? **Velmora embassy** *denied*: that any guards" in marked
    page = grouped("dossier", "1", "--html", "-", *least).stdout
    assert page.count('class="unread"') == 2
    assert '<h1 class="guess">' in grouped("dossier", "2", "--html", "-", *least).stdout
    assert "claim 2: \\? “They were" in grouped("dossier", "2", "--md", "-", *least).stdout


def test_what_cannot_be_done_is_said(grouped: Run, folder: Path) -> None:
    result = grouped("dossier", "99")
    assert result.exit_code == 1
    assert "there is no claim 99" in result.stderr
    assert grouped("dossier", "1", "--html", "x", "--md", "y").exit_code == 2
    assert grouped("dossier", "1", "--html", "nowhere/x.html").exit_code == 1
    assert not list(folder.glob("x*"))
