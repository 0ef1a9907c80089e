"""What all tables share: names of constraints, moments in UTC, and the usual checks."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Dialect,
    MetaData,
    Table,
    TypeDecorator,
)
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no zone, so it is taken off and put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone; store in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give it back with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMING))):
    """All tables of the store, apart from any other SQLModel tables of the process."""


class Origin(StrEnum):
    """Where a row about a source comes from."""

    REGISTRY = "registry"
    USER = "user"


def one_of(column: str, values: Iterable[StrEnum]) -> CheckConstraint:
    """`column` is one of the enumeration's values, or NULL (after a purge)."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def share(column: str) -> CheckConstraint:
    """`column` is between 0 and 1."""
    return CheckConstraint(f"{column} BETWEEN 0 AND 1", name=column)


def range_of_text() -> CheckConstraint:
    """A range of at least one character."""
    return CheckConstraint('start >= 0 AND start < "end"', name="range")


def evidence(prefix: str = "") -> CheckConstraint:
    """A range of at least one character, or none: two NULLs."""
    start, end = f'"{prefix}start"', f'"{prefix}end"'
    return CheckConstraint(
        f"({start} IS NULL) = ({end} IS NULL) AND {start} >= 0 AND {start} < {end}",
        name=f"{prefix}range",
    )


def table(model: type[Base]) -> Table:
    """The SQLAlchemy table of a model, for statements over many rows."""
    name: Any = model.__tablename__
    return Base.metadata.tables[str(name)]
