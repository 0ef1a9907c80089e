"""What goes into the network and comes out of it, as tensors with their shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from torch import Tensor


class Batch(NamedTuple):
    """Windows padded to one shape: B windows, P pieces (with [CLS] and [SEP]), W words."""

    ids: Tensor  # (B, P) int64
    mask: Tensor  # (B, P) int64, 1 where there is a piece
    first: Tensor  # (B, W) int64, index of each word's first piece
    features: Tensor  # (B, W) int64
    paragraph: Tensor  # (B, W) int64, -1 where there is no word
    lengths: Tensor  # (B,) int64, words


class Cue(NamedTuple):
    """A cue in a batch: window, word range of the cue, word range in which to look for roles."""

    window: int
    start: int
    end: int
    low: int
    high: int


class Projected(NamedTuple):
    """The role tagger's view of the words of a batch, whatever the cue, window after window."""

    states: Tensor  # (B * W, H)
    word_gate: Tensor  # (B * W, 2D)


@dataclass(slots=True)
class Encoded:
    """Encoder output for a batch, by word; `projected` is kept from the first call of `roles`."""

    states: Tensor  # (B, W, H)
    cue_logits: Tensor  # (B, W, 3)
    hint_logits: Tensor  # (B, W, 2): part of any source; part of any content
    projected: Projected | None = None


@dataclass(slots=True)
class Roles:
    """Role tagger output for N cues over at most L words each."""

    logits: Tensor  # (N, L, 5)
    position: Tensor  # (N, L) int64, word index in the window
    valid: Tensor  # (N, L) bool
    in_cue: Tensor  # (N, L) bool
    keep: Tensor  # (N,) logit: is this an attribution
    stance: Tensor  # (N, 5)
    act: Tensor  # (N, 10)
    framing: Tensor  # (N, 3)
