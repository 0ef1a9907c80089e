"""The projection follows from predictions and log alone, whatever was decided and taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from claims.records import Act, Framing, Span, Stance
from claims.review.decisions import Decision, DecisionKind, in_force, state_of
from claims.review.items import ItemKey, Status
from claims.review.projection import Reading, project
from claims.review.values import Values

KEY = ItemKey.parse("a1:10-14")
START = datetime(2030, 1, 1, tzinfo=UTC)


CUE = Span(10, 14)


def values(stance: Stance = Stance.ASSERTS, cue: Span = CUE) -> Values:
    return Values(
        (Span(0, 9),), (cue,), (Span(15, 30),), stance, Act.STATEMENT, Framing.NEUTRAL, "Ida Lund"
    )


def decision(number: int, kind: DecisionKind, **more: object) -> Decision:
    plain: dict[str, object] = {
        "item": KEY, "seen": values(), "patch": None, "reverts": None, "run_id": 1,
        "attribution_id": 1, "is_opinion": False, "note": "", "by": "ann",
    }  # fmt: skip
    if kind is DecisionKind.CORRECT:
        plain["patch"] = {"stance": "denies"}
    at = START + timedelta(minutes=number)
    return Decision(id=number, seq=number, kind=kind, at=at, **{**plain, **more})  # type: ignore[arg-type]


ACTIONS = st.sampled_from(
    [DecisionKind.ACCEPT, DecisionKind.CORRECT, DecisionKind.REJECT, DecisionKind.UNSURE, "undo"]
)


@given(st.lists(st.tuples(ACTIONS, st.integers(0, 30), st.booleans()), max_size=25))
def test_reverts_come_to_what_a_stack_of_decisions_would(
    actions: list[tuple[DecisionKind | str, int, bool]],
) -> None:
    log: list[Decision] = []
    holds: dict[int, bool] = {}
    for action, which, is_opinion in actions:
        number = len(log) + 1
        if isinstance(action, DecisionKind):
            log.append(decision(number, action, is_opinion=is_opinion))
            holds[number] = True
            continue
        free = [d.id for d in log if not any(o.reverts == d.id for o in log)]
        if not free:
            continue
        target = free[which % len(free)]
        log.append(decision(number, DecisionKind.REVERT, reverts=target))
        holds[number] = True
        # A model of its own: a revert turns what it names off, and what that turned off on.
        at: int | None = target
        while at is not None:
            holds[at] = not holds[at]
            at = next(d.reverts for d in log if d.id == at)
    expected = [d.id for d in log if holds[d.id] and d.kind is not DecisionKind.REVERT]
    assert [d.id for d in in_force(log)] == expected
    governing = [d for d in in_force(log) if not d.is_opinion]
    state = state_of(log)
    assert state.decision == (governing[-1] if governing else None)
    if not governing:
        assert state.status is Status.MACHINE


@given(st.permutations(range(4)))
def test_readings_find_their_decided_items_in_any_order(order: list[int]) -> None:
    cues = [Span(10, 14), Span(40, 44), Span(70, 74), Span(100, 104)]
    readings = [Reading(values(cue=cues[n]), 0.9, 2, n + 1) for n in order]
    items = project(1, readings, [], [decision(1, DecisionKind.ACCEPT)], 2)
    decided = next(item for item in items if item.key == KEY)
    assert decided.reading is not None
    assert decided.reading.values.cue == (Span(10, 14),)
    assert [item.key.span for item in items] == cues


def test_a_reading_with_a_longer_cue_is_the_decided_item() -> None:
    newer = Reading(values(cue=Span(8, 14)), 0.9, 2, 7)
    (item,) = project(1, [newer], [], [decision(1, DecisionKind.ACCEPT)], 2)
    assert (item.key, item.state.status, item.why) == (KEY, Status.CONFIRMED, "disagrees")
    assert item.kept == values()


def test_a_reading_elsewhere_is_an_item_of_its_own() -> None:
    newer = Reading(values(cue=Span(31, 35)), 0.9, 2, 7)
    items = project(1, [newer], [], [decision(1, DecisionKind.ACCEPT)], 2)
    assert [(i.state.status, i.why) for i in items] == [
        (Status.CONFIRMED, "lost"),
        (Status.MACHINE, "new"),
    ]


def test_two_attributions_of_one_cue_are_two_items() -> None:
    readings = [Reading(values(), 0.9, 1, n) for n in (1, 2)]
    items = project(1, readings, [], [], 1)
    assert [str(item.key) for item in items] == ["a1:10-14", "a1:10-14/2"]


def test_a_rejected_candidate_stays_away_and_a_closed_sentence_offers_none() -> None:
    candidate = Reading(values(), 0.2, 1, candidate_id=3)
    (offered,) = project(1, [], [candidate], [], 1)
    assert (offered.state.status, offered.why) == (Status.MISSED, "missed")
    (rejected,) = project(1, [], [candidate], [decision(1, DecisionKind.REJECT)], 1)
    assert (rejected.state.status, rejected.why) == (Status.REJECTED, "")
    closed = decision(1, DecisionKind.COMPLETE, item=ItemKey.parse("s1:0-31"), seen=None)
    assert [str(i.key) for i in project(1, [], [candidate], [closed], 1)] == ["s1:0-31"]


@given(st.integers(0, 9**6), st.integers(0, 9**6), st.integers(1, 99), st.integers(1, 9))
def test_a_key_is_read_as_it_is_written(owner: int, start: int, length: int, nth: int) -> None:
    for words in (f"a{owner}:{start}-{start + length}" + (f"/{nth}" if nth > 1 else ""),
                  f"s{owner}:{start}-{start + length}", f"t{owner}", f"c{owner}"):  # fmt: skip
        assert str(ItemKey.parse(words)) == words
