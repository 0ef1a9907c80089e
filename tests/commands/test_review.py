"""`claims review` without the application, and with it in a terminal of its own."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from claims.commands.review import _regroup
from claims.errors import ModelError
from claims.review.choices import Only
from claims.review.decisions import DecisionKind
from claims.store import open_store
from claims.store.decision_log import Draft
from claims.store.queue_rows import Wanted
from tests.commands.conftest import Run
from tests.review.making import many

REPOSITORY = Path(__file__).resolve().parents[2]
SEQUENCE = re.compile(r"\x1b(\[[0-9;?<>=$]*[a-zA-Z]|\][^\x07]*\x07|[()][A-Z0-9]|[=>PM78])")
KEYS = [
    "item", "kind", "status", "why", "value", "uncertainty", "article", "article_name", "speaker",
    "stance", "words", "assigned", "held",
]  # fmt: skip


def test_without_a_terminal_it_names_the_list(stored: Run) -> None:
    result = stored("review")
    assert result.exit_code == 2
    assert "--list" in result.stderr


def test_the_list_and_its_json_have_the_same_items(stored: Run) -> None:
    listed = stored("review", "--list", "--limit", "3").stdout
    data = json.loads(stored("review", "--json").stdout)
    assert data["open"] == len(data["queue"]) > 3
    assert [list(item) for item in data["queue"]] == [KEYS] * len(data["queue"])
    for item in data["queue"][:3]:
        assert item["item"] in listed
    assert f"3 of {data['open']} open" in listed
    assert len(json.loads(stored("review", "--json", "--limit", "2").stdout)["queue"]) == 2


def test_orders_and_filters(stored: Run) -> None:
    def items(*options: str) -> list[dict[str, object]]:
        return json.loads(stored("review", "--json", *options).stdout)["queue"]

    sure = [item["uncertainty"] for item in items("--order", "uncertainty")]
    assert sure == sorted(sure, reverse=True)
    assert {item["stance"] for item in items("--only", "stance")} <= {"denies", "asserts"}
    assert items("--article", "99") == []
    assert items("--since", "2999-01-01") == []
    assert {item["speaker"] for item in items("--speaker", "vale")} <= {"Orrin Vale", "UNRESOLVED"}
    assert items("--mine", "--as", "ann") == []
    stored("decide", str(items()[0]["item"]), "accept", "--as", "ann")
    assert len(items("--order", "newest")) == len(items())


def test_an_empty_queue_and_an_empty_log_say_so(run: Run, folder: Path) -> None:
    open_store(str(folder / "claims.db")).close()
    assert "Nothing waits" in run("review", "--list").stdout
    assert json.loads(run("review", "--json").stdout) == {"open": 0, "queue": []}
    assert json.loads(run("review", "--log", "--json").stdout) == {"decisions": []}
    assert run("review", "--log", "--list").exit_code == 2
    assert run("review", "--overlap", "2").exit_code == 2


def test_the_log_has_what_was_decided(stored: Run) -> None:
    item = json.loads(stored("review", "--json").stdout)["queue"][0]["item"]
    stored("decide", item, "reject", "--as", "ann", "--note", "a [bold]headline[/]")
    assert "a [bold]headline[/]" in stored("review", "--log").stdout
    (line,) = json.loads(stored("review", "--log", "--json").stdout)["decisions"]
    assert (line["item"], line["kind"], line["by"]) == (item, "reject", "ann")


class Terminal:
    """The program in a terminal of 80 columns and 24 rows."""

    def __init__(self, process: subprocess.Popen[bytes], end: int) -> None:
        self.process, self._end, self.seen = process, end, b""

    def wait_for(self, words: str, seconds: float = 60) -> str:
        """Read until words were written; escape sequences are taken out."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if words in self.text:
                return self.text
            if select.select([self._end], [], [], 0.2)[0]:
                try:
                    self.seen += os.read(self._end, 65536)
                except OSError:
                    break
        assert words in self.text, self.text[-2000:]
        return self.text

    @property
    def text(self) -> str:
        words = self.seen.decode(errors="replace")
        return re.sub(
            r"\x1b(\[[0-9;?<>=$]*[a-zA-Z]|\][^\x07]*\x07|[()][A-Z0-9]|[=>PM78])", "", words
        )

    def press(self, keys: str) -> None:
        os.write(self._end, keys.encode())


@contextmanager
def terminal(folder: Path, *args: str, **settings: str) -> Iterator[Terminal]:
    """`claims ARGS` in a terminal."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm", "COLUMNS": "80", "LINES": "24", **settings}
    env["PYTHONPATH"] = str(REPOSITORY)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.commands.stubbed", *args],
        cwd=folder, env=env, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    try:
        yield Terminal(process, ours)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        os.close(ours)


@pytest.fixture
def queued(folder: Path) -> Path:
    """A folder with a database of 40 open items."""
    with open_store(str(folder / "claims.db")) as store:
        many(store, 40)
        store.refresh()
    return folder


@pytest.mark.parametrize("settings", [{}, {"NO_COLOR": "1", "TERM": "linux"}])
def test_in_a_terminal_it_decides_and_sums_up(queued: Path, settings: dict[str, str]) -> None:
    with terminal(queued, "review", "--as", "ann", **settings) as one:
        one.wait_for("{said}")
        one.press("a")
        one.wait_for("accepted a")
        one.press("r")
        one.wait_for("rejected a")
        one.press("q")
        told = one.wait_for("left in the queue")
        one.wait_for("decided: ")
        assert one.process.wait(60) == 0
        assert "2 decisions" in told
        if settings:
            colours = re.findall(rb"\x1b\[[0-9;]*(?:3[0-7]|4[0-7]|38|48)(?:;[0-9;]*)?m", one.seen)
            assert colours == []
    with open_store(str(queued / "claims.db")) as store:
        assert [(d.kind.value, d.by) for d in store.decisions()] == [
            ("accept", "ann"), ("reject", "ann"),
        ]  # fmt: skip
        assert {row.held for row in store.waiting()} == {None}


def test_a_process_that_is_killed_loses_no_decision_that_was_seen(queued: Path) -> None:
    with terminal(queued, "review", "--as", "ann") as one:
        one.wait_for("{said}")
        for n in range(1, 6):
            one.press("a")
            one.wait_for(f"{n} done")
        one.press("aaaa")
        os.killpg(one.process.pid, signal.SIGKILL)
        one.process.wait()
    with open_store(str(queued / "claims.db")) as store:
        made = store.decisions()
        assert len(made) >= 5
        assert len({d.item for d in made}) == len(made)
        assert store.differences() == []
        assert len(store.waiting()) == 40 - len(made)


def test_what_a_session_changed_is_grouped_anew(
    stored: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nothing_there(*_: object, **__: object) -> None:
        raise ModelError("there is no model of pairs")

    with open_store(str(folder / "claims.db")) as store:
        assert store.unmatched("stub") == []
        first = store.waiting(Wanted(only=Only.STANCE))[0].key
        store.decide(Draft(first, DecisionKind.REJECT, "ann"))
        assert len(store.unmatched("stub")) == 1
        with monkeypatch.context() as broken:
            broken.setattr("claims.pipeline.match", nothing_there)
            _regroup(store, any_claims=False)
        assert "claims claim regroup" in capsys.readouterr().err
        _regroup(store, any_claims=False)
        assert store.unmatched("stub") == []
        _regroup(store, any_claims=True)


def test_a_saved_filter_asks_for_a_part_of_the_queue(stored: Run) -> None:
    stored("filter", "save", "vale", "--speaker", "Vale", "--stance", "denies")
    result = stored("review", "--json", "--filter", "vale")
    assert result.stdout == stored("review", "--json", "--speaker", "Vale").stdout
    assert "doesn't go by --stance" in result.stderr
