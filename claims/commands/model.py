"""The models of a command: found at once, loaded only when there is something to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from claims.pipeline import Extractor, StatementMatcher
from claims.records import Document, Extraction, ModelInfo

if TYPE_CHECKING:
    import numpy as np

    from claims.matching.clustering import Pair
    from claims.matching.matcher import Matcher
    from claims.matching.pairs import Scores
    from claims.matching.statements import Statement


class LazyExtractor:
    """A model whose name and version are known before its weights are loaded.

    Loading takes seconds; ingesting what is stored already needs only name and version.
    """

    def __init__(self, name: str) -> None:
        """Find the model `name`; raises `ModelError` if there is none."""
        from claims.extraction import catalogue

        self._folder = catalogue.find(name)
        self._info = catalogue.info(self._folder)
        self._loaded: Extractor | None = None

    @property
    def info(self) -> ModelInfo:
        """Name and version."""
        return self._info

    def extract(
        self, documents: Iterable[Document], *, progress: Callable[[int], None] | None = None
    ) -> Iterator[Extraction]:
        """As the loaded model does; loads it before the first document."""
        items = iter(documents)
        for first in items:
            yield from self._load().extract(chain([first], items), progress=progress)

    def _load(self) -> Extractor:
        if self._loaded is None:
            from claims.extraction import load
            from claims.settings import settings

            knobs = settings()
            self._loaded = load(str(self._folder), threads=knobs.threads, precision=knobs.precision)
        return self._loaded


def open_extractor(name: str) -> Extractor:
    """The model `name`, a folder or one of those that ship. Raises `ModelError`."""
    return LazyExtractor(name)


class LazyMatcher:
    """A matcher whose version is known before its weights are loaded."""

    def __init__(self) -> None:
        """Take the one that ships."""
        from claims.matching.matcher import version_of

        self.version = version_of()
        self._loaded: Matcher | None = None

    @property
    def threshold(self) -> float:
        """As the loaded matcher's."""
        return self._load().threshold

    @property
    def tilt(self) -> float:
        """As the loaded matcher's."""
        return self._load().tilt

    def vectors(self, statements: Sequence[Statement]) -> np.ndarray:
        """As the loaded matcher does."""
        return self._load().vectors(statements)

    def compare(
        self, statements: Sequence[Statement], vectors: np.ndarray, new: np.ndarray
    ) -> dict[Pair, Scores]:
        """As the loaded matcher does."""
        return self._load().compare(statements, vectors, new)

    def _load(self) -> Matcher:
        if self._loaded is None:
            from claims.matching.matcher import load

            self._loaded = load()
        return self._loaded


def open_matcher() -> StatementMatcher:
    """What tells which statements are one claim. Raises `ModelError` once it is used."""
    return LazyMatcher()
