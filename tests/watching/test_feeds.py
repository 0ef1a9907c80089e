"""Feeds that are watched: each page once, failures again and less and less, restarts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from claims.errors import DocumentError, StoreError
from claims.pipeline import Outcome
from claims.records import Document
from claims.store import Store, open_store
from claims.watching import FeedWatch, take_in
from tests.fetching.server import Handler, Site, answer, fetcher, serving
from tests.stub import StubExtractor

PAGE = """<html><head><title>{title}</title>{meta}</head><body><article><h1>{title}</h1>
<p>Lena Marsh said the harbour of {title} would open again after the fog had cleared away.</p>
<p>The pilots had been warned twice, and the ferries stayed in port for the whole of the day.</p>
</article></body></html>"""
DATED = '<meta property="article:published_time" content="2024-09-01T08:00:00Z">'


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as one:
        yield one


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "claims.db")) as one:
        yield one


def give_feed(site: Site, *paths: str, mark: str = "1") -> None:
    """A feed of these pages, which is unchanged while its mark is."""
    items = "".join(
        f"<item><link>{path}</link><pubDate>Mon, 02 Sep 2024 10:00:00 GMT</pubDate></item>"
        for path in paths
    )
    body = f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()

    def feed(handler: Handler) -> None:
        same = handler.headers.get("If-None-Match") == mark
        answer(handler, 304 if same else 200, b"" if same else body, "text/xml", etag=mark)

    site.pages["/feed"] = feed


def give_pages(site: Site, *titles: str, meta: str = "") -> None:
    for title in titles:
        site.give(f"/{title}", PAGE.format(title=title, meta=meta))


def watch_of(site: Site, store: Store, **knobs: object) -> FeedWatch:
    return FeedWatch(site.url("/feed"), store, fetcher(site, **knobs))


def take(watch: FeedWatch, store: Store) -> list[tuple[str, str]]:
    """(path, status) of all that one round takes in."""
    found: list[tuple[str, str]] = []
    for arrival, outcome in take_in([watch], store, StubExtractor()):
        found.append(("/" + arrival.place.rpartition("/")[2], outcome.status))
    return found


def test_each_page_is_fetched_once(site: Site, store: Store) -> None:
    give_feed(site, "/Sennat", "/Delvin")
    give_pages(site, "Sennat", "Delvin", "Tideway")
    watch = watch_of(site, store)
    assert take(watch, store) == [("/Delvin", "added"), ("/Sennat", "added")]
    assert take(watch, store) == []
    give_feed(site, "/Tideway", "/Sennat", mark="2")
    assert take(watch, store) == [("/Tideway", "added")]
    assert site.paths.count("/Sennat") == 1
    # Another start of the program remembers.
    assert take(watch_of(site, store), store) == []
    assert site.paths.count("/feed") == 4
    assert site.asked[-1][1]["if-none-match"] == "2"
    assert [row.url for row in store.articles()] == [
        site.url(path) for path in ("/Delvin", "/Sennat", "/Tideway")
    ]


def test_the_day_of_the_feed_counts_where_the_page_has_none(site: Site, store: Store) -> None:
    give_feed(site, "/Sennat", "/Delvin")
    give_pages(site, "Sennat")
    give_pages(site, "Delvin", meta=DATED)
    take(watch_of(site, store), store)
    days = {row.title: (str(row.published_on), store.article(row.id).published.basis)
            for row in store.articles()}  # fmt: skip
    assert days == {
        "Sennat": ("2024-09-02", "feed"),
        "Delvin": ("2024-09-01", "page metadata"),
    }


def test_a_page_keeps_the_address_that_it_was_fetched_from(site: Site, store: Store) -> None:
    give_feed(site, "/old")
    site.redirect("/old", "/Sennat?utm_source=feed")
    page = PAGE.format(
        title="Sennat", meta='<link rel="canonical" href="https://other.example/stolen">'
    )
    site.give("/Sennat?utm_source=feed", page)
    take(watch_of(site, store), store)
    (row,) = store.articles()
    assert row.url == site.url("/Sennat?utm_source=feed")


def later(store: Store, monkeypatch: pytest.MonkeyPatch, **times: float) -> None:
    """Let the store think that it is so much later."""
    moment = datetime.now(UTC) + timedelta(**times)

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return moment

    monkeypatch.setattr("claims.store.store.datetime", Later)


def test_failures_are_tried_again_later_and_given_up(
    site: Site, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_feed(site, "/Sennat")
    site.fail("/Sennat", 503)
    watch = watch_of(site, store, fetch_tries=3)
    assert take(watch, store) == [("/Sennat", "failed")]
    assert take(watch, store) == []  # not yet
    later(store, monkeypatch, minutes=1.1)
    assert take(watch, store) == [("/Sennat", "failed")]
    later(store, monkeypatch, minutes=3)
    assert take(watch, store) == []  # the second pause is longer
    later(store, monkeypatch, minutes=6)
    assert take(watch, store) == [("/Sennat", "failed")]
    later(store, monkeypatch, days=6)
    assert take(watch, store) == []  # given up
    seen = store.overview(3, datetime.now(UTC)).watching
    assert (seen.feeds, seen.pages, seen.waiting, seen.given_up) == (1, 1, 0, 1)
    assert "answers 503" in seen.errors[0].error


def test_a_page_that_comes_back(site: Site, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    give_feed(site, "/Sennat")
    site.fail("/Sennat", 503)
    watch = watch_of(site, store)
    take(watch, store)
    give_pages(site, "Sennat")
    later(store, monkeypatch, minutes=2)
    assert take(watch, store) == [("/Sennat", "added")]
    assert store.overview(5, datetime.now(UTC)).watching.errors == ()
    (row,) = store.articles()
    assert str(row.published_on) == "2024-09-02"  # the feed's day is remembered


def test_what_will_never_be_an_article_is_asked_for_once(
    site: Site, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_feed(site, "/gone", "/picture", "/empty", "http://10.0.0.1/inner")
    site.give("/picture", b"\x89PNG", "image/png")
    site.give("/empty", "<html><body><p>Menu</p></body></html>")
    watch = watch_of(site, store)
    assert [status for _, status in take(watch, store)] == ["failed"] * 4
    later(store, monkeypatch, days=1)
    assert take(watch, store) == []
    assert store.overview(5, datetime.now(UTC)).watching.given_up == 4


def test_a_feed_that_fails_is_asked_less_and_less(site: Site, store: Store) -> None:
    site.fail("/feed", 500)
    watch = watch_of(site, store, fetch_feed_seconds=300.0)
    now = [0.0]
    watch.clock = lambda: now[0]
    asked: list[float] = []
    for _ in range(400):
        if [one for one in watch.arrivals() if isinstance(one.item, DocumentError)]:
            asked.append(now[0])
        now[0] += 60
    pauses = [b - a for a, b in pairwise(asked)]
    assert pauses[:3] == [600, 1200, 2400] and set(pauses[3:]) == {3600}
    assert store.overview(5, datetime.now(UTC)).watching.failing_feeds == 1
    give_feed(site)
    now[0] += 3600
    assert list(watch.arrivals()) == []
    assert store.overview(5, datetime.now(UTC)).watching.failing_feeds == 0


def test_what_is_no_feed_is_told(site: Site, store: Store) -> None:
    site.give("/feed", "<html><body>A page</body></html>")
    ((arrival, outcome),) = take_in([watch_of(site, store)], store, StubExtractor())
    assert outcome.error is not None and "is no feed" in outcome.error.message
    assert arrival.place == site.url("/feed")


def test_whoever_stops_amid_a_round_goes_on_from_there(site: Site, store: Store) -> None:
    titles = [f"Port{letter}" for letter in "ABCDEFGHIJ"]
    give_feed(site, *(f"/{title}" for title in titles))
    give_pages(site, *titles)
    round_ = take_in([watch_of(site, store)], store, StubExtractor())
    done = [next(round_)[0].place for _ in range(5)]
    round_.close()
    assert len(store.articles()) == 5
    rest = take(watch_of(site, store), store)
    assert len(rest) == 5 and {status for _, status in rest} == {"added"}
    assert len(store.articles()) == 10
    assert not {"/" + place.rpartition("/")[2] for place in done} & {path for path, _ in rest}


def test_only_so_many_entries_are_looked_at(site: Site, store: Store) -> None:
    give_feed(site, *(f"/{n}" for n in range(50)))
    assert len(take(watch_of(site, store, fetch_entries=3), store)) == 3


def test_pages_come_after_a_purge_no_more(site: Site, store: Store) -> None:
    give_feed(site, "/Sennat")
    give_pages(site, "Sennat")
    take(watch_of(site, store), store)
    store.purge(1, reason="asked", by="desk")
    give_feed(site, "/Sennat", mark="2")
    assert take(watch_of(site, store), store) == []


def test_settle_of_a_busy_database_is_not_the_pages_fault(site: Site, store: Store) -> None:
    give_feed(site, "/Sennat")
    give_pages(site, "Sennat")
    (arrival,) = watch_of(site, store).arrivals()
    assert isinstance(arrival.item, Document)
    arrival.settle(Outcome("x", error=StoreError("in use")))
    assert store.waiting_pages(site.url("/feed"), 5) == []
    assert store.overview(5, datetime.now(UTC)).watching.waiting == 1
