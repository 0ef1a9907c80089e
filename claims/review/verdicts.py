"""Verdicts of editors on claims as data: the log's lines, their evidence, and what is in force."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from claims.addresses import web_address
from claims.errors import ClaimsError
from claims.matching.deciding import Passage
from claims.records import Span
from claims.review.scales import Rating, Scale

_PLACE = re.compile(r"#?(\d+):(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class WebEvidence:
    """A page that a verdict rests on."""

    url: str


@dataclass(frozen=True, slots=True)
class PlaceGiven:
    """A place that is offered as evidence: half-open characters of an article's newest text."""

    article_id: int
    span: Span


@dataclass(frozen=True, slots=True)
class TextEvidence:
    """A place in a stored text that a verdict rests on.

    `version` is that of the article's text in which the offsets count, `is_newest` whether there
    is none after it. `exact` are the words; empty once the article was taken down.
    """

    article_id: int
    text_id: int
    version: int
    is_newest: bool
    span: Span
    exact: str


Evidence = WebEvidence | TextEvidence
Given = WebEvidence | PlaceGiven


def parse_evidence(words: str) -> Given:
    """Read `URL` or `ARTICLE:START-END`. Raises `ClaimsError` where it is neither."""
    found = _PLACE.fullmatch(words.strip())
    if found is not None:
        article, start, end = map(int, found.groups())
        return PlaceGiven(article, Span(start, end))
    url = web_address(words.strip())
    if url is None:
        raise ClaimsError(
            f"{words!r} is no evidence",
            repair="give an http address, or a place in an article such as 12:340-400",
        )
    return WebEvidence(url)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A line of the log.

    `place` is where a member of the claim stands, `words` how the claim was worded when it was
    rated. A line with `reverts` takes an earlier one back, for the reason in `because`, and has
    no rating. A purge of the article of `place` takes `words`, `because` and `evidence` away.
    """

    id: int
    place: Passage | None
    words: str | None
    rating: Rating | None
    scale: Scale | None
    because: str
    evidence: tuple[Evidence, ...]
    reverts: int | None
    by: str
    at: datetime

    @property
    def label(self) -> str:
        """The newsroom's word for the rating; empty for what takes another back."""
        return self.rating.label if self.rating else ""


def in_force(log: Iterable[Verdict]) -> list[Verdict]:
    """The verdicts that hold, oldest first: a reverted one doesn't, unless its revert is itself
    reverted. Of several about one claim the last governs."""
    verdicts = list(log)
    reverted: set[int] = set()
    for verdict in reversed(verdicts):
        if verdict.reverts is not None and verdict.id not in reverted:
            reverted.add(verdict.reverts)
    return [v for v in verdicts if v.id not in reverted and v.reverts is None]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A line of the log as it stands now.

    `claim_id` is the claim whose member stands at its place; None where there is none any more.
    `holds`: whether it wasn't taken back; `governs`: whether it is the claim's verdict.
    """

    verdict: Verdict
    claim_id: int | None
    holds: bool
    governs: bool
