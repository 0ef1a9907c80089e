"""Keeping which texts share words. Only newest texts that are new are compared with the others."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select

from claims.matching.body import Body, read
from claims.matching.copies import SCHEME, CopyIndex, keys_of
from claims.records import BlockKind, Span
from claims.store import tables
from claims.store.identity import PURGE, TEXT
from claims.store.queries import RUN, newest
from claims.store.tables import table

COPY = table(tables.TextCopy)
COMPARED = table(tables.ComparedText)
BLOCK = table(tables.Block)


def compare(connection: Connection) -> int:
    """Compare the texts that are new; the number of pairs that share words."""
    query = (
        select(TEXT.c.id, TEXT.c.text, RUN.c.id.label("run_id"), COMPARED.c.version)
        .select_from(newest().outerjoin(COMPARED, COMPARED.c.text_id == TEXT.c.id))
        .where(PURGE.c.id.is_(None))
        .order_by(TEXT.c.id)
    )
    rows = connection.execute(query).all()
    new = {row.id for row in rows if row.version != SCHEME}
    if not new:
        return 0
    index = CopyIndex()
    for row in rows:
        if row.id not in new:
            body = _body(connection, row.run_id, row.text)
            index.restore(str(row.id), body, keys_of(body))
    fresh = ((str(r.id), _body(connection, r.run_id, r.text)) for r in rows if r.id in new)
    found = index.add_all(fresh)
    forget(connection, select(TEXT.c.id).where(TEXT.c.id.in_(new)))
    values = []
    for copy in found:
        # The index sorts its keys as words, the table by number.
        turned = int(copy.a) > int(copy.b)
        first, second = ("b", "a") if turned else ("a", "b")
        spans = [pair[::-1] if turned else pair for pair in copy.spans]
        values.append(
            {
                "a_id": int(getattr(copy, first)), "b_id": int(getattr(copy, second)),
                "share_a": getattr(copy, f"share_{first}"),
                "share_b": getattr(copy, f"share_{second}"),
                "own_a": getattr(copy, f"own_{first}"), "own_b": getattr(copy, f"own_{second}"),
                "words": copy.words, "own": copy.own, "spans": json.dumps(spans),
            }
        )  # fmt: skip
    if values:
        connection.execute(insert(COPY), values)
    connection.execute(insert(COMPARED), [{"text_id": i, "version": SCHEME} for i in sorted(new)])
    return len(found)


def _body(connection: Connection, run_id: int, text: str) -> Body:
    query = select(BLOCK).where(BLOCK.c.run_id == run_id).order_by(BLOCK.c.ordinal)
    blocks = [(BlockKind(r.kind), Span(r.start, r.end)) for r in connection.execute(query)]
    story = [span for kind, span in blocks if kind is BlockKind.BODY]
    return read(text, story or [span for kind, span in blocks if kind.is_read])


def forget(connection: Connection, texts: Select[Any]) -> None:
    """Drop what is kept of some texts, given by a query of their ids."""
    connection.execute(delete(COPY).where(COPY.c.a_id.in_(texts) | COPY.c.b_id.in_(texts)))
    connection.execute(delete(COMPARED).where(COMPARED.c.text_id.in_(texts)))
