"""The sentence encoder: a wording to a vector of unit length (all-MiniLM-L6-v2).

Mean pooling over the last layer (Reimers and Gurevych 2019). Wordings stand one behind another in
matrices of one size (`claims.encoding`), so that a vector is the same, to the last digit, whatever
else is encoded with it.

This is the only module of the package that imports torch.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import BertConfig, BertModel
from transformers.utils import logging

from claims.encoding.network import CHUNK, WIDE, Layout, PackedEncoder, has_bfloat16
from claims.encoding.runs import runs
from claims.errors import ModelError

MAX_PIECES = 96
"""Word pieces of a wording that count, with those at both ends."""
_ROWS = CHUNK - WIDE
"""Pieces that are put into one matrix, which is then filled up to `CHUNK` rows."""


class Encoder:
    """The network with its tokenizer."""

    def __init__(self, model: BertModel, tokenizer: Tokenizer, *, bfloat16: bool) -> None:
        """Take over a network; use `load` for one on disk."""
        network: Any = model
        network.to(dtype=torch.bfloat16 if bfloat16 else torch.float32)
        network.eval()
        self._width: int = network.config.hidden_size
        self._packed = PackedEncoder(network)
        tokenizer.enable_truncation(MAX_PIECES)
        tokenizer.no_padding()
        self.tokenizer = tokenizer

    def encode(
        self, wordings: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> np.ndarray:
        """Vectors of unit length, (N, 384) float32; `progress(wordings done)` after each batch."""
        ids = [encoding.ids for encoding in self.tokenizer.encode_batch(list(wordings))]
        vectors = np.zeros((len(ids), self._width), np.float32)
        with torch.inference_mode():
            for part in runs([len(pieces) for pieces in ids], _ROWS):
                vectors[part.start : part.stop] = self._batch(ids[part.start : part.stop])
                if progress:
                    progress(part.stop)
        return vectors

    def _batch(self, ids: Sequence[Sequence[int]]) -> np.ndarray:
        """(len(ids), 384), for at most `_ROWS` pieces."""
        layout = Layout.of([len(own) for own in ids], rows=CHUNK)
        flat = torch.tensor([piece for own in ids for piece in own])
        states: Tensor = self._packed(flat, layout).float()
        pooled = torch.stack(
            [states[a : a + n].mean(0) for a, n in zip(layout.starts, layout.sizes, strict=True)]
        )
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
