"""What there is and what waits, in a few counts: cheap enough to be asked for at any time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, case, func, or_, select

from claims.matching.grouping import Relation
from claims.store.base import table
from claims.store.claim_tables import ClaimDecision, ClaimMember, Statement
from claims.store.fetched import FETCHED
from claims.store.identity import ARTICLE, PURGE
from claims.store.queries import ATTRIBUTION, MODEL, RUN, newest
from claims.store.review_tables import Decision, ReviewItem
from claims.store.source_tables import SourceDecision

_ITEM = table(ReviewItem)
_LOGS = (table(Decision), table(ClaimDecision), table(SourceDecision))
_MEMBER, _STATEMENT = table(ClaimMember), table(Statement)
_MOST_ERRORS = 5


@dataclass(frozen=True, slots=True)
class Reviewer:
    """How much one editor has decided, ever and since the day began."""

    name: str
    decisions: int
    today: int


@dataclass(frozen=True, slots=True)
class ModelUse:
    """A model, and how many articles it read last."""

    name: str
    version: str
    articles: int


@dataclass(frozen=True, slots=True)
class WatchError:
    """A feed or page that failed last time; `tries` is how often in a row."""

    url: str
    error: str
    tries: int


@dataclass(frozen=True, slots=True)
class Watching:
    """What `claims watch` asked for: feeds, their pages, and what went wrong last, newest first.

    `waiting` pages are asked for again; those `given_up` are not. `errors` are a few of all.
    """

    feeds: int
    pages: int
    waiting: int
    given_up: int
    failing_feeds: int
    errors: tuple[WatchError, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The counts. Articles, attributions and claims are those of the newest readings.

    `open_items` counts the queue by why an item is open, `statuses` all items by what stands
    behind them.
    """

    articles: int
    taken_down: int
    attributions: int
    claims: int
    last_ingest: datetime | None
    open_items: dict[str, int]
    statuses: dict[str, int]
    reviewers: tuple[Reviewer, ...]
    models: tuple[ModelUse, ...]
    watching: Watching

    @property
    def open(self) -> int:
        """How many items wait in the queue."""
        return sum(self.open_items.values())

    @property
    def decisions(self) -> int:
        """How many decisions there are, about attributions, claims, findings and sources."""
        return sum(one.decisions for one in self.reviewers)


def overview(connection: Connection, tries: int, today: datetime) -> Overview:
    """Count; a page that failed `tries` times is given up, `today` is when the day began."""
    read = newest()
    kept = PURGE.c.id.is_(None)
    attributions = select(func.count()).select_from(
        read.join(ATTRIBUTION, ATTRIBUTION.c.run_id == RUN.c.id)
    )
    claims = select(func.count(_MEMBER.c.claim_id.distinct())).select_from(
        read.join(_STATEMENT, _STATEMENT.c.run_id == RUN.c.id).join(
            _MEMBER, _MEMBER.c.statement_id == _STATEMENT.c.id
        )
    )
    items = list(
        connection.execute(
            select(_ITEM.c.is_open, _ITEM.c.why, _ITEM.c.status, func.count().label("number"))
            .group_by(_ITEM.c.is_open, _ITEM.c.why, _ITEM.c.status)
            .order_by(_ITEM.c.why, _ITEM.c.status)
        )
    )
    by_why: Counter[str] = Counter()
    by_status: Counter[str] = Counter()
    for row in items:
        by_status[row.status] += row.number
        if row.is_open:
            by_why[row.why] += row.number
    models = (
        select(MODEL.c.name, MODEL.c.version, func.count().label("articles"))
        .select_from(read)
        .where(kept)
        .group_by(MODEL.c.id, MODEL.c.name, MODEL.c.version)
        .order_by(func.count().desc(), MODEL.c.id)
    )
    return Overview(
        articles=_number(connection, ARTICLE) - _number(connection, PURGE),
        taken_down=_number(connection, PURGE),
        attributions=connection.execute(attributions.where(kept)).scalar_one(),
        claims=connection.execute(claims.where(kept)).scalar_one(),
        last_ingest=connection.execute(select(func.max(RUN.c.created_at))).scalar(),
        open_items=dict(by_why.most_common()),
        statuses=dict(by_status.most_common()),
        reviewers=_reviewers(connection, today),
        models=tuple(
            ModelUse(row.name, row.version, row.articles) for row in connection.execute(models)
        ),
        watching=_watching(connection, tries),
    )


def carried(connection: Connection) -> list[int]:
    """Ids of the claims that stand in several articles, or against which somebody speaks.

    Only of these it matters on how many origins they rest, and whether both sides are heard.
    """
    opposing = func.sum(case((_MEMBER.c.relation == Relation.OPPOSES.value, 1), else_=0))
    query = (
        select(_MEMBER.c.claim_id)
        .select_from(
            newest()
            .join(_STATEMENT, _STATEMENT.c.run_id == RUN.c.id)
            .join(_MEMBER, _MEMBER.c.statement_id == _STATEMENT.c.id)
        )
        .group_by(_MEMBER.c.claim_id)
        .having(or_(func.count(ARTICLE.c.id.distinct()) > 1, opposing > 0))
        .order_by(_MEMBER.c.claim_id)
    )
    return list(connection.execute(query).scalars())


def _number(connection: Connection, counted: Table) -> int:
    return connection.execute(select(func.count()).select_from(counted)).scalar_one()


def _reviewers(connection: Connection, today: datetime) -> tuple[Reviewer, ...]:
    """Those who decided, the most diligent first."""
    ever: Counter[str] = Counter()
    lately: Counter[str] = Counter()
    for log in _LOGS:
        counted = select(log.c.decided_by, func.count().label("number")).group_by(log.c.decided_by)
        ever.update({row.decided_by: row.number for row in connection.execute(counted)})
        since = counted.where(log.c.created_at >= today)
        lately.update({row.decided_by: row.number for row in connection.execute(since)})
    ordered = sorted(ever, key=lambda name: (-ever[name], name))
    return tuple(Reviewer(name, ever[name], lately[name]) for name in ordered)


def _watching(connection: Connection, tries: int) -> Watching:
    feeds = select(FETCHED).where(FETCHED.c.feed.is_(None))
    pages = select(FETCHED).where(FETCHED.c.feed.is_not(None))
    missing = pages.where(FETCHED.c.article_id.is_(None))
    failed = (
        select(FETCHED)
        .where(FETCHED.c.error.is_not(None))
        # Feeds first: a failing feed brings nothing at all.
        .order_by(FETCHED.c.feed.is_(None).desc(), FETCHED.c.fetched_at.desc(), FETCHED.c.url)
        .limit(_MOST_ERRORS)
    )

    def number(query: object) -> int:
        return connection.execute(
            select(func.count()).select_from(query.subquery())  # type: ignore[attr-defined]
        ).scalar_one()

    return Watching(
        feeds=number(feeds),
        pages=number(pages),
        waiting=number(missing.where(FETCHED.c.tries < tries)),
        given_up=number(missing.where(FETCHED.c.tries >= tries)),
        failing_feeds=number(feeds.where(FETCHED.c.error.is_not(None))),
        errors=tuple(
            WatchError(row.url, row.error or "", row.tries) for row in connection.execute(failed)
        ),
    )
