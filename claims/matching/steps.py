"""Resolving what counts from publication or from a day named: "last week", "a year later"."""

from __future__ import annotations

import re
from datetime import date

from claims.matching import periods
from claims.matching.months import thirds
from claims.matching.periods import Period, Precision
from claims.matching.place import Place
from claims.matching.single_days import SAME_AS, from_named_day
from claims.matching.tense import Tense

_WORDS = "one two three four five six seven eight nine ten eleven twelve"
_NUMBERS = {word: number for number, word in enumerate(_WORDS.split(), 1)} | {
    "a": 1,
    "an": 1,
    "fifteen": 15,
    "twenty": 20,
}
_FUZZY = re.compile(
    r"\b(?:about|around|nearly|almost|over|than|roughly|some|approximately|least|half|every|and)\s+$",
    re.I,
)


def _number(words: str) -> int:
    return int(words) if words.isdigit() else _NUMBERS[words]


def _moved(of: date, unit: str, by: int) -> Period:
    """The day, week, month, quarter or year so many of them away from that of `of`."""
    if unit == "day":
        return periods.day(periods.shifted(of, by))
    if unit == "week":
        return periods.week(of, by)
    if unit == "month":
        return periods.month(of.year, of.month + by)
    if unit == "quarter":
        return periods.quarter(of.year, (of.month + 2) // 3 + by)
    return periods.year(of.year + by)


def ago(place: Place) -> Period | None:
    """ "Two days ago", "a month later"."""
    number, unit, side = _number(place.parts["number"]), place.parts["unit"], place.parts["side"]
    if unit == "decade" or _FUZZY.search(place.before) or place.before.endswith("-"):
        return None  # "about two years ago", "twenty-two years ago"
    if side == "ago":
        published = place.known.published
        return None if published is None or place.quoted else _moved(published, unit, -number)
    by = -number if side == "earlier" else number
    if unit == "day":
        return from_named_day(place.known, by)
    named = place.known.named
    return None if named is None or not place.known.here else _moved(named.start, unit, by)


def counted(place: Place) -> Period | None:
    """From so long ago up to publication: "the past three months"."""
    published, unit = place.known.published, place.parts["unit"]
    number = _number(place.parts["number"])
    if published is None or place.after.lstrip().startswith("of "):
        return None
    ahead = place.parts["side"] in ("next", "coming")
    if ahead and place.tense in (Tense.PAST, Tense.LATER):
        return None  # from a day of the past on
    if unit == "decade":
        unit, number = "year", 10 * number
    by = number if ahead else -number
    if unit in ("day", "week"):
        other = periods.shifted(published, by * (7 if unit == "week" else 1))
    else:
        whole = _moved(published, unit, by)
        in_month = periods.month(
            whole.start.year, published.month if unit == "year" else whole.start.month
        )
        other = min(periods.shifted(in_month.start, published.day - 1), in_month.end)
    low, high = min(published, other), max(published, other)
    return Period(low, high, Precision.SPAN)


def step(place: Place) -> Period | None:
    """ "Last week", "earlier this year", "next summer"."""
    published, unit, step = place.known.published, place.parts["unit"], place.words("step").lower()
    if published is None or place.after.lstrip().startswith("of "):
        return None  # "the last week of the campaign"
    the = re.search(r"\b(?:the|his|her|its|their)\s+$", place.before, re.I)
    if step in ("past", "the past") or (the and step == "last"):
        return _up_to_now(published, unit)
    if unit == "weekend":
        return periods.weekend(published, _weekend_by(place, published, step))
    if step == "over the":
        return None
    if step == "last" and unit == "week" and published.weekday() == 6:
        by = 0  # a Sunday's "last week" is the one that ends with it
    else:
        by = {"last": -1, "this past": -1, "this": 0}.get(step, 1)
    if unit in periods.SEASONS:
        return _stepped_season(place, published, unit, by)
    return thirds(place, _moved(published, unit, by))


def _up_to_now(published: date, unit: str) -> Period | None:
    """ "The past week": so many days up to publication."""
    days = {"week": 7, "month": 30, "quarter": 91, "year": 365}.get(unit)
    return None if days is None else periods.span(periods.shifted(published, -days), published)


def _weekend_by(place: Place, published: date, step: str) -> int:
    """Weeks from that of publication to the weekend that is meant."""
    begun = published.weekday() >= 5
    if step in ("next", "coming", "this coming", "upcoming"):
        return 1 if begun or step == "next" else 0
    if step in ("last", "this past") or not begun:
        tense = place.tense
        ahead = step in ("this", "over the") and tense in (Tense.FUTURE, Tense.LATER)
        return 0 if ahead or (step == "this" and tense is not Tense.PAST) else -1
    return 0


def _stepped_season(place: Place, published: date, unit: str, by: int) -> Period:
    """The season by its nearness: the last one that is over, the one at hand or to come."""
    seasons = [periods.season(year, unit) for year in range(published.year - 2, published.year + 3)]
    if by < 0:
        return thirds(place, [one for one in seasons if one.end < published][-1])
    if by > 0:
        return thirds(place, next(one for one in seasons if one.start > published))
    if place.tense is Tense.PAST:
        return thirds(place, [one for one in seasons if one.start <= published][-1])
    this = [one for one in seasons if one.start.year == published.year]
    return thirds(place, this[0])


def same(place: Place) -> Period | None:
    """ "The same month", "the following year": told from the period named last."""
    named, unit = place.known.named, place.parts["unit"]
    step = place.parts.get("step", "same")
    exact = {"day": 0, "week": 1, "weekend": 1, "month": 2, "quarter": 3, "season": 3, "year": 4}
    if named is None or exact[named.precision] > exact[unit]:
        return None
    if step == "same" and SAME_AS.match(place.after):
        return None
    return _moved(named.start, unit, {"same": 0, "following": 1}.get(step, -1))
