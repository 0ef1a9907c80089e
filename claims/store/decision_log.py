"""The log of decisions about items: reading it, and adding to it. Nothing in it ever changes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select

from claims.errors import StoreError
from claims.review.decisions import Decision, DecisionKind
from claims.review.items import ItemKey
from claims.review.values import Values
from claims.store.queries import DECISION

NOTHING = "{}"
"""Stands in `seen` where there was nothing to see."""


class DecidedMeanwhileError(StoreError):
    """Somebody decided on the item since the editor saw it; `decisions` are those, oldest first.

    Nothing was written: whoever still thinks otherwise decides again, knowing the others.
    """

    def __init__(self, key: ItemKey, decisions: tuple[Decision, ...]) -> None:
        """Name the item and who was first."""
        first = decisions[-1]
        said = f"{first.kind.value} by {first.by}" + (f" ({first.note})" if first.note else "")
        super().__init__(
            f"{key} was decided meanwhile: {said}",
            repair=f"look at it again: claims decide {key}; a new decision stands over the old",
        )
        self.decisions = decisions


@dataclass(frozen=True, slots=True)
class Draft:
    """A decision to be written. `expect` is the number of decisions about the item that the
    editor knew of; None decides whatever others did."""

    item: ItemKey
    kind: DecisionKind
    by: str
    note: str = ""
    seen: Values | None = None
    patch: dict[str, object] | None = None
    reverts: int | None = None
    run_id: int | None = None
    attribution_id: int | None = None
    is_opinion: bool = False
    expect: int | None = None


def decisions(
    connection: Connection,
    *,
    texts: Iterable[int] | None = None,
    item: ItemKey | None = None,
    claims_only: bool = False,
) -> list[Decision]:
    """Decisions, oldest first: all, or those about the items of some texts, or about one item."""
    asked: list[ColumnElement[bool]] = []
    if texts is not None:
        asked.append(DECISION.c.text_id.in_(list(texts)))
    if item is not None:
        asked.append(DECISION.c.item == str(item))
    if claims_only:
        asked.append(DECISION.c.claim_id.is_not(None))
    query = select(DECISION).where(*asked).order_by(DECISION.c.id)
    rows: Iterable[Any] = connection.execute(query)
    return [_decision(row) for row in rows]


def decision(connection: Connection, number: int) -> Decision:
    """One line of the log. Raises `StoreError` if there is none of this number."""
    row: Any = connection.execute(select(DECISION).where(DECISION.c.id == number)).first()
    if row is None:
        raise StoreError(f"there is no decision {number}", repair="claims review --log lists them")
    return _decision(row)


def _decision(row: Row[Any]) -> Decision:
    seen = json.loads(row.seen or NOTHING)
    patch = None if row.patch is None else json.loads(row.patch)
    return Decision(
        id=row.id,
        item=ItemKey.parse(row.item),
        seq=row.seq,
        kind=DecisionKind(row.kind),
        seen=Values.from_data(seen) if seen else None,
        patch=patch or None,
        reverts=row.reverts,
        run_id=row.run_id,
        attribution_id=row.attribution_id,
        is_opinion=row.is_opinion,
        note=row.note,
        by=row.decided_by,
        at=row.created_at,
    )


def add(connection: Connection, draft: Draft) -> Decision:
    """Write a decision. `DecidedMeanwhileError` where the editor didn't know the newest."""
    if not draft.by.strip():
        raise StoreError("a decision needs the name of whoever decides", repair="add --as NAME")
    last = connection.execute(
        select(func.max(DECISION.c.seq)).where(DECISION.c.item == str(draft.item))
    ).scalar()
    count = int(last or 0)
    if draft.expect is not None and count > draft.expect:
        newer = [d for d in decisions(connection, item=draft.item) if d.seq > draft.expect]
        raise DecidedMeanwhileError(draft.item, tuple(newer))
    if draft.reverts is not None:
        _check_revert(connection, draft.reverts)
    key = draft.item
    made = connection.execute(
        insert(DECISION).values(
            item=str(key),
            seq=count + 1,
            kind=draft.kind.value,
            text_id=key.text_id,
            claim_id=key.owner if key.text_id is None else None,
            run_id=draft.run_id,
            attribution_id=draft.attribution_id,
            seen=NOTHING if draft.seen is None else draft.seen.json,
            patch=None if draft.patch is None else _json(draft.patch),
            reverts=draft.reverts,
            is_opinion=draft.is_opinion,
            note=draft.note,
            decided_by=draft.by.strip(),
            created_at=datetime.now(UTC),
        )
    ).inserted_primary_key
    assert made is not None
    return decision(connection, int(made[0]))


def _json(patch: dict[str, object]) -> str:
    return json.dumps(patch, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _check_revert(connection: Connection, number: int) -> None:
    again = connection.execute(select(DECISION.c.id).where(DECISION.c.reverts == number)).scalar()
    if again is not None:
        raise StoreError(
            f"decision {number} was taken back before, by {again}",
            repair=f"claims decide --undo {again} puts it in force again",
        )
