"""How far editors agree who read the same items, and where they don't.

Cohen's κ (Cohen 1960) for two editors and Krippendorff's α for nominal values (Krippendorff 2011)
for any number of them, per label. Both are 1 where all agree, 0 where they agree as chance would.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from claims.review.decisions import Decision, DecisionKind, in_force
from claims.review.items import ItemKey, ItemKind

LABELS = ("kept", "spans", "stance", "act", "framing", "speaker")
"""What is compared: whether an item is in the record, and of what is, its values."""

Ratings = Mapping[ItemKey, Mapping[str, str]]
"""Of each item the value of each editor."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """One label: how many items several editors read, the share on which all agree, and the
    coefficients; None where there is nothing to compare, or only one value ever."""

    label: str
    items: int
    share: float | None
    alpha: float | None
    kappa: tuple[tuple[str, str, int, float | None], ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An item that editors read otherwise: the labels on which they differ, with who says what."""

    item: ItemKey
    differs: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def readings(log: Iterable[Decision]) -> dict[str, dict[ItemKey, dict[str, str]]]:
    """Per label, the items with what each editor has it be: by the last decision of each in force.

    Whoever is unsure says nothing of it.
    """
    last: dict[tuple[ItemKey, str], Decision] = {}
    for decision in in_force(log):
        if decision.item.kind is ItemKind.ATTRIBUTION:
            last[decision.item, decision.by] = decision
    found: dict[str, dict[ItemKey, dict[str, str]]] = {label: defaultdict(dict) for label in LABELS}
    for (item, editor), decision in last.items():
        if decision.kind is DecisionKind.UNSURE:
            continue
        rejects = decision.kind is DecisionKind.REJECT
        found["kept"][item][editor] = "no" if rejects else "yes"
        values = decision.values
        if rejects or values is None:
            continue
        data = values.data
        found["spans"][item][editor] = str([data[r] for r in ("source", "cue", "content")])
        for label in ("stance", "act", "framing", "speaker"):
            found[label][item][editor] = str(data[label])
    return found


def agreement(log: Iterable[Decision]) -> list[Agreement]:
    """Agreement per label, over the items that several editors read."""
    found = []
    for label, ratings in readings(log).items():
        shared = {item: by for item, by in ratings.items() if len(by) > 1}
        same = sum(len(set(by.values())) == 1 for by in shared.values())
        share = same / len(shared) if shared else None
        found.append(Agreement(label, len(shared), share, alpha(shared), _kappas(shared)))
    return found


def disagreements(log: Iterable[Decision]) -> list[Disagreement]:
    """The items that editors read otherwise, the most labels first."""
    differing: dict[ItemKey, list[tuple[str, tuple[tuple[str, str], ...]]]] = defaultdict(list)
    for label, ratings in readings(log).items():
        for item, by in ratings.items():
            if len(set(by.values())) > 1:
                differing[item].append((label, tuple(sorted(by.items()))))
    found = [Disagreement(item, tuple(differs)) for item, differs in differing.items()]
    return sorted(found, key=lambda one: (-len(one.differs), str(one.item)))


def alpha(ratings: Ratings) -> float | None:
    """Krippendorff's α for nominal values, over items with two values or more."""
    rated = [list(by.values()) for by in ratings.values() if len(by) > 1]
    totals: Counter[str] = Counter()
    observed = 0.0
    for values in rated:
        counts = Counter(values)
        totals.update(values)
        pairs = len(values) ** 2 - sum(n * n for n in counts.values())
        observed += pairs / (len(values) - 1)
    n = sum(totals.values())
    expected = n * n - sum(count * count for count in totals.values())
    if not rated or not expected:
        return None
    return 1 - (n - 1) * observed / expected


def kappa(one: Sequence[str], other: Sequence[str]) -> float | None:
    """Cohen's κ of two editors' values of the same items."""
    n = len(one)
    if not n:
        return None
    observed = sum(a == b for a, b in zip(one, other, strict=True)) / n
    a, b = Counter(one), Counter(other)
    expected = sum(a[value] * b[value] for value in a) / (n * n)
    return None if expected == 1 else (observed - expected) / (1 - expected)


def _kappas(ratings: Ratings) -> tuple[tuple[str, str, int, float | None], ...]:
    """κ of each two editors who share items: their names, how many items, the coefficient."""
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for by in ratings.values():
        for one, other in combinations(sorted(by), 2):
            pairs[one, other].append((by[one], by[other]))
    return tuple(
        (one, other, len(both), kappa([a for a, _ in both], [b for _, b in both]))
        for (one, other), both in sorted(pairs.items())
    )
