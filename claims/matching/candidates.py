"""Which statements are worth comparing: each with the likest ones by their vectors.

Every statement is filed under the cells that it is nearest to (an inverted file, Jégou, Douze and
Schmid 2011); only statements that share a cell are measured against each other. The cells are
fixed and come with the model, so that what is found for two statements never depends on others
but by `MOST`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

LEAST = 0.28
"""Cosine (mean of meaning and words) under which statements are not compared."""
MOST = 40
"""So many of the likest are compared with each statement."""
FEW = 4000
"""Up to so many statements all are measured against all: quicker, and nothing is missed."""
_FILED, _PROBED = 4, 12
_ROWS = 512


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
    flat = joint(vectors)
    asked = np.arange(len(flat)) if new is None else np.nonzero(new)[0]
    found: set[tuple[int, int]] = set()
    search = _all(flat, asked) if len(flat) <= FEW else _filed(flat, asked, cells)
    for row, others, likeness in search:
        best = np.lexsort((others, -likeness))[:MOST]
        found.update((min(row, int(o)), max(row, int(o))) for o in others[best])
    return sorted(found)


def _all(flat: np.ndarray, asked: np.ndarray) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    for start in range(0, len(asked), _ROWS):
        rows = asked[start : start + _ROWS]
        likeness = flat[rows] @ flat.T
        likeness[np.arange(len(rows)), rows] = -1
        for row, own in zip(rows, likeness, strict=True):
            near = np.nonzero(own >= LEAST)[0]
            yield int(row), near, own[near]


def _filed(
    flat: np.ndarray, asked: np.ndarray, cells: np.ndarray
) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    order = np.concatenate(
        [
            np.argsort(-(flat[s : s + _ROWS] @ cells.T), axis=1, kind="stable")[:, :_PROBED]
            for s in range(0, len(flat), _ROWS)
        ]
    )
    filed: list[list[int]] = [[] for _ in range(len(cells))]
    for row, own in enumerate(order[:, :_FILED]):
        for cell in own:
            filed[cell].append(row)
    members = [np.array(rows, np.int64) for rows in filed]
    for row in asked:
        near = np.unique(np.concatenate([members[c] for c in order[row]]))
        near = near[near != row]
        likeness = flat[near] @ flat[row]
        kept = likeness >= LEAST
        yield int(row), near[kept], likeness[kept]
