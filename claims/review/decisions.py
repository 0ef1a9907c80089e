"""Decisions of editors as data: the log's lines, and what is in force of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.review.items import ItemKey, Status
from claims.review.values import Values


class DecisionKind(StrEnum):
    """What was decided. Merging, splitting and rewording claims and dismissing findings have a
    log of their own (`claims.matching.deciding`)."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    UNSURE = "unsure"
    ADD = "add"
    COMPLETE = "complete"  # all that a sentence or a text says is in the record
    REVERT = "revert"


STATUS = {
    DecisionKind.ACCEPT: Status.CONFIRMED,
    DecisionKind.CORRECT: Status.CORRECTED,
    DecisionKind.REJECT: Status.REJECTED,
    DecisionKind.UNSURE: Status.UNSURE,
    DecisionKind.ADD: Status.ADDED,
    DecisionKind.COMPLETE: Status.COMPLETE,
}


@dataclass(frozen=True, slots=True)
class Decision:
    """A line of the log; `seen` is what the editor had before the eyes, None of what has no values
    (sentences, texts, claims) and of additions.

    `seq` counts the decisions about one item. `is_opinion` marks a second reading given without
    sight of the first: it counts for agreement and changes nothing.
    """

    id: int
    item: ItemKey
    seq: int
    kind: DecisionKind
    seen: Values | None
    patch: dict[str, object] | None
    reverts: int | None
    run_id: int | None
    attribution_id: int | None
    is_opinion: bool
    note: str
    by: str
    at: datetime

    @property
    def values(self) -> Values | None:
        """What the editor stands for: what was seen, with the correction in it."""
        if self.patch is None:
            return self.seen
        if self.seen is None:
            return Values.from_data(self.patch)
        return self.seen.patched(self.patch)


@dataclass(frozen=True, slots=True)
class State:
    """What stands of an item after its decisions. `decision` is the one that governs.

    `values` is None where nobody stands for any (machine, rejected, complete)."""

    status: Status
    decision: Decision | None
    values: Values | None


def in_force(log: Iterable[Decision]) -> list[Decision]:
    """The decisions that hold, oldest first, without reverts: a reverted one doesn't, unless its
    revert is itself reverted."""
    decisions = list(log)
    reverted: set[int] = set()
    for decision in reversed(decisions):
        if decision.reverts is not None and decision.id not in reverted:
            reverted.add(decision.reverts)
    return [d for d in decisions if d.id not in reverted and d.kind is not DecisionKind.REVERT]


def state_of(log: Iterable[Decision], otherwise: Status = Status.MACHINE) -> State:
    """What the decisions about one item, oldest first, come to; the last in force governs.

    `otherwise` is the status where none is in force. What was added and then confirmed or
    corrected stays an addition, with the newer values: no model found it.
    """
    held = [d for d in in_force(log) if not d.is_opinion]
    if not held:
        return State(otherwise, None, None)
    last = held[-1]
    status = STATUS[last.kind]
    if status in (Status.CONFIRMED, Status.CORRECTED) and held[0].kind is DecisionKind.ADD:
        status = Status.ADDED
    return State(status, last, None if status is Status.REJECTED else last.values)
