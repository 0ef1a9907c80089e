"""From label probabilities to spans: Viterbi decoding, and conflicts between attributions.

Only numpy: shapes are (words, labels), log-probabilities in float32.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_NEVER = np.float32(-1e9)
O, B_SOURCE, I_SOURCE, B_CONTENT, I_CONTENT = range(5)  # noqa: E741
STATES = 10
"""The five role labels, before and after the one source."""


def cue_spans(log_probability: Floats, bias: float = 0.0) -> list[tuple[int, int]]:
    """Most probable BIO sequence as word ranges; (words, 3) → ranges.

    `bias` is taken off the score of O at every word: a larger one finds more cues.
    """
    score = log_probability.astype(np.float64)
    score[:, 0] -= bias
    # I may follow B or I, never O. So a word has to be no O for the next one's sake alone where I
    # beats B there. Where O is better by more than that it stands, whatever is around it: most
    # words are such, and the sequences between them are short.
    outside, first, inner = score.T
    gain = np.append(np.maximum(inner - first, 0)[1:], 0)
    unsure = np.flatnonzero(outside - np.maximum(first, inner) <= gain)
    spans: list[tuple[int, int]] = []
    for run in np.split(unsure, np.flatnonzero(np.diff(unsure) > 1) + 1) if len(unsure) else ():
        start = int(run[0])
        for i, label in enumerate(_best_labels(score[run].tolist()), start):
            if label == 1:
                spans.append((i, i + 1))
            elif label == 2:
                spans[-1] = (spans[-1][0], i + 1)
    return spans


def _best_labels(score: list[list[float]]) -> list[int]:
    """The best of O, B and I for each word by their scores, where the word before is none."""
    best = [score[0][0], score[0][1], -1e9]
    back: list[tuple[int, int, int]] = []
    for row in score[1:]:
        top = max(range(3), key=best.__getitem__)
        inner = 1 if best[1] >= best[2] else 2
        back.append((top, top, inner))
        best = [best[top] + row[0], best[top] + row[1], best[inner] + row[2]]
    label = max(range(3), key=best.__getitem__)
    labels = [label]
    for step in reversed(back):
        label = step[label]
        labels.append(label)
    return labels[::-1]


def cue_candidates(log_probability: Floats, biases: Sequence[float]) -> list[tuple[int, int]]:
    """Cues found with rising bias: a later one is taken where it touches none that stands.

    The lowest bias gives the best boundaries, the highest misses the fewest cues; which of them
    are attributions is judged afterwards, by their roles.
    """
    taken: list[tuple[int, int]] = []
    # How far a word is from a cue's: below the bias, it is no cue's with this bias either.
    short = log_probability[:, 0] - log_probability[:, 1:].max(-1)
    for bias in biases:
        if not (short < bias).any():
            continue
        taken += [
            (start, end)
            for start, end in cue_spans(log_probability, bias)
            if all(end <= a or start >= b for a, b in taken)
        ]
    return sorted(taken)


def _transitions() -> Floats:
    allowed = np.full((STATES, STATES), _NEVER, np.float32)
    for used in (0, 1):
        for a in range(5):
            old = used * 5 + a
            allowed[old, used * 5 + O] = 0
            allowed[old, used * 5 + B_CONTENT] = 0
            if a in (B_CONTENT, I_CONTENT):
                allowed[old, used * 5 + I_CONTENT] = 0
            if used and a in (B_SOURCE, I_SOURCE):
                allowed[old, 5 + I_SOURCE] = 0
            if not used:
                allowed[old, 5 + B_SOURCE] = 0
    return allowed


TRANSITIONS = _transitions()
"""Scores (10, 10) of one role state after another: nought, or next to never."""
FIRST = np.full(STATES, _NEVER, np.float32)
"""Scores (10,) of the states of the first word."""
FIRST[[O, B_CONTENT, 5 + B_SOURCE]] = 0


def role_labels(log_probability: Floats, valid: NDArray[np.bool_], no_source: float = 0.0) -> Ints:
    """Best label sequences with at most one source span; (N, L, 5), (N, L) → (N, L).

    `no_source` is added to the score of sequences without a source.
    """
    count, length, _ = log_probability.shape
    emit = np.concatenate([log_probability, log_probability], -1)
    emit[..., [B_SOURCE, I_SOURCE]] = _NEVER
    padding = np.where(np.arange(STATES) % 5 == O, np.float32(0), _NEVER)
    emit = np.where(valid[..., None], emit, padding)
    score = FIRST + emit[:, 0]
    back = np.zeros((count, length, STATES), np.int64)
    for i in range(1, length):
        paths = score[:, :, None] + TRANSITIONS
        back[:, i] = paths.argmax(1)
        score = paths.max(1) + emit[:, i]
    score[:, :5] += no_source
    labels = np.zeros((count, length), np.int64)
    labels[:, -1] = score.argmax(1)
    rows = np.arange(count)
    for i in range(length - 1, 0, -1):
        labels[:, i - 1] = back[rows, i, labels[:, i]]
    return labels % 5


def spans_of(labels: Ints, begin: int) -> list[tuple[int, int]]:
    """Ranges of `labels` (L,) that start with `begin` and go on with `begin + 1`."""
    spans: list[tuple[int, int]] = []
    for i, label in enumerate(labels.tolist()):
        if label == begin or (label == begin + 1 and not (spans and spans[-1][1] == i)):
            spans.append((i, i + 1))
        elif label == begin + 1:
            spans[-1] = (spans[-1][0], i + 1)
    return spans
