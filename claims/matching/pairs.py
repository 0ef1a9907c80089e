"""The model of pairs: whether two statements are one claim, and on which sides of it they stand.

A small network over the features of `features` and two bilinear forms of the statements' vectors
(so that it can learn which directions of meaning contradict each other), trained on pairs of
attributions that were read and labelled (`claims.training.pairs`). Plain numpy: it is small.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from claims.matching import features
from claims.matching.statements import Statement

FILE = "weights.safetensors"


class PairLabel(StrEnum):
    """What two statements are to each other."""

    DIFFERENT = "different"
    SAME = "same"
    OPPOSES = "opposes"
    UPDATES = "updates"
    NARROWER = "narrower"


LABELS = tuple(PairLabel)
ONE_CLAIM = (PairLabel.SAME, PairLabel.OPPOSES, PairLabel.UPDATES, PairLabel.NARROWER)


class Scores(NamedTuple):
    """Probabilities of a pair; those of all labels add up to 1."""

    different: float
    same: float
    opposes: float
    updates: float
    narrower: float

    @property
    def evidence(self) -> float:
        """Log-odds of being one claim."""
        apart = min(max(self.different, 1e-6), 1 - 1e-6)
        return math.log((1 - apart) / apart)

    @property
    def sign(self) -> float:
        """Above 0: on one side; below 0: against each other (log-odds)."""
        together = self.same + self.updates + self.narrower
        return math.log((together + 1e-6) / (self.opposes + 1e-6))


class PairModel:
    """Layers of weights: a standardised row of features, one hidden layer, five outputs."""

    def __init__(self, weights: Mapping[str, np.ndarray], rarity: Mapping[str, float]) -> None:
        """`weights` as `save` writes them; `rarity` is the inverse document frequency of stems."""
        self.weights = dict(weights)
        self._rarity = dict(rarity)

    def rarity(self, stem: str) -> float:
        """How much a shared stem says, 0 to 1; one never seen says most."""
        return self._rarity.get(stem, 1.0)

    def features(
        self, statements: Sequence[Statement], pairs: Sequence[tuple[int, int]], vectors: np.ndarray
    ) -> np.ndarray:
        """Rows of features, (N, F) float32; `vectors` (S, 2, 384): of meaning and of words."""
        rows = [
            features.of_pair(
                statements[i],
                statements[j],
                (float(vectors[i, 0] @ vectors[j, 0]), float(vectors[i, 1] @ vectors[j, 1])),
                self.rarity,
            )
            for i, j in pairs
        ]
        return np.array(rows, np.float32).reshape(len(pairs), len(features.NAMES))

    def score(
        self, statements: Sequence[Statement], pairs: Sequence[tuple[int, int]], vectors: np.ndarray
    ) -> list[Scores]:
        """Probabilities of the labels of each pair."""
        if not pairs:
            return []
        rows = self.features(statements, pairs, vectors)
        return [Scores(*map(float, row)) for row in self.probabilities(rows)]

    def probabilities(self, rows: np.ndarray) -> np.ndarray:
        """(N, F) features to (N, 5) probabilities."""
        w = self.weights
        hidden = np.tanh((rows - w["mean"]) / w["scale"] @ w["hidden"] + w["hidden_bias"])
        logits = hidden @ w["out"] + w["out_bias"]
        logits -= logits.max(-1, keepdims=True)
        odds = np.exp(logits)
        return np.asarray(odds / odds.sum(-1, keepdims=True))
