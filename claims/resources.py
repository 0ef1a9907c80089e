"""Where the data that ships with the program lies, in a checkout as in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    """`claims/_NAME` of a wheel if it is there, else `NAME` beside the package in a checkout."""
    inside = _PACKAGE / f"_{name}"
    return inside if inside.is_dir() else _PACKAGE.parent / name


def models_dir() -> Path:
    """Folder whose subfolders are the models that ship."""
    return _folder("models")


def seeds_dir() -> Path:
    """Folder of sample articles and source tables."""
    return _folder("seeds")


def floors_file() -> Path:
    """Bounds under which no figure of a model on the marked samples may fall."""
    inside = _PACKAGE / "_seeds" / "floors.json"
    return inside if inside.is_file() else _PACKAGE.parent / "tests" / "floors.json"
