"""Day by day, and by origin."""

from __future__ import annotations

from datetime import date

from claims.reports.unfolding import Turn, by_origin, timeline
from claims.store import Store
from tests.reports.conftest import weighed


def test_days_in_order_with_what_happens_to_claims(filled: Store) -> None:
    found = [
        (day.day, [(h.turn, h.stand.speaker) for h in day.happenings])
        for day in timeline(weighed(filled))
    ]
    assert found == [
        (
            date(2024, 9, 21),
            [(Turn.APPEARS, "Tideway Ministry"), (Turn.APPEARS, "Odo Pell")],
        ),
        (date(2024, 9, 22), [(Turn.OPPOSED, "Velmora embassy")]),
        (
            date(2024, 9, 23),
            [(Turn.REPEATED, "Lantern Weekly"), (Turn.REPEATED, "Lena Marsh")],
        ),
        (None, [(Turn.APPEARS, "Corva Dent")]),
    ]


def test_origins_with_what_rests_on_them(filled: Store) -> None:
    origins = by_origin(weighed(filled), filled.sources())
    found = {o.name: (len(o.rests), o.alone, o.outlets) for o in origins}
    assert found["Tideway Ministry"] == (1, 0, ("Harbour Post",))
    assert found["Odo Pell"] == (1, 1, ("Harbour Post",))
    assert "Velmora embassy" not in found  # it denies: nothing rests on it


def test_doubtful_members_are_no_origin(filled: Store) -> None:
    origins = by_origin(weighed(filled, min_confidence=0.8), filled.sources())
    assert [o.name for o in origins] == ["Lantern Weekly", "Tideway Ministry"]
