"""The loss of whole sequences is that of a sum over every sequence that the decoder may give."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction.decode import B_CONTENT, B_SOURCE, I_CONTENT, I_SOURCE, O
from claims.training.labels import IGNORE
from claims.training.sequences import sequence_loss


def legal(labels: tuple[int, ...]) -> bool:
    begun = {I_SOURCE: (B_SOURCE, I_SOURCE), I_CONTENT: (B_CONTENT, I_CONTENT)}
    steps = all(b not in begun or a in begun[b] for a, b in pairwise((O, *labels)))
    return steps and labels.count(B_SOURCE) <= 1


def score(logits: torch.Tensor, labels: tuple[int, ...]) -> torch.Tensor:
    return torch.stack([logits[i, label] for i, label in enumerate(labels)]).sum()


@given(st.integers(0, 2**31), st.integers(1, 5), st.data())
@settings(deadline=None, max_examples=60)
def test_it_is_the_share_of_the_marked_one(seed: int, length: int, data: st.DataObject) -> None:
    logits = torch.randn(1, length, 5, generator=torch.Generator().manual_seed(seed)) * 3
    every = [labels for labels in product(range(5), repeat=length) if legal(labels)]
    marked = data.draw(st.sampled_from(every))
    whole = torch.logsumexp(torch.stack([score(logits[0], labels) for labels in every]), 0)
    loss, count = sequence_loss(logits, torch.tensor([marked]))
    assert count == 1
    assert float(loss) == pytest.approx(float(whole - score(logits[0], marked)), abs=1e-3)


def test_words_without_a_role_count_for_nothing() -> None:
    logits = torch.randn(1, 4, 5)
    whole, _ = sequence_loss(logits, torch.tensor([[B_CONTENT, I_CONTENT, IGNORE, IGNORE]]))
    other = logits.clone()
    other[:, 2:] += torch.randn(1, 2, 5) * 9
    same, _ = sequence_loss(other, torch.tensor([[B_CONTENT, I_CONTENT, IGNORE, IGNORE]]))
    short, _ = sequence_loss(logits[:, :2], torch.tensor([[B_CONTENT, I_CONTENT]]))
    assert float(whole) == pytest.approx(float(same), abs=1e-4)
    assert float(whole) == pytest.approx(float(short), abs=1e-4)


def test_what_the_decoder_cannot_give_is_left_out() -> None:
    logits = torch.randn(3, 3, 5, requires_grad=True)
    two_sources = [B_SOURCE, O, B_SOURCE]
    loss, count = sequence_loss(logits, torch.tensor([two_sources, [O, I_CONTENT, O], [O, O, O]]))
    assert count == 1
    loss.backward()
    assert logits.grad is not None
    assert not logits.grad[:2].any()
    assert logits.grad[2].any()
    nothing, count = sequence_loss(logits, torch.tensor([two_sources] * 3))
    assert (float(nothing.detach()), count) == (0, 0)


def test_a_better_edge_lowers_it() -> None:
    marked = torch.tensor([[B_CONTENT, I_CONTENT, I_CONTENT, O]])
    logits = torch.nn.functional.one_hot(marked, 5).float() * 4
    good, _ = sequence_loss(logits, marked)
    logits[0, 2] = torch.tensor([4.0, 0, 0, 0, 0])  # ends a word too early
    bad, _ = sequence_loss(logits, marked)
    assert good < bad
