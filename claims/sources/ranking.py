"""The scorer of candidates: who of those around is meant, and how sure that is.

A log-linear model over the features of `features`, trained on articles with named speakers
(mention ranking: Denis and Baldridge 2008): P(candidate) is proportional to exp of the sum of its
features' weights. So each decision can be read off its features, and the probabilities are what
the threshold for "unresolved" is set on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from claims.errors import ModelError
from claims.resources import models_dir
from claims.sources.references import Reference

FILE = "weights.safetensors"


class Ranker:
    """Weights of features by their words; unknown features weigh nothing."""

    def __init__(self, weights: Mapping[str, float], threshold: float = 0.0) -> None:
        """`threshold`: under this probability the best candidate is not taken."""
        self._weights = dict(weights)
        self.threshold = threshold

    def probabilities(self, features: Sequence[Sequence[str]]) -> list[float]:
        """P of each candidate, which add up to 1; at least one is needed."""
        known = self._weights
        scores = [sum(known.get(f, 0.0) for f in own) for own in features]
        most = max(scores)
        odds = [math.exp(s - most) for s in scores]
        total = sum(odds)
        return [o / total for o in odds]

    def weigh(
        self,
        _number: int,
        _reference: Reference,
        _answers: Sequence[str],
        features: Sequence[Sequence[str]],
    ) -> list[float]:
        """P of each answer, which depends on nothing but its features."""
        return self.probabilities(features)

    def save(self, folder: Path) -> None:
        """Write `FILE` into a folder: one vector, with the features' words in order beside it."""
        import numpy as np
        from safetensors.numpy import save_file

        words = sorted(self._weights)
        vector = np.array([self._weights[w] for w in words], np.float32)
        folder.mkdir(parents=True, exist_ok=True)
        metadata = {"features": "\n".join(words), "threshold": repr(self.threshold)}
        save_file({"weights": vector}, folder / FILE, metadata=metadata)

    @classmethod
    def load(cls, folder: Path) -> Ranker:
        """Read what `save` wrote; raises `ModelError`."""
        from safetensors import SafetensorError, safe_open

        path = folder / FILE
        try:
            with safe_open(path, "numpy") as file:
                metadata = file.metadata() or {}
                vector = file.get_tensor("weights").tolist()
            words = metadata["features"].split("\n")
            threshold = float(metadata["threshold"])
            weights = dict(zip(words, vector, strict=True))
        except (OSError, SafetensorError, KeyError, ValueError) as error:
            raise ModelError(
                f"the speaker model in {folder} can't be loaded: {error}",
                repair="copy the folder again, or install the program again",
            ) from error
        return cls(weights, threshold)


@cache
def shipped() -> Ranker:
    """The scorer in `models/speakers`."""
    return Ranker.load(models_dir() / "speakers")
