"""What the store hands out and takes in: plain frozen data, free of the database library."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, NamedTuple

from claims.records import (
    Act,
    Attribution,
    Block,
    Carrier,
    Fact,
    Framing,
    ModelInfo,
    Naming,
    Sentence,
    Span,
    Speaker,
    Stance,
)
from claims.review.items import Status

SavedStatus = Literal["added", "changed", "unchanged", "rerun", "purged"]

NOBODY = Naming()
"""Of records whose speakers no known scorer and registry named."""
GAP = " … "
"""Stands between the spans of one role when their words are shown in one line."""


class Quote(NamedTuple):
    """Half-open character range of the stored text, and the words that stand there."""

    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles or attributions to give; every condition that is set must hold.

    `speaker` and `outlet` match a part of the name, upper and lower case alike. `since` is the
    first day of publication; an article without a known date never passes it. `limit` counts
    rows of the answer. `source_ids` are further sources that pass for `speaker`. What editors stand
    for passes every `min_confidence`; `confirmed_only` asks for nothing else.
    """

    speaker: str | None = None
    source_ids: tuple[str, ...] = ()
    stance: Stance | None = None
    since: date | None = None
    outlet: str | None = None
    article: int | None = None
    min_confidence: float | None = None
    limit: int | None = None
    confirmed_only: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one article.

    `added`: a new article. `changed`: a new version of a known one. `rerun`: a known text, now
    read by another model as well, or with its speakers named by another speaker model or registry.
    `unchanged`: all of this is known, nothing was written.
    `purged`: the article was taken down, nothing was written. `attributions` counts what this
    call wrote. `version` and `run_id` are None when it was purged.
    """

    article_id: int
    status: SavedStatus
    version: int | None
    run_id: int | None
    attributions: int


@dataclass(frozen=True, slots=True)
class AttributionRow:
    """One attribution of the newest run of an article's newest version.

    `ordinal` is its index in the run, `parent` the ordinal of the attribution whose content holds
    its cue. `item` is its key at the desk; `status`, `decision` and `reviewer` tell who stands
    for it, `kept` the values that an editor decided on, already applied. What no run has, because
    an editor added it or a newer model lost it, has the negative number of the first decision
    about it as its id, and an ordinal under 0. `published` is as the article or its page gave it,
    `published_on` its day where it has one.
    """

    id: int
    article_id: int
    version: int
    run_id: int
    ordinal: int
    article_name: str
    url: str | None
    title: str | None
    outlet: str | None
    wire: str | None
    published: str | None
    published_on: date | None
    source: tuple[Quote, ...]
    cue: tuple[Quote, ...]
    content: tuple[Quote, ...]
    speaker: str
    speakers: tuple[Speaker, ...]
    carriers: tuple[Carrier, ...]
    stance: Stance
    act: Act
    framing: Framing
    confidence: float
    parent: int | None
    model: ModelInfo
    run_at: datetime
    naming: Naming = NOBODY
    cites: tuple[Carrier, ...] = ()
    text_id: int = 0
    item: str | None = None
    status: Status = Status.MACHINE
    kept: str | None = None
    decision: int | None = None
    reviewer: str | None = None

    @property
    def attribution(self) -> Attribution:
        """The same as it passes between the stages: spans without their words."""
        return Attribution(
            source=tuple(Span(q.start, q.end) for q in self.source),
            cue=tuple(Span(q.start, q.end) for q in self.cue),
            content=tuple(Span(q.start, q.end) for q in self.content),
            stance=self.stance,
            act=self.act,
            framing=self.framing,
            confidence=self.confidence,
            speaker=self.speaker,
            speakers=self.speakers,
            carriers=self.carriers,
            parent=self.parent,
            cites=self.cites,
        )

    @property
    def source_words(self) -> str:
        """The words of the source; empty when it has none."""
        return GAP.join(quote.exact for quote in self.source)

    @property
    def cue_words(self) -> str:
        """The words of the cue."""
        return GAP.join(quote.exact for quote in self.cue)

    @property
    def content_words(self) -> str:
        """The words of the content."""
        return GAP.join(quote.exact for quote in self.content)


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article as its newest version and newest run have it.

    `chars` is the length of the text, `versions` and `runs` count all of the article. When
    `purged`, title and dates from the text are gone and the counts of what was found are 0.
    """

    id: int
    name: str
    url: str | None
    title: str | None
    outlet: str | None
    wire: str | None
    published: str | None
    published_on: date | None
    version: int
    versions: int
    runs: int
    chars: int
    sentences: int
    attributions: int
    model: ModelInfo
    saved_at: datetime
    purged: bool


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One stored text of an article; `version` counts from 1 in order of arrival."""

    version: int
    sha256: str
    raw_sha256: str
    name: str
    title: str | None
    chars: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class VersionText:
    """One stored text of an article whole, with the blocks of its newest run."""

    article_id: int
    version: int
    text: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class RunRow:
    """One reading of one version by one model."""

    id: int
    version: int
    model: ModelInfo
    program: str
    run_at: datetime
    attributions: int
    naming: Naming


@dataclass(frozen=True, slots=True)
class PurgeRow:
    """A line of the log of takedowns; `by` is whoever ordered it."""

    article_id: int
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article whole: its newest text, what the newest run found, and its history.

    After a purge `text` is empty and blocks, sentences and attributions are, too; hashes stay in
    `versions`.
    """

    row: ArticleRow
    text: str
    sha256: str
    format: str
    outlet: Fact
    wire: Fact
    published: Fact
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    attributions: tuple[AttributionRow, ...]
    versions: tuple[VersionRow, ...]
    runs: tuple[RunRow, ...]
    purge: PurgeRow | None

    @property
    def said(self) -> list[Attribution]:
        """The attributions as they pass between stages; a `parent` is a place in this list."""
        place = {row.ordinal: n for n, row in enumerate(self.attributions)}
        return [
            replace(row.attribution, parent=None if row.parent is None else place.get(row.parent))
            for row in self.attributions
        ]


@dataclass(frozen=True, slots=True)
class Purged:
    """What a takedown blanked: counts of rows."""

    article_id: int
    texts: int
    attributions: int
    spans: int
    sentences: int


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model that runs in the store name, and how many they are."""

    model: ModelInfo
    runs: int
    last_run: datetime


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What a database holds. `url` has no password; `path` and `bytes` are of a SQLite file."""

    url: str
    database: str
    path: str | None
    bytes: int | None
    schema: str
    counts: dict[str, int]
    models: tuple[ModelRow, ...]
    purges: tuple[PurgeRow, ...]


@dataclass(frozen=True, slots=True)
class LoadedSources:
    """What a load of sources wrote: counts of rows of sources and aliases together."""

    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Heard:
    """How often a name was heard in one article, by its newest run.

    `role` is `speaker`, or what a carrier did (`cited`, `carried`, `published`). `source_id` is
    as it was resolved when the article was read; `why` says of UNRESOLVED why nobody was named,
    one row a reason.
    """

    name: str
    source_id: str | None
    role: str
    article_id: int
    published_on: date | None
    attributions: int
    why: str | None = None
