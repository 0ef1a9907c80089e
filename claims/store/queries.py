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
    func,
    select,
)

from claims.records import (
    Act,
    Carrier,
    Framing,
    ModelInfo,
    Naming,
    Span,
    Speaker,
    Stance,
)
from claims.store import tables
from claims.store.identity import ARTICLE, PURGE, TEXT
from claims.store.rows import (
    AttributionRow,
    Filter,
    Quote,
)
from claims.store.tables import table

OUTLET = table(tables.Outlet)
MODEL = table(tables.Model)
RUN = table(tables.Run)
ATTRIBUTION = table(tables.Attribution)
SPAN = table(tables.Span)
SPEAKER = table(tables.Speaker)
LINK = table(tables.ChainLink)

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
    """What the filter asks of an attribution."""
    if filter.speaker:
        by_registry = select(SPEAKER.c.id).where(
            SPEAKER.c.attribution_id == ATTRIBUTION.c.id,
            SPEAKER.c.canonical.icontains(filter.speaker, autoescape=True)
            | SPEAKER.c.source_id.in_(filter.source_ids),
        )
        yield ATTRIBUTION.c.speaker.icontains(filter.speaker, autoescape=True) | (
            by_registry.exists()
        )
    if filter.stance:
        yield ATTRIBUTION.c.stance == filter.stance.value
    if filter.min_confidence is not None:
        yield ATTRIBUTION.c.confidence >= filter.min_confidence


def attributions(
    connection: Connection, filter: Filter, ids: Sequence[int | None] | None = None
) -> list[AttributionRow]:
    """Attributions by article and place in the text; those of purged articles are gone.

    `ids` asks for these only.
    """
    asked = [] if ids is None else [ATTRIBUTION.c.id.in_(ids)]
    query = (
        select(
            *COMMON,
            RUN.c.created_at.label("run_at"),
            RUN.c.speaker_model,
            RUN.c.registry_version,
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
        .select_from(newest().join(ATTRIBUTION, ATTRIBUTION.c.run_id == RUN.c.id))
        .where(
            PURGE.c.id.is_(None),
            *article_conditions(filter),
            *attribution_conditions(filter),
            *asked,
        )
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
            carriers=tuple(_link(part) for part in links[row.id] if part.position >= 0),
            cites=tuple(_link(part) for part in reversed(links[row.id]) if part.position < 0),
            stance=Stance(row.stance),
            act=Act(row.act),
            framing=Framing(row.framing),
            confidence=row.confidence,
            parent=row.parent,
            model=ModelInfo(row.model_name, row.model_version),
            run_at=row.run_at,
            naming=Naming(row.speaker_model, row.registry_version),
        )


def _link(row: Row[Any]) -> Carrier:
    return Carrier(row.name, row.role, span_or_none(row.start, row.end), row.source_id)


def _speaker(row: Row[Any]) -> Speaker:
    return Speaker(
        name=row.name,
        source_id=row.source_id,
        canonical=row.canonical,
        kind=row.kind,
        confidence=row.confidence,
        evidence=span_or_none(row.start, row.end),
        why=row.why,
    )


def span_or_none(start: int | None, end: int | None) -> Span | None:
    """The span of two columns that are set or NULL together."""
    return None if start is None or end is None else Span(start, end)
