"""What a time expression means, by what the article has told before it.

Days without a date are the last such day up to publication where the clause tells of the past,
the coming one where it tells of the future, as HeidelTime reads news (Strötgen & Gertz, 2010).
"""

from __future__ import annotations

from collections.abc import Callable

from claims.matching import months, single_days, steps
from claims.matching.expressions import Expression, Kind
from claims.matching.periods import Period
from claims.matching.place import Known, Meant, Place


def resolve(text: str, found: Expression, known: Known, low: int, high: int) -> Meant | None:
    """What `found` means; None where it can't be told. Only `text[low:high]` is looked at."""
    try:
        meant = _RESOLVERS[found.kind](Place(text, found, known, low, high))
    except (ValueError, OverflowError):  # no such day, or none that the calendar has
        return None
    return Meant(meant) if isinstance(meant, Period) else meant


_RESOLVERS: dict[Kind, Callable[[Place], Period | Meant | None]] = {
    Kind.NUMERIC: single_days.numeric,
    Kind.WRITTEN: single_days.written,
    Kind.MONTH: months.month,
    Kind.WEEKDAY: single_days.weekday,
    Kind.NEAR: single_days.near,
    Kind.NEIGHBOUR: single_days.neighbour,
    Kind.QUARTER: months.quarter,
    Kind.SEASON: months.season,
    Kind.COUNTED: steps.counted,
    Kind.STEP: steps.step,
    Kind.AGO: steps.ago,
    Kind.SAME: steps.same,
    Kind.DECADE: months.decade,
    Kind.YEAR: months.year,
}
