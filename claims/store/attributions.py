"""Attributions as they stand in the record: what the newest runs have, as editors decided it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, FromClause, Row, func, select

from claims.records import (
    Act,
    Carrier,
    CarrierRole,
    Framing,
    ModelInfo,
    Naming,
    Span,
    Speaker,
    Stance,
)
from claims.review.items import Status
from claims.review.values import Values
from claims.store.identity import ARTICLE, PURGE, TEXT
from claims.store.queries import (
    ATTRIBUTION,
    COMMON,
    DECISION,
    ITEM,
    LINK,
    RUN,
    SPAN,
    SPEAKER,
    article_conditions,
    attribution_conditions,
    is_printed,
    newest,
    said,
    span_or_none,
)
from claims.store.rows import AttributionRow, Filter, Quote

CHUNK = 500  # ids in one IN (...)
EDITOR = "editor"
"""Stands for the model in rows that no model made; the version is the number of the decision."""


def attributions(
    connection: Connection, filter: Filter, ids: Sequence[int | None] | None = None
) -> list[AttributionRow]:
    """Attributions by article and place in the text; those of purged articles are gone.

    What editors rejected is left out, what they corrected or added stands as they had it. `ids`
    asks for these only.
    """
    asked = [] if ids is None else [ATTRIBUTION.c.id.in_(ids)]
    query = (
        select(
            *COMMON,
            TEXT.c.id.label("text_id"),
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
            ITEM.c.item,
            ITEM.c.status,
            ITEM.c.kept,
            ITEM.c.decision_id,
            ITEM.c.decided_by,
        )
        .select_from(said())
        .where(
            PURGE.c.id.is_(None),
            is_printed(),
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
    for start in range(0, len(rows), CHUNK):
        found += _as_decided(connection, list(_with_parts(connection, rows[start : start + CHUNK])))
    alone = [row for row in _alone(connection, filter, ids) if _passes(row, filter)]
    if alone:
        found = sorted([*found, *alone], key=_place)
    return found if filter.limit is None else found[: filter.limit]


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
            text_id=row.text_id,
            item=row.item,
            status=Status(row.status) if row.status else Status.MACHINE,
            kept=row.kept,
            decision=row.decision_id,
            reviewer=row.decided_by,
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


def _place(row: AttributionRow) -> tuple[int, int, int]:
    return (row.article_id, Values.of(row.attribution).hull.start, row.ordinal)


def _as_decided(connection: Connection, rows: list[AttributionRow]) -> list[AttributionRow]:
    """The rows with what editors decided on in place of what the machine read."""
    texts = _texts(connection, {row.text_id for row in rows if row.kept})
    return [_patched(row, texts[row.text_id]) if row.kept else row for row in rows]


def _texts(connection: Connection, ids: Collection[int]) -> dict[int, str]:
    if not ids:
        return {}
    query = select(TEXT.c.id, TEXT.c.text).where(TEXT.c.id.in_(ids))
    return {row.id: row.text for row in connection.execute(query)}


def _patched(row: AttributionRow, text: str) -> AttributionRow:
    assert row.kept is not None
    values = Values.from_json(row.kept)
    if values == Values.of(row.attribution):
        return row
    now = values.onto(row.attribution)
    names = {name.casefold() for name, _ in values.named}
    return replace(
        row,
        source=_quotes(text, now.source),
        cue=_quotes(text, now.cue),
        content=_quotes(text, now.content),
        stance=now.stance,
        act=now.act,
        framing=now.framing,
        speaker=now.speaker,
        speakers=now.speakers,
        # Whoever speaks doesn't carry the own words.
        carriers=tuple(c for c in row.carriers if c.name.casefold() not in names),
    )


def _quotes(text: str, spans: Sequence[Span]) -> tuple[Quote, ...]:
    return tuple(Quote(*span, text[span.start : span.end]) for span in spans)


def _alone(
    connection: Connection, filter: Filter, ids: Sequence[int | None] | None
) -> Iterator[AttributionRow]:
    """What editors stand for and the newest run doesn't have."""
    log = DECISION.alias("log")
    own = select(func.min(log.c.id)).where(log.c.item == ITEM.c.item).scalar_subquery()
    # What holds from an older text has no decision of its own yet.
    first = func.coalesce(own, ITEM.c.decision_id)
    query = (
        select(
            *COMMON,
            TEXT.c.id.label("text_id"),
            TEXT.c.text,
            TEXT.c.wire_start,
            TEXT.c.wire_end,
            TEXT.c.outlet_start,
            TEXT.c.outlet_end,
            ITEM.c.item,
            ITEM.c.status,
            ITEM.c.kept,
            ITEM.c.decision_id,
            ITEM.c.decided_by,
            DECISION.c.created_at,
            first.label("first_id"),
        )
        .select_from(
            newest()
            .join(ITEM, ITEM.c.text_id == TEXT.c.id)
            .join(DECISION, DECISION.c.id == ITEM.c.decision_id)
        )
        .where(
            PURGE.c.id.is_(None),
            ITEM.c.attribution_id.is_(None),
            ITEM.c.kept.is_not(None),
            *article_conditions(filter),
        )
        .order_by(ARTICLE.c.id, ITEM.c.start)
    )
    rows: Sequence[Any] = connection.execute(query).all()
    for row in rows:
        if ids is None or -row.first_id in ids:
            yield _alone_row(row)


def _alone_row(row: Row[Any]) -> AttributionRow:
    values = Values.from_json(row.kept)
    names = {name.casefold() for name, _ in values.named}
    # Its chain is what is known of the article as a whole.
    links = (
        (row.wire, CarrierRole.CARRIED, span_or_none(row.wire_start, row.wire_end)),
        (row.outlet, CarrierRole.PUBLISHED, span_or_none(row.outlet_start, row.outlet_end)),
    )
    return AttributionRow(
        id=-row.first_id,
        article_id=row.article_id,
        version=row.version,
        run_id=row.run_id,
        ordinal=-row.first_id,
        article_name=row.article_name,
        url=row.url,
        title=row.title,
        outlet=row.outlet,
        wire=row.wire,
        published=row.published,
        published_on=row.published_on,
        source=_quotes(row.text, values.source),
        cue=_quotes(row.text, values.cue),
        content=_quotes(row.text, values.content),
        speaker=values.speaker,
        speakers=tuple(Speaker(name, source_id) for name, source_id in values.named),
        carriers=tuple(
            Carrier(name, role, span)
            for name, role, span in links
            if name and name.casefold() not in names
        ),
        stance=values.stance,
        act=values.act,
        framing=values.framing,
        confidence=1.0,
        parent=None,
        model=ModelInfo(EDITOR, str(row.decision_id)),
        run_at=row.created_at,
        text_id=row.text_id,
        item=row.item,
        status=Status(row.status),
        kept=row.kept,
        decision=row.decision_id,
        reviewer=row.decided_by,
    )


def _passes(row: AttributionRow, filter: Filter) -> bool:
    """Whether a row that the database didn't look at passes the filter."""
    if filter.stance and row.stance is not filter.stance:
        return False
    if not filter.speaker:
        return True
    return filter.speaker.casefold() in row.speaker.casefold() or any(
        speaker.source_id in filter.source_ids for speaker in row.speakers if speaker.source_id
    )
