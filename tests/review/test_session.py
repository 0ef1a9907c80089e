"""A session without a screen: moving, deciding, undoing, and others who decide beside it."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.errors import ClaimsError, StoreError
from claims.records import Span
from claims.review import claim_changes, tally
from claims.review.decisions import Decision
from claims.review.decisions import DecisionKind as Kind
from claims.review.items import ItemKey, ItemKind, Status
from claims.review.session import RECOUNT, Session
from claims.store import Store
from claims.store.decision_log import Draft
from claims.store.queue_rows import ItemView, Only, Queued, Wanted
from tests.review.making import Clock, copied, many, read_anew, session
from tests.store.making import NEWER, TEXT, attribution, document, found, span


def shown(one: Session) -> ItemView:
    assert one.view is not None
    return one.view


def go_to(one: Session, cue: str) -> ItemView:
    """The quay's item of a cue."""
    row = next(
        r for r in one.desk.attributions() if r.cue_words == cue and r.article_name == "quay.txt"
    )
    assert one.jump(ItemKey.parse(row.item))
    return shown(one)


def test_a_session_goes_through_the_queue_in_its_order(desk: Store) -> None:
    queue = [row.key for row in desk.waiting()]
    one = session(desk)
    keys = [shown(one).key]
    while one.next():
        keys.append(shown(one).key)
    assert keys == queue
    assert one.view is None
    assert not one.next()
    assert one.back()
    assert shown(one).key == queue[-1]


def test_a_decision_is_in_the_log_before_the_next_item_shows(desk: Store) -> None:
    one = session(desk)
    key = shown(one).key
    one.accept()
    assert [(d.item, d.kind, d.by) for d in desk.decisions()] == [(key, Kind.ACCEPT, "ann")]
    assert shown(one).key != key
    assert desk.item(key).status is Status.CONFIRMED


def test_a_correction_of_a_field_and_of_several_at_once(desk: Store) -> None:
    one = session(desk)
    view = go_to(one, "denied")
    one.correct({"stance": "doubts"})
    assert desk.item(view.key).values.stance.value == "doubts"  # type: ignore[union-attr]
    view = go_to(one, "said")
    one.stage({"stance": "hedges"})
    one.stage({"act": "prediction"})
    one.stage({"speaker": "Port Union"})
    assert set(one.staged) == {"stance", "act", "speaker"}
    one.accept()
    (made,) = desk.decisions(view.key)
    assert made.kind is Kind.CORRECT
    assert made.patch == {"stance": "hedges", "act": "prediction", "speaker": "Port Union"}
    assert one.staged == {}


def test_a_correction_that_changes_nothing_accepts(desk: Store) -> None:
    one = session(desk)
    view = go_to(one, "denied")
    one.stage({"stance": "asserts"})
    one.correct({"stance": "denies"})
    assert [d.kind for d in desk.decisions(view.key)] == [Kind.ACCEPT]


def test_a_wrong_correction_writes_nothing_and_stays(desk: Store) -> None:
    one = session(desk)
    view = go_to(one, "denied")
    with pytest.raises(ClaimsError):
        one.correct({"content": [[5, 5]]})
    with pytest.raises(ClaimsError):
        one.correct({"speaker": "  "})
    assert shown(one).key == view.key
    assert desk.decisions() == []


def test_the_note_goes_with_the_next_decision_and_no_further(desk: Store) -> None:
    one = session(desk)
    one.note = "twice in the text"
    one.reject()
    one.reject()
    assert [d.note for d in desk.decisions()] == ["twice in the text", ""]


def test_undo_takes_back_and_returns(desk: Store) -> None:
    one = session(desk)
    first = shown(one).key
    one.accept()
    second = shown(one).key
    one.reject()
    assert one.undo()
    assert shown(one).key == second
    assert one.undo()
    assert shown(one).key == first
    assert not one.undo()
    assert [d.kind for d in desk.decisions()] == [
        Kind.ACCEPT,
        Kind.REJECT,
        Kind.REVERT,
        Kind.REVERT,
    ]
    assert [row.key for row in desk.waiting()][:2] == [first, second]
    one.accept()
    assert shown(one).key == second


def test_what_was_passed_over_comes_once_more_if_asked(desk: Store) -> None:
    one = session(desk)
    passed = shown(one).key
    one.next()
    while one.view is not None:
        one.accept()
    assert one.summary().passed == 1
    assert one.restart()
    assert shown(one).key == passed
    one.accept()
    assert one.view is None
    assert desk.waiting() == []


def test_the_queue_is_never_loaded_whole(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int | None] = []
    waiting = Store.waiting

    def counting(self: Store, wanted: Wanted, *, limit: int | None = None) -> list[Queued]:
        asked.append(limit)
        return waiting(self, wanted, limit=limit)

    many(desk, 60)
    monkeypatch.setattr(Store, "waiting", counting)
    one = session(desk)
    for _ in range(30):
        one.accept()
    for _ in range(10):
        one.next()
    assert len(asked) == 3
    assert all(limit is not None and limit <= 40 for limit in asked)


def test_two_sessions_never_show_the_same_item(desk: Store) -> None:
    ann, bob = session(desk), session(desk, "bob")
    seen: list[ItemKey] = []
    while ann.view is not None or bob.view is not None:
        if ann.view is not None and bob.view is not None:
            assert ann.view.key != bob.view.key
        for one in (ann, bob):
            if one.view is not None:
                seen.append(one.view.key)
                one.accept()
    assert Counter(seen).most_common(1)[0][1] == 1
    assert desk.waiting() == []


def test_an_item_that_somebody_holds_is_passed_over_and_named(desk: Store) -> None:
    ann, bob = session(desk), session(desk, "bob")
    held = shown(bob).key
    assert not ann.jump(held)
    assert ann.notice == f"{held} is on the screen of bob"
    bob.leave()
    assert ann.jump(held)
    ann.leave()
    assert {row.held for row in desk.waiting()} == {None}


def test_who_decided_meanwhile_is_shown_and_nothing_is_lost(desk: Store) -> None:
    one = session(desk)
    view = go_to(one, "denied")
    desk.decide(Draft(view.key, Kind.CORRECT, "bob", "a date", patch={"stance": "hedges"}))
    one.note = "clear enough"
    one.reject()
    assert one.clash is not None
    assert [(d.by, d.note, d.kind) for d in one.clash.decisions] == [
        ("bob", "a date", Kind.CORRECT)
    ]
    assert len(desk.decisions(view.key)) == 1
    assert shown(one).key == view.key
    one.insist()
    assert one.clash is None
    assert [(d.by, d.note) for d in desk.decisions(view.key)] == [
        ("bob", "a date"),
        ("ann", "clear enough"),
    ]
    assert desk.item(view.key).status is Status.REJECTED


def test_whoever_insists_stands_for_what_was_on_the_screen(desk: Store) -> None:
    one = session(desk)
    view = go_to(one, "denied")
    desk.decide(Draft(view.key, Kind.CORRECT, "bob", patch={"stance": "hedges"}))
    one.accept()  # of "denies": not of what bob made of it
    one.insist()
    stands = desk.item(view.key)
    assert stands.values == view.values
    assert stands.decisions[-1].patch == {"stance": "denies"}


def test_after_a_clash_the_first_may_stand_or_be_looked_at(desk: Store) -> None:
    one = session(desk)
    view = go_to(one, "denied")
    desk.decide(Draft(view.key, Kind.CORRECT, "bob", patch={"stance": "hedges"}))
    one.note = "mine"
    one.correct({"stance": "doubts"})
    one.look_again()
    assert (shown(one).key, one.staged, one.note) == (view.key, {"stance": "doubts"}, "mine")
    assert shown(one).values.stance.value == "hedges"  # type: ignore[union-attr]
    desk.decide(Draft(view.key, Kind.ACCEPT, "bob"))
    one.accept()
    assert one.clash is not None
    one.keep()
    assert len(desk.decisions(view.key)) == 2
    assert shown(one).key != view.key


def test_an_item_settled_since_it_was_fetched_is_passed_over(desk: Store) -> None:
    one = session(desk)
    following = desk.waiting()[1].key
    desk.decide(Draft(following, Kind.ACCEPT, "bob"))
    one.next()
    assert shown(one).key == desk.waiting()[1].key != following


def test_a_second_reading_doesnt_show_the_first(desk: Store) -> None:
    first = session(desk)
    key = go_to(first, "denied").key
    first.correct({"stance": "doubts"})
    first.leave()
    second = session(desk, "bob", overlap=1.0)
    while not second.is_second:
        assert second.next()
    view = shown(second)
    assert view.key == key
    assert (view.status, view.decisions, view.why) == (Status.MACHINE, (), "second reading")
    assert view.values == view.machine
    assert view.row is not None
    assert (view.row.stance.value, view.row.reviewer) == ("denies", None)
    assert all(row.stance.value != "doubts" for row in view.article.attributions)  # type: ignore[union-attr]
    second.accept()  # of the model's reading: not of the first's correction
    made = desk.decisions(key)[-1]
    assert made.is_opinion
    assert made.values == view.values
    assert desk.item(key).values.stance.value == "doubts"  # type: ignore[union-attr]
    assert desk.item(key).why == "opinion"


def test_second_readings_are_the_share_that_was_asked_for(desk: Store) -> None:
    many(desk, 200)
    first = session(desk)
    for _ in range(100):
        first.accept()
    first.leave()
    second = session(desk, "bob", overlap=0.25)
    kinds = []
    for _ in range(40):
        kinds.append(second.is_second)
        second.accept()
    assert 8 <= sum(kinds) <= 11
    assert second.summary().second == sum(kinds)


def test_a_second_reading_is_written_though_the_first_decides_again(desk: Store) -> None:
    first = session(desk)
    key = go_to(first, "denied").key
    first.accept()
    second = session(desk, "bob", overlap=1.0)
    while not second.is_second:
        assert second.next()
    desk.decide(Draft(key, Kind.CORRECT, "ann", patch={"stance": "hedges"}))
    second.reject()
    assert second.clash is None
    assert desk.decisions(key)[-1].is_opinion


def test_editors_who_differ_are_shown_side_by_side(desk: Store) -> None:
    one = session(desk)
    key = go_to(one, "denied").key
    one.accept()
    desk.decide(Draft(key, Kind.CORRECT, "bob", patch={"stance": "hedges"}, is_opinion=True))
    third = session(desk, "cy", only=Only.DISAGREEMENTS)
    view = shown(third)
    assert (view.key, view.why) == (key, "opinion")
    assert third.other is not None
    who, values = third.other
    assert who == "bob"
    assert values is not None and values.stance.value == "hedges"
    third.take_other()
    assert desk.item(key).values.stance.value == "hedges"  # type: ignore[union-attr]
    assert desk.item(key).why == ""


def test_a_newer_model_that_differs_is_shown_and_can_be_taken(desk: Store) -> None:
    one = session(desk)
    key = go_to(one, "said").key
    one.accept()
    read_anew(desk)
    assert one.jump(key)
    assert shown(one).why == "disagrees"
    assert one.other is not None and one.other[0] == "the newer model"
    one.take_other()
    assert desk.item(key).values.stance.value == "hedges"  # type: ignore[union-attr]
    assert desk.item(key).why == ""


def test_what_an_editor_stands_for_is_kept_against_a_newer_model(desk: Store) -> None:
    one = session(desk)
    key = go_to(one, "said").key
    one.accept()
    read_anew(desk)
    assert one.jump(key)
    one.accept()
    assert desk.item(key).values.stance.value == "asserts"  # type: ignore[union-attr]
    assert desk.item(key).why == ""


def test_what_a_newer_model_lost_is_kept_or_rejected(desk: Store) -> None:
    one = session(desk)
    key = go_to(one, "reported").key
    one.accept()
    read_anew(desk)
    assert one.jump(key)
    assert shown(one).why == "lost"
    one.accept()
    assert desk.item(key).why == ""
    assert desk.item(key).status is Status.CONFIRMED


def test_what_was_missed_is_added_and_the_item_stays(desk: Store) -> None:
    one = session(desk)
    view = go_to(one, "said")
    assert view.values is not None
    values = view.values.patched(
        {"source": [list(span("she"))], "cue": [list(span("meant"))],
         "content": [list(span("the union"))], "speaker": "Ilse Brandmoor"}
    )  # fmt: skip
    made = one.add(values)
    assert shown(one).key == view.key
    assert made is not None and desk.item(made.item).status is Status.ADDED
    one.accept()
    assert one.undo() and one.undo()
    assert "meant" not in {row.cue_words for row in desk.attributions()}
    assert desk.differences() == []


def test_what_lies_under_the_threshold_is_offered_and_accepted(desk: Store) -> None:
    missed = attribution(
        (span("the union"),), source=(span("she"),), cue=(span("meant"),),
        speaker="Brandmoor", confidence=0.2,
    )  # fmt: skip
    desk.save(document(), replace(found(NEWER), candidates=(missed,)))
    one = session(desk, only=Only.MISSED)
    key = shown(one).key
    assert shown(one).row is None
    one.correct({"speaker": "Ilse Brandmoor"})
    assert desk.item(key).status is Status.CORRECTED
    assert "meant" in {row.cue_words for row in desk.attributions()}
    one.undo()
    assert shown(one).key == key
    assert "meant" not in {row.cue_words for row in desk.attributions()}


def test_a_sentence_or_a_text_is_closed_when_nothing_in_it_is_open(desk: Store) -> None:
    one = session(desk)
    view = go_to(one, "said")
    with pytest.raises(StoreError, match="undecided"):
        one.complete(whole=True)
    one.accept()
    assert one.jump(view.key)
    made = one.complete(whole=False)
    assert made is not None and made.item == ItemKey(ItemKind.SENTENCE, view.key.owner, Span(0, 72))
    for cue in ("denied", "reported"):
        go_to(one, cue)
        one.accept()
    one.jump(view.key)
    made = one.complete(whole=True)
    assert made is not None and made.item == ItemKey(ItemKind.TEXT, view.key.owner)


def test_claims_are_accepted_merged_and_taken_back(desk: Store) -> None:
    one = session(desk, only=Only.CLAIMS)
    view = shown(one)
    assert view.claim is not None
    one.accept()
    assert desk.item(view.key).status is Status.CONFIRMED
    one = session(desk)
    while shown(one).claim is None or shown(one).key.kind is ItemKind.CLAIM:
        one.next()
    claim = shown(one).claim
    assert claim is not None
    others = [c for c in desk.claims() if c.id != claim.id]
    one.changed_claim(claim_changes.merge(desk, claim, others[0], by="ann", note=""))
    one.changed_claim(claim_changes.reword(desk, claim, " Guards  crossed ", by="ann", note="x"))
    assert one.summary().claims == {"merge": 1, "reword": 1}
    one.undo()
    one.undo()
    kinds = [d.kind.value for d in desk.claim_decisions()]
    assert kinds == ["merge", "reword", "revert", "revert"]
    with pytest.raises(StoreError):
        claim_changes.merge(desk, claim, claim, by="ann", note="")


def test_a_member_is_split_off(desk: Store) -> None:
    claim = next(c for c in desk.claims() if len(c.members) > 1)
    made = claim_changes.split(desk, claim, claim.members[-1], by="ann", note="another bridge")
    assert (made.kind.value, made.note) == ("split", "another bridge")
    alone = next(c for c in desk.claims() if len(c.members) == 1)
    with pytest.raises(StoreError):
        claim_changes.split(desk, alone, alone.members[0], by="ann", note="")


def test_a_search_finds_open_items_by_words_speaker_and_claim(desk: Store) -> None:
    one = session(desk)
    assert {row.words for row in one.search("NORTHERN quay")} == {
        "the northern quay will open in May"
    }
    assert {row.speaker for row in one.search("odo pell")} == {"Odo Pell"}
    assert one.search("100%_") == []
    assert any(row.key.kind is ItemKind.CLAIM for row in one.search("guards"))
    (hit,) = one.search("any date Gazette")
    assert one.jump(hit.key)
    one.accept()
    assert one.search("any date Gazette") == []


def test_progress_rate_and_summary(desk: Store) -> None:
    clock = Clock()
    one = session(desk, clock=clock)
    one.recount()
    open_ = one.standing.left
    assert open_ == len(desk.waiting())
    for seconds in (10, 20, 60):
        clock.now += seconds
        one.accept()
    standing = one.standing
    assert (standing.done, standing.left) == (3, open_ - 3)
    assert standing.rate == pytest.approx(2.0)
    one.undo()
    assert (one.standing.done, one.standing.left) == (2, open_ - 2)
    summed = one.summary()
    assert (summed.decided, summed.undone, summed.each) == ({"accept": 2}, 1, 15.0)
    told = tally.lines(summed)
    assert told[0].startswith("2 decisions in 2 min, one in 15 s (median); ")
    assert tally.lines(session(desk, "bob").summary()) == ["nothing was decided in 0 s"]


def test_the_queue_is_counted_anew_from_time_to_time(desk: Store) -> None:
    many(desk, 40)
    one = session(desk)
    one.recount()
    for row in desk.waiting()[-3:]:
        desk.decide(Draft(row.key, Kind.ACCEPT, "bob"))
    for _ in range(RECOUNT):
        one.accept()
    assert one.standing.left == len(desk.waiting())


def test_nobody_decides_without_a_name(desk: Store) -> None:
    with pytest.raises(StoreError, match="name"):
        Session(desk, Wanted())


ACTS = st.sampled_from(
    ["accept", "reject", "unsure", "correct", "stage", "next", "back", "undo", "restart", "bob"]
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(ACTS, max_size=30))
def test_any_run_of_decisions_and_undos_leaves_the_record_as_the_log_says(
    filled_file: Path, acts: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder, copied(filled_file, Path(folder)) as store:
        one = session(store)
        bobs = 0
        for act in acts:
            if act == "bob":
                waiting = store.waiting(Wanted(reviewer="bob"))
                if waiting:
                    store.decide(Draft(waiting[0].key, Kind.ACCEPT, "bob"))
                    bobs += 1
            elif act in ("correct", "stage"):
                if one.values is not None and one.clash is None:
                    getattr(one, act)({"stance": "doubts"})
            elif one.view is not None or act in ("next", "back", "undo", "restart"):
                getattr(one, act)()
            if one.clash is not None:
                one.insist()
        log = store.decisions()
        assert store.differences() == []
        own = [d for d in log if d.by == "ann"]
        reverts = [d for d in own if d.kind is Kind.REVERT]
        stand = [m.decision for m in one.made if isinstance(m.decision, Decision)]
        assert [d.id for d in stand] == [
            d.id for d in own
            if d.kind is not Kind.REVERT and d.id not in {r.reverts for r in reverts}
        ]  # fmt: skip
        summed = one.summary()
        assert (summed.undone, summed.done) == (len(reverts), len(own) - 2 * len(reverts))
        assert len(log) == len(own) + bobs
        one.recount()
        assert one.standing.left == len(store.waiting(one.wanted))
        one.leave()
        assert {row.held for row in store.waiting()} <= {None}


def test_text_of_the_quay_is_as_the_tests_think() -> None:
    assert TEXT[0:72].endswith("in May.")
