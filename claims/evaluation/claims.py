"""Scoring a grouping of attributions into claims against labelled claims.

B-cubed precision and recall (Bagga and Baldwin 1998) over the attributions that are in exactly one
labelled claim, the share of near misses kept apart, and F1 of pairs that stand against each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from claims.errors import CorpusError
from claims.evaluation.fields import Row, read_rows

Key = tuple[str, int]
"""An attribution: article id, and index in the article."""


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A labelled claim: its members, and whether each opposes it."""

    event: str
    members: dict[Key, bool]


@dataclass(frozen=True, slots=True)
class GoldClaims:
    """Labelled claims, and pairs that look alike and are different claims."""

    claims: tuple[GoldClaim, ...]
    near_misses: tuple[tuple[Key, Key], ...]


@dataclass(frozen=True, slots=True)
class ClaimScores:
    """Figures of one grouping; `opposition` is None where no pair opposes, on either side."""

    labelled: int
    precision: float
    recall: float
    f1: float
    near_misses_apart: float | None
    opposition: float | None

    def as_dict(self) -> dict[str, Any]:
        """The figures, ready for JSON."""
        return {
            "labelled": self.labelled,
            "b_cubed": {"p": self.precision, "r": self.recall, "f1": self.f1},
            "near_misses_apart": self.near_misses_apart,
            "opposition": {"f1": self.opposition},
        }


def load_claims(path: Path) -> GoldClaims:
    """Labelled claims of a JSON lines file; raises `CorpusError`.

    Lines are `{"claim", "event", "members": [[article, index, "same" | "opposes"], ...]}` or
    `{"near_miss": [[article, index], [article, index]], "why"}`.
    """
    claims: list[GoldClaim] = []
    near: list[tuple[Key, Key]] = []
    for row in read_rows(path):
        if "members" in row.values:
            members = {}
            for entry in row.values["members"]:
                key, relation = _key(row, "members", entry[:2]), entry[2]
                if relation not in ("same", "opposes"):
                    raise row.error("members", f"{relation!r} is none of same, opposes")
                members[key] = relation == "opposes"
            claims.append(GoldClaim(row.optional_text("event") or "", members))
        elif "near_miss" in row.values:
            first, second = row.values["near_miss"]
            near.append((_key(row, "near_miss", first), _key(row, "near_miss", second)))
    if not claims:
        raise CorpusError(f"{path}: holds no claim", repair="give a file of labelled claims")
    return GoldClaims(tuple(claims), tuple(near))


def _key(row: Row, field: str, entry: Any) -> Key:
    is_key = isinstance(entry, list) and len(entry) == 2 and isinstance(entry[1], int)
    if not is_key or not isinstance(entry[0], str):
        raise row.error(field, f"{entry!r} is no [article, index]")
    return (entry[0], entry[1])


def score_claims(gold: GoldClaims, grouped: Mapping[Key, tuple[int, bool]]) -> ClaimScores:
    """`grouped` gives an attribution's claim and whether it opposes it; a missing one is alone."""

    def claim_of(key: Key) -> object:
        return grouped[key][0] if key in grouped else ("alone", key)

    homes: dict[Key, list[int]] = defaultdict(list)
    for number, claim in enumerate(gold.claims):
        for key in claim.members:
            homes[key].append(number)
    single = {key: numbers[0] for key, numbers in homes.items() if len(numbers) == 1}
    groups: dict[object, list[Key]] = defaultdict(list)
    for key in single:
        groups[claim_of(key)].append(key)
    sizes = Counter(single.values())
    precision = recall = 0.0
    for key, number in single.items():
        mates = groups[claim_of(key)]
        same = sum(single[mate] == number for mate in mates)
        precision += same / len(mates)
        recall += same / sizes[number]
    count = max(len(single), 1)
    precision, recall = precision / count, recall / count
    apart = [claim_of(a) != claim_of(b) for a, b in gold.near_misses]
    return ClaimScores(
        len(single),
        precision,
        recall,
        2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        sum(apart) / len(apart) if apart else None,
        _opposition(gold.claims, grouped),
    )


def _opposition(
    claims: Iterable[GoldClaim], grouped: Mapping[Key, tuple[int, bool]]
) -> float | None:
    """F1 over pairs of a labelled claim: that they oppose each other, inside one claim."""
    hits = wrong = missed = 0
    for claim in claims:
        for (a, side_a), (b, side_b) in combinations(claim.members.items(), 2):
            one, other = grouped.get(a), grouped.get(b)
            together = one is not None and other is not None and one[0] == other[0]
            said = together and one is not None and other is not None and one[1] != other[1]
            is_so = side_a != side_b
            hits += is_so and said
            wrong += said and not is_so
            missed += is_so and not said
    total = 2 * hits + wrong + missed
    return 2 * hits / total if total else None
