"""The log of decisions about claims and findings: reading it, and adding to it."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from claims.errors import StoreError
from claims.matching.deciding import ClaimDecision, ClaimDecisionKind, Passage, in_force
from claims.records import Span
from claims.store import tables
from claims.store.tables import table

DECISION = table(tables.ClaimDecision)


def decisions(connection: Connection) -> list[ClaimDecision]:
    """The whole log, oldest first."""
    return [
        ClaimDecision(
            row.id,
            ClaimDecisionKind(row.kind),
            _place(row.text_id, row.start, row.end),
            _place(row.other_text_id, row.other_start, row.other_end),
            row.words,
            row.finding,
            row.reverts,
            row.note,
            row.decided_by,
            row.created_at,
        )
        for row in connection.execute(select(DECISION).order_by(DECISION.c.id))
    ]


def _place(text_id: int | None, start: int | None, end: int | None) -> Passage | None:
    if text_id is None or start is None or end is None:
        return None
    return Passage(text_id, Span(start, end))


def add(
    connection: Connection,
    kind: ClaimDecisionKind,
    *,
    place: Passage | None = None,
    other: Passage | None = None,
    words: str | None = None,
    finding: str | None = None,
    reverts: int | None = None,
    by: str,
    note: str = "",
) -> ClaimDecision:
    """Write a decision. `StoreError` says why it can't be made."""
    if not by.strip():
        raise StoreError("a decision needs the name of whoever decides", repair="add --as NAME")
    log = decisions(connection)
    if reverts is not None:
        _check_revert(log, reverts)
    made = ClaimDecision(
        max((one.id for one in log), default=0) + 1,
        kind, place, other, words, finding, reverts, note, by, datetime.now(UTC),
    )  # fmt: skip
    connection.execute(
        insert(DECISION).values(
            id=made.id,
            kind=kind.value,
            text_id=place and place.text_id,
            start=place and place.span.start,
            end=place and place.span.end,
            other_text_id=other and other.text_id,
            other_start=other and other.span.start,
            other_end=other and other.span.end,
            words=words,
            finding=finding,
            reverts=reverts,
            note=note,
            decided_by=by,
            created_at=made.at,
        )
    )
    return made


def _check_revert(log: list[ClaimDecision], reverts: int) -> None:
    known = next((one for one in log if one.id == reverts), None)
    if known is None:
        raise StoreError(
            f"there is no decision {reverts} about claims", repair="claims claim log lists them"
        )
    if any(one.reverts == reverts for one in log):
        again = next(one.id for one in log if one.reverts == reverts)
        raise StoreError(
            f"decision {reverts} was taken back before, by {again}",
            repair=f"claims claim undo {again} puts it in force again",
        )


def dismissed(connection: Connection) -> dict[str, ClaimDecision]:
    """The findings that editors dismissed, by their keys."""
    return {
        one.finding: one
        for one in in_force(decisions(connection))
        if one.kind is ClaimDecisionKind.DISMISS and one.finding is not None
    }
