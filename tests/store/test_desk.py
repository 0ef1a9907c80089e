"""What editors decide governs the record, at once, on SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.errors import StoreError
from claims.records import Act, Attribution, Span, Stance
from claims.review.decisions import DecisionKind as Kind
from claims.review.items import ItemKey, ItemKind, Status
from claims.store import Filter, Store
from claims.store.decision_log import DecidedMeanwhileError, Draft
from claims.store.queue_rows import Only, Order, Wanted
from claims.store.rows import AttributionRow
from tests.store.making import NEWER, TEXT, document, found, span

HEDGES: dict[str, object] = {"stance": "hedges"}


def kept(store: Store) -> dict[str, AttributionRow]:
    return {row.cue_words: row for row in store.attributions()}


def key_of(store: Store, cue: str) -> ItemKey:
    item = kept(store)[cue].item
    assert item is not None
    return ItemKey.parse(item)


@pytest.fixture
def filled(store: Store) -> Store:
    store.save(document(), found())
    return store


def consistent(store: Store) -> bool:
    return store.differences() == []


def test_what_is_read_waits_and_is_the_machines(filled: Store) -> None:
    waiting = filled.waiting()
    assert {(one.status, one.why) for one in waiting} == {(Status.MACHINE, "new")}
    assert len(waiting) == 3
    assert {row.status for row in filled.attributions()} == {Status.MACHINE}
    assert consistent(filled)


def test_a_rejected_row_is_printed_nowhere(filled: Store) -> None:
    key = key_of(filled, "denied")
    filled.decide(Draft(key, Kind.REJECT, "ann"))
    assert "denied" not in kept(filled)
    assert filled.attributions(Filter(stance=Stance.DENIES)) == []
    assert "denied" not in {row.cue_words for row in filled.article(1).attributions}
    assert "port union" not in {h.name for h in filled.heard()}
    assert filled.item(key).status is Status.REJECTED
    assert consistent(filled)


def test_a_correction_is_what_is_printed_and_found(filled: Store) -> None:
    key = key_of(filled, "said")
    patch = {"stance": "hedges", "speaker": "Port Union", "content": [[0, 16]]}
    made = filled.decide(Draft(key, Kind.CORRECT, "ann", patch=patch))
    row = kept(filled)["said"]
    assert (row.stance, row.speaker, row.content_words) == (
        Stance.HEDGES,
        "Port Union",
        "Harbour minister",
    )
    assert (row.status, row.reviewer, row.decision) == (Status.CORRECTED, "ann", made.id)
    assert row.act is Act.STATEMENT  # what wasn't corrected stays
    assert [r.id for r in filled.attributions(Filter(stance=Stance.HEDGES))] == [row.id]
    assert row.id in [r.id for r in filled.attributions(Filter(speaker="port UNION"))]
    assert row.id not in [r.id for r in filled.attributions(Filter(speaker="Brandmoor"))]
    assert consistent(filled)


def test_an_addition_stands_in_the_order_of_the_text(filled: Store) -> None:
    values = {
        "source": [list(span("she"))],
        "cue": [list(span("meant"))],
        "content": [list(span("the union"))],
        "stance": "asserts",
        "act": "statement",
        "framing": "neutral",
        "speaker": "Ilse Brandmoor",
    }
    made = filled.decide(Draft(key_of(filled, "said"), Kind.ADD, "ann", patch=values))
    row = kept(filled)["meant"]
    assert row.status is Status.ADDED
    assert row.id == -made.id
    assert row.content_words == "the union"
    assert row.model.name == "editor"
    assert [r.cue_words for r in filled.attributions()][-1] == "meant"
    assert [r.cue_words for r in filled.attributions(Filter(confirmed_only=True))] == ["meant"]
    assert consistent(filled)
    with pytest.raises(StoreError, match="there already"):
        filled.decide(Draft(key_of(filled, "said"), Kind.ADD, "bob", patch=values))


def test_an_undone_undo_is_the_decision_again(filled: Store) -> None:
    key = key_of(filled, "denied")
    rejected = filled.decide(Draft(key, Kind.REJECT, "ann"))
    undone = filled.undo(rejected.id, by="ann")
    assert "denied" in kept(filled)
    filled.undo(undone.id, by="bob")
    assert "denied" not in kept(filled)
    with pytest.raises(StoreError, match="taken back before"):
        filled.undo(rejected.id, by="bob")
    assert consistent(filled)


def test_the_second_of_two_editors_is_told_what_the_first_decided(filled: Store) -> None:
    key = key_of(filled, "denied")
    seen = filled.item(key).expect
    filled.decide(Draft(key, Kind.REJECT, "ann", note="misread", expect=seen))
    with pytest.raises(DecidedMeanwhileError, match="reject by ann") as caught:
        filled.decide(Draft(key, Kind.ACCEPT, "bob", expect=seen))
    assert [d.note for d in caught.value.decisions] == ["misread"]
    assert len(filled.decisions()) == 1
    filled.decide(Draft(key, Kind.ACCEPT, "bob", expect=filled.item(key).expect))
    assert kept(filled)["denied"].reviewer == "bob"
    assert [d.by for d in filled.decisions(key)] == ["ann", "bob"]


def test_a_decision_carries_over_to_a_newer_model(filled: Store) -> None:
    key = key_of(filled, "denied")
    filled.decide(Draft(key, Kind.CORRECT, "ann", patch={"stance": "doubts"}))
    filled.save(document(), found(NEWER))
    row = kept(filled)["denied"]
    assert (row.stance, row.status, row.model) == (Stance.DOUBTS, Status.CORRECTED, NEWER)
    assert str(key) not in {str(one.key) for one in filled.waiting()}  # it reads what ann saw
    assert consistent(filled)


def test_where_a_newer_model_disagrees_the_decision_stands_and_is_queued(filled: Store) -> None:
    key = key_of(filled, "denied")
    filled.decide(Draft(key, Kind.ACCEPT, "ann"))
    extraction = found(NEWER)
    first, second, third = extraction.attributions
    other = replace(second, stance=Stance.DOUBTS, cue=(span("union denied"),))
    filled.save(document(), replace(extraction, attributions=(first, other, third)))
    row = kept(filled)["denied"]
    assert row.stance is Stance.DENIES
    waiting = {str(one.key): one.why for one in filled.waiting()}
    assert waiting[str(key)] == "disagrees"
    assert len(filled.attributions()) == 3  # the two readings are one item
    assert consistent(filled)


def test_what_a_newer_model_loses_is_printed_and_queued(filled: Store) -> None:
    key = key_of(filled, "denied")
    filled.decide(Draft(key, Kind.ACCEPT, "ann"))
    filled.save(document(), replace(found(NEWER), attributions=found().attributions[:1]))
    assert kept(filled)["denied"].status is Status.CONFIRMED
    assert {str(one.key): one.why for one in filled.waiting()}[str(key)] == "lost"
    assert consistent(filled)


def test_candidates_are_never_printed_until_they_are_accepted(filled: Store) -> None:
    assert "meant" not in kept(filled)
    (missed,) = filled.waiting(Wanted(only=Only.MISSED))
    assert missed.words == "the union"
    assert missed.key not in {one.key for one in filled.waiting()}
    filled.decide(Draft(missed.key, Kind.ACCEPT, "ann"))
    assert kept(filled)["meant"].status is Status.CONFIRMED
    assert filled.waiting(Wanted(only=Only.MISSED)) == []
    assert consistent(filled)


def test_a_text_is_complete_only_when_nothing_in_it_waits(filled: Store) -> None:
    text = ItemKey(ItemKind.TEXT, key_of(filled, "said").owner)
    with pytest.raises(StoreError, match="3 undecided"):
        filled.decide(Draft(text, Kind.COMPLETE, "ann"))
    for cue in ("said", "denied", "reported"):
        filled.decide(Draft(key_of(filled, cue), Kind.ACCEPT, "ann"))
    filled.decide(Draft(text, Kind.COMPLETE, "ann"))
    assert filled.item(text).status is Status.COMPLETE
    assert filled.waiting(Wanted(only=Only.MISSED)) == []  # nothing was missed, says the editor
    assert consistent(filled)


@pytest.mark.parametrize(
    ("kind", "patch", "message"),
    [
        (Kind.CORRECT, {"stance": "denies"}, "changes nothing"),
        (Kind.CORRECT, {"stance": "refutes"}, "no stance"),
        (Kind.CORRECT, {"content": [[0, 5000]]}, "isn't in the text"),
        (Kind.CORRECT, {"content": []}, "needs a cue and a content"),
        (Kind.CORRECT, {"cue": [[5, 9], [7, 12]]}, "overlap"),
        (Kind.CORRECT, {"speaker": " "}, "needs a name"),
        (Kind.CORRECT, {"tone": "harsh"}, "no field 'tone'"),
        (Kind.CORRECT, {"speaker": "X", "source_ids": ["nobody"]}, "no source 'nobody'"),
        (Kind.COMPLETE, None, "is an attribution"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_leaves_nothing(
    filled: Store, kind: Kind, patch: dict[str, object] | None, message: str
) -> None:
    with pytest.raises(StoreError, match=message):
        filled.decide(Draft(key_of(filled, "denied"), kind, "ann", patch=patch))
    assert filled.decisions() == []
    assert consistent(filled)


def test_an_unknown_item_and_a_nameless_editor_are_refused(filled: Store) -> None:
    with pytest.raises(StoreError, match="no item"):
        filled.decide(Draft(ItemKey.parse("a1:1-2"), Kind.ACCEPT, "ann"))
    with pytest.raises(StoreError, match="no such text"):
        filled.decide(Draft(ItemKey.parse("a99:1-2"), Kind.ACCEPT, "ann"))
    with pytest.raises(StoreError, match="needs the name"):
        filled.decide(Draft(key_of(filled, "said"), Kind.ACCEPT, " "))
    with pytest.raises(StoreError, match="no decision 7"):
        filled.undo(7, by="ann")


def test_what_one_has_on_the_screen_is_not_offered_to_another(filled: Store) -> None:
    first = filled.waiting(limit=1)[0].key
    assert filled.hold(first, "ann") is None
    assert filled.hold(first, "bob") == "ann"
    assert first in {one.key for one in filled.waiting(Wanted(reviewer="ann"))}
    assert first not in {one.key for one in filled.waiting(Wanted(reviewer="bob"))}
    filled.release("ann")
    assert first in {one.key for one in filled.waiting(Wanted(reviewer="bob"))}


def test_assigned_items_are_the_assignees_alone(filled: Store) -> None:
    first, *_ = filled.waiting()
    filled.assign([first.key], "bob", by="ann")
    assert first.key not in {one.key for one in filled.waiting(Wanted(reviewer="ann"))}
    mine = filled.waiting(Wanted(reviewer="bob", mine=True))
    assert [one.key for one in mine] == [first.key]
    filled.assign([first.key], None, by="ann")
    assert len(filled.waiting(Wanted(reviewer="ann"))) == 3
    with pytest.raises(StoreError, match="no item"):
        filled.assign([ItemKey.parse("a9:1-2")], "bob", by="ann")


def test_what_one_left_as_unsure_waits_for_others(filled: Store) -> None:
    key = key_of(filled, "said")
    filled.decide(Draft(key, Kind.UNSURE, "ann"))
    assert key not in {one.key for one in filled.waiting(Wanted(reviewer="ann"))}
    assert key in {one.key for one in filled.waiting(Wanted(reviewer="bob"))}
    assert kept(filled)["said"].status is Status.UNSURE


def test_a_second_reading_changes_nothing_and_queues_what_it_differs_on(filled: Store) -> None:
    key = key_of(filled, "said")
    filled.decide(Draft(key, Kind.ACCEPT, "ann"))
    assert filled.second_readings("ann", 1.0) == []
    assert filled.second_readings("bob", 1.0) == [key]
    assert filled.second_readings("bob", 0.0) == []
    filled.decide(Draft(key, Kind.REJECT, "bob", is_opinion=True))
    assert kept(filled)["said"].status is Status.CONFIRMED
    disputed = filled.waiting(Wanted(only=Only.DISAGREEMENTS))
    assert [(one.key, one.why) for one in disputed] == [(key, "opinion")]
    filled.decide(Draft(key, Kind.ACCEPT, "cid"))
    assert filled.waiting(Wanted(only=Only.DISAGREEMENTS)) == []
    assert consistent(filled)


def test_orders_and_parts_of_the_queue(filled: Store) -> None:
    by_value = filled.waiting(Wanted(order=Order.VALUE))
    assert [one.value for one in by_value] == sorted((o.value for o in by_value), reverse=True)
    doubtful = filled.waiting(Wanted(order=Order.UNCERTAINTY))
    assert [o.uncertainty for o in doubtful] == sorted(
        (o.uncertainty for o in doubtful), reverse=True
    )
    assert len(filled.waiting(Wanted(order=Order.NEWEST), limit=2)) == 2
    assert [o.stance for o in filled.waiting(Wanted(only=Only.STANCE))] == ["denies"]
    assert [o.speaker for o in filled.waiting(Wanted(speaker="gazette"))] == ["Tideway Gazette"]
    assert filled.waiting(Wanted(article=2)) == []


def test_a_takedown_takes_what_was_seen_and_corrected(filled: Store) -> None:
    key = key_of(filled, "said")
    filled.decide(Draft(key, Kind.CORRECT, "ann", patch={"speaker": "Ida Lund"}, note="Lund"))
    filled.purge(1, reason="a court's order", by="the desk")
    (log,) = filled.decisions()
    assert (log.by, log.kind, log.seen, log.patch, log.note) == (
        "ann",
        Kind.CORRECT,
        None,
        None,
        "",
    )
    assert filled.waiting() == []
    assert filled.attributions() == []
    assert consistent(filled)


def test_what_stands_unchanged_in_a_newer_text_stays_decided(store: Store) -> None:
    url = "https://news.example/quay"
    store.save(document(url=url), found())
    made = store.decide(Draft(key_of(store, "said"), Kind.CORRECT, "ann", patch=HEDGES))
    store.decide(Draft(key_of(store, "denied"), Kind.REJECT, "ann"))
    store.decide(Draft(key_of(store, "reported"), Kind.ACCEPT, "ann"))
    newer = "Updated. " + TEXT.replace("any date was agreed", "a date was agreed")
    moved = [moved_by(a, 9, newer) for a in found().attributions[:1]]
    store.save(document(newer, url=url), replace(found(NEWER), attributions=tuple(moved)))
    row = kept(store)["said"]
    assert (row.version, row.stance, row.status) == (2, Stance.HEDGES, Status.CORRECTED)
    assert row.content_words == "the northern quay will open in May"
    assert "reported" not in kept(store)  # its words were changed: it is to be read anew
    assert consistent(store)
    undone = store.undo(made.id, by="bob")
    assert kept(store)["said"].status is Status.MACHINE
    assert consistent(store)
    store.undo(undone.id, by="bob")
    assert kept(store)["said"].stance is Stance.HEDGES
    assert consistent(store)


def moved_by(one: Attribution, shift: int, text: str) -> Attribution:
    """The same attribution `shift` characters further on."""
    source, cue, content = (
        tuple(Span(s.start + shift, s.end + shift) for s in spans)
        for spans in (one.source, one.cue, one.content)
    )
    assert text[cue[0].start : cue[0].end] == "said"
    return replace(one, source=source, cue=cue, content=content, speakers=())
