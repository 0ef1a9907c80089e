"""Which statements are compared: the likest of those that share a cell."""

from __future__ import annotations

import numpy as np
import pytest

from claims.matching import candidates
from tests.matching import plain

CELLS = 20


def near_each_other(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Vectors (S, 2, 16) about a few centres, and cells (C, 32)."""
    chooser = np.random.default_rng(seed)
    centres = chooser.standard_normal((count // 30, 2, 16))
    vectors = centres[np.arange(count) % len(centres)]
    vectors = vectors + 0.6 * chooser.standard_normal((count, 2, 16))
    vectors /= np.linalg.norm(vectors, axis=-1, keepdims=True)
    cells = chooser.standard_normal((CELLS, 32))
    cells /= np.linalg.norm(cells, axis=-1, keepdims=True)
    return vectors.astype(np.float32), cells.astype(np.float32)


@pytest.fixture(params=[1 << 23, 1000])
def filed(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Everything is looked for through the cells, with much memory or with little."""
    monkeypatch.setattr(candidates, "FEW", 0)
    monkeypatch.setattr(candidates, "_PRODUCTS", request.param)
    monkeypatch.setattr(candidates, "_ASKED", 100)


@pytest.mark.usefixtures("filed")
@pytest.mark.parametrize("share", [1.0, 0.1, 0.01])
def test_the_likest_that_share_a_cell_are_found(share: float) -> None:
    vectors, cells = near_each_other(600, 1)
    new = np.random.default_rng(2).random(len(vectors)) < share
    found = candidates.candidates(vectors, cells, new)
    assert found
    assert found == plain.candidates(vectors, cells, new, 4, 12)


@pytest.mark.parametrize("share", [1.0, 0.1, 0.01])
def test_where_there_are_few_all_are_measured(share: float) -> None:
    vectors, cells = near_each_other(600, 3)
    new = np.random.default_rng(4).random(len(vectors)) < share
    found = candidates.candidates(vectors, cells, new)
    assert found == plain.candidates(vectors, cells, new, CELLS, CELLS)


@pytest.mark.parametrize("few", [0, 4000])
def test_of_equal_ones_the_first_are_compared(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "FEW", few)
    vectors, cells = near_each_other(600, 5)
    same = np.repeat(vectors[:2], 300, axis=0)
    found = candidates.candidates(same, cells)
    with_last = [a for a, b in found if b == 299]
    assert with_last == list(range(candidates.MOST))


@pytest.mark.parametrize("few", [0, 4000])
@pytest.mark.parametrize("count", [0, 1, 30])
def test_nothing_new_is_compared_with_nothing(
    few: int, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "FEW", few)
    vectors, cells = near_each_other(60, 6)
    assert candidates.candidates(vectors[:count], cells, np.zeros(count, bool)) == []
    assert count > 1 or candidates.candidates(vectors[:count], cells) == []
