"""Reading the store. Each function works inside one transaction, so that it sees one state.

The newest version of an article is the one with the highest number, the newest run of a text the
one added last.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import (
    ColumnElement,
    FromClause,
    func,
    select,
)

from claims.records import (
    Span,
)
from claims.review.items import Status
from claims.store import tables
from claims.store.identity import ARTICLE, PURGE, TEXT
from claims.store.rows import (
    Filter,
)
from claims.store.tables import table

OUTLET = table(tables.Outlet)
MODEL = table(tables.Model)
RUN = table(tables.Run)
ATTRIBUTION = table(tables.Attribution)
SPAN = table(tables.Span)
SPEAKER = table(tables.Speaker)
LINK = table(tables.ChainLink)
ITEM = table(tables.ReviewItem)
DECISION = table(tables.Decision)

_CHUNK = 500  # ids in one IN (...)


def newest() -> FromClause:
    """Article, newest text, newest run, its model, the outlet and the purge, joined."""
    versions, runs = TEXT.alias("versions"), RUN.alias("runs")
    newest_version = (
        select(func.max(versions.c.version))
        .where(versions.c.article_id == ARTICLE.c.id)
        .scalar_subquery()
    )
    newest_run = select(func.max(runs.c.id)).where(runs.c.text_id == TEXT.c.id).scalar_subquery()
    return (
        ARTICLE.join(TEXT, (TEXT.c.article_id == ARTICLE.c.id) & (TEXT.c.version == newest_version))
        .join(RUN, (RUN.c.text_id == TEXT.c.id) & (RUN.c.id == newest_run))
        .join(MODEL, MODEL.c.id == RUN.c.model_id)
        .outerjoin(OUTLET, OUTLET.c.id == TEXT.c.outlet_id)
        .outerjoin(PURGE, PURGE.c.article_id == ARTICLE.c.id)
    )


def said() -> FromClause:
    """The attributions of the newest runs, each with what editors decided of it.

    Ask for `is_printed` as well, unless what was rejected is wanted.
    """
    return (
        newest()
        .join(ATTRIBUTION, ATTRIBUTION.c.run_id == RUN.c.id)
        .outerjoin(ITEM, ITEM.c.attribution_id == ATTRIBUTION.c.id)
    )


def is_printed() -> ColumnElement[bool]:
    """Whether a row of `said` stands in the record."""
    hidden = [status.value for status in Status if not status.is_printed]
    return ITEM.c.status.is_(None) | ITEM.c.status.not_in(hidden)


COMMON = (
    ARTICLE.c.id.label("article_id"),
    TEXT.c.version,
    RUN.c.id.label("run_id"),
    TEXT.c.name.label("article_name"),
    TEXT.c.url,
    TEXT.c.title,
    OUTLET.c.name.label("outlet"),
    TEXT.c.wire,
    TEXT.c.published,
    TEXT.c.published_on,
    MODEL.c.name.label("model_name"),
    MODEL.c.version.label("model_version"),
)


def article_conditions(filter: Filter) -> Iterator[ColumnElement[bool]]:
    """What the filter asks of an article."""
    if filter.article is not None:
        yield ARTICLE.c.id == filter.article
    if filter.outlet:
        yield OUTLET.c.name.icontains(filter.outlet, autoescape=True)
    if filter.since:
        yield TEXT.c.published_on >= filter.since


def attribution_conditions(filter: Filter) -> Iterator[ColumnElement[bool]]:
    """What the filter asks of an attribution, as editors had it where they decided."""
    if filter.speaker:
        by_registry = select(SPEAKER.c.id).where(
            SPEAKER.c.attribution_id == ATTRIBUTION.c.id,
            SPEAKER.c.canonical.icontains(filter.speaker, autoescape=True)
            | SPEAKER.c.source_id.in_(filter.source_ids),
        )
        named = func.coalesce(ITEM.c.speaker, ATTRIBUTION.c.speaker)
        # Another speaker than the machine's has none of its names in the registry.
        unchanged = ITEM.c.speaker.is_(None) | (ITEM.c.speaker == ATTRIBUTION.c.speaker)
        yield named.icontains(filter.speaker, autoescape=True) | (unchanged & by_registry.exists())
    if filter.stance:
        yield func.coalesce(ITEM.c.stance, ATTRIBUTION.c.stance) == filter.stance.value
    if filter.min_confidence is not None:
        yield ITEM.c.kept.is_not(None) | (ATTRIBUTION.c.confidence >= filter.min_confidence)
    if filter.confirmed_only:
        yield ITEM.c.kept.is_not(None)


def span_or_none(start: int | None, end: int | None) -> Span | None:
    """The span of two columns that are set or NULL together."""
    return None if start is None or end is None else Span(start, end)
