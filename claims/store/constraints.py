"""What editors decided, as pairs of present statements that are one claim, or never are."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from claims.matching.clustering import Pair
from claims.matching.deciding import ClaimDecisionKind, in_force
from claims.store import claim_log
from claims.store.claim_rows import StoredStatement
from claims.store.finding_places import Finder, Standing


def constraints(
    connection: Connection, stored: Sequence[StoredStatement]
) -> tuple[list[Pair], list[Pair]]:
    """Must-link and cannot-link pairs of statement ids, from the decisions that are in force.

    A decision holds for the statement that a newer run finds at the same place of the text, and
    for one with the same words in a newer version of it.
    """
    find = Finder(
        connection,
        (
            Standing(one.id, one.text_id, one.article_id, one.statement.place, one.statement.words)
            for one in stored
        ),
    )
    must: list[Pair] = []
    cannot: list[Pair] = []
    for decision in in_force(claim_log.decisions(connection)):
        if decision.place is None or decision.other is None:
            continue
        a, b = find.at(decision.place), find.at(decision.other)
        if a is not None and b is not None and a != b:
            # A later decision about the same two takes the place of an earlier one.
            pair = (min(a, b), max(a, b))
            must, cannot = ([p for p in kept if p != pair] for kept in (must, cannot))
            into = must if decision.kind is ClaimDecisionKind.MERGE else cannot
            into.append(pair)
    return must, cannot
