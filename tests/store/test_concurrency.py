"""Several writers, and writers that die: nothing is lost, doubled or half there."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from claims.errors import StoreError
from claims.store import Store, open_store
from tests.store.making import TEXT, document, found, found_in

ROOT = Path(__file__).resolve().parents[2]

WRITER = """
import sys
from claims.store import open_store
from tests.store.making import document, found_in

url, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
with open_store(url) as store:
    for n in range(first, last):
        text = f"Report {n}: spokesman {n} said that {n} ships came in."
        print(store.save(document(text, f"{n}.txt"), found_in(text, speaker=str(n))).status)
"""


def writer(url: str, first: int, last: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, url, str(first), str(last)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def test_processes_that_start_together_lose_and_double_nothing(url: str) -> None:
    """They race for creating the database, then for the articles that both have."""
    running = [writer(url, 0, 20), writer(url, 10, 30)]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    outputs = []
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in running:
        output, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        outputs += output.split()
    assert (outputs.count("added"), outputs.count("unchanged")) == (30, 10)
    with open_store(url, create=False) as store:
        assert sorted(int(row.speaker) for row in store.attributions()) == list(range(30))
        counts = store.info().counts
    assert (counts["article"], counts["run"], counts["model"]) == (30, 30, 1)


def test_threads_share_a_store(store: Store) -> None:
    def save(n: int) -> str:
        text = f"Report {n % 12} on the harbour."
        return store.save(document(text, f"{n % 12}.txt"), found_in(text)).status

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(save, range(24)))
    assert (statuses.count("added"), statuses.count("unchanged")) == (12, 12)
    assert len(store.attributions()) == 12


def test_readers_go_on_while_a_writer_is_at_work(store: Store) -> None:
    store.save(document(), found())
    with store._engine.connect() as raw:
        busy = raw.execution_options(claims_write=True)
        with busy.begin() as transaction:
            busy.exec_driver_sql("UPDATE article SET name = 'half done'")
            seen: list[int] = []
            reader = threading.Thread(target=lambda: seen.append(len(store.attributions())))
            reader.start()
            reader.join(20)
            assert seen == [3]
            transaction.rollback()


def test_a_writer_that_is_killed_leaves_no_half_article(store: Store, url: str) -> None:
    code = (
        "import os, sys\n"
        "from claims.store import open_store, writing\n"
        "from tests.store.making import document, found\n"
        "def die(*given): os.kill(os.getpid(), 9)\n"
        "writing._add_attributions = die\n"
        f"open_store({url!r}).save(document(), found())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == -9, done.stderr
    assert not any(store.info().counts.values())
    assert store.save(document(), found()).status == "added"
    assert len(store.attributions()) == 3


def test_a_writer_waits_no_longer_than_it_says(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.store.engine.BUSY_SECONDS", 0.1)
    path = str(tmp_path_factory.mktemp("busy") / "claims.db")
    with open_store(path) as one, open_store(path) as two:
        two_saves = document(TEXT)
        with one._engine.connect() as raw:
            busy = raw.execution_options(claims_write=True)
            with busy.begin(), pytest.raises(StoreError, match="in use by another program"):
                two.save(two_saves, found())
        assert two.save(two_saves, found()).status == "added"
