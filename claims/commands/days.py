"""Days as a user gives them: 2024-10-01, today, yesterday, "7 days"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

import typer

FORMS = "YYYY-MM-DD, today, yesterday, or a time before today such as '7 days' or '2 weeks'"
_BEFORE = re.compile(r"(\d{1,4})\s*(day|week|month|year)s?(?:\s+ago)?", re.I)
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_WORDS = {"today": 0, "yesterday": 1}


def day_of(words: str, today: date) -> date | None:
    """The day that `words` mean on the day `today`; None where they mean none.

    A month is 30 days, a year 365.
    """
    words = " ".join(words.split())
    if words.casefold() in _WORDS:
        return today - timedelta(_WORDS[words.casefold()])
    if found := _BEFORE.fullmatch(words):
        try:
            return today - timedelta(int(found[1]) * _DAYS[found[2].lower()])
        except OverflowError:
            return None
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", words):
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def read_day(words: str) -> datetime:
    """The value of an option; wrong use where it means no day."""
    day = day_of(words, date.today())
    if day is None:
        raise typer.BadParameter(f"{words!r} is no day: give {FORMS}")
    return datetime.combine(day, time())


def check_day(words: str) -> str:
    """The same words, where they mean a day, for those who keep them."""
    read_day(words)
    return words
