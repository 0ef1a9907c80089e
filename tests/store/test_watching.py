"""What was fetched, saved filters and the overview, on both kinds of database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from claims.errors import StoreError
from claims.records import Stance
from claims.store import Store, fetched
from claims.store.engine import writing
from claims.store.filters import FILTER, Options
from tests import making_claims

FEED = "https://news.example/feed"
PAGES = [(f"https://news.example/{n}", f"2024-09-0{n + 1}") for n in range(3)]


def test_a_feed_and_its_pages(store: Store) -> None:
    assert store.feed(FEED) is None
    assert store.note_feed(FEED, PAGES, etag='"1"', modified="Mon") == 3
    assert store.note_feed(FEED, PAGES[1:], etag='"2"', modified=None) == 0
    known = store.feed(FEED)
    assert known is not None and (known.etag, known.modified, known.tries) == ('"2"', None, 0)
    assert [(page.url, page.published) for page in store.waiting_pages(FEED, 5)] == PAGES
    assert store.feed(PAGES[0][0]) is None  # a page is no feed
    assert store.note_fetch_failure(FEED, "slow") == 1
    assert store.note_fetch_failure(FEED, "slow") == 2
    assert store.note_feed(FEED, None, etag=None, modified=None) == 0
    known = store.feed(FEED)
    assert known is not None and (known.etag, known.tries, known.error) == ('"2"', 0, None)


def test_a_feed_lists_another_feeds_page_and_itself(store: Store) -> None:
    store.note_feed(FEED, PAGES, etag=None, modified=None)
    other = "https://other.example/feed"
    assert store.note_feed(other, [PAGES[0], (other, None)], etag=None, modified=None) == 0
    assert store.waiting_pages(other, 5) == []


def test_pauses_grow_until_a_page_is_given_up(store: Store) -> None:
    store.note_feed(FEED, PAGES[:1], etag=None, modified=None)
    url, now = PAGES[0][0], datetime.now(UTC)

    def due(after: timedelta) -> bool:
        with writing(store._engine, store._place) as connection:
            return bool(fetched.waiting(connection, FEED, 4, now + after))

    for minutes in (1, 4, 16):
        with writing(store._engine, store._place) as connection:
            fetched.note_failure(connection, url, "slow", now)
        assert not due(timedelta(minutes=minutes, seconds=-1))
        assert due(timedelta(minutes=minutes, seconds=1))
    store.note_fetch_failure(url, "gone", tries=4)
    assert not due(timedelta(days=100))


def test_filters(store: Store) -> None:
    first = Options(speaker="Ünal", stance=Stance.DENIES, min_confidence=0.5)
    assert store.save_filter("b", first, by="Ilse") is False
    assert store.save_filter("a", Options(since="7 days", article=3), by="Ilse") is False
    assert [row.name for row in store.filters()] == ["a", "b"]
    assert store.filters()[1].options == first
    assert store.save_filter("b", Options(outlet="x"), by="Orrin") is True
    assert store.filters()[1].options.data == {"outlet": "x"}
    assert store.drop_filter("b") is True
    assert store.drop_filter("b") is False
    with writing(store._engine, store._place) as connection:
        connection.execute(FILTER.update().values(options='{"later": 1, "outlet": "y"}'))
    assert store.filters()[0].options.data == {"outlet": "y"}
    with writing(store._engine, store._place) as connection:
        connection.execute(FILTER.update().values(options='{"stance": "shouts"}'))
    with pytest.raises(StoreError, match="can't be read"):
        store.filters()


def test_the_overview(store: Store) -> None:
    making_claims.fill(store)
    store.note_feed(FEED, PAGES, etag=None, modified=None)
    store.note_page(PAGES[0][0], 1)
    store.note_fetch_failure(PAGES[1][0], "gone", tries=5)
    seen = store.overview(5, datetime.now(UTC) - timedelta(hours=1))
    assert seen.articles == len(store.articles())
    assert seen.attributions == len(store.attributions())
    assert seen.claims == len(store.claims())
    waiting = len(store.waiting())
    assert (seen.open, seen.open_items) == (waiting, {"new": waiting})
    assert (seen.statuses, seen.decisions) == ({"machine": waiting}, 0)
    assert seen.last_ingest is not None and seen.last_ingest.tzinfo is not None
    watching = seen.watching
    assert (watching.feeds, watching.pages, watching.waiting, watching.given_up) == (1, 3, 1, 1)
    carried = {claim.id for claim in store.carried_claims()}
    assert carried == {
        claim.id
        for claim in store.claims()
        if len({m.article.id for m in claim.members}) > 1 or any(m.opposes for m in claim.members)
    }
