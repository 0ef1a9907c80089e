"""Looking for open items by words, and counting them, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.records import Extraction
from claims.review.decisions import DecisionKind as Kind
from claims.store import Store
from claims.store.decision_log import Draft
from claims.store.queue_rows import Only, Order, Wanted
from tests.store.making import attribution, document, found, span


@pytest.fixture
def filled(store: Store) -> Store:
    missed = attribution((span("the union"),), source=(span("she"),), cue=(span("meant"),),
                         speaker="Brandmoor", confidence=0.2)  # fmt: skip
    store.save(document(), replace(found(), candidates=(missed,)))
    return store


def words(store: Store, asked: str, **more: object) -> list[str]:
    return [row.words for row in store.waiting(Wanted(words=asked, **more))]  # type: ignore[arg-type]


def test_all_words_must_be_there_in_content_speaker_or_name(filled: Store) -> None:
    quay = "the northern quay will open in May"
    assert words(filled, "NORTHERN") == [quay]
    assert words(filled, "northern brandmoor") == [quay]
    assert words(filled, "northern union") == []
    assert len(words(filled, "QUAY.txt")) == 3
    assert words(filled, "%") == [] == words(filled, "_____")
    assert words(filled, "union", only=Only.MISSED) == ["the union"]


def test_the_count_is_of_the_same_items_whatever_is_asked(filled: Store) -> None:
    first, second, _ = (row.key for row in filled.waiting())
    filled.hold(first, "bob")
    filled.assign([second], "cy", by="cy")
    filled.decide(Draft(filled.waiting()[-1].key, Kind.UNSURE, "ann"))
    wanted = [
        Wanted(order=order, only=only, speaker=speaker, words=asked, reviewer=reviewer, mine=mine)
        for order in (Order.VALUE, Order.NEWEST)
        for only in (None, *Only)
        for speaker in (None, "union")
        for asked in (None, "any date")
        for reviewer, mine in ((None, False), ("ann", False), ("bob", False), ("cy", True))
    ]
    for one in wanted:
        assert filled.progress(one).open == len(filled.waiting(one)), one
    assert [row.key for row in filled.waiting(Wanted(reviewer="ann"))] == []
    assert [row.key for row in filled.waiting(Wanted(reviewer="cy", mine=True))] == [second]


def test_an_accepted_candidate_can_be_taken_back(filled: Store) -> None:
    (candidate,) = filled.waiting(Wanted(only=Only.MISSED))
    made = filled.decide(Draft(candidate.key, Kind.ACCEPT, "ann"))
    filled.undo(made.id, by="ann")
    assert [row.key for row in filled.waiting(Wanted(only=Only.MISSED))] == [candidate.key]
    assert filled.differences() == []


def test_nothing_is_found_where_nothing_was_saved(store: Store) -> None:
    store.save(document(), Extraction((), (), found().model))
    assert words(store, "quay") == []
