from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from claims.encoding.runs import runs


@given(st.lists(st.integers(0, 50)), st.integers(1, 40))
def test_neighbours_stay_together_as_far_as_there_is_room(sizes: list[int], most: int) -> None:
    found = list(runs(sizes, most))
    assert [i for run in found for i in run] == list(range(len(sizes)))
    for run in found:
        assert sum(sizes[i] for i in run) <= most or len(run) == 1
    for run, after in pairwise(found):
        assert sum(sizes[i] for i in run) + sizes[after.start] > most
