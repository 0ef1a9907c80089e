"""The plain baseline: statements are one claim whose words' vectors are near enough."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from claims.matching.clustering import Pair
from claims.matching.pairs import Scores

LEAST = 0.55
"""Cosine from which two are one: the best of 0.45…0.65 on the labelled claims."""
_STEEP = 10


def by_cosine(
    pairs: Iterable[Pair], vectors: np.ndarray, least: float = LEAST
) -> dict[Pair, Scores]:
    """Scores of pairs by the cosine of their words; `vectors` (S, 2, D)."""
    scores = {}
    for a, b in pairs:
        cosine = float(vectors[a, 1] @ vectors[b, 1])
        same = 1 / (1 + math.exp(-_STEEP * (cosine - least)))
        scores[a, b] = Scores(1 - same, same, 0.0, 0.0, 0.0)
    return scores
