"""Who asserts, denies and hedges a claim: no denier is ever counted among those who assert."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from claims.matching.grouping import Relation
from claims.records import Stance
from claims.reports.positions import Position, is_turned, position_of
from claims.store import Filter, Store
from claims.store.claim_rows import MemberRow
from tests.reports.conftest import weighed


def test_sides_counts_since_and_chains(filled: Store) -> None:
    guards = weighed(filled)[0]
    assert guards.who(Position.ASSERTS) == ("Tideway Ministry", "Lantern Weekly")
    assert guards.who(Position.HEDGES) == ("Lena Marsh",)
    assert guards.who(Position.OPPOSES) == ("Velmora embassy",)
    assert (guards.articles, guards.outlets, guards.since) == (3, 3, date(2024, 9, 21))
    assert guards.is_conflict
    assert not guards.is_single_origin
    assert guards.grounds.origins == ("Tideway Ministry", "Lantern Weekly", "Lena Marsh")
    assert guards.stands[0].chain == ("Tideway Ministry", "Tideway Wire", "Harbour Post")
    assert [s.position for s in guards.by_side] == [
        Position.ASSERTS, Position.ASSERTS, Position.HEDGES, Position.OPPOSES,
    ]  # fmt: skip


def test_the_most_carried_claim_is_first_and_a_filter_keeps_both_sides(filled: Store) -> None:
    assert [len(one.stands) for one in weighed(filled)] == [4, 1, 1]
    (found,) = weighed(filled, Filter(speaker="embassy"))
    assert len(found.stands) == 4


def test_what_is_doubtful_counts_for_nothing(filled: Store) -> None:
    guards = weighed(filled, min_confidence=0.8)[0]  # all but the ministry are under it
    assert guards.who(Position.OPPOSES) == ()
    assert not guards.is_conflict
    assert guards.since == date(2024, 9, 21)
    assert [s.is_doubtful for s in guards.stands] == [False, True, False, True]
    lone = weighed(filled, min_confidence=0.8)[1]
    assert lone.is_doubtful
    assert (lone.articles, lone.grounds.origins, lone.is_single_origin) == (0, (), False)


def member(store: Store, stance: Stance, relation: Relation) -> MemberRow:
    return replace(store.claims()[0].members[0], stance=stance, relation=relation)


@pytest.mark.parametrize(
    ("stance", "relation", "turned", "position", "speaks_for"),
    [
        (Stance.ASSERTS, Relation.SAME, False, Position.ASSERTS, True),
        (Stance.ASSERTS, Relation.UPDATES, False, Position.ASSERTS, True),
        (Stance.ASSERTS, Relation.OPPOSES, False, Position.OPPOSES, False),
        (Stance.DENIES, Relation.OPPOSES, False, Position.OPPOSES, False),
        (Stance.DENIES, Relation.SAME, False, Position.BY_DENIAL, False),
        (Stance.HEDGES, Relation.SAME, False, Position.HEDGES, True),
        (Stance.DOUBTS, Relation.SAME, False, Position.HEDGES, False),
        (Stance.HEDGES, Relation.OPPOSES, False, Position.HEDGES, False),
        (Stance.UNCOMMITTED, Relation.SAME, False, Position.UNCOMMITTED, False),
        # The words of the claim are what its clearest member denies.
        (Stance.DENIES, Relation.SAME, True, Position.OPPOSES, False),
        (Stance.ASSERTS, Relation.SAME, True, Position.OPPOSES, False),
        (Stance.ASSERTS, Relation.OPPOSES, True, Position.ASSERTS, True),
        (Stance.DENIES, Relation.OPPOSES, True, Position.BY_DENIAL, False),
    ],
)
def test_positions(
    filled: Store,
    stance: Stance,
    relation: Relation,
    turned: bool,
    position: Position,
    speaks_for: bool,
) -> None:
    assert position_of(member(filled, stance, relation), turned) == (position, speaks_for)


class OneClaim:
    """A store with a claim that is nothing but a denial."""

    def __init__(self, store: Store) -> None:
        claim = store.claims()[0]
        denial = replace(claim.members[1], relation=Relation.SAME)
        self.claim = replace(
            claim, members=(denial,), canonical=denial.statement_id, wording="that guards crossed"
        )
        self.claim_links = store.claim_links
        self.sources = store.sources

    def claims(self, _filter: Filter) -> list[object]:
        return [self.claim]


def test_words_rejected_stand_without_the_cue(filled: Store) -> None:
    store = OneClaim(filled)
    store.claim = replace(store.claim, wording="Velmora embassy denied: that any guards crossed")
    (found,) = weighed(store)  # type: ignore[arg-type]
    assert found.wording == "denied: that any guards had crossed the Ivara bridge"


def test_a_lone_denial_is_headed_as_one_and_nobody_asserts_it(filled: Store) -> None:
    store = OneClaim(filled)
    assert is_turned(store.claim)
    (found,) = weighed(store)  # type: ignore[arg-type]
    assert found.wording == "denied: that guards crossed"
    assert found.who(Position.ASSERTS) == ()
    assert found.who(Position.OPPOSES) == ("Velmora embassy",)
    assert found.grounds.origins == ()
    assert not found.is_conflict
