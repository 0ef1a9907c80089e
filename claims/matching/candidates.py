"""Which statements are worth comparing: each with the likest ones by their vectors.

Every statement is filed under the cells that it is nearest to (an inverted file, Jégou, Douze and
Schmid 2011); only statements that share a cell are measured against each other. The cells are
fixed and come with the model, so that what is found for two statements never depends on others
but by `MOST`. Cell by cell, all that look through it are measured in one product of matrices.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

LEAST = 0.28
"""Cosine (mean of meaning and words) under which statements are not compared."""
MOST = 40
"""So many of the likest are compared with each statement."""
FEW = 4000
"""Up to so many statements all are measured against all: quicker, and nothing is missed."""
_FILED, _PROBED = 4, 12
_ROWS = 512
_ASKED = 4096
"""So many statements look through the cells in one go."""
_PRODUCTS = 1 << 23
"""So many products are held at a time."""

Found = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Rows that are asked for, for each one that is like it, and how much."""


def joint(vectors: np.ndarray) -> np.ndarray:
    """(S, 2, D) vectors of meaning and words to (S, 2 * D), whose products are their mean."""
    flat = vectors.reshape(len(vectors), -1)
    return np.asarray(flat / np.float32(np.sqrt(vectors.shape[1])), np.float32)


def candidates(
    vectors: np.ndarray, cells: np.ndarray, new: np.ndarray | None = None
) -> list[tuple[int, int]]:
    """Pairs (smaller first, sorted) to compare: all, or those with a row of which `new` is true.

    `vectors` (S, 2, D) of unit length, `cells` (C, 2 * D) likewise, `new` (S,) bool.
    """
    asked = np.arange(len(vectors)) if new is None else np.nonzero(new)[0]
    if not len(asked):
        return []
    flat = joint(vectors)
    search = _all(flat, asked) if len(flat) <= FEW else _filed(flat, asked, cells)
    keys = [
        np.minimum(rows, others) * len(flat) + np.maximum(rows, others)
        for rows, others, _ in search
    ]
    first, second = np.divmod(np.unique(np.concatenate(keys)), len(flat))
    return list(zip(first.tolist(), second.tolist(), strict=True))


def _all(flat: np.ndarray, asked: np.ndarray) -> Iterator[Found]:
    every, least = np.arange(len(flat)), _least(flat)
    for start in range(0, len(asked), _ROWS):
        yield _likest(flat, asked[start : start + _ROWS], every, least)


def _least(flat: np.ndarray) -> np.ndarray:
    """(S,): how like each row another has to be to be among its likest."""
    return np.full(len(flat), LEAST, np.float32)


def _filed(flat: np.ndarray, asked: np.ndarray, cells: np.ndarray) -> Iterator[Found]:
    nearest = np.concatenate(
        [
            np.argsort(-(flat[s : s + _ROWS] @ cells.T), axis=1, kind="stable")[:, :_PROBED]
            for s in range(0, len(flat), _ROWS)
        ]
    )
    least = _least(flat)
    members = _by_cell(np.arange(len(flat)), nearest[:, :_FILED], len(cells))
    for start in range(0, len(asked), _ASKED):
        part = asked[start : start + _ASKED]
        looking = _by_cell(part, nearest[part], len(cells))
        found = [
            _likest(flat, rows[s : s + step], others, least)
            for rows, others in zip(looking, members, strict=True)
            if len(others)
            for step in (max(1, _PRODUCTS // len(others)),)
            for s in range(0, len(rows), step)
        ]
        yield _best(found, least)


def _by_cell(rows: np.ndarray, cells: np.ndarray, count: int) -> list[np.ndarray]:
    """The rows, sorted, of each of `count` cells; `cells` (R, K) are those of each row."""
    order = np.argsort(cells, axis=None, kind="stable")
    ends = np.cumsum(np.bincount(cells.ravel(), minlength=count))
    return np.split(rows[order // cells.shape[1]], ends[:-1])


def _likest(flat: np.ndarray, rows: np.ndarray, others: np.ndarray, least: np.ndarray) -> Found:
    """The `MOST` of `others` (sorted) that are likest to each row; of equal ones the first.

    Only those that are as like as `least` says, which is raised for the rows that have so many.
    """
    # A lone row goes in twice: with a vector, the product would be added up in another order.
    asked = rows if len(rows) > 1 else np.repeat(rows, 2)
    likeness = (flat[asked] @ flat[others].T)[: len(rows)]
    own = np.minimum(np.searchsorted(others, rows), len(others) - 1)
    itself = np.nonzero(others[own] == rows)[0]
    likeness[itself, own[itself]] = -1
    if len(others) > MOST:
        last = np.partition(likeness, -MOST, axis=1)[:, -MOST]
        least[rows] = np.maximum(least[rows], last)
    kept = likeness >= least[rows][:, None]
    for tied in np.nonzero(kept.sum(axis=1) > MOST)[0]:
        near = np.nonzero(kept[tied])[0]
        kept[tied, near[np.lexsort((near, -likeness[tied, near]))[MOST:]]] = False
    row, column = np.nonzero(kept)
    return rows[row], others[column], likeness[row, column]


def _best(found: Sequence[Found], least: np.ndarray) -> Found:
    """The `MOST` likest of each row among all that were found, each once."""
    rows, others, likeness = (np.concatenate(each) for each in zip(*found, strict=True))
    enough = likeness >= least[rows]
    rows, others, likeness = rows[enough], others[enough], likeness[enough]
    _, once = np.unique(rows * len(least) + others, return_index=True)
    rows, others, likeness = rows[once], others[once], likeness[once]
    order = np.lexsort((-likeness, rows))  # those that are equal stay in the order of `others`
    place = np.arange(len(rows)) - np.searchsorted(rows, rows)
    best = order[place < MOST]
    return rows[best], others[best], likeness[best]
