"""The loss of a whole sequence of roles, beside that of each word.

A conditional random field (Lafferty, McCallum and Pereira 2001) without weights of its own: of all
sequences that the decoder may give (`decode.role_labels`: one source at most, no inside without a
beginning), how likely is the marked one? A word's own loss is content with a content that is right
but for its last word; this one isn't, and neither are those who read it.
"""

from __future__ import annotations

import torch
from torch import Tensor

from claims.extraction.decode import B_SOURCE, FIRST, STATES, TRANSITIONS
from claims.training.labels import IGNORE

WORDS = 40
"""A sequence's loss is divided by it, and is then about as large as the mean one of a word."""
_LABELS = STATES // 2
_NOWHERE = -1e4


def sequence_loss(logits: Tensor, wanted: Tensor) -> tuple[Tensor, int]:
    """Sum of minus the log-probabilities of the marked sequences, and how many they are.

    `logits` is (N, L, 5), `wanted` (N, L): a label, or IGNORE where there is no word that could
    have a role. Left out are sequences that the decoder couldn't give: those with two sources.
    """
    there = wanted != IGNORE
    gold = wanted.masked_fill(~there, 0)
    after = (gold == B_SOURCE).cumsum(1)
    state = gold + _LABELS * after.clamp(max=1)
    steps = torch.from_numpy(TRANSITIONS)
    first = torch.from_numpy(FIRST)
    legal = (after[:, -1] <= 1) & (first[state[:, 0]] == 0)
    legal &= (steps[state[:, :-1], state[:, 1:]] == 0).all(1)
    if not legal.any():
        return logits.sum() * 0, 0
    nowhere = torch.full((_LABELS,), _NOWHERE)
    nowhere[0] = 0
    emit = torch.where(there[..., None], logits.float(), nowhere)[legal]
    emit = torch.cat([emit, emit], -1)
    score = first + emit[:, 0]
    for i in range(1, emit.shape[1]):
        score = torch.logsumexp(score[:, :, None] + steps, 1) + emit[:, i]
    marked = emit.gather(2, state[legal][..., None]).sum((1, 2))
    return (torch.logsumexp(score, 1) - marked).sum(), int(legal.sum())
