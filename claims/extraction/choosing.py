"""Which model is the default: the user's choice, kept in a file where the system keeps settings."""

from __future__ import annotations

import json
from pathlib import Path

from claims.errors import ModelError

SHIPPED = "minilm"
"""The default where nobody chose another."""


def choice_file() -> Path:
    """Where the choice is kept, whether or not one was made."""
    from platformdirs import user_config_path

    return user_config_path("claims", appauthor=False) / "model.json"


def default_model() -> str:
    """Name of the model that is used where none is given; raises `ModelError`."""
    path = choice_file()
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return SHIPPED
    except (OSError, ValueError) as error:
        raise _unreadable(path) from error
    name = data.get("model") if isinstance(data, dict) else None
    if not isinstance(name, str) or not name:
        raise _unreadable(path)
    return name


def choose(name: str) -> None:
    """Make a model the default."""
    path = choice_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".tmp")
    new.write_text(json.dumps({"model": name}) + "\n", encoding="utf-8")
    new.replace(path)


def _unreadable(path: Path) -> ModelError:
    return ModelError(
        f"the choice of a model in {path} can't be read",
        repair="choose again: claims model use NAME",
    )
