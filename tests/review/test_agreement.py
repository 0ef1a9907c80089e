"""Agreement by the published examples, and what editors differ on."""

from __future__ import annotations

import pytest

from claims.review.agreement import agreement, alpha, disagreements, kappa
from claims.review.decisions import DecisionKind
from claims.review.items import ItemKey
from tests.review.test_projection import decision


def test_alpha_of_krippendorffs_example() -> None:
    """Four observers, twelve units, nominal data (Krippendorff 2011, section C): 0.743."""
    table = {
        "A": "1 2 3 3 2 1 4 1 2 . . .",
        "B": "1 2 3 3 2 2 4 1 2 5 . 3",
        "C": ". 3 3 3 2 3 4 2 2 5 1 .",
        "D": "1 2 3 3 2 4 4 1 2 5 1 .",
    }
    ratings: dict[ItemKey, dict[str, str]] = {}
    for observer, line in table.items():
        for unit, value in enumerate(line.split()):
            if value != ".":
                ratings.setdefault(ItemKey.parse(f"t{unit}"), {})[observer] = value
    assert alpha(ratings) == pytest.approx(0.743, abs=0.0005)


def test_kappa_of_a_two_by_two_table() -> None:
    """20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: 0.4."""
    one = ["y"] * 25 + ["n"] * 25
    other = ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15
    assert kappa(one, other) == pytest.approx(0.4)
    assert kappa([], []) is None
    assert kappa(["y"], ["y"]) is None


def test_labels_are_compared_over_what_both_read() -> None:
    log = [
        decision(1, DecisionKind.ACCEPT, by="ann"),
        decision(2, DecisionKind.CORRECT, by="bob", is_opinion=True),
        decision(3, DecisionKind.ACCEPT, by="ann", item=ItemKey.parse("a1:50-54")),
    ]
    by_label = {one.label: one for one in agreement(log)}
    assert (by_label["stance"].items, by_label["stance"].share) == (1, 0.0)
    assert by_label["speaker"].share == 1.0
    (one,) = disagreements(log)
    assert one.differs == (("stance", (("ann", "asserts"), ("bob", "denies"))),)


def test_whoever_is_unsure_says_nothing() -> None:
    log = [
        decision(1, DecisionKind.ACCEPT, by="ann"),
        decision(2, DecisionKind.UNSURE, by="bob", is_opinion=True),
    ]
    assert disagreements(log) == []
    assert all(one.items == 0 for one in agreement(log))
