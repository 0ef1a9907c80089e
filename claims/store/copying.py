"""Keeping which texts share words. Only newest texts that are new are compared with the others."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Set
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select

from claims.matching.copies import Body, Copy, read_body
from claims.records import Block, BlockKind
from claims.store import tables
from claims.store.identity import PURGE, TEXT
from claims.store.queries import RUN, newest
from claims.store.tables import table

COPY = table(tables.TextCopy)
COMPARED = table(tables.ComparedText)
BLOCK = table(tables.Block)
VERSION = "1"
"""Of the method: raised when texts have to be compared anew."""

Find = Callable[[Mapping[int, Body], Set[int]], list[Copy]]
"""Copies among bodies by the ids of their texts, of which some are new."""


def compare(connection: Connection, find: Find) -> int:
    """Compare the texts that are new; the number of pairs that share words."""
    query = (
        select(TEXT.c.id, TEXT.c.text, RUN.c.id.label("run_id"), COMPARED.c.version)
        .select_from(newest().outerjoin(COMPARED, COMPARED.c.text_id == TEXT.c.id))
        .where(PURGE.c.id.is_(None))
        .order_by(TEXT.c.id)
    )
    rows = connection.execute(query).all()
    new = {row.id for row in rows if row.version != VERSION}
    if not new:
        return 0
    bodies = {row.id: read_body(row.text, _blocks(connection, row.run_id)) for row in rows}
    forget(connection, select(TEXT.c.id).where(TEXT.c.id.in_(new)))
    found = find(bodies, new)
    if found:
        connection.execute(
            insert(COPY),
            [
                {
                    "a_id": c.a, "b_id": c.b, "share_a": c.share_a, "share_b": c.share_b,
                    "spans": json.dumps(c.spans),
                }
                for c in found
            ],
        )  # fmt: skip
    connection.execute(insert(COMPARED), [{"text_id": i, "version": VERSION} for i in sorted(new)])
    return len(found)


def _blocks(connection: Connection, run_id: int) -> list[Block]:
    query = select(BLOCK).where(BLOCK.c.run_id == run_id).order_by(BLOCK.c.ordinal)
    return [
        Block(row.start, row.end, BlockKind(row.kind), row.paragraph)
        for row in connection.execute(query)
    ]


def forget(connection: Connection, texts: Select[Any]) -> None:
    """Drop what is kept of some texts, given by a query of their ids."""
    connection.execute(delete(COPY).where(COPY.c.a_id.in_(texts) | COPY.c.b_id.in_(texts)))
    connection.execute(delete(COMPARED).where(COMPARED.c.text_id.in_(texts)))
