"""The plain data types that pass between the stages.

All offsets are half-open `[start, end)` in characters of `Document.text`. Nothing here imports
anything of the project: every stage may depend on this file, and this file on none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open character range of a stored text."""

    start: int
    end: int


class BlockKind(StrEnum):
    """What a stretch of an article's text is. Attributions are read from the first three only."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    BODY = "body"
    CAPTION = "caption"
    CREDIT = "credit"
    BOILERPLATE = "boilerplate"

    @property
    def is_read(self) -> bool:
        """Whether attributions may be read from such a block."""
        return self in (BlockKind.HEADLINE, BlockKind.DATELINE, BlockKind.BODY)


class Stance(StrEnum):
    """The source's commitment to the content (FactBank, Saurí & Pustejovsky 2009, folded)."""

    ASSERTS = "asserts"  # CT+
    DENIES = "denies"  # CT-
    HEDGES = "hedges"  # PR+, PS+
    DOUBTS = "doubts"  # PR-, PS-
    UNCOMMITTED = "uncommitted"  # Uu


class Act(StrEnum):
    """What the source does by its words."""

    STATEMENT = "statement"
    ACCUSATION = "accusation"
    DENIAL = "denial"
    PREDICTION = "prediction"
    DIRECTIVE = "directive"
    COMMITMENT = "commitment"
    QUESTION = "question"
    EVALUATION = "evaluation"
    BELIEF = "belief"
    WITHHELD = "withheld"


class Framing(StrEnum):
    """How the outlet frames the source: as reliable, as doubtful, or neither."""

    NEUTRAL = "neutral"
    ENDORSES = "endorses"
    DISTANCES = "distances"


class SentenceKind(StrEnum):
    """`attributed`: its main point is what a source says; `asserted`: the outlet states it."""

    ATTRIBUTED = "attributed"
    ASSERTED = "asserted"
    OTHER = "other"


class CarrierRole(StrEnum):
    """What a carrier did with the words: how the article says that it stands in the chain."""

    CITED = "cited"  # the article says that it heard, reported or showed them
    CARRIED = "carried"  # the agency whose dispatch the article is
    PUBLISHED = "published"  # the outlet


class DateKind(StrEnum):
    """What says when an article appeared, the best evidence first."""

    GIVEN = "given"
    PAGE = "page metadata"
    HEADER = "header"  # a date line or dated byline above the story or below it
    DATELINE = "dateline"
    CAPTION = "caption"  # the day of the story's picture, where the story reports from that day
    FIRST_SEEN = "first seen"  # when the store was first given the text: it appeared by then


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of an article's metadata, with where it came from.

    `value` is None when nothing sure was found; `basis` then says so. `evidence` is the span of
    the stored text that says it, when it is the text that does.
    """

    value: str | None
    basis: str
    evidence: Span | None = None

    @property
    def day(self) -> date | None:
        """The day of an ISO 8601 date or moment; None where the value has no day."""
        try:
            return date.fromisoformat((self.value or "")[:10])
        except ValueError:
            return None


UNKNOWN = Fact(None, "not found")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date that claims to be the day an article appeared.

    `value` is ISO 8601, None where it can be read in more than one way. `accepted` tells that it
    is the day of `Document.published`; `reason` says by what mark, or why it is not.
    """

    value: str | None
    kind: DateKind
    evidence: Span | None
    accepted: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """A labelled stretch of the text: a paragraph, a line, or a part of one.

    Blocks are in order and never overlap; what lies between them is white space. A dateline
    ("SEOUL (AP) —") is a block of its own before the body block of the same paragraph, a closing
    credit ("(Yonhap)") one after it; `paragraph` is equal for blocks that belong together. A
    block may hold line breaks: of hard-wrapped lines, or where a sentence was broken off and goes
    on after an empty line.
    """

    start: int
    end: int
    kind: BlockKind
    paragraph: int


@dataclass(frozen=True, slots=True)
class Document:
    """An article as read: its immutable text (NFC, LF) with labelled blocks and metadata.

    `name` is the `id` of a `.jsonl` line, else the path as given. `sha256` is that of the text in
    UTF-8, `raw_sha256` that of the bytes it was read from. `origin[i]` is the offset in the given
    text (as the `.jsonl` line had it) of character `i` of `text`, with one entry more than the
    text has characters, and `given` that text; both None where given and stored text are the same.
    `dates` are all that claim to be the day it appeared, the best kind first, the refused with why.
    """

    name: str
    text: str
    sha256: str
    raw_sha256: str
    format: str
    blocks: tuple[Block, ...]
    title: str | None = None
    url: str | None = None
    outlet: Fact = UNKNOWN
    wire: Fact = UNKNOWN
    published: Fact = UNKNOWN
    dates: tuple[PrintedDate, ...] = ()
    origin: tuple[int, ...] | None = field(default=None, repr=False)
    given: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Speaker:
    """One resolved speaker of an attribution; `evidence` is the mention that names it.

    `why` says in words why nobody was named; None for all but "UNRESOLVED".
    """

    name: str
    source_id: str | None = None
    canonical: str | None = None
    kind: str | None = None
    confidence: float | None = None
    evidence: Span | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Carrier:
    """One link of the chain the words came through, from the speaker outward.

    `role` is a `CarrierRole`; `evidence` is where the text names the carrier, None for what was
    given with the article or stands in its page's head. `canonical` is the registry's name; it
    isn't stored, but looked up by whoever shows the chain.
    """

    name: str
    role: str
    evidence: Span | None = None
    source_id: str | None = None
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what: the atom of the record.

    `source`, `cue` and `content` are ordered, non-overlapping spans; `source` may be empty.
    `speaker` is one string: a name, several joined by "; ", "UNNAMED: words", "AUTHOR", "NONE" or
    "UNRESOLVED". `confidence` (0 to 1) is calibrated: the share of such attributions that are
    right. `parent` is the index, in the same article, of the smallest other attribution whose
    content holds the whole cue. `cites` is whom the speaker, a medium, says that it has the words
    from; `carriers` go from the speaker outward.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    stance: Stance
    act: Act
    framing: Framing
    confidence: float
    speaker: str = "UNRESOLVED"
    speakers: tuple[Speaker, ...] = ()
    carriers: tuple[Carrier, ...] = ()
    parent: int | None = None
    cites: tuple[Carrier, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a read block, its kind, and its check-worthiness from 0 to 1."""

    start: int
    end: int
    kind: SentenceKind
    worth: float


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """The model that made a record: its name, and the sha256 of its weights and settings."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Naming:
    """What named the speakers and chains of a record: the versions of both, empty where unknown.

    `speaker_model` is a hash of the scorer's weights, `registry` one of all sources and names.
    """

    speaker_model: str = ""
    registry: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one model found in one document, in the order of the text.

    `candidates` are attributions under the model's threshold: never reported, offered for review.
    """

    sentences: tuple[Sentence, ...]
    attributions: tuple[Attribution, ...]
    model: ModelInfo
    naming: Naming = Naming()
    candidates: tuple[Attribution, ...] = ()
