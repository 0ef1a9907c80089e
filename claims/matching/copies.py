"""Which articles are copies of each other, and how much of each is the other's words.

Candidates come from MinHash signatures (Broder 1997) of *passages*, a sentence or so each, banded
into keys of an inverted index: a copy cut to a third still has whole sentences of its original,
while a signature of the whole article sees only how small a part of the union they share. Each
candidate is then aligned word by word (`overlap`), and the shares are exact.

What two independent stories on one speech have in common is in quotation marks, and what two pages
of one site have in common is its menu. So an article is a copy by its *own* words, those of its
prose outside quotation marks; all else is partial reuse.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, MutableMapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from claims.matching.body import Body, shingles
from claims.matching.overlap import tiles
from claims.records import Span

COPIED = 0.5
"""Share of one article's own words that stand in the other, from which on it is a copy."""
FEWEST = 25
"""Own words in common that a copy has at least; below, a template can be all there is."""
ENOUGH = 60
"""Own words in common from which on the half is enough. With fewer, `NEARLY_ALL` of one body must
be in common, quotations too: an editor's note or a list of related stories under two short
articles can be half of what they say themselves."""
NEARLY_ALL = 0.8
UNBROKEN = 12
"""Words of a run that speaks for copying, at least. A template's runs are broken by what is filled
in: the weather's figures, the names of the dead, a poll's days."""

SCHEME = f"rensa-{RMinHash.ALGORITHM_VERSION}/3x2x3"
"""How keys are made. Those of two schemes can't be compared: build them anew from the bodies."""

_SHINGLE = 3
_BANDS, _ROWS = 2, 3
_SEED = 20_311
_RARE = 64
"""Articles that a passage may stand in for its being in two of them to be telling."""
_WIDE = 0.3
"""Share of the keys of the smaller article that tells as much, however common they are."""
_MOST, _MOST_WIDE = 200, 16
"""Articles that a new one is compared with at most, for rare passages and for common ones."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What two articles have in common; `a` is the key that sorts first.

    `share_a` is the share (0 to 1) of a's body words that also stand in b; `words` counts them.
    `own` counts those of them that speak for copying: prose outside quotation marks in both, in
    runs of `UNBROKEN` words or more; `own_a` is their share of all such prose of a.
    `spans` are the common runs, where they stand in each stored text, in the order of a.
    """

    a: str
    b: str
    share_a: float
    share_b: float
    own_a: float
    own_b: float
    words: int
    own: int
    spans: tuple[tuple[Span, Span], ...]

    @property
    def is_copy(self) -> bool:
        """Whether one is a copy of the other, or of a part of it; else it is partial reuse."""
        is_long = self.own >= ENOUGH or max(self.share_a, self.share_b) >= NEARLY_ALL
        return self.own >= FEWEST and self.strength >= COPIED and is_long

    @property
    def strength(self) -> float:
        """The larger of `own_a` and `own_b`: how much of the one is in the other, 0 to 1."""
        return max(self.own_a, self.own_b)


def compare(key_a: str, a: Body, key_b: str, b: Body) -> Copy:
    """What two articles have in common, the same whichever is given first."""
    if key_b < key_a:
        key_a, a, key_b, b = key_b, b, key_a, a
    common = tiles(a, b)
    words = sum(tile.words for tile in common)
    own = sum(
        int(np.count_nonzero(~(a.aside[i : i + n] | b.aside[j : j + n])))
        for i, j, n in common
        if n >= UNBROKEN
    )
    return Copy(
        key_a,
        key_b,
        share_a=words / max(1, len(a)),
        share_b=words / max(1, len(b)),
        own_a=own / max(1, a.own),
        own_b=own / max(1, b.own),
        words=words,
        own=own,
        spans=tuple((a.span(tile.a, tile.words), b.span(tile.b, tile.words)) for tile in common),
    )


def keys_of(body: Body) -> NDArray[np.uint64]:
    """The keys that a body is found by, sorted, each once: up to two for each passage."""
    runs = shingles(body.words, _SHINGLE)
    # A shingle belongs to the passage it begins in, if it also ends there.
    bounds = np.append(body.passages, len(body)).astype(np.int64)
    passage = np.repeat(np.arange(len(body.passages)), np.diff(bounds))[: len(runs)]
    is_inside = np.arange(len(runs)) + _SHINGLE <= bounds[1:][passage]
    counts = np.bincount(passage[is_inside], minlength=len(body.passages))
    counts = counts[counts > _SHINGLE]
    if not len(counts):
        return np.zeros(0, np.uint64)
    long = np.isin(passage, np.flatnonzero(np.bincount(passage[is_inside]) > _SHINGLE))
    flat = np.ascontiguousarray(runs[is_inside & long])
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.uint64)
    signed = RMinHash.digest_matrix_from_flat_token_hashes(flat, offsets, _BANDS * _ROWS, _SEED)
    rows = np.array(signed.to_rows(), np.uint32)
    bands = [
        shingles(np.column_stack([np.full(len(rows), n), row]).astype(np.uint32).ravel(), _ROWS + 1)
        for n, row in enumerate(np.split(rows, _BANDS, axis=1))
    ]
    # One hash a row: those that begin in the middle of a row run into the next.
    return np.unique(np.concatenate([band[:: _ROWS + 1] for band in bands]))


class CopyIndex:
    """Articles in which copies of a new one are found, in time that hardly grows with them.

    What is to be kept of an article is its body and its keys (see `keys`, `SCHEME`); an index is
    built from them again by `restore`, without a comparison. Candidates have two rare passages in
    common, or a third of all; where a passage stands in more than 64 articles (a notice, or a text
    with very many copies), only the 16 of those that have most in common are compared, the first
    added ones first. `syndication.groups` tells by them whether the others belong together.
    """

    def __init__(self, bodies: MutableMapping[str, Body] | None = None) -> None:
        """`bodies` holds the bodies by key; a store may give its own, which reads from disk."""
        self._bodies: MutableMapping[str, Body] = {} if bodies is None else bodies
        self._keys: dict[str, NDArray[np.uint64]] = {}
        self._articles: dict[int, list[str]] = {}

    def __len__(self) -> int:
        """How many articles it holds."""
        return len(self._keys)

    def __iter__(self) -> Iterator[str]:
        """The keys of the articles, in the order they were added."""
        return iter(self._keys)

    def add(self, key: str, body: Body) -> list[Copy]:
        """What a new article has in common with those before it, by key; then hold it too.

        An article that is held already under this key is replaced.
        """
        self.discard(key)
        marks = keys_of(body)
        found = [compare(key, body, one, self._bodies[one]) for one in self._candidates(marks)]
        self.restore(key, body, marks)
        return sorted((one for one in found if one.words), key=lambda one: (one.a, one.b))

    def add_all(self, bodies: Iterable[tuple[str, Body]]) -> list[Copy]:
        """What all of them have in common with each other and with those before, by key."""
        found = [copy for key, body in bodies for copy in self.add(key, body)]
        return sorted(found, key=lambda one: (one.a, one.b))

    def restore(self, key: str, body: Body, marks: NDArray[np.uint64]) -> None:
        """Hold an article whose keys are known (`marks`, from `keys`) without a comparison."""
        self._bodies[key] = body
        self._keys[key] = marks
        for mark in marks.tolist():
            self._articles.setdefault(mark, []).append(key)

    def keys(self, key: str) -> NDArray[np.uint64]:
        """The keys an article is found by, to be kept with `SCHEME`."""
        return self._keys[key]

    def discard(self, key: str) -> None:
        """Forget an article, if it is held."""
        for mark in self._keys.pop(key, np.zeros(0, np.uint64)).tolist():
            holders = self._articles[mark]
            holders.remove(key)
            if not holders:
                del self._articles[mark]
        self._bodies.pop(key, None)

    def _candidates(self, marks: NDArray[np.uint64]) -> list[str]:
        """Articles that may have something in common, those with most passages first."""
        common: Counter[str] = Counter()
        rare: Counter[str] = Counter()
        for mark in marks.tolist():
            holders = self._articles.get(mark, ())
            common.update(holders)
            if len(holders) <= _RARE:
                rare.update(holders)
        least = {
            one: _WIDE * min(len(marks), len(self._keys[one]))
            for one, count in common.items()
            if count > 1 or len(marks) < 3 or len(self._keys[one]) < 3
        }
        ranked = sorted(least, key=lambda one: -common[one])
        by_rare = [one for one in ranked if rare[one] > 1][:_MOST]
        by_wide = [one for one in ranked if rare[one] < 2 and common[one] >= least[one]]
        return by_rare + by_wide[:_MOST_WIDE]
