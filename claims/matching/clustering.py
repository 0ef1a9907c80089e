"""Clustering that doesn't chain: average linkage over the pairs that were compared.

Two clusters are joined while the mean over *all* their pairs speaks for it; a pair that was never
compared counts as one that speaks against it. So A~B and B~C alone don't bring A and C together.
Greedy average linkage (Sokal and Michener 1958) with must-link and cannot-link constraints
(Wagstaff and Cardie 2000); the same edges give the same clusters in whatever order they come.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping

Pair = tuple[int, int]


def cluster(
    items: Iterable[int],
    edges: Mapping[Pair, float],
    *,
    absent: float,
    must: Iterable[Pair] = (),
    cannot: Iterable[Pair] = (),
) -> list[list[int]]:
    """Clusters of `items`, each sorted, in the order of their first members.

    `edges` are evidence for (above 0) or against two items being one; `absent` (below 0) is that
    of a pair that isn't among them. `cannot` pairs are never together. The clusters of a `must`
    pair are one in the end, whole as they are and whatever speaks against it: a merge takes nobody
    out of either.
    """
    state = _State(sorted(set(items)), edges, absent)
    for a, b in _sorted_pairs(cannot):
        state.forbid(a, b)
    state.run()
    for a, b in sorted(_sorted_pairs(must)):
        state.join_items(a, b)
    return sorted((sorted(members) for members in state.members.values()), key=lambda m: m[0])


def _sorted_pairs(pairs: Iterable[Pair]) -> set[Pair]:
    return {(min(p), max(p)) for p in pairs if p[0] != p[1]}


class _State:
    """Clusters so far: their members, and between each two the sum of evidence over `absent`."""

    def __init__(self, items: list[int], edges: Mapping[Pair, float], absent: float) -> None:
        self.absent = absent
        self.members = {item: [item] for item in items}
        self.home = {item: item for item in items}
        self.extra: dict[int, dict[int, float]] = defaultdict(dict)
        self.forbidden: dict[int, set[int]] = defaultdict(set)
        for (a, b), weight in edges.items():
            if a != b and a in self.members and b in self.members:
                self.extra[a][b] = self.extra[b][a] = weight - absent

    def mean(self, a: int, b: int) -> float:
        size = len(self.members[a]) * len(self.members[b])
        return self.absent + self.extra[a].get(b, 0.0) / size

    def join_items(self, a: int, b: int) -> None:
        if a in self.home and b in self.home and self.home[a] != self.home[b]:
            self._join(self.home[a], self.home[b])

    def forbid(self, a: int, b: int) -> None:
        if a in self.home and b in self.home and self.home[a] != self.home[b]:
            self.forbidden[self.home[a]].add(self.home[b])
            self.forbidden[self.home[b]].add(self.home[a])

    def run(self) -> None:
        heap = [
            (-self.mean(a, b), a, b)
            for a, others in self.extra.items()
            for b in others
            if a < b and self.mean(a, b) > 0
        ]
        heapq.heapify(heap)
        while heap:
            negative, a, b = heapq.heappop(heap)
            if a not in self.members or b not in self.members or b in self.forbidden[a]:
                continue
            if abs(self.mean(a, b) + negative) > 1e-12:
                continue  # one of the two has grown since: the pair stands there anew
            kept = self._join(a, b)
            for other in self.extra[kept]:
                mean = self.mean(kept, other)
                if mean > 0:
                    heapq.heappush(heap, (-mean, min(kept, other), max(kept, other)))

    def _join(self, a: int, b: int) -> int:
        """Join two clusters; the one with the smaller name keeps its name."""
        kept, gone = min(a, b), max(a, b)
        for other, extra in self.extra.pop(gone, {}).items():
            del self.extra[other][gone]
            if other != kept:
                joint = self.extra[kept].get(other, 0.0) + extra
                self.extra[kept][other] = self.extra[other][kept] = joint
        self.extra[kept].pop(gone, None)
        for other in self.forbidden.pop(gone, set()):
            self.forbidden[other].discard(gone)
            self.forbidden[other].add(kept)
            self.forbidden[kept].add(other)
        for item in self.members[gone]:
            self.home[item] = kept
        self.members[kept] += self.members.pop(gone)
        return kept
