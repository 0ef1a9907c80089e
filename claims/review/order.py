"""The order of the queue: what is worth most to the desk stands first.

An item's value is its uncertainty, times what hangs on it: how check-worthy its sentence is, how
many articles carry its claim, and whether anybody opposes it. Nothing here reads a store.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence

from claims.records import Speaker, Stance
from claims.sources.answers import UNRESOLVED

REPEATED = 4.0
"""How mildly a source's further items are discounted: at this value the 2nd counts for four fifths
of itself, the 16th for half, the 256th for a third."""


def uncertainty(
    confidence: float,
    *,
    is_missed: bool,
    stance: Stance | None = None,
    speakers: Sequence[Speaker] = (),
) -> float:
    """How likely a decision will change the record, 0 to 1.

    `confidence` is the chance that the item is a right attribution. One under the threshold
    (`is_missed`) changes the record where it is right. One that is printed does where anything in
    it is wrong: with `stance` (and `speakers`, those of the record) the chance that content, stance
    or speaker are wrong, without it the chance that it is no right attribution.
    """
    sure = min(1.0, max(0.0, confidence))
    if is_missed:
        return sure
    return 1.0 - sure if stance is None else _chance_of_error(sure, stance, speakers)


_BIAS, _SURE, _UNRESOLVED, _NAMED, _SELDOM = 0.541, -0.470, 3.854, -0.154, 0.409
"""A logistic regression over log odds of the confidence and of the least sure speaker, whether the
speaker is unresolved, and whether the stance is one that is often mistaken. Fitted on 2,697
attributions of PolNeAR train and 1,932 of dev, the bias on dev alone, whose articles the extractor
hasn't seen; see benchmarks/README.md."""
_OFTEN_WRONG = frozenset({Stance.DENIES, Stance.HEDGES, Stance.DOUBTS})


def _chance_of_error(confidence: float, stance: Stance, speakers: Sequence[Speaker]) -> float:
    score = _BIAS + _SURE * _log_odds(confidence) + _SELDOM * (stance in _OFTEN_WRONG)
    sure = [s.confidence for s in speakers if s.confidence is not None]
    if any(s.name == UNRESOLVED for s in speakers):
        score += _UNRESOLVED
    elif sure:
        score += _NAMED * _log_odds(min(sure))
    return 1 / (1 + math.exp(-score))


def _log_odds(share: float) -> float:
    p = min(max(share, 0.0025), 0.9975)
    return math.log(p / (1 - p))


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
