"""Claims weighed: who asserts, denies and hedges each, since when, and on whose word it rests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import PurePath
from typing import Protocol

from claims.matching.grouping import LinkKind, Relation
from claims.records import Stance
from claims.reports.claim_facts import (
    Corroborate,
    Corroboration,
    claims_as_known_now,
    origin_of_member,
    who_says,
)
from claims.reports.positions import Position, is_turned, position_of
from claims.reports.said import MIN_CONFIDENCE, is_doubtful, spoken_name
from claims.reports.standing import Register, known_name
from claims.store.claim_rows import ClaimLinkRow, ClaimRow, MemberRow
from claims.store.rows import ArticleRow, Filter


@dataclass(frozen=True, slots=True)
class Stand:
    """One member of a claim, and where it stands.

    `speaks_for`: whether the claim rests on it, be it with reserve; who doubts, denies or asks
    doesn't speak for it. `who` are its speakers as a reader says them; the outlet, for what it
    states itself. `chain` goes from the speaker outward and ends at the outlet, or at the file
    where none is known.
    """

    member: MemberRow
    position: Position
    speaks_for: bool
    is_doubtful: bool
    who: tuple[str, ...]
    chain: tuple[str, ...]
    origin: str

    @property
    def is_checked(self) -> bool:
        """Whether an editor stands for the reading."""
        row = self.member.attribution
        return row is not None and row.status.is_checked

    @property
    def standing(self) -> str:
        """Who stands for the reading: "confirmed by ann"; empty where no editor looked at it."""
        row = self.member.attribution
        if row is None or row.reviewer is None:
            return ""
        return f"{row.status.value} by {row.reviewer}"

    @property
    def day(self) -> date | None:
        """Day of the article."""
        return self.member.article.published_on

    @property
    def words(self) -> str:
        """What the article has it say; gaps between its spans are marked."""
        row = self.member.attribution
        return row.content_words if row and row.content else self.member.quote.exact

    @property
    def cue(self) -> str:
        """How it says it, where that is more than plain saying: "denied", "may"."""
        row = self.member.attribution
        return row.cue_words if row and row.stance is not Stance.ASSERTS else ""

    @property
    def updates(self) -> bool:
        """Whether it brings another figure or a later day."""
        return self.member.relation is Relation.UPDATES

    @property
    def speaker(self) -> str:
        """All who say it, in one string."""
        return "; ".join(self.who)


@dataclass(frozen=True, slots=True)
class Link:
    """Another claim that this one contradicts, updates or is narrower than."""

    kind: LinkKind
    claim: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """One claim with all its members, in the order of publication.

    Counts leave doubtful members out: nothing that was guessed makes a claim look firmer, or
    disputed. `grounds` are the origins of those who speak for it.
    """

    claim: ClaimRow
    stands: tuple[Stand, ...]
    grounds: Corroboration
    links: tuple[Link, ...] = ()

    @property
    def firm(self) -> tuple[Stand, ...]:
        """The members that are not doubtful."""
        return tuple(one for one in self.stands if not one.is_doubtful)

    def who(self, position: Position) -> tuple[str, ...]:
        """Who stands there, each once."""
        return tuple(dict.fromkeys(n for s in self.firm if s.position is position for n in s.who))

    @property
    def wording(self) -> str:
        """The words of the claim, after "denied:" or "doubted:" where the one who words it does.

        Without it, a heading would put forward what nobody but a denial has told. Where the claim
        is worded with its cue ("Vale rejects: …"), the words rejected stand alone: it is they that
        members assert or deny.
        """
        clearest = next(
            (s for s in self.stands if s.member.statement_id == self.claim.canonical), None
        )
        if clearest is None or not is_turned(self.claim):
            return self.claim.wording
        row = clearest.member.attribution
        has_cue = row is not None and bool(row.cue_words) and row.cue_words in self.claim.wording
        denied = clearest.member.stance is Stance.DENIES
        words = clearest.words if has_cue else self.claim.wording
        return f"{'denied' if denied else 'doubted'}: {words}"

    @property
    def by_side(self) -> tuple[Stand, ...]:
        """The members by position, in order of publication inside each."""
        order = list(Position)
        return tuple(sorted(self.stands, key=lambda s: order.index(s.position)))

    @property
    def articles(self) -> int:
        """In how many articles it stands."""
        return len({s.member.article.id for s in self.firm})

    @property
    def outlets(self) -> int:
        """In how many outlets; an article of an unknown one counts for itself."""
        return len({outlet_of(s.member.article) for s in self.firm})

    @property
    def origins(self) -> tuple[str, ...]:
        """The grounds as a reader says them."""
        return tuple(spoken_name(name) for name in self.grounds.origins)

    @property
    def since(self) -> date | None:
        """Day of the first dated article in which it stands."""
        return min((s.day for s in self.firm if s.day), default=None)

    @property
    def is_conflict(self) -> bool:
        """Whether both sides are heard."""
        denied = any(s.position is Position.OPPOSES for s in self.firm)
        return denied and any(s.speaks_for for s in self.firm)

    @property
    def is_single_origin(self) -> bool:
        """Whether all that speaks for it comes from one independent origin."""
        return self.grounds.independent == 1

    @property
    def is_doubtful(self) -> bool:
        """Whether the reading that words it is under the threshold: no fact even of reporting."""
        return any(
            s.is_doubtful for s in self.stands if s.member.statement_id == self.claim.canonical
        )


class Claims(Protocol):
    """What is needed of the store."""

    def claims(self, filter: Filter) -> list[ClaimRow]:
        """Claims that have a member that passes."""
        ...

    def claim_links(self) -> list[ClaimLinkRow]:
        """What claims are to each other."""
        ...


def weigh(
    store: Claims,
    wanted: Filter,
    registry: Register,
    corroborate: Corroborate,
    *,
    min_confidence: float = MIN_CONFIDENCE,
    only_confident: bool = False,
) -> list[Weighed]:
    """The claims that have a member that passes the filter, the most carried first.

    Each has all its members, also those that the filter doesn't ask for: one side alone would
    mislead. `corroborate` counts the origins of the members it is given.
    """
    found = weigh_rows(
        store.claims(wanted),
        registry,
        corroborate,
        store.claim_links(),
        min_confidence=min_confidence,
        kept=partial(_kept, only_confident=only_confident, confirmed_only=wanted.confirmed_only),
    )
    return sorted((one for one in found if one.stands), key=_rank)


def weigh_claim(
    claim: ClaimRow,
    links: Sequence[ClaimLinkRow],
    registry: Register,
    corroborate: Corroborate,
    *,
    min_confidence: float = MIN_CONFIDENCE,
) -> Weighed:
    """One claim with all its members."""
    (found,) = weigh_rows([claim], registry, corroborate, links, min_confidence=min_confidence)
    return found


def _any(_: Stand) -> bool:
    return True


def weigh_rows(
    claims: Iterable[ClaimRow],
    registry: Register,
    corroborate: Corroborate,
    links: Sequence[ClaimLinkRow] = (),
    *,
    min_confidence: float = MIN_CONFIDENCE,
    kept: Callable[[Stand], bool] = _any,
) -> list[Weighed]:
    """The claims at hand, in their order, with the members that are kept."""
    rows = claims_as_known_now(claims, registry)
    return [_weighed(row, links, corroborate, min_confidence, kept) for row in rows]


def _weighed(
    claim: ClaimRow,
    links: Sequence[ClaimLinkRow],
    corroborate: Corroborate,
    min_confidence: float,
    kept: Callable[[Stand], bool],
) -> Weighed:
    turned = is_turned(claim)
    stands = [s for member in claim.members if kept(s := _stand(member, turned, min_confidence))]
    if stands and claim.canonical not in {s.member.statement_id for s in stands}:
        # The member that words it is left out: one that is shown has to.
        first = stands[0].member
        words = claim.wording if claim.reworded else first.wording
        claim = replace(claim, canonical=first.statement_id, wording=words)
    speaking_for = [one.member for one in stands if one.speaks_for and not one.is_doubtful]
    return Weighed(claim, tuple(stands), corroborate(speaking_for), _links(claim.id, links))


def _kept(stand: Stand, *, only_confident: bool, confirmed_only: bool) -> bool:
    if confirmed_only and not stand.is_checked:
        return False
    return not (only_confident and stand.is_doubtful)


def _links(claim_id: int, links: Iterable[ClaimLinkRow]) -> tuple[Link, ...]:
    """What the claim is to others; a contradiction is one for both."""
    found = []
    for link in links:
        if link.claim_id == claim_id:
            found.append(Link(link.kind, link.other_id))
        elif link.other_id == claim_id and link.kind is LinkKind.CONTRADICTS:
            found.append(Link(link.kind, link.claim_id))
    return tuple(found)


def _stand(member: MemberRow, turned: bool, min_confidence: float) -> Stand:
    row = member.attribution
    outlet = outlet_of(member.article)
    names = tuple(spoken_name(name) for name in who_says(member)) or (
        (spoken_name(known_name(row)),) if row else (outlet,)
    )
    inner = [spoken_name(link.name) for link in row.cites] if row else []
    outward = [spoken_name(link.name) for link in row.carriers] if row else []
    if row is None and member.article.wire:
        outward = [member.article.wire]
    chain = dict.fromkeys([*inner, "; ".join(names), *outward, outlet])
    return Stand(
        member,
        *position_of(member, turned),
        row is not None and is_doubtful(row, min_confidence),
        names,
        tuple(chain),
        spoken_name(origin_of_member(member)),
    )


def outlet_of(article: ArticleRow) -> str:
    """The outlet of an article, or the name of its file where none is known."""
    if article.outlet:
        return article.outlet
    name = PurePath(article.name)
    return (name.stem if name.suffix in (".txt", ".html", ".htm", ".pdf") else name.name) or (
        article.name
    )


def _rank(one: Weighed) -> tuple[int, int, int, int]:
    return -one.articles, -len(one.firm), -len(one.stands), one.claim.id


def conflicts(weighed: Iterable[Weighed]) -> list[Weighed]:
    """Those of which both sides are heard."""
    return [one for one in weighed if one.is_conflict]
