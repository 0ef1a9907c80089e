"""The model of pairs: whether two statements are one claim, and on which sides of it they stand.

A small network over the features of `features`, trained on pairs of attributions that were read and
labelled (`claims.training.pairs`). Plain numpy: it is small.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import numpy as np

from claims.errors import ModelError
from claims.matching import features
from claims.matching.statements import Statement
from claims.matching.traits import Traits

FILE = "weights.safetensors"
_BLOCK, _EVEN_BLOCK = 4096, 256
"""So many rows at a time go through a product of matrices, the last block filled up: one of another
height may add up in another order, and give a pair other last digits alone than among others."""


class PairLabel(StrEnum):
    """What two statements are to each other."""

    DIFFERENT = "different"
    SAME = "same"
    OPPOSES = "opposes"
    UPDATES = "updates"
    NARROWER = "narrower"


LABELS = tuple(PairLabel)
ONE_CLAIM = (PairLabel.SAME, PairLabel.OPPOSES, PairLabel.UPDATES, PairLabel.NARROWER)


class Scores(NamedTuple):
    """Probabilities of a pair; those of all labels add up to 1."""

    different: float
    same: float
    opposes: float
    updates: float
    narrower: float

    @property
    def evidence(self) -> float:
        """Log-odds of being one claim."""
        apart = min(max(self.different, 1e-6), 1 - 1e-6)
        return math.log((1 - apart) / apart)

    @property
    def sign(self) -> float:
        """Above 0: on one side; below 0: against each other (log-odds)."""
        together = self.same + self.updates + self.narrower
        return math.log((together + 1e-6) / (self.opposes + 1e-6))


class PairModel:
    """Layers of weights: a standardised row of features, one hidden layer, five outputs."""

    def __init__(
        self,
        weights: Mapping[str, np.ndarray],
        rarity: Mapping[str, float],
        threshold: float = 0.0,
        tilt: float = 0.0,
    ) -> None:
        """`weights` as `save` writes them; `rarity` is the inverse document frequency of stems.

        `threshold`: log-odds of being one claim that the mean pair of a claim must reach;
        `tilt`: log-odds of being on one side under which two members oppose each other.
        """
        self.weights = dict(weights)
        self._rarity = dict(rarity)
        self.threshold, self.tilt = threshold, tilt

    @property
    def cells(self) -> np.ndarray:
        """(C, 2 * D): the cells under which statements are filed (`candidates`)."""
        return self.weights["cells"]

    def rarity(self, stem: str) -> float:
        """How much a shared stem says, 0 to 1; one never seen says most."""
        return self._rarity.get(stem, 1.0)

    def features(
        self, statements: Sequence[Statement], pairs: Sequence[tuple[int, int]], vectors: np.ndarray
    ) -> np.ndarray:
        """Rows of features, (N, F) float32; `vectors` (S, 2, 384): of meaning and of words."""
        rows = np.empty((len(pairs), len(features.NAMES)), np.float32)
        if not len(pairs):
            return rows
        used, places = np.unique(np.array(pairs, np.int64), return_inverse=True)
        a, b = places.reshape(-1, 2).T
        own = vectors[used]
        rows[:, :2] = features.cosines(own, a, b)
        rows[:, 2:4] = features.cosines(self.evened(own), a, b)
        traits = Traits([statements[i] for i in used.tolist()], self.rarity)
        rows[:, 4:] = features.of_pairs(traits, a, b)
        return rows

    def evened(self, vectors: np.ndarray) -> np.ndarray:
        """(S, 2, E) of unit length: directions in which all statements differ count for less."""
        return _in_blocks(self._evened, vectors, _EVEN_BLOCK)

    def _evened(self, vectors: np.ndarray) -> np.ndarray:
        turned = np.moveaxis(vectors - self.weights["centre"], 1, 0) @ self.weights["even"]
        turned = np.moveaxis(turned, 0, 1)
        lengths = np.linalg.norm(turned, axis=-1, keepdims=True)
        return np.asarray(turned / np.maximum(lengths, 1e-9), np.float32)

    def score(
        self, statements: Sequence[Statement], pairs: Sequence[tuple[int, int]], vectors: np.ndarray
    ) -> list[Scores]:
        """Probabilities of the labels of each pair."""
        rows = self.features(statements, pairs, vectors)
        return [Scores._make(row) for row in self.probabilities(rows).tolist()]

    def probabilities(self, rows: np.ndarray) -> np.ndarray:
        """(N, F) features to (N, 5) probabilities."""
        return _in_blocks(self._probabilities, rows, _BLOCK)

    def _probabilities(self, rows: np.ndarray) -> np.ndarray:
        w = self.weights
        hidden = np.tanh((rows - w["mean"]) / w["scale"] @ w["hidden"] + w["hidden_bias"])
        logits = hidden @ w["out"] + w["out_bias"]
        logits -= logits.max(-1, keepdims=True)
        odds = np.exp(logits)
        return np.asarray(odds / odds.sum(-1, keepdims=True))

    def save(self, folder: Path) -> None:
        """Write `FILE` into a folder: the weights, with the stems' rarities beside them."""
        from safetensors.numpy import save_file

        folder.mkdir(parents=True, exist_ok=True)
        stems = sorted(self._rarity)
        tensors = {name: np.ascontiguousarray(w) for name, w in self.weights.items()}
        tensors["rarity"] = np.array([self._rarity[s] for s in stems], np.float16)
        metadata = {
            "features": " ".join(features.NAMES),
            "stems": " ".join(stems),
            "threshold": repr(self.threshold),
            "tilt": repr(self.tilt),
        }
        save_file(tensors, folder / FILE, metadata=metadata)

    @classmethod
    def load(cls, folder: Path) -> PairModel:
        """Read what `save` wrote; raises `ModelError`."""
        from safetensors import SafetensorError, safe_open

        try:
            with safe_open(folder / FILE, "numpy") as file:
                metadata = file.metadata() or {}
                weights = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
            if metadata["features"].split() != list(features.NAMES):
                raise ValueError("its features are not those of this program")
            rarity = dict(
                zip(metadata["stems"].split(), weights.pop("rarity").tolist(), strict=True)
            )
            threshold, tilt = float(metadata["threshold"]), float(metadata["tilt"])
            weights = {name: w.astype(np.float32) for name, w in weights.items()}
        except (OSError, SafetensorError, KeyError, ValueError) as error:
            raise ModelError(
                f"the model of pairs in {folder} can't be loaded: {error}",
                repair="copy the folder again, or install the program again",
            ) from error
        return cls(weights, rarity, threshold, tilt)


def _in_blocks(of: Callable[[np.ndarray], np.ndarray], rows: np.ndarray, size: int) -> np.ndarray:
    """What `of` gives for the rows, asked for blocks of one size."""
    block = np.zeros((size, *rows.shape[1:]), np.float32)
    found = []
    for start in range(0, max(len(rows), 1), size):
        part = rows[start : start + size]
        block[: len(part)] = part
        found.append(of(block)[: len(part)])
    return np.concatenate(found)
