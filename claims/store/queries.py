"""Reading the store. Each function works inside one transaction, so that it sees one state.

The newest version of an article is the one with the highest number, the newest run of a text the
one added last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
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
    Act,
    Block,
    BlockKind,
    Carrier,
    Fact,
    Framing,
    ModelInfo,
    Sentence,
    SentenceKind,
    Span,
    Speaker,
    Stance,
)
from claims.store import tables
from claims.store.engine import Place
from claims.store.identity import ARTICLE, PURGE, TEXT
from claims.store.rows import (
    ArticleRow,
    ArticleView,
    AttributionRow,
    Filter,
    ModelRow,
    PurgeRow,
    Quote,
    RunRow,
    StoreInfo,
    VersionRow,
)
from claims.store.tables import table

OUTLET = table(tables.Outlet)
MODEL = table(tables.Model)
RUN = table(tables.Run)
BLOCK = table(tables.Block)
SENTENCE = table(tables.Sentence)
ATTRIBUTION = table(tables.Attribution)
SPAN = table(tables.Span)
SPEAKER = table(tables.Speaker)
LINK = table(tables.ChainLink)

_CHUNK = 500  # ids in one IN (...)


def _newest() -> FromClause:
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


_COMMON = (
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


def _article_conditions(filter: Filter) -> Iterator[ColumnElement[bool]]:
    if filter.article is not None:
        yield ARTICLE.c.id == filter.article
    if filter.outlet:
        yield OUTLET.c.name.icontains(filter.outlet, autoescape=True)
    if filter.since:
        yield TEXT.c.published_on >= filter.since


def _attribution_conditions(filter: Filter) -> Iterator[ColumnElement[bool]]:
    if filter.speaker:
        yield ATTRIBUTION.c.speaker.icontains(filter.speaker, autoescape=True)
    if filter.stance:
        yield ATTRIBUTION.c.stance == filter.stance.value
    if filter.min_confidence is not None:
        yield ATTRIBUTION.c.confidence >= filter.min_confidence


def attributions(connection: Connection, filter: Filter) -> list[AttributionRow]:
    """Attributions by article and place in the text; those of purged articles are gone."""
    query = (
        select(
            *_COMMON,
            RUN.c.created_at.label("run_at"),
            ATTRIBUTION.c.id,
            *(
                ATTRIBUTION.c[name]
                for name in (
                    "ordinal",
                    "speaker",
                    "stance",
                    "act",
                    "framing",
                    "confidence",
                    "parent",
                )
            ),
        )
        .select_from(_newest().join(ATTRIBUTION, ATTRIBUTION.c.run_id == RUN.c.id))
        .where(PURGE.c.id.is_(None), *_article_conditions(filter), *_attribution_conditions(filter))
        .order_by(ARTICLE.c.id, ATTRIBUTION.c.ordinal)
    )
    if filter.limit is not None:
        query = query.limit(filter.limit)
    rows: Sequence[Any] = connection.execute(query).all()
    found: list[AttributionRow] = []
    for start in range(0, len(rows), _CHUNK):
        found += _with_parts(connection, rows[start : start + _CHUNK])
    return found


def _parts(
    connection: Connection, of: FromClause, order: Sequence[str], ids: list[int]
) -> dict[int, list[Row[Any]]]:
    """Rows of `of` by the attribution they belong to."""
    query = select(of).where(of.c.attribution_id.in_(ids)).order_by(*(of.c[name] for name in order))
    parts: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query):
        parts[row.attribution_id].append(row)
    return parts


def _with_parts(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[AttributionRow]:
    """Fetch spans, speakers and carriers of some attributions, and put each together."""
    ids = [row.id for row in rows]
    spans = _parts(connection, SPAN, ("attribution_id", "role", "ordinal"), ids)
    speakers = _parts(connection, SPEAKER, ("attribution_id", "position"), ids)
    links = _parts(connection, LINK, ("attribution_id", "position"), ids)
    for row in rows:
        roles: dict[str, list[Quote]] = defaultdict(list)
        for span in spans[row.id]:
            roles[span.role].append(Quote(span.start, span.end, span.exact))
        yield AttributionRow(
            id=row.id,
            article_id=row.article_id,
            version=row.version,
            run_id=row.run_id,
            ordinal=row.ordinal,
            article_name=row.article_name,
            url=row.url,
            title=row.title,
            outlet=row.outlet,
            wire=row.wire,
            published=row.published,
            published_on=row.published_on,
            source=tuple(roles["source"]),
            cue=tuple(roles["cue"]),
            content=tuple(roles["content"]),
            speaker=row.speaker,
            speakers=tuple(_speaker(part) for part in speakers[row.id]),
            carriers=tuple(
                Carrier(part.name, part.role, _span(part.start, part.end)) for part in links[row.id]
            ),
            stance=Stance(row.stance),
            act=Act(row.act),
            framing=Framing(row.framing),
            confidence=row.confidence,
            parent=row.parent,
            model=ModelInfo(row.model_name, row.model_version),
            run_at=row.run_at,
        )


def _speaker(row: Row[Any]) -> Speaker:
    return Speaker(
        name=row.name,
        source_id=row.source_id,
        canonical=row.canonical,
        kind=row.kind,
        confidence=row.confidence,
        evidence=_span(row.start, row.end),
    )


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


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
        *_COMMON,
        TEXT.c.chars,
        TEXT.c.created_at.label("saved_at"),
        PURGE.c.id.is_not(None).label("purged"),
        _count(versions, "article_id", ARTICLE.c.id, "versions"),
        _count(every_run, "article_id", ARTICLE.c.id, "runs"),
        _count(SENTENCE, "run_id", RUN.c.id, "sentences"),
        _count(ATTRIBUTION, "run_id", RUN.c.id, "attributions"),
    ).select_from(_newest())


def articles(connection: Connection, filter: Filter) -> list[ArticleRow]:
    """Articles by id, purged ones among them.

    A filter by speaker, stance or confidence asks for at least one such attribution.
    """
    query = _articles_query().where(*_article_conditions(filter)).order_by(ARTICLE.c.id)
    wanted = list(_attribution_conditions(filter))
    if wanted:
        query = query.where(
            PURGE.c.id.is_(None),
            exists().where(ATTRIBUTION.c.run_id == RUN.c.id, *wanted).correlate(RUN),
        )
    if filter.limit is not None:
        query = query.limit(filter.limit)
    return [_article_row(row) for row in connection.execute(query)]


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
        outlet=Fact(row.outlet, text.outlet_basis, _span(text.outlet_start, text.outlet_end)),
        wire=Fact(row.wire, text.wire_basis, _span(text.wire_start, text.wire_end)),
        published=Fact(
            row.published, text.published_basis, _span(text.published_start, text.published_end)
        ),
        blocks=() if row.purged else _blocks(connection, shown.run_id),
        sentences=() if row.purged else _sentences(connection, shown.run_id),
        attributions=tuple(attributions(connection, Filter(article=article_id))),
        versions=_versions(connection, article_id),
        runs=_runs(connection, article_id),
        purge=purges[0] if purges else None,
    )


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
