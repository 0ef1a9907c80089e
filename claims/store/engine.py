"""Connections: where the database is, how it is opened, and what its errors mean to a user.

Every SQLite connection has foreign keys on, WAL (readers don't wait for a writer), a busy timeout,
and real transactions: a writer takes the lock at its start (`BEGIN IMMEDIATE`), so that what it
looked up still holds when it writes. PostgreSQL writers take one advisory lock for the same end.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    NoSuchModuleError,
)

from claims.errors import StoreError

BUSY_SECONDS = 30
WRITER_LOCK = 0x434C41494D53  # "CLAIMS": key of the advisory lock, as good as any other


@dataclass(frozen=True, slots=True)
class Place:
    """Where a database is. `path` is that of a SQLite file; None in memory and for servers."""

    url: URL
    path: Path | None

    def __str__(self) -> str:
        """The file, or the URL without its password, for messages."""
        return str(self.path) if self.path else self.url.render_as_string(hide_password=True)


def locate(url: str) -> Place:
    """Read a database URL, or the bare path of a SQLite file.

    Raises `StoreError` for another kind of database, an unreadable URL or a missing driver.
    """
    if "://" not in url:
        path = Path(url).expanduser()
        return Place(URL.create("sqlite", database=str(path)), path)
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StoreError(
            "the database URL can't be read",
            repair="write sqlite:///FILE or postgresql://USER@HOST/DATABASE",
        ) from error
    kind = parsed.drivername.partition("+")[0]
    if kind == "sqlite":
        return _sqlite_place(parsed)
    if kind in ("postgresql", "postgres"):
        _require_psycopg()
        return Place(parsed.set(drivername="postgresql+psycopg"), None)
    raise StoreError(
        f"no store can be kept in {kind}",
        repair="use sqlite:///FILE or postgresql://USER@HOST/DATABASE",
    )


def _sqlite_place(url: URL) -> Place:
    database = url.database or ""
    url = url.set(drivername="sqlite")
    if database in ("", ":memory:"):
        return Place(url, None)
    if database.startswith("file:"):
        return Place(url, Path(database.removeprefix("file:")))
    path = Path(database).expanduser()
    return Place(url.set(database=str(path)), path)


def _require_psycopg() -> None:
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise StoreError(
            "PostgreSQL needs a driver that isn't installed",
            repair="pip install 'claims[postgres]'",
        ) from error


def connect(place: Place, *, foreign_keys: bool = True) -> Engine:
    """An engine for `place`; nothing is opened yet. Only migrations go without foreign keys."""
    if place.url.get_backend_name() != "sqlite":
        return create_engine(place.url, connect_args={"connect_timeout": 10})
    try:
        engine = create_engine(place.url, connect_args={"timeout": BUSY_SECONDS})
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError(f"{place} can't be opened: {error}") from error
    event.listen(engine, "connect", _prepare_sqlite)
    if not foreign_keys:
        event.listen(engine, "connect", _free_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    """Set up one SQLite connection."""
    connection.isolation_level = None  # transactions are begun by `_begin_sqlite`, not guessed
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")
    # INSERT OR REPLACE deletes rows past the triggers unless this is on.
    connection.execute("PRAGMA recursive_triggers = ON")
    # What a purge blanks is overwritten in the file, too.
    connection.execute("PRAGMA secure_delete = ON")
    # As PostgreSQL does it: SQLite's own lower() knows only ASCII.
    connection.create_function(
        "lower", 1, lambda text: text.lower() if isinstance(text, str) else text, deterministic=True
    )
    _use_wal(connection)


def _free_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    """For migrations: a table rebuilt by drop and rename must not touch rows that point at it."""
    connection.execute("PRAGMA foreign_keys = OFF")


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL. The switch doesn't wait for another opener's lock, so this does."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("claims_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing(engine: Engine, place: Place) -> Iterator[Connection]:
    """One transaction of the only writer; rolled back when anything is raised."""
    with explained(place), engine.connect() as raw:
        connection = raw.execution_options(claims_write=True)
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")
            yield connection


@contextmanager
def reading(engine: Engine, place: Place) -> Iterator[Connection]:
    """One consistent view of the store, whatever is written beside it."""
    with explained(place), engine.connect() as raw:
        connection = raw
        if raw.dialect.name == "postgresql":
            connection = raw.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        with connection.begin():
            yield connection


@contextmanager
def explained(place: Place) -> Iterator[None]:
    """Turn the driver's errors into `StoreError` with a repair."""
    try:
        yield
    except (DBAPIError, InterfaceError, sqlite3.Error) as error:
        raise explain(error, place) from error


_CAUSES = (
    ("unable to open database file", "can't be opened", "check that its folder is there and yours"),
    ("readonly database", "can't be written", "check the rights of the file and of its folder"),
    ("read-only transaction", "can't be written", "use a database user who may write"),
    ("file is not a database", "is not a Claims database", "name another file with --db"),
    ("database is locked", "is in use by another program", "try again when that has finished"),
    ("disk is full", "can't be written: the disk is full", "make room and run the command again"),
    ("database disk image is malformed", "is damaged", "restore it from a backup"),
    ("password authentication failed", "refuses user or password", "check --db or CLAIMS_DB"),
    ("does not exist", "doesn't exist on the server", "create it: createdb NAME"),
    ("permission denied", "doesn't let this user in", "grant the user rights on the schema"),
    ("is immutable", "keeps texts and findings unchanged", "to take an article down: claims purge"),
    ("connection", "can't be reached", "check that the server runs and the URL is right"),
)


def explain(error: Exception, place: Place) -> StoreError:
    """What a driver's error means for the user of the database at `place`."""
    cause = str(getattr(error, "orig", None) or error).strip()
    for mark, what, repair in _CAUSES:
        if mark in cause and not (mark == "does not exist" and "database" not in cause):
            return StoreError(f"the database {place} {what}", repair=repair)
    first = cause.splitlines()[0] if cause else type(error).__name__
    what = "refuses the data" if isinstance(error, IntegrityError) else "failed"
    return StoreError(f"the database {place} {what}: {first}")
