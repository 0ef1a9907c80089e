"""The matcher: statements to vectors, pairs of them to scores. What it loads is its version."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from claims.matching.candidates import candidates
from claims.matching.clustering import Pair
from claims.matching.pairs import FILE, PairModel, Scores
from claims.matching.statements import Statement
from claims.resources import models_dir
from claims.sources.answers import UNNAMED

if TYPE_CHECKING:
    from claims.matching.network import Encoder

SENTENCES, PAIRS = "sentences", "pairs"


class Matcher:
    """An encoder and a model of pairs. Everything it gives depends on its arguments alone."""

    def __init__(self, encoder: Encoder, pairs: PairModel, version: str) -> None:
        """Use `load` for those that ship."""
        self._encoder, self._pairs = encoder, pairs
        self.version = version

    @property
    def threshold(self) -> float:
        """Log-odds of being one claim that the mean pair of a claim must reach."""
        return self._pairs.threshold

    @property
    def tilt(self) -> float:
        """Log-odds of being on one side under which two members oppose each other."""
        return self._pairs.tilt

    def vectors(
        self, statements: Sequence[Statement], *, progress: Callable[[int], None] | None = None
    ) -> np.ndarray:
        """(S, 2, D) float32: of what is meant, and of speaker, cue and words as they stand.

        Rounded to float16, as they are stored, so that it doesn't matter whether they were.
        """
        return as_texts(self._encoder, statements, progress=progress)

    def compare(
        self, statements: Sequence[Statement], vectors: np.ndarray, new: np.ndarray | None = None
    ) -> dict[Pair, Scores]:
        """Scores of the pairs worth comparing (of those with a `new` one), by their places."""
        pairs = candidates(vectors, self._pairs.cells, new)
        return dict(zip(pairs, self._pairs.score(statements, pairs, vectors), strict=True))


def as_texts(
    encoder: Encoder,
    statements: Sequence[Statement],
    *,
    progress: Callable[[int], None] | None = None,
) -> np.ndarray:
    """What `Matcher.vectors` gives, with an encoder alone."""
    texts = [s.meaning for s in statements] + [_as_said(s) for s in statements]
    flat = encoder.encode(texts, progress=progress)
    both = np.stack([flat[: len(statements)], flat[len(statements) :]], axis=1)
    return both.astype(np.float16).astype(np.float32)


def _as_said(statement: Statement) -> str:
    speaker = "; ".join(statement.named_speakers) or statement.speaker.removeprefix(UNNAMED)
    return f"{speaker} {statement.cue} {statement.words}"


def load(folder: Path | None = None) -> Matcher:
    """The matcher in `models/`, or in a folder that holds `sentences` and `pairs`.

    Raises `ModelError`.
    """
    from claims.matching import network

    folder = folder or models_dir()
    return Matcher(
        network.load(folder / SENTENCES), PairModel.load(folder / PAIRS), version_of(folder)
    )


def version_of(folder: Path | None = None) -> str:
    """First 12 hex digits of the sha256 over the files of both models."""
    folder = folder or models_dir()
    digest = hashlib.sha256()
    for file in (*_SENTENCE_FILES, f"{PAIRS}/{FILE}"):
        path = folder / file
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()[:12]


_SENTENCE_FILES = tuple(
    f"{SENTENCES}/{name}" for name in ("config.json", "model.safetensors", "tokenizer.json")
)
