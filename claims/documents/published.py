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
    """A date that may be the day of publication; `fact` has no value where it can't be."""

    kind: DateKind
    fact: Fact


def published(
    text: str, blocks: Sequence[Block], given: Given, page: Fact | None
) -> tuple[Fact, tuple[PrintedDate, ...]]:
    """The date of publication, and all that claim to be it, the best kind first.

    What was given is believed; else the best evidence that can be read in one way and fits what
    the story says of its day. Where none does, the date is empty and says why of the best.
    """
    lead = _lead(text, blocks)
    claims = list(_claims(text, blocks, given, page, lead))
    checked = [claim.fact if _believed(claim) else _checked(claim.fact, lead) for claim in claims]
    chosen = next((fact for fact in checked if fact.value), None)
    if claims and _believed(claims[0]):
        chosen = checked[0]
    dates = tuple(
        _printed(claim, fact, chosen) for claim, fact in zip(claims, checked, strict=True)
    )
    return chosen or (checked[0] if checked else UNKNOWN), dates


def _believed(claim: _Claim) -> bool:
    """Captions are held against the story where they are read."""
    return claim.kind in (DateKind.GIVEN, DateKind.CAPTION)


def _lead(text: str, blocks: Sequence[Block]) -> str:
    body = (text[b.start : b.end] for b in blocks if b.kind is BlockKind.BODY)
    return " ".join(body)[:_LEAD]


def _checked(fact: Fact, lead: str) -> Fact:
    if fact.value and (conflict := weekday_conflict(fact.value, lead)):
        return Fact(None, f"not sure: {fact.basis} {conflict}", fact.evidence)
    return fact


def _printed(claim: _Claim, fact: Fact, chosen: Fact | None) -> PrintedDate:
    kind, value, evidence = claim.kind, claim.fact.value, claim.fact.evidence
    if fact.value is None:
        return PrintedDate(value, kind, evidence, accepted=False, reason=fact.basis)
    if chosen is None or chosen.day == fact.day:
        return PrintedDate(value, kind, evidence, accepted=True, reason=fact.basis)
    reason = f"{chosen.basis} says {(chosen.value or 'nothing sure')[:10]}"
    return PrintedDate(value, kind, evidence, accepted=False, reason=reason)


def _claims(
    text: str, blocks: Sequence[Block], given: Given, page: Fact | None, lead: str
) -> Iterator[_Claim]:
    """Every date that claims to be the day of publication, the best kind first."""
    if given.published:
        yield _Claim(DateKind.GIVEN, _given_date(given.published))
    if page:
        yield _Claim(DateKind.PAGE, page)
    yield from _printed_dates(text, blocks)
    if caption := _caption_date(text, blocks, lead):
        yield _Claim(DateKind.CAPTION, caption)


def _given_date(given: str) -> Fact:
    dates = find_dates(given.strip())
    if len(dates) == 1 and dates[0].value:
        return Fact(dates[0].value, "given")
    try:
        return Fact(datetime.fromisoformat(given.strip()).isoformat()[:19], "given")
    except ValueError:
        return Fact(None, f"given, but no date that can be read in one way only: {given[:40]}")


def _printed_dates(text: str, blocks: Sequence[Block]) -> Iterator[_Claim]:
    """Dates of a stamp or byline above the story, else below it, and of the dateline."""
    story = [i for i, block in enumerate(blocks) if block.kind is BlockKind.BODY]
    first = story[0] if story else len(blocks)
    above = [block for block in blocks[:first] if _may_be_dated(text, block)]
    below = [block for block in blocks[first:] if _may_be_dated(text, block)]
    datelines = [block for block in blocks if block.kind is BlockKind.DATELINE]
    line = _only_date(text, above, "date line")
    if header := line or _only_date(text, below, "date line below the text"):
        yield _Claim(DateKind.HEADER, header)
    if dateline := _only_date(text, datelines, "dateline"):
        yield _Claim(DateKind.DATELINE, dateline)


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


def _caption_date(text: str, blocks: Sequence[Block], lead: str) -> Fact | None:
    """The day of the story's picture, where the story reports from that day of the week.

    The article then appeared on that day or right after it. The picture of another day, and one
    from the files, tells nothing.
    """
    captions = [
        block
        for block in blocks
        if block.kind is BlockKind.CAPTION and not _FILE_PHOTO.search(text, block.start, block.end)
    ]
    fact = _only_date(text, captions, "caption")
    if fact is None or fact.day is None:
        return fact
    told = reported_weekday(lead)
    if told is None:
        return _unsure(fact, "the story doesn't say which day it reports from")
    if fact.day.weekday() != told:
        conflict = weekday_conflict(fact.day.isoformat(), lead)
        return _unsure(fact, conflict or "it is not the day that the story reports from")
    return Fact(fact.value, "caption, of the day that the story reports from", fact.evidence)


def _unsure(fact: Fact, why: str) -> Fact:
    return Fact(None, f"not sure: {fact.basis} {why}", fact.evidence)
