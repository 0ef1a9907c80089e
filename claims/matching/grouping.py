"""Grouping: statements to claims, with who stands on which side (`Grouping`).

`group` is one function over plain data: the statements, the scores of the pairs that were
compared, and what editors decided. It knows no database; `claims group` and the store use it alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from claims.matching.caution import Caution
from claims.matching.clustering import Pair, cluster
from claims.matching.pairs import Scores
from claims.matching.relations import sides
from claims.matching.statements import Statement
from claims.records import Stance

ABSENT = -3.0
"""Evidence of a pair that was never compared: its vectors are too far apart."""
SURE = 0.5
"""Probability from which two members oppose each other without a word that marks it."""
_SLIGHT = 0.1
_AGAINST = (Stance.DENIES, Stance.DOUBTS)
_NO_MARK = frozenset({"against"})
"""Words that may turn a meaning, but mark nothing by themselves: "combat against their forces"."""
LEAST_LINK = 0.5
"""Mean probability from which one claim is said to update, narrow or contradict another."""


class Relation(StrEnum):
    """Where a member stands to its claim."""

    SAME = "same"
    OPPOSES = "opposes"
    UPDATES = "updates"


class LinkKind(StrEnum):
    """What one claim is to another."""

    CONTRADICTS = "contradicts"
    UPDATES = "updates"
    NARROWER = "narrower"


@dataclass(frozen=True, slots=True)
class Group:
    """One claim: members (sorted), which of them words it best, and where each stands."""

    members: tuple[int, ...]
    canonical: int
    relations: Mapping[int, Relation]


@dataclass(frozen=True, slots=True)
class Link:
    """Group `a` contradicts, updates or is narrower than group `b` (their places in `groups`)."""

    a: int
    b: int
    kind: LinkKind


@dataclass(frozen=True, slots=True)
class Grouping:
    """All claims, in the order of their first members, and what they are to each other."""

    groups: tuple[Group, ...]
    links: tuple[Link, ...] = field(default=())


def group(
    statements: Mapping[int, Statement],
    scores: Mapping[Pair, Scores],
    *,
    threshold: float,
    tilt: float = 0.0,
    cautious: bool = True,
    must: Iterable[Pair] = (),
    cannot: Iterable[Pair] = (),
) -> Grouping:
    """Group statements (by their numbers) by the scores of compared pairs (smaller first).

    `threshold` is the log-odds of being one claim that the mean pair of a claim must reach, `tilt`
    that of being on one side under which two members oppose each other. `cautious` takes off what
    `caution` says: the plain scores are for comparison.
    """
    caution = Caution()
    edges = {
        pair: score.evidence
        - threshold
        - (caution.of(pair, statements[pair[0]], statements[pair[1]]) if cautious else 0.0)
        for pair, score in scores.items()
        if pair[0] in statements and pair[1] in statements
    }
    clusters = cluster(statements, edges, absent=ABSENT - threshold, must=must, cannot=cannot)
    inside = _by_cluster(clusters, scores)
    groups = tuple(
        _group(members, statements, own, tilt)
        for members, own in zip(clusters, inside, strict=True)
    )
    return Grouping(groups, tuple(_links(groups, scores, statements)))


def _by_cluster(
    clusters: Sequence[Sequence[int]], scores: Mapping[Pair, Scores]
) -> list[dict[Pair, Scores]]:
    home = {item: i for i, members in enumerate(clusters) for item in members}
    inside: list[dict[Pair, Scores]] = [{} for _ in clusters]
    for pair, score in scores.items():
        a, b = home.get(pair[0]), home.get(pair[1])
        if a is not None and a == b:
            inside[a][pair] = score
    return inside


def _group(
    members: Sequence[int],
    statements: Mapping[int, Statement],
    scores: Mapping[Pair, Scores],
    tilt: float,
) -> Group:
    signs = {
        pair: _sign(statements[pair[0]], statements[pair[1]], score, tilt)
        for pair, score in scores.items()
    }
    against = sides(members, signs)
    plain = [m for m in members if not against[m]]
    canonical = max(plain, key=lambda m: (_clearness(statements[m], m, plain, scores), -m))
    relations: dict[int, Relation] = {}
    for member in members:
        pair = (min(member, canonical), max(member, canonical))
        score = scores.get(pair)
        later = _is_later(statements[member], statements[canonical])
        if against[member]:
            relations[member] = Relation.OPPOSES
        elif score is not None and later and score.updates > score.same:
            relations[member] = Relation.UPDATES
        else:
            relations[member] = Relation.SAME
    return Group(tuple(members), canonical, relations)


def _sign(a: Statement, b: Statement, score: Scores, tilt: float) -> float:
    """How much speaks for two members standing on one side (above 0) or against each other.

    Nobody stands against himself. Two that nothing marks as contrary, neither a denial nor a
    negation in one of them alone, do so only where the model is sure: a wrong "denies" in print
    is worse than one that is missed.
    """
    sign = score.sign - tilt
    own = a.article == b.article and a.is_assertion and b.is_assertion
    if own or set(a.named_speakers) & set(b.named_speakers):
        return abs(sign)
    x, y = a.contents, b.contents
    denied = (a.stance in _AGAINST) != (b.stance in _AGAINST)
    turned = bool(x.negations | x.reversals - _NO_MARK) != bool(
        y.negations | y.reversals - _NO_MARK
    )
    if denied or turned or score.opposes > SURE:
        return sign
    return max(sign, _SLIGHT)


def _clearness(
    statement: Statement, number: int, plain: Sequence[int], scores: Mapping[Pair, Scores]
) -> float:
    """How well a member words the claim: near to the others, of handy length, plainly asserted."""
    near = sum(
        scores[pair].same
        for other in plain
        if (pair := (min(number, other), max(number, other))) in scores
    ) / max(len(plain) - 1, 1)
    length = statement.contents.length
    handy = 1.0 if 6 <= length <= 30 else 0.5 if 4 <= length <= 45 else 0.0
    firm = 0.3 if statement.stance is Stance.ASSERTS and statement.says else 0.0
    unclear = 0.4 if statement.words[:1].islower() and not statement.contents.names else 0.0
    return near + handy + firm - unclear


def _is_later(a: Statement, b: Statement) -> bool:
    if a.published is None or b.published is None:
        return False
    return a.published > b.published


def _links(
    groups: Sequence[Group], scores: Mapping[Pair, Scores], statements: Mapping[int, Statement]
) -> list[Link]:
    """Links of claims whose compared pairs, on the whole, say so."""
    home = {m: i for i, g in enumerate(groups) for m in g.members}
    between: dict[tuple[int, int], list[tuple[Pair, Scores]]] = defaultdict(list)
    for pair, score in scores.items():
        a, b = home.get(pair[0]), home.get(pair[1])
        if a is not None and b is not None and a != b:
            between[min(a, b), max(a, b)].append((pair, score))
    links = []
    for (a, b), found in sorted(between.items()):
        kind = _link_kind([score for _, score in found])
        if kind is None:
            continue
        first, second = (statements[groups[n].canonical] for n in (a, b))
        turned = (
            _is_later(second, first)
            if kind is LinkKind.UPDATES
            else kind is LinkKind.NARROWER and second.contents.length > first.contents.length
        )
        links.append(Link(b, a, kind) if turned else Link(a, b, kind))
    return links


def _link_kind(scores: Sequence[Scores]) -> LinkKind | None:
    mean = {
        LinkKind.CONTRADICTS: sum(s.opposes for s in scores) / len(scores),
        LinkKind.UPDATES: sum(s.updates for s in scores) / len(scores),
        LinkKind.NARROWER: sum(s.narrower for s in scores) / len(scores),
    }
    best = max(mean, key=lambda kind: mean[kind])
    return best if mean[best] >= LEAST_LINK else None
