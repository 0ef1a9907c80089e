"""Thresholds are lowered for recall, but only as far as it costs little."""

from __future__ import annotations

import pytest

from claims.evaluation.attributions import AttributionFigures
from claims.evaluation.counting import Share, Tally
from claims.training.calibrate import _lowered


def figures(f1: float, recall: float) -> AttributionFigures:
    """As the scorer gives them: 100 marked, as many found, and a recall of the indirect ones."""
    found = AttributionFigures()
    found.scores["who_said_what"] = Tally(round(100 * f1), 100, 100)
    found.recalls["recall.indirect"] = Share(round(100 * recall), 100)
    return found


@pytest.mark.parametrize(
    ("f1", "recall", "cost", "chosen"),
    [
        ({}, {}, 0.01, 0.12),  # nothing helps: as low as it may go
        ({}, {0.4: 0.7}, 0.01, 0.4),  # reached at once
        ({}, {0.4: 0.6, 0.39: 0.65, 0.38: 0.68}, 0.01, 0.38),
        ({0.38: 0.7}, {0.37: 0.9}, 0.01, 0.39),  # what would reach it costs too much
    ],
)
def test_lowering_stops_where_it_is_reached_or_costs_too_much(
    f1: dict[float, float], recall: dict[float, float], cost: float, chosen: float
) -> None:
    found, score = _lowered(
        lambda t: figures(f1.get(t, 0.75), recall.get(t, 0.5)), 0.4, "recall.indirect", 0.68, cost
    )
    assert found == chosen
    assert score == pytest.approx(0.75)
