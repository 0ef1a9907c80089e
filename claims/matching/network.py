"""The sentence encoder: a wording to a vector of unit length (all-MiniLM-L6-v2).

Mean pooling over the last layer (Reimers and Gurevych 2019). Wordings are encoded in batches of
fixed shapes, so that a vector is the same, to the last digit, whatever else is encoded with it.

This is the only module of the package that imports torch.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import BertConfig, BertModel
from transformers.utils import logging

from claims.encoding.network import has_bfloat16
from claims.errors import ModelError

MAX_PIECES = 96
"""Word pieces of a wording that count, with those at both ends."""
_STEP = 16
"""Lengths are filled up to multiples of it: so many shapes there are, and so much is wasted."""
_ROWS = 16


class Encoder:
    """The network with its tokenizer."""

    def __init__(self, model: BertModel, tokenizer: Tokenizer, *, bfloat16: bool) -> None:
        """Take over a network; use `load` for one on disk."""
        network: Any = model
        network.to(dtype=torch.bfloat16 if bfloat16 else torch.float32)
        network.eval()
        self.model = network
        tokenizer.enable_truncation(MAX_PIECES)
        tokenizer.no_padding()
        self.tokenizer = tokenizer

    def encode(
        self, wordings: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> np.ndarray:
        """Vectors of unit length, (N, 384) float32; `progress(wordings done)` after each batch."""
        ids = [encoding.ids for encoding in self.tokenizer.encode_batch(list(wordings))]
        vectors = np.zeros((len(ids), self.model.config.hidden_size), np.float32)
        by_length: dict[int, list[int]] = defaultdict(list)
        for i, pieces in enumerate(ids):
            by_length[-(-len(pieces) // _STEP) * _STEP].append(i)
        done = 0
        with torch.inference_mode():
            for length, rows in sorted(by_length.items()):
                for start in range(0, len(rows), _ROWS):
                    part = rows[start : start + _ROWS]
                    vectors[part] = self._batch([ids[i] for i in part], length)[: len(part)]
                    done += len(part)
                    if progress:
                        progress(done)
        return vectors

    def _batch(self, ids: Sequence[Sequence[int]], length: int) -> np.ndarray:
        """(`_ROWS`, 384): rows that are missing are filled with empty ones."""
        pieces = torch.zeros((_ROWS, length), dtype=torch.long)
        mask = torch.zeros_like(pieces)
        mask[:, 0] = 1  # an empty row attends to something
        for row, own in enumerate(ids):
            pieces[row, : len(own)] = torch.tensor(own)
            mask[row, : len(own)] = 1
        states: Tensor = self.model(input_ids=pieces, attention_mask=mask).last_hidden_state.float()
        weight = mask[..., None].float()
        pooled = (states * weight).sum(1) / weight.sum(1)
        return np.asarray(torch.nn.functional.normalize(pooled).numpy())


def load(folder: Path) -> Encoder:
    """Read an encoder from its folder; raises `ModelError`."""
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        config = BertConfig.from_pretrained(folder)
        model = BertModel.from_pretrained(
            folder,
            config=config,
            add_pooling_layer=False,
            dtype=torch.float32,
            use_safetensors=True,
        )
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # tokenizers raises a bare Exception
        raise ModelError(
            f"the sentence encoder in {folder} can't be loaded: {error}",
            repair="copy the folder again, or install the program again",
        ) from error
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    return Encoder(model, tokenizer, bfloat16=has_bfloat16())
