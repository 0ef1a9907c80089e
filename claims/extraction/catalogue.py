"""Finding a model: a folder, or the name of one that ships or was made here."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from claims.errors import ModelError
from claims.records import ModelInfo
from claims.resources import models_dir

FILES = ("config.json", "model.safetensors", "tokenizer.json")
"""What makes a model; all three go into its version."""
PARTS = "model.safetensors.index.json"
"""In place of one file of weights a model may have several, which are listed in this one."""
MODEL_TYPE = "claims-extractor"
"""As its settings name it."""


def own_models_dir() -> Path:
    """Folder of the models that were made here: `CLAIMS_MODELS`, or one of the user's data."""
    from platformdirs import user_data_path

    from claims.settings import settings

    given = settings().models
    if given:
        return Path(given).expanduser()
    return user_data_path("claims", appauthor=False) / "models"


def available() -> list[str]:
    """Names of the models that ship with the program."""
    return _names(models_dir())


def own() -> list[str]:
    """Names of the models that were made here."""
    return [name for name in _names(own_models_dir()) if name not in available()]


def _names(folder: Path) -> list[str]:
    found = folder.glob(f"*/{FILES[0]}") if folder.is_dir() else ()
    return sorted(p.parent.name for p in found if _is_extractor(p.parent))


def _is_extractor(folder: Path) -> bool:
    """Whether a folder holds a model of this kind: others lie beside them."""
    return bool(read_object(folder / FILES[0]).get("model_type") == MODEL_TYPE)


def read_object(path: Path) -> dict[str, Any]:
    """A file's JSON object, empty where there is none that can be read."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def files(folder: Path) -> tuple[str, ...]:
    """Names of the files that make the model in a folder, whether they are there or not."""
    config, weights, tokenizer = FILES
    if (folder / weights).is_file() or not (folder / PARTS).is_file():
        return FILES
    placed = read_object(folder / PARTS).get("weight_map")
    parts = sorted(set(placed.values())) if isinstance(placed, dict) else []
    return (config, PARTS, *parts, tokenizer)


def weights_of(folder: Path) -> list[Path]:
    """The files that hold the weights of the model in a folder."""
    return [folder / name for name in files(folder) if name.endswith(".safetensors")]


def find(name: str | Path) -> Path:
    """Folder of the model `name`: a folder, one that ships, or one that was made here.

    Raises `ModelError` if there is none, or if a file is missing.
    """
    given = Path(name).expanduser()
    places = [given, models_dir() / str(name), own_models_dir() / str(name)]
    folder = next((place for place in places if place.is_dir()), None)
    if folder is None:
        names = ", ".join([*available(), *own()]) or "none"
        raise ModelError(
            f"there is no model {str(name)!r}",
            repair=f"give a folder with {', '.join(FILES)}, or a name: {names}",
        )
    missing = [f for f in files(folder) if not (folder / f).is_file()]
    if missing:
        raise ModelError(
            f"the model folder {folder} lacks {', '.join(missing)}",
            repair="copy the folder again, or install the program again",
        )
    return folder


def info(folder: Path) -> ModelInfo:
    """The model's name and version: the first 12 hex digits of the sha256 over its files."""
    digest = hashlib.sha256()
    for name in files(folder):
        digest.update((folder / name).read_bytes())
    return ModelInfo(folder.resolve().name, digest.hexdigest()[:12])
