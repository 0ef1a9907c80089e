"""What speaks for two statements being the same claim, or standing against each other.

One row of numbers a pair, each between about -1 and 1, equal for (a, b) and (b, a).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from claims.matching.contents import Contents
from claims.matching.statements import Statement
from claims.records import Stance
from claims.sources.wording import bare

NAMES = (
    "cosine", "cosine_words", "cosine_even", "cosine_words_even",
    "stems", "stems_held", "names", "names_held", "names_apart",
    "numbers_shared", "numbers_apart", "numbers_one", "years_apart", "negation", "reversal",
    "denial", "both_deny", "uncommitted_both", "uncommitted_one", "says_both", "says_none",
    "article", "near", "speaker_same", "speaker_apart", "speaker_in", "gap", "length", "short",
    "run", "assertion", "stance_same", "days_same", "days_apart",
)  # fmt: skip
_RUN = 12
"""Words in a row from which a shared run says nothing more."""


class Weights(Protocol):
    """How rare a stem is: its inverse document frequency."""

    def __call__(self, stem: str, /) -> float: ...  # noqa: D102


def of_pair(a: Statement, b: Statement, cosines: Iterable[float], weight: Weights) -> list[float]:
    """The features of a pair, in the order of `NAMES`.

    `cosines` of meanings and of words, as they are and with their directions evened out.
    """
    x, y = a.contents, b.contents
    stems, held = _overlap(x.stems, y.stems, weight)
    names, names_held = _overlap(x.names, y.names, lambda _: 1.0)
    both_named = bool(x.names and y.names)
    shared, apart, one = _numbers(x, y)
    denies = (a.stance in _AGAINST, b.stance in _AGAINST)
    free = (a.stance is Stance.UNCOMMITTED, b.stance is Stance.UNCOMMITTED)
    mine, theirs = _speakers(a), _speakers(b)
    shorter, longer = sorted((x.length, y.length))
    return [
        *cosines,
        stems,
        held,
        names,
        names_held,
        float(both_named and not x.names & y.names),
        shared,
        apart,
        one,
        float(_years_apart(x, y)),
        float(bool(x.negations) != bool(y.negations)),
        float(bool(x.reversals) != bool(y.reversals)),
        float(denies[0] != denies[1]),
        float(all(denies)),
        float(all(free)),
        float(free[0] != free[1]),
        float(a.says and b.says),
        float(not a.says and not b.says),
        float(a.article == b.article),
        _nearness(a, b),
        float(bool(mine & theirs)),
        float(bool(mine and theirs and not mine & theirs)),
        float(bool(mine & y.names) or bool(theirs & x.names)),
        _gap(a, b),
        shorter / max(longer, 1),
        min(shorter, 20) / 20,
        _shared_run(a.meaning, b.meaning, shorter),
        float(a.is_assertion) + float(b.is_assertion),
        float(a.stance is b.stance),
        *_days(a, b),
    ]


_AGAINST = (Stance.DENIES, Stance.DOUBTS)


def _overlap(a: Collection[str], b: Collection[str], weight: Weights) -> tuple[float, float]:
    """Weighted Jaccard, and the share of the lighter set that the other holds."""
    common = sum(weight(item) for item in set(a) & set(b))
    mine, theirs = sum(map(weight, a)), sum(map(weight, b))
    joint, least = mine + theirs - common, min(mine, theirs)
    return (common / joint if joint else 0.0), (common / least if least else 0.0)


def _numbers(a: Contents, b: Contents) -> tuple[float, float, float]:
    """Whether amounts are shared, whether both have some and none fits, whether only one has."""
    mine = {n for n in a.numbers if n[0] != "y"}
    theirs = {n for n in b.numbers if n[0] != "y"}
    if not mine or not theirs:
        return 0.0, 0.0, float(bool(mine) != bool(theirs))
    fits = any(
        s == t and abs(v - w) <= 0.02 * max(abs(v), abs(w)) for s, v in mine for t, w in theirs
    )
    return float(fits), float(not fits), 0.0


def _years_apart(a: Contents, b: Contents) -> bool:
    mine, theirs = ({v for s, v in c.numbers if s == "y"} for c in (a, b))
    return bool(mine and theirs and not mine & theirs)


def _days(a: Statement, b: Statement) -> tuple[float, float]:
    """Whether the days of both events meet, or lie apart (by more than a day)."""
    if a.event is None or b.event is None:
        return 0.0, 0.0
    between = max(a.event.start, b.event.start) - min(a.event.end, b.event.end)
    return float(between.days <= 0), float(between.days > 1)


def _speakers(statement: Statement) -> set[str]:
    return {bare(name.split()[-1]) for name in statement.named_speakers if name.split()}


def _nearness(a: Statement, b: Statement) -> float:
    if a.article != b.article:
        return 0.0
    return 1 / (1 + abs(a.place.start - b.place.start) / 300)


def _gap(a: Statement, b: Statement) -> float:
    """Days between the articles, logarithmic: 0 for the same day, about 1 for a year."""
    if a.published is None or b.published is None:
        return 0.3
    return math.log1p(abs((a.published - b.published).days)) / 6


def _shared_run(a: str, b: str, shorter: int) -> float:
    """Length of the longest run of words in both, against the shorter one."""
    x, y = a.casefold().split(), b.casefold().split()
    best = 0
    before: Mapping[int, int] = {}
    places: dict[str, list[int]] = {}
    for j, word in enumerate(y):
        places.setdefault(word, []).append(j)
    for word in x:
        now = {j: before.get(j - 1, 0) + 1 for j in places.get(word, ())}
        best = max(best, max(now.values(), default=0))
        before = now
    return min(best, _RUN) / max(min(shorter, _RUN), 1)
