"""A feed that was named: its new entries, each fetched once as a page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from claims import pipeline
from claims.documents.feeds import Entry, read_feed
from claims.errors import DocumentError, FetchError, StoreError
from claims.fetching import Fetcher
from claims.pipeline import Outcome
from claims.store.fetched import FeedRow, PageRow
from claims.watching.arrivals import Arrival

_LONGEST_PAUSE = 3600.0


class Memory(Protocol):
    """What a feed needs of a store."""

    def feed(self, url: str) -> FeedRow | None:
        """What is known of a feed."""
        ...

    def note_feed(
        self, url: str, entries: list[tuple[str, str | None]] | None, *,
        etag: str | None, modified: str | None,
    ) -> int:  # fmt: skip
        """A feed answered; None for entries that are what they were."""
        ...

    def note_fetch_failure(self, url: str, error: str, *, tries: int | None = None) -> int:
        """A feed or page failed, for good if `tries` says how often that is."""
        ...

    def note_page(self, url: str, article_id: int) -> None:
        """A page is stored."""
        ...

    def waiting_pages(self, feed: str, tries: int) -> list[PageRow]:
        """The pages of a feed that are to be fetched now."""
        ...


@dataclass(slots=True)
class FeedWatch:
    """One feed. The store remembers what was fetched, so that a restart fetches nothing twice."""

    url: str
    store: Memory
    fetcher: Fetcher
    clock: Callable[[], float] = time.monotonic
    # Few: an article is stored soon after it came, however slowly a polite round goes.
    group: int = 4
    _due: float = 0.0

    def arrivals(self) -> Iterator[Arrival]:
        """The pages of new entries, and those that failed before and are due; errors of the feed.

        A feed that fails is asked less and less often, up to once an hour, and never given up.
        """
        knobs = self.fetcher.knobs
        if self.clock() >= self._due:
            pause, failed = knobs.fetch_feed_seconds, None
            try:
                self._ask()
            except DocumentError as error:
                failed = error
                tries = self.store.note_fetch_failure(self.url, error.message)
                pause = max(pause, min(pause * 2 ** min(tries, 20), _LONGEST_PAUSE))
            self._due = self.clock() + pause
            if failed is not None:
                yield Arrival(self.url, failed, _ignore)
        for page in self.store.waiting_pages(self.url, knobs.fetch_tries):
            entry = Entry(page.url, page.published)
            item = pipeline.fetch_page(page.url, self.fetcher, published=entry.fact)
            yield Arrival(page.url, item, self._settling(page))

    def _ask(self) -> None:
        known = self.store.feed(self.url)
        etag, modified = (known.etag, known.modified) if known else (None, None)
        answer = self.fetcher.feed(self.url, etag=etag, modified=modified)
        if answer.is_unchanged:
            self.store.note_feed(self.url, None, etag=None, modified=None)
            return
        entries = read_feed(answer.data, answer.url, limit=self.fetcher.knobs.fetch_entries)
        listed = [(entry.url, entry.published) for entry in entries]
        self.store.note_feed(self.url, listed, etag=answer.etag, modified=answer.modified)

    def _settling(self, page: PageRow) -> Callable[[Outcome], None]:
        def settle(outcome: Outcome) -> None:
            if outcome.saved is not None:
                self.store.note_page(page.url, outcome.saved.article_id)
                return
            error = outcome.error
            assert error is not None
            # What is no article won't be one tomorrow; a busy database or server will be free.
            is_passing = isinstance(error, StoreError) or (
                isinstance(error, FetchError) and not error.is_lasting
            )
            most = None if is_passing else self.fetcher.knobs.fetch_tries
            self.store.note_fetch_failure(page.url, error.message, tries=most)

        return settle


def _ignore(_outcome: Outcome) -> None:
    """It is noted already."""
