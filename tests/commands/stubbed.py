"""`python -m tests.commands.stubbed ARGS`: the program in a process of its own, without a model.

With SLOW=1 each article takes a tenth of a second, so that a test can interrupt it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator

import claims.commands.model
from claims.cli import main
from claims.records import Document, Extraction
from tests.stub import StubExtractor


class SlowExtractor(StubExtractor):
    def extract(
        self, documents: Iterable[Document], *, progress: Callable[[int], None] | None = None
    ) -> Iterator[Extraction]:
        for document in documents:
            time.sleep(0.1)
            yield from super().extract([document], progress=progress)


if __name__ == "__main__":
    kind = SlowExtractor if os.environ.get("SLOW") else StubExtractor
    claims.commands.model.open_extractor = lambda name: kind()
    main()
