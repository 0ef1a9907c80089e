"""Features of many pairs in one go are those of each pair by itself."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching import features
from claims.matching.contents import Contents
from claims.matching.lists import Lists, any_close, longest_run
from claims.matching.pairs import PairModel
from claims.matching.statements import Occasion, Statement
from claims.matching.traits import Traits
from claims.records import Span, Stance
from claims.resources import models_dir
from tests.matching import plain

WORDS = ("the", "Port", "port", "is", "closed", "STRASSE", "straße", "never", "again", "bridge")
PEOPLE = ("marsh", "vale", "berg", "ost")
SPEAKERS = ("Lena Marsh", "Orrin Vale; Karl Berg", "Berg’s", "NONE", "UNNAMED:an aide", ";", ".")
AMOUNTS = (0.0, 1.0, 49.0, 50.0, 51.0, 51.1, 1e6, 1.02e6, float("inf"))
DAYS = st.integers(0, 900).map(lambda n: date(2030, 1, 1) + timedelta(days=n))
RARITY = {"port": 0.1, "closed": 0.7, "bridge": 0.333, "never": -0.05}
NUMBERS = st.tuples(st.sampled_from("#%"), st.sampled_from(AMOUNTS)) | st.tuples(
    st.just("y"), st.sampled_from((2029.0, 2030.0, 2031.0))
)


def some(items: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(items), max_size=4)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    words = " ".join(draw(st.lists(st.sampled_from(WORDS), max_size=20)))
    start, published = draw(st.integers(0, 900)), draw(st.none() | DAYS)
    contents = Contents(
        stems=draw(some(("port", "closed", "bridge", "never", "dredge"))),
        names=draw(some(PEOPLE)),
        numbers=draw(st.frozensets(NUMBERS, max_size=5)),
        negations=draw(some(("never",))),
        reversals=draw(some(("denies", "against"))),
        length=draw(st.integers(0, 30)),
    )
    first = draw(st.none() | DAYS)
    event = first and Occasion(first, first + timedelta(days=draw(st.integers(0, 3))), "then")
    return Statement(
        draw(st.integers(0, 3)), draw(st.none() | st.integers(0, 3)), Span(start, start + 9), words,
        words, words, draw(st.sampled_from(SPEAKERS)), "said", draw(st.booleans()),
        draw(st.sampled_from(Stance)), published, contents, event,
    )  # fmt: skip


def weight(stem: str) -> float:
    return RARITY.get(stem, 1.0)


@settings(deadline=None)
@given(st.lists(statements(), min_size=2, max_size=6))
def test_pairs_in_one_go_are_as_each_by_itself(told: list[Statement]) -> None:
    a, b = np.array(list(combinations(range(len(told)), 2))).T
    found = features.of_pairs(Traits(told, weight), a, b)
    told_plainly = [plain.of_pair(told[i], told[j], weight) for i, j in zip(a, b, strict=True)]
    assert np.abs(found - np.array(told_plainly)).max() < 1e-6
    assert np.array_equal(found, features.of_pairs(Traits(told, weight), b, a))


@settings(deadline=None)
@given(st.lists(statements(), min_size=2, max_size=6))
def test_other_pairs_beside_it_change_no_digit_of_a_pair(told: list[Statement]) -> None:
    pairs = list(combinations(range(len(told)), 2))
    vectors = np.random.default_rng(1).standard_normal((len(told), 2, 384)).astype(np.float32)
    model = PairModel.load(models_dir() / "pairs")
    among = model.score(told, pairs, vectors)
    i, j = pairs[-1]
    alone = model.score([told[i], told[j]], [(0, 1)], vectors[[i, j]])
    assert alone == [among[-1]]


def test_thousands_of_rows_change_no_digit_of_one() -> None:
    model = PairModel.load(models_dir() / "pairs")
    rows = np.random.default_rng(1).random((9000, len(features.NAMES)), np.float32)
    among = model.probabilities(rows)
    for place in (0, 4095, 4096, 8999):
        assert np.array_equal(model.probabilities(rows[place : place + 1])[0], among[place])


def test_no_pairs_have_no_features() -> None:
    model = PairModel.load(models_dir() / "pairs")
    assert model.features([], [], np.zeros((0, 2, 384), np.float32)).shape == (0, 34)
    assert model.score([], [], np.zeros((0, 2, 384), np.float32)) == []


def test_long_and_short_lists_go_into_tables_of_bounded_size() -> None:
    lengths = np.array([1, 2, 3] * 60_000 + [5000] * 30 + [0] * 5)
    parts = list(features._parts(lengths))
    assert sorted(np.concatenate(parts).tolist()) == list(range(len(lengths)))
    assert max(len(part) * lengths[part].max() for part in parts) <= 1 << 17
    assert [part.tolist() for part in features._parts(np.array([1 << 18]))] == [[0]]


def test_a_run_is_as_long_as_the_words_in_a_row() -> None:
    words = Lists([[1, 2, 3, 1, 2, 3, 4], [9, 1, 2, 3, 4], [], [7], [5] * 300])
    first, second = np.array([0, 0, 0, 2, 4]), np.array([1, 2, 3, 2, 4])
    found = longest_run(words.table(first), words.table(second), 12)
    assert found.tolist() == [4, 0, 0, 0, 12]


@pytest.mark.parametrize(
    ("a", "b", "close"), [(50, 51, True), (50, 51.1, False), (0, 0, True), (0, 1, False)]
)
def test_amounts_are_one_where_they_differ_by_a_fiftieth(a: float, b: float, close: bool) -> None:
    amounts = Lists([[a], [b, 1e9], []], np.float64)
    one = amounts.table(np.array([0, 0])), amounts.table(np.array([1, 2]))
    assert any_close(*one, 0.02).tolist() == [close, False]
