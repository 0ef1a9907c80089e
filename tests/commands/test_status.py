"""`claims status`: the counts, with an empty queue and a full one."""

from __future__ import annotations

import json
import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from claims.matching.deciding import ClaimDecisionKind
from claims.reports.status import glance
from claims.store import open_store
from tests import making_claims
from tests.commands.conftest import Run


@pytest.fixture
def grouped(run: Run) -> Run:
    with open_store("claims.db") as store:
        making_claims.fill(store)
    return run


def data(run: Run) -> dict[str, Any]:
    result = run("status", "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_an_empty_store_and_none(run: Run) -> None:
    assert run("status").exit_code == 1
    with open_store("claims.db"):
        pass
    assert run("status").stdout == (
        "articles             0  nothing ingested yet\n"
        "attributions         0\n"
        "claims               0  0 disputed; 0 of several articles on a single origin\n"
        "queue                0  nothing is open\n"
        "decisions            0\n"
    )
    assert data(run)["last_ingest"] is None


def test_the_counts_are_those_of_the_reports(grouped: Run) -> None:
    seen = data(grouped)
    claims = json.loads(grouped("report", "claims", "--json").stdout)["claims"]
    conflicts = json.loads(grouped("report", "conflicts", "--json").stdout)["claims"]
    assert seen["claims"] == len(claims)
    assert seen["disputed"] == len(conflicts) > 0
    with open_store("claims.db") as store:
        assert seen["articles"] == len(store.articles())
        assert seen["attributions"] == len(store.attributions())
    assert (
        seen["models"] == [{"model": "stub", "model_version": "1", "articles": seen["articles"]}]
        or len(seen["models"]) == 1
    )
    assert datetime.fromisoformat(seen["last_ingest"]).tzinfo is not None
    with open_store("claims.db") as store:
        waiting = len(store.waiting())
    assert seen["queue"] == {
        "open": waiting, "why": {"new": waiting}, "statuses": {"machine": waiting},
    }  # fmt: skip


def add_items(*items: tuple[str, str, bool, str]) -> None:
    """Rows of the queue: key, status, whether it is open, and why."""
    with sqlite3.connect("claims.db") as connection:
        connection.execute("DELETE FROM review_item")
        connection.executemany(
            "INSERT INTO review_item (item, kind, status, is_open, why, uncertainty, worth, value)"
            " VALUES (?, 'attribution', ?, ?, ?, 0.5, 0.5, 0.5)",
            items,
        )


def test_the_queue_by_why_and_by_status(grouped: Run) -> None:
    add_items(
        ("a1:1-2", "machine", True, "new"),
        ("a1:3-4", "machine", True, "new"),
        ("a1:5-6", "unsure", True, "unsure"),
        ("a1:7-8", "missed", True, "missed"),
        ("a1:9-10", "confirmed", False, ""),
        ("a1:11-12", "confirmed", True, "disagrees"),
    )
    queue = data(grouped)["queue"]
    assert queue["open"] == 5
    assert queue["why"] == {"new": 2, "disagrees": 1, "missed": 1, "unsure": 1}
    assert queue["statuses"] == {"confirmed": 2, "machine": 2, "missed": 1, "unsure": 1}
    shown = grouped("status").stdout
    assert (
        "queue                5  2 new, 1 a newer model disagrees, 1 perhaps missed, 1 unsure\n"
        in shown
    )


def test_decisions_by_reviewer(grouped: Run) -> None:
    with open_store("claims.db") as store:
        for name in ("Ilse", "Ilse", "Orrin"):
            store.decide_claim(ClaimDecisionKind.DISMISS, finding="f" * 64, by=name)
    with sqlite3.connect("claims.db") as connection:
        connection.execute("DROP TRIGGER guard_claim_decision_update")
        connection.execute(
            "UPDATE claim_decision SET created_at = '2020-01-01 00:00:00' WHERE id = 1"
        )
    assert data(grouped)["decisions"] == {
        "all": 3,
        "today": 2,
        "reviewers": [
            {"name": "Ilse", "all": 2, "today": 1},
            {"name": "Orrin", "all": 1, "today": 1},
        ],
    }
    shown = grouped("status").stdout
    assert "decisions            3  Ilse 2 (1 today), Orrin 1 (1 today)\n" in shown
    assert "dismissed            1  findings\n" in shown


def test_feeds_that_fail(grouped: Run) -> None:
    with open_store("claims.db") as store:
        pages = [(f"https://news.example/{n}", None) for n in range(3)]
        store.note_feed("https://news.example/feed", pages, etag=None, modified=None)
        store.note_page("https://news.example/0", 1)
        store.note_fetch_failure("https://news.example/1", "https://news.example/1: 404", tries=5)
        store.note_fetch_failure("https://b.example/feed", "b.example \x1b[31mfails")
    watch = data(grouped)["watch"]
    assert (watch["feeds"], watch["failing_feeds"], watch["pages"]) == (2, 1, 3)
    assert (watch["waiting"], watch["given_up"]) == (1, 1)
    assert [one["url"] for one in watch["errors"]] == [
        "https://b.example/feed", "https://news.example/1",
    ]  # fmt: skip
    shown = grouped("status").stdout
    assert "feeds                2  3 pages; 1 to come; 1 given up; 1 failing\n" in shown
    assert "  b.example ␛[31mfails\n" in shown


def test_an_article_that_was_taken_down_counts_for_nothing(grouped: Run) -> None:
    before = data(grouped)
    with open_store("claims.db") as store:
        store.purge(1, reason="asked", by="desk")
    after = data(grouped)
    assert (after["articles"], after["taken_down"]) == (before["articles"] - 1, 1)
    assert after["attributions"] < before["attributions"]
    assert "1 taken down" in grouped("status").stdout


def test_it_takes_under_a_second_once_started(run: Run) -> None:
    lines = [
        json.dumps(
            {
                "id": f"a{i}",
                "outlet": f"Outlet {i % 30}",
                "text": "\n\n".join(
                    f"Minister {(i + j) % 40} {'denied' if i % 7 == 0 else 'said'} the harbour of "
                    f"town {j} is closed today after storm {(i * j) % 25}."
                    for j in range(6)
                ),
            }
        )
        for i in range(200)
    ]
    Path("many.jsonl").write_text("\n".join(lines))
    assert run("ingest", "many.jsonl", "--no-group").exit_code == 0
    with open_store("claims.db") as store:
        registry = store.sources()
        start = time.process_time()
        seen = glance(store, registry, tries=5, today=datetime.now(UTC))
        assert time.process_time() - start < 1
    assert (seen.counts.articles, seen.counts.attributions) == (200, 1200)


def test_help_has_examples(run: Run) -> None:
    assert "claims status" in run("status", "--help").stdout.split("Examples:")[1]
