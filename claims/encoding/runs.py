"""Runs of neighbours that are read together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def runs(sizes: Sequence[int], most: int) -> Iterator[range]:
    """Indices of `sizes` in runs of at most `most` together; one that is larger is a run alone.

    >>> list(runs([3, 3, 9, 1], 6))
    [range(0, 2), range(2, 3), range(3, 4)]
    """
    start = total = 0
    for i, size in enumerate(sizes):
        if i > start and total + size > most:
            yield range(start, i)
            start, total = i, 0
        total += size
    if start < len(sizes):
        yield range(start, len(sizes))
