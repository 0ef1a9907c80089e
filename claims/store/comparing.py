"""Keeping statements and the scores of compared pairs, written in one transaction each.

What is kept here is a projection of the newest runs: a statement of an older run is left out of
all groups, and only articles that are new, or were read anew, are compared.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Connection, delete, insert, select, update

from claims.matching.clustering import Pair
from claims.matching.contents import Contents
from claims.matching.grouping import Relation
from claims.matching.pairs import Scores
from claims.matching.statements import Occasion, Statement
from claims.records import Span, Stance
from claims.store import copying, tables
from claims.store.claim_rows import StoredStatement
from claims.store.identity import ARTICLE, PURGE, TEXT
from claims.store.queries import RUN, newest
from claims.store.tables import table

MATCHED = table(tables.MatchedRun)
STATEMENT = table(tables.Statement)
PAIR = table(tables.StatementPair)
CLAIM = table(tables.Claim)
MEMBER = table(tables.ClaimMember)
_CHUNK = 500


def unmatched(connection: Connection, version: str) -> list[tuple[int, int]]:
    """(run, article) of each newest run whose statements this version has not read."""
    query = (
        select(RUN.c.id, ARTICLE.c.id)
        .select_from(newest().outerjoin(MATCHED, MATCHED.c.run_id == RUN.c.id))
        .where(
            PURGE.c.id.is_(None),
            MATCHED.c.run_id.is_(None) | (MATCHED.c.version != version),
        )
        .order_by(ARTICLE.c.id)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]


def matchers(connection: Connection) -> list[str]:
    """The versions that read the statements of the newest runs."""
    query = select(MATCHED.c.version).select_from(
        newest().join(MATCHED, MATCHED.c.run_id == RUN.c.id)
    )
    return sorted(set(connection.execute(query.distinct()).scalars()))


def add_statements(
    connection: Connection,
    run_id: int,
    statements: Sequence[Statement],
    vectors: np.ndarray,
    version: str,
    *,
    said: Sequence[int],
) -> None:
    """Keep the statements of a run, in place of those that another version read in it.

    Where the same words were read in the article before, they stay in their claim, so that its
    number holds when an article is read or compared anew. `said` are the ids of the attributions
    that the statements were read from; those that no run has are under 0.
    """
    claims = _claims_by_words(connection, run_id)
    forget_runs(connection, [run_id])
    rows = [
        {
            "run_id": run_id,
            "ordinal": ordinal,
            **_said_by(s, said),
            "start": s.place.start,
            "end": s.place.end,
            "data": _to_json(s),
            "vector": vector.astype(np.float16).tobytes(),
            "compared": False,
        }
        for ordinal, (s, vector) in enumerate(zip(statements, vectors, strict=True))
    ]
    if rows:
        connection.execute(insert(STATEMENT), rows)
    connection.execute(insert(MATCHED).values(run_id=run_id, version=version))
    made = connection.execute(
        select(STATEMENT.c.id, STATEMENT.c.ordinal).where(STATEMENT.c.run_id == run_id)
    )
    members = [
        {"statement_id": row.id, "claim_id": claim_id, "relation": Relation.SAME.value}
        for row in made
        if (claim_id := claims.get(statements[row.ordinal].words)) is not None
    ]
    if members:  # where each stands to its claim, the next grouping tells
        connection.execute(insert(MEMBER), members)


def _said_by(statement: Statement, said: Sequence[int]) -> dict[str, int | None]:
    """The columns that tell which attribution a statement was read from."""
    made = None if statement.attribution is None else said[statement.attribution]
    is_found = made is not None and made > 0
    return {
        "attribution_id": made if is_found else None,
        "decision_id": None if made is None or is_found else -made,
    }


def _claims_by_words(connection: Connection, run_id: int) -> dict[str, int]:
    """The claims of what was read before in a run's article, in any version of it, by the words."""
    article = (
        select(TEXT.c.article_id)
        .join(RUN, RUN.c.text_id == TEXT.c.id)
        .where(RUN.c.id == run_id)
        .scalar_subquery()
    )
    query = (
        select(STATEMENT.c.data, MEMBER.c.claim_id)
        .join(MEMBER, MEMBER.c.statement_id == STATEMENT.c.id)
        .join(RUN, RUN.c.id == STATEMENT.c.run_id)
        .join(TEXT, TEXT.c.id == RUN.c.text_id)
        .where(TEXT.c.article_id == article)
        .order_by(STATEMENT.c.id)
    )
    return {json.loads(row.data)["words"]: row.claim_id for row in connection.execute(query)}


def forget_runs(connection: Connection, runs: Sequence[int]) -> None:
    """Drop what these runs left in the claims. Claims that lose all members keep their ids."""
    gone = select(STATEMENT.c.id).where(STATEMENT.c.run_id.in_(runs))
    connection.execute(delete(PAIR).where(PAIR.c.a_id.in_(gone) | PAIR.c.b_id.in_(gone)))
    connection.execute(delete(MEMBER).where(MEMBER.c.statement_id.in_(gone)))
    connection.execute(
        update(CLAIM)
        .where(CLAIM.c.statement_id.in_(gone))
        .values(statement_id=None, wording="", event_start=None, event_end=None, event_words=None)
    )
    connection.execute(delete(STATEMENT).where(STATEMENT.c.run_id.in_(runs)))
    connection.execute(delete(MATCHED).where(MATCHED.c.run_id.in_(runs)))


def forget_older(connection: Connection) -> int:
    """Drop statements of runs that are not the newest of their article any more."""
    current = select(RUN.c.id).select_from(newest()).where(PURGE.c.id.is_(None))
    old = [
        run
        for (run,) in connection.execute(
            select(MATCHED.c.run_id).where(MATCHED.c.run_id.not_in(current))
        )
    ]
    for start in range(0, len(old), _CHUNK):
        forget_runs(connection, old[start : start + _CHUNK])
    return len(old)


def statements(connection: Connection) -> tuple[list[StoredStatement], np.ndarray]:
    """All statements by id, and their vectors (S, 2, D) float32."""
    query = (
        select(
            *(STATEMENT.c[name] for name in ("id", "run_id", "data", "vector", "compared")),
            TEXT.c.id.label("text_id"), TEXT.c.article_id,
        )
        .join(RUN, RUN.c.id == STATEMENT.c.run_id)
        .join(TEXT, TEXT.c.id == RUN.c.text_id)
        .order_by(STATEMENT.c.id)
    )  # fmt: skip
    found, vectors = [], []
    for row in connection.execute(query):
        statement = _from_json(row.data)
        ids = (row.id, row.run_id, row.text_id, row.article_id)
        found.append(StoredStatement(*ids, statement, row.compared))
        vectors.append(np.frombuffer(row.vector, np.float16))
    if not found:
        return [], np.zeros((0, 2, 1), np.float32)
    return found, np.stack(vectors).reshape(len(found), 2, -1).astype(np.float32)


def pairs(connection: Connection) -> dict[Pair, Scores]:
    """The scores of all compared pairs, by the ids of their statements."""
    return {
        (row.a_id, row.b_id): Scores(
            max(0.0, 1 - row.same - row.opposes - row.updates - row.narrower),
            row.same,
            row.opposes,
            row.updates,
            row.narrower,
        )
        for row in connection.execute(select(PAIR))
    }


def add_pairs(connection: Connection, scores: Mapping[Pair, Scores]) -> None:
    """Keep the scores of newly compared pairs."""
    rows = [
        {
            "a_id": a, "b_id": b, "same": s.same, "opposes": s.opposes,
            "updates": s.updates, "narrower": s.narrower,
        }
        for (a, b), s in scores.items()
    ]  # fmt: skip
    for start in range(0, len(rows), 20 * _CHUNK):
        connection.execute(insert(PAIR), rows[start : start + 20 * _CHUNK])


def drop(connection: Connection, article_id: int) -> None:
    """Drop all that an article left in claims and copies, as a purge asks."""
    texts = select(TEXT.c.id).where(TEXT.c.article_id == article_id)
    runs = [run for (run,) in connection.execute(select(RUN.c.id).where(RUN.c.text_id.in_(texts)))]
    forget_runs(connection, runs)
    copying.forget(connection, texts)


def _to_json(statement: Statement) -> str:
    values: dict[str, Any] = asdict(statement)
    values["published"] = statement.published and statement.published.isoformat()
    if statement.event is not None:
        values["event"] = [
            statement.event.start.isoformat(), statement.event.end.isoformat(),
            statement.event.words,
        ]  # fmt: skip
    values["contents"] = {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in values["contents"].items()
    }
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _from_json(data: str) -> Statement:
    values = json.loads(data)
    contents = values.pop("contents")
    numbers = frozenset((sort, float(value)) for sort, value in contents.pop("numbers"))
    parts: dict[str, Any] = {
        name: frozenset(value) if isinstance(value, list) else value
        for name, value in contents.items()
    }
    values["place"] = Span(*values["place"])
    values["stance"] = Stance(values["stance"])
    values["published"] = values["published"] and date.fromisoformat(values["published"])
    if values["event"] is not None:
        start, end, words = values["event"]
        values["event"] = Occasion(date.fromisoformat(start), date.fromisoformat(end), words)
    return Statement(**values, contents=Contents(**parts, numbers=numbers))
