"""Merging, splitting and rewording the claim that an item falls under."""

from __future__ import annotations

from claims.errors import StoreError
from claims.matching.deciding import ClaimDecision, ClaimDecisionKind, Passage
from claims.records import Span
from claims.review.desk import Desk
from claims.store.claim_rows import ClaimRow, MemberRow


def merge(desk: Desk, claim: ClaimRow, other: ClaimRow, *, by: str, note: str) -> ClaimDecision:
    """Two claims are one, for ever."""
    if claim.id == other.id:
        raise StoreError(f"{claim.id} is one claim already", repair="choose another")
    return desk.decide_claim(
        ClaimDecisionKind.MERGE,
        place=passage(clearest(claim)),
        other=passage(clearest(other)),
        by=by,
        note=note,
    )


def split(desk: Desk, claim: ClaimRow, member: MemberRow, *, by: str, note: str) -> ClaimDecision:
    """A member is none, for ever."""
    rest = [one for one in claim.members if one.statement_id != member.statement_id]
    if not rest:
        raise StoreError(f"claim {claim.id} has only this member", repair="there is no need")
    anchor = next((one for one in rest if one.statement_id == claim.canonical), rest[0])
    return desk.decide_claim(
        ClaimDecisionKind.SPLIT, place=passage(member), other=passage(anchor), by=by, note=note
    )


def reword(desk: Desk, claim: ClaimRow, words: str, *, by: str, note: str) -> ClaimDecision:
    """Word a claim otherwise than its clearest member does."""
    if not words.strip():
        raise StoreError("a claim needs words")
    return desk.decide_claim(
        ClaimDecisionKind.REWORD,
        place=passage(clearest(claim)),
        words=" ".join(words.split()),
        by=by,
        note=note,
    )


def take_back(desk: Desk, decision: ClaimDecision, *, by: str) -> ClaimDecision:
    """Undo one of these."""
    return desk.decide_claim(ClaimDecisionKind.REVERT, reverts=decision.id, by=by)


def member_of(claim: ClaimRow, attribution_id: int | None) -> MemberRow | None:
    """The member that an attribution is."""
    return next(
        (m for m in claim.members if m.attribution and m.attribution.id == attribution_id), None
    )


def clearest(claim: ClaimRow) -> MemberRow:
    """The member whose words the claim goes by."""
    return next((m for m in claim.members if m.statement_id == claim.canonical), claim.members[0])


def passage(member: MemberRow) -> Passage:
    """Where a member's words stand."""
    return Passage(member.text_id, Span(member.quote.start, member.quote.end))
