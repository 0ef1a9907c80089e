"""Merging, splitting and rewording the claim that an item falls under."""

from __future__ import annotations

from claims.errors import StoreError
from claims.matching.deciding import ClaimDecision, ClaimDecisionKind
from claims.review.desk import Desk
from claims.store.claim_rows import ClaimRow, MemberRow


def merge(desk: Desk, claim: ClaimRow, other: ClaimRow, *, by: str, note: str) -> ClaimDecision:
    """Two claims are one, for ever."""
    if claim.id == other.id:
        raise StoreError(f"{claim.id} and {other.id} are one claim", repair="name two")
    return desk.decide_claim(
        ClaimDecisionKind.MERGE,
        place=claim.clearest.passage,
        other=other.clearest.passage,
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
        ClaimDecisionKind.SPLIT, place=member.passage, other=anchor.passage, by=by, note=note
    )


def reword(desk: Desk, claim: ClaimRow, words: str, *, by: str, note: str) -> ClaimDecision:
    """Word a claim otherwise than its clearest member does."""
    if not words.strip():
        raise StoreError("a claim needs words", repair='claims claim reword 3 "…"')
    return desk.decide_claim(
        ClaimDecisionKind.REWORD,
        place=claim.clearest.passage,
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
