"""The model of a command: found at once, loaded only when an article has to be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from claims.pipeline import Extractor
from claims.records import Document, Extraction, ModelInfo


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
