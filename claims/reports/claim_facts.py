"""What the members of a claim come to: who stands on which side, and on whose word it rests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from claims.matching.corroboration import Sources, Voice, corroborate
from claims.matching.syndication import Marks, groups
from claims.records import Stance
from claims.reports.said import is_doubtful
from claims.reports.standing import Register, as_known_now, known_name
from claims.sources.answers import AUTHOR, NONE
from claims.sources.entries import Source as SourceT
from claims.sources.origins import KnownT, Registry, distinct, independent, origin_of
from claims.store.claim_rows import ClaimRow, CopyRow, MemberRow
from claims.store.rows import ArticleRow


class Side(StrEnum):
    """Where a member stands: what it says, and how far its source commits to that."""

    SUPPORTS = "supports"
    HEDGES = "hedges"
    OPPOSES = "opposes"


@dataclass(frozen=True, slots=True)
class Corroboration:
    """The origins of a claim, each once, and how many of them are independent of each other."""

    origins: tuple[str, ...]
    independent: int
    at_least: bool = False


Corroborate = Callable[[Sequence[MemberRow]], Corroboration]
"""How the origins of the members that don't oppose a claim are counted."""


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """One claim with its members by side, in their order, and its origins."""

    claim: ClaimRow
    corroboration: Corroboration

    def on(self, *sides: Side) -> tuple[MemberRow, ...]:
        """The members on these sides; doubtful ones stand on none."""
        return tuple(
            member
            for member in self.claim.members
            if side_of(member) in sides and not is_doubtful_member(member)
        )

    @property
    def doubtful(self) -> tuple[MemberRow, ...]:
        """The members whose reading nobody stands for."""
        return tuple(member for member in self.claim.members if is_doubtful_member(member))

    def who(self, *sides: Side) -> tuple[str, ...]:
        """Who stands on these sides, each once; an outlet for what it states itself."""
        return tuple(dict.fromkeys(name for m in self.on(*sides) for name in who_says(m)))

    @property
    def is_single_origin(self) -> bool:
        """Whether it rests on one independent origin only."""
        return self.corroboration.independent == 1


def side_of(member: MemberRow) -> Side:
    """Opposes: by what it says or denies. Hedges: stands by the claim, but its source doesn't."""
    if member.opposes or member.stance is Stance.DENIES:
        return Side.OPPOSES  # a denial never counts as saying so, wherever it was grouped
    unsure = member.stance in (Stance.HEDGES, Stance.DOUBTS, Stance.UNCOMMITTED)
    return Side.HEDGES if unsure else Side.SUPPORTS


def is_doubtful_member(member: MemberRow) -> bool:
    """Whether the reading of a member is under the threshold, and no editor stands for it."""
    return member.attribution is not None and is_doubtful(member.attribution)


def who_says(member: MemberRow) -> list[str]:
    """The speakers of a member; for what an outlet states itself, the outlet or its agency."""
    row = member.attribution
    if row is None:
        stating = member.article.outlet or member.article.wire
        return [stating] if stating else []
    return distinct([known_name(row)])


def origin_of_member(member: MemberRow) -> str:
    """On whose word a member rests, as `origin_of` has it."""
    row = member.attribution
    if row is None:
        return member.article.wire or member.article.outlet or NONE
    return origin_of(row.speaker, row.speakers, row.carriers, row.cites)


def by_origin(registry: Registry[KnownT] | None) -> Corroborate:
    """Counts origins by their names and by owner and government."""

    def count(members: Sequence[MemberRow]) -> Corroboration:
        origins = distinct(origin_of_member(member) for member in members)
        return Corroboration(tuple(origins), independent(origins, registry))

    return count


def by_origin_and_copies(
    registry: Sources[SourceT], copies: Iterable[CopyRow], articles: Iterable[ArticleRow]
) -> Corroborate:
    """The same, where articles of one text have one word (`claims.matching.corroboration`)."""
    marks = {str(row.id): Marks(row.outlet, row.wire, row.published) for row in articles}
    syndicates = groups((row.copy for row in copies), marks)

    def count(members: Sequence[MemberRow]) -> Corroboration:
        found = corroborate([_voice(member) for member in members], syndicates, registry)
        return Corroboration(found.origins, found.independent, found.is_bound)

    return count


def _voice(member: MemberRow) -> Voice:
    row = member.attribution
    return Voice(
        article=str(member.article.id),
        origin=AUTHOR if row is None else origin_of_member(member),
        outlet=member.article.outlet,
        speakers=row.speakers if row else (),
        carriers=row.carriers if row else (),
    )


def facts_of(claims: Iterable[ClaimRow], corroborate: Corroborate) -> list[ClaimFacts]:
    """The facts of each claim."""
    return [
        ClaimFacts(
            claim,
            corroborate([m for m in claim.members if not m.opposes and not is_doubtful_member(m)]),
        )
        for claim in claims
    ]


def claims_as_known_now(claims: Iterable[ClaimRow], registry: Register) -> list[ClaimRow]:
    """The claims with the speakers and carriers of their members as the registry has them now."""
    found = []
    for claim in claims:
        rows = as_known_now((m.attribution for m in claim.members if m.attribution), registry)
        known = {row.id: row for row in rows}
        members = tuple(
            replace(m, attribution=known[m.attribution.id]) if m.attribution else m
            for m in claim.members
        )
        found.append(replace(claim, members=members))
    return found
