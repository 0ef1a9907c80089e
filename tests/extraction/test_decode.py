from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.decode import (
    B_CONTENT,
    B_SOURCE,
    I_CONTENT,
    I_SOURCE,
    O,
    cue_candidates,
    cue_spans,
    role_labels,
    spans_of,
)

SEEDS = st.integers(0, 2**31)


def scores(seed: int, *shape: int) -> np.ndarray:
    raw = np.random.default_rng(seed).normal(0, 3, shape).astype(np.float32)
    return raw - np.log(np.exp(raw).sum(-1, keepdims=True))


def legal_cue(labels: tuple[int, ...]) -> bool:
    return all(b != 2 or a in (1, 2) for a, b in pairwise((0, *labels)))


def cue_ranges(labels: tuple[int, ...]) -> list[tuple[int, int]]:
    starts = [i for i, label in enumerate(labels) if label == 1]
    return [
        (s, next((i for i in range(s + 1, len(labels)) if labels[i] != 2), len(labels)))
        for s in starts
    ]


@given(SEEDS, st.integers(1, 7), st.sampled_from([0.0, 1.0, 2.5, -1.0]))
def test_cue_spans_are_the_best_of_all_sequences(seed: int, length: int, bias: float) -> None:
    log = scores(seed, length, 3)
    biased = log.astype(float) - np.array([bias, 0, 0])
    best = max(
        filter(legal_cue, product(range(3), repeat=length)),
        key=lambda labels: sum(biased[i, label] for i, label in enumerate(labels)),
    )
    assert cue_spans(log, bias) == cue_ranges(best)


@given(SEEDS, st.integers(1, 60))
def test_cue_candidates_never_overlap_and_hold_the_best_ones(seed: int, length: int) -> None:
    log = scores(seed, length, 3)
    found = cue_candidates(log, (0.0, 1.0, 2.5))
    assert all(0 <= a < b <= length for a, b in found)
    assert all(b <= c for (_, b), (c, _) in pairwise(found))
    assert set(cue_spans(log)) <= set(found)
    for start, end in cue_spans(log, 2.5):  # each of these stands, or touches one that does
        assert any(start < b and a < end for a, b in found)


def test_a_higher_bias_finds_a_cue_that_a_lower_one_misses() -> None:
    log = np.log(np.array([[0.9, 0.08, 0.02], [0.1, 0.8, 0.1], [0.6, 0.35, 0.05]], np.float32))
    assert cue_spans(log) == [(1, 2)]
    assert cue_candidates(log, (0.0, 1.0)) == [(1, 2), (2, 3)]


def legal_roles(labels: tuple[int, ...], valid: int) -> bool:
    return (
        labels.count(B_SOURCE) <= 1
        and all(b != I_SOURCE or a in (B_SOURCE, I_SOURCE) for a, b in pairwise((O, *labels)))
        and all(b != I_CONTENT or a in (B_CONTENT, I_CONTENT) for a, b in pairwise((O, *labels)))
        and not any(labels[valid:])
    )


def worth(log: np.ndarray, labels: tuple[int, ...], size: int, no_source: float) -> float:
    total = sum(float(log[i, labels[i]]) for i in range(size))
    return total + (0 if B_SOURCE in labels else no_source)


@pytest.mark.parametrize("no_source", [0.0, 1.5, -2.0])
def test_role_labels_are_the_best_of_all_sequences(no_source: float) -> None:
    length = 5
    every = list(product(range(5), repeat=length))
    for seed in range(12):
        sizes = [5, 3, 1, 4]
        log = scores(seed, len(sizes), length, 5)
        valid = np.arange(length) < np.array(sizes)[:, None]
        found = role_labels(log, valid, no_source)
        for row, size in enumerate(sizes):
            best = max(worth(log[row], s, size, no_source) for s in every if legal_roles(s, size))
            labels = tuple(int(x) for x in found[row])
            assert legal_roles(labels, size)
            assert worth(log[row], labels, size, no_source) == pytest.approx(best, abs=1e-4)


@given(SEEDS, st.integers(1, 90))
def test_role_labels_of_a_row_do_not_depend_on_padding(seed: int, length: int) -> None:
    log = scores(seed, 1, length, 5)
    alone = role_labels(log, np.ones((1, length), bool))
    wide = np.concatenate([log, scores(seed + 1, 1, 7, 5)], 1)
    padded = role_labels(wide, np.arange(length + 7)[None] < length)
    assert padded[0, :length].tolist() == alone[0].tolist()
    assert not padded[0, length:].any()


@pytest.mark.parametrize(
    ("labels", "source", "content"),
    [
        ([0, 1, 2, 0, 3, 4, 4], [(1, 3)], [(4, 7)]),
        ([3, 3, 4, 0, 4], [], [(0, 1), (1, 3), (4, 5)]),
        ([0, 0], [], []),
        ([4, 4, 1, 3], [(2, 3)], [(0, 2), (3, 4)]),
    ],
)
def test_spans_of(
    labels: list[int], source: list[tuple[int, int]], content: list[tuple[int, int]]
) -> None:
    assert spans_of(np.array(labels), B_SOURCE) == source
    assert spans_of(np.array(labels), B_CONTENT) == content
