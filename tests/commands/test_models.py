"""`claims model` and `claims train --from-decisions`, with models and decisions made for it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from claims.extraction.choosing import default_model
from claims.review.learning import DecidedText
from claims.settings import settings
from claims.store import Store, open_store
from tests.commands.conftest import Run
from tests.extraction.making import save
from tests.training.deciding import closed_news
from tests.training.making import write_corpus

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(tmp_path_factory.mktemp("tiny") / "tiny")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user's own folders, and settings that know of them."""
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_a, **_k: tmp_path / "config")
    monkeypatch.setenv("CLAIMS_MODELS", str(tmp_path / "own"))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus") / "attributions" / "dev.jsonl"


def test_models_are_listed_and_chosen(
    run: Run, home: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(tiny, home / "own" / "desk-1")
    data = json.loads(run("model", "list", "--json").stdout)
    assert data["used"] == "minilm"
    assert {m["name"]: (m["ships"], m["is_used"]) for m in data["models"]} == {
        "accurate": (True, False),
        "minilm": (True, True),
        "desk-1": (False, False),
    }
    assert run("model", "use", "desk-1").exit_code == 0
    assert default_model() == "desk-1"
    lines = run("model", "list").stdout.splitlines()
    assert [line[:8] for line in lines] == ["  accura", "  minilm", "* desk-1"]
    used = json.loads(run("--model", "minilm", "model", "list", "--json").stdout)["used"]
    assert used == "minilm"
    monkeypatch.setenv("CLAIMS_MODEL", "other")
    assert json.loads(run("model", "list", "--json").stdout)["used"] == "other"


def test_a_folder_can_be_chosen(run: Run, tiny: Path) -> None:
    assert run("model", "use", tiny).exit_code == 0
    assert default_model() == str(tiny)
    assert f"* {tiny}" in run("model", "list").stdout


def test_a_model_that_is_none_is_not_chosen(run: Run, home: Path, tiny: Path) -> None:
    unknown = run("model", "use", "desk-9")
    assert unknown.exit_code == 1
    assert "there is no model 'desk-9'" in unknown.stderr
    shutil.copytree(tiny, home / "own" / "broken")
    (home / "own" / "broken" / "model.safetensors").write_bytes(b"no weights")
    broken = run("model", "use", "broken")
    assert broken.exit_code == 1
    assert "can't be loaded" in broken.stderr
    (home / "own" / "broken" / "tokenizer.json").unlink()
    lacking = run("model", "use", "broken")
    assert lacking.exit_code == 1
    assert "lacks tokenizer.json" in lacking.stderr
    assert default_model() == "minilm"


def test_two_models_are_compared(run: Run, tiny: Path, samples: Path) -> None:
    result = run("model", "compare", tiny, tiny, "--gold", samples, "--json")
    data = json.loads(result.stdout)
    assert data["a"] == data["b"]
    assert data["figures"]["attributions.who_said_what.f1"].keys() == {"a", "b"}
    plain = run("model", "compare", tiny, tiny, "--gold", samples).stdout
    assert "+0.000" in plain


@pytest.fixture
def desk(
    run: Run, home: Path, tiny: Path, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> list[DecidedText]:
    """A database with decisions; the tiny model stands for the shipped one."""
    texts: list[DecidedText] = []
    open_store("claims.db").close()
    monkeypatch.setattr(Store, "decided_texts", lambda _self: list(texts), raising=False)
    monkeypatch.setattr("claims.extraction.choosing.SHIPPED", str(tiny))
    monkeypatch.setattr("claims.training.learning.seeds_dir", lambda: home)
    monkeypatch.setattr("claims.training.learning.floors_file", lambda: home / "floors.json")
    shutil.copyfile(samples, home / "gold.jsonl")
    (home / "floors.json").write_text('{"at_least": {"attributions.who_said_what.f1": 2.0}}')
    return texts


def test_training_from_decisions_says_why_a_model_is_not_the_default(
    run: Run, home: Path, desk: list[DecidedText]
) -> None:
    nothing = run("train", "--from-decisions")
    assert nothing.exit_code == 1
    assert "nothing was decided yet" in nothing.stderr
    desk.extend(closed_news(n) for n in range(4))
    options = ("train", "--from-decisions", "--epochs", "1", "--name", "desk-x")
    result = run(*options, "--json")
    assert result.exit_code == 0, result.stderr
    data = json.loads(result.stdout)
    assert (data["model"], data["is_default"]) == ("desk-x", False)
    assert any("who_said_what.f1" in reason for reason in data["reasons"])
    assert not (home / "config").exists()
    again = run(*options)
    assert again.exit_code == 1
    assert "there is a model 'desk-x' already" in again.stderr
    assert "../x" in run("train", "--from-decisions", "--name", "../x").stderr


def test_a_better_model_is_the_default(
    run: Run, home: Path, desk: list[DecidedText], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.extend(closed_news(n) for n in range(4))
    monkeypatch.setattr("claims.training.learning.Compared.reasons", [])
    result = run("train", "--from-decisions", "--epochs", "1")
    assert result.exit_code == 0, result.stderr
    assert "used from now on" in result.stdout
    assert default_model().startswith("desk-")
    assert (home / "own" / default_model() / "README.md").exists()
    assert f"* {default_model()}" in run("model", "list").stdout


@pytest.mark.parametrize(
    "options",
    [
        ("--from-decisions", "--layers", "2"),
        ("--from-decisions", "--teacher", "minilm"),
        ("--from-decisions", "--mean", "minilm"),
        ("--from-decisions", "--start", "minilm"),
        ("folder", "--out", "x", "--mean", "minilm"),
        ("folder", "--out", "x", "--mean", "minilm", "--mean", "accurate", "--epochs", "1"),
        ("folder", "--out", "x", "--start", "minilm", "--layers", "2"),
        ("folder", "--out", "x", "--inner", "64"),
        ("folder", "--out", "x", "--blend", "0.5"),
        ("folder", "--out", "x", "--size", "accurate"),
        ("--name", "x"),
        ("folder",),
        (),
    ],
)
def test_wrong_use_is_told(run: Run, options: tuple[str, ...]) -> None:
    assert run("train", *options).exit_code == 2
