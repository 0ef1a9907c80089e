"""An expression where it stands, and what a reader of the article knows at that point."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from claims.matching.expressions import Expression, Kind
from claims.matching.periods import Period, Precision
from claims.matching.tense import Tense, tense_at


class Meant(NamedTuple):
    """The period that an expression means, and why its printed date can't be right, if so."""

    period: Period
    doubt: str | None = None


@dataclass(slots=True)
class Known:
    """What a reader knows at a point of an article: when it appeared, what it named last.

    `day` and `named` are the last single day and the last period of at most a year, `here`
    whether that day was named in the paragraph that is being read.
    """

    published: date | None
    day: date | None = None
    named: Period | None = None
    here: bool = False

    def enter(self) -> None:
        """A new paragraph begins."""
        self.here = False

    def learn(self, meant: Meant, found: Expression) -> None:
        """Take note of what an expression means. A day that was yet to come is no anchor."""
        period = meant.period
        if found.kind is not Kind.DECADE and period.precision is not Precision.SPAN:
            self.named = period
        future = self.published is not None and period.start > self.published
        if period.precision is Precision.DAY and not (future and found.kind is not Kind.NUMERIC):
            self.day, self.here = period.start, True


WHICH = {"last": -1, "this": 0, "next": 1}
"""Steps from the present week or year."""


@dataclass(frozen=True, slots=True)
class Place:
    """An expression where it stands."""

    text: str
    found: Expression
    known: Known
    low: int
    high: int

    @property
    def parts(self) -> dict[str, str]:
        """The parts of the expression's form."""
        return self.found.parts

    @property
    def tense(self) -> Tense:
        """Tense of the clause about it."""
        return tense_at(self.text, self.found.start, self.found.end, self.low, self.high)

    @property
    def before(self) -> str:
        """The words right before it."""
        return self.text[max(self.low, self.found.start - 40) : self.found.start]

    @property
    def after(self) -> str:
        """The words right behind it."""
        return self.text[self.found.end : min(self.high, self.found.end + 40)]

    @property
    def quoted(self) -> bool:
        """Whether it stands in quotation marks that its paragraph opened before it."""
        before = self.text[self.low : self.found.start].rpartition("\n\n")[2]
        return before.rfind("“") > before.rfind("”") or before.count('"') % 2 == 1

    def words(self, name: str) -> str:
        """A part of the expression with single spaces; "" where it isn't there."""
        return " ".join(self.parts.get(name, "").split())


def nearest(days: list[date], published: date, tense: Tense) -> date | None:
    """The day that is least far off, those to come counted double unless the clause is of them.

    The past is what news mostly tells, but a date a few weeks ahead isn't that of last year.
    """
    if tense is Tense.FUTURE:
        days = [day for day in days if day >= published] or days
    elif tense is Tense.PAST:
        days = [day for day in days if day <= published] or days
    return min(
        days, key=lambda d: max((published - d).days, 2 * (d - published).days), default=None
    )
