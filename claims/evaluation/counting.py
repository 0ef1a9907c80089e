"""The words of a text, and the counts that every figure is made of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from claims.records import Span

_TOKEN = re.compile(r"\w+|[^\w\s]")
# Annotators and programs differ in whether these belong to a span.
_EDGE = "\"'“”‘’,.:;"


class Words:
    """The word tokens of one text, numbered in order; punctuation marks are no words."""

    def __init__(self, text: str) -> None:
        """Split `text` into runs of word characters and single other characters."""
        found = [(m.start(), m.end()) for m in _TOKEN.finditer(text)]
        self._starts = [start for start, _ in found]
        self._ends = [end for _, end in found]
        self._is_word = [text[start].isalnum() for start, _ in found]

    def under(self, spans: Iterable[Span]) -> frozenset[int]:
        """Numbers of the words that share at least one character with one of `spans`."""
        touched: set[int] = set()
        for start, end in spans:
            first = bisect_right(self._ends, start)
            touched.update(range(first, bisect_left(self._starts, end)))
        return frozenset(i for i in touched if self._is_word[i])


@lru_cache(maxsize=256)
def words_of(text: str) -> Words:
    """The words of a text, kept for the next time that it is scored."""
    return Words(text)


def trim(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans without white space, quotation marks and punctuation at their ends, in order.

    A span of nothing else is dropped.
    """
    trimmed = []
    for span in spans:
        start, end = max(0, span.start), min(span.end, len(text))
        while start < end and (text[start].isspace() or text[start] in _EDGE):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in _EDGE):
            end -= 1
        if end > start:
            trimmed.append(Span(start, end))
    return tuple(sorted(trimmed))


def overlaps(
    gold: Sequence[frozenset[int]], predicted: Sequence[frozenset[int]]
) -> Iterator[tuple[float, int, int]]:
    """(overlap, gold index, predicted index) of every pair that shares a word.

    The overlap is shared words over joint words (Jaccard).
    """
    holders: dict[int, list[int]] = defaultdict(list)
    for i, words in enumerate(gold):
        for word in words:
            holders[word].append(i)
    for j, words in enumerate(predicted):
        shared = Counter(i for word in words for i in holders.get(word, ()))
        for i, count in shared.items():
            yield count / (len(gold[i]) + len(words) - count), i, j


def best_first(pairs: Iterable[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """One-to-one matching of (overlap, gold index, predicted index): the largest overlap first.

    Ties go to the earlier gold item, then to the earlier predicted one.
    """
    gold_taken: set[int] = set()
    predicted_taken: set[int] = set()
    matched = []
    for _, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if i not in gold_taken and j not in predicted_taken:
            gold_taken.add(i)
            predicted_taken.add(j)
            matched.append((i, j))
    return matched


@dataclass(slots=True)
class Tally:
    """Counts behind a precision, a recall and their harmonic mean (F1)."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, right: int, predicted: int, gold: int) -> None:
        """Count another article in."""
        self.right += right
        self.predicted += predicted
        self.gold += gold

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 0 where nothing is predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that is found; 0 where there is no gold."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(slots=True)
class Share:
    """A part of a whole, both counted."""

    part: int = 0
    whole: int = 0

    def add(self, hit: bool) -> None:
        """Count one more, as a hit or not."""
        self.part += hit
        self.whole += 1

    @property
    def value(self) -> float | None:
        """Part over whole; None where there is nothing to share."""
        return self.part / self.whole if self.whole else None


@dataclass(slots=True)
class Agreement:
    """Pairs of (gold label, predicted label) and the figures over them."""

    pairs: list[tuple[str, str | None]] = field(default_factory=list)

    def add(self, gold: str, predicted: str | None) -> None:
        """Count one item; None for one without a predicted label."""
        self.pairs.append((gold, predicted))

    @property
    def accuracy(self) -> float | None:
        """Share of equal pairs; None where there is none."""
        return sum(g == p for g, p in self.pairs) / len(self.pairs) if self.pairs else None

    @property
    def per_label(self) -> dict[str, float]:
        """F1 of each label that the gold has, to three places."""
        return {label: self._f1(label) for label in sorted({g for g, _ in self.pairs})}

    @property
    def macro_f1(self) -> float:
        """Mean of `per_label` (of the rounded figures, as the reference scorer takes it)."""
        per = self.per_label
        return sum(per.values()) / len(per) if per else 0.0

    def _f1(self, label: str) -> float:
        both = sum(g == p == label for g, p in self.pairs)
        either = sum(p == label for _, p in self.pairs) + sum(g == label for g, _ in self.pairs)
        return round(2 * both / either, 3)


def average_precision(points: Sequence[tuple[float, bool]]) -> float | None:
    """Average precision of (score, relevant) ranked by score; ties keep their order.

    None where nothing is relevant.
    """
    hits, total = 0, 0.0
    for rank, (_, relevant) in enumerate(sorted(points, key=lambda point: -point[0]), 1):
        hits += relevant
        if relevant:
            total += hits / rank
    return total / hits if hits else None
