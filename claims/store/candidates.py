"""What models found under their threshold, as it was stored: for the queue, never for reports."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, select

from claims.review.values import Values
from claims.store import review_tables
from claims.store.tables import table

CANDIDATE = table(review_tables.Candidate)
_CHUNK = 500  # ids in one IN (...)


def candidates(
    connection: Connection, run_ids: Sequence[int]
) -> dict[int, list[tuple[int, Values, float]]]:
    """(id, values, confidence) of the candidates of each run, in the order of the text.

    A run without any, or whose article was taken down, has an empty list.
    """
    found: dict[int, list[tuple[int, Values, float]]] = {run_id: [] for run_id in run_ids}
    for start in range(0, len(run_ids), _CHUNK):
        rows = connection.execute(
            select(CANDIDATE)
            .where(CANDIDATE.c.run_id.in_(run_ids[start : start + _CHUNK]), CANDIDATE.c.data != "")
            .order_by(CANDIDATE.c.run_id, CANDIDATE.c.ordinal)
        )
        for row in rows:
            values = Values.from_data(json.loads(row.data))
            found[row.run_id].append((row.id, values, row.confidence))
    return found
