"""Lists of numbers, one a statement, and what the lists of two statements have in common.

Words and names stand as numbers, so that many pairs are looked at in one go: the lists of the
pairs' members become the columns of two tables, one row a place in the list. Columns never touch,
so what comes out for a pair doesn't depend on the pairs beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import accumulate, chain

import numpy as np

_NONE = -1
"""In an empty place of a table of words; an empty place is like nothing."""


class Lists:
    """A list for each statement, kept end to end."""

    def __init__(
        self, lists: Sequence[Collection[float]], kind: type[np.int32] | type[np.float64] = np.int32
    ) -> None:
        """Whole numbers from 0 on, unless `kind` is `float64`."""
        self.lengths = np.array([len(one) for one in lists], np.int64)
        self.items = np.fromiter(chain.from_iterable(lists), kind)
        self._starts = np.array([0, *accumulate(self.lengths.tolist())], np.int64)[:-1]
        self._filler = np.nan if kind is np.float64 else _NONE

    def table(self, rows: np.ndarray) -> np.ndarray:
        """(L, P): the lists of these statements as columns, filled up to the longest."""
        lengths = self.lengths[rows]
        places = np.arange(lengths.max(initial=0))[:, None]
        if not len(places):
            return np.zeros((0, len(rows)), self.items.dtype)
        found: np.ndarray = self.items.take(self._starts[rows] + places, mode="clip")
        found[places >= lengths] = self._filler
        return found


def common(x: np.ndarray, y: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """(P,): how many items of each column of `x` are in the same column of `y`, or their weight.

    Weights are added in the order of the items in `x`, so where those are sorted, the sum is to the
    last digit that of `y` and `x`.
    """
    total = np.zeros(x.shape[1])
    if not len(y):
        return total
    for own in x:
        shared = (y == own).any(axis=0) & (own != _NONE)
        total += shared if weights is None else np.where(shared, weights[own], 0.0)
    return total


def any_close(x: np.ndarray, y: np.ndarray, tolerance: float) -> np.ndarray:
    """(P,) bool: whether an amount of `x` differs from one of `y` by at most so much of it."""
    found = np.zeros(x.shape[1], bool)
    if not len(y):
        return found
    with np.errstate(invalid="ignore"):  # two amounts beyond all bounds
        for own in x:
            most = tolerance * np.maximum(np.abs(own), np.abs(y))
            found |= (np.abs(own - y) <= most).any(axis=0)
    return found


def longest_run(x: np.ndarray, y: np.ndarray, most: int) -> np.ndarray:
    """(P,): how many items in a row stand in both columns, up to `most`.

    `before[j]` is the length of the run that ends at the last item of `x` and at item j - 1 of `y`.
    """
    before, now, longest = (np.zeros((len(y) + 1, x.shape[1]), np.uint8) for _ in range(3))
    for own in x:
        np.minimum(before[:-1], most - 1, out=now[1:])
        now[1:] += 1
        now[1:] *= (y == own) & (own != _NONE)
        np.maximum(longest, now, out=longest)
        before, now = now, before
    return np.asarray(longest.max(axis=0, initial=0), np.int64)
