"""Dates that can't be right: of an article, of a copy, of a picture, of a day named in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from claims.documents.credits import is_stamp
from claims.documents.dates import find_dates, weekday_conflict
from claims.matching.finding_kinds import FindingKind
from claims.matching.findings.data import (
    Evidence,
    Finding,
    Material,
    at,
    finding,
    outlet_of,
)
from claims.records import BlockKind, Fact, Span

if TYPE_CHECKING:
    from claims.store.rows import ArticleView

LATE = timedelta(days=60)
"""So long after its original a copy is no more news."""
COPIED = 0.5
"""Share of a text that is another's, from which the two are one report."""
_LEAD = 600
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NAMED_DAY = re.compile(rf"\b({'|'.join(_DAYS)}),?\s+(?:the\s+)?$", re.IGNORECASE)
_ON_DAY = re.compile(rf"\b\w+(?:\s+(?:on|late|early))*\s+(?:{'|'.join(_DAYS)})\b", re.IGNORECASE)
_ARCHIVE = re.compile(r"\b(?:file|archive|undated|earlier|previous)\b", re.IGNORECASE)


class Dated(NamedTuple):
    """A day that claims to be an article's: where it stands, None where the page's head has it."""

    day: date
    span: Span | None
    conflict: str | None


def date_discrepancies(material: Material) -> Iterator[Finding]:
    """A date of an article that its own text or its original refutes.

    Enough is: a header's date whose weekday can't be that of the day it reports from; a copy that
    is dated two months or more after its original; a picture that is
    dated later than its article; a day of the week that its date isn't.
    """
    dated = {number: _dated(view) for number, view in material.articles.items()}
    twins = _copies(material)
    for number, view in material.articles.items():
        for one in dated[number]:
            original = _original(material, dated, one.day, twins.get(number, ()))
            if one.conflict or original:
                yield _finding(material, view, one, original)
        yield from _late_pictures(view)
        yield from _wrong_weekdays(view)


def _finding(
    material: Material, view: ArticleView, one: Dated, original: tuple[int, Dated] | None
) -> Finding:
    parts, evidence = [], [_evidence(view, one.span, one.day)]
    if one.conflict:
        parts.append(one.conflict)
        if report := _reporting(view):
            evidence.append(at(view, report, "what day the article reports from"))
    if original:
        other, its = material.articles[original[0]], original[1]
        parts.append(
            f"{outlet_of(other)} reported the same on {its.day}" if one.conflict else
            f"{one.day} is long after {outlet_of(other)} reported the same, {its.day}"
        )  # fmt: skip
        evidence.append(_evidence(other, its.span, its.day))
    message = f"{outlet_of(view)}: {'; '.join(parts)}"
    rests_on = [f"{view.row.id}:{one.day}"]  # not on the original: a closer one may come
    return finding(FindingKind.DATE_DISCREPANCY, message, evidence, rests_on=rests_on)


def _evidence(view: ArticleView, span: Span | None, day: date) -> Evidence:
    note = f"dated {day}" if span else f"dated {day} ({view.published.basis})"
    return at(view, span or Span(0, 0), note)


def _dated(view: ArticleView) -> list[Dated]:
    """Every day that claims to be the article's: of its header, and the one that is believed."""
    body = " ".join(view.text[b.start : b.end] for b in view.blocks if b.kind is BlockKind.BODY)
    lead = body[:_LEAD]
    found: dict[date, Dated] = {}
    first = min((b.start for b in view.blocks if b.kind is BlockKind.BODY), default=0)
    for block in view.blocks:
        words = view.text[block.start : block.end]
        stamped = block.kind is BlockKind.CREDIT or (
            block.kind is BlockKind.BOILERPLATE and is_stamp(words)
        )
        if block.start >= first or not stamped:
            continue
        for one in find_dates(view.text, block.start, block.end):
            if one.value:
                day = date.fromisoformat(one.value[:10])
                found.setdefault(day, Dated(day, one.span, weekday_conflict(one.value, lead)))
    believed = view.published.day
    if believed and believed not in found:
        conflict = None
        if view.published.basis != "given":  # what a user gave is not questioned
            conflict = weekday_conflict(believed.isoformat(), lead)
        found[believed] = Dated(believed, view.published.evidence, conflict)
    elif (refused := _refused(view.published)) and refused.day not in found:
        found[refused.day] = refused
    return list(found.values())


_REFUSED = re.compile(r"(\d{4}-\d\d-\d\d) is a \w+, but the article reports from \w+")


def _refused(fact: Fact) -> Dated | None:
    """The date that was refused when the article was read, where only its page's head had it."""
    found = _REFUSED.search(fact.basis)
    if fact.value or not found:
        return None
    return Dated(date.fromisoformat(found.group(1)), fact.evidence, found.group())


def _reporting(view: ArticleView) -> Span | None:
    """The first day of the week that the body names, with its verb."""
    for block in view.blocks:
        if block.kind is BlockKind.BODY and (
            found := _ON_DAY.search(view.text, block.start, block.end)
        ):
            return Span(*found.span())
    return None


def _copies(material: Material) -> dict[int, set[int]]:
    """For each article those that share most of its words.

    Claims in common don't make two articles reports of one event: background is told again for
    years.
    """
    twins: dict[int, set[int]] = {}
    for copy in material.copies:
        if max(copy.share, copy.other_share) >= COPIED:
            twins.setdefault(copy.article_id, set()).add(copy.other_id)
            twins.setdefault(copy.other_id, set()).add(copy.article_id)
    return twins


def _original(
    material: Material, dated: dict[int, list[Dated]], day: date, twins: set[int] | tuple[()]
) -> tuple[int, Dated] | None:
    """The earliest report of the same, if it is older by months and its own date is in doubt by
    nothing."""
    sure = [
        (number, one)
        for number in twins
        if number in material.articles
        for one in dated[number]
        if one.conflict is None and one.day + LATE <= day
    ]
    return min(sure, key=lambda pair: (pair[1].day, pair[0]), default=None)


def _late_pictures(view: ArticleView) -> Iterator[Finding]:
    """Pictures dated later than the day after their article."""
    published = view.published.day
    for block in view.blocks if published else ():
        words = view.text[block.start : block.end]
        if block.kind is not BlockKind.CAPTION or _ARCHIVE.search(words):
            continue
        for one in find_dates(view.text, block.start, block.end):
            day = date.fromisoformat(one.value[:10]) if one.value else None
            if day and published and day > published + timedelta(days=1):
                message = f"{outlet_of(view)}: a picture is dated {day}, the article {published}"
                yield finding(
                    FindingKind.DATE_DISCREPANCY,
                    message,
                    [
                        at(view, one.span, f"picture of {day}"),
                        _evidence(view, view.published.evidence, published),
                    ],
                    rests_on=[f"{view.row.id}:{day}", "caption"],
                )


def _wrong_weekdays(view: ArticleView) -> Iterator[Finding]:
    """ "Monday, 5 March 2024", which was a Tuesday."""
    for block in view.blocks:
        if block.kind is BlockKind.BOILERPLATE:
            continue
        for one in find_dates(view.text, block.start, block.end):
            lead = view.text[max(block.start, one.span.start - 20) : one.span.start]
            named = _NAMED_DAY.search(lead)
            if named is None or one.value is None:
                continue
            day = date.fromisoformat(one.value[:10])
            if _DAYS[day.weekday()] != named.group(1).casefold():
                span = Span(one.span.start - len(lead) + named.start(), one.span.end)
                message = (
                    f"{outlet_of(view)}: {named.group(1)} {day} was a "
                    f"{_DAYS[day.weekday()].title()}"
                )
                yield finding(
                    FindingKind.DATE_DISCREPANCY,
                    message,
                    [at(view, span, "the day of the week isn't that of the date")],
                )
