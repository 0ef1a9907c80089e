"""`claims ingest`: what is stored, what is told, and how it ends."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from claims.commands.ingest import articles_in
from tests.commands.conftest import ARTICLE, Run
from tests.stub import StubExtractor

REPOSITORY = Path(__file__).resolve().parents[2]


def stored_texts(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM article_text ORDER BY id")]


def test_articles_are_stored_and_summed_up(run: Run, article: Path, folder: Path) -> None:
    result = run("ingest", "harbour.txt")
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        "1 article: 1 added\n5 attributions found by stub 1, kept in claims.db\n"
        "5 statements in 5 claims, 5 of them new or changed\n"
    )
    assert stored_texts(folder / "claims.db") == [ARTICLE]


def test_a_known_text_is_skipped_without_running_the_model(
    run: Run, article: Path, stub: StubExtractor
) -> None:
    run("ingest", "harbour.txt")
    stub.read.clear()
    result = run("ingest", "harbour.txt")
    assert result.exit_code == 0
    assert result.stdout.startswith("1 article: 1 known already\n")
    assert stub.read == []


def test_a_broken_file_is_named_and_the_rest_goes_on(run: Run, article: Path, folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    (folder / "zero.txt").write_bytes(b"An article with a NUL \x00 in it, which nothing stores.")
    result = run("ingest", "empty.txt", "missing.txt", "zero.txt", "harbour.txt")
    assert result.exit_code == 1
    assert result.stdout.startswith("4 articles: 1 added, 3 failed\n")
    for name in ("empty.txt", "missing.txt", "zero.txt"):
        assert f"error: {name}: " in result.stderr
    assert result.stderr.count("  repair: ") == 3
    assert stored_texts(folder / "claims.db") == [ARTICLE]


def test_json_has_a_line_for_each_article(run: Run, article: Path) -> None:
    result = run("ingest", "missing.txt", "harbour.txt", "harbour.txt", "--json")
    assert result.exit_code == 1
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["status"] for line in lines] == ["failed", "added", "unchanged"]
    assert lines[0]["error"] == "missing.txt: no such file or folder"
    assert lines[1]["article"] == 1
    assert lines[1]["attributions"] == 5


def test_standard_input_and_a_folder(run: Run, article: Path, folder: Path) -> None:
    result = run("ingest", "-", stdin="The mayor said the bridge is closed until spring.\n")
    assert result.exit_code == 0, result.output
    (folder / "in").mkdir()
    article.rename(folder / "in" / "harbour.txt")
    assert run("ingest", "in").stdout.startswith("1 article: 1 added\n")


def test_progress_counts_lines_and_empty_folders(folder: Path) -> None:
    (folder / "none").mkdir()
    (folder / "some").mkdir()
    (folder / "some" / "a.txt").write_text("text")
    (folder / "b.jsonl").write_text("{}\n\n{}\n")
    assert articles_in(["none", "some", "b.jsonl", "missing.txt"]) == 5
    assert articles_in(["some", "-"]) is None


def test_the_database_is_chosen_by_option_or_environment(
    run: Run, article: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(*args: str) -> list[str]:
        for path in folder.glob("*.db*"):
            path.unlink()
        assert run(*args).exit_code == 0
        return [path.name for path in folder.glob("*.db")]

    monkeypatch.setenv("CLAIMS_DB", "env.db")
    assert made("ingest", "harbour.txt") == ["env.db"]
    assert made("--db", "before.db", "ingest", "harbour.txt") == ["before.db"]
    after = ("ingest", "harbour.txt", "--db", "sqlite:///after.db")
    assert made(*after) == ["after.db"]
    assert made("--db", "before.db", *after) == ["after.db"]


def test_no_paths_is_wrong_use(run: Run) -> None:
    result = run("ingest")
    assert result.exit_code == 2
    assert "Missing argument" in result.stderr


def test_ctrl_c_keeps_what_is_committed_and_says_so(folder: Path) -> None:
    lines = [
        json.dumps({"id": f"a{i}", "text": f"Minister {i} said the harbour is closed today."})
        for i in range(100)
    ]
    (folder / "many.jsonl").write_text("\n".join(lines))
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.commands.stubbed", "ingest", "many.jsonl"],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY), "STUCK_AFTER": "40"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    told = [process.stderr.readline() for _ in range(4)]
    assert told == [f"ingesting: {n} of 100 articles\n" for n in (10, 20, 30, 40)]
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    kept = len(stored_texts(folder / "claims.db"))
    assert kept == 40
    assert err.strip().splitlines()[-1] == (
        f"interrupted: {kept} articles done and kept in claims.db; "
        "run the same command again to go on"
    )
    assert "Traceback" not in err
