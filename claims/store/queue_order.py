"""The order of the queue: what each open item is worth to the desk, as claims stand now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from claims.review import order
from claims.review.decisions import State, state_of
from claims.review.items import ItemKey, ItemKind, Status
from claims.review.projection import NEW, UNSURE
from claims.store import decision_log
from claims.store.comparing import CLAIM, MEMBER, PAIR, STATEMENT
from claims.store.identity import TEXT
from claims.store.queries import ATTRIBUTION, ITEM, RUN


def refresh_claims(connection: Connection) -> None:
    """Make the items of claims anew: those of several members.

    The uncertainty of a claim is how far its members' pairs are from sure, on the average.
    """
    one, other = MEMBER.alias("one"), MEMBER.alias("other")
    doubt = 1 - func.abs(2 * (PAIR.c.same + PAIR.c.opposes + PAIR.c.updates + PAIR.c.narrower) - 1)
    query = (
        select(one.c.claim_id, func.avg(doubt).label("doubt"))
        .join(PAIR, PAIR.c.a_id == one.c.statement_id)
        .join(
            other,
            (other.c.statement_id == PAIR.c.b_id) & (other.c.claim_id == one.c.claim_id),
        )
        .group_by(one.c.claim_id)
    )
    doubts = {row.claim_id: float(row.doubt) for row in connection.execute(query)}
    log = defaultdict(list)
    for decision in decision_log.decisions(connection, claims_only=True):
        log[decision.item].append(decision)
    alive = set(
        connection.execute(select(CLAIM.c.id).where(CLAIM.c.statement_id.is_not(None))).scalars()
    )
    rows = []
    for claim_id in sorted({*doubts, *(key.owner for key in log)} & alive):
        key = ItemKey(ItemKind.CLAIM, claim_id)
        state = state_of(log[key])
        is_decided = state.decision is not None
        why = UNSURE if state.status is Status.UNSURE else "" if is_decided else NEW
        unsure = min(1.0, max(0.0, doubts.get(claim_id, 0.0)))
        rows.append(_claim_row(key, state, why, 0.0 if is_decided else unsure))
    connection.execute(delete(ITEM).where(ITEM.c.kind == ItemKind.CLAIM.value))
    if rows:
        connection.execute(insert(ITEM), rows)


def _claim_row(key: ItemKey, state: State, why: str, uncertain: float) -> dict[str, Any]:
    decision = state.decision
    return {
        "item": str(key),
        "kind": key.kind.value,
        "claim_id": key.owner,
        "status": state.status.value,
        "decision_id": decision.id if decision else None,
        "decided_by": decision.by if decision else None,
        "is_open": bool(why),
        "why": why,
        "uncertainty": uncertain,
        "worth": 0.0,
        "value": uncertain,
    }


_WEIGHED = ("item", "claim_id", "attribution_id", "uncertainty", "worth", "value")
_SAME = 1e-9
"""A change of an item's value that is none."""


def value(connection: Connection) -> None:
    """Weigh all open items anew, as claims stand now, and spread them over their sources."""
    carried: dict[int, set[int]] = defaultdict(set)
    opposed: set[int] = set()
    claim_of: dict[int, int] = {}
    query = (
        select(MEMBER.c.claim_id, MEMBER.c.relation, STATEMENT.c.attribution_id, TEXT.c.article_id)
        .select_from(MEMBER.join(STATEMENT, STATEMENT.c.id == MEMBER.c.statement_id))
        .join(RUN, RUN.c.id == STATEMENT.c.run_id)
        .join(TEXT, TEXT.c.id == RUN.c.text_id)
    )
    for row in connection.execute(query):
        carried[row.claim_id].add(row.article_id)
        if row.relation == "opposes":
            opposed.add(row.claim_id)
        if row.attribution_id is not None:
            claim_of.setdefault(row.attribution_id, row.claim_id)
    who = func.coalesce(ITEM.c.speaker, ATTRIBUTION.c.speaker).label("who")
    query = (
        select(*(ITEM.c[name] for name in _WEIGHED), who)
        .select_from(ITEM.outerjoin(ATTRIBUTION, ATTRIBUTION.c.id == ITEM.c.attribution_id))
        .where(ITEM.c.is_open)
        .order_by(ITEM.c.item)
    )  # fmt: skip
    rows: Sequence[Any] = connection.execute(query).all()
    values = []
    for row in rows:
        claim = row.claim_id or claim_of.get(row.attribution_id or 0, 0)
        articles = len(carried.get(claim, ()))
        values.append(order.value(row.uncertainty, row.worth, articles, float(claim in opposed)))
    spread = order.spread(values, [row.who for row in rows])
    changed = [
        {"of": row.item, "to": now}
        for row, now in zip(rows, spread, strict=True)
        if abs(now - row.value) > _SAME
    ]
    if changed:
        connection.execute(
            update(ITEM).where(ITEM.c.item == bindparam("of")).values(value=bindparam("to")),
            changed,
        )
