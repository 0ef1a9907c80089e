"""Which model is the default, and which there are."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from claims.errors import ModelError
from claims.extraction import catalogue
from claims.extraction.choosing import choice_file, choose, default_model
from claims.extraction.listing import listed
from claims.settings import settings


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders of a user who has chosen nothing."""
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_a, **_k: tmp_path / "config")
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_a, **_k: tmp_path / "data")
    monkeypatch.delenv("CLAIMS_MODELS", raising=False)
    settings.cache_clear()
    return tmp_path


def test_the_choice_is_kept() -> None:
    assert default_model() == "minilm"
    choose("desk-1")
    assert default_model() == "desk-1"
    choose("minilm")
    assert default_model() == "minilm"
    assert [p.name for p in choice_file().parent.iterdir()] == ["model.json"]


@pytest.mark.parametrize("words", ["", "{", "[]", "{}", '{"model": 3}', '{"model": ""}'])
def test_a_broken_choice_is_told(words: str) -> None:
    choice_file().parent.mkdir(parents=True)
    choice_file().write_text(words)
    with pytest.raises(ModelError) as caught:
        default_model()
    assert str(choice_file()) in caught.value.message
    assert "claims model use" in caught.value.repair


def test_own_models_are_found_by_name(
    model_folder: Path, at_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = at_home / "data" / "models"
    assert catalogue.own_models_dir() == home
    assert catalogue.own() == []
    shutil.copytree(model_folder, home / "desk-1")
    (home / "desk-1" / "metrics.json").write_text(
        json.dumps({"made": "2026-11-25", "held_out": {"own": {"with_stance": 0.5}}})
    )
    (home / "other").mkdir()
    (home / "other" / "model.safetensors").touch()
    assert catalogue.own() == ["desk-1"]
    assert catalogue.find("desk-1") == home / "desk-1"
    (one,) = [model for model in listed() if model.is_own]
    assert (one.name, one.made, one.figures) == ("desk-1", "2026-11-25", {"held_out": 0.5})
    assert [model.name for model in listed()] == [*catalogue.available(), "desk-1"]
    with pytest.raises(ModelError, match="no model 'desk-2'") as caught:
        catalogue.find("desk-2")
    assert "desk-1" in caught.value.repair
    monkeypatch.setenv("CLAIMS_MODELS", str(at_home / "elsewhere"))
    settings.cache_clear()
    assert catalogue.own() == []
    settings.cache_clear()
