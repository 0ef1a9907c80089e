"""What `claims watch` asked the network for: feeds, and the pages that they list.

A row without `feed` is a feed. Of a page, `modified` is the day that its feed gave; it is not
asked for under conditions, since it is asked for once. These rows are no record, and may change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from claims.store.base import table
from claims.store.review_tables import Fetched

FETCHED = table(Fetched)
_FIRST_PAUSE = timedelta(minutes=1)
_FACTOR = 4
_IN_QUERY = 500


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed as it was asked for last; `tries` counts failures since it last answered."""

    url: str
    etag: str | None
    modified: str | None
    error: str | None
    tries: int


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page that a feed lists and that isn't stored; `tries` counts failures."""

    url: str
    published: str | None
    tries: int


def feed(connection: Connection, url: str) -> FeedRow | None:
    """What is known of a feed; None where it was never asked for."""
    row = connection.execute(
        select(FETCHED).where(FETCHED.c.url == url, FETCHED.c.feed.is_(None))
    ).first()
    if row is None:
        return None
    return FeedRow(row.url, row.etag, row.modified, row.error, row.tries)


def note_feed(
    connection: Connection,
    url: str,
    entries: Sequence[tuple[str, str | None]] | None,
    *,
    etag: str | None,
    modified: str | None,
    now: datetime,
) -> int:
    """A feed answered: keep its marks and its new entries, (URL, day) each; how many are new.

    None for entries: it is what it was. Both are written in one transaction: a feed that says it
    is unchanged has no entry that isn't noted.
    """
    answered: dict[str, object] = {"error": None, "tries": 0, "fetched_at": now}
    if entries is None:
        _put(connection, url, answered)
        return 0
    _put(connection, url, answered | {"etag": etag, "modified": modified})
    new = dict(entries)
    for known in _known(connection, list(new)):
        del new[known]
    if new:
        connection.execute(
            insert(FETCHED),
            [
                {"url": page, "feed": url, "modified": day, "tries": 0, "fetched_at": now}
                for page, day in new.items()
            ],
        )
    return len(new)


def note_failure(
    connection: Connection, url: str, error: str, now: datetime, tries: int | None = None
) -> int:
    """A feed or page failed; how often it now has. What is known of it stays.

    `tries` is given where another try makes no sense: it then counts as tried so often.
    """
    query = select(FETCHED.c.tries).where(FETCHED.c.url == url)
    failed = tries or (connection.execute(query).scalar() or 0) + 1
    _put(connection, url, {"error": error, "tries": failed, "fetched_at": now})
    return failed


def note_page(connection: Connection, url: str, article_id: int, now: datetime) -> None:
    """A page is stored as this article."""
    _put(connection, url, {"article_id": article_id, "error": None, "fetched_at": now})


def waiting(connection: Connection, feed: str, tries: int, now: datetime) -> list[PageRow]:
    """The pages of a feed that aren't stored, were tried less than `tries` times, and are due.

    The pause after a failure is one minute, then four, sixteen…; those never tried come first.
    """
    query = (
        select(FETCHED)
        .where(
            FETCHED.c.feed == feed,
            FETCHED.c.article_id.is_(None),
            FETCHED.c.tries < tries,
        )
        .order_by(FETCHED.c.tries, FETCHED.c.fetched_at, FETCHED.c.url)
    )
    return [
        PageRow(row.url, row.modified, row.tries)
        for row in connection.execute(query)
        if not row.tries or row.fetched_at + _FIRST_PAUSE * _FACTOR ** (row.tries - 1) <= now
    ]


def _known(connection: Connection, urls: Sequence[str]) -> list[str]:
    found: list[str] = []
    for i in range(0, len(urls), _IN_QUERY):
        query = select(FETCHED.c.url).where(FETCHED.c.url.in_(urls[i : i + _IN_QUERY]))
        found += connection.execute(query).scalars()
    return found


def _put(connection: Connection, url: str, values: dict[str, object]) -> None:
    done = connection.execute(update(FETCHED).where(FETCHED.c.url == url).values(**values))
    if not done.rowcount:
        connection.execute(insert(FETCHED).values(url=url, **({"tries": 0} | values)))
