"""The day an article appeared: every date that claims to be it, and the one that is believed.

Evidence is of kinds, the best first (`DateKind`). A date that the article contradicts ("said
Wednesday" under a Saturday's date) is not believed but kept with the reason: that a copy was
dated by its copier is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from claims.documents.credits import is_stamp
from claims.documents.dates import find_dates, reported_weekday, weekday_conflict
from claims.records import UNKNOWN, Block, BlockKind, DateKind, Fact, PrintedDate

if TYPE_CHECKING:
    from claims.documents.build import Given

_LEAD = 600
"""Characters of the story in which it says what day it reports from."""
_FILE_PHOTO = re.compile(r"\b(?:file|archive|undated)\b", re.I)


class _Claim(NamedTuple):
    """A date that claims to be the day of publication, and why the story refutes it, if so."""

    kind: DateKind
    fact: Fact
    conflict: str | None = None

    @property
    def checked(self) -> Fact:
        """The fact, without its value where the story refutes it."""
        if self.conflict is None:
            return self.fact
        basis = f"not sure: {self.fact.basis} {self.conflict}"
        return Fact(None, basis, self.fact.evidence)


def published(
    text: str, blocks: Sequence[Block], given: Given, page: Fact | None
) -> tuple[Fact, tuple[PrintedDate, ...]]:
    """The date of publication, and all that claim to be it, the best kind first.

    What was given is believed; else the best evidence that can be read in one way and fits what
    the story says of its day. Where none does, the date is empty and says why of the best.
    """
    claims = list(_claims(text, blocks, given, page))
    checked = [claim.checked for claim in claims]
    chosen = next((fact for fact in checked if fact.value), checked[0] if checked else UNKNOWN)
    if given.published:
        chosen = checked[0]
    return chosen, tuple(_printed(claim, chosen) for claim in claims)


def _lead(text: str, blocks: Sequence[Block]) -> str:
    body = (text[b.start : b.end] for b in blocks if b.kind is BlockKind.BODY)
    return " ".join(body)[:_LEAD]


def _printed(claim: _Claim, chosen: Fact) -> PrintedDate:
    kind, fact, checked = claim.kind, claim.fact, claim.checked
    accepted = checked.value is not None and checked.day == chosen.day
    reason = checked.basis
    if checked.value and not accepted:
        reason = f"{chosen.basis} says {(chosen.value or 'nothing sure')[:10]}"
    return PrintedDate(fact.value, kind, fact.evidence, accepted, reason)


def _claims(
    text: str, blocks: Sequence[Block], given: Given, page: Fact | None
) -> Iterator[_Claim]:
    """Every date that claims to be the day of publication, the best kind first."""
    lead = _lead(text, blocks)
    if given.published:
        yield _Claim(DateKind.GIVEN, _given_date(given.published))
    if page:
        yield _Claim(DateKind.PAGE, page, _conflict(page, lead))
    for kind, fact in _printed_dates(text, blocks):
        yield _Claim(kind, fact, _conflict(fact, lead))
    if caption := _caption_date(text, blocks):
        yield _Claim(DateKind.CAPTION, caption, _caption_conflict(caption, lead))


def _conflict(fact: Fact, lead: str) -> str | None:
    return weekday_conflict(fact.value, lead) if fact.value else None


def _given_date(given: str) -> Fact:
    dates = find_dates(given.strip())
    if len(dates) == 1 and dates[0].value:
        return Fact(dates[0].value, "given")
    try:
        return Fact(datetime.fromisoformat(given.strip()).isoformat()[:19], "given")
    except ValueError:
        return Fact(None, f"given, but no date that can be read in one way only: {given[:40]}")


def _printed_dates(text: str, blocks: Sequence[Block]) -> Iterator[tuple[DateKind, Fact]]:
    """Dates of a stamp or byline above the story, else below it, and of the dateline."""
    story = [i for i, block in enumerate(blocks) if block.kind is BlockKind.BODY]
    first = story[0] if story else len(blocks)
    above = [block for block in blocks[:first] if _may_be_dated(text, block)]
    below = [block for block in blocks[first:] if _may_be_dated(text, block)]
    datelines = [block for block in blocks if block.kind is BlockKind.DATELINE]
    line = _only_date(text, above, "date line")
    if header := line or _only_date(text, below, "date line below the text"):
        yield DateKind.HEADER, header
    if dateline := _only_date(text, datelines, "dateline"):
        yield DateKind.DATELINE, dateline


def _only_date(text: str, group: Sequence[Block], basis: str) -> Fact | None:
    """The one day that these blocks print; without a value where they print several."""
    found = [one for block in group for one in find_dates(text, block.start, block.end)]
    if not found:
        return None
    days = {one.value and one.value[:10] for one in found}
    if len(days) > 1 or None in days:
        printed = " and ".join(dict.fromkeys(text[slice(*one.span)] for one in found))
        return Fact(None, f"not sure: {basis} says {printed}", found[0].span)
    best = max(found, key=lambda one: len(one.value or ""))
    return Fact(best.value, basis, best.span)


def _may_be_dated(text: str, block: Block) -> bool:
    """Whether a date in `block` is likely the article's own."""
    if block.kind is BlockKind.CREDIT:
        return True
    return block.kind is BlockKind.BOILERPLATE and is_stamp(text[block.start : block.end])


def _caption_date(text: str, blocks: Sequence[Block]) -> Fact | None:
    """The day of the story's pictures, those from the files apart."""
    captions = [
        block
        for block in blocks
        if block.kind is BlockKind.CAPTION and not _FILE_PHOTO.search(text, block.start, block.end)
    ]
    return _only_date(text, captions, "caption")


def _caption_conflict(fact: Fact, lead: str) -> str | None:
    """Why a picture's day can't date the article.

    It does where the story reports from that day of the week: the article then appeared on that
    day or right after it.
    """
    told = reported_weekday(lead)
    if fact.day is None:
        return None
    if told is None:
        return "is of a picture, and the story doesn't say which day it reports from"
    if fact.day.weekday() != told:
        return (
            weekday_conflict(fact.day.isoformat(), lead)
            or "is not the day that the story reports from"
        )
    return None
