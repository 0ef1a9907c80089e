"""The schema's versions: creating, recognising and upgrading a database.

A database is recognised by its table `claims_schema`, which holds the last migration. Migrations
are numbered in one line (0001, 0002, …) and run inside one transaction, on both databases.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from claims.errors import StoreError
from claims.store import guards
from claims.store.engine import Place, connect, locate, writing
from claims.store.tables import Base

SCHEMA = "0005"
"""The migration that this program's tables stand for; a test holds it to Alembic's head."""
VERSION_TABLE = "claims_schema"
_MIGRATIONS = Path(__file__).resolve().parent / "migrations"


@dataclass(frozen=True, slots=True)
class Upgraded:
    """Schema versions before and after; equal when there was nothing to do."""

    before: str
    after: str


def schema_of(connection: Connection, place: Place) -> str | None:
    """The schema version of a database; None if it is empty.

    Raises `StoreError` when it belongs to another program.
    """
    if connection.dialect.name == "postgresql":
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
        if encoding != "UTF8":
            raise StoreError(
                f"the database {place} keeps text in {encoding}, which doesn't hold every article",
                repair="createdb --encoding UTF8 --template template0 NAME",
            )
    names = set(inspect(connection).get_table_names())
    if VERSION_TABLE in names:
        version = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608
        if isinstance(version, str) and version.isdigit():
            return version
        raise StoreError(f"the database {place} is damaged: it doesn't say its schema version")
    # A server's database may hold other tables beside ours; a file is wholly ours.
    clash = names if connection.dialect.name == "sqlite" else names & set(Base.metadata.tables)
    if clash:
        raise StoreError(
            f"the database {place} belongs to another program (it has a table {min(clash)!r})",
            repair="name another database with --db or CLAIMS_DB",
        )
    return None


def check_version(version: str, place: Place) -> None:
    """Raise `StoreError` unless `version` is the one that this program reads and writes."""
    if version < SCHEMA:
        raise StoreError(
            f"the database {place} has schema {version}, this program needs {SCHEMA}",
            repair="claims db upgrade",
        )
    if version > SCHEMA:
        raise StoreError(
            f"the database {place} has schema {version}, newer than this program's {SCHEMA}",
            repair="install the newer version of claims that wrote it",
        )


def migrate(connection: Connection, revision: str = "head") -> None:
    """Run all missing migrations in the connection's transaction, then renew the guards."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["version_table"] = VERSION_TABLE
    guards.remove(connection)
    command.upgrade(config, revision)
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise StoreError(f"the migration would leave {len(broken)} rows without their owner")
    guards.install(connection)


def upgrade(url: str) -> Upgraded:
    """Bring the database at `url` to this program's schema.

    Raises `StoreError` if there is no Claims database or if it is newer than the program.
    """
    place = locate(url)
    if place.path is not None and not place.path.is_file():
        raise StoreError(f"there is no database {place}", repair="claims ingest PATH makes one")
    engine = connect(place, foreign_keys=False)
    try:
        with writing(engine, place) as connection:
            before = schema_of(connection, place)
            if before is None:
                raise StoreError(
                    f"the database {place} is empty", repair="claims ingest PATH fills it"
                )
            if before < SCHEMA:
                migrate(connection)
            else:
                check_version(before, place)
            return Upgraded(before, SCHEMA)
    finally:
        engine.dispose()
