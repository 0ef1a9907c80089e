"""Calendar arithmetic for time expressions: days, weeks, months, quarters, seasons, years.

A week runs from Monday to Sunday, a season over three whole months of the northern year.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORT_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SEASONS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}
"""First month of each season."""


class Precision(StrEnum):
    """How closely an expression says when: the kind of period that it names."""

    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    SPAN = "span"  # any other stretch: part of a month, a decade, from one day to another


class Period(NamedTuple):
    """Days from `start` to `end`, both included."""

    start: date
    end: date
    precision: Precision


def day(of: date) -> Period:
    """That day alone."""
    return Period(of, of, Precision.DAY)


def shifted(of: date, days: int) -> date:
    """The day so many days later; the calendar's first or last day where it ends before that."""
    ordinal = min(max(of.toordinal() + days, 1), date.max.toordinal())
    return date.fromordinal(ordinal)


def weekday_upto(of: date, weekday: int) -> date:
    """The last such day (0 is Monday) up to and including `of`."""
    return shifted(of, -((of.weekday() - weekday) % 7))


def weekday_from(of: date, weekday: int) -> date:
    """The first such day from `of` on."""
    return shifted(of, (weekday - of.weekday()) % 7)


def week(of: date, by: int = 0) -> Period:
    """The week that holds `of`, or the one `by` weeks later."""
    monday = shifted(of, 7 * by - of.weekday())
    return Period(monday, shifted(monday, 6), Precision.WEEK)


def weekend(of: date, by: int = 0) -> Period:
    """Saturday and Sunday of the week that holds `of`, or of the one `by` weeks later."""
    sunday = week(of, by).end
    return Period(shifted(sunday, -1), sunday, Precision.WEEKEND)


def months(year: int, month: int, length: int, precision: Precision) -> Period:
    """`length` whole months from a month on, which may be counted past December or below 1."""
    first, last = 12 * year + month - 1, 12 * year + month - 2 + length
    first, last = max(first, 12), min(last, 12 * date.max.year + 11)
    end_year, end_month = last // 12, last % 12 + 1
    return Period(
        date(first // 12, first % 12 + 1, 1),
        date(end_year, end_month, monthrange(end_year, end_month)[1]),
        precision,
    )


def month(year: int, number: int) -> Period:
    """One month; `number` may lie outside 1 to 12 and then counts on into other years."""
    return months(year, number, 1, Precision.MONTH)


def quarter(year: int, number: int) -> Period:
    """A quarter of a calendar year, 1 to 4; numbers outside count on into other years."""
    return months(year, 3 * number - 2, 3, Precision.QUARTER)


def season(year: int, name: str) -> Period:
    """A season by its English name; a winter is of the year in which it begins."""
    return months(year, SEASONS[name], 3, Precision.SEASON)


def year(number: int) -> Period:
    """A calendar year."""
    number = min(max(number, date.min.year), date.max.year)
    return Period(date(number, 1, 1), date(number, 12, 31), Precision.YEAR)


def part(of: Period, which: str) -> Period:
    """The early, middle or late third of a period."""
    length = (of.end - of.start).days + 1
    first, second = round(length / 3), round(2 * length / 3)
    low, high = {"early": (0, first), "mid": (first, second), "late": (second, length)}[which]
    start = of.start + timedelta(days=low)
    return Period(start, of.start + timedelta(days=max(high - 1, low)), Precision.SPAN)


def span(start: date, end: date) -> Period | None:
    """From one day to another; None where they are in the wrong order."""
    return Period(start, end, Precision.SPAN) if start <= end else None


def month_number(name: str) -> int:
    """1 to 12 for an English month, whole or shortened."""
    return SHORT_MONTHS.index(name[:3].lower()) + 1


def weekday_number(name: str) -> int:
    """0 (Monday) to 6 for an English day of the week, whole or shortened."""
    return next(i for i, whole in enumerate(WEEKDAYS) if whole[:3] == name[:3])
