"""The role tagger: for each cue, which words are its source and its content.

It looks at the words around a cue once for *each* cue, as packed rows (`claims.encoding`), and then
judges the cue as a whole: is it an attribution at all, its stance, act and framing.

This is the only module of the package that imports torch.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F  # noqa: N812 (its usual name)
from torch import Tensor, nn

from claims.encoding.network import Attention, Layout, Product
from claims.extraction.config import ClaimsConfig
from claims.extraction.shapes import Batch, Cue, Projected, Roles
from claims.records import Act, Framing, Stance

ROLE_LABELS = ("O", "B-source", "I-source", "B-content", "I-content")
SOURCE, CONTENT = slice(1, 3), slice(3, 5)
STANCES, ACTS, FRAMINGS = tuple(Stance), tuple(Act), tuple(Framing)
_DISTANCES = 33
"""Buckets of the signed word distance to the cue; the last one is the cue itself."""


def distance_bucket(distance: Tensor) -> Tensor:
    """Signed distance in words → 0…31: exact below 8, then logarithmic up to 128."""
    far = distance.abs().float()
    log = 8 + (torch.log(far.clamp(min=1) / 8) / math.log(128 / 8) * 7).clamp(0, 7)
    bucket = torch.where(far < 8, far, log).long().clamp(max=15)
    return torch.where(distance < 0, bucket, bucket + 16)


class RoleLayer(nn.TransformerEncoderLayer):
    """A transformer layer of the role tagger, pre-norm, over packed rows."""

    def __init__(self, config: ClaimsConfig) -> None:
        """Width, heads and dropout as in the config."""
        width = config.role_width
        super().__init__(
            width, config.role_heads, 2 * width, config.dropout, batch_first=True, norm_first=True
        )
        self.ready: tuple[Product, ...] | None = None

    def prepare(self) -> None:
        """Lay the weights out for use as they are now."""
        attention = self.self_attn
        self.ready = (
            Product(attention.in_proj_weight, attention.in_proj_bias),
            Product(attention.out_proj.weight, attention.out_proj.bias),
            Product(self.linear1.weight, self.linear1.bias, gelu=True),
            Product(self.linear2.weight, self.linear2.bias),
        )

    def forward(self, hidden: Tensor, attend: Attention) -> Tensor:  # type: ignore[override]
        """(rows, D) → (rows, D)."""
        mix, out, inner, outer = self.ready or self._learning()
        rate = self.self_attn.dropout if self.training else 0.0
        hidden = hidden + self.dropout1(out(attend(mix(self.norm1(hidden)), rate)))
        result: Tensor = hidden + self.dropout2(outer(self.dropout(inner(self.norm2(hidden)))))
        return result

    def _learning(self) -> tuple[Callable[[Tensor], Tensor], ...]:
        attention = self.self_attn
        return (
            lambda x: F.linear(x, attention.in_proj_weight, attention.in_proj_bias),
            attention.out_proj,
            lambda x: F.gelu(self.linear1(x)),
            self.linear2,
        )


class RoleTagger(nn.Module):
    """Tags source and content words of given cues, and judges each cue as a whole."""

    def __init__(self, config: ClaimsConfig, hidden: int) -> None:
        """`hidden`: width of the encoder's states."""
        super().__init__()
        width = config.role_width
        self.reach, self.heads = config.reach, config.role_heads
        self.word = nn.Linear(hidden, width)
        self.gate = nn.Linear(hidden, width)
        self.both: Product | None = None  # word and gate in one, laid out for use
        self.cue = nn.Linear(hidden, width)
        self.distance = nn.Embedding(_DISTANCES, width)
        self.place = nn.Embedding(3, width)  # other paragraph, same one, this cue
        self.likely = nn.Parameter(torch.zeros(width))
        nn.init.normal_(self.distance.weight, std=0.1)
        nn.init.normal_(self.place.weight, std=0.1)
        self.norm = nn.LayerNorm(width)
        self.dropout = nn.Dropout(config.dropout)
        self.layers = nn.ModuleList(RoleLayer(config) for _ in range(config.role_layers))
        self.out = nn.Linear(width, len(ROLE_LABELS))
        self.judge = nn.Sequential(
            nn.Linear(2 * hidden + 3 * width, width), nn.GELU(), nn.Dropout(config.dropout)
        )
        self.keep = nn.Linear(width, 1)
        self.stance = nn.Linear(width, len(STANCES))
        self.act = nn.Linear(width, len(ACTS))
        self.framing = nn.Linear(width, len(FRAMINGS))

    def project(self, states: Tensor, likely: Tensor) -> Projected:
        """What is the same for all cues of a batch, from the states of its words (B, W, H).

        `likely` (B, W) is the probability of each word to be part of a cue. It is a probability,
        not the list of cues, so that the roles of one cue don't depend on which others are asked
        for, and cues inside contents, which a flat corpus doesn't mark, look alike in training
        and use.
        """
        states = states.flatten(0, 1)
        if self.both is None:
            word_gate = torch.cat([self.word(states), self.gate(states)], -1)
        else:
            word_gate = self.both(states.to(self.word.weight.dtype))
        word, gate = word_gate.chunk(2, -1)
        word = word + likely.flatten()[:, None].to(word.dtype) * self.likely
        return Projected(states, torch.cat([word, gate], -1))

    def forward(self, projected: Projected, batch: Batch, cues: Sequence[Cue]) -> Roles:
        """Roles of `cues`, at least one."""
        window, start, end, low, high = torch.tensor(cues).T
        low = torch.maximum((start - self.reach).clamp(min=0), low)
        size = torch.minimum(end + self.reach, high) - low
        layout = Layout.of(size.tolist())
        cue_of = layout.owners()
        position = low[cue_of] + layout.places()
        at = _At(
            cue_of, position, window[cue_of] * batch.first.shape[1] + position,
            (position >= start[cue_of]) & (position < end[cue_of]) & layout.is_filled(),
        )  # fmt: skip
        states, count = projected.states, len(cues)
        cue_state = _mean_of(states, at.word, at.in_cue, cue_of, count)
        cue = self.cue(cue_state).to(projected.word_gate.dtype)
        word, gate = projected.word_gate.index_select(0, at.word).chunk(2, -1)
        hidden = word + cue[cue_of] + gate * torch.tanh(cue)[cue_of]
        hidden = hidden + self._where(batch, window, start, end, at)
        hidden = self.dropout(self.norm(hidden))
        attend = Attention(layout, self.heads, hidden.dtype)
        for layer in self.layers:
            hidden = layer(hidden, attend)
        logits = self.out(hidden)
        if self.training:
            states, hidden, cue_state = (faint(x, 0.2) for x in (states, hidden, cue_state))
        roles = logits.detach().float().softmax(-1) * (layout.is_filled() & ~at.in_cue)[:, None]
        judged = self._judged(cue_state, states, hidden.float(), roles, at)
        # From rows to a table of cues and words: short regions are filled up with anything.
        place = torch.arange(int(size.max()))
        valid = place < size[:, None]
        table = (torch.tensor(layout.starts)[:, None] + place).clamp(max=layout.filled - 1)
        position = torch.minimum(low[:, None] + place, (batch.lengths[window] - 1)[:, None])
        return Roles(
            logits[table], position, valid, at.in_cue[table] & valid, self.keep(judged).squeeze(-1),
            self.stance(judged), self.act(judged), self.framing(judged),
        )  # fmt: skip

    def _judged(
        self, cue_state: Tensor, states: Tensor, hidden: Tensor, roles: Tensor, at: _At
    ) -> Tensor:
        """What is known of each cue as a whole (N, D), from its own words and those of its roles.

        `states` are those of the encoder, `hidden` (rows, D) those of the role tagger, `roles`
        (rows, 5) how likely each word has each role.
        """
        count, row = len(cue_state), torch.arange(len(hidden))
        content, source = roles[:, CONTENT].sum(-1), roles[:, SOURCE].sum(-1)
        summary = [cue_state, _mean_of(states, at.word, content, at.cue, count)]
        for weight in (at.in_cue, content, source):
            summary.append(_mean_of(hidden, row, weight, at.cue, count))
        judged: Tensor = self.judge(torch.cat(summary, -1))
        return judged

    def prepare(self) -> None:
        """Lay the weights out for use as they are now."""
        self.both = Product(
            torch.cat([self.word.weight, self.gate.weight]),
            torch.cat([self.word.bias, self.gate.bias]),
        )
        layers: Any = self.layers
        for layer in layers:
            layer.prepare()
        # Their products are small, and of as many shapes as there are numbers of cues.
        for head in (self.cue, self.judge, self.keep, self.stance, self.act, self.framing):
            head.float()

    def _where(self, batch: Batch, window: Tensor, start: Tensor, end: Tensor, at: _At) -> Tensor:
        """Where each word stands, seen from the cue: distance and paragraph, (rows, D)."""
        start, end, window, of_cue = (
            x[at.cue] for x in (start, end, window, batch.paragraph[window, start])
        )
        after = at.position - end + 1
        distance = torch.where(at.position < start, at.position - start, after)
        bucket = torch.where(at.in_cue, _DISTANCES - 1, distance_bucket(distance))
        same = batch.paragraph.flatten()[at.word] == of_cue
        place = torch.where(at.in_cue, 2, same.long())
        table = self.distance.weight[:, None] + self.place.weight  # one look-up in place of two
        return F.embedding(bucket * 3 + place, table.flatten(0, 1))


class _At(NamedTuple):
    """For each row of the role tagger, of which cue and which word it is; (rows,) each."""

    cue: Tensor
    position: Tensor  # of the word in its window
    word: Tensor  # among all words of the batch
    in_cue: Tensor  # bool


def faint(states: Tensor, share: float) -> Tensor:
    """The same states, passing back only `share` of the gradient.

    Stance, act and sentence labels are few and the gradients of their losses noisy, up to ten
    times those of cues and roles late in training: at full strength they steer the shared encoder.
    """
    return states * share + states.detach() * (1 - share)


def _mean_of(states: Tensor, row: Tensor, weight: Tensor, of: Tensor, count: int) -> Tensor:
    """Weighted means of the rows of `states` (M, D) → (count, D).

    `row`, `weight` and `of` are (R,): a row of `states`, its weight, and in which mean it counts.
    As a product with a matrix of weights: the rows themselves are never gathered, which for the
    wide states of an encoder would take longer than all else.
    """
    weight = weight.to(states.dtype)
    total = weight.new_zeros(count).index_add(0, of, weight).clamp(min=1e-3)
    spread = weight.new_zeros(count * len(states))
    spread = spread.index_add(0, of * len(states) + row, weight / total[of])
    return spread.view(count, -1) @ states
