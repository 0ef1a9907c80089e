"""`claims watch`: what it tells, how it ends; `claims ingest URL`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from claims.settings import settings
from claims.store import open_store
from tests.commands.conftest import ARTICLE, Run
from tests.fetching.server import Site, serving
from tests.stub import StubExtractor

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = (
    "<html><body><article><h1>The harbour of Sennat</h1><p>Lena Marsh said the harbour would "
    "open again on Tuesday.</p><p>The ferries stayed in port for the whole of the day.</p>"
    "</article></body></html>"
)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with serving() as one:
        monkeypatch.setenv("CLAIMS_FETCH_ALLOW", one.host)
        monkeypatch.setenv("CLAIMS_FETCH_DELAY_SECONDS", "0")
        settings.cache_clear()
        one.give("/sennat", PAGE)
        one.give(
            "/feed",
            '<rss version="2.0"><channel><item><link>/sennat</link></item></channel></rss>',
            "application/rss+xml",
        )
        yield one


@pytest.fixture
def incoming(folder: Path) -> Path:
    """A folder with an article that has been there for a while."""
    (folder / "in").mkdir()
    return put(folder / "in" / "harbour.txt", ARTICLE).parent


def put(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    long_ago = time.time() - 60
    os.utime(path, (long_ago, long_ago))
    return path


def test_once_takes_in_what_is_there_and_groups_it(run: Run, incoming: Path) -> None:
    result = run("watch", "in", "--once")
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        "in/harbour.txt: article 1 added, 5 attributions\n"
        "5 statements in 5 claims, 5 of them new or changed\n"
    )
    again = run("watch", "in", "--once")
    assert (again.exit_code, again.stdout) == (0, "1 article known already\n")


def test_without_grouping(run: Run, incoming: Path) -> None:
    run("watch", "in", "--once", "--no-group")
    with open_store("claims.db") as store:
        assert store.claims() == []
    # What was left ungrouped is grouped by the first look of another time.
    assert "5 statements" in run("watch", "in", "--once").stdout


def test_a_broken_file_is_named_and_the_rest_goes_on(run: Run, incoming: Path) -> None:
    put(incoming / "empty.txt", "")
    result = run("watch", "in", "--once")
    assert result.exit_code == 1
    assert "error: in/empty.txt: is empty\n  repair: " in result.stderr
    assert "in/harbour.txt: article 1 added" in result.stdout


def test_json_has_a_line_for_each_article(run: Run, incoming: Path) -> None:
    put(incoming / "empty.txt", "")
    lines = [
        json.loads(line) for line in run("watch", "in", "--once", "--json").stdout.splitlines()
    ]
    assert [(line["name"], line["status"]) for line in lines] == [
        ("in/empty.txt", "failed"), ("in/harbour.txt", "added"),
    ]  # fmt: skip
    assert lines[1]["article"] == 1 and lines[1]["attributions"] == 5


def test_once_waits_for_a_file_that_is_just_being_written(run: Run, incoming: Path) -> None:
    (incoming / "new.txt").write_text("The mayor said the bridge is closed until spring.\n")
    result = run("watch", "in", "--once")
    assert "in/new.txt: article 2 added, 1 attribution\n" in result.stdout


def test_a_feed(run: Run, site: Site, stub: StubExtractor) -> None:
    result = run("watch", site.url("/feed"), "--once")
    assert result.exit_code == 0, result.output
    assert f"{site.url('/sennat')}: article 1 added, 1 attribution\n" in result.stdout
    with open_store("claims.db") as store:
        assert store.article(1).row.url == site.url("/sennat")
    again = run("watch", site.url("/feed"), "--once")
    assert (again.exit_code, again.stdout) == (0, "")
    assert site.paths == ["/feed", "/sennat", "/feed"]
    site.fail("/feed", 500)
    failed = run("watch", site.url("/feed"), "--once")
    assert failed.exit_code == 1 and "the server answers 500" in failed.stderr


def test_a_private_address_is_refused(
    run: Run, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLAIMS_FETCH_ALLOW")
    settings.cache_clear()
    for command in (("watch", "--once"), ("ingest",)):
        result = run(*command, site.url("/sennat"))
        assert result.exit_code == 1
        assert "127.0.0.1 is no public address" in result.stderr
        assert "CLAIMS_FETCH_ALLOW" in result.stderr
    assert site.asked == []


def test_ingest_and_extract_take_a_page_by_its_url(run: Run, site: Site) -> None:
    result = run("ingest", site.url("/sennat"), site.url("/nothing"), "--json")
    assert result.exit_code == 1
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["status"] for line in lines] == ["added", "failed"]
    with open_store("claims.db") as store:
        assert store.article(1).row.url == site.url("/sennat")
    assert '"id": "' + site.url("/sennat") in run("extract", site.url("/sennat")).stdout
    feed = run("ingest", site.url("/feed"))
    assert "claims watch --once" in feed.stderr


def test_what_can_not_be_watched(run: Run, article: Path, folder: Path) -> None:
    for given, words in (
        ("harbour.txt", "harbour.txt: is a file"),
        ("nowhere", "nowhere: is no folder, and no http(s) URL"),
        ("ftp://example.org/feed", "is no folder, and no http(s) URL"),
    ):
        result = run("watch", given, "--once")
        assert result.exit_code == 1 and words in result.stderr
    assert run("watch").exit_code == 2
    assert run("watch", ".", "--every", "0").exit_code == 2


def test_a_setting_that_can_not_be_read(
    run: Run, incoming: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMS_FETCH_BYTES", "many")
    settings.cache_clear()
    result = run("watch", "in", "--once")
    assert result.exit_code == 1 and "CLAIMS_FETCH_BYTES" in result.stderr


def test_text_of_a_server_is_not_obeyed(run: Run, site: Site) -> None:
    feed = '<rss version="2.0"><channel><item><link>http://a\x1b[31m.example/\u202e</link></item>'
    site.give("/feed", feed, "text/xml")
    result = run("watch", site.url("/feed"), "--once")
    assert "\x1b" not in result.output and "\u202e" not in result.output


def test_help_has_examples(run: Run) -> None:
    assert "claims watch incoming/" in run("watch", "--help").stdout.split("Examples:")[1]


def start(*args: str, **env: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.commands.stubbed", "watch", *args],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)} | env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_goes_on_until_ctrl_c(incoming: Path) -> None:
    process = start("in", "--every", "1")
    assert process.stdout is not None
    assert process.stdout.readline() == "in/harbour.txt: article 1 added, 5 attributions\n"
    assert process.stdout.readline().startswith("5 statements in 5 claims")
    put(incoming / "later.txt", "The mayor said the bridge is closed until spring.\n")
    assert process.stdout.readline() == "in/later.txt: article 2 added, 1 attribution\n"
    assert process.stdout.readline().startswith("6 statements in 6 claims")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "watching in for claims.db; Ctrl-C ends it" in err
    assert err.splitlines()[-1] == "interrupted: 2 articles done and kept in claims.db"
    assert "Traceback" not in err


def test_ctrl_c_amid_an_article_loses_nothing(incoming: Path) -> None:
    for number in range(6):
        put(incoming / f"{number}.txt", f"Minister {number} said the harbour is closed today.\n")
    process = start("in", "--json", STUCK_AFTER="4")
    assert process.stdout is not None
    told = [json.loads(process.stdout.readline())["status"] for _ in range(4)]
    assert told == ["added"] * 4
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted: 4 articles done and kept in claims.db" in err
    with open_store("claims.db") as store:
        assert len(store.articles()) == 4
