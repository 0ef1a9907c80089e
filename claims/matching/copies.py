"""Near-copies: which articles share words, how much of each, and where.

Each sentence of a body gets a MinHash of its word triples (Broder 1997; `rensa`). Articles with
several near-equal sentences are candidates: so a copy is found when it was trimmed to a part,
retitled, re-led or stuffed with navigation. What they share is then measured by aligning their
words in order (Ratcliff and Obershelp 1988): only runs of at least `RUN` words count, so that a
quotation or a set phrase in two independent stories is a small share, and a dispatch a large one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

import rensa

from claims.matching.clustering import cluster
from claims.records import Block, BlockKind, Span
from claims.sources.cast import Layout

RUN = 8
"""Words in a row that must be the same to count as shared."""
COPY = 0.5
"""Share of the shorter body from which two articles are copies of one text."""
LEAST_WORDS = 40
"""Shared words under which nothing is a copy: short texts share set phrases."""
_ALIKE = 2
"""Near-equal sentences from which two articles are aligned."""
_SHORTEST = 6
"""Words under which a sentence says nothing about copying."""
_PERMUTATIONS, _BANDS, _LIKENESS = 32, 8, 0.7
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_ABSENT = -1.0


@dataclass(frozen=True, slots=True)
class Body:
    """The words of an article's body, lower-cased, with their places, and where sentences are."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """Two articles (`a` before `b`) that share words: which share of each one's, and where."""

    a: int
    b: int
    share_a: float
    share_b: float
    words: int
    spans: tuple[tuple[Span, Span], ...]

    @property
    def is_copy(self) -> bool:
        """Whether one is a copy of the other, or both of one text."""
        return self.words >= LEAST_WORDS and max(self.share_a, self.share_b) >= COPY


def read_body(text: str, blocks: Sequence[Block]) -> Body:
    """The words that the story is made of: body blocks, without headline, captions, navigation."""
    words: list[str] = []
    spans: list[Span] = []
    starts = Layout(text).sentences
    cuts: list[int] = []
    for block in blocks:
        if block.kind is not BlockKind.BODY:
            continue
        cuts.append(len(words))
        inside = [s for s in starts if block.start < s < block.end]
        for match in _WORD.finditer(text, block.start, block.end):
            while inside and match.start() >= inside[0]:
                inside.pop(0)
                cuts.append(len(words))
            words.append(match.group().casefold().replace("’", "'"))
            spans.append(Span(*match.span()))
    bounds = sorted({*cuts, len(words)})
    return Body(tuple(words), tuple(spans), tuple(pairwise(bounds)))


def find_copies(bodies: Mapping[int, Body], new: Iterable[int] | None = None) -> list[Copy]:
    """Articles that share at least a run of words in several sentences, by their numbers.

    With `new` only pairs of which one is new. Sorted; the same whatever the order of `bodies`.
    """
    asked = set(bodies if new is None else new)
    index = rensa.RMinHashLSH(threshold=_LIKENESS, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    home: list[int] = []
    hashes = []
    for number in sorted(bodies):
        body = bodies[number]
        for start, end in body.sentences:
            if end - start >= _SHORTEST:
                mark = rensa.RMinHash(num_perm=_PERMUTATIONS, seed=1)
                mark.update([" ".join(body.words[i : i + 3]) for i in range(start, end - 2)])
                index.insert(len(home), mark)
                home.append(number)
                hashes.append(mark)
    alike: Counter[tuple[int, int]] = Counter()
    for place, mark in enumerate(hashes):
        if home[place] in asked:
            others = {home[found] for found in index.query(mark)} - {home[place]}
            alike.update((min(home[place], o), max(home[place], o)) for o in others)
    copies = []
    for (a, b), count in sorted(alike.items()):
        if count >= _ALIKE:
            found = align(a, b, bodies[a], bodies[b])
            if found.words:
                copies.append(found)
    return copies


def align(a: int, b: int, body_a: Body, body_b: Body) -> Copy:
    """What two bodies share, word by word in order."""
    matcher = SequenceMatcher(None, body_a.words, body_b.words, autojunk=False)
    blocks = [m for m in matcher.get_matching_blocks() if m.size >= RUN]
    shared = sum(m.size for m in blocks)
    spans = tuple(
        (
            Span(body_a.spans[m.a].start, body_a.spans[m.a + m.size - 1].end),
            Span(body_b.spans[m.b].start, body_b.spans[m.b + m.size - 1].end),
        )
        for m in blocks
    )
    return Copy(
        a,
        b,
        shared / max(len(body_a.words), 1),
        shared / max(len(body_b.words), 1),
        shared,
        spans,
    )


def copy_groups(copies: Iterable[Copy]) -> list[list[int]]:
    """Syndication groups: articles of one text, two at least, sorted.

    By average linkage: A and C aren't of one text only because both share something with B.
    """
    edges: dict[tuple[int, int], float] = defaultdict(float)
    for one in copies:
        if one.is_copy:
            edges[one.a, one.b] = max(one.share_a, one.share_b) - COPY + 0.5
    items = {number for pair in edges for number in pair}
    return [group for group in cluster(items, edges, absent=_ABSENT) if len(group) > 1]
