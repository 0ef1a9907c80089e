"""Transformer layers over packed rows: sequences stand one behind another, and nothing is padded.

A batch of sequences of unequal length is usually filled up to the longest. Here all of them are
rows of one matrix (cf. "sequence packing", Krell et al. 2021), so that products with weights have
no empty rows, and attention is asked for one sequence after another.

Two things make products in bfloat16 quick on a processor. The library under torch (oneDNN)
compiles a kernel for each shape that it meets, which takes as long as some ten products: so there
are few shapes, all rows being filled up to a multiple of `STEP`. And it brings weights into its own
order at each call: so they are brought there once (`Product`).

This is the only module of the package that imports torch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812 (its usual name)
from torch import Tensor, nn

STEP = 128
"""All rows together are filled up to a multiple of it."""
CHUNK = 4 * STEP
"""Rows that go through a layer together: few shapes, and a part that stays in the cache."""
WIDE = 16
"""Attention looks at a multiple of it: other lengths take twice as long, and a kernel each."""


def has_bfloat16() -> bool:
    """Whether the processor has instructions for bfloat16, so that it is quicker than float32."""
    checks = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    return any(getattr(torch.cpu, check, bool)() for check in checks)


def _orders_weights() -> bool:
    """Whether the library under torch takes weights in bfloat16 in its own order here."""
    available: bool = torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]
    return available and bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def filled_up(rows: int) -> int:
    """How many rows a matrix has that holds so many; the last sequence can be looked beyond."""
    return -(-(rows + WIDE - 1) // STEP) * STEP


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the sequences stand: `starts[i]` is the first row of the one of `sizes[i]` rows.

    `rows` are all of the matrix, those included that fill it up, which hold anything finite.
    """

    sizes: Sequence[int]
    starts: Sequence[int]
    rows: int

    @classmethod
    def of(cls, sizes: Sequence[int], *, rows: int | None = None) -> Layout:
        """Sequences of so many rows, one behind another, in a matrix of `rows`, or of a few more.

        Of `rows`, the last `WIDE` must stay free.
        """
        starts, total = [], 0
        for size in sizes:
            starts.append(total)
            total += size
        return cls(sizes, starts, filled_up(total) if rows is None else rows)

    @property
    def filled(self) -> int:
        """Rows that belong to a sequence."""
        return self.starts[-1] + self.sizes[-1] if self.sizes else 0

    def places(self) -> Tensor:
        """For each row its place in its sequence, (rows,); 0 where there is none."""
        return _spread(torch.arange(self.filled) - _each(self.starts, self.sizes), self.rows)

    def owners(self) -> Tensor:
        """For each row the number of its sequence, (rows,); 0 where there is none."""
        return _spread(_each(range(len(self.sizes)), self.sizes), self.rows)

    def is_filled(self) -> Tensor:
        """Which rows belong to a sequence, (rows,) bool."""
        return torch.arange(self.rows) < self.filled


def _each(values: Sequence[int], times: Sequence[int]) -> Tensor:
    return torch.tensor(values).repeat_interleave(torch.tensor(times))


def _spread(values: Tensor, rows: int) -> Tensor:
    return F.pad(values, (0, rows - len(values)))


class Attention:
    """Multi-head attention inside each sequence of a layout, for any number of layers.

    `bias(length)` gives what is added to the scores of a sequence, (heads, length, length).
    """

    def __init__(
        self,
        layout: Layout,
        heads: int,
        dtype: torch.dtype,
        bias: Callable[[int], Tensor] | None = None,
    ) -> None:
        """Make the masks, once for all layers."""
        self._layout, self._heads = layout, heads
        known: dict[int, Tensor | None] = {}
        for size in layout.sizes:
            if size not in known:
                known[size] = _mask(size, dtype, bias)
        self._masks = [known[size] for size in layout.sizes]

    def __call__(self, mixed: Tensor, dropout: float = 0.0) -> Tensor:
        """(rows, 3·D) queries, keys and values → (rows, D)."""
        rows, width = len(mixed), mixed.shape[1] // 3
        view = mixed.view(rows, 3, self._heads, -1).permute(1, 2, 0, 3).unsqueeze(1)
        seen = []
        layout = self._layout
        for start, size, mask in zip(layout.starts, layout.sizes, self._masks, strict=True):
            # What stands behind a sequence is looked at too, and masked: it is there anyway.
            query, key, value = view[..., start : start + _wide(size), :]
            mixture = F.scaled_dot_product_attention(
                query, key, value, attn_mask=mask, dropout_p=dropout
            )
            seen.append(mixture[0, :, :size].transpose(0, 1).reshape(size, width))
        seen.append(mixed.new_zeros(rows - layout.filled, width))
        return torch.cat(seen)


def _wide(size: int) -> int:
    return -(-size // WIDE) * WIDE


def _mask(size: int, dtype: torch.dtype, bias: Callable[[int], Tensor] | None) -> Tensor | None:
    """What is added to the scores of a sequence of `size` rows: (1, heads or 1, 1 or L, L)."""
    length = _wide(size)
    if bias is None and length == size:
        return None
    mask = torch.zeros(1, 1, 1, length, dtype=dtype)
    mask[..., size:] = -torch.inf
    return mask if bias is None else mask + bias(length).to(dtype)


class Product:
    """x → x·Wᵀ + b, and GELU of it where that is asked for: (rows, I) → (rows, O).

    For use only: the weights are those of the moment at which it is made.
    """

    def __init__(self, weight: Tensor, bias: Tensor, *, gelu: bool = False) -> None:
        """`weight` is (O, I), `bias` (O,), as `torch.nn.Linear` has them."""
        weight, bias = weight.detach(), bias.detach()
        if weight.dtype == torch.bfloat16 and _orders_weights():
            # What torch's own compiler makes of a linear layer; torch is pinned to one version.
            ordered = torch.ops.mkldnn._reorder_linear_weight(weight, CHUNK)
            self._run: Callable[[Tensor], Tensor] = partial(
                _ordered, weight=ordered, bias=bias, after="gelu" if gelu else "none"
            )
        else:
            self._run = partial(_plain, weight=weight, bias=bias, gelu=gelu)

    def __call__(self, given: Tensor) -> Tensor:
        """The product, in parts of `CHUNK` rows, of which the last is filled up."""
        rows = len(given)
        if rows % STEP:
            given = F.pad(given, (0, 0, 0, -rows % STEP))
        parts = [self._run(part) for part in torch.split(given, CHUNK)]
        return (parts[0] if len(parts) == 1 else torch.cat(parts))[:rows]


def _ordered(given: Tensor, *, weight: Tensor, bias: Tensor, after: str) -> Tensor:
    done: Tensor = torch.ops.mkldnn._linear_pointwise(given, weight, bias, after, [], "none")
    return done


def _plain(given: Tensor, *, weight: Tensor, bias: Tensor, gelu: bool) -> Tensor:
    done = F.linear(given, weight, bias)
    return F.gelu(done) if gelu else done


@dataclass(frozen=True, slots=True)
class _Layer:
    """One layer of an encoder, which adds first and normalises afterwards."""

    mix: Product
    out: Product
    attended: nn.LayerNorm
    inner: Product
    outer: Product
    done: nn.LayerNorm

    def __call__(self, hidden: Tensor, attend: Attention) -> Tensor:
        seen = attend(self.mix(hidden))
        both = zip(torch.split(seen, CHUNK), torch.split(hidden, CHUNK), strict=True)
        return torch.cat([self._after(*parts) for parts in both])

    def _after(self, seen: Tensor, hidden: Tensor) -> Tensor:
        hidden = self.attended(self.out(seen).add_(hidden))
        result: Tensor = self.done(self.outer(self.inner(hidden)).add_(hidden))
        return result


class PackedEncoder:
    """A BERT or MPNet encoder of transformers over packed rows, for use only.

    It has the encoder's weights of the moment at which it is made, and gives what the encoder gives
    without dropout, up to rounding.
    """

    def __init__(self, encoder: Any) -> None:
        """Raises ValueError for an encoder whose layers work otherwise."""
        kind, config = encoder.config.model_type, encoder.config
        if kind not in ("bert", "mpnet") or config.hidden_act != "gelu":
            raise ValueError(f"no way to run an encoder {kind!r} with {config.hidden_act!r}")
        tables = encoder.embeddings
        self._words, self._norm = tables.word_embeddings, tables.LayerNorm
        self._positions = tables.position_embeddings.weight.detach()
        self._bias: Callable[[int], Tensor] | None = None
        if kind == "bert":
            self._positions = self._positions + tables.token_type_embeddings.weight.detach()[0]
        else:
            self._positions = self._positions[tables.padding_idx + 1 :]
            self._bias = partial(_relative, encoder.encoder)
        self._heads = config.num_attention_heads
        self._layers = [_layer(kind, one) for one in encoder.encoder.layer]

    def __call__(self, ids: Tensor, layout: Layout) -> Tensor:
        """Ids of all sequences one behind another (int64) → states (layout.rows, H)."""
        places = layout.places()
        hidden: Tensor = self._norm(
            self._words(_spread(ids, layout.rows)) + self._positions[places]
        )
        attend = Attention(layout, self._heads, hidden.dtype, self._bias)
        for layer in self._layers:
            hidden = layer(hidden, attend)
        return hidden


def _relative(stack: Any, length: int) -> Tensor:
    """MPNet's bias by how far two places are from each other, (heads, length, length)."""
    values: Tensor = stack.compute_position_bias(torch.empty(1, length, 0))
    return values[0]


def _layer(kind: str, one: Any) -> _Layer:
    """A layer of transformers' `BertModel` or `MPNetModel`, with its weights laid out."""
    attention = one.attention
    if kind == "bert":
        own, out, norm = attention.self, attention.output.dense, attention.output.LayerNorm
        parts = (own.query, own.key, own.value)
    else:
        own, norm = attention.attn, attention.LayerNorm
        out, parts = own.o, (own.q, own.k, own.v)
    mix = (torch.cat([p.weight for p in parts]), torch.cat([p.bias for p in parts]))
    return _Layer(
        Product(*mix),
        Product(out.weight, out.bias),
        norm,
        Product(one.intermediate.dense.weight, one.intermediate.dense.bias, gelu=True),
        Product(one.output.dense.weight, one.output.dense.bias),
        one.output.LayerNorm,
    )
