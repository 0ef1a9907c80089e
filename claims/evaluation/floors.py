"""Figures that may not get worse: a file of floors, and what of a report falls short of it.

The file is JSON: `{"at_least": {"attributions.who_said_what.f1": 0.7}, "at_most":
{"attributions.calibration.ece": 0.05}}`, with names as in `Report.figures`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claims.errors import CorpusError
from claims.evaluation.report import Report


@dataclass(frozen=True, slots=True)
class Floors:
    """Bounds by dotted name of the figure: those it must reach and those it must not exceed."""

    at_least: Mapping[str, float] = field(default_factory=dict)
    at_most: Mapping[str, float] = field(default_factory=dict)

    def without(self, section: str) -> Floors:
        """The bounds of all other sections of a report: of what isn't measured nothing is asked."""
        low, high = (
            {name: bound for name, bound in bounds.items() if not name.startswith(f"{section}.")}
            for bounds in (self.at_least, self.at_most)
        )
        return Floors(low, high)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A figure outside its bound; `value` is None when the report lacks the figure."""

    figure: str
    value: float | None
    bound: float
    is_upper: bool

    def __str__(self) -> str:
        """One line for a test's message."""
        shown = "missing" if self.value is None else f"{self.value:.4f}"
        return (
            f"{self.figure} is {shown}, not at {'most' if self.is_upper else 'least'} {self.bound}"
        )


def check_floors(report: Report, floors: Floors, margin: float = 0.01) -> list[Shortfall]:
    """Figures that miss their bound by more than `margin`, or are missing; empty when all hold.

    The margin covers arithmetic that differs from machine to machine.
    """
    figures = report.figures()
    # Bounds and margins are decimal fractions: a figure exactly on the line holds.
    slack = margin + 1e-9
    low = [
        Shortfall(name, value, bound, is_upper=False)
        for name, bound in floors.at_least.items()
        if (value := figures.get(name)) is None or value < bound - slack
    ]
    high = [
        Shortfall(name, value, bound, is_upper=True)
        for name, bound in floors.at_most.items()
        if (value := figures.get(name)) is None or value > bound + slack
    ]
    return low + high


def load_floors(path: Path) -> Floors:
    """Read a floors file; `CorpusError` names the file and the entry that is wrong."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CorpusError(
            f"{path}: cannot be read: {error.strerror}", repair="give the path of a floors file"
        ) from error
    except ValueError as error:
        raise CorpusError(f"{path}: is not JSON: {error}", repair="correct the file") from error
    if not isinstance(data, dict) or set(data) - {"at_least", "at_most"}:
        raise CorpusError(
            f"{path}: is not an object of at_least and at_most", repair="correct the file"
        )
    return Floors(_bounds(path, data, "at_least"), _bounds(path, data, "at_most"))


def _bounds(path: Path, data: dict[str, Any], side: str) -> dict[str, float]:
    bounds = data.get(side, {})
    is_number = isinstance(bounds, dict) and all(
        isinstance(v, int | float) and not isinstance(v, bool) for v in bounds.values()
    )
    if not is_number:
        raise CorpusError(
            f"{path}: {side} does not map names of figures to numbers", repair="correct the file"
        )
    return {name: float(value) for name, value in bounds.items()}
