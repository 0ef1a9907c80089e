"""What models found under their threshold: kept for review, never reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Connection, select

from claims.review.values import Values
from claims.store import tables
from claims.store.tables import table

CANDIDATE = table(tables.Candidate)


def candidates(
    connection: Connection, runs: Collection[int]
) -> dict[int, list[tuple[int, Values, float]]]:
    """Id, values and confidence of the candidates of some runs, in the order of the text."""
    found: dict[int, list[tuple[int, Values, float]]] = defaultdict(list)
    query = (
        select(CANDIDATE)
        .where(CANDIDATE.c.run_id.in_(runs), CANDIDATE.c.data != "")
        .order_by(CANDIDATE.c.run_id, CANDIDATE.c.ordinal)
    )
    for row in connection.execute(query):
        found[row.run_id].append((row.id, Values.from_json(row.data), row.confidence))
    return found
