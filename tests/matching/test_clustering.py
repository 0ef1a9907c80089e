"""Clusters don't chain, obey must-link and cannot-link, and don't depend on the order of edges."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from claims.matching.clustering import Pair, cluster

ITEMS = range(8)
PAIRS = st.tuples(st.sampled_from(ITEMS), st.sampled_from(ITEMS)).filter(lambda p: p[0] < p[1])
EDGES = st.dictionaries(PAIRS, st.floats(-4, 4, allow_nan=False), max_size=20)
LINKS = st.lists(PAIRS, max_size=4)


def home(clusters: list[list[int]]) -> dict[int, int]:
    return {item: i for i, members in enumerate(clusters) for item in members}


@given(EDGES, LINKS)
def test_each_item_is_in_one_cluster_and_what_must_be_together_is(
    edges: dict[Pair, float], must: list[Pair]
) -> None:
    clusters = cluster(ITEMS, edges, absent=-2, must=must)
    assert sorted(item for members in clusters for item in members) == list(ITEMS)
    where = home(clusters)
    assert all(where[a] == where[b] for a, b in must)
    plain = cluster(ITEMS, edges, absent=-2)
    assert all(len({where[item] for item in members}) == 1 for members in plain)


@given(EDGES, LINKS)
def test_what_must_be_apart_is(edges: dict[Pair, float], cannot: list[Pair]) -> None:
    where = home(cluster(ITEMS, edges, absent=-2, cannot=cannot))
    assert all(where[a] != where[b] for a, b in cannot)


@given(EDGES, st.randoms())
def test_the_order_of_edges_says_nothing(edges: dict[Pair, float], shuffle: random.Random) -> None:
    listed = list(edges.items())
    shuffle.shuffle(listed)
    assert cluster(ITEMS, dict(listed), absent=-2) == cluster(ITEMS, edges, absent=-2)


def test_a_merge_takes_nobody_out() -> None:
    edges = {(0, 1): 2.0, (2, 3): 2.0}
    assert cluster(range(4), edges, absent=-3, must=[(1, 2)]) == [[0, 1, 2, 3]]


def test_a_chain_does_not_hold_together() -> None:
    chain = {(i, i + 1): 1.0 for i in range(7)}
    clusters = cluster(ITEMS, chain, absent=-2)
    assert max(map(len, clusters)) == 2


def test_a_clique_holds_together_in_spite_of_one_doubt() -> None:
    edges = {(a, b): 2.0 for a in range(4) for b in range(a + 1, 4)}
    edges[0, 3] = -1.0
    assert cluster(range(5), edges, absent=-2) == [[0, 1, 2, 3], [4]]


def test_nothing_is_nothing() -> None:
    assert cluster([], {}, absent=-1) == []
