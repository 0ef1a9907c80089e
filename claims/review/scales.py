"""Scales on which verdicts rate a claim: those that ship, and a newsroom's own from a file."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims.errors import ClaimsError

_NORMAL = ("False", "Mostly false", "Mixed", "Mostly true", "True")
WORST, BEST = 1, len(_NORMAL)
"""The ends of the common scale on which ratings of all newsrooms can be compared."""
UNRATED = "Not rated"
"""What a rating without a number is on the common scale."""
_FORM = 'a scale is {"worst": 1, "best": 5, "ratings": [{"label": "false", "value": 1}, …]}'


@dataclass(frozen=True, slots=True)
class Rating:
    """One step of a scale: the newsroom's own word for it, and what it means.

    `value` lies between the scale's ends; None rates nothing ("unproven").
    """

    label: str
    value: float | None = None
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """The ratings of a newsroom, from the worst to the best."""

    name: str
    worst: float
    best: float
    ratings: tuple[Rating, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The words for the ratings."""
        return tuple(rating.label for rating in self.ratings)

    def rating(self, label: str) -> Rating:
        """The rating of this label; case, hyphens and underscores don't count.

        Raises `ClaimsError`, which lists the scale, for any other word.
        """
        wanted = _key(label)
        for rating in self.ratings:
            if _key(rating.label) == wanted:
                return rating
        raise ClaimsError(
            f"the scale {self.name} has no rating {label!r}",
            repair=f"one of: {', '.join(self.labels)}; claims verdict --scale tells what they mean",
        )

    def normalised(self, rating: Rating) -> float | None:
        """Where a rating stands on the common scale, 1 (false) to 5 (true); None for no number."""
        if rating.value is None:
            return None
        share = (rating.value - self.worst) / (self.best - self.worst)
        return round(WORST + share * (BEST - WORST), 2)

    def normal_label(self, rating: Rating) -> str:
        """The word of the common scale that is nearest to a rating."""
        value = self.normalised(rating)
        return UNRATED if value is None else _NORMAL[math.floor(value + 0.5) - WORST]

    @property
    def json(self) -> str:
        """The stored form: a verdict keeps its scale, so that it can be read for ever."""
        data = {
            "name": self.name,
            "worst": self.worst,
            "best": self.best,
            "ratings": [
                {"label": one.label, "value": one.value, "meaning": one.meaning}
                for one in self.ratings
            ],
        }
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_data(cls, data: Any, name: str = "") -> Scale:
        """Read the JSON-able form; `ClaimsError` says what is wrong with it."""
        if not isinstance(data, Mapping) or not isinstance(data.get("ratings"), list):
            raise ClaimsError("a scale needs its ratings", repair=_FORM)
        worst, best = _number(data.get("worst"), "worst"), _number(data.get("best"), "best")
        if worst >= best:
            raise ClaimsError("the worst rating isn't under the best", repair=_FORM)
        ratings = tuple(_rating(one, worst, best) for one in data["ratings"])
        keys = [_key(one.label) for one in ratings]
        if len(keys) < 2 or len(set(keys)) < len(keys):
            raise ClaimsError("a scale needs two ratings or more, each of its own label")
        return cls(str(data.get("name") or name or "own"), worst, best, ratings)


FIVE = Scale(
    "five", 1, 5,
    (
        Rating("false", 1, "what is known refutes it"),
        Rating("mostly false", 2, "a part holds, and it gives a wrong picture"),
        Rating("half true", 3, "parts hold and parts don't, or much is left out"),
        Rating("mostly true", 4, "it holds but for details, or needs explaining"),
        Rating("true", 5, "what is known bears it out"),
        Rating("unproven", None, "what is known doesn't decide it"),
    ),
)  # fmt: skip
THREE = Scale(
    "three", 1, 3,
    (
        Rating("false", 1, "what is known refutes it"),
        Rating("misleading", 2, "it gives a wrong picture of what is known"),
        Rating("true", 3, "what is known bears it out"),
        Rating("unproven", None, "what is known doesn't decide it"),
    ),
)  # fmt: skip
SCALES = {scale.name: scale for scale in (FIVE, THREE)}


def find_scale(name: str) -> Scale:
    """A scale that ships, by its name, or one from a `.toml` or `.json` file.

    Raises `ClaimsError` where there is none, or it can't be read.
    """
    if name in SCALES:
        return SCALES[name]
    path = Path(name).expanduser()
    if path.suffix.lower() not in (".toml", ".json"):
        raise ClaimsError(
            f"there is no scale {name!r}",
            repair=f"set CLAIMS_RATING_SCALE to {' or '.join(SCALES)}, or to a .toml or .json file",
        )
    try:
        text = path.read_text(encoding="utf-8")
        data = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
        return Scale.from_data(data, path.stem)
    except OSError as error:
        raise ClaimsError(
            f"the scale {path} can't be read: {error.strerror or error}",
            repair="correct or unset CLAIMS_RATING_SCALE",
        ) from error
    except ClaimsError as error:
        message = f"the scale {path} can't be used: {error.message}"
        raise ClaimsError(message, repair=error.repair) from error
    except ValueError as error:  # no UTF-8, no JSON, no TOML
        raise ClaimsError(f"the scale {path} can't be read: {error}", repair=_FORM) from error


def _rating(data: Any, worst: float, best: float) -> Rating:
    label = data.get("label") if isinstance(data, Mapping) else None
    if not isinstance(label, str) or not label.strip():
        raise ClaimsError("each rating needs a label", repair=_FORM)
    value = data.get("value")
    meaning = " ".join(str(data.get("meaning") or "").split())
    label = " ".join(label.split())
    if value is None:
        return Rating(label, None, meaning)
    number = _number(value, f"value of {label!r}")
    if not worst <= number <= best:
        raise ClaimsError(f"the value of {label!r} isn't between {worst:g} and {best:g}")
    return Rating(label, number, meaning)


def _number(value: Any, what: str) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value):
        raise ClaimsError(f"the {what} of a scale is a number", repair=_FORM)
    number: float = value
    return number


def _key(label: str) -> str:
    return " ".join(label.replace("-", " ").replace("_", " ").casefold().split())
