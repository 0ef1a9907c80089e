"""Search finds words in contents and claims, on both databases, and keeps nothing of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.errors import StoreError
from claims.matching.deciding import ClaimDecisionKind, Passage
from claims.records import Span, Stance
from claims.store import Filter, Store, open_store
from claims.store.claim_rows import Found
from claims.store.terms import Term, read_terms
from tests import making_claims
from tests.store.making import document, found_in

EVERYTHING = Filter()


def search(store: Store, words: str, filter: Filter = EVERYTHING, limit: int = 20) -> Found:
    return store.search(read_terms([words]), filter, limit=limit)


def speakers(found: Found) -> list[str]:
    return [row.speaker for row in found.quotes]


@pytest.mark.parametrize(
    ("given", "terms"),
    [
        (["quay", "open"], [Term("quay"), Term("open")]),
        (['"no date" quay'], [Term("no date"), Term("quay")]),
        (["“no date”", "-quay"], [Term("no date"), Term("quay", wanted=False)]),
        (['-"no date"'], [Term("no date", wanted=False)]),
        (['"never closed'], [Term("never closed")]),
        (['quay"open"'], [Term("quay"), Term("open")]),
        (['* ( ) \' ; ^ : - -- "" \0 _'], []),
        (["Velmóra’s e-mail"], [Term("Velmora s"), Term("e mail")]),
        (["AND OR NOT NEAR"], [Term("AND"), Term("OR"), Term("NOT"), Term("NEAR")]),
        (["동무"], [Term("동무")]),
    ],
)
def test_reading_terms(given: Sequence[str], terms: list[Term]) -> None:
    assert list(read_terms(given)) == terms


def test_all_words_must_stand_in_a_quote_in_any_form(store: Store) -> None:
    making_claims.save(store)
    assert set(speakers(search(store, "guard bridges"))) == {
        "Velmora embassy", "Lena Marsh", "Tideway Ministry",
    }  # fmt: skip
    assert speakers(search(store, "GUARDS night")) == ["Lena Marsh"]
    assert speakers(search(store, "guards unarmed")) == []


def test_phrases_and_words_that_must_not_be_there(store: Store) -> None:
    making_claims.save(store)
    assert speakers(search(store, '"any guards"')) == ["Velmora embassy"]
    assert speakers(search(store, '"guards any"')) == []
    assert speakers(search(store, "guards -night -any")) == ["Tideway Ministry"]
    assert speakers(search(store, 'guards -"by night" -"any guards"')) == ["Tideway Ministry"]


def test_filters(store: Store) -> None:
    making_claims.save(store)
    for filter, names in (
        (Filter(speaker="marsh"), ["Lena Marsh"]),
        (Filter(stance=Stance.DENIES), ["Velmora embassy"]),
        (Filter(since=date(2024, 9, 23)), ["Lena Marsh"]),
        (Filter(outlet="harbour"), ["Tideway Ministry"]),
        (Filter(min_confidence=0.9), ["Tideway Ministry"]),
    ):
        assert speakers(search(store, "guards", filter)) == names


def test_a_short_quote_goes_before_a_long_one_and_equals_by_article(store: Store) -> None:
    texts = [
        "The lighthouse and the old northern quay and its cranes and ropes will stay.",
        "The lighthouse will stay.",
        "The lighthouse will stay!",
        "Nothing else.",
    ]
    for i, text in enumerate(texts):
        store.save(document(text, name=f"{i}.txt"), found_in(text, speaker=str(i)))
    assert speakers(search(store, "lighthouse")) == ["1", "2", "0"]
    found = search(store, "lighthouse", limit=2)
    assert (speakers(found), found.all_quotes) == (["1", "2"], 3)


def test_accents_do_not_count(store: Store) -> None:
    text = "Sénnat’s harbour is closed."
    store.save(document(text), found_in(text))
    for words in ("sennat", "Sénnat", "Sennat's", "se\u0301nnat"):
        assert search(store, words).all_quotes == 1, words


def test_words_in_compounds_are_words(store: Store) -> None:
    text = "Write to desk@post.example and/or the off-shore desk."
    store.save(document(text), found_in(text))
    for words in ("post", "example", "or", "and/or", '"off shore"', "off-shore", "shore", "desk"):
        assert search(store, words).all_quotes == 1, words


def test_claims_are_found_by_their_wordings_and_by_those_of_editors(store: Store) -> None:
    filled = making_claims.fill(store)
    found = search(store, "guards")
    assert [claim.id for claim in found.claims] == [filled.guards]
    assert len(found.claims[0].members) == 4
    claim = found.claims[0]
    assert search(store, "patrol").claims == ()
    member = claim.members[0]
    store.decide_claim(
        ClaimDecisionKind.REWORD,
        place=Passage(member.text_id, Span(member.quote.start, member.quote.end)),
        words="A Tideway patrol went over the bridge",
        by="Odo Pell",
    )
    (claim,) = search(store, "patrol").claims
    assert claim.wording == "A Tideway patrol went over the bridge"
    denied = Filter(stance=Stance.DENIES)
    assert [claim.id for claim in search(store, "patrol", denied).claims] == [filled.guards]
    assert search(store, "unarmed", denied).claims == ()
    assert [claim.id for claim in search(store, "unarmed").claims] == [filled.unarmed]


def test_only_the_newest_text_of_an_article_is_searched(store: Store) -> None:
    for text in ("The lighthouse will stay as it is.", "The lighthouse will go as it is."):
        store.save(document(text, url="https://post.example/1"), found_in(text))
    assert [r.content_words for r in search(store, "lighthouse").quotes] == [text]


def test_what_was_taken_down_is_not_found(store: Store) -> None:
    filled = making_claims.fill(store)
    store.purge(filled.articles["courier"], reason="a court's order", by="Odo Pell")
    found = search(store, "guards")
    assert "Velmora embassy" not in speakers(found)
    assert all(m.article.name != "courier" for claim in found.claims for m in claim.members)


def test_a_search_leaves_no_word_in_the_database(tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    with open_store(str(path)) as store:
        filled = making_claims.fill(store)
        assert search(store, "embassy OR denied -x").all_quotes == 0
        assert search(store, "guards any").all_quotes == 1
        store.purge(filled.articles["courier"], reason="r", by="b")
    for file in tmp_path.iterdir():
        assert b"any guards" not in file.read_bytes()


@pytest.mark.parametrize("words", ["", "***", "-guards", '-"a b"', '"" - *'])
def test_a_search_for_nothing_says_so(store: Store, words: str) -> None:
    with pytest.raises(StoreError, match="no word to look for"):
        search(store, words)


@given(st.text(max_size=30) | st.text(st.sampled_from("ab \"'*()-:^&|!<>\\%_;~@“”＂"), max_size=20))
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_words_are_an_error_of_syntax(lasting_store: Store, words: str) -> None:
    making_claims.save(lasting_store)  # unchanged after the first time
    search(lasting_store, f"guards {words}")
    if any(term.wanted for term in read_terms([f"{words} guards"])):  # not after `-"`
        search(lasting_store, f"{words} guards")
