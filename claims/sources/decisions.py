"""What editors decide about sources, and the registry that follows from it.

Decisions are only ever added. One is in force unless a revert that is itself in force names it;
what stands for what is replayed from those in force, in the order in which they were made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from claims.sources.entries import Alias, AliasKind
from claims.sources.keys import key


class DecisionKind(StrEnum):
    """What is decided.

    `merge`: `source_id` stands for `target_id` from now on. `split`: `name` names `source_id` no
    more, and `target_id` instead if that is given. `alias`: `name` names `source_id` as well.
    `revert`: the decision `reverts` doesn't count.
    """

    MERGE = "merge"
    SPLIT = "split"
    ALIAS = "alias"
    REVERT = "revert"


@dataclass(frozen=True, slots=True)
class Change:
    """One decision before it is made; which fields it needs depends on its kind."""

    kind: DecisionKind
    source_id: str | None = None
    target_id: str | None = None
    name: str | None = None
    name_kind: AliasKind | None = None
    ambiguous: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    reverts: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of the log; `id` counts up, `by` is whoever decided."""

    id: int
    change: Change
    by: str
    note: str
    at: datetime


@dataclass(slots=True)
class Replayed:
    """What the decisions in force make of the names.

    `standing` maps merged ids to those that they stand for, `parted` holds the ids and names
    (as keys) that were split. `conflicts` says which decisions can't hold together; none are in
    the log, for such a one is refused.
    """

    aliases: list[Alias]
    standing: dict[str, str] = field(default_factory=dict)
    parted: set[tuple[str, str]] = field(default_factory=set)
    conflicts: list[str] = field(default_factory=list)


def in_force(decisions: Iterable[Decision]) -> list[Decision]:
    """Merges, splits and aliases that count, oldest first."""
    undone: set[int] = set()
    counting: list[Decision] = []
    for decision in sorted(decisions, key=lambda decision: -decision.id):
        if decision.id in undone:
            continue
        if decision.change.reverts is not None:
            undone.add(decision.change.reverts)
        else:
            counting.append(decision)
    return counting[::-1]


def replay(aliases: Iterable[Alias], decisions: Iterable[Decision]) -> Replayed:
    """Apply the decisions in force to the names of the tables."""
    now = Replayed(list(aliases))
    for decision in in_force(decisions):
        change = decision.change
        source_id, target_id, name = change.source_id, change.target_id, change.name
        if source_id is None:
            continue
        if change.kind is DecisionKind.MERGE and target_id is not None:
            _merge(now, source_id, target_id)
        elif change.kind is DecisionKind.SPLIT and name is not None:
            _split(now, source_id, name, target_id)
        elif change.kind is DecisionKind.ALIAS and name is not None:
            now.aliases.append(
                Alias(
                    source_id,
                    name,
                    change.name_kind or AliasKind.NAME,
                    change.ambiguous,
                    change.valid_from,
                    change.valid_to,
                    f"decision {decision.id}",
                )
            )
    return now


def _merge(now: Replayed, source_id: str, target_id: str) -> None:
    if source_id in now.standing:
        now.conflicts.append(f"{source_id} stands for {now.standing[source_id]} already")
        return
    end = target_id
    while end in now.standing:
        end = now.standing[end]
    if end == source_id:
        now.conflicts.append(f"{target_id} stands for {source_id} already")
        return
    now.standing[source_id] = target_id


def _split(now: Replayed, source_id: str, name: str, target_id: str | None) -> None:
    words = key(name)
    taken = [a for a in now.aliases if a.source_id == source_id and key(a.alias) == words]
    now.aliases = [alias for alias in now.aliases if alias not in taken]
    now.parted.add((source_id, words))
    if target_id is not None:
        kind = taken[0].kind if taken else AliasKind.NAME
        now.aliases.append(Alias(target_id, name, kind))
