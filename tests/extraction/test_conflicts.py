from __future__ import annotations

import math
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.conflicts import (
    Candidate,
    WordRange,
    parents,
    parents_among,
    passed_over,
    settle,
    weigh,
)
from claims.records import Span


def candidate(cue: WordRange, *content: WordRange, sure: float = 0.5) -> Candidate:
    words = [i for low, high in content for i in range(low, high)]
    share = tuple(1 / (2 + i) for i in words)
    return Candidate((), cue, content, share, (), (0, 0, 0), sure)


def settled(*candidates: Candidate, threshold: float = 0.0) -> list[tuple[WordRange, ...]]:
    return [c.content for c in settle(candidates, threshold)]


def test_disjoint_candidates_stay_as_they_are() -> None:
    a, b = candidate((0, 1), (1, 5)), candidate((6, 7), (7, 9), (10, 12))
    assert settle([a, b], 0.0) == [a, b]


def test_candidates_below_the_threshold_go() -> None:
    a, b = candidate((0, 1), (1, 5), sure=0.39), candidate((6, 7), (7, 9), sure=0.4)
    assert settle([a, b], 0.4) == [b]


def test_shared_words_go_to_the_more_confident() -> None:
    a, b = candidate((0, 1), (1, 9), sure=0.6), candidate((12, 13), (7, 12), sure=0.7)
    assert settled(a, b) == [((1, 7),), ((7, 12),)]
    low = candidate((12, 13), (7, 12), sure=0.5)
    assert settled(a, low) == [((1, 9),), ((9, 12),)]


def test_shared_words_go_to_the_higher_rank_but_the_confidence_tells_what_stays() -> None:
    a, b = candidate((0, 1), (1, 9), sure=0.8), candidate((12, 13), (7, 12), sure=0.5)
    a, b = replace(a, rank=0.3), replace(b, rank=0.4)
    assert settled(a, b, threshold=0.4) == [((1, 7),), ((7, 12),)]
    assert settled(a, b, threshold=0.6) == [((1, 9),)]


def test_candidates_are_ranked_by_the_order_where_a_model_has_one() -> None:
    one = replace(candidate((0, 1), (1, 3)), features=(2.0, 0, 0, 0, 0, 0))
    weights = {"weights": [1.0, 0, 0, 0, 0, 0], "bias": [-1.0]}
    (plain,) = weigh([one], weights)
    assert plain.rank == plain.confidence == pytest.approx(1 / (1 + math.exp(-1)))
    (ordered,) = weigh([one], weights | {"order": [0.5, 0, 0, 0, 0, 0, -3.0]})
    assert ordered.confidence == plain.confidence
    assert ordered.rank == pytest.approx(1 / (1 + math.exp(2)))


def test_what_is_passed_over_is_no_surer_than_what_stands_in_its_place_is_wrong() -> None:
    strong, weak = candidate((0, 1), (1, 6), sure=0.9), candidate((8, 9), (2, 8), sure=0.6)
    under, inner = candidate((20, 21), (21, 24), sure=0.3), candidate((2, 3), (3, 5), sure=0.35)
    kept = settle([strong, weak, under, inner], 0.4)
    assert kept == [strong]
    found = passed_over([strong, weak, under, inner], kept)
    assert [c.cue for c in found] == [weak.cue, under.cue, inner.cue]
    assert [round(c.confidence, 6) for c in found] == [0.1, 0.3, 0.35]  # the last one is nested


def test_parents_among_are_the_smallest_that_hold_the_cue() -> None:
    outer = ([Span(0, 4)], [Span(5, 90)])
    inner = ([Span(10, 14)], [Span(15, 60)])
    assert parents_among(
        [([Span(20, 24)], [Span(25, 30)]), ([Span(70, 74)], []), ([Span(95, 99)], []), ([], [])],
        [outer, inner],
    ) == [1, 0, None, None]


def test_the_share_of_each_word_goes_with_it() -> None:
    a, b = candidate((0, 1), (1, 9), sure=0.6), candidate((12, 13), (4, 6), sure=0.7)
    first = settle([a, b], 0.0)[0]
    assert first.content == ((1, 4), (6, 9))
    assert first.share == tuple(1 / (2 + i) for i in (1, 2, 3, 6, 7, 8))


def test_one_that_keeps_less_than_half_goes_and_one_that_keeps_half_stays() -> None:
    strong = candidate((0, 1), (1, 6), sure=0.9)
    assert settled(candidate((9, 10), (3, 9), sure=0.2), strong) == [((6, 9),), ((1, 6),)]
    assert settled(candidate((8, 9), (3, 8), sure=0.2), strong) == [((1, 6),)]


def test_one_that_goes_takes_no_words_with_it() -> None:
    strong = candidate((0, 1), (1, 6), sure=0.9)
    middle = candidate((8, 9), (3, 8), sure=0.5)
    weak = candidate((12, 13), (6, 8), (9, 12), sure=0.2)
    assert settled(strong, middle, weak) == [((1, 6),), ((6, 8), (9, 12))]


def test_of_equal_ones_the_earlier_keeps_the_words() -> None:
    a, b = candidate((0, 1), (1, 6)), candidate((8, 9), (4, 8))
    assert settled(a, b) == settled(b, a)[::-1] == [((1, 6),), ((6, 8),)]


def test_nested_ones_share_their_words() -> None:
    outer, inner = candidate((1, 2), (2, 9), sure=0.9), candidate((4, 5), (5, 9), sure=0.5)
    assert settle([outer, inner], 0.0) == [outer, inner]
    weak = candidate((1, 2), (2, 9), sure=0.3)
    assert settle([weak, inner], 0.0) == [weak, inner]


def test_a_cue_that_lies_half_in_a_content_is_not_nested() -> None:
    outer, inner = candidate((1, 2), (2, 5), (6, 9), sure=0.9), candidate((4, 6), (6, 12))
    assert settled(outer, inner) == [((2, 5), (6, 9)), ((9, 12),)]


def test_two_that_hold_each_others_cue_are_not_nested() -> None:
    a, b = candidate((0, 1), (1, 9), sure=0.9), candidate((3, 4), (0, 3), (9, 14), sure=0.5)
    assert settled(a, b) == [((1, 9),), ((0, 1), (9, 14))]


def test_a_nesting_that_is_lost_is_one_no_more() -> None:
    """The weak one loses the words around the middle one's cue, and with them what they shared."""
    inner = candidate((5, 6), (6, 9), sure=0.8)
    thief = candidate((20, 21), (4, 6), sure=0.9)
    outer = candidate((11, 12), (0, 11), sure=0.5)
    assert settled(inner, thief, outer) == [((6, 9),), ((4, 6),), ((0, 4), (9, 11))]


@st.composite
def many(draw: st.DrawFn) -> list[Candidate]:
    """Candidates with cues that never overlap, as the decoder gives them."""
    made = []
    at = 0
    for _ in range(draw(st.integers(0, 6))):
        at += draw(st.integers(0, 4))
        cue = (at, at + draw(st.integers(1, 2)))
        at = cue[1]
        words = draw(st.sets(st.integers(0, 24), min_size=1)) - set(range(*cue))
        runs = [(i, i + 1) for i in sorted(words)]
        if runs:
            made.append(candidate(cue, *runs, sure=draw(st.integers(0, 5)) / 5))
    return made


def words_of(c: Candidate) -> set[int]:
    return set(c.content_words())


def nested(a: Candidate, b: Candidate) -> bool:
    """Whether one of two lies in the other, and not both."""
    a_in_b = set(range(*a.cue)) <= words_of(b)
    return a_in_b != (set(range(*b.cue)) <= words_of(a))


@given(many())
def test_no_word_belongs_to_two_that_are_not_nested(made: list[Candidate]) -> None:
    found = settle(made, 0.2)
    for i, a in enumerate(found):
        for b in found[:i]:
            assert nested(a, b) or not words_of(a) & words_of(b)


@given(many())
def test_settling_only_takes_words_away_and_the_most_confident_lose_none(
    made: list[Candidate],
) -> None:
    found = settle(made, 0.2)
    before = {c.cue: c for c in made}
    assert [c.cue for c in found] == [c.cue for c in made if c.cue in {f.cue for f in found}]
    for c in found:
        own = words_of(before[c.cue])
        assert words_of(c) <= own
        assert len(words_of(c)) * 2 >= len(own)
        assert c.confidence >= 0.2
        assert c.share == tuple(1 / (2 + i) for i in c.content_words())
        assert (c.source, c.features, c.labels) == ((), (), (0, 0, 0))
    if found:
        first = max(found, key=lambda c: (c.confidence, -c.cue[0]))
        assert words_of(first) == words_of(before[first.cue])


@given(many())
def test_settling_twice_changes_nothing(made: list[Candidate]) -> None:
    once = settle(made, 0.2)
    assert settle(once, 0.2) == once


def spans(*pairs: tuple[int, int]) -> list[Span]:
    return [Span(*p) for p in pairs]


def test_the_parent_is_the_smallest_that_holds_the_cue() -> None:
    inner = (spans((20, 24)), spans((25, 40)))
    middle = (spans((10, 14)), spans((15, 40)))
    outer = (spans((0, 4)), spans((5, 60)))
    assert parents([outer, middle, inner]) == [None, 0, 1]
    assert parents([inner, outer, middle]) == [2, None, 1]
    assert parents([]) == []


def test_no_parent_where_the_cue_is_not_held_whole_by_one_span() -> None:
    assert parents([(spans((0, 4)), spans((5, 12))), (spans((10, 14)), spans((15, 20)))]) == [
        None,
        None,
    ]
    two = (spans((0, 4)), spans((5, 12), (12, 30)))
    assert parents([two, (spans((10, 14)), spans((15, 20)))]) == [None, None]
    assert parents([two, (spans((9, 12), (12, 14)), spans((15, 20)))]) == [None, 0]


def test_of_two_that_hold_each_others_cue_neither_is_a_parent() -> None:
    assert parents([(spans((0, 4)), spans((5, 30))), (spans((10, 14)), spans((0, 9)))]) == [
        None,
        None,
    ]


def test_of_two_of_one_size_the_first_is_the_parent() -> None:
    a, b = (spans((0, 1)), spans((10, 30))), (spans((2, 3)), spans((10, 30)))
    assert parents([a, b, (spans((12, 14)), spans((15, 20)))]) == [None, None, 0]


SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda p: Span(p[0], p[0] + p[1])),
    min_size=1,
    max_size=3,
)


@given(st.lists(st.tuples(SPANS, SPANS), max_size=6))
def test_a_parent_holds_the_cue_and_is_never_the_attribution_itself(
    made: list[tuple[list[Span], list[Span]]],
) -> None:
    for i, parent in enumerate(parents(made)):
        if parent is not None:
            assert parent != i
            assert all(any(s <= a and b <= e for s, e in made[parent][1]) for a, b in made[i][0])


def test_a_ring_of_parents_is_opened() -> None:
    a = ([Span(0, 2)], [Span(20, 22), Span(30, 40)])
    b = ([Span(20, 22)], [Span(10, 12), Span(41, 60)])
    c = ([Span(10, 12)], [Span(0, 2), Span(61, 90)])
    assert parents([a, b, c]) == [2, 0, None]


def test_parents_of_a_long_text_are_found_near_each_cue() -> None:
    made = []
    for start in range(0, 400_000, 40):
        made.append(([Span(start + 30, start + 34)], [Span(start, start + 30)]))
        made.append(([Span(start + 10, start + 14)], [Span(start + 14, start + 30)]))
    before = time.process_time()
    found = parents(made)
    assert time.process_time() - before < 5
    assert found == [x for i in range(0, len(made), 2) for x in (None, i)]
