"""Findings about who stands behind a claim and against it.

Contradictions between sources, claims on one origin, denials that an outlet leaves out, and
attributions that it drops.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from claims.matching.finding_kinds import FindingKind
from claims.matching.findings import people
from claims.matching.findings.data import (
    Finding,
    Material,
    finding,
    member_evidence,
    outlet_of,
    shortened,
)
from claims.matching.findings.words import bare_stems, likeness, negated, shared, stems, turned
from claims.matching.grouping import LinkKind
from claims.records import Act, BlockKind, Stance
from claims.sources.keys import key
from claims.sources.origins import distinct, independent

if TYPE_CHECKING:
    from claims.store.claim_rows import ClaimRow, MemberRow

_STATES_NOTHING = (Act.WITHHELD, Act.QUESTION, Act.DIRECTIVE)
LEAST_CONFIDENCE = 0.5
"""Attributions under it are doubtful everywhere in the program: no finding rests on one."""
OPPOSED_LIKENESS = 0.5
"""Share of content words in common from which a denial is of these very words."""
SAME_LIKENESS = 0.4
LEAST_SHARED = 3
"""Share and number of content words in common from which two members plainly say the same."""
DROPPED_LIKENESS = 0.6
"""Share of content words that an unattributed sentence has in common with what its agency says."""
COPIED = 0.3
"""Share of a text that is another's from which the one had the other before it."""


def contradictions(material: Material) -> Iterator[Finding]:
    """One source stands for a claim and another against it, or two claims contradict each other.

    Enough is a checked attribution (or the outlet's own word) on either side, of two known
    speakers that differ. One is a denial that shares half of the shorter one's content words, or
    is negated where the other isn't and shares half of the longer one's; of more pairs the first
    is shown. Plain opposites ("open", "closed") are left to the reader: sides alone, as grouping
    tells them, are right too seldom to be printed. Someone who contradicts himself is left out:
    more often than not it is a misread denial.
    """
    for claim in material.claims:
        pair = _opponents(claim.members, claim.members)
        if pair:
            yield _contradiction(pair, (claim.id,))
    by_id = {claim.id: claim for claim in material.claims}
    for link in material.links:
        one, other = by_id.get(link.claim_id), by_id.get(link.other_id)
        if link.kind is LinkKind.CONTRADICTS and one and other:
            pair = _opponents(one.members, other.members, linked=True)
            if pair:
                yield _contradiction(pair, (one.id, other.id))


def _opponents(
    members: Sequence[MemberRow], others: Sequence[MemberRow], *, linked: bool = False
) -> tuple[MemberRow, MemberRow] | None:
    """The first two who are known, not the same, and against each other by their words."""
    saying = [m for m in members if _states(m) and m.stance is not Stance.DENIES]
    for one in sorted(saying, key=lambda m: m.opposes):
        for other in (m for m in others if _states(m)):
            apart = linked or one.opposes != other.opposes
            if not apart and other.stance is not Stance.DENIES:
                continue
            a, b = people.spoken_by(one), people.spoken_by(other)
            if a and b and not a & b and _clash(one, other):
                return one, other
    return None


def _is_against(member: MemberRow) -> bool:
    """Whether a member may stand against its claim: by its side, or because it denies."""
    return member.opposes or member.stance is Stance.DENIES


def _states(member: MemberRow) -> bool:
    """Whether a member is checked, and states something rather than ask, order or withhold."""
    row = member.attribution
    return _checked(member) and (row is None or row.act not in _STATES_NOTHING)


def _clash(one: MemberRow, other: MemberRow) -> bool:
    """Whether the words themselves bear out that two members stand against each other."""
    if (one.stance is Stance.DENIES) != (other.stance is Stance.DENIES):
        a, b = bare_stems(one.wording), bare_stems(other.wording)
        fits = not turned(one.wording, other.wording)  # "denied that it is not so" agrees
        least = max(LEAST_SHARED, OPPOSED_LIKENESS * min(len(a), len(b)))
        return fits and len(a & b) >= least
    a, b = stems(one.wording), stems(other.wording)
    common = len(a & b)
    fits = negated(one.wording, other.wording)
    return fits and common > max(LEAST_SHARED, OPPOSED_LIKENESS * max(len(a), len(b)))


def _contradiction(pair: tuple[MemberRow, MemberRow], claims: Sequence[int]) -> Finding:
    one, other = pair
    what = "a denial" if other.stance is Stance.DENIES else "a contradiction"
    message = f"{what}: {people.name(other)} against {people.name(one)}: {shortened(one.wording)}"
    evidence = (
        member_evidence(one, f"for: {people.name(one)}"),
        member_evidence(other, f"against: {people.name(other)}"),
    )
    return finding(FindingKind.CONTRADICTION, message, evidence, claims=claims)


def _checked(member: MemberRow) -> bool:
    return member.attribution is None or member.attribution.confidence >= LEAST_CONFIDENCE


def single_origins(material: Material) -> Iterator[Finding]:
    """Several outlets carry a claim, and all of it rests on one origin.

    Outlets count once however many articles they have on it; what stands against the claim is no
    support, and neither is a member that shares less than two fifths of its content words with
    the clearest one. An origin that can't be told makes the count unsure, and nothing is said.
    Neither is it of what nobody is named for: two prints of one dispatch share every sentence.
    """
    for claim in material.claims:
        clearest = next((m for m in claim.members if m.statement_id == claim.canonical), None)
        members = [m for m in claim.members if not m.opposes and _same(m, clearest)]
        outlets = {_outlet_key(m): m for m in reversed(members)}
        origins = [people.origin(m) for m in members]
        named = distinct(origins)
        unsure = any(not distinct([one]) for one in origins)
        is_said = any(m.attribution for m in members)
        if (
            len(outlets) < 2
            or unsure
            or not is_said
            or independent(origins, material.registry) != 1
        ):
            continue
        carried = list(outlets.values())[::-1]
        message = (
            f"{len(carried)} outlets carry it, all on the word of "
            f"{' / '.join(named)}: {shortened(claim.wording)}"
        )
        evidence = [member_evidence(m, _carrier(material, m)) for m in carried]
        rests_on = [named[0], f"{carried[0].article.id}:{carried[0].quote.exact}"]
        yield finding(
            FindingKind.SINGLE_ORIGIN, message, evidence, claims=(claim.id,), rests_on=rests_on
        )


def _same(member: MemberRow, clearest: MemberRow | None) -> bool:
    if clearest is None or member is clearest:
        return True
    a, b = member.quote.exact, clearest.quote.exact  # wordings have the speaker's name
    return likeness(a, b) >= SAME_LIKENESS and shared(a, b) >= LEAST_SHARED


def _outlet_key(member: MemberRow) -> str:
    return key(member.article.outlet or "") or f"article {member.article.id}"


def _carrier(material: Material, member: MemberRow) -> str:
    view = material.articles.get(member.article.id)
    return f"carried by {outlet_of(view) if view else member.article.id}"


def missing_denials(material: Material) -> Iterator[Finding]:
    """A known speaker denies a claim in one article; another, no older, carries it without that.

    The words must bear the denial out, as for a contradiction. Both days must be known: who wrote
    before the denial can't have had it. An article that has any statement against the claim, or
    in which the same speaker denies anything, mentions it.
    """
    for claim in material.claims:
        denials = [
            m
            for m in claim.members
            if _is_against(m) and m.attribution and _states(m) and people.spoken_by(m)
        ]
        against = {m.article.id for m in claim.members if _is_against(m)}
        carrying = {
            m.article.id: m
            for m in reversed(claim.members)
            if _states(m) and m.article.id not in against
        }
        for member in reversed(carrying.values()):
            denial = next(
                (d for d in denials if _clash(member, d) and _could_know(material, member, d)),
                None,
            )
            if denial is not None:
                yield _missing(material, claim, member, denial)


def _could_know(material: Material, member: MemberRow, denial: MemberRow) -> bool:
    day, denied = member.article.published_on, denial.article.published_on
    view = material.articles.get(member.article.id)
    if day is None or denied is None or day < denied or view is None:
        return False
    deniers = people.spoken_by(denial)
    return not any(
        a.stance is Stance.DENIES and people.speakers(a) & deniers for a in view.attributions
    ) and not (people.spoken_by(member) & deniers)


def _missing(material: Material, claim: ClaimRow, member: MemberRow, denial: MemberRow) -> Finding:
    who = outlet_of(material.articles[member.article.id])
    message = (
        f"{who} carries the claim and not the denial by {people.name(denial)}: "
        f"{shortened(claim.wording)}"
    )
    evidence = (
        member_evidence(member, f"carried by {who}"),
        member_evidence(denial, f"against it: {people.name(denial)}"),
    )
    return finding(FindingKind.DENIAL_MISSING, message, evidence, claims=(claim.id,))


def dropped_attributions(material: Material) -> Iterator[Finding]:
    """An outlet states as fact in its story what the text that it took over attributes.

    Enough is a sentence of its own in the body, six tenths of whose content words are among those
    that another outlet attributes; the two have one agency, or the one is (three tenths of it) a
    copy of the other. An article that attributes the same claim elsewhere ("…, the agency said" a
    paragraph before) has dropped nothing.
    """
    related = _related(material)
    for claim in material.claims:
        members = [m for m in claim.members if not m.opposes]
        attributing: dict[int, list[MemberRow]] = defaultdict(list)
        for member in members:
            if member.attribution and _checked(member) and people.spoken_by(member):
                attributing[member.article.id].append(member)
        attributed = {m.article.id for m in members if m.attribution}
        for member in members:
            here = member.article.id
            if member.attribution or here in attributed or not _in_body(material, member):
                continue
            said = [m for other in related.get(here, ()) for m in attributing.get(other, ())]
            best = max(said, key=lambda m: shared(m.wording, member.wording), default=None)
            if best and _restates(member, best):
                yield _dropped(material, claim, member, best)


def _restates(member: MemberRow, said: MemberRow) -> bool:
    own, common = stems(member.wording), shared(member.wording, said.wording)
    outlets = [m.article.outlet for m in (member, said)]
    return (
        common > LEAST_SHARED
        and common >= DROPPED_LIKENESS * len(own)
        and (outlets[0] is None or outlets[0] != outlets[1])
    )


def _dropped(material: Material, claim: ClaimRow, member: MemberRow, said: MemberRow) -> Finding:
    who, other = (outlet_of(material.articles[m.article.id]) for m in (member, said))
    message = (
        f"{who} states as fact what {other} attributes to {people.name(said)}: "
        f"{shortened(member.quote.exact)}"
    )
    evidence = (
        member_evidence(member, "stated as fact"),
        member_evidence(said, f"attributed to {people.name(said)}"),
    )
    return finding(FindingKind.ATTRIBUTION_DROPPED, message, evidence, claims=(claim.id,))


def _in_body(material: Material, member: MemberRow) -> bool:
    view = material.articles.get(member.article.id)
    start = member.quote.start
    return view is not None and any(
        b.kind is BlockKind.BODY and b.start <= start < b.end for b in view.blocks
    )


def _related(material: Material) -> dict[int, set[int]]:
    """For each article the others whose words it may have had: its agency's, or its original's."""
    found: dict[int, set[int]] = defaultdict(set)
    for copy in material.copies:
        if max(copy.share, copy.other_share) >= COPIED:
            found[copy.article_id].add(copy.other_id)
            found[copy.other_id].add(copy.article_id)
    for claim in material.claims:
        rows = list({m.article.id: m.article for m in claim.members}.values())
        by_agency: dict[str, list[int]] = defaultdict(list)
        for row in rows:
            for agency in _keys((row.wire, row.outlet)):
                by_agency[agency].append(row.id)
        for row in rows:
            for agency in _keys((row.wire,)):
                found[row.id].update(other for other in by_agency[agency] if other != row.id)
    return found


def _keys(names: Iterable[str | None]) -> set[str]:
    return {key(name) for name in names if name}
