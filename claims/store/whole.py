"""Reading articles whole: one, or all of them in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from claims.records import Block, BlockKind, Fact, ModelInfo, Naming, Sentence, SentenceKind
from claims.store import tables
from claims.store.articles import SENTENCE, article_row, articles_query, count, purges
from claims.store.attributions import attributions
from claims.store.identity import ARTICLE, PURGE, TEXT
from claims.store.queries import ATTRIBUTION, MODEL, RUN, span_or_none
from claims.store.rows import ArticleView, Filter, RunRow, VersionRow, VersionText
from claims.store.tables import table

BLOCK = table(tables.Block)
_CHUNK = 500  # ids in one IN (...)


def article(connection: Connection, article_id: int) -> ArticleView | None:
    """One article whole, taken down or not; None if there is none of this id."""
    return _views(connection, Filter(article=article_id), ARTICLE.c.id == article_id).get(
        article_id
    )


def articles(connection: Connection) -> dict[int, ArticleView]:
    """All articles whole, by id, without those that were taken down."""
    return _views(connection, Filter(), PURGE.c.id.is_(None))


def _views(
    connection: Connection, filter: Filter, condition: ColumnElement[bool]
) -> dict[int, ArticleView]:
    """The articles that meet a condition; `filter` asks the same of their attributions."""
    query = articles_query().where(condition).order_by(ARTICLE.c.id)
    shown = list(connection.execute(query))
    ids = [row.article_id for row in shown]
    kept = [row.run_id for row in shown if not row.purged]
    texts = _by(_some(connection, select(TEXT).order_by(TEXT.c.version), TEXT.c.article_id, ids))
    runs = _by(_some(connection, _runs_query(), TEXT.c.article_id, ids))
    held = blocks(connection, kept)
    sentences: dict[int, list[Sentence]] = defaultdict(list)
    query = select(SENTENCE).order_by(SENTENCE.c.ordinal)
    for one in _some(connection, query, SENTENCE.c.run_id, kept):
        found = Sentence(one.start, one.end, SentenceKind(one.kind), one.worth)
        sentences[one.run_id].append(found)
    said = groupby(attributions(connection, filter), key=lambda spoken: spoken.article_id)
    spoken = {number: tuple(rows) for number, rows in said}
    purged = {purge.article_id: purge for purge in purges(connection, filter.article)}
    views: dict[int, ArticleView] = {}
    for one in shown:
        number, row = one.article_id, article_row(one)
        newest = next(text for text in texts[number] if text.version == row.version)
        views[number] = ArticleView(
            row=row,
            text=newest.text,
            sha256=newest.sha256,
            format=newest.format,
            outlet=_fact("outlet", row.outlet, newest),
            wire=_fact("wire", row.wire, newest),
            published=_fact("published", row.published, newest),
            blocks=held.get(one.run_id, ()),
            sentences=tuple(sentences.get(one.run_id, ())),
            attributions=spoken.get(number, ()),
            versions=tuple(_version(text) for text in texts[number]),
            runs=tuple(_run(run) for run in runs[number]),
            purge=purged.get(number),
        )
    return views


def _some(
    connection: Connection, query: Select[Any], column: ColumnElement[Any], ids: Iterable[int]
) -> Iterator[Row[Any]]:
    """The rows of a query that have one of the ids; in its order for each id."""
    wanted = list(ids)
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        yield from connection.execute(query.where(column.in_(part)))


def _by(rows: Iterable[Row[Any]]) -> dict[int, list[Row[Any]]]:
    """Rows by their articles."""
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row.article_id].append(row)
    return found


def blocks(connection: Connection, runs: Iterable[int]) -> dict[int, tuple[Block, ...]]:
    """The blocks that each run read."""
    found: dict[int, list[Block]] = defaultdict(list)
    query = select(BLOCK).order_by(BLOCK.c.ordinal)
    for row in _some(connection, query, BLOCK.c.run_id, runs):
        found[row.run_id].append(Block(row.start, row.end, BlockKind(row.kind), row.paragraph))
    return {run: tuple(of_run) for run, of_run in found.items()}


def _fact(name: str, value: str | None, text: Row[Any]) -> Fact:
    """One fact of a row of `article_text`."""
    columns = text._mapping
    evidence = span_or_none(columns[f"{name}_start"], columns[f"{name}_end"])
    return Fact(value, columns[f"{name}_basis"], evidence)


def _version(row: Row[Any]) -> VersionRow:
    return VersionRow(
        row.version, row.sha256, row.raw_sha256, row.name, row.title, row.chars, row.created_at
    )


def _runs_query() -> Select[Any]:
    return (
        select(
            RUN,
            TEXT.c.article_id,
            TEXT.c.version,
            MODEL.c.name,
            MODEL.c.version.label("model_version"),
            count(ATTRIBUTION, "run_id", RUN.c.id, "attributions"),
        )
        .select_from(
            RUN.join(TEXT, TEXT.c.id == RUN.c.text_id).join(MODEL, MODEL.c.id == RUN.c.model_id)
        )
        .order_by(RUN.c.id)
    )


def _run(row: Row[Any]) -> RunRow:
    return RunRow(
        row.id,
        row.version,
        ModelInfo(row.name, row.model_version),
        row.program,
        row.created_at,
        row.attributions,
        Naming(row.speaker_model, row.registry_version),
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
    rows: Sequence[Any] = connection.execute(query).all()
    held = blocks(connection, [row.run_id for row in rows])
    return {
        number: tuple(
            VersionText(row.article_id, row.version, row.text, held.get(row.run_id, ()))
            for row in versions
        )
        for number, versions in groupby(rows, key=lambda row: row.article_id)
    }
