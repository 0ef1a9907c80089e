"""Figures of grouping: B-cubed, near misses, opposition."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.errors import CorpusError
from claims.evaluation.claims import GoldClaim, GoldClaims, load_claims, score_claims

ONE, OTHER, DENIAL, LONE = ("a", 0), ("b", 0), ("b", 1), ("c", 0)
GOLD = GoldClaims(
    (
        GoldClaim("storm", {ONE: False, OTHER: False, DENIAL: True}),
        GoldClaim("storm", {LONE: False}),
    ),
    ((ONE, LONE),),
)


def test_a_right_grouping_has_full_marks() -> None:
    figures = score_claims(
        GOLD, {ONE: (1, False), OTHER: (1, False), DENIAL: (1, True), LONE: (2, False)}
    )
    assert (figures.labelled, figures.f1) == (4, 1.0)
    assert (figures.near_misses_apart, figures.opposition) == (1.0, 1.0)


def test_who_is_left_alone_costs_recall_and_who_is_thrown_together_precision() -> None:
    alone = score_claims(GOLD, {})
    assert (alone.precision, alone.recall) == (1.0, pytest.approx(0.5))
    assert (alone.near_misses_apart, alone.opposition) == (1.0, 0.0)
    heap = score_claims(GOLD, dict.fromkeys((ONE, OTHER, DENIAL, LONE), (1, False)))
    assert (heap.recall, heap.precision) == (1.0, pytest.approx(0.625))
    assert heap.near_misses_apart == 0.0
    assert heap.as_dict()["b_cubed"]["r"] == 1.0


def test_an_opposition_told_of_those_who_agree_is_wrong() -> None:
    figures = score_claims(GOLD, {ONE: (1, False), OTHER: (1, True), DENIAL: (1, True)})
    assert figures.opposition == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('{"claim": "x", "members": [["a", 0, "denies"]]}', "none of same, opposes"),
        ('{"claim": "x", "members": [["a", "0", "same"]]}', "is no"),
        ('{"near_miss": [["a", 0], ["b", 0]], "why": "x"}', "no claim"),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, line: str, named: str) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(CorpusError, match=named):
        load_claims(path)
