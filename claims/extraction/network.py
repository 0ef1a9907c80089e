"""The network: one encoder pass, a cue tagger, and for each cue a role tagger.

A cue ("said", "is suspected of") is found first; the roles (source, content) are then tagged once
for *each* cue over its paragraph (`roles`), so that attributions may share a source, have none,
have several content spans, and nest. This is semantic role labelling with the cue as predicate (cf.
He et al. 2017), applied to attribution relations (Pareti 2015; Newell et al. 2018). A head over
each sentence tells its kind and check-worthiness.

This is the only module of the package that imports torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

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

from claims.encoding.network import Layout, PackedEncoder
from claims.encoding.runs import runs
from claims.extraction.config import ClaimsConfig
from claims.extraction.roles.network import RoleTagger, faint
from claims.extraction.shapes import Batch, Cue, Encoded, Roles
from claims.extraction.windows import Window
from claims.extraction.words import FEATURES
from claims.records import SentenceKind

CUE_LABELS = ("O", "B", "I")
KINDS = tuple(SentenceKind)
ENCODERS: dict[str, tuple[type[PretrainedConfig], type[PreTrainedModel]]] = {
    "bert": (BertConfig, BertModel),
    "mpnet": (MPNetConfig, MPNetModel),
}
"""Settings and network of each kind of encoder, by the `model_type` of its settings."""
MOST_ROWS = 4096
"""Words at which the role tagger looks in one call, all its cues together."""


def collate(windows: Sequence[Window], *, start: int, end: int, pad: int, step: int = 1) -> Batch:
    """Pad windows to one batch; `start`, `end`, `pad` are the ids of the special tokens.

    The table's sides are filled up to multiples of `step`, for whoever wants few shapes.
    """
    pieces = -(-(max(len(w.pieces) for w in windows) + 2) // step) * step
    words = -(-max(len(w.first) for w in windows) // step) * step
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


def _mean(states: Tensor, weight: Tensor) -> Tensor:
    """Weighted mean over words: (N, L, D), (N, L) → (N, D); zeros where all weights are zero."""
    weight = weight.to(states.dtype)
    total = weight.sum(1, keepdim=True).clamp(min=1e-3)
    return torch.bmm((weight / total)[:, None], states).squeeze(1)


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
        states = faint(states, 0.5) if self.training else states
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
        self.packed: PackedEncoder | None = None
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

    def prepare(self, *, bfloat16: bool = False) -> None:
        """Lay the weights out for use as they are now; there is no training afterwards.

        In bfloat16, for processors that have it, encoder and role tagger; else in float32.
        """
        if bfloat16:
            self.encoder.to(dtype=torch.bfloat16)
            self.role_tagger.to(torch.bfloat16)
        self.role_tagger.prepare()
        self.packed = PackedEncoder(self.encoder)

    def encode(self, batch: Batch) -> Encoded:
        """One pass of the encoder; a word's state is that of its first piece."""
        if self.packed is None:
            hidden = self.encoder(input_ids=batch.ids, attention_mask=batch.mask)
            states = hidden.last_hidden_state.flatten(0, 1)
            starts = torch.arange(len(batch.ids)) * batch.ids.shape[1]
        else:
            layout = Layout.of(batch.mask.sum(1).tolist())
            states = self.packed(batch.ids[batch.mask == 1], layout)
            starts = torch.tensor(layout.starts)
        first = batch.first + starts[:, None]
        states = states[first].to(self.feature.weight.dtype)
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
        """Indices of `cues`, in groups of `MOST_ROWS` words for one call of `roles` each."""
        reach = self.config.reach
        sizes = [min(c.end + reach, c.high) - max(c.start - reach, c.low) for c in cues]
        return [list(run) for run in runs(sizes, MOST_ROWS)]


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
