"""Packed rows give what padded ones give, whoever stands beside whom."""

from __future__ import annotations

from typing import Any

import pytest
import torch
import torch.nn.functional as F  # noqa: N812 (its usual name)
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.encoding.network import (
    CHUNK,
    STEP,
    WIDE,
    Attention,
    Layout,
    PackedEncoder,
    Product,
    filled_up,
)
from tests.extraction.making import network

SIZES = st.lists(st.integers(1, 70), min_size=1, max_size=9)
quick = settings(max_examples=25, deadline=None)


def ids_of(sizes: list[int], kind: str) -> list[torch.Tensor]:
    torch.manual_seed(sum(sizes))
    return [torch.randint(5, 60, (size,)) for size in sizes]


def padded(encoder: Any, sequences: list[torch.Tensor], pad: int) -> list[torch.Tensor]:
    ids = torch.nn.utils.rnn.pad_sequence(sequences, batch_first=True, padding_value=pad)
    mask = torch.arange(ids.shape[1]) < torch.tensor([len(s) for s in sequences])[:, None]
    states = encoder(input_ids=ids, attention_mask=mask.long()).last_hidden_state
    return [row[: len(s)] for row, s in zip(states, sequences, strict=True)]


def packed(encoder: Any, sequences: list[torch.Tensor]) -> list[torch.Tensor]:
    layout = Layout.of([len(s) for s in sequences])
    states = PackedEncoder(encoder)(torch.cat(sequences), layout)
    assert len(states) == layout.rows
    assert states.isfinite().all()
    return [states[a : a + n] for a, n in zip(layout.starts, layout.sizes, strict=True)]


@pytest.mark.parametrize("kind", ["bert", "mpnet"])
@given(sizes=SIZES)
@quick
def test_packed_rows_have_the_states_that_padded_ones_have(kind: str, sizes: list[int]) -> None:
    encoder = network(kind=kind).encoder
    sequences = ids_of(sizes, kind)
    with torch.inference_mode():
        wanted = padded(encoder, sequences, encoder.config.pad_token_id)
        for ours, theirs in zip(packed(encoder, sequences), wanted, strict=True):
            torch.testing.assert_close(ours, theirs, atol=2e-4, rtol=1e-3)


@pytest.mark.parametrize("kind", ["bert", "mpnet"])
def test_in_bfloat16_they_differ_by_rounding_alone(kind: str) -> None:
    encoder = network(kind=kind).encoder
    sequences = ids_of([40, 3, 200, 17], kind)
    with torch.inference_mode():
        wanted = padded(encoder, sequences, encoder.config.pad_token_id)
        encoder.to(torch.bfloat16)
        for ours, theirs in zip(packed(encoder, sequences), wanted, strict=True):
            assert (ours.float() - theirs).abs().mean() < 0.03 * theirs.abs().mean()


def test_an_encoder_that_works_otherwise_is_refused() -> None:
    encoder = network().encoder
    encoder.config.hidden_act = "relu"
    with pytest.raises(ValueError, match="relu"):
        PackedEncoder(encoder)


@given(sizes=SIZES)
@quick
def test_each_row_knows_its_sequence_and_its_place(sizes: list[int]) -> None:
    layout = Layout.of(sizes)
    owners = [i for i, size in enumerate(sizes) for _ in range(size)]
    assert layout.owners().tolist()[: sum(sizes)] == owners
    assert layout.places().tolist()[: sum(sizes)] == [p for size in sizes for p in range(size)]
    assert layout.is_filled().sum() == layout.filled == sum(sizes)
    assert len(layout.owners()) == len(layout.places()) == layout.rows == filled_up(sum(sizes))
    assert not layout.owners()[sum(sizes) :].any()


@given(rows=st.integers(0, 5000))
def test_rows_are_filled_up_so_that_the_last_sequence_can_be_looked_beyond(rows: int) -> None:
    assert filled_up(rows) % STEP == 0
    assert rows + WIDE - 1 <= filled_up(rows) < rows + WIDE - 1 + STEP


@given(sizes=SIZES)
@quick
def test_a_sequence_attends_to_itself_alone(sizes: list[int]) -> None:
    layout = Layout.of(sizes)
    torch.manual_seed(0)
    mixed = torch.randn(layout.rows, 3 * 16)
    seen = Attention(layout, 2, mixed.dtype)(mixed)
    for start, size in zip(layout.starts, sizes, strict=True):
        query, key, value = (
            part.view(1, size, 2, 8).transpose(1, 2)
            for part in mixed[start : start + size].chunk(3, -1)
        )
        alone = F.scaled_dot_product_attention(query, key, value).transpose(1, 2).reshape(size, 16)
        torch.testing.assert_close(seen[start : start + size], alone)
    assert not seen[layout.filled :].any()


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("rows", [0, 1, STEP, STEP + 1, CHUNK, 2 * CHUNK + 5])
@pytest.mark.parametrize("gelu", [False, True])
def test_products_of_any_number_of_rows(dtype: torch.dtype, rows: int, gelu: bool) -> None:
    torch.manual_seed(0)
    layer = torch.nn.Linear(32, 24)
    given = torch.randn(rows, 32)
    wanted = F.gelu(layer(given)) if gelu else layer(given)
    layer.to(dtype)
    found = Product(layer.weight, layer.bias, gelu=gelu)(given.to(dtype))
    assert found.dtype == dtype
    assert found.shape == (rows, 24)
    close = {} if dtype == torch.float32 else {"atol": 0.03, "rtol": 0.03}
    torch.testing.assert_close(found.float(), wanted, **close)
