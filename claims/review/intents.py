"""What an editor means by a decision, before it is written; and what comes between."""

from __future__ import annotations

from dataclasses import dataclass

from claims.errors import ClaimsError
from claims.review.decisions import Decision, DecisionKind
from claims.review.supply import Place
from claims.review.values import Values


@dataclass(frozen=True, slots=True)
class Intent:
    """What an editor means: the values stood for, whatever the record has now."""

    place: Place
    kind: DecisionKind
    values: Values | None
    note: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Others decided on the item while it was on the screen; nothing of `intent` is written."""

    intent: Intent
    decisions: tuple[Decision, ...]


def told(error: ClaimsError) -> str:
    """A failure in one line, with its repair."""
    return f"{error.message} ({error.repair})" if error.repair else error.message
