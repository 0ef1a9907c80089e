"""Does a confidence mean what it says: expected calibration error and AUROC."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

_BINS = 10


@dataclass(frozen=True, slots=True)
class Calibration:
    """`ece`, 0 is best; `auroc`, 1 is best, None where all are right or all wrong; `n` points."""

    ece: float
    auroc: float | None
    n: int

    def as_dict(self) -> dict[str, Any]:
        """The three values by name."""
        return asdict(self)


def calibrate(points: Iterable[tuple[float, bool]]) -> Calibration:
    """Calibration of (confidence, right) points, of which there must be at least one.

    ECE is over ten bins of equal size: the mean gap between the mean confidence and the share
    that is right, weighted by points (Naeini et al. 2015, with quantile bins).
    """
    ranked = sorted((confidence, int(right)) for confidence, right in points)
    n = len(ranked)
    ece = 0.0
    for k in range(_BINS):
        part = ranked[k * n // _BINS : (k + 1) * n // _BINS]
        if part:
            ece += abs(sum(c for c, _ in part) - sum(r for _, r in part)) / n
    return Calibration(ece, _auroc(ranked), n)


def _auroc(ranked: Sequence[tuple[float, int]]) -> float | None:
    """Chance that a right one stands above a wrong one, ties counting half (Mann-Whitney U)."""
    right = sum(r for _, r in ranked)
    wrong = len(ranked) - right
    if not right or not wrong:
        return None
    rank_sum, first = 0.0, 0
    while first < len(ranked):
        last = first
        while last < len(ranked) and ranked[last][0] == ranked[first][0]:
            last += 1
        rank_sum += sum(r for _, r in ranked[first:last]) * (first + last + 1) / 2
        first = last
    return (rank_sum - right * (right + 1) / 2) / (right * wrong)
