"""Reports name sources as the registry knows them now, beside the words of the article."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.commands.conftest import Run

TEXT = "Rain fell in the hills.\n\nSeoul said the road is closed, according to Sputnik.\n"


@pytest.fixture
def told(run: Run, folder: Path) -> Run:
    """A database with one article: a capital speaks, and an agency has heard it."""
    line = {"id": "road", "text": TEXT, "outlet": "Tideway Gazette"}
    (folder / "road.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert run("ingest", "road.jsonl").exit_code == 0
    return run


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("command", [("show", "1"), ("report",), ("report", "articles")])
def test_the_speaker_stands_beside_the_words_and_the_chain_under_them(
    told: Run, command: tuple[str, ...]
) -> None:
    shown = flat(told(*command).stdout)
    assert "South Korea" in shown
    assert "Seoul said: the road is closed" in shown
    assert "South Korea → Sputnik → Tideway Gazette" in shown
    data = json.loads(told(*command, "--json").stdout)
    rows = data.get("attributions") or [
        one for group in data.get("speakers", data.get("articles")) for one in group["said"]
    ]
    inner = next(row for row in rows if row["speaker"] == "Seoul")
    assert inner["speakers"][0]["canonical"] == inner["origin"] == "South Korea"
    assert [link["canonical"] for link in inner["carriers"]] == ["Sputnik", None]


def test_a_merge_is_shown_at_once_and_so_is_its_end(told: Run) -> None:
    assert told("sources", "merge", "media:ria-novosti", "media:sputnik").exit_code == 0
    for command in (("show", "1"), ("report",), ("report", "articles")):
        shown = flat(told(*command).stdout)
        assert "South Korea → RIA Novosti → Tideway Gazette" in shown
        assert "Sputnik according to: " in shown
    found = json.loads(told("report", "--speaker", "RIA Nov", "--json").stdout)
    assert [one["speaker"] for one in found["speakers"]] == ["RIA Novosti"]
    (row, _) = csv.DictReader(io.StringIO(told("export", "-").stdout))
    assert row["chain"] == "South Korea → RIA Novosti → Tideway Gazette"
    assert told("sources", "split", "media:sputnik").exit_code == 0
    assert "→ Sputnik →" in flat(told("show", "1").stdout)


def test_a_name_that_was_taken_away_is_the_articles_own_again(told: Run) -> None:
    assert told("sources", "split", "state:KR", "Seoul").exit_code == 0
    shown = flat(told("show", "1").stdout)
    assert "South Korea" not in shown
    assert "Seoul → Sputnik → Tideway Gazette" in shown
    assert "Seoul" in told("sources", "unresolved").stdout
    assert told("sources", "undo", "1").exit_code == 0
    assert "South Korea → Sputnik" in flat(told("show", "1").stdout)
    assert "Seoul" not in told("sources", "unresolved").stdout


def test_a_name_that_was_learned_since_needs_no_new_reading(told: Run) -> None:
    before = json.loads(told("show", "1", "--json").stdout)
    assert before["attributions"][0]["carriers"][1]["source_id"] is None
    given = ("sources", "alias", "media:bbc", "Tideway Gazette")
    assert told(*given).exit_code == 0
    after = json.loads(told("show", "1", "--json").stdout)
    assert after["attributions"][0]["carriers"][1]["source_id"] == "media:bbc"
