"""The tables. Texts and what models found in them are written once and never changed.

Offsets are half-open and count characters (code points) of `article_text.text`, on SQLite as on
PostgreSQL. SQLite's `length()` stops at a NUL and PostgreSQL takes none in text, so no text that
holds one is ever stored: reading refuses it, and so does `Store.save`.

What belongs to a run (blocks, sentences, attributions) is kept for every run: a newer model may
come with a newer reader, and each attribution is shown with the blocks it was read from.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from claims.records import Act, BlockKind, Framing, SentenceKind, Stance
from claims.store.base import (
    Base,
    UtcDateTime,
    evidence,
    one_of,
    range_of_text,
    share,
    table,
)
from claims.store.claim_tables import (
    Claim,
    ClaimDecision,
    ClaimLink,
    ClaimMember,
    ComparedText,
    MatchedRun,
    Statement,
    StatementPair,
    TextCopy,
)
from claims.store.review_tables import (
    Assignment,
    Candidate,
    Decision,
    Fetched,
    Lease,
    ReviewItem,
    SavedFilter,
    Verdict,
)
from claims.store.source_tables import RegistryLoad, Source, SourceAlias, SourceDecision

__all__ = [
    "Assignment",
    "Base",
    "Candidate",
    "Claim",
    "ClaimDecision",
    "ClaimLink",
    "ClaimMember",
    "ComparedText",
    "Decision",
    "Fetched",
    "Lease",
    "MatchedRun",
    "RegistryLoad",
    "ReviewItem",
    "SavedFilter",
    "Source",
    "SourceAlias",
    "SourceDecision",
    "Statement",
    "StatementPair",
    "TextCopy",
    "Verdict",
    "table",
]


class Outlet(Base, table=True):
    """Who published; an outlet is a source, once the registry knows it."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    source_id: str | None = Field(default=None, foreign_key="source.id")


class Article(Base, table=True):
    """The identity of an article over its versions.

    `url_key` is the URL without what doesn't tell articles apart (scheme, tracking); it is filled
    in later when an article first came without one. `name` is that of the first version.
    """

    __table_args__ = (Index(None, "name"),)
    id: int | None = Field(default=None, primary_key=True)
    url_key: str | None = Field(default=None, unique=True)
    name: str
    created_at: datetime = Field(sa_type=UtcDateTime)


class ArticleText(Base, table=True):
    """One version of an article: its text, hashes, and metadata with where each came from."""

    __tablename__ = "article_text"
    __table_args__ = (
        UniqueConstraint("article_id", "version"),
        UniqueConstraint("article_id", "sha256"),
        Index(None, "sha256"),
        Index(None, "published_on"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("length(sha256) = 64 AND length(raw_sha256) = 64", name="hashes"),
        CheckConstraint("chars >= 1 AND (length(text) = chars OR text = '')", name="chars"),
        evidence("outlet_"),
        evidence("wire_"),
        evidence("published_"),
    )
    id: int | None = Field(default=None, primary_key=True)
    article_id: int = Field(foreign_key="article.id")
    version: int
    name: str
    format: str
    sha256: str
    raw_sha256: str
    chars: int
    text: str
    title: str | None = None
    url: str | None = None
    outlet_id: int | None = Field(default=None, foreign_key="outlet.id", index=True)
    outlet_basis: str
    outlet_start: int | None = None
    outlet_end: int | None = None
    wire: str | None = None
    wire_basis: str
    wire_start: int | None = None
    wire_end: int | None = None
    published: str | None = None
    published_on: date | None = None
    published_basis: str
    published_start: int | None = None
    published_end: int | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)


class Model(Base, table=True):
    """A model, by name and by the hash of its weights and settings."""

    __table_args__ = (UniqueConstraint("name", "version"),)
    id: int | None = Field(default=None, primary_key=True)
    name: str
    version: str
    created_at: datetime = Field(sa_type=UtcDateTime)


class Run(Base, table=True):
    """One reading of one text by one model; `program` is the version of this program.

    `speaker_model` and `registry_version` are the versions of what named the speakers, '' where the
    run is older than these columns. A text has several runs of one model where they have changed.
    """

    __table_args__ = (Index(None, "text_id", "model_id"),)
    id: int | None = Field(default=None, primary_key=True)
    text_id: int = Field(foreign_key="article_text.id")
    model_id: int = Field(foreign_key="model.id", index=True)
    program: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    speaker_model: str
    registry_version: str


class Block(Base, table=True):
    """A labelled stretch of the text, as the reader had it at that run."""

    __table_args__ = (
        UniqueConstraint("run_id", "ordinal"),
        range_of_text(),
        one_of("kind", BlockKind),
    )
    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="run.id")
    ordinal: int
    start: int
    end: int
    kind: str | None = None
    paragraph: int


class Sentence(Base, table=True):
    """A sentence with its labels."""

    __table_args__ = (
        UniqueConstraint("run_id", "ordinal"),
        range_of_text(),
        one_of("kind", SentenceKind),
        share("worth"),
    )
    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="run.id")
    ordinal: int
    start: int
    end: int
    kind: str | None = None
    worth: float | None = None


class Attribution(Base, table=True):
    """Who says what; its words are in `span`. `parent` is an ordinal of the same run."""

    __table_args__ = (
        UniqueConstraint("run_id", "ordinal"),
        # Deferred: a parent may stand after its child in the order of the text.
        ForeignKeyConstraint(
            ["run_id", "parent"],
            ["attribution.run_id", "attribution.ordinal"],
            deferrable=True,
            initially="DEFERRED",
        ),
        CheckConstraint("parent <> ordinal", name="parent"),
        one_of("stance", Stance),
        one_of("act", Act),
        one_of("framing", Framing),
        share("confidence"),
        Index(None, "speaker"),
    )
    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="run.id")
    ordinal: int
    speaker: str
    stance: str | None = None
    act: str | None = None
    framing: str | None = None
    confidence: float | None = None
    parent: int | None = None


class Span(Base, table=True):
    """A range of the text in a role of an attribution, with the words beside it."""

    __table_args__ = (
        UniqueConstraint("attribution_id", "role", "ordinal"),
        CheckConstraint("role IN ('source', 'cue', 'content')", name="role"),
        range_of_text(),
        CheckConstraint("length(exact) = \"end\" - start OR exact = ''", name="exact"),
    )
    id: int | None = Field(default=None, primary_key=True)
    attribution_id: int = Field(foreign_key="attribution.id")
    role: str
    ordinal: int
    start: int
    end: int
    exact: str


class Speaker(Base, table=True):
    """One resolved speaker of an attribution, or why it is unresolved."""

    __table_args__ = (
        UniqueConstraint("attribution_id", "position"),
        evidence(),
        share("confidence"),
    )
    id: int | None = Field(default=None, primary_key=True)
    attribution_id: int = Field(foreign_key="attribution.id")
    position: int
    name: str
    source_id: str | None = Field(default=None, foreign_key="source.id", index=True)
    canonical: str | None = None
    kind: str | None = None
    confidence: float | None = None
    start: int | None = None
    end: int | None = None
    why: str | None = None


class ChainLink(Base, table=True):
    """One carrier of the words, from the speaker outward: at least its words, and what it did.

    Under 0 stand those inward of the speaker, whom it cites: -1 is the innermost.
    """

    __tablename__ = "chain_link"
    __table_args__ = (UniqueConstraint("attribution_id", "position"), evidence())
    id: int | None = Field(default=None, primary_key=True)
    attribution_id: int = Field(foreign_key="attribution.id")
    position: int
    name: str
    role: str
    source_id: str | None = Field(default=None, foreign_key="source.id", index=True)
    start: int | None = None
    end: int | None = None


class Purge(Base, table=True):
    """The log of takedowns. A row here is what lets the guards pass a blanking."""

    id: int | None = Field(default=None, primary_key=True)
    article_id: int = Field(foreign_key="article.id", unique=True)
    reason: str
    ordered_by: str
    created_at: datetime = Field(sa_type=UtcDateTime)
