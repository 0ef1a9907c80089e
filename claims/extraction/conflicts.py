"""From candidates to attributions: which to keep, who owns a word, and what lies inside what.

Two attributions may share content words only when one is nested in the other, that is when its
whole cue lies in the other's content ("KCNA said Russia wishes …"). Otherwise each word goes to
the more confident one: newspapers don't give the same words to two speakers at once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from claims.extraction import confidence
from claims.records import Span

WordRange = tuple[int, int]
Marked = tuple[Sequence[Span], Sequence[Span]]
"""Cue and content of an attribution."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible attribution in a window, in word ranges of that window.

    `features` are those of `claims.extraction.confidence`, which `confidence` is made from;
    `labels` the indices of stance, act and framing; `share` the probability of each content word,
    in order. Conflicts are settled by `rank`, or by the confidence where there is none.
    """

    source: tuple[WordRange, ...]
    cue: WordRange
    content: tuple[WordRange, ...]
    share: tuple[float, ...]
    features: tuple[float, ...]
    labels: tuple[int, int, int]
    confidence: float = 0.0
    rank: float | None = None

    def content_words(self) -> list[int]:
        """Indices of all content words, in order."""
        return [i for low, high in self.content for i in range(low, high)]


def weigh(
    candidates: Iterable[Candidate], weights: Mapping[str, Sequence[float]]
) -> list[Candidate]:
    """The candidates with their confidence and their rank, by a model's weights."""
    order = confidence.before_conflicts(weights)
    return [
        replace(
            c,
            confidence=confidence.confidence(c.features, weights),
            rank=confidence.confidence(c.features, order),
        )
        for c in candidates
    ]


def settle(
    candidates: Sequence[Candidate], threshold: float, unsourced: float | None = None
) -> list[Candidate]:
    """The candidates of one window at or above `threshold`, with each content word settled.

    `unsourced` is the threshold of those without a source, where it is another one.
    Those of the highest rank come first. Each of the others gives up what it shares with those that
    stand and aren't nested with it, and goes if it keeps less than half of its words.
    """
    lower = threshold if unsourced is None else unsourced
    kept = [c for c in candidates if c.confidence >= (threshold if c.source else lower)]
    standing: list[tuple[int, dict[int, float]]] = []
    for i in sorted(range(len(kept)), key=lambda i: _rank(kept[i]), reverse=True):
        own = dict(zip(kept[i].content_words(), kept[i].share, strict=True))
        left = _left(kept[i].cue, own, [(kept[j].cue, words) for j, words in standing])
        if len(left) * 2 >= len(own):
            standing.append((i, left))
    return [
        replace(kept[i], content=_runs(sorted(words)), share=tuple(words[w] for w in sorted(words)))
        for i, words in sorted(standing, key=lambda item: item[0])
    ]


def passed_over(candidates: Sequence[Candidate], kept: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of one window that `settle` kept nothing of, with what it leaves them.

    Two that aren't nested can't both be right: who shares words with one that was kept is no surer
    than that one is wrong.
    """
    taken = {c.cue for c in kept}
    words = [(c.cue, dict.fromkeys(c.content_words(), 0.0), c.confidence) for c in kept]
    result = []
    for one in candidates:
        if one.cue in taken:
            continue
        own, most = dict.fromkeys(one.content_words(), 0.0), 1.0
        for cue, other, sure in words:
            nested = _holds(other, one.cue) != _holds(own, cue)
            if not nested and not own.keys().isdisjoint(other):
                most = min(most, 1.0 - sure)
        result.append(replace(one, confidence=min(one.confidence, most)))
    return result


def _left(
    cue: WordRange, words: dict[int, float], standing: Sequence[tuple[WordRange, dict[int, float]]]
) -> dict[int, float]:
    """Those of `words` that a candidate keeps beside the ones that stand."""
    shrinks = True
    while shrinks:  # again, since words given up may have been what nested another cue in these
        before = len(words)
        for other_cue, other in standing:
            if _holds(other, cue) == _holds(words, other_cue):
                words = {i: p for i, p in words.items() if i not in other}
        shrinks = len(words) < before
    return words


def _rank(c: Candidate) -> tuple[float, int]:
    return (c.confidence if c.rank is None else c.rank, -c.cue[0])


def _holds(words: dict[int, float], cue: WordRange) -> bool:
    return all(i in words for i in range(*cue))


def _runs(words: Sequence[int]) -> tuple[WordRange, ...]:
    """Sorted indices as ranges of neighbours."""
    runs: list[WordRange] = []
    for i in words:
        if runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return tuple(runs)


def parents(attributions: Sequence[Marked]) -> list[int | None]:
    """For each (cue, content) the index of the smallest other one whose content holds its cue.

    A cue is held when every one of its spans lies within one content span. Of two that hold each
    other's cue neither is a parent, and where three or more hold each other in a ring, the last
    one of it has none: parents lead upwards from every attribution to one without a parent. Size
    is the number of content characters.
    """
    near = _Near(attributions)
    result = [near.smallest(cue, content, i) for i, (cue, content) in enumerate(attributions)]
    for i in range(len(result)):
        seen, at = {i}, result[i]
        while at is not None:
            if at in seen:
                result[max(_ring(result, at))] = None
                break
            seen.add(at)
            at = result[at]
    return result


def parents_among(others: Sequence[Marked], attributions: Sequence[Marked]) -> list[int | None]:
    """For each of `others` the index of the smallest of `attributions` that holds its cue."""
    near = _Near(attributions)
    return [near.smallest(cue, content) for cue, content in others]


class _Near:
    """Finds who holds a span without looking at all: a long text has thousands of attributions."""

    def __init__(self, attributions: Sequence[Marked]) -> None:
        self._attributions = attributions
        self._spans = sorted(
            (*span, j) for j, (_, content) in enumerate(attributions) for span in content
        )
        self._reach = list(accumulate((end for _, end, _ in self._spans), max))

    def smallest(
        self, cue: Sequence[Span], content: Sequence[Span], but: int | None = None
    ) -> int | None:
        """Index of the smallest one that holds `cue` and whose cue `content` doesn't hold."""
        best: tuple[int, int] | None = None
        for j in self._holding(cue[0]) if cue else ():
            other_cue, other = self._attributions[j]
            if j != but and _inside(cue, other) and not _inside(other_cue, content):
                size = sum(e - s for s, e in other)
                if best is None or (size, j) < best:
                    best = (size, j)
        return best[1] if best else None

    def _holding(self, span: Span) -> Iterator[int]:
        """Indices of the contents one of whose spans holds `span`, perhaps more than once."""
        at = bisect_right(self._spans, span.start, key=lambda item: item[0]) - 1
        while at >= 0 and self._reach[at] >= span.end:
            _, end, j = self._spans[at]
            if end >= span.end:
                yield j
            at -= 1


def _ring(above: Sequence[int | None], start: int) -> set[int]:
    """Indices of the ring of parents that `start` is part of."""
    ring, at = {start}, above[start]
    while at is not None and at not in ring:
        ring.add(at)
        at = above[at]
    return ring


def _inside(cue: Sequence[Span], content: Sequence[Span]) -> bool:
    return bool(cue) and all(any(s <= a and b <= e for s, e in content) for a, b in cue)
