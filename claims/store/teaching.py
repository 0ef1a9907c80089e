"""What editors decided, text by text, as training reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from claims.records import Block, Span
from claims.review.items import Status
from claims.review.learning import DecidedItem, DecidedText
from claims.review.projection import OPINION, Item
from claims.store import review, whole
from claims.store.identity import ARTICLE, PURGE, TEXT
from claims.store.queries import ITEM, RUN, newest

_CHUNK = 500


def decided_texts(connection: Connection) -> list[DecidedText]:
    """The newest texts about which something was decided, by id, with all their items."""
    asked = select(ITEM.c.text_id).where(ITEM.c.decision_id.is_not(None)).distinct()
    ids = sorted(one for one in connection.execute(asked).scalars() if one is not None)
    found: dict[int, list[Item]] = defaultdict(list)
    for start in range(0, len(ids), _CHUNK):
        for item in review.derive(connection, ids[start : start + _CHUNK]):
            found[item.key.owner].append(item)
    query = (
        select(TEXT.c.id, TEXT.c.text, ARTICLE.c.name, RUN.c.id.label("run"))
        .select_from(newest())
        .where(TEXT.c.id.in_(found), PURGE.c.id.is_(None))
        .order_by(TEXT.c.id)
    )
    rows: Sequence[Any] = connection.execute(query).all()
    blocks = whole.blocks(connection, [row.run for row in rows])
    return [
        _decided_text(row.name, row.text, blocks.get(row.run, ()), found[row.id]) for row in rows
    ]


def _decided_text(
    name: str, text: str, blocks: tuple[Block, ...], items: Sequence[Item]
) -> DecidedText:
    closed = tuple(
        item.key.span or Span(0, len(text))
        for item in items
        if item.state.status is Status.COMPLETE
    )
    held = [
        DecidedItem(item.values, item.state.status, is_disputed=item.why == OPINION)
        for item in items
        if item.values is not None
    ]
    return DecidedText(name, text, blocks, tuple(held), closed)
