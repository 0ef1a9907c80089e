"""How sure an attribution is: a logistic regression over what the network says of it.

The weights are fitted on dev articles to "this attribution is right" (its content shares half of
its words with a marked one, and the sources share a word), so that of the attributions with
confidence 0.8 about four in five are right. Platt (1999) with several features.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

FEATURES = ("keep", "cue", "content", "weakest", "source", "sourced")


def logit(probability: float) -> float:
    """Log odds, kept within ±6 so that no feature outweighs all others."""
    p = min(max(probability, 0.0025), 0.9975)
    return math.log(p / (1 - p))


def features(
    *, keep: float, cue: float, content: float, weakest: float, source: float, sourced: bool
) -> tuple[float, ...]:
    """Feature values in the order of `FEATURES`.

    All are probabilities: that the cue is one of an attribution, that its least sure word is part
    of a cue, the mean over the content's words, that of its least sure edge, and of the source's
    words (or, without a source, that its likeliest word isn't one).
    """
    return (logit(keep), logit(cue), logit(content), logit(weakest), logit(source), float(sourced))


def confidence(values: Sequence[float], weights: Mapping[str, Sequence[float]]) -> float:
    """Calibrated probability; with no weights (a model in training) a plain guess."""
    if not weights:
        keep, cue, content = (1 / (1 + math.exp(-v)) for v in values[:3])
        return cue * content * min(1.0, 2 * keep)
    score = weights["bias"][0] + sum(w * v for w, v in zip(weights["weights"], values, strict=True))
    return 1 / (1 + math.exp(-score))


def before_conflicts(weights: Mapping[str, Sequence[float]]) -> Mapping[str, Sequence[float]]:
    """The weights by which conflicts are settled: those of `weights["order"]`, the bias last.

    They are fitted to all candidates, the others to those that stand. The same ones where a model
    has no other.
    """
    order = weights.get("order")
    return {"weights": order[:-1], "bias": order[-1:]} if order else weights


def fit(
    points: Sequence[Sequence[float]], right: Sequence[bool], *, penalty: float = 1.0
) -> dict[str, list[float]]:
    """Weights by Newton's method on the penalised log likelihood.

    `points` is (N, len(FEATURES)); the penalty keeps the weights near zero and leaves the bias
    free.
    """
    rows = np.asarray(points, float).reshape(len(points), len(FEATURES))
    x: NDArray[np.float64] = np.column_stack([rows, np.ones(len(rows))])
    y = np.asarray(right, float)
    w = np.zeros(x.shape[1])
    ridge = np.diag([penalty] * (x.shape[1] - 1) + [1e-6])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - y) + ridge @ w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + ridge
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    return {"weights": [round(float(v), 5) for v in w[:-1]], "bias": [round(float(w[-1]), 5)]}
