"""Keeping claims: what a grouping of all statements made, written over what was there before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from claims.matching.clustering import Pair
from claims.matching.grouping import Grouping, group
from claims.matching.pairs import Scores
from claims.matching.statements import Statement
from claims.store import tables
from claims.store.claim_rows import Grouped
from claims.store.comparing import CLAIM, MEMBER, PAIR, STATEMENT, add_pairs, pairs, statements
from claims.store.constraints import constraints
from claims.store.tables import table

LINK = table(tables.ClaimLink)
_CHUNK = 500


def members(connection: Connection) -> dict[int, int]:
    """The claim of each statement."""
    query = select(MEMBER.c.statement_id, MEMBER.c.claim_id)
    return {row.statement_id: row.claim_id for row in connection.execute(query)}


def keep(
    connection: Connection,
    grouping: Grouping,
    wordings: Sequence[str],
    events: Sequence[tuple[date, date, str] | None],
) -> int:
    """Write a grouping of statements (by their ids); the number of claims whose members changed.

    A group keeps the id of the claim that most of its members were in; where several groups come
    from one claim, the one with most of it does. A claim whose members all went into another says
    so (`merged_into`).
    """
    before = members(connection)
    ids = _assigned(grouping, before)
    new = [place for place, claim_id in enumerate(ids) if claim_id is None]
    now = datetime.now(UTC)
    for place in new:
        made = connection.execute(
            insert(CLAIM).values(statement_id=None, wording="", created_at=now)
        ).inserted_primary_key
        assert made is not None
        ids[place] = int(made[0])
    claim_ids = [claim_id for claim_id in ids if claim_id is not None]
    after = {m: claim_ids[place] for place, g in enumerate(grouping.groups) for m in g.members}
    moved = {m for m in after if before.get(m) != after[m]}
    touched = {after[m] for m in moved} | {before[m] for m in moved if m in before}
    connection.execute(delete(LINK))
    connection.execute(delete(MEMBER))
    rows = [
        {"statement_id": m, "claim_id": claim_ids[place], "relation": g.relations[m].value}
        for place, g in enumerate(grouping.groups)
        for m in g.members
    ]
    if rows:
        connection.execute(insert(MEMBER), rows)
    _word(connection, grouping, claim_ids, wordings, events)
    _retire(connection, before, after)
    links = {(claim_ids[link.a], claim_ids[link.b]): link.kind.value for link in grouping.links}
    if links:
        connection.execute(
            insert(LINK),
            [{"claim_id": a, "other_id": b, "kind": kind} for (a, b), kind in links.items()],
        )
    return len(touched)


def regroup(
    connection: Connection,
    new: Mapping[Pair, Scores],
    asked: Sequence[int],
    threshold: float,
    *,
    tilt: float,
    again: bool,
) -> Grouped:
    """Add the scores of newly compared pairs (all of them, `again`), and group all statements.

    `asked` are the statements that were compared.
    """
    if again:
        connection.execute(delete(PAIR))
    stored, _ = statements(connection)
    held = {one.id: one for one in stored}
    known = {} if again else pairs(connection)
    added = {
        pair: score
        for pair, score in new.items()
        if pair not in known and pair[0] in held and pair[1] in held
    }
    add_pairs(connection, added)
    for start in range(0, len(asked), _CHUNK):
        part = asked[start : start + _CHUNK]
        connection.execute(update(STATEMENT).where(STATEMENT.c.id.in_(part)).values(compared=True))
    must, cannot = constraints(connection, stored)
    grouping = group(
        {one.id: one.statement for one in stored},
        known | added,
        threshold=threshold,
        tilt=tilt,
        must=must,
        cannot=cannot,
    )
    canonical = [held[g.canonical].statement for g in grouping.groups]
    changed = keep(
        connection, grouping, [s.wording for s in canonical], [event_of(s) for s in canonical]
    )
    return Grouped(len(stored), len(added), len(grouping.groups), changed)


def event_of(statement: Statement) -> tuple[date, date, str] | None:
    """First and last day of what is stated, with the words that tell it."""
    event = statement.event
    return None if event is None else (event.start, event.end, event.words)


def _assigned(grouping: Grouping, before: Mapping[int, int]) -> list[int | None]:
    """The old id of each group, None for a new one."""
    overlaps = [
        (-count, claim_id, place)
        for place, g in enumerate(grouping.groups)
        for claim_id, count in Counter(before[m] for m in g.members if m in before).items()
    ]
    ids: list[int | None] = [None] * len(grouping.groups)
    taken: set[int] = set()
    for _, claim_id, place in sorted(overlaps):
        if ids[place] is None and claim_id not in taken:
            ids[place] = claim_id
            taken.add(claim_id)
    return ids


def _word(
    connection: Connection,
    grouping: Grouping,
    claim_ids: Sequence[int],
    wordings: Sequence[str],
    events: Sequence[tuple[date, date, str] | None],
) -> None:
    values = [
        {
            "of": claim_id,
            "statement_id": g.canonical,
            "wording": wording,
            "event_start": event[0] if event else None,
            "event_end": event[1] if event else None,
            "event_words": event[2] if event else None,
            "merged_into": None,
        }
        for claim_id, g, wording, event in zip(
            claim_ids, grouping.groups, wordings, events, strict=True
        )
    ]
    if values:
        columns = [name for name in values[0] if name != "of"]
        connection.execute(
            update(CLAIM)
            .where(CLAIM.c.id == bindparam("of"))
            .values({name: bindparam(name) for name in columns}),
            values,
        )


def _retire(connection: Connection, before: Mapping[int, int], after: Mapping[int, int]) -> None:
    """Blank claims without members; where all that is left of one is in another, name it."""
    went: dict[int, Counter[int]] = defaultdict(Counter)
    for statement_id, claim_id in before.items():
        if statement_id in after:
            went[claim_id][after[statement_id]] += 1
    alive = set(after.values())
    for claim_id in sorted(set(before.values()) - alive):
        into = went[claim_id].most_common(1)
        connection.execute(
            update(CLAIM)
            .where(CLAIM.c.id == claim_id)
            .values(
                statement_id=None,
                wording="",
                event_start=None,
                event_end=None,
                event_words=None,
                merged_into=into[0][0] if into else None,
            )
        )
