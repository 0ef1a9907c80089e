"""The tables of sources: rows of the registry and of users, and the log of what editors decide."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from claims.sources.decisions import DecisionKind
from claims.sources.entries import AliasKind, Control, SourceKind
from claims.store.base import Base, Origin, UtcDateTime, one_of


class Source(Base, table=True):
    """Someone or something that speaks, one row however it is called.

    `origin` tells rows of the shipped registry from those that users loaded, which no newer
    registry touches; `registry_version` is that of the registry which had the row last.
    """

    __table_args__ = (
        one_of("kind", SourceKind),
        one_of("control", Control),
        one_of("origin", Origin),
        CheckConstraint("length(country) = 2", name="country"),
        CheckConstraint("owner_id <> id", name="owner"),
        CheckConstraint(
            "basis IS NOT NULL OR (owner_id IS NULL AND control = 'unknown')", name="basis"
        ),
        CheckConstraint("basis_date IS NOT NULL OR control = 'unknown'", name="basis_date"),
        CheckConstraint(
            "(registry_version IS NOT NULL) = (origin = 'registry')", name="registry_version"
        ),
    )
    id: str = Field(primary_key=True)
    name: str
    kind: str
    country: str | None = None
    owner_id: str | None = Field(default=None, foreign_key="source.id", index=True)
    control: str
    basis: str | None = None
    basis_date: date | None = None
    derived_from: str | None = None
    origin: str
    registry_version: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)


class SourceAlias(Base, table=True):
    """A name of a source; a title or office is an alias with dates, never a merge of people."""

    __tablename__ = "source_alias"
    __table_args__ = (
        UniqueConstraint("source_id", "alias", "kind", "valid_from"),
        Index(None, "alias"),
        one_of("kind", AliasKind),
        one_of("origin", Origin),
        CheckConstraint("valid_from <= valid_to", name="dates"),
    )
    id: int | None = Field(default=None, primary_key=True)
    source_id: str = Field(foreign_key="source.id")
    alias: str
    kind: str
    ambiguous: bool
    valid_from: date | None = None
    valid_to: date | None = None
    derived_from: str | None = None
    origin: str


class RegistryLoad(Base, table=True):
    """The log of shipped registries that were loaded; the last one is what the rows are of."""

    __tablename__ = "registry_load"
    id: int | None = Field(default=None, primary_key=True)
    version: str
    program: str
    created_at: datetime = Field(sa_type=UtcDateTime)


class SourceDecision(Base, table=True):
    """The log of what editors decided about sources; nothing in it is ever changed.

    A revert names what it reverts, which can be reverted once; that a revert is itself reverted
    puts the first decision in force again (see `claims.sources.decisions`).
    """

    __tablename__ = "source_decision"
    __table_args__ = (
        one_of("kind", DecisionKind),
        one_of("name_kind", AliasKind),
        CheckConstraint("(kind = 'revert') = (reverts IS NOT NULL)", name="reverts"),
        CheckConstraint("reverts < id", name="order"),
        CheckConstraint("(kind = 'revert') = (source_id IS NULL)", name="source"),
        CheckConstraint("target_id <> source_id", name="target"),
        CheckConstraint("kind <> 'merge' OR target_id IS NOT NULL", name="merge"),
        CheckConstraint("target_id IS NULL OR kind IN ('merge', 'split')", name="target_kind"),
        CheckConstraint("(kind IN ('alias', 'split')) = (name IS NOT NULL)", name="name"),
        CheckConstraint("(kind = 'alias') = (name_kind IS NOT NULL)", name="alias"),
        CheckConstraint("valid_from <= valid_to", name="dates"),
        CheckConstraint("length(decided_by) > 0", name="decided_by"),
    )
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    source_id: str | None = Field(default=None, foreign_key="source.id", index=True)
    target_id: str | None = Field(default=None, foreign_key="source.id")
    name: str | None = None
    name_kind: str | None = None
    ambiguous: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    reverts: int | None = Field(default=None, foreign_key="source_decision.id", unique=True)
    note: str
    decided_by: str
    created_at: datetime = Field(sa_type=UtcDateTime)
