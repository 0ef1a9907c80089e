"""What the features and candidates of pairs are, in the plainest words: one pair after another."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection

import numpy as np

from claims.matching.candidates import LEAST, MOST, joint
from claims.matching.contents import Contents
from claims.matching.statements import Statement
from claims.records import Stance
from claims.sources.wording import bare

AGAINST = (Stance.DENIES, Stance.DOUBTS)
RUN = 12


def of_pair(a: Statement, b: Statement, weight: Callable[[str], float]) -> list[float]:
    """The features in the order of `features.READ`."""
    x, y = a.contents, b.contents
    stems, held = overlap(x.stems, y.stems, weight)
    names, names_held = overlap(x.names, y.names, lambda _: 1.0)
    shared, apart, one = numbers(x, y)
    denies = (a.stance in AGAINST, b.stance in AGAINST)
    free = (a.stance is Stance.UNCOMMITTED, b.stance is Stance.UNCOMMITTED)
    mine, theirs = speakers(a), speakers(b)
    shorter, longer = sorted((x.length, y.length))
    return [
        stems,
        held,
        names,
        names_held,
        float(bool(x.names and y.names) and not x.names & y.names),
        shared,
        apart,
        one,
        float(years_apart(x, y)),
        float(bool(x.negations) != bool(y.negations)),
        float(bool(x.reversals) != bool(y.reversals)),
        float(denies[0] != denies[1]),
        float(all(denies)),
        float(all(free)),
        float(free[0] != free[1]),
        float(a.says and b.says),
        float(not a.says and not b.says),
        float(a.article == b.article),
        1 / (1 + abs(a.place.start - b.place.start) / 300) if a.article == b.article else 0.0,
        float(bool(mine & theirs)),
        float(bool(mine and theirs and not mine & theirs)),
        float(bool(mine & y.names) or bool(theirs & x.names)),
        gap(a, b),
        shorter / max(longer, 1),
        min(shorter, 20) / 20,
        min(run(a, b), RUN) / max(min(shorter, RUN), 1),
        float(a.is_assertion) + float(b.is_assertion),
        float(a.stance is b.stance),
        *days(a, b),
    ]


def overlap(
    a: Collection[str], b: Collection[str], weight: Callable[[str], float]
) -> tuple[float, float]:
    common = sum(weight(item) for item in sorted(set(a) & set(b)))
    mine, theirs = (sum(weight(item) for item in sorted(of)) for of in (a, b))
    joint, least = mine + theirs - common, min(mine, theirs)
    return (common / joint if joint else 0.0), (common / least if least else 0.0)


def numbers(a: Contents, b: Contents) -> tuple[float, float, float]:
    mine, theirs = ({n for n in c.numbers if n[0] != "y"} for c in (a, b))
    if not mine or not theirs:
        return 0.0, 0.0, float(bool(mine) != bool(theirs))
    fits = any(
        s == t and abs(v - w) <= 0.02 * max(abs(v), abs(w)) for s, v in mine for t, w in theirs
    )
    return float(fits), float(not fits), 0.0


def years_apart(a: Contents, b: Contents) -> bool:
    mine, theirs = ({v for s, v in c.numbers if s == "y"} for c in (a, b))
    return bool(mine and theirs and not mine & theirs)


def speakers(statement: Statement) -> set[str]:
    return {bare(name.split()[-1]) for name in statement.named_speakers if name.split()}


def gap(a: Statement, b: Statement) -> float:
    if a.published is None or b.published is None:
        return 0.3
    return math.log1p(abs((a.published - b.published).days)) / 6


def run(a: Statement, b: Statement) -> int:
    """The longest run of words in both."""
    x, y = a.meaning.casefold().split(), b.meaning.casefold().split()
    spans = [(i, j) for i in range(len(x)) for j in range(i + 1, len(x) + 1)]
    return max((j - i for i, j in spans if holds(y, x[i:j])), default=0)


def holds(words: list[str], part: list[str]) -> bool:
    return any(words[k : k + len(part)] == part for k in range(len(words)))


def days(a: Statement, b: Statement) -> tuple[float, float]:
    if a.event is None or b.event is None:
        return 0.0, 0.0
    between = max(a.event.start, b.event.start) - min(a.event.end, b.event.end)
    return float(between.days <= 0), float(between.days > 1)


def candidates(
    vectors: np.ndarray, cells: np.ndarray, new: np.ndarray, filed: int, probed: int
) -> list[tuple[int, int]]:
    """Pairs with a new one, each with the likest of those that share a cell."""
    flat = joint(vectors).astype(np.float64)
    order = np.argsort(-(flat @ cells.T), axis=1, kind="stable")
    found = set()
    for row in np.nonzero(new)[0].tolist():
        looked = set(order[row, :probed].tolist())
        near = [
            (-float(flat[row] @ flat[other]), other)
            for other in range(len(flat))
            if other != row and looked & set(order[other, :filed].tolist())
        ]
        best = sorted(one for one in near if -one[0] >= LEAST)[:MOST]
        found |= {(min(row, other), max(row, other)) for _, other in best}
    return sorted(found)
