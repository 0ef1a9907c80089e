"""The order of the queue."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.records import Speaker, Stance
from claims.review.order import spread, uncertainty, value

shares = st.floats(0, 1)


def test_a_printed_item_may_be_wrong_and_a_missed_one_right() -> None:
    assert uncertainty(0.9, is_missed=False) == pytest.approx(0.1)
    assert uncertainty(0.3, is_missed=True) == pytest.approx(0.3)


@given(confidence=st.floats(-1, 2), is_missed=st.booleans())
def test_uncertainty_is_a_share(confidence: float, is_missed: bool) -> None:
    assert 0 <= uncertainty(confidence, is_missed=is_missed) <= 1


def test_what_is_doubtful_in_a_record_makes_it_uncertain() -> None:
    def of(confidence: float, stance: Stance = Stance.ASSERTS, *speakers: Speaker) -> float:
        return uncertainty(confidence, is_missed=False, stance=stance, speakers=speakers)

    sure, likely = Speaker("Ana Belo", confidence=0.94), Speaker("Rita Sol", confidence=0.5)
    unresolved = Speaker("UNRESOLVED", confidence=0.4)
    assert of(0.9, Stance.ASSERTS, sure) < of(0.6, Stance.ASSERTS, sure)
    assert of(0.9, Stance.ASSERTS, sure) < of(0.9, Stance.ASSERTS, sure, likely)
    assert of(0.9, Stance.ASSERTS, sure) < of(0.9, Stance.DENIES, sure)
    assert of(0.99, Stance.ASSERTS, unresolved) > 0.8 > of(0.4, Stance.DENIES, likely)
    assert 0 < of(1.0) < of(0.0) < 1
    assert uncertainty(0.3, is_missed=True, stance=Stance.DENIES, speakers=[unresolved]) == 0.3


def test_value_is_the_product_that_the_desk_was_promised() -> None:
    assert value(0.5, 0.0, 1, 0.0) == 0.5
    assert value(0.5, 1.0, 1, 1.0) == 2.0
    assert value(0.5, 0.5, 10, 1.0) == pytest.approx(0.5 * 1.5 * (1 + math.log(10)) * 2)
    assert value(0.5, 0.0, 0, 0.0) == 0.5  # in no claim yet: its own article counts


@given(uncertain=shares, worth=shares, articles=st.integers(0, 10**6), conflict=shares)
def test_more_of_anything_is_worth_no_less(
    uncertain: float, worth: float, articles: int, conflict: float
) -> None:
    now = value(uncertain, worth, articles, conflict)
    assert now >= 0
    assert value(min(1.0, uncertain + 0.1), worth, articles, conflict) >= now
    assert value(uncertain, worth + 0.1, articles, conflict) >= now
    assert value(uncertain, worth, articles + 1, conflict) >= now
    assert value(uncertain, worth, articles, conflict + 0.1) >= now


def test_a_source_with_many_items_lets_others_in() -> None:
    values = [1.0, 0.99, 0.98, 0.9, 0.5]
    sources = ["Kremlin", "Kremlin", "Kremlin", "KCNA", None]
    found = spread(values, sources)
    order = sorted(range(5), key=lambda i: -found[i])
    assert order == [0, 3, 1, 2, 4]
    assert found[0] == 1.0 and found[3] == 0.9 and found[4] == 0.5
    assert found[1] == pytest.approx(0.99 / 1.25)


@given(items=st.lists(st.tuples(st.floats(0, 10), st.sampled_from("abc")), max_size=40))
def test_items_of_one_source_stay_in_their_order(items: list[tuple[float, str]]) -> None:
    values, sources = [v for v, _ in items], [s for _, s in items]
    found = spread(values, sources)
    for source in set(sources):
        own = [i for i, s in enumerate(sources) if s == source]
        best_first = sorted(own, key=lambda i: (-values[i], i))
        assert found[best_first[0]] == values[best_first[0]]
        assert all(found[a] >= found[b] for a, b in pairwise(best_first))
    assert all(0 <= new <= old for new, old in zip(found, values, strict=True))
    assert spread(values, sources) == found


def test_nothing_has_no_order() -> None:
    assert spread([], []) == []
