from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.evaluation.calibration import calibrate
from claims.extraction.confidence import FEATURES, confidence, features, fit, logit

TRUE = np.array([1.1, 0.4, 0.8, 0.3, 0.2, -0.5])


def drawn(seed: int, count: int) -> tuple[list[tuple[float, ...]], list[bool]]:
    """Points of `features`' range that are right by a logistic law."""
    rng = np.random.default_rng(seed)
    points = rng.normal(0, 1.5, (count, len(FEATURES))).clip(-6, 6)
    points[:, -1] = points[:, -1] > 0
    right = rng.random(count) < 1 / (1 + np.exp(-(points @ TRUE - 0.7)))
    return [tuple(map(float, p)) for p in points], [bool(r) for r in right]


def test_fitted_confidence_is_calibrated_on_other_points() -> None:
    weights = fit(*drawn(1, 3000))
    points, right = drawn(2, 3000)
    figures = calibrate((confidence(p, weights), r) for p, r in zip(points, right, strict=True))
    assert figures.ece < 0.03
    assert figures.auroc is not None
    assert figures.auroc > 0.85
    assert weights["weights"] == pytest.approx(TRUE, abs=0.2)
    assert weights["bias"] == pytest.approx([-0.7], abs=0.2)


@pytest.mark.parametrize("weights", [{}, fit(*drawn(3, 800))], ids=["plain", "fitted"])
def test_confidence_rises_with_what_speaks_for_it(weights: dict[str, list[float]]) -> None:
    for name in ("keep", "cue", "content"):
        values = [
            confidence(
                features(
                    **{
                        "keep": 0.6, "cue": 0.6, "content": 0.6, "weakest": 0.6, "source": 0.6,
                        "sourced": True, name: p,
                    }
                ),
                weights,
            )
            for p in (0.1, 0.3, 0.5)
        ]  # fmt: skip
        assert values == sorted(set(values))


def test_the_penalty_holds_weights_back_where_there_is_little_to_learn_from() -> None:
    few = fit(*drawn(4, 30))
    strict = fit(*drawn(4, 30), penalty=100.0)
    assert max(map(abs, strict["weights"])) < max(map(abs, few["weights"]))


@pytest.mark.parametrize("count", [0, 1, 2, 50])
@pytest.mark.parametrize("right", [True, False])
def test_points_of_one_kind_give_finite_weights(count: int, right: bool) -> None:
    points, _ = drawn(5, count)
    with np.errstate(all="raise"):
        weights = fit(points, [right] * count)
    assert len(weights["weights"]) == len(FEATURES)
    value = confidence([1.0] * len(FEATURES), weights)
    assert 0 <= value <= 1
    if count:
        assert (value > 0.5) is right


def test_separable_points_give_finite_weights() -> None:
    points, _ = drawn(6, 200)
    with np.errstate(over="raise", invalid="raise"):
        weights = fit(points, [p[0] > 0 for p in points], penalty=1.0)
    assert all(map(math.isfinite, weights["weights"]))
    assert confidence(points[0], weights) == pytest.approx(float(points[0][0] > 0), abs=0.1)


def test_doubled_features_do_no_harm() -> None:
    points, right = drawn(7, 400)
    weights = fit([(p[0],) * len(FEATURES) for p in points], right)
    assert len(set(weights["weights"])) == 1


@given(st.floats(0, 1))
def test_logit_is_bounded_and_odd(p: float) -> None:
    assert abs(logit(p)) <= 6
    assert logit(p) == pytest.approx(-logit(1 - p), abs=1e-6)


@given(st.lists(st.floats(0, 1), min_size=5, max_size=5), st.booleans())
def test_confidence_is_a_probability(p: list[float], sourced: bool) -> None:
    values = features(keep=p[0], cue=p[1], content=p[2], weakest=p[3], source=p[4], sourced=sourced)
    assert len(values) == len(FEATURES)
    assert 0 <= confidence(values, {}) <= 1
    assert 0 <= confidence(values, WEIGHTS) <= 1


WEIGHTS = fit(*drawn(8, 300))
