"""`python -m tests.commands.stubbed ARGS`: the program in a process of its own, without a model.

With STUCK_AFTER=N it never gets over the article after the first N, so that a test can interrupt it
amid its work however fast or slow the machine is.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator

import claims.commands.model
from claims.cli import main
from claims.records import Document, Extraction
from tests.stub import StubExtractor, StubMatcher


class StuckExtractor(StubExtractor):
    """Finds what the stub finds in the first `articles`, then works on until it is interrupted."""

    def __init__(self, articles: int) -> None:
        super().__init__()
        self._left = articles

    def extract(
        self, documents: Iterable[Document], *, progress: Callable[[int], None] | None = None
    ) -> Iterator[Extraction]:
        for document in documents:
            while self._left == 0:
                time.sleep(0.1)
            self._left -= 1
            yield from super().extract([document], progress=progress)


if __name__ == "__main__":
    limit = os.environ.get("STUCK_AFTER")
    extractor = StubExtractor() if limit is None else StuckExtractor(int(limit))
    claims.commands.model.open_extractor = lambda name: extractor
    claims.commands.model.open_matcher = StubMatcher
    main()
