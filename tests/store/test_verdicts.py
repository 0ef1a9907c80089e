"""Verdicts are only ever added, stay with their claim, and go with the article they quote."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from claims.errors import StoreError
from claims.matching.deciding import ClaimDecisionKind
from claims.records import ModelInfo, Span
from claims.review.scales import FIVE, THREE
from claims.review.verdicts import Given, PlaceGiven, TextEvidence, Verdict, WebEvidence
from claims.store import Store
from tests import making_claims
from tests.making_claims import COURIER, POST, Filled, fill, group
from tests.store.making import span

PAGE = WebEvidence("https://register.example/crossings?day=16")


def rate(
    store: Store,
    claim: int,
    rating: str = "mostly true",
    *,
    evidence: tuple[Given, ...] = (PAGE,),
    by: str = "the desk",
    because: str = "the border register has 38 names",
) -> Verdict:
    given = FIVE.rating(rating)
    return store.add_verdict(claim, given, FIVE, because=because, evidence=evidence, by=by)


@pytest.fixture
def filled(store: Store) -> Filled:
    return fill(store)


def in_force(store: Store, claim: int) -> str | None:
    row = store.claim(claim)
    assert row is not None
    listed = {one.id: one.verdict for one in store.claims()}
    assert listed[row.id] == row.verdict
    return row.verdict.label if row.verdict else None


def test_a_verdict_comes_back_with_its_scale_and_the_words_of_its_evidence(
    store: Store, filled: Filled
) -> None:
    words = span("any guards had crossed", COURIER)
    place = PlaceGiven(filled.articles["courier"], words)
    made = rate(store, filled.guards, evidence=(PAGE, place, PAGE))
    (one,) = store.verdicts(filled.guards)
    assert one.verdict == made
    assert (one.claim_id, one.holds, one.governs) == (filled.guards, True, True)
    assert (made.rating, made.scale) == (FIVE.rating("mostly true"), FIVE)
    assert made.words == "that 40 guards had crossed the Ivara bridge on Monday"
    page, passage = made.evidence
    assert page == PAGE
    assert isinstance(passage, TextEvidence)
    assert (passage.article_id, passage.span) == (filled.articles["courier"], words)
    assert (passage.exact, passage.version, passage.is_newest) == (
        "any guards had crossed", 1, True,
    )  # fmt: skip
    assert made.at.tzinfo is not None
    assert in_force(store, filled.guards) == "mostly true"
    assert in_force(store, filled.unarmed) is None
    assert store.verdicts(filled.unarmed) == []


def test_the_last_governs_and_undoing_and_undoing_that_works(store: Store, filled: Filled) -> None:
    first = rate(store, filled.guards, "false", by="Ada")
    second = rate(store, filled.guards, "true", by="Bo")
    assert in_force(store, filled.guards) == "true"
    undo = store.revert_verdict(second.id, by="Ada", because="the register was misread")
    assert in_force(store, filled.guards) == "false"
    again = store.revert_verdict(undo.id, by="Bo")
    assert in_force(store, filled.guards) == "true"
    log = store.verdicts(filled.guards)
    assert [(o.verdict.label, o.verdict.reverts, o.verdict.by) for o in log] == [
        ("false", None, "Ada"), ("true", None, "Bo"), ("", second.id, "Ada"), ("", undo.id, "Bo"),
    ]  # fmt: skip
    assert [(o.holds, o.governs) for o in log] == [
        (True, False), (True, True), (False, False), (False, False),
    ]  # fmt: skip
    with pytest.raises(StoreError, match=f"verdict {undo.id} was taken back before, by {again.id}"):
        store.revert_verdict(undo.id, by="Ada")
    store.revert_verdict(again.id, by="Ada")
    store.revert_verdict(first.id, by="Ada")
    assert in_force(store, filled.guards) is None
    assert len(store.verdicts()) == len(store.verdicts(filled.guards)) == 6


@pytest.mark.parametrize(
    ("evidence", "told"),
    [
        ((), "a verdict needs evidence"),
        ((PlaceGiven(99, Span(0, 3)),), "there is no article 99"),
        ((PlaceGiven(1, Span(0, 10_000)),), r"article 1 has no words at 0-10000 \(its text has"),
        ((PlaceGiven(1, Span(5, 5)),), "no words at 5-5"),
        ((PlaceGiven(1, Span(9, 3)),), "no words at 9-3"),
        ((PlaceGiven(1, Span(3, 4)),), "no words at 3-4"),
    ],
)
def test_evidence_that_is_not_there_is_refused(
    store: Store, filled: Filled, evidence: tuple[Given, ...], told: str
) -> None:
    with pytest.raises(StoreError, match=told) as caught:
        rate(store, filled.guards, evidence=evidence)
    assert caught.value.repair
    assert store.verdicts() == []


def test_what_else_cannot_be_given_is_said(store: Store, filled: Filled) -> None:
    for told, by, because in (("the name", " ", "x"), ("its reasons", "Ada", " \n")):
        with pytest.raises(StoreError, match=told):
            rate(store, filled.guards, by=by, because=because)
    with pytest.raises(StoreError, match="there is no claim 99"):
        rate(store, 99)
    with pytest.raises(StoreError, match="there is no verdict 7"):
        store.revert_verdict(7, by="Ada")
    rate(store, filled.guards)
    with pytest.raises(StoreError, match="the name"):
        store.revert_verdict(1, by="")


def test_a_verdict_stays_with_its_claim_when_all_is_read_and_grouped_anew(
    store: Store, filled: Filled
) -> None:
    rate(store, filled.guards)
    store.regroup(making_claims.comparing(making_claims.CHOSEN), 0.0, again=True)
    assert in_force(store, filled.guards) == "mostly true"
    newer = ModelInfo("small", "b" * 64)
    making_claims.save(
        store, [(made, replace(found, model=newer)) for made, found in making_claims.articles()]
    )
    group(store)
    assert in_force(store, filled.guards) == "mostly true"
    assert [one.claim_id for one in store.verdicts()] == [filled.guards]


def test_a_verdict_stays_when_a_newer_text_of_the_article_has_the_same_words(
    store: Store, filled: Filled
) -> None:
    rate(store, filled.guards)
    made, found = making_claims.articles()[0]
    longer, more = "Corrected. " + POST, len("Corrected. ")

    def moved(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(Span(s.start + more, s.end + more) for s in spans)

    given = making_claims._given(longer, "post", "Harbour Post", "2024-09-21")[0]
    attributions = tuple(
        replace(one, source=moved(one.source), cue=moved(one.cue), content=moved(one.content),
                speakers=(), carriers=())
        for one in found.attributions
    )  # fmt: skip
    saved = store.save(replace(given, url=made.url), replace(found, attributions=attributions))
    assert saved.status == "changed"
    group(store)
    assert in_force(store, filled.guards) == "mostly true"


def test_claims_that_are_joined_have_the_verdicts_of_both(store: Store, filled: Filled) -> None:
    rate(store, filled.unarmed, "unproven")
    a, b = (store.claim(number) for number in (filled.guards, filled.unarmed))
    assert a is not None
    assert b is not None
    store.decide_claim(
        ClaimDecisionKind.MERGE, place=a.clearest.passage, other=b.clearest.passage, by="Ada"
    )
    store.regroup(making_claims.comparing(making_claims.CHOSEN), 0.0)
    kept, gone = min(filled.guards, filled.unarmed), max(filled.guards, filled.unarmed)
    assert in_force(store, kept) == "unproven"
    assert store.verdicts(gone) == store.verdicts(kept) != []


def test_a_verdict_is_on_the_innermost_of_two_statements_at_its_place(
    store: Store, filled: Filled
) -> None:
    made, found = making_claims.articles()[0]
    said = found.attributions[0]
    outer = replace(said, content=(Span(0, said.content[0].end),), cue=said.cue, source=())
    newer = replace(
        found, model=ModelInfo("small", "c" * 64), attributions=(*found.attributions, outer)
    )
    rate(store, filled.guards)
    store.save(made, newer)
    group(store)
    assert in_force(store, filled.guards) == "mostly true"
    assert sum(one.verdict is not None for one in store.claims()) == 1


def test_a_verdict_keeps_the_scale_it_was_given_on(store: Store, filled: Filled) -> None:
    store.add_verdict(
        filled.guards, THREE.rating("Misleading"), THREE, because="x", evidence=(PAGE,), by="Ada"
    )
    (one,) = store.verdicts()
    assert one.verdict.scale == THREE
    assert one.verdict.label == "misleading"


def test_a_purge_takes_words_reasons_and_evidence_and_leaves_the_rating(
    store: Store, filled: Filled
) -> None:
    courier = filled.articles["courier"]
    rate(store, filled.guards, evidence=(PlaceGiven(courier, span("on Tuesday", COURIER)),))
    store.revert_verdict(1, by="Ada")
    kept = rate(store, filled.unarmed)
    store.purge(courier, reason="r", by="b")
    assert store.verdicts()[0].verdict.evidence[0].exact == ""  # type: ignore[union-attr]
    store.purge(filled.articles["post"], reason="r", by="b")
    first, _undo, last = store.verdicts()
    assert (first.verdict.words, first.verdict.because, first.verdict.evidence) == (None, "", ())
    assert (first.verdict.label, first.claim_id, first.governs) == ("mostly true", None, False)
    assert (last.verdict.id, last.verdict.because) == (kept.id, "")
    with store._engine.connect() as connection:
        stored = str(connection.execute(text("SELECT * FROM verdict")).all())
    assert "register" not in stored
    assert "guards" not in stored


def test_an_article_that_was_taken_down_is_no_evidence(store: Store, filled: Filled) -> None:
    store.purge(filled.articles["courier"], reason="r", by="b")
    with pytest.raises(StoreError, match="was taken down and can't be evidence"):
        rate(store, filled.guards, evidence=(PlaceGiven(filled.articles["courier"], Span(0, 3)),))
