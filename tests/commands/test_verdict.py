"""`claims verdict`: editors rate claims, what is wrong is told, the rating stands everywhere."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from claims.settings import settings
from claims.store import open_store
from tests.commands.conftest import Run
from tests.making_claims import COURIER, fill
from tests.store.making import span

BECAUSE = "The border register has 38 names."
URL = "https://register.example/crossings"
HOSTILE = "<script>alert(2)</script>\x1b[2J \u202eno"


@pytest.fixture
def grouped(run: Run, folder: Path) -> Run:
    """As `run`, with grouped claims in the database: claim 1 is that guards crossed a bridge."""
    with open_store("claims.db") as store:
        fill(store)
    return run


def rate(run: Run, rating: str = "mostly true", claim: int = 1, *more: str) -> str:
    start, end = span("any guards had crossed", COURIER)
    result = run(
        "verdict", str(claim), "--rating", rating, "--because", BECAUSE, "--evidence", URL,
        "--evidence", f"2:{start}-{end}", "--as", "Ada Post", *more,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    return result.stdout


def data(run: Run, *words: str) -> dict[str, Any]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_verdict_is_given_and_shown_with_reasons_and_evidence(grouped: Run) -> None:
    assert grouped("verdict", "1").stdout.splitlines()[1:] == [
        "No verdict was given yet: see --rating."
    ]
    assert rate(grouped) == "verdict 1: claim 1 is rated mostly true\n"
    shown = [line.rstrip() for line in grouped("verdict", "1").stdout.splitlines()]
    assert shown[:2] == [
        "claim 1  that 40 guards had crossed the Ivara bridge on Monday",
        "verdict  mostly true",
    ]
    assert shown[3:6] == [
        f"because  {BECAUSE}",
        f"evidence {URL}",
        "         #2 43-65: any guards had crossed",
    ]
    assert shown[-1].startswith("1 20")
    assert shown[-1].endswith("Ada Post mostly true in force")


def test_the_history_stays_and_undoing_and_undoing_that_works(grouped: Run) -> None:
    rate(grouped, "false")
    assert rate(grouped, "half true") == (
        "verdict 2: claim 1 is rated half true; it takes the place of verdict 1 (false, Ada Post)\n"
    )
    assert grouped("verdict", "--undo", "2", "--as", "Bo", "--note", "misread").stdout == (
        "verdict 3 takes back 2; of claim 1 verdict 1 is in force: false\n"
    )
    assert data(grouped, "verdict", "1")["verdict"]["rating"] == "false"
    assert grouped("verdict", "1", "--undo", "3", "--as", "Ada").stdout == (
        "verdict 4 takes back 3; of claim 1 verdict 2 is in force: half true\n"
    )
    found = data(grouped, "verdict", "1")
    assert [(v["rating"], v["reverts"], v["governs"], v["by"]) for v in found["history"]] == [
        ("false", None, False, "Ada Post"),
        ("half true", None, True, "Ada Post"),
        (None, 2, False, "Bo"),
        (None, 3, False, "Ada"),
    ]
    assert found["history"][2]["because"] == "misread"
    assert data(grouped, "verdict")["verdicts"] == found["history"]
    listed = grouped("verdict").stdout.splitlines()
    assert len(listed) == 4
    assert "claim 1 half true in force" in listed[1]
    again = grouped("verdict", "--undo", "2").stderr
    assert "was taken back before, by 3" in again
    assert "claims verdict --undo 4 takes it back again" in again
    undone = data(grouped, "verdict", "--undo", "4")
    assert (undone["verdict"], undone["reverts"], undone["claim"]) == (5, 4, 1)
    assert "--undo 5 puts it in force again" in grouped("verdict", "--undo", "2").stderr


def test_json_has_the_rating_with_its_scale_and_the_places(grouped: Run) -> None:
    rate(grouped)
    verdict = data(grouped, "verdict", "1")["verdict"]
    given = {key: verdict[key] for key in ("rating", "value", "worst", "best", "scale")}
    assert given == {
        "rating": "mostly true", "value": 4, "worst": 1, "best": 5, "scale": "five",
    }  # fmt: skip
    assert (verdict["normalised"], verdict["normalised_label"]) == (4, "Mostly true")
    start, end = span("any guards had crossed", COURIER)
    assert verdict["evidence"] == [
        {"url": URL},
        {
            "article": 2, "version": 1, "newest": True, "start": start, "end": end,
            "exact": "any guards had crossed",
        },
    ]  # fmt: skip


def test_the_scale_is_that_of_the_settings(
    grouped: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = grouped("verdict", "--scale").stdout
    assert shown.startswith("Scale five: 1 to 5")
    assert "half true" in shown
    assert [r["label"] for r in data(grouped, "verdict", "--scale")["ratings"]][-1] == "unproven"
    (folder / "own.toml").write_text(
        'worst = 1\nbest = 2\nratings = [{label = "no", value = 1}, {label = "yes", value = 2}]'
    )
    monkeypatch.setenv("CLAIMS_RATING_SCALE", "own.toml")
    settings.cache_clear()
    assert rate(grouped, "YES").endswith("is rated yes\n")
    result = grouped("verdict", "1", "--rating", "true", "--because", "x", "--evidence", URL)
    assert result.exit_code == 1
    assert "one of: no, yes" in result.stderr
    monkeypatch.setenv("CLAIMS_RATING_SCALE", "none.toml")
    settings.cache_clear()
    result = grouped("verdict", "--scale")
    assert result.exit_code == 1
    assert "none.toml can't be read" in result.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("99",), "there is no claim 99"),
        (("99", "--rating", "true", "--because", "x", "--evidence", URL), "there is no claim 99"),
        (("1", "--rating", "odd", "--because", "x", "--evidence", URL), "no rating 'odd'"),
        (("1", "--rating", "true", "--because", " ", "--evidence", URL), "needs its reasons"),
        (("1", "--rating", "true", "--because", "x", "--evidence", "x"), "'x' is no evidence"),
        (("1", "--rating", "true", "--because", "x", "--evidence", "9:1-2"), "is no article 9"),
        (("1", "--rating", "true", "--because", "x", "--evidence", "1:1-9999"), "no words at"),
        (("--undo", "7"), "there is no verdict 7"),
        (("1", "--undo", "7"), "claim 1 has no verdict 7"),
        (("1", "--jsonld"), "claim 1 has no verdict"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_repair(
    grouped: Run, words: tuple[str, ...], told: str
) -> None:
    result = grouped("verdict", *words)
    assert result.exit_code == 1
    assert told in result.stderr
    assert "repair" in result.stderr
    assert data(grouped, "verdict")["verdicts"] == []


@pytest.mark.parametrize(
    "words",
    [
        ("1", "--rating", "true"),
        ("1", "--because", "x"),
        ("1", "--evidence", URL),
        ("--rating", "true", "--because", "x", "--evidence", URL),
        ("--jsonld",),
        ("--undo", "1", "--scale"),
        ("1", "--rating", "true", "--because", "x", "--evidence", URL, "--undo", "1"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_use(
    grouped: Run, words: tuple[str, ...]
) -> None:
    assert grouped("verdict", *words).exit_code == 2


def test_a_review_to_embed_goes_to_standard_output_and_what_it_lacks_is_told(
    grouped: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    rate(grouped)
    result = grouped("verdict", "1", "--jsonld")
    assert "CLAIMS_REVIEW_URL" in result.stderr
    assert "CLAIMS_PUBLISHER" in result.stderr
    assert json.loads(result.stdout)["author"] == {"@type": "Person", "name": "Ada Post"}
    monkeypatch.setenv("CLAIMS_PUBLISHER", "Harbour Desk")
    monkeypatch.setenv("CLAIMS_REVIEW_URL", "https://desk.example/checks/{claim}")
    settings.cache_clear()
    result = grouped("verdict", "1", "--jsonld")
    assert result.stderr == ""
    node = json.loads(result.stdout)
    assert node["author"]["name"] == "Harbour Desk"
    assert node["url"] == "https://desk.example/checks/1"
    named = grouped("verdict", "1", "--jsonld", "--url", "https://desk.example/guards")
    assert json.loads(named.stdout)["url"] == "https://desk.example/guards"
    wrong = grouped("verdict", "1", "--jsonld", "--url", "desk.example")
    assert wrong.exit_code == 1
    assert "is no http address" in wrong.stderr


def test_reports_exports_and_the_claim_itself_name_the_verdict(grouped: Run, folder: Path) -> None:
    assert data(grouped, "claim", "show", "1")["verdict"] is None
    rate(grouped, "mostly false")
    assert data(grouped, "claim", "show", "1")["verdict"]["rating"] == "mostly false"
    assert "verdict  mostly false" in grouped("claim", "show", "1").stdout
    claims = data(grouped, "report", "claims")["claims"]
    assert [c["verdict"] and c["verdict"]["rating"] for c in claims] == ["mostly false", None, None]
    assert "verdict: mostly false (Ada Post, 20" in grouped("report", "claims").stdout
    page = grouped("report", "claims", "--html", "-").stdout
    assert page.count('class="ruled"') == 1
    assert BECAUSE in page
    assert grouped("export", "x.csv", "--table", "claims").exit_code == 0
    with (folder / "x.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["verdict"], r["verdict_by"]) for r in rows] == [
        ("mostly false", "Ada Post"), ("", ""), ("", ""),
    ]  # fmt: skip
    assert rows[0]["verdict_at"].endswith("+00:00")
    assert grouped("export", "x.jsonld", "--table", "claims").exit_code == 0
    assert '"ClaimReview"' in (folder / "x.jsonld").read_text(encoding="utf-8")
    assert grouped("verdict", "--undo", "1").exit_code == 0
    assert "verdict" not in grouped("report", "claims").stdout
    assert 'class="ruled"' not in grouped("report", "claims", "--html", "-").stdout


def test_a_verdict_on_a_claim_heard_once_stands_on_the_page(grouped: Run) -> None:
    rate(grouped, "unproven", 2)
    assert grouped("report", "claims", "--html", "-").stdout.count('class="ruled"') == 1


def test_where_a_claim_was_reworded_the_words_that_were_rated_stand_by(
    grouped: Run, folder: Path
) -> None:
    rate(grouped, "true")
    assert "rated as" not in grouped("report", "claims").stdout
    assert grouped("claim", "reword", "1", "Nobody crossed.", "--as", "Bo").exit_code == 0
    rated = "that 40 guards had crossed the Ivara bridge on Monday"
    for words in (("report", "claims"), ("verdict", "1"), ("claim", "show", "1"), ("dossier", "1")):
        shown = " ".join(grouped(*words).stdout.split())
        assert f"rated as: {rated}" in shown or f"rated as {rated}" in shown, words
    for words in (("report", "claims", "--html", "-"), ("dossier", "1", "--html", "-")):
        assert f"Rated when the claim was worded: {rated}" in grouped(*words).stdout
    assert json.loads(grouped("verdict", "1", "--jsonld").stdout)["claimReviewed"] == rated
    assert grouped("export", "x.csv", "--table", "claims").exit_code == 0
    with (folder / "x.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["wording"], row["verdict_on"]) == ("Nobody crossed.", rated)


def test_what_an_editor_writes_is_not_obeyed_either(grouped: Run) -> None:
    result = grouped(
        "verdict", "1", "--rating", "true", "--because", HOSTILE, "--evidence", URL,
        "--as", HOSTILE,
    )  # fmt: skip
    assert result.exit_code == 0
    for words in (
        ("verdict", "1"), ("verdict",), ("verdict", "1", "--json"), ("claim", "show", "1"),
        ("report", "claims"), ("verdict", "1", "--jsonld"), ("dossier", "1"),
        ("dossier", "1", "--md", "-"), ("dossier", "1", "--html", "-"),
        ("report", "claims", "--html", "-"),
    ):  # fmt: skip
        shown = grouped(*words).stdout
        assert not {"\x1b", "\u202e"} & set(shown), words
        if "--html" in words or "--jsonld" in words:
            assert "<script>" not in shown
