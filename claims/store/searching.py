"""Full-text search over the contents of attributions and the wordings of claims.

No index of words is kept in the database. On SQLite an FTS5 index of what passes the filter is made
in memory for each search and thrown away; on PostgreSQL the rows are searched as they stand. That
costs a second or two at 100,000 attributions, and saves what a kept index would cost a newsroom:
after a takedown FTS5's segments and the entry tree of a GIN index still hold the words (SQLite
forgets them by `secure-delete` only from 3.42 on, PostgreSQL by REINDEX), every ingest would pay
for it, and an index can be out of step with its rows.

Hits are ranked by BM25 (Robertson & Zaragoza 2009, as FTS5 has it) on SQLite and by `ts_rank` with
the length of the text on PostgreSQL; ties by article and place.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    case,
    func,
    literal,
    literal_column,
    select,
)

from claims.errors import StoreError
from claims.matching.deciding import ClaimDecisionKind, in_force
from claims.store import attributions, claim_log, claims, queries
from claims.store.claim_rows import Found
from claims.store.comparing import CLAIM, MEMBER, STATEMENT
from claims.store.identity import ARTICLE, PURGE
from claims.store.queries import ATTRIBUTION, RUN, SPAN
from claims.store.rows import GAP, Filter
from claims.store.terms import TOKENIZER, Term, fts5_query


class _Hit(NamedTuple):
    """Ordered as hits are given: the best rank is the smallest."""

    rank: float
    article_id: int
    start: int
    id: int


def search(connection: Connection, terms: Sequence[Term], filter: Filter, limit: int) -> Found:
    """What holds all wanted terms and no other, best first; `limit` quotes and `limit` claims.

    A claim passes the filter if one of its members does. Raises `StoreError` where no term is
    wanted.
    """
    if not any(term.wanted for term in terms):
        raise StoreError(
            "there is no word to look for", repair="name at least one that isn't left out by a -"
        )
    find = _in_memory if connection.dialect.name == "sqlite" else _on_server
    said = find(connection, _contents(filter), terms)
    claimed = _of_members(connection, find(connection, _wordings(connection), terms), filter)
    rows = attributions.attributions(connection, Filter(), [hit.id for hit in said[:limit]])
    kept = claims.claims(connection, Filter(), [hit.id for hit in claimed[:limit]])
    row_of, claim_of = {row.id: row for row in rows}, {claim.id: claim for claim in kept}
    return Found(
        quotes=tuple(row_of[hit.id] for hit in said[:limit] if hit.id in row_of),
        all_quotes=len(said),
        claims=tuple(claim_of[hit.id] for hit in claimed[:limit] if hit.id in claim_of),
        all_claims=len(claimed),
    )


def _contents(filter: Filter) -> Select[Any]:
    """The contents that pass the filter: id, article, place and words of each attribution."""
    spans = (
        select(ATTRIBUTION.c.id, ARTICLE.c.id.label("article_id"), SPAN.c.start, SPAN.c.exact)
        .select_from(
            queries.said().join(
                SPAN, (SPAN.c.attribution_id == ATTRIBUTION.c.id) & (SPAN.c.role == "content")
            )
        )
        .where(
            PURGE.c.id.is_(None),
            queries.is_printed(),
            *queries.article_conditions(filter),
            *queries.attribution_conditions(filter),
        )
        .order_by(ATTRIBUTION.c.id, SPAN.c.ordinal)
        .subquery("content")
    )
    return select(
        spans.c.id,
        spans.c.article_id,
        func.min(spans.c.start).label("start"),
        func.aggregate_strings(spans.c.exact, GAP).label("words"),
    ).group_by(spans.c.id, spans.c.article_id)


def _wordings(connection: Connection) -> Select[Any]:
    """The wordings of claims in the same form, with those that editors gave them."""
    words: ColumnElement[str] = CLAIM.c.wording
    given = _given_wordings(connection)
    if given:
        words = words + literal(GAP) + case(given, value=CLAIM.c.id, else_="")
    return (
        select(
            CLAIM.c.id,
            ARTICLE.c.id.label("article_id"),
            STATEMENT.c.start.label("start"),
            words.label("words"),
        )
        .select_from(queries.newest().join(STATEMENT, STATEMENT.c.run_id == RUN.c.id))
        .join(CLAIM, CLAIM.c.statement_id == STATEMENT.c.id)
        .where(PURGE.c.id.is_(None))
    )


def _given_wordings(connection: Connection) -> dict[int, str]:
    """What editors had claims say, by claim."""
    found: dict[int, list[str]] = defaultdict(list)
    for decision in in_force(claim_log.decisions(connection)):
        place, words = decision.place, decision.words
        if decision.kind is not ClaimDecisionKind.REWORD or place is None or words is None:
            continue
        query = (
            select(MEMBER.c.claim_id)
            .join(STATEMENT, STATEMENT.c.id == MEMBER.c.statement_id)
            .join(RUN, RUN.c.id == STATEMENT.c.run_id)
            .where(
                RUN.c.text_id == place.text_id,
                STATEMENT.c.start < place.span.end,
                STATEMENT.c.end > place.span.start,
            )
        )
        for claim_id in set(connection.execute(query).scalars()):
            found[claim_id].append(words)
    return {claim_id: GAP.join(words) for claim_id, words in found.items()}


def _of_members(connection: Connection, hits: list[_Hit], filter: Filter) -> list[_Hit]:
    passing = claims.passing(connection, filter)
    return hits if passing is None else [hit for hit in hits if hit.id in passing]


def _in_memory(connection: Connection, texts: Select[Any], terms: Sequence[Term]) -> list[_Hit]:
    """Hits by an FTS5 index that lives as long as this call; nothing of it reaches a file."""
    index = sqlite3.connect(":memory:")
    try:
        try:
            index.execute(
                f"CREATE VIRTUAL TABLE text USING fts5(words, content='', tokenize='{TOKENIZER}')"
            )
        except sqlite3.OperationalError as error:
            raise StoreError(
                "this Python's SQLite can't search: it was built without FTS5",
                repair="use another build of Python, or a PostgreSQL database",
            ) from error
        place: dict[int, tuple[int, int]] = {}
        for rows in connection.execute(texts).partitions(10_000):
            place |= {row.id: (row.article_id, row.start) for row in rows}
            index.executemany(
                "INSERT INTO text (rowid, words) VALUES (?, ?)", [(r.id, r.words) for r in rows]
            )
        ranked = index.execute(
            "SELECT rowid, bm25(text) FROM text WHERE text MATCH ?", (fts5_query(terms),)
        )
        return sorted(_Hit(rank, *place[row_id], row_id) for row_id, rank in ranked)
    finally:
        index.close()


_ACCENTS = "[\u0300-\u036f]"
_APART = r"[^[:alnum:]]+"
_COMPOUND = r"[^ ,][-+/@._&:=][^ ]"
_ENGLISH: ColumnElement[Any] = literal_column("'english'::regconfig")
_STEMS: ColumnElement[Any] = literal_column("'english_stem'::regdictionary")
_NFC: ColumnElement[Any] = literal_column("NFC")
_NFD: ColumnElement[Any] = literal_column("NFD")
_SIMPLE: ColumnElement[Any] = literal_column("'simple'::regconfig")


def _on_server(connection: Connection, texts: Select[Any], terms: Sequence[Term]) -> list[_Hit]:
    """Hits by PostgreSQL's own parser: English endings don't count.

    Its English leaves small words out, "no" and "not" among them. A term that has one is looked
    for as it is written.
    """
    source = texts.subquery("text")
    # Taking accents off costs more than finding out that there are none. The parser would take
    # "and/or" and "post.example" for paths and hosts, in which no words are found.
    as_it_stands = (func.octet_length(source.c.words) == func.char_length(source.c.words)) & (
        source.c.words.op("!~")(_COMPOUND)
    )
    bare = func.regexp_replace(func.normalize(source.c.words, _NFD), _ACCENTS, "", "g")
    single = func.regexp_replace(func.normalize(bare, _NFC), _APART, " ", "g")
    plain = case((as_it_stands, source.c.words), else_=single)
    words = select(source.c.id, source.c.article_id, source.c.start, plain.label("plain")).subquery(
        "plain"
    )
    small = _small_words(connection, terms)
    parts = {
        config: (func.to_tsvector(config, words.c.plain), _query(config, own))
        for config in (_ENGLISH, _SIMPLE)
        if (own := [t for t in terms if _is_small(t, small) == (config is _SIMPLE)])
    }
    # Small words say least, so that they only rank where there are no others.
    vector, query = next(iter(parts.values()))
    found = select(
        (-func.ts_rank(vector, query, 1)).label("rank"),
        words.c.article_id,
        words.c.start,
        words.c.id,
    ).where(*(v.bool_op("@@")(q) for v, q in parts.values()))
    return sorted(_Hit(*row) for row in connection.execute(found))


def _query(config: ColumnElement[Any], terms: Sequence[Term]) -> ColumnElement[Any]:
    asked = [(func.phraseto_tsquery(config, term.words), term.wanted) for term in terms]
    query, *others = (one if wanted else func.tsquery_not(one) for one, wanted in asked)
    for other in others:
        query = func.tsquery_and(query, other)
    return query


def _is_small(term: Term, small: set[str]) -> bool:
    return any(word in small for word in term.words.lower().split())


def _small_words(connection: Connection, terms: Sequence[Term]) -> set[str]:
    """The words of the terms that PostgreSQL's English leaves out."""
    words = sorted({word for term in terms for word in term.words.lower().split()})
    query = select(*(func.array_length(func.ts_lexize(_STEMS, w), 1) for w in words))
    lengths = connection.execute(query).one()
    return {word for word, length in zip(words, lengths, strict=True) if length is None}
