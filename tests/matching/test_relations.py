"""Sides of a claim follow the signs of its pairs."""

from __future__ import annotations

from claims.matching.relations import sides


def test_the_smaller_side_opposes() -> None:
    signs = {(1, 2): 2.0, (1, 3): -3.0, (2, 3): -1.0}
    assert sides([1, 2, 3], signs) == {1: False, 2: False, 3: True}


def test_of_two_who_contradict_each_other_the_first_says_the_claim() -> None:
    assert sides([4, 9], {(4, 9): -2.0}) == {4: False, 9: True}


def test_a_weak_sign_gives_way_to_strong_ones() -> None:
    signs = {(1, 2): 3.0, (2, 3): 3.0, (1, 3): -0.5}
    assert sides([1, 2, 3], signs) == {1: False, 2: False, 3: False}


def test_members_that_were_not_compared_stand_with_the_claim() -> None:
    assert sides([1, 2, 3], {(1, 2): -1.0}) == {1: False, 2: True, 3: False}
