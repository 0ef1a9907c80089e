"""What each statement brings to its comparisons, read once and kept as arrays.

A statement is compared with dozens of others. Words, names, amounts and days are taken out of it
here, so that a comparison (`features`) only looks at numbers. Nothing here depends on which other
statements are read beside it but the numbers by which words go, and these keep their order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar

import numpy as np

from claims.matching.lists import Lists
from claims.matching.statements import Statement
from claims.records import Stance
from claims.sources.wording import bare

_AGAINST = (Stance.DENIES, Stance.DOUBTS)
_STANCES = {stance: number for number, stance in enumerate(Stance)}
_YEAR = "y"
_Item = TypeVar("_Item", str, float)


class Weights(Protocol):
    """How rare a stem is: its inverse document frequency."""

    def __call__(self, stem: str, /) -> float: ...  # noqa: D102


class Days:
    """A day for each statement; where there is none, `known` is false."""

    def __init__(self, days: Sequence[date | None]) -> None:
        """Days count from the beginning of the calendar."""
        self.known = np.array([day is not None for day in days], bool)
        self.numbers = np.array([day.toordinal() if day else 0 for day in days], np.int64)


class Traits:
    """Arrays and lists with an item for each statement, in their order."""

    def __init__(self, statements: Sequence[Statement], weight: Weights) -> None:
        """Read the statements; `weight` tells how much a shared stem says."""
        contents = [s.contents for s in statements]
        self.article = np.array([s.article for s in statements], np.int64)
        self.start = np.array([s.place.start for s in statements], np.int64)
        self.length = np.array([c.length for c in contents], np.int64)
        self.negated = np.array([bool(c.negations) for c in contents], bool)
        self.reversed = np.array([bool(c.reversals) for c in contents], bool)
        self.says = np.array([s.says for s in statements], bool)
        self.is_assertion = np.array([s.is_assertion for s in statements], bool)
        self.stance = np.array([_STANCES[s.stance] for s in statements], np.int64)
        self.is_against = np.array([s.stance in _AGAINST for s in statements], bool)
        self.is_uncommitted = np.array([s.stance is Stance.UNCOMMITTED for s in statements], bool)
        self.published = Days([s.published for s in statements])
        self.event_start = Days([s.event.start if s.event else None for s in statements])
        self.event_end = Days([s.event.end if s.event else None for s in statements])
        self._read_words(statements, weight)
        self._read_numbers(statements)

    def _read_words(self, statements: Sequence[Statement], weight: Weights) -> None:
        stems = [s.contents.stems for s in statements]
        names = [s.contents.names for s in statements]
        speakers = [speakers_of(s) for s in statements]
        words = [s.meaning.casefold().split() for s in statements]
        known = _numbers_of(stems)
        self.stems = Lists([sorted(known[stem] for stem in one) for one in stems])
        self.weights = np.array([weight(stem) for stem in known], np.float64)
        """By the number of the stem."""
        owners = np.repeat(np.arange(len(stems)), self.stems.lengths)
        self.stem_weight = np.bincount(owners, self.weights[self.stems.items], len(stems))
        known = _numbers_of([*names, *speakers])
        self.names = Lists([[known[name] for name in one] for one in names])
        self.speakers = Lists([[known[name] for name in one] for one in speakers])
        known = _numbers_of(words)
        self.words = Lists([[known[word] for word in one] for one in words])

    def _read_numbers(self, statements: Sequence[Statement]) -> None:
        numbers = [s.contents.numbers for s in statements]
        years = [{value for sort, value in one if sort == _YEAR} for one in numbers]
        known = _numbers_of(years)
        self.years = Lists([[known[year] for year in one] for one in years])
        sorts = sorted({sort for one in numbers for sort, _ in one} - {_YEAR})
        self.amounts = {
            kind: Lists([[v for sort, v in one if sort == kind] for one in numbers], np.float64)
            for kind in sorts
        }
        """By their sort."""
        self.has_amount = np.zeros(len(numbers), bool)
        for lists in self.amounts.values():
            self.has_amount |= lists.lengths > 0

    @property
    def longest(self) -> np.ndarray:
        """How long the longest list of each statement is: what comparing it takes."""
        lists = (self.stems, self.names, self.speakers, self.words, self.years)
        lengths = [one.lengths for one in (*lists, *self.amounts.values())]
        return np.asarray(np.max(lengths, axis=0))


def speakers_of(statement: Statement) -> set[str]:
    """Last names of who speaks."""
    return {bare(name.split()[-1]) for name in statement.named_speakers if name.split()}


def _numbers_of(lists: Iterable[Collection[_Item]]) -> Mapping[_Item, int]:
    """The number of each item that occurs, in their order."""
    return {item: number for number, item in enumerate(sorted({i for one in lists for i in one}))}
