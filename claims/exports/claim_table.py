"""The table of claims: one row each, with who stands where and on whose word it rests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from claims.exports.columns import Column, Kind, Table
from claims.reports.claim_facts import ClaimFacts, Side, is_doubtful_member, side_of, who_says
from claims.review.items import Status
from claims.store.claim_rows import MemberRow

_BY = (Side.SUPPORTS, Side.HEDGES)


def _member(member: MemberRow) -> dict[str, Any]:
    row = member.attribution
    return {
        "article_id": member.article.id,
        "attribution_id": row and row.id,
        "side": side_of(member).value,
        "relation": member.relation.value,
        "stance": member.stance.value,
        "status": row.status.value if row else Status.MACHINE.value,
        "doubtful": is_doubtful_member(member),
        "speakers": who_says(member),
        "start": member.quote.start,
        "end": member.quote.end,
        "exact": member.quote.exact,
    }


def _outlets(facts: ClaimFacts) -> list[str]:
    return list(dict.fromkeys(m.article.outlet for m in facts.claim.members if m.article.outlet))


def _count(facts: ClaimFacts, side: Side) -> int:
    return len(facts.on(side))


def _checked(facts: ClaimFacts) -> int:
    rows = (member.attribution for member in facts.claim.members)
    return sum(row is not None and row.status.is_checked for row in rows)


_C = Column[ClaimFacts]
COLUMNS: tuple[Column[ClaimFacts], ...] = (
    _C("claim_id", "id of the claim, for ever", lambda f: f.claim.id, Kind.INTEGER),
    _C("wording", "the claim in words that need no article", lambda f: f.claim.wording),
    _C("reworded", "whether an editor gave the wording", lambda f: f.claim.reworded, Kind.FLAG),
    _C(
        "event_from",
        "first day of the event",
        lambda f: f.claim.event and f.claim.event[0],
        Kind.DAY,
    ),
    _C("event_to", "last day of it", lambda f: f.claim.event and f.claim.event[1], Kind.DAY),
    _C("since", "day of the first dated article with it", lambda f: f.claim.since, Kind.DAY),
    _C(
        "members",
        "places that state, hedge or oppose it",
        lambda f: len(f.claim.members),
        Kind.INTEGER,
    ),
    _C("supporting", "of those: stand by it", lambda f: _count(f, Side.SUPPORTS), Kind.INTEGER),
    _C(
        "hedging",
        "hedge it, doubt it, leave it open",
        lambda f: _count(f, Side.HEDGES),
        Kind.INTEGER,
    ),
    _C(
        "opposing", "say or imply that it isn't so", lambda f: _count(f, Side.OPPOSES), Kind.INTEGER
    ),
    _C("articles", "that carry it", lambda f: len(f.claim.articles), Kind.INTEGER),
    _C("outlets", "that carry it", _outlets, Kind.NAMES),
    _C(
        "origins",
        "on whose word those rest that don't oppose it",
        lambda f: list(f.corroboration.origins),
        Kind.NAMES,
    ),
    _C(
        "independent_origins",
        "origins without common owner or government",
        lambda f: f.corroboration.independent,
        Kind.INTEGER,
    ),
    _C("single_origin", "whether there is one only", lambda f: f.is_single_origin, Kind.FLAG),
    _C("speakers", "who stands by it", lambda f: list(f.who(Side.SUPPORTS)), Kind.NAMES),
    _C("hedged_by", "who hedges it", lambda f: list(f.who(Side.HEDGES)), Kind.NAMES),
    _C("opposed_by", "who opposes it", lambda f: list(f.who(Side.OPPOSES)), Kind.NAMES),
    _C("first_article", "id of the first with it", lambda f: f.claim.articles[0], Kind.INTEGER),
    _C("first_url", "its URL", lambda f: f.claim.members[0].article.url),
    _C(
        "members_detail",
        "each member: article, side, speakers, place, words",
        lambda f: [_member(m) for m in f.claim.members],
        Kind.JSON,
    ),
    _C(
        "doubtful",
        "members too uncertain to be counted on a side",
        lambda f: len(f.doubtful),
        Kind.INTEGER,
    ),
    _C("checked", "members that an editor stands for", _checked, Kind.INTEGER),
    _C("verdict", "an editor's rating of it", lambda f: f.claim.verdict and f.claim.verdict.label),
    _C("verdict_by", "who gave it", lambda f: f.claim.verdict and f.claim.verdict.by),
    _C(
        "verdict_at",
        "moment it was given, UTC",
        lambda f: f.claim.verdict and f.claim.verdict.at.isoformat(),
    ),
    _C(
        "verdict_on",
        "the words that were rated",
        lambda f: f.claim.verdict and f.claim.verdict.words,
    ),
)
"""The columns, in order. New ones are added at the end; none is renamed."""


def claim_table(facts: Iterable[ClaimFacts]) -> Table[ClaimFacts]:
    """Claims by id."""
    return Table("claims", COLUMNS, sorted(facts, key=lambda one: one.claim.id))
