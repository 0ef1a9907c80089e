"""What editors decide about claims and findings, as data: the log, and what is in force of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.records import Span


class ClaimDecisionKind(StrEnum):
    """What was decided."""

    MERGE = "merge"  # two statements are one claim, for ever
    SPLIT = "split"  # two statements never are
    REWORD = "reword"  # the claim that a statement is in is worded so
    DISMISS = "dismiss"  # a finding is none
    REVERT = "revert"  # an earlier decision is taken back


@dataclass(frozen=True, slots=True)
class Passage:
    """A range of a stored text: what a decision is about, whatever run finds it there."""

    text_id: int
    span: Span


@dataclass(frozen=True, slots=True)
class ClaimDecision:
    """A line of the log."""

    id: int
    kind: ClaimDecisionKind
    place: Passage | None
    other: Passage | None
    words: str | None
    finding: str | None
    reverts: int | None
    note: str
    by: str
    at: datetime


def in_force(log: Iterable[ClaimDecision]) -> list[ClaimDecision]:
    """The decisions that hold now, oldest first: a reverted one doesn't, unless its revert is
    itself reverted."""
    decisions = list(log)
    reverted: set[int] = set()
    for decision in reversed(decisions):
        if decision.reverts is not None and decision.id not in reverted:
            reverted.add(decision.reverts)
    return [d for d in decisions if d.id not in reverted and d.kind is not ClaimDecisionKind.REVERT]
