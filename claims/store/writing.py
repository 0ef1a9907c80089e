"""Saving an article with what a model found in it. Each function works inside a transaction.

Rows are only ever added here; what stands for them is read by `claims.store.queries`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update

from claims import __version__
from claims.errors import StoreError
from claims.records import (
    Attribution,
    Carrier,
    Document,
    Extraction,
    Fact,
    ModelInfo,
    Naming,
    Span,
)
from claims.review.values import Values
from claims.store import identity, loading, review_tables, tables
from claims.store.identity import ARTICLE, TEXT, Known
from claims.store.rows import Saved
from claims.store.tables import table

OUTLET = table(tables.Outlet)
MODEL = table(tables.Model)
RUN = table(tables.Run)
ATTRIBUTION = table(tables.Attribution)

Row = dict[str, Any]


def save(connection: Connection, document: Document, extraction: Extraction) -> Saved:
    """Add what the store doesn't have yet of an article and of what was found in it."""
    known = identity.find(connection, document)
    if known is None:
        return _add(connection, document, extraction)
    if known.purged:
        return Saved(known.article_id, "purged", None, None, 0)
    if known.lacks_url:
        connection.execute(
            update(ARTICLE)
            .where(ARTICLE.c.id == known.article_id)
            .values(url_key=identity.url_key(document.url))
        )
    if known.text_id is None or known.version is None:
        version = _newest_version(connection, known.article_id) + 1
        text_id = _add_text(connection, known.article_id, version, document)
        run_id = _add_run(connection, text_id, document, extraction)
        return Saved(known.article_id, "changed", version, run_id, len(extraction.attributions))
    run_id_or_none = find_run(connection, known, extraction.model, extraction.naming)
    if run_id_or_none is not None:
        return Saved(known.article_id, "unchanged", known.version, run_id_or_none, 0)
    run_id = _add_run(connection, known.text_id, document, extraction)
    return Saved(known.article_id, "rerun", known.version, run_id, len(extraction.attributions))


def known(
    connection: Connection, document: Document, model: ModelInfo, naming: Naming
) -> Saved | None:
    """What `save` would answer for `document` without writing; None if it would write."""
    found = identity.find(connection, document)
    if found is None:
        return None
    if found.purged:
        return Saved(found.article_id, "purged", None, None, 0)
    run_id = None if found.lacks_url else find_run(connection, found, model, naming)
    if run_id is None:
        return None
    return Saved(found.article_id, "unchanged", found.version, run_id, 0)


def texts_of(connection: Connection, article_id: int) -> list[int]:
    """The texts of an article, oldest first."""
    query = select(TEXT.c.id).where(TEXT.c.article_id == article_id).order_by(TEXT.c.version)
    return list(connection.execute(query).scalars())


def find_run(connection: Connection, known: Known, model: ModelInfo, naming: Naming) -> int | None:
    """The last run of `model` over the known text, if its speakers were named by `naming`.

    An older run doesn't do: a registry that is again what it was needs a new one, for the newest
    run is the one that is read.
    """
    last = connection.execute(
        select(RUN.c.id, RUN.c.speaker_model, RUN.c.registry_version)
        .join(MODEL, MODEL.c.id == RUN.c.model_id)
        .where(
            RUN.c.text_id == known.text_id,
            MODEL.c.name == model.name,
            MODEL.c.version == model.version,
        )
        .order_by(RUN.c.id.desc())
    ).first()
    same = last is not None and Naming(last.speaker_model, last.registry_version) == naming
    return last.id if last is not None and same else None


def _now() -> datetime:
    return datetime.now(UTC)


def _insert(connection: Connection, into: Table, **values: Any) -> int:
    """Add one row; its id."""
    key = connection.execute(insert(into).values(**values)).inserted_primary_key
    if key is None:
        raise StoreError(f"the database gave no id for a row of {into.name}")
    return int(key[0])


def _insert_all(connection: Connection, into: type[tables.Base], rows: list[Row]) -> None:
    if rows:
        connection.execute(insert(table(into)), rows)


def _one(connection: Connection, kept: Table, now: bool, **values: Any) -> int:
    """The row of `kept` with these values, added if it isn't there."""
    conditions = [kept.c[name] == value for name, value in values.items()]
    found = connection.execute(select(kept.c.id).where(*conditions)).scalar()
    if found is not None:
        return int(found)
    return _insert(connection, kept, **values, **({"created_at": _now()} if now else {}))


def _add(connection: Connection, document: Document, extraction: Extraction) -> Saved:
    article_id = _insert(
        connection,
        ARTICLE,
        url_key=identity.url_key(document.url),
        name=document.name,
        created_at=_now(),
    )
    text_id = _add_text(connection, article_id, 1, document)
    run_id = _add_run(connection, text_id, document, extraction)
    return Saved(article_id, "added", 1, run_id, len(extraction.attributions))


def _newest_version(connection: Connection, article_id: int) -> int:
    newest = select(func.max(TEXT.c.version)).where(TEXT.c.article_id == article_id)
    return int(connection.execute(newest).scalar_one() or 0)


def _add_text(connection: Connection, article_id: int, version: int, document: Document) -> int:
    outlet = document.outlet.value
    return _insert(
        connection,
        TEXT,
        article_id=article_id,
        version=version,
        name=document.name,
        format=document.format,
        sha256=document.sha256,
        raw_sha256=document.raw_sha256,
        chars=len(document.text),
        text=document.text,
        title=document.title,
        url=document.url,
        outlet_id=_one(connection, OUTLET, False, name=outlet) if outlet else None,
        wire=document.wire.value,
        published=document.published.value,
        published_on=document.published.day,
        created_at=_now(),
        **_basis("outlet", document.outlet),
        **_basis("wire", document.wire),
        **_basis("published", document.published),
    )


def _basis(name: str, fact: Fact) -> Row:
    return {f"{name}_basis": fact.basis, **_range(fact.evidence, f"{name}_")}


def _range(span: Span | None, prefix: str = "") -> Row:
    start, end = span or (None, None)
    return {f"{prefix}start": start, f"{prefix}end": end}


def _add_run(
    connection: Connection, text_id: int, document: Document, extraction: Extraction
) -> int:
    """Add a run with all that belongs to it, and the sources that it names."""
    loading.load_shipped(connection)
    loading.ensure(connection, _sources_of(extraction))
    model = extraction.model
    model_id = _one(connection, MODEL, True, name=model.name, version=model.version)
    run_id = _insert(
        connection,
        RUN,
        text_id=text_id,
        model_id=model_id,
        program=__version__,
        created_at=_now(),
        speaker_model=extraction.naming.speaker_model,
        registry_version=extraction.naming.registry,
    )
    blocks = [
        {"start": b.start, "end": b.end, "kind": b.kind.value, "paragraph": b.paragraph}
        for b in document.blocks
    ]
    sentences = [
        {"start": s.start, "end": s.end, "kind": s.kind.value, "worth": s.worth}
        for s in extraction.sentences
    ]
    _insert_all(connection, tables.Block, _numbered(blocks, run_id))
    _insert_all(connection, tables.Sentence, _numbered(sentences, run_id))
    _add_attributions(connection, run_id, document.text, extraction.attributions)
    found = [{"data": Values.of(c).json, "confidence": c.confidence} for c in extraction.candidates]
    _insert_all(connection, review_tables.Candidate, _numbered(found, run_id))
    return run_id


def _sources_of(extraction: Extraction) -> set[str]:
    """Ids of all sources that speakers and carriers were resolved to."""
    ids: list[str | None] = []
    for attribution in (*extraction.attributions, *extraction.candidates):
        ids += [speaker.source_id for speaker in attribution.speakers]
        ids += [carrier.source_id for _, carrier in _positions(attribution)]
    return {one for one in ids if one is not None}


def _numbered(rows: list[Row], run_id: int) -> list[Row]:
    return [{"run_id": run_id, "ordinal": n, **row} for n, row in enumerate(rows)]


def _add_attributions(
    connection: Connection, run_id: int, text: str, attributions: tuple[Attribution, ...]
) -> None:
    rows = [
        {
            "speaker": a.speaker,
            "stance": a.stance.value,
            "act": a.act.value,
            "framing": a.framing.value,
            "confidence": a.confidence,
            "parent": a.parent,
        }
        for a in attributions
    ]
    _insert_all(connection, tables.Attribution, _numbered(rows, run_id))
    ids = connection.execute(
        select(ATTRIBUTION.c.id)
        .where(ATTRIBUTION.c.run_id == run_id)
        .order_by(ATTRIBUTION.c.ordinal)
    ).scalars()
    spans: list[Row] = []
    speakers: list[Row] = []
    links: list[Row] = []
    for key, attribution in zip(ids, attributions, strict=True):
        spans += _span_rows(key, text, attribution)
        speakers += [
            {
                "attribution_id": key,
                "position": n,
                "name": s.name,
                "source_id": s.source_id,
                "canonical": s.canonical,
                "kind": s.kind,
                "confidence": s.confidence,
                "why": s.why,
                **_range(s.evidence),
            }
            for n, s in enumerate(attribution.speakers)
        ]
        links += [
            {
                "attribution_id": key,
                "position": n,
                "name": c.name,
                "role": c.role,
                "source_id": c.source_id,
                **_range(c.evidence),
            }
            for n, c in _positions(attribution)
        ]
    _insert_all(connection, tables.Span, spans)
    _insert_all(connection, tables.Speaker, speakers)
    _insert_all(connection, tables.ChainLink, links)


def _positions(attribution: Attribution) -> Iterator[tuple[int, Carrier]]:
    """The links of a chain by their place from the speaker outward; those it cites under 0."""
    yield from enumerate(attribution.carriers)
    for n, carrier in enumerate(attribution.cites):
        yield -1 - n, carrier


def _span_rows(attribution_id: int, text: str, attribution: Attribution) -> Iterator[Row]:
    roles = {
        "source": attribution.source,
        "cue": attribution.cue,
        "content": attribution.content,
    }
    for role, spans in roles.items():
        for ordinal, span in enumerate(spans):
            yield {
                "attribution_id": attribution_id,
                "role": role,
                "ordinal": ordinal,
                "start": span.start,
                "end": span.end,
                "exact": text[span.start : span.end],
            }
