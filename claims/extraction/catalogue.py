"""Finding a model: a folder, or the name of one in `models/`."""

from __future__ import annotations

import hashlib
from pathlib import Path

from claims.errors import ModelError
from claims.records import ModelInfo
from claims.resources import models_dir

FILES = ("config.json", "model.safetensors", "tokenizer.json")
"""What makes a model; all three go into its version."""


def available() -> list[str]:
    """Names of the models that ship with the program."""
    folder = models_dir()
    return sorted(p.parent.name for p in folder.glob(f"*/{FILES[1]}")) if folder.is_dir() else []


def find(name: str | Path) -> Path:
    """Folder of the model `name`; raises `ModelError` if there is none, or if a file is missing."""
    given = Path(name).expanduser()
    folder = given if given.is_dir() else models_dir() / str(name)
    if not folder.is_dir():
        names = ", ".join(available()) or "none"
        raise ModelError(
            f"there is no model {str(name)!r}",
            repair=f"give a folder with {', '.join(FILES)}, or a name that ships: {names}",
        )
    missing = [f for f in FILES if not (folder / f).is_file()]
    if missing:
        raise ModelError(
            f"the model folder {folder} lacks {', '.join(missing)}",
            repair="copy the folder again, or install the program again",
        )
    return folder


def info(folder: Path) -> ModelInfo:
    """The model's name and version: the first 12 hex digits of the sha256 over its files."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((folder / name).read_bytes())
    return ModelInfo(folder.resolve().name, digest.hexdigest()[:12])
