"""Reading articles whole and in lists, and what the store holds."""

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

from claims.records import (
    Block,
    BlockKind,
    Fact,
    ModelInfo,
    Naming,
    Sentence,
    SentenceKind,
)
from claims.store import tables
from claims.store.attributions import attributions
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
    span_or_none,
)
from claims.store.rows import (
    ArticleRow,
    ArticleView,
    Filter,
    ModelRow,
    PurgeRow,
    RunRow,
    StoreInfo,
    VersionRow,
    VersionText,
)
from claims.store.tables import table

BLOCK = table(tables.Block)
SENTENCE = table(tables.Sentence)


def _count(counted: FromClause, column: str, of: ColumnElement[Any], name: str) -> Any:
    """How many rows of `counted` belong to `of`, as a column."""
    return (
        select(func.count())
        .select_from(counted)
        .where(counted.c[column] == of)
        .correlate(ARTICLE, TEXT, RUN)
        .scalar_subquery()
        .label(name)
    )


def _articles_query() -> Select[Any]:
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
        _count(versions, "article_id", ARTICLE.c.id, "versions"),
        _count(every_run, "article_id", ARTICLE.c.id, "runs"),
        _count(SENTENCE, "run_id", RUN.c.id, "sentences"),
        _count(ATTRIBUTION, "run_id", RUN.c.id, "attributions"),
    ).select_from(newest())


def articles(connection: Connection, filter: Filter) -> list[ArticleRow]:
    """Articles by id, purged ones among them.

    A filter by speaker, stance or confidence asks for at least one such attribution.
    """
    query = _articles_query().where(*article_conditions(filter)).order_by(ARTICLE.c.id)
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
    return [_article_row(row) for row in connection.execute(query)]


def texts(connection: Connection) -> dict[int, str]:
    """The newest text of each article that wasn't purged, by article."""
    query = select(ARTICLE.c.id, TEXT.c.text).select_from(newest()).where(PURGE.c.id.is_(None))
    return {row.id: row.text for row in connection.execute(query)}


def _article_row(row: Row[Any]) -> ArticleRow:
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


def article(connection: Connection, article_id: int) -> ArticleView | None:
    """One article whole; None if there is none of this id."""
    shown = connection.execute(_articles_query().where(ARTICLE.c.id == article_id)).first()
    if shown is None:
        return None
    row = _article_row(shown)
    text = connection.execute(
        select(TEXT).where(TEXT.c.article_id == article_id, TEXT.c.version == row.version)
    ).one()
    purges = _purges(connection, article_id)
    return ArticleView(
        row=row,
        text=text.text,
        sha256=text.sha256,
        format=text.format,
        outlet=_fact("outlet", row.outlet, text),
        wire=_fact("wire", row.wire, text),
        published=_fact("published", row.published, text),
        blocks=() if row.purged else _blocks(connection, shown.run_id),
        sentences=() if row.purged else _sentences(connection, shown.run_id),
        attributions=tuple(attributions(connection, Filter(article=article_id))),
        versions=_versions(connection, article_id),
        runs=_runs(connection, article_id),
        purge=purges[0] if purges else None,
    )


def _fact(name: str, value: str | None, text: Row[Any]) -> Fact:
    """One fact of a row of `article_text`."""
    columns = text._mapping
    evidence = span_or_none(columns[f"{name}_start"], columns[f"{name}_end"])
    return Fact(value, columns[f"{name}_basis"], evidence)


def _blocks(connection: Connection, run_id: int) -> tuple[Block, ...]:
    query = select(BLOCK).where(BLOCK.c.run_id == run_id).order_by(BLOCK.c.ordinal)
    return tuple(
        Block(row.start, row.end, BlockKind(row.kind), row.paragraph)
        for row in connection.execute(query)
    )


def _sentences(connection: Connection, run_id: int) -> tuple[Sentence, ...]:
    query = select(SENTENCE).where(SENTENCE.c.run_id == run_id).order_by(SENTENCE.c.ordinal)
    return tuple(
        Sentence(row.start, row.end, SentenceKind(row.kind), row.worth)
        for row in connection.execute(query)
    )


def _versions(connection: Connection, article_id: int) -> tuple[VersionRow, ...]:
    query = select(TEXT).where(TEXT.c.article_id == article_id).order_by(TEXT.c.version)
    return tuple(
        VersionRow(
            row.version,
            row.sha256,
            row.raw_sha256,
            row.name,
            row.title,
            row.chars,
            row.created_at,
        )
        for row in connection.execute(query)
    )


def changed_texts(connection: Connection) -> dict[int, tuple[VersionText, ...]]:
    """The texts of the articles that have several, oldest first; not of those taken down."""
    several = (
        select(TEXT.c.article_id)
        .where(TEXT.c.article_id.not_in(select(PURGE.c.article_id)))
        .group_by(TEXT.c.article_id)
        .having(func.count() > 1)
    )
    query = (
        select(TEXT.c.article_id, TEXT.c.version, TEXT.c.text, func.max(RUN.c.id).label("run_id"))
        .join(RUN, RUN.c.text_id == TEXT.c.id)
        .where(TEXT.c.article_id.in_(several))
        .group_by(TEXT.c.id, TEXT.c.article_id, TEXT.c.version, TEXT.c.text)
        .order_by(TEXT.c.article_id, TEXT.c.version)
    )
    found: dict[int, tuple[VersionText, ...]] = {}
    for row in connection.execute(query):
        version = VersionText(
            row.article_id, row.version, row.text, _blocks(connection, row.run_id)
        )
        found[row.article_id] = (*found.get(row.article_id, ()), version)
    return found


def _runs(connection: Connection, article_id: int) -> tuple[RunRow, ...]:
    query = (
        select(
            RUN,
            TEXT.c.version,
            MODEL.c.name,
            MODEL.c.version.label("model_version"),
            _count(ATTRIBUTION, "run_id", RUN.c.id, "attributions"),
        )
        .select_from(
            RUN.join(TEXT, TEXT.c.id == RUN.c.text_id).join(MODEL, MODEL.c.id == RUN.c.model_id)
        )
        .where(TEXT.c.article_id == article_id)
        .order_by(RUN.c.id)
    )
    return tuple(
        RunRow(
            row.id,
            row.version,
            ModelInfo(row.name, row.model_version),
            row.program,
            row.created_at,
            row.attributions,
            Naming(row.speaker_model, row.registry_version),
        )
        for row in connection.execute(query)
    )


def _purges(connection: Connection, article_id: int | None = None) -> tuple[PurgeRow, ...]:
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
        purges=_purges(connection),
    )
