"""Two editors at once: of two decisions on one sight, one is written and the other is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from claims.store import open_store
from tests.store.making import document, moved_along

ROOT = Path(__file__).resolve().parents[2]
EDITOR = """
import sys
from claims.review.decisions import DecisionKind
from claims.store import open_store
from claims.store.decision_log import DecidedMeanwhileError, Draft
from claims.store.queue_rows import Wanted

url, name = sys.argv[1:]
with open_store(url, create=False) as store:
    seen = [store.item(one.key) for one in store.waiting()]
    seen.sort(key=lambda view: str(view.key))
    print("ready", flush=True)
    sys.stdin.readline()
    for view in seen:
        try:
            store.decide(Draft(view.key, DecisionKind.ACCEPT, name, expect=view.expect))
            print("first", view.key, flush=True)
        except DecidedMeanwhileError as error:
            assert error.decisions[-1].by != name
            print("second", view.key)
"""


def editor(url: str, name: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", EDITOR, url, name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def test_of_two_editors_at_once_one_is_first_and_the_other_is_told(url: str) -> None:
    with open_store(url) as store:
        text, extraction = moved_along(12)
        store.save(document(text), extraction)
        waiting = {str(one.key) for one in store.waiting()}
    running = [editor(url, name) for name in ("ann", "bob")]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = []
    for process in running:
        output, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        said += [tuple(line.split()) for line in output.splitlines()]
    assert sorted(key for what, key in said if what == "first") == sorted(waiting)
    assert sorted(key for what, key in said if what == "second") == sorted(waiting)
    with open_store(url, create=False) as store:
        assert len(store.decisions()) == len(waiting)
        assert store.waiting() == []
        assert store.differences() == []


def test_an_editor_who_is_killed_loses_no_decision(url: str) -> None:
    with open_store(url) as store:
        text, extraction = moved_along(12)
        store.save(document(text), extraction)
    process = editor(url, "ann")
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("go\n")
    process.stdin.flush()
    assert process.stdout.readline().startswith("first")  # in the midst of it
    process.kill()
    process.wait()
    output = "first" + process.stdout.read()
    with open_store(url, create=False) as store:
        assert len(store.decisions()) >= output.count("first")
        assert store.differences() == []
        assert len(store.attributions()) == len(extraction.attributions)
