"""Which claim stands now at a place that an editor decided about."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import Connection, select

from claims.matching.deciding import Passage
from claims.records import Span
from claims.store.comparing import MEMBER, STATEMENT
from claims.store.finding_places import Finder, Standing
from claims.store.identity import TEXT
from claims.store.queries import RUN, newest

_CHUNK = 500


def claims_at(connection: Connection, places: Collection[Passage]) -> dict[Passage, int | None]:
    """The claim of the statement at each place; None where there is none any more."""
    texts = sorted({place.text_id for place in places})
    found: dict[Passage, int | None] = {}
    for i in range(0, len(texts), _CHUNK):
        these = set(texts[i : i + _CHUNK])
        find, claims = _statements_of(connection, these)
        for place in places:
            if place.text_id in these:
                statement = find.at(place)
                found[place] = claims[statement] if statement is not None else None
    return found


def _statements_of(connection: Connection, texts: Collection[int]) -> tuple[Finder, dict[int, int]]:
    """The statements of the newest texts of the articles of these, and the claim of each."""
    of_articles = select(TEXT.c.article_id).where(TEXT.c.id.in_(texts)).correlate(None)
    query = (
        select(
            STATEMENT.c.id, STATEMENT.c.start, STATEMENT.c.end, STATEMENT.c.data,
            TEXT.c.id.label("text_id"), TEXT.c.article_id, MEMBER.c.claim_id,
        )
        .select_from(newest())
        .join(STATEMENT, STATEMENT.c.run_id == RUN.c.id)
        .join(MEMBER, MEMBER.c.statement_id == STATEMENT.c.id)
        .where(TEXT.c.article_id.in_(of_articles))
        .order_by(STATEMENT.c.id)
    )  # fmt: skip
    rows = connection.execute(query).all()
    standing = (
        Standing(
            row.id, row.text_id, row.article_id, Span(row.start, row.end),
            json.loads(row.data)["words"],
        )
        for row in rows
    )  # fmt: skip
    return Finder(connection, standing), {row.id: row.claim_id for row in rows}
