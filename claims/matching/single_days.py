"""Resolving what names a day: dates, days of the week, "yesterday", "the previous day"."""

from __future__ import annotations

import re
from datetime import date

from claims.documents.dates import find_dates
from claims.matching import periods
from claims.matching.periods import Period, Precision
from claims.matching.place import WHICH, Known, Meant, Place, nearest
from claims.matching.tense import Tense


def numeric(place: Place) -> Period | None:
    """ "2024-03-05", where it can be read in one way only."""
    dates = find_dates(place.text[place.found.start : place.found.end])
    if len(dates) != 1 or dates[0].value is None:
        return None
    return periods.day(date.fromisoformat(dates[0].value[:10]))


def written(place: Place) -> Meant | None:
    """ "March 5", "Tuesday, March 5, 2024", "March 5-7"."""
    part = place.parts
    month = periods.month_number(part.get("month") or part["month_b"])
    number = _int(part.get("day") or part["day_b"])
    year, name = part.get("year") or part.get("year_b"), part.get("name")
    if which := place.words("which").lower():
        if place.known.published is None:
            return None
        year = str(place.known.published.year + WHICH[which])
    weekday = periods.weekday_number(name.capitalize()) if name else None
    first = (
        _in_year(place, month, number, weekday) if year is None else date(int(year), month, number)
    )
    if first is None:
        return None
    doubt = None
    if weekday is not None and first.weekday() != weekday:
        real, told = periods.WEEKDAYS[first.weekday()], periods.WEEKDAYS[weekday]
        doubt = f"{first.isoformat()} is a {real}, not a {told}"
    if "day0" in part:
        period = periods.span(first.replace(day=_int(part["day0"])), first)
        return period and Meant(period, doubt)
    if "day2" not in part:
        return Meant(periods.day(first), doubt)
    last_month = periods.month_number(part["month2"]) if "month2" in part else month
    last = date(first.year + (last_month < month), last_month, _int(part["day2"]))
    period = periods.span(first, last)
    return period and Meant(period, doubt)


def _in_year(place: Place, month: int, number: int, weekday: int | None) -> date | None:
    """The day without a year: the nearest one that fits what the clause tells."""
    published = place.known.published
    if published is None:
        return None
    tense = Tense.PAST if _BEHIND.search(place.before) else place.tense
    days = []
    for year in range(published.year - 1, published.year + 2):
        if (day := _date(year, month, number)) is not None:
            days.append(day)
    if weekday is not None:  # the day of the week tells which year is meant
        days = [day for day in days if day.weekday() == weekday] or days
    return nearest(days, published, tense)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _int(words: str) -> int:
    return int(re.sub(r"\D", "", words))


_AWAY = re.compile(r"\b(?:a|two|three|\d)\s+weeks?\s+(?:from|ago|after|before)\s+(?:on\s+)?$", re.I)
_AHEAD = re.compile(
    r"\b(?:ahead\s+of|before|until|till|going\s+into|heading\s+into|leading\s+up\s+to)\s+"
    r"(?:the\s+|next\s+)?$",
    re.I,
)
_BEHIND = re.compile(r"\b(?:after|following|since)\s+$", re.I)


def weekday(place: Place) -> Period | None:
    """ "Tuesday", "next Tuesday", "Tuesday last week"."""
    published = place.known.published
    if published is None or _AWAY.search(place.before):
        return None
    number = periods.weekday_number(place.parts["name"].capitalize())
    if which := place.words("which").lower():
        monday = periods.week(published, WHICH[which]).start
        return periods.day(periods.weekday_from(monday, number))
    match place.words("step").lower():
        case "last" | "past" | "this past":
            upto = periods.shifted(published, -1)
            return periods.day(periods.weekday_upto(upto, number))
        case "next":
            return periods.day(periods.weekday_from(periods.shifted(published, 1), number))
        case "coming" | "upcoming" | "this coming":
            return periods.day(periods.weekday_from(published, number))
        case step:
            return periods.day(_by_tense(place, published, number, this=step == "this"))


def _by_tense(place: Place, published: date, number: int, *, this: bool) -> date:
    """The last or the coming such day, as the clause tells."""
    past = periods.weekday_upto(published, number)
    coming = periods.weekday_from(published, number)
    tense = place.tense
    if tense is Tense.LATER and place.known.here and place.known.day:
        # "said on Tuesday that he would … on Friday": the Friday behind that Tuesday
        return periods.weekday_from(place.known.day, number)
    if tense in (Tense.FUTURE, Tense.LATER) or (this and tense is not Tense.PAST):
        return coming
    possessive = re.match(r"['’]s\b", place.after) and not _BEHIND.search(place.before)
    # "Monday's vote" may be told before it and after it; "ahead of" doesn't say which either.
    if _AHEAD.search(place.before):
        return coming if (coming - published) < (published - past) else past
    if possessive and tense is Tense.OPEN:
        return coming if 2 * (coming - published) < (published - past) else past
    return past


_NEAR = {
    "the day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day after tomorrow": 2,
}


def near(place: Place) -> Period | None:
    """ "Yesterday", and "today" where something happens on it."""
    published = place.known.published
    if published is None or place.quoted:
        return None
    written = place.text[place.found.start : place.found.end]
    words = " ".join(written.lower().split())
    if words == "today" and (written.isupper() or place.tense is Tense.OPEN):
        return None  # mostly "nowadays", or a newspaper's name
    return periods.day(periods.shifted(published, _NEAR.get(words, 0)))


_ENDS_THERE = re.compile(
    r"\s*(?:[.,;:!?)”\"—–]|$)|\s+(?:and|but|in|at|with|by|to|from|for|because)\b"
)
SAME_AS = re.compile(r"\s+(?:as|that|when|he|she|it|they|the)\b")
"""Behind "the same day" or "the same month": told from what follows, not from what was named."""


def neighbour(place: Place) -> Period | None:
    """ "The previous day", "the day after", "that day"."""
    words = place.text[place.found.start : place.found.end].lower()
    side = place.parts.get("side") or place.parts.get("step", "same")
    if "side" in place.parts and not _ENDS_THERE.match(place.after):
        return None  # "the day before the vote"
    if words.endswith("same day") and SAME_AS.match(place.after):
        return None
    by = {"previous": -1, "preceding": -1, "before": -1, "same": 0}.get(side, 1)
    return from_named_day(place.known, by)


def from_named_day(known: Known, by: int) -> Period | None:
    """So many days from the day named last; where that is far above, either it or publication.

    In a paragraph that names no day, "the previous day" may be told from the day of the report.
    The period then spans both.
    """
    if known.day is None:
        return None
    told = periods.shifted(known.day, by)
    if known.here:
        return periods.day(told)
    if known.published is None:
        return None
    other = min(periods.shifted(known.published, by), known.published)
    low, high = min(told, other), max(told, other)
    return periods.day(told) if low == high else Period(low, high, Precision.SPAN)
