"""Articles that are one text: syndication groups, and whose text it is.

Copying doesn't carry over: a roundup holds two briefs that share nothing. So a group is joined
only where each article of the one shares text with each of the other (complete linkage, strongest
pair first), which makes groups the same in whatever order articles came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from claims.documents.agencies import agency_name
from claims.matching.copies import Copy
from claims.records import Span
from claims.sources.media import body_key

RELATED = 0.2
"""Share of the shorter one's body from which on two articles may be of one group."""
COMMON_STRETCH = 0.5
"""How much of the shorter stretch must be the same where a third article stands for two."""


class Basis(StrEnum):
    """Why an article is held for the original, or why none is."""

    AGENCY = "agency"  # the agency that is credited published it itself
    CREDIT = "credit"  # an agency is credited whose own article isn't there: no original
    EARLIEST = "earliest"  # no agency is credited, and it was published before all others
    DISAGREEING = "disagreeing"  # several agencies are credited: no original
    UNKNOWN = "unknown"  # neither marks nor dates tell: no original


@dataclass(frozen=True, slots=True)
class Marks:
    """What an article says of where it comes from; `published` is an ISO 8601 day or moment."""

    outlet: str | None = None
    wire: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Syndicate:
    """Articles that are one text, whole or in part: two or more keys, sorted.

    `original` is the key of the one that the others were made from, None where that isn't sure.
    `agency` is whose text it is, where an agency is credited or is the outlet of one of them.
    """

    articles: tuple[str, ...]
    original: str | None
    agency: str | None
    basis: Basis


def groups(copies: Iterable[Copy], marks: Mapping[str, Marks] | None = None) -> list[Syndicate]:
    """The syndication groups of all that `CopyIndex.add` found, by their first key.

    Give partial reuse too: it tells which copies of one text have text in common.
    """
    links: dict[str, dict[str, Copy]] = defaultdict(dict)
    for copy in copies:
        links[copy.a][copy.b] = links[copy.b][copy.a] = copy
    pairs = [c for one, others in links.items() for c in others.values() if c.a == one]
    group_of: dict[str, set[str]] = {one: {one} for one in links}
    for copy in sorted(pairs, key=lambda c: (-c.strength, -c.own, c.a, c.b)):
        left, right = group_of[copy.a], group_of[copy.b]
        if not copy.is_copy or left is right:
            continue
        if all(_are_related(one, other, links) for one in left for other in right):
            left |= right
            for one in right:
                group_of[one] = left
    found = {min(group): tuple(sorted(group)) for group in group_of.values() if len(group) > 1}
    return [_syndicate(found[first], marks or {}) for first in sorted(found)]


def _are_related(one: str, other: str, links: Mapping[str, Mapping[str, Copy]]) -> bool:
    """Whether two articles have text in common, by their own comparison or by a third's.

    Of a text with very many copies not all pairs are compared (see `CopyIndex`). Then two have
    in common what both share with a third where it is the same stretch of the third.
    """
    direct = links[one].get(other)
    if direct is not None:
        return max(direct.share_a, direct.share_b) >= RELATED
    for third in sorted(links[one].keys() & links[other].keys()):
        first, second = _stretches(links[one][third], third), _stretches(links[other][third], third)
        least = min(_length(first), _length(second))
        if _length(_both(first, second)) >= COMMON_STRETCH * least > 0:
            return True
    return False


def _stretches(copy: Copy, key: str) -> list[Span]:
    """The common runs of a pair in one of its articles, in order."""
    return sorted(span[0] if copy.a == key else span[1] for span in copy.spans)


def _length(spans: Iterable[Span]) -> int:
    return sum(span.end - span.start for span in spans)


def _both(first: list[Span], second: list[Span]) -> list[Span]:
    """What lies in both of two lists of ordered spans that don't overlap."""
    common: list[Span] = []
    i = j = 0
    while i < len(first) and j < len(second):
        start = max(first[i].start, second[j].start)
        end = min(first[i].end, second[j].end)
        if start < end:
            common.append(Span(start, end))
        if first[i].end < second[j].end:
            i += 1
        else:
            j += 1
    return common


def _syndicate(articles: tuple[str, ...], marks: Mapping[str, Marks]) -> Syndicate:
    """A group with whose text it is."""
    known = {one: marks.get(one, Marks()) for one in articles}
    names = [agency_name(mark.wire) or mark.wire for mark in known.values() if mark.wire]
    if not names:
        names = [name for m in known.values() if m.outlet and (name := agency_name(m.outlet))]
    credited = {body_key(name): name for name in sorted(names)}
    if len(credited) > 1:
        return Syndicate(articles, None, None, Basis.DISAGREEING)
    if not credited:
        first = _earliest(known)
        return Syndicate(articles, first, None, Basis.EARLIEST if first else Basis.UNKNOWN)
    ((key, agency),) = credited.items()
    own = {one: m for one, m in known.items() if m.outlet and body_key(m.outlet) == key}
    first = next(iter(own)) if len(own) == 1 else _earliest(own)
    return Syndicate(articles, first, agency, Basis.AGENCY if own else Basis.CREDIT)


def _earliest(marks: Mapping[str, Marks]) -> str | None:
    """The article that was published before all others; None where a date is missing or equal."""
    for one, mark in marks.items():
        if all(_is_before(mark, other) for key, other in marks.items() if key != one):
            return one
    return None


def _is_before(mark: Marks, other: Marks) -> bool:
    """Whether the one was surely published first: moments by the clock, else the day decides."""
    moments = [_moment(m.published) for m in (mark, other)]
    if moments[0] is not None and moments[1] is not None:
        return moments[0] < moments[1]
    days = [_day(m.published) for m in (mark, other)]
    return days[0] is not None and days[1] is not None and days[0] < days[1]


def _moment(value: str | None) -> datetime | None:
    """A moment with its offset from UTC; None for a day, or a time of nobody knows where."""
    try:
        moment = datetime.fromisoformat(value or "")
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None
