"""Resolving what names a month, quarter, season, year or decade by its own name."""

from __future__ import annotations

import re
from datetime import date

from claims.matching import periods
from claims.matching.periods import Period, Precision
from claims.matching.place import WHICH, Place, nearest
from claims.matching.tense import Tense

_PLAIN_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|from|through|throughout|during|of|for|before|after|between|and|or|to"
    r"|the|an?|his|her|its|their|our|my|as|like|back|again|this|that|[\w.]+['’]s?)\s+$",
    re.I,
)
_SURE_MONTH = re.compile(r"\b(?:in|since|until|till|during|through|throughout)\s+$", re.I)
_NAMES = frozenset({"march", "april", "may", "june", "august", "jan", "jan."})
_PARTS = {"beginning": "early", "start": "early", "middle": "mid", "end": "late"}
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def thirds(place: Place, period: Period) -> Period:
    """The part of `period` that the expression names: early, late, up to publication."""
    words = place.words("part").lower()
    if not words:
        return period
    if words == "earlier":
        published = place.known.published or period.end
        return Period(period.start, min(period.end, published), Precision.SPAN)
    if words == "later":
        published = place.known.published or period.start
        return Period(max(period.start, published), period.end, Precision.SPAN)
    which = next((part for word, part in _PARTS.items() if word in words), words)
    return periods.part(period, which)


def _year_of(place: Place) -> int | None:
    """The year that the expression itself names: "2015", "last year"."""
    if year := place.parts.get("year"):
        return int(year)
    published, which = place.known.published, place.words("which").lower()
    return published.year + WHICH[which] if published and which else None


def month(place: Place) -> Period | None:
    """ "Late November", "September last year"."""
    number, step = periods.month_number(place.parts["month"]), place.words("step").lower()
    year = _year_of(place)
    if year is None:
        if not (step or "part" in place.parts or _says_month(place)):
            return None
        year = _month_year(place, number, step)
    return None if year is None else thirds(place, periods.month(year, number))


def _says_month(place: Place) -> bool:
    """Whether a month's name alone is one, and no "may", march or Ms May."""
    if place.parts["month"] in _NAMES:
        return _SURE_MONTH.search(place.before) is not None
    return _PLAIN_MONTH.search(place.before) is not None


def _month_year(place: Place, number: int, step: str) -> int | None:
    published = place.known.published
    if "which" in place.parts or published is None:
        return None
    match step:
        case "last" | "past" | "this past":
            return published.year - (number >= published.month)
        case "next" | "coming" | "upcoming" | "this coming":
            return published.year + (number <= published.month)
        case "this":
            return published.year
    return _year_by_tense(place, published, number)


def _year_by_tense(place: Place, published: date, number: int) -> int:
    """The year of the last or the coming month of that name; this month is both."""
    tense = place.tense
    if tense in (Tense.FUTURE, Tense.LATER):
        return published.year + (number < published.month)
    past = published.year - (number > published.month)
    if tense is Tense.PAST:
        return past
    years = range(max(published.year - 1, 1), published.year + 2)
    days = [date(year, number, 15) for year in years]
    best = nearest(days, published.replace(day=15), tense)
    return best.year if best else past


def quarter(place: Place) -> Period | None:
    """ "The third quarter of last year"."""
    year = _year_of(place)
    return None if year is None else periods.quarter(year, _NTH[place.parts["nth"]])


def season(place: Place) -> Period | None:
    """ "The summer of 2015"."""
    year = _year_of(place)
    return None if year is None else thirds(place, periods.season(year, place.parts["season"]))


def decade(place: Place) -> Period | None:
    """ "The late 1990s"."""
    words = place.parts["decade"]
    first = int(words) if words.isdigit() else 1900 + int(words[1:])
    if not words.isdigit() and first <= 1920:
        first += 100
    whole = Period(date(first, 1, 1), date(first + 9, 12, 31), Precision.SPAN)
    return thirds(place, whole)


_TELLS_YEAR = re.compile(
    r"\b(?:in|since|by|until|till|from|during|before|after|of|between|around|circa|through|throughout"
    r"|as\s+of|back\s+to|early\s+as|late\s+as)\s+$",
    re.I,
)
_LISTED = re.compile(r"(?:,|,?\s+(?:and|or|to|through))\s+$|[-–—]$")
_OWN_YEAR = re.compile(r"(?:19|20)\d\d\s*$")
_COUNTS = re.compile(r"\s+(?:percent|per\s+cent|people|votes|points|dollars|million|billion)\b")


def year(place: Place) -> Period | None:
    """ "In 2023"; None where the year is part of a name."""
    if _COUNTS.match(place.after):
        return None
    listed = _LISTED.search(place.before)
    follows = listed is not None and _OWN_YEAR.search(place.before[: listed.start()])
    if not (place.parts.get("part") or _TELLS_YEAR.search(place.before) or follows):
        return None
    return thirds(place, periods.year(int(place.parts["year"])))
