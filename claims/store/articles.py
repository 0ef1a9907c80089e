"""Reading articles in lists, and what the store holds. `whole` reads them with all that is kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    Subquery,
    exists,
    func,
    select,
)

from claims.records import ModelInfo
from claims.store import tables
from claims.store.engine import Place
from claims.store.identity import ARTICLE, PURGE, TEXT
from claims.store.queries import (
    ATTRIBUTION,
    COMMON,
    ITEM,
    MODEL,
    RUN,
    article_conditions,
    attribution_conditions,
    is_printed,
    newest,
)
from claims.store.rows import ArticleRow, Filter, ModelRow, PurgeRow, StoreInfo
from claims.store.tables import table

SENTENCE = table(tables.Sentence)


def count(counted: FromClause, column: str, of: ColumnElement[Any], name: str) -> Any:
    """How many rows of `counted` belong to `of`, as a column."""
    return (
        select(func.count())
        .select_from(counted)
        .where(counted.c[column] == of)
        .correlate(ARTICLE, TEXT, RUN)
        .scalar_subquery()
        .label(name)
    )


def articles_query() -> Select[Any]:
    """What an `ArticleRow` is made of."""
    versions, runs = TEXT.alias("all_versions"), RUN.alias("all_runs")
    every_run: Subquery = (
        select(versions.c.article_id, runs.c.id)
        .join_from(versions, runs, runs.c.text_id == versions.c.id)
        .subquery("every_run")
    )
    return select(
        *COMMON,
        TEXT.c.chars,
        TEXT.c.created_at.label("saved_at"),
        PURGE.c.id.is_not(None).label("purged"),
        count(versions, "article_id", ARTICLE.c.id, "versions"),
        count(every_run, "article_id", ARTICLE.c.id, "runs"),
        count(SENTENCE, "run_id", RUN.c.id, "sentences"),
        count(ATTRIBUTION, "run_id", RUN.c.id, "attributions"),
    ).select_from(newest())


def articles(connection: Connection, filter: Filter) -> list[ArticleRow]:
    """Articles by id, purged ones among them.

    A filter by speaker, stance or confidence asks for at least one such attribution.
    """
    query = articles_query().where(*article_conditions(filter)).order_by(ARTICLE.c.id)
    wanted = list(attribution_conditions(filter))
    if wanted:
        query = query.where(
            PURGE.c.id.is_(None),
            exists()
            .select_from(ATTRIBUTION.outerjoin(ITEM, ITEM.c.attribution_id == ATTRIBUTION.c.id))
            .where(ATTRIBUTION.c.run_id == RUN.c.id, is_printed(), *wanted)
            .correlate(RUN),
        )
    if filter.limit is not None:
        query = query.limit(filter.limit)
    return [article_row(row) for row in connection.execute(query)]


def texts(connection: Connection) -> dict[int, str]:
    """The newest text of each article that wasn't purged, by article."""
    query = select(ARTICLE.c.id, TEXT.c.text).select_from(newest()).where(PURGE.c.id.is_(None))
    return {row.id: row.text for row in connection.execute(query)}


def article_row(row: Row[Any]) -> ArticleRow:
    """A row of `articles_query`."""
    purged = bool(row.purged)
    return ArticleRow(
        id=row.article_id,
        name=row.article_name,
        url=row.url,
        title=row.title,
        outlet=row.outlet,
        wire=row.wire,
        published=row.published,
        published_on=row.published_on,
        version=row.version,
        versions=row.versions,
        runs=row.runs,
        chars=row.chars,
        sentences=0 if purged else row.sentences,
        attributions=0 if purged else row.attributions,
        model=ModelInfo(row.model_name, row.model_version),
        saved_at=row.saved_at,
        purged=purged,
    )


def purges(connection: Connection, article_id: int | None = None) -> tuple[PurgeRow, ...]:
    """The takedowns, or that of one article."""
    query = select(PURGE).order_by(PURGE.c.id)
    if article_id is not None:
        query = query.where(PURGE.c.article_id == article_id)
    return tuple(
        PurgeRow(row.article_id, row.reason, row.ordered_by, row.created_at)
        for row in connection.execute(query)
    )


def info(connection: Connection, place: Place) -> StoreInfo:
    """Counts of all tables, the models, the takedowns, and where it all is."""
    from claims.store.migrate import schema_of

    counts = {
        name: connection.execute(select(func.count()).select_from(kept)).scalar_one()
        for name, kept in sorted(tables.Base.metadata.tables.items())
    }
    models = connection.execute(
        select(
            MODEL.c.name,
            MODEL.c.version,
            func.count().label("runs"),
            func.max(RUN.c.created_at).label("last_run"),
        )
        .join_from(MODEL, RUN, RUN.c.model_id == MODEL.c.id)
        .group_by(MODEL.c.id, MODEL.c.name, MODEL.c.version)
        .order_by(MODEL.c.id)
    )
    path = place.path
    return StoreInfo(
        url=place.url.render_as_string(hide_password=True),
        database="PostgreSQL" if connection.dialect.name == "postgresql" else "SQLite",
        path=str(path.resolve()) if path else None,
        bytes=path.stat().st_size if path and path.is_file() else None,
        schema=schema_of(connection, place) or "",
        counts=counts,
        models=tuple(
            ModelRow(ModelInfo(row.name, row.version), row.runs, row.last_run) for row in models
        ),
        purges=purges(connection),
    )
