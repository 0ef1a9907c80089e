"""Dates as articles print them, read only where there is one way to read them (ISO 8601 out)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from claims.records import Span

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
MONTH = f"(?:{_MONTHS})\\.?"
"""Pattern of an English month, whole or shortened; for use without regard to case."""

_TIME = (
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?(?P<zone>\s*(?:Z\b|UTC\b|GMT\b|KST\b|[+-]\d{2}:?\d{2}\b))?"
)
_DATES = (
    r"(?P<y1>\d{4})(?P<s1>[-/.])(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})",
    rf"(?P<m2>{MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})",
    rf"(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<m3>{MONTH}),?[\s-]+(?P<y3>\d{{4}})",
    r"(?P<a4>\d{1,2})(?P<s4>[-/.])(?P<b4>\d{1,2})(?P=s4)(?P<y4>\d{4})",
)
_DATE = re.compile(
    rf"(?<![\w/.-])(?:{'|'.join(_DATES)})(?![/-]|(?!T\d)\w)(?:(?:T|,?\s+(?:at\s+|-\s+)?){_TIME})?",
    re.I,
)
_SHORT_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_REPORTED_ON = re.compile(
    r"\b(?:said|told|[a-z]+ed)\s+(?:[a-z]+\s+)?(?:(?:on|late|early)\s+)*"
    rf"({'|'.join(_WEEKDAYS)})\b"
)


@dataclass(frozen=True, slots=True)
class Date:
    """A date in a text: ISO 8601, to the second where a time is printed, and where it stands.

    `value` is None where it can be read in more than one way (04/05/2024) or is no date at all.
    """

    value: str | None
    span: Span


def find_dates(text: str, start: int = 0, end: int | None = None) -> list[Date]:
    """Full dates (with their year) of `text[start:end]` in order."""
    end = len(text) if end is None else end
    return [Date(_iso(m), Span(*m.span())) for m in _DATE.finditer(text, start, end)]


def _iso(found: re.Match[str]) -> str | None:
    part = found.groupdict()
    for n in ("1", "2", "3"):
        if part["y" + n]:
            year, month, day = part["y" + n], part["m" + n], part["d" + n]
            break
    else:
        first, second, year = int(part["a4"]), int(part["b4"]), part["y4"]
        if first <= 12 and second <= 12 and first != second and part["s4"] != ".":
            return None  # day or month first: can't be told
        month, day = (first, second) if second > 12 else (second, first)
    number = int(month) if str(month).isdigit() else _month(str(month))
    try:
        date = datetime(int(year), number, int(day))  # as printed, in local time
        if part["hour"] is None:
            return date.date().isoformat()
        hour = int(part["hour"])
        if half := part["half"]:
            hour = hour % 12 + (12 if half[0] in "pP" else 0)
        return date.replace(
            hour=hour, minute=int(part["minute"]), second=int(part["second"] or 0)
        ).isoformat()
    except ValueError:
        return None


def _month(name: str) -> int:
    return _SHORT_MONTHS.index(name[:3].lower()) + 1


def reported_weekday(lead: str) -> int | None:
    """The day of the week (0 is Monday) that an article opening with `lead` reports from."""
    found = _REPORTED_ON.search(lead)
    return _WEEKDAYS.index(found.group(1)) if found else None


def weekday_conflict(published: str, lead: str) -> str | None:
    """Why `published` can't be the day of an article that opens with `lead`, or None.

    News copy names the day of what it reports ("said Wednesday"), and appears on that day or
    within two days of it, the weekend apart. A scraper's own date mostly does not fit.
    """
    told = reported_weekday(lead)
    if told is None:
        return None
    day = datetime.fromisoformat(published[:10]).weekday()
    if (day - told) % 7 <= 2 or (_WEEKDAYS[told], _WEEKDAYS[day]) == ("Friday", "Monday"):
        return None
    return f"{published[:10]} is a {_WEEKDAYS[day]}, but the article reports from {_WEEKDAYS[told]}"
