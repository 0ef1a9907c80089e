"""Runs commands in an empty folder, with the stand-in for the model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from claims.cli import app
from claims.settings import settings
from tests.stub import StubExtractor, StubMatcher

Run = Callable[..., Result]

ARTICLE = """Harbour closed after collision

SENNAT (TNA) — The harbour of Sennat was closed on Monday after two ferries collided.

Lena Marsh said the pilots had been warned twice about the fog. Marsh said the port would open
again on Tuesday.

Orrin Vale denied the ferry had been too fast. Lena Marsh accused the company of hiding the log.

Orrin Vale said the log was lost, according to Tavira.
"""


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> StubExtractor:
    extractor = StubExtractor()
    monkeypatch.setattr("claims.commands.model.open_extractor", lambda name: extractor)
    monkeypatch.setattr("claims.commands.model.open_matcher", StubMatcher)
    return extractor


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty working folder, and settings as a new process has them."""
    monkeypatch.chdir(tmp_path)
    of_verdicts = (f"CLAIMS_{n}" for n in ("RATING_SCALE", "PUBLISHER", "PUBLISHER_URL"))
    for name in ("CLAIMS_DB", "CLAIMS_MODEL", "CLAIMS_REVIEW_URL", "FORCE_COLOR", *of_verdicts):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


@pytest.fixture
def run(stub: StubExtractor) -> Run:
    """`run("report", "--json")`: a command in this process; its result has stdout and stderr."""

    def call(*args: str | Path, stdin: bytes | str | None = None) -> Result:
        return CliRunner().invoke(app, [str(arg) for arg in args], input=stdin)

    return call


@pytest.fixture
def article(folder: Path) -> Path:
    path = folder / "harbour.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def stored(run: Run, article: Path) -> Run:
    """As `run`, with the article in the database."""
    assert run("ingest", article.name).exit_code == 0
    return run
