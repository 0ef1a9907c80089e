"""Where a source stands to a claim as it is worded.

A claim is told by the words of its clearest member. Where that member denies its own words ("the
ministry denied that …"), who stands with it denies the claim as it is worded, too. Nobody who
denies in words of their own is ever counted among those who assert.
"""

from __future__ import annotations

from enum import StrEnum

from claims.records import Stance
from claims.store.claim_rows import ClaimRow, MemberRow

_AGAINST = (Stance.DENIES, Stance.DOUBTS)
_UNSURE = (Stance.HEDGES, Stance.DOUBTS)


class Position(StrEnum):
    """Where a source stands to the claim as it is worded."""

    ASSERTS = "asserts"
    HEDGES = "hedges"
    OPPOSES = "opposes"  # it denies the claim, or says what stands against it
    UNCOMMITTED = "uncommitted"  # it asks, orders, promises, or won't say
    BY_DENIAL = "by-denial"  # it was grouped with those who assert, but its words are a denial

    @property
    def label(self) -> str:
        """As a reader says it."""
        return self.value.replace("-", " ")


def is_turned(claim: ClaimRow) -> bool:
    """Whether the member that words the claim denies the words: then nobody asserts it thereby."""
    return any(
        m.stance in _AGAINST
        for m in claim.members
        if m.statement_id == claim.canonical and not claim.reworded
    )


def position_of(member: MemberRow, turned: bool) -> tuple[Position, bool]:
    """Where a member stands to the words of its claim, and whether it speaks for it.

    `turned`: whether its words are a thing denied. Who only doubts hedges, as who asserts with
    reserve does, but doesn't speak for the claim.
    """
    stands_with = member.opposes if turned else not member.opposes
    position = _position(member, stands_with)
    return position, stands_with and member.stance in (Stance.ASSERTS, Stance.HEDGES)


def _position(member: MemberRow, stands_with: bool) -> Position:
    if member.stance is Stance.UNCOMMITTED:
        return Position.UNCOMMITTED
    if member.stance in _UNSURE:
        return Position.HEDGES
    if not stands_with:
        return Position.OPPOSES
    return Position.BY_DENIAL if member.stance is Stance.DENIES else Position.ASSERTS
