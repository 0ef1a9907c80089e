"""Batches of inputs of unequal length."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.batching import dense_groups


@given(st.lists(st.integers(1, 300)), st.integers(1, 600), st.integers(0, 200))
def test_every_input_is_in_one_group_and_little_is_padding(
    sizes: list[int], most: int, small: int
) -> None:
    groups = dense_groups(sizes, most=most, small=small, padding=0.1)
    assert sorted(i for group in groups for i in group) == list(range(len(sizes)))
    for group in groups:
        padded = len(group) * max(sizes[i] for i in group)
        assert padded <= most or len(group) == 1
        assert padded <= small or sum(sizes[i] for i in group) >= 0.9 * padded - 1e-9


def test_like_sizes_stand_together() -> None:
    assert dense_groups([9, 2, 9, 2], most=40, small=0, padding=0.1) == [[1, 3], [0, 2]]
    assert dense_groups([], most=40, small=0, padding=0.1) == []
