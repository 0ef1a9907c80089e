"""The remaining commands, and what holds for the program as a whole."""

import contextlib
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from claims import __version__
from tests.commands.conftest import Run

REPOSITORY = Path(__file__).resolve().parents[2]
HEAVY = ("torch", "transformers", "sqlmodel", "sqlalchemy", "alembic", "trafilatura", "numpy")


def python(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *args],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)} | env,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from claims.cli import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit as end:\n    assert end.code == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    result = python("-c", code)
    assert result.stdout.splitlines()[-1] == "[]", result.stderr
    assert "claims ingest articles/" in result.stdout


def test_python_dash_m_and_version() -> None:
    result = python("-m", "claims", "--version")
    assert (result.returncode, result.stdout) == (0, f"claims {__version__}\n")


@pytest.mark.parametrize(
    "command",
    [
        "ingest",
        "report",
        "show",
        "export",
        "extract",
        "evaluate",
        "train",
        "purge",
        "verdict",
        "dossier",
        "db upgrade",
        "db info",
        *(f"sources {name}" for name in ("list", "show", "search", "merge", "split", "alias")),
        *(f"sources {name}" for name in ("undo", "log", "load", "unresolved")),
    ],
)
def test_every_command_has_help_with_examples(run: Run, command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert f"claims {command}" in result.stdout.split("Examples:")[1]


def test_no_command_and_an_unknown_one_are_wrong_use(run: Run) -> None:
    assert run().exit_code == 2
    assert run("invent").exit_code == 2


@pytest.mark.parametrize("command", ["report", "show 1"])
def test_colour_is_left_out_when_asked(stored: Run, command: str) -> None:
    env = {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    coloured = python("-m", "tests.commands.stubbed", *command.split(), **env)
    assert "\x1b[" in coloured.stdout
    bare = python("-m", "tests.commands.stubbed", *command.split(), NO_COLOR="1", **env)
    assert not any(f"\x1b[{code}m" in bare.stdout for code in range(30, 38))


def test_a_terminal_that_writes_no_unicode_is_no_failure(stored: Run) -> None:
    result = python("-m", "tests.commands.stubbed", "show", "1", PYTHONIOENCODING="ascii")
    assert (result.returncode, result.stderr) == (0, "")
    assert "SENNAT (TNA) ?" in result.stdout


def test_purge_takes_an_article_down(stored: Run) -> None:
    result = stored("purge", "1", "--reason", "withdrawn", "--as", "Desk", "--yes")
    assert result.exit_code == 0, result.output
    assert (
        result.stdout == "Article 1 is taken down: 1 text, 5 attributions and 15 spans blanked.\n"
    )
    assert "Nothing in the database matches." in stored("report").stdout
    assert "taken down" in stored("report", "articles").stdout
    again = stored("ingest", "harbour.txt")
    assert again.stdout.startswith("1 article: 1 taken down before and left out\n")
    shown = stored("show", "1").stdout
    assert "by Desk: withdrawn" in shown
    assert "pilots" not in shown
    again = stored("ingest", "harbour.txt")
    assert again.exit_code == 0
    assert "pilots" not in stored("show", "1").stdout


def test_purge_asks_first(stored: Run) -> None:
    result = stored("purge", "1", "--reason", "withdrawn", stdin="n\n")
    assert result.exit_code == 1
    assert "for good?" in result.stderr
    assert "pilots" in stored("show", "1").stdout
    assert stored("purge", "1").exit_code == 2


def test_db_info_and_upgrade(stored: Run) -> None:
    info = stored("db", "info")
    assert "attribution              5" in info.stdout
    assert "stub 1  1 run, last" in info.stdout
    data = json.loads(stored("db", "info", "--json").stdout)
    assert (data["rows"]["article"], data["models"][0]["model"]) == (1, "stub")
    assert "has schema" in stored("db", "upgrade").stdout
    missing = stored("db", "upgrade", "--db", "none.db")
    assert missing.exit_code == 1
    assert "there is no database none.db" in missing.stderr


def test_a_model_that_is_not_there(folder: Path) -> None:
    (folder / "a.txt").write_text("The mayor said it rained.")
    result = python("-m", "claims", "extract", "a.txt", "--model", "none-such")
    assert result.returncode == 1
    assert "error: there is no model 'none-such'" in result.stderr
    assert "repair: " in result.stderr


GOLD = {
    "id": "a",
    "text": "The mayor said it rained. The mayor denied the roof leaked.",
    "attributions": [
        {"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 24]]},
        {"source": [[26, 35]], "cue": [[36, 42]], "content": [[43, 58]]},
    ],
}


def test_evaluate_scores_the_model(run: Run, folder: Path) -> None:
    (folder / "gold.jsonl").write_text(json.dumps(GOLD))
    result = run("evaluate", "gold.jsonl")
    assert result.exit_code == 0, result.output
    assert "who_said_what" in result.stdout
    figures = json.loads(run("evaluate", "gold.jsonl", "--json").stdout)
    assert figures["attributions"]["who_said_what"]["f1"] == 1.0


def test_evaluate_scores_given_predictions_and_checks_floors(run: Run, folder: Path) -> None:
    (folder / "gold.jsonl").write_text(json.dumps(GOLD))
    half = GOLD | {"attributions": GOLD["attributions"][:1]}  # type: ignore[index]
    (folder / "found.jsonl").write_text(json.dumps(half))
    (folder / "floors.json").write_text('{"at_least": {"attributions.who_said_what.r": 0.9}}')
    args = ("evaluate", "gold.jsonl", "--predictions", "found.jsonl")
    figures = json.loads(run(*args, "--json").stdout)["attributions"]["who_said_what"]
    assert (figures["p"], figures["r"]) == (1.0, 0.5)
    result = run(*args, "--floors", "floors.json")
    assert result.exit_code == 1
    assert "short: attributions.who_said_what.r is 0.5000, not at least 0.9" in result.stderr
    assert run("evaluate", "gold.jsonl", "--floors", "floors.json").exit_code == 0
    (folder / "floors.json").write_text('{"at_least": {"claims.b_cubed.f1": 0.9}}')
    result = run("evaluate", "gold.jsonl", "--floors", "floors.json")
    assert result.exit_code == 0
    assert "floors of grouping are not checked" in result.stderr


def test_evaluate_names_what_is_wrong(run: Run, folder: Path) -> None:
    (folder / "gold.jsonl").write_text("{}")
    result = run("evaluate", "gold.jsonl")
    assert result.exit_code == 1
    assert "error: gold.jsonl" in result.stderr


def test_the_accurate_size_needs_its_base(run: Run, folder: Path) -> None:
    result = run("train", "nowhere", "--out", "models/mine", "--size", "accurate")
    assert result.exit_code == 2
    assert "all-mpnet-base-v2" in result.stderr


def test_train_names_the_missing_corpus(run: Run, folder: Path) -> None:
    result = run("train", "nowhere", "--out", "models/mine", "--base", ".")
    assert result.exit_code == 1
    assert "error: nowhere/train.jsonl isn't there" in result.stderr


def test_a_setting_that_cannot_be_read(stored: Run) -> None:
    result = python("-m", "tests.commands.stubbed", "report", CLAIMS_THREADS="many")
    assert result.returncode == 1
    assert "CLAIMS_THREADS: Input should be a valid integer" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_and_a_closed_output(stored: Run) -> None:
    def shell(line: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "-c", f"{sys.executable} -m tests.commands.stubbed {line}"],
            env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
            capture_output=True,
            text=True,
            check=False,
        )

    for line in ("report > /dev/full", "--help > /dev/full"):
        full = shell(line)
        assert full.returncode == 1
        assert full.stderr.startswith("error: the disk is full: standard output can't be written\n")
        assert "Traceback" not in full.stderr
    closed = shell("report >&-")
    assert (closed.returncode, closed.stderr) == (0, "")


def on_terminal(command: str) -> str:
    """What a command writes to a terminal; its output too unless it is sent elsewhere."""
    pid, terminal = pty.fork()
    if pid == 0:
        env = os.environ | {"PYTHONPATH": str(REPOSITORY), "TERM": "xterm"}
        os.execvpe("sh", ["sh", "-c", f"{sys.executable} -m tests.commands.stubbed {command}"], env)
    written = b""
    with contextlib.suppress(OSError):  # Linux says EIO at the end
        while part := os.read(terminal, 65536):
            written += part
    os.close(terminal)
    os.waitpid(pid, 0)
    return written.decode()


def test_progress_is_a_bar_on_a_terminal_and_never_in_the_output(folder: Path) -> None:
    rows = [{"id": str(i), "text": f"Orrin Vale said week {i} was dry."} for i in range(5)]
    (folder / "in.jsonl").write_text("\n".join(json.dumps(row) for row in [*rows, {"id": "x"}]))
    seen = on_terminal("extract in.jsonl > out.jsonl")
    assert "extracting" in seen
    assert "6/6" in seen
    assert "in.jsonl, line 6: `text` is missing" in seen
    lines = (folder / "out.jsonl").read_text().splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["0", "1", "2", "3", "4"]
    seen = on_terminal("extract in.jsonl")
    assert "extracting" not in seen
    assert seen.count('"attributions"') == 5
