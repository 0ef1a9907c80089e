"""The network: one encoder pass, a cue tagger, and for each cue a role tagger.

A cue ("said", "is suspected of") is found first; the roles (source, content) are then tagged once
for *each* cue over its paragraph, so that attributions may share a source, have none, have
several content spans, and nest. This is semantic role labelling with the cue as predicate (cf.
He et al. 2017), applied to attribution relations (Pareti 2015; Newell et al. 2018).

Heads on top of each cue's roles tell whether it is an attribution at all, its stance, act and
framing; a head over each sentence tells its kind and check-worthiness.

This is the only module of the package that imports torch.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F  # noqa: N812 (its usual name)
from torch import Tensor, nn
from transformers import (
    BertConfig,
    BertModel,
    MPNetConfig,
    MPNetModel,
    PretrainedConfig,
    PreTrainedModel,
)

from claims.extraction.batching import dense_groups
from claims.extraction.config import ClaimsConfig
from claims.extraction.windows import Window
from claims.extraction.words import FEATURES
from claims.records import Act, Framing, SentenceKind, Stance

CUE_LABELS = ("O", "B", "I")
ROLE_LABELS = ("O", "B-source", "I-source", "B-content", "I-content")
SOURCE, CONTENT = slice(1, 3), slice(3, 5)
STANCES, ACTS, FRAMINGS, KINDS = tuple(Stance), tuple(Act), tuple(Framing), tuple(SentenceKind)
ENCODERS: dict[str, tuple[type[PretrainedConfig], type[PreTrainedModel]]] = {
    "bert": (BertConfig, BertModel),
    "mpnet": (MPNetConfig, MPNetModel),
}
"""Settings and network of each kind of encoder, by the `model_type` of its settings."""
_DISTANCES = 33
"""Buckets of the signed word distance to the cue; the last one is the cue itself."""


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


def collate(windows: Sequence[Window], *, start: int, end: int, pad: int) -> Batch:
    """Pad windows to one batch; `start`, `end`, `pad` are the ids of the special tokens."""
    pieces = max(len(w.pieces) for w in windows) + 2
    words = max(len(w.first) for w in windows)
    ids = torch.full((len(windows), pieces), pad)
    mask = torch.zeros_like(ids)
    first = torch.zeros((len(windows), words), dtype=torch.long)
    features = torch.zeros_like(first)
    paragraph = torch.full_like(first, -1)
    for i, window in enumerate(windows):
        size, count = len(window.pieces) + 2, len(window.first)
        ids[i, :size] = torch.tensor([start, *window.pieces, end])
        mask[i, :size] = 1
        first[i, :count] = torch.tensor(window.first) + 1
        features[i, :count] = torch.tensor(window.features)
        paragraph[i, :count] = torch.tensor(window.paragraph)
    lengths = torch.tensor([len(w.first) for w in windows])
    return Batch(ids, mask, first, features, paragraph, lengths)


def distance_bucket(distance: Tensor) -> Tensor:
    """Signed distance in words → 0…31: exact below 8, then logarithmic up to 128."""
    far = distance.abs().float()
    log = 8 + (torch.log(far.clamp(min=1) / 8) / math.log(128 / 8) * 7).clamp(0, 7)
    bucket = torch.where(far < 8, far, log).long().clamp(max=15)
    return torch.where(distance < 0, bucket, bucket + 16)


class RoleLayer(nn.TransformerEncoderLayer):
    """A transformer layer of the role tagger, pre-norm.

    Regions are short: two plain matrix products take half the time of torch's fused attention.
    """

    def __init__(self, config: ClaimsConfig) -> None:
        """Width, heads and dropout as in the config."""
        width = config.role_width
        super().__init__(
            width, config.role_heads, 2 * width, config.dropout, batch_first=True, norm_first=True
        )
        self.heads = config.role_heads

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:  # type: ignore[override]
        """(N, L, D) states and (N, 1, 1, L) bool mask of the words to attend to → (N, L, D)."""
        count, length, width = hidden.shape
        attention = self.self_attn
        mixed = F.linear(self.norm1(hidden), attention.in_proj_weight, attention.in_proj_bias)
        query, key, value = (
            x.view(count, length, self.heads, -1).transpose(1, 2) for x in mixed.chunk(3, -1)
        )
        rate = attention.dropout if self.training else 0.0
        scores = (query * query.shape[-1] ** -0.5) @ key.transpose(-1, -2)
        share = scores.masked_fill(~mask, float("-inf")).softmax(-1).to(value.dtype)
        seen = F.dropout(share, rate, self.training) @ value
        seen = attention.out_proj(seen.transpose(1, 2).reshape(count, length, width))
        hidden = hidden + self.dropout1(seen)
        inner = self.dropout(F.gelu(self.linear1(self.norm2(hidden))))
        result: Tensor = hidden + self.dropout2(self.linear2(inner))
        return result


class RoleTagger(nn.Module):
    """Tags source and content words of given cues, and judges each cue as a whole."""

    def __init__(self, config: ClaimsConfig, hidden: int) -> None:
        """`hidden`: width of the encoder's states."""
        super().__init__()
        width = config.role_width
        self.reach = config.reach
        self.word = nn.Linear(hidden, width)
        self.gate = nn.Linear(hidden, width)
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
        states = states.to(self.out.weight.dtype).flatten(0, 1)
        word = self.word(states) + likely.flatten()[:, None].to(states.dtype) * self.likely
        return Projected(states, torch.cat([word, self.gate(states)], -1))

    def forward(self, projected: Projected, batch: Batch, cues: Sequence[Cue]) -> Roles:
        """Roles of `cues`, at least one."""
        window, start, end, low, high = torch.tensor(cues).T
        low = torch.maximum((start - self.reach).clamp(min=0), low)
        high = torch.minimum(end + self.reach, high)
        position = low[:, None] + torch.arange(int((high - low).max()))
        valid = position < high[:, None]
        position = torch.minimum(position, (batch.lengths[window] - 1)[:, None])
        place = window[:, None] * batch.first.shape[1] + position
        in_cue = (position >= start[:, None]) & (position < end[:, None]) & valid
        states = projected.states
        cue_state = _mean_of(states, place, in_cue)
        cue = self.cue(cue_state)
        both = projected.word_gate.index_select(0, place.flatten()).view(*place.shape, -1)
        word, gate = both.chunk(2, -1)
        hidden = word + cue[:, None] + gate * torch.tanh(cue)[:, None]
        hidden = hidden + self._where(batch, window, start, end, position, in_cue)
        hidden = self.dropout(self.norm(hidden))
        mask = valid[:, None, None]
        for layer in self.layers:
            hidden = layer(hidden, mask)
        logits = self.out(hidden)
        if self.training:
            states, hidden, cue_state = (_faint(x, 0.2) for x in (states, hidden, cue_state))
        share = logits.detach().float().softmax(-1) * (valid & ~in_cue)[..., None]
        content, source = share[..., CONTENT].sum(-1), share[..., SOURCE].sum(-1)
        summary = [
            cue_state,
            _mean_of(states, place, content),
            *(_mean(hidden, weight) for weight in (in_cue, content, source)),
        ]
        judged = self.judge(torch.cat(summary, -1))
        return Roles(
            logits, position, valid, in_cue, self.keep(judged).squeeze(-1),
            self.stance(judged), self.act(judged), self.framing(judged),
        )  # fmt: skip

    def _where(  # noqa: PLR0917
        self,
        batch: Batch,
        window: Tensor,
        start: Tensor,
        end: Tensor,
        position: Tensor,
        in_cue: Tensor,
    ) -> Tensor:
        """Where each word stands, seen from the cue: distance and paragraph, (N, L, D)."""
        after = position - end[:, None] + 1
        distance = torch.where(position < start[:, None], position - start[:, None], after)
        bucket = torch.where(in_cue, _DISTANCES - 1, distance_bucket(distance))
        of_cue = batch.paragraph[window, start][:, None]
        same = batch.paragraph[window[:, None], position] == of_cue
        place = torch.where(in_cue, 2, same.long())
        table = self.distance.weight[:, None] + self.place.weight  # one look-up in place of two
        return F.embedding(bucket * 3 + place, table.flatten(0, 1))


def _faint(states: Tensor, share: float) -> Tensor:
    """The same states, passing back only `share` of the gradient.

    Stance, act and sentence labels are few and the gradients of their losses noisy, up to ten
    times those of cues and roles late in training: at full strength they steer the shared encoder.
    """
    return states * share + states.detach() * (1 - share)


def _mean(states: Tensor, weight: Tensor) -> Tensor:
    """Weighted mean over words: (N, L, D), (N, L) → (N, D); zeros where all weights are zero."""
    weight = weight.to(states.dtype)
    total = weight.sum(1, keepdim=True).clamp(min=1e-3)
    return torch.bmm((weight / total)[:, None], states).squeeze(1)


def _mean_of(states: Tensor, place: Tensor, weight: Tensor) -> Tensor:
    """Weighted mean of the rows of `states` (M, D) at `place` (N, L), by `weight` (N, L) → (N, D).

    As a product with a sparse matrix of weights: the rows themselves are never gathered, which
    for the wide states of an encoder would take longer than all else.
    """
    weight = weight.to(states.dtype)
    total = weight.sum(1, keepdim=True).clamp(min=1e-3)
    spread = weight.new_zeros(len(place), len(states)).scatter_add(1, place, weight / total)
    return spread @ states


class SentenceJudge(nn.Module):
    """Kind and check-worthiness of sentences, from their words and the taggers' hints."""

    def __init__(self, config: ClaimsConfig, hidden: int) -> None:
        """`hidden`: width of the encoder's states."""
        super().__init__()
        width = config.role_width
        self.mix = nn.Sequential(
            nn.Linear(2 * hidden + 6, width), nn.GELU(), nn.Dropout(config.dropout)
        )
        self.kind = nn.Linear(width, len(KINDS))
        self.worth = nn.Linear(width, 2)  # worth at least 1; worth 2

    def forward(
        self, encoded: Encoded, spans: Sequence[tuple[int, int, int]]
    ) -> tuple[Tensor, Tensor]:
        """`spans`: (window, first word, word after) → (N, 3) and (N, 2) logits."""
        window, start, end = torch.tensor(spans).T
        position = start[:, None] + torch.arange(int((end - start).max()))
        valid = position < end[:, None]
        position = torch.minimum(position, (end - 1)[:, None])
        states = encoded.states[window[:, None], position]
        states = _faint(states, 0.5) if self.training else states
        cue = encoded.cue_logits.detach().float().softmax(-1)[window[:, None], position]
        hint = encoded.hint_logits.detach().float().sigmoid()[window[:, None], position]
        marks = torch.cat([cue[..., 1:], hint], -1) * valid[..., None]
        high = states.masked_fill(~valid[..., None], -1e4).amax(1)
        summary = torch.cat(
            [
                _mean(states, valid),
                high,
                marks.amax(1),
                _mean(hint, valid)[:, 1:],
                torch.log((end - start).float())[:, None] / 4,
            ],
            -1,
        )
        mixed = self.mix(summary.to(states.dtype))
        return self.kind(mixed), self.worth(mixed)


class ClaimsModel(PreTrainedModel):  # type: ignore[no-untyped-call]
    """Encoder with cue tagger, role tagger and sentence judge."""

    config_class = ClaimsConfig
    base_model_prefix = "claims"

    def __init__(self, config: ClaimsConfig) -> None:
        """Build the network untrained; use `from_pretrained` for weights."""
        super().__init__(config)
        kind = config.encoder.get("model_type", "bert")
        if kind not in ENCODERS:
            raise ValueError(f"there is no encoder {kind!r}; there are {', '.join(ENCODERS)}")
        settings, network = ENCODERS[kind]
        self.encoder: Any = network(settings(**config.encoder), add_pooling_layer=False)
        hidden = self.encoder.config.hidden_size
        self.feature = nn.Embedding(FEATURES, hidden)
        nn.init.normal_(self.feature.weight, std=0.02)
        self.dropout = nn.Dropout(config.dropout)
        self.cue_tagger = nn.Sequential(
            nn.Linear(hidden, config.role_width),
            nn.GELU(),
            nn.Dropout(config.dropout),
            nn.Linear(config.role_width, len(CUE_LABELS)),
        )
        self.hint = nn.Linear(hidden, 2)
        self.role_tagger = RoleTagger(config, hidden)
        self.sentence_judge = SentenceJudge(config, hidden)
        self.post_init()  # type: ignore[no-untyped-call]

    def _init_weights(self, module: nn.Module) -> None:
        """Keep torch's own initialisation: the encoder's weights are loaded over it."""

    def use_bfloat16(self) -> None:
        """Turn encoder and role tagger to bfloat16, for processors that have it; for use only."""
        self.encoder.to(dtype=torch.bfloat16)
        self.role_tagger.to(torch.bfloat16)

    def encode(self, batch: Batch) -> Encoded:
        """One pass of the encoder; a word's state is that of its first piece."""
        # A batch without padding needs no mask, and attention is quicker without one.
        mask = None if bool(batch.mask.all()) else batch.mask
        hidden = self.encoder(input_ids=batch.ids, attention_mask=mask).last_hidden_state
        index = batch.first.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
        states = hidden.gather(1, index).to(self.feature.weight.dtype)
        states = self.dropout(states + self.feature(batch.features))
        return Encoded(states, self.cue_tagger(states), self.hint(states))

    def roles(self, encoded: Encoded, batch: Batch, cues: Sequence[Cue]) -> Roles:
        """Roles of each cue; at least one cue is needed."""
        if encoded.projected is None:
            likely = 1 - encoded.cue_logits.detach().float().softmax(-1)[..., 0]
            encoded.projected = self.role_tagger.project(encoded.states, likely)
        result: Roles = self.role_tagger(encoded.projected, batch, cues)
        return result

    def forward(self, batch: Batch, cues: Sequence[Cue]) -> tuple[Encoded, Roles]:
        """Encoder and roles in one call, for given cues."""
        encoded = self.encode(batch)
        return encoded, self.roles(encoded, batch, cues)

    def role_chunks(self, cues: Sequence[Cue]) -> list[list[int]]:
        """Indices of `cues` in groups of like region length, for one call of `roles` each."""
        reach = self.config.reach
        sizes = [min(c.end + reach, c.high) - max(c.start - reach, c.low) for c in cues]
        return dense_groups(sizes, most=6000, small=500, padding=0.15)


def cue_log_probabilities(encoded: Encoded) -> Tensor:
    """(B, W, 3) in float32."""
    return F.log_softmax(encoded.cue_logits.float(), -1)


inference = torch.inference_mode
"""Context in which nothing is kept for gradients."""


def read_network(folder: Path, *, threads: int = 0) -> tuple[ClaimsModel, list[str]]:
    """The network in a model's folder, in float32, and the names of weights that its file lacks.

    `threads` sets those of the whole process; 0 leaves them. Raises whatever transformers meets.
    """
    if threads:
        torch.set_num_threads(threads)
    loaded: Any = ClaimsModel.from_pretrained(
        folder,
        dtype=torch.float32,
        local_files_only=True,
        use_safetensors=True,  # never a pickle, which could run code
        output_loading_info=True,
    )
    return loaded[0], sorted(loaded[1]["missing_keys"])


def has_bfloat16() -> bool:
    """Whether the processor has instructions for bfloat16, so that it is quicker than float32."""
    checks = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    return any(getattr(torch.cpu, check, bool)() for check in checks)
