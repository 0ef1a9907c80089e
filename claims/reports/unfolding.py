"""How claims unfold day by day, and which origins they rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from claims.reports.claim_facts import origin_of_member
from claims.reports.positions import Position
from claims.reports.said import spoken_name
from claims.reports.weighing import Stand, Weighed, outlet_of
from claims.sources.origins import KnownT, Registry, behind, distinct


class Turn(StrEnum):
    """What happens to a claim on a day."""

    APPEARS = "first appears"
    OPPOSED = "opposed"
    UPDATED = "updated"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Happening:
    """A claim appears, is opposed, is updated or repeated by one of its members."""

    turn: Turn
    weighed: Weighed
    stand: Stand


@dataclass(frozen=True, slots=True)
class Day:
    """What happened to claims on a day of publication; None gathers undated articles."""

    day: date | None
    happenings: tuple[Happening, ...]


def timeline(weighed: Iterable[Weighed]) -> list[Day]:
    """Days in order, undated articles last; on each day first appearances stand first.

    A claim first appears on the day of its first dated article; when several carry it on that
    day, none is said to be the first, and each is listed so. A claim known from undated articles
    only appears there.
    """
    days: dict[date | None, list[Happening]] = defaultdict(list)
    for one in weighed:
        first = min((s.day for s in one.stands if s.day), default=None)
        for stand in one.stands:
            days[stand.day].append(Happening(_turn(stand, first), one, stand))
    order = list(Turn)
    return [
        Day(day, tuple(sorted(days[day], key=lambda h: (order.index(h.turn), h.weighed.claim.id))))
        for day in sorted(days, key=lambda day: (day is None, day or date.min))
    ]


def _turn(stand: Stand, first: date | None) -> Turn:
    if stand.position is Position.OPPOSES:
        return Turn.OPPOSED
    if stand.updates:
        return Turn.UPDATED
    return Turn.APPEARS if stand.day == first else Turn.REPEATED


@dataclass(frozen=True, slots=True)
class Rest:
    """A claim that rests on an origin, and the members through which it does."""

    weighed: Weighed
    stands: tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class OriginReport:
    """An independent origin: whoever it goes by, and what rests on it.

    `names` are the origins that are one by owner or government. `alone` counts the claims for
    which no other origin speaks.
    """

    name: str
    names: tuple[str, ...]
    rests: tuple[Rest, ...]
    outlets: tuple[str, ...]

    @property
    def alone(self) -> int:
        """How many claims rest on it only."""
        return sum(one.weighed.is_single_origin for one in self.rests)


def by_origin(weighed: Iterable[Weighed], registry: Registry[KnownT]) -> list[OriginReport]:
    """The independent origins of those who speak for claims, those with most claims first.

    Unchecked members are left out, and so is what has no source that can be told.
    """
    names: dict[str, list[str]] = defaultdict(list)
    rests: dict[str, dict[int, tuple[Weighed, list[Stand]]]] = defaultdict(dict)
    for one in weighed:
        for stand in one.firm:
            if not stand.speaks_for:
                continue
            for name in distinct([origin_of_member(stand.member)]):
                key = behind(name, registry)
                names[key].append(name)
                rests[key].setdefault(one.claim.id, (one, []))[1].append(stand)
    found = [_origin(names[key], list(rests[key].values())) for key in names]
    return sorted(found, key=lambda o: (-len(o.rests), -o.alone, o.name.casefold()))


def _origin(names: Sequence[str], rests: Sequence[tuple[Weighed, Sequence[Stand]]]) -> OriginReport:
    spoken = tuple(dict.fromkeys(spoken_name(name) for name in names))
    outlets = dict.fromkeys(outlet_of(s.member.article) for _, stands in rests for s in stands)
    return OriginReport(
        spoken[0], spoken, tuple(Rest(one, tuple(stands)) for one, stands in rests), tuple(outlets)
    )
