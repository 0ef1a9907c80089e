"""The models that there are, with what their folders say of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims.extraction import catalogue
from claims.extraction.catalogue import read_object
from claims.resources import models_dir


@dataclass(frozen=True, slots=True)
class Listed:
    """A model's line: `made` is a day where its figures tell one, None of one that ships.

    `figures` are by name, as `metrics.json` has them.
    """

    name: str
    version: str
    folder: Path
    is_own: bool
    made: str | None
    figures: dict[str, float]


def listed() -> list[Listed]:
    """All models by name: those that ship, then those that were made here."""
    found = []
    for home, is_own in ((models_dir(), False), (catalogue.own_models_dir(), True)):
        names = catalogue.own() if is_own else catalogue.available()
        found += [_listed(home / name, is_own) for name in names]
    return found


def _listed(folder: Path, is_own: bool) -> Listed:
    metrics = read_object(folder / "metrics.json")
    return Listed(
        folder.name,
        catalogue.info(folder).version,
        folder,
        is_own,
        metrics.get("made"),
        _figures(metrics),
    )


def _figures(metrics: dict[str, Any]) -> dict[str, float]:
    """What a line has room for: of dev for one that ships, of held-out decisions for an own one."""
    held = metrics.get("held_out") or {}
    dev = metrics.get("dev") or {}
    found = {
        "who_said_what": (dev.get("attributions") or {}).get("who_said_what", {}).get("f1"),
        "fully_right": (dev.get("labels") or {}).get("fully_right"),
        "held_out": (held.get("own") or {}).get("with_stance"),
        "held_out_shipped": (held.get("shipped") or {}).get("with_stance"),
    }
    return {name: float(value) for name, value in found.items() if value is not None}
