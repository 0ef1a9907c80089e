"""Which words two articles have in common, run by run, wherever in each they stand.

Greedy string tiling (Wise 1993), as the METER project measured the reuse of agency copy by British
newspapers (Clough, Gaizauskas, Piao & Wilks, ACL 2002): the longest common run first, each word at
most once, in any order, so that moved paragraphs count, which an edit script would lose.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from claims.matching.body import Body, shingles

RUN = 6
"""Words of a common run, at least. Shorter ones are phrases that everybody writes."""

_MOST_REPEATS = 16
"""A run of words that stands more often than this in one article is furniture, not evidence."""


class Tile(NamedTuple):
    """`words` words in common: from word `a` on in the one body, from word `b` on in the other."""

    a: int
    b: int
    words: int


def tiles(a: Body, b: Body) -> list[Tile]:
    """The common runs of two bodies, in the order of `a`. No word is in two of them."""
    return sorted(_cover(_runs(a.words, b.words), len(a), len(b)))


def _runs(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> list[Tile]:
    """All maximal common runs, each pair of places once, the longest first."""
    left, right = shingles(a, RUN), shingles(b, RUN)
    order = np.argsort(right, kind="stable")
    ranked = right[order]
    low = np.searchsorted(ranked, left, "left")
    found = np.searchsorted(ranked, left, "right") - low
    found[found > _MOST_REPEATS] = 0
    i = np.repeat(np.arange(len(left)), found)
    if not len(i):
        return []
    # The n-th match of a place lies n after the first one in the order of `right`.
    nth = np.arange(len(i)) - np.repeat(np.cumsum(found) - found, found)
    j = order[np.repeat(low, found) + nth]
    by_diagonal = np.lexsort((i, i - j))
    i, j = i[by_diagonal], j[by_diagonal]
    is_first = np.ones(len(i), np.bool_)
    is_first[1:] = (np.diff(i - j) != 0) | (np.diff(i) != 1)
    first = np.flatnonzero(is_first)
    counts = np.diff(np.append(first, len(i))) + RUN - 1
    runs = [Tile(int(i[f]), int(j[f]), int(n)) for f, n in zip(first, counts, strict=True)]
    return sorted(runs, key=lambda run: (-run.words, run.a, run.b))


def _cover(runs: list[Tile], words_a: int, words_b: int) -> list[Tile]:
    """Runs that don't overlap in either text; what is left of an overlapped one if long enough."""
    free_a, free_b = np.ones(words_a, np.bool_), np.ones(words_b, np.bool_)
    taken: list[Tile] = []
    for run in runs:
        free = free_a[run.a : run.a + run.words] & free_b[run.b : run.b + run.words]
        edges = np.flatnonzero(np.diff(free.astype(np.int8), prepend=0, append=0))
        for start, end in edges.reshape(-1, 2).tolist():
            if end - start >= RUN:
                tile = Tile(run.a + start, run.b + start, end - start)
                free_a[tile.a : tile.a + tile.words] = False
                free_b[tile.b : tile.b + tile.words] = False
                taken.append(tile)
    return taken
