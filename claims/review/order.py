"""The order of the queue: what is worth most to the desk stands first.

An item's value is its uncertainty, times what hangs on it: how check-worthy its sentence is, how
many articles carry its claim, and whether anybody opposes it. Nothing here reads a store.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence

REPEATED = 4.0
"""How mildly a source's further items are discounted: at this value the 2nd counts for four fifths
of itself, the 16th for half, the 256th for a third."""


def uncertainty(confidence: float, *, is_missed: bool) -> float:
    """How likely a decision will change the record, 0 to 1.

    `confidence` is the chance that the item is a right attribution. The record is wrong where a
    printed one isn't (1 − confidence), or where one under the threshold (`is_missed`) is.
    """
    sure = min(1.0, max(0.0, confidence))
    return sure if is_missed else 1.0 - sure


def value(uncertainty: float, worth: float, articles: int, conflict: float) -> float:
    """What a decision is worth: uncertainty × (1 + worth) × (1 + log articles) × (1 + conflict).

    `worth` is the check-worthiness of the item's sentence, 0 to 1; `articles` how many carry its
    claim (none counts as one, its own); `conflict` 1 where somebody opposes the claim, else 0, or a
    share between them.
    """
    carried = 1 + math.log(max(1, articles))
    return uncertainty * (1 + worth) * carried * (1 + conflict)


def spread(values: Sequence[float], sources: Sequence[Hashable]) -> list[float]:
    """The values, discounted so that no source fills the head of the queue.

    The best item of each source (None is one too: those without) keeps its value, the n-th is
    divided by 1 + log₂(n) / REPEATED. Items of one source stay in their order, equal ones in the
    given one. Values are not negative.
    """
    seen: dict[Hashable, int] = {}
    result = [0.0] * len(values)
    best_first = sorted(range(len(values)), key=values.__getitem__, reverse=True)
    for i in best_first:
        nth = seen.get(sources[i], 0) + 1
        seen[sources[i]] = nth
        result[i] = values[i] / (1 + math.log2(nth) / REPEATED)
    return result
