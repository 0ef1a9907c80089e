"""What can be wrong with a database, and what the user is told."""

from __future__ import annotations

import builtins
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from claims.errors import StoreError
from claims.store import Store, open_store, upgrade
from claims.store.engine import locate
from claims.store.migrate import SCHEMA
from tests.store.making import document, found


def test_a_bare_path_is_a_sqlite_file(tmp_path: Path) -> None:
    path = tmp_path / "übersicht 100%.db"
    with open_store(str(path)) as store:
        assert store.save(document(), found()).status == "added"
        info = store.info()
    assert (info.database, info.path, info.schema) == ("SQLite", str(path), SCHEMA)
    assert info.bytes
    assert info.bytes > 0
    with open_store(f"sqlite:///{path}", create=False) as store:
        assert len(store.articles()) == 1


def test_every_sqlite_connection_is_set_up(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "c.db")) as store:
        engine = store._engine
        with engine.connect() as one, engine.connect() as two:
            for connection in (one, two):
                for pragma, value in (
                    ("foreign_keys", 1),
                    ("journal_mode", "wal"),
                    ("busy_timeout", 30_000),
                    ("recursive_triggers", 1),
                ):
                    assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_store_in_memory(tmp_path: Path) -> None:
    with open_store("sqlite://") as store:
        store.save(document(), found())
        assert len(store.attributions()) == 3
        assert store.info().path is None


def test_a_missing_database_is_made_only_when_asked(url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no database") as caught:
        open_store(url, create=False)
    assert "claims ingest" in caught.value.repair
    assert not (tmp_path / "claims.db").exists()
    open_store(url).close()
    open_store(url, create=False).close()


def test_a_folder_a_missing_folder_and_a_file_that_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        open_store(str(tmp_path))
    with pytest.raises(StoreError, match="there is no folder"):
        open_store(str(tmp_path / "no" / "claims.db"))
    text = tmp_path / "notes.txt"
    text.write_text("Notes on the harbour.\n" * 100)
    with pytest.raises(StoreError, match="is not a Claims database"):
        open_store(str(text))
    assert text.read_text().startswith("Notes on the harbour.")
    with pytest.raises(StoreError, match=r"is a folder|there is no database"):
        upgrade(str(tmp_path))


def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    path.touch()
    with pytest.raises(StoreError, match="there is no database"):
        open_store(str(path), create=False)
    with open_store(str(path)) as store:
        assert store.articles() == []


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()
    for attempt in (open_store, upgrade):
        with pytest.raises(StoreError, match=r"belongs to another program.*bookmarks"):
            attempt(str(path))
    with sqlite3.connect(path) as connection:
        names = connection.execute("SELECT name FROM sqlite_master").fetchall()
    connection.close()
    assert names == [("bookmarks",)]


def test_a_shared_postgresql_database_is_used_unless_names_clash(url: str) -> None:
    if url.startswith("sqlite"):
        pytest.skip("a SQLite file isn't shared")
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
        open_store(url).close()
        connection.execute("DROP TABLE claims_schema")
        with pytest.raises(StoreError, match="belongs to another program"):
            open_store(url)


def test_a_read_only_database_can_be_read_and_says_why_it_cannot_be_written(
    tmp_path: Path,
) -> None:
    path = tmp_path / "claims.db"
    with open_store(str(path)) as store:
        store.save(document(), found())
    with open_store(f"sqlite:///file:{path}?mode=ro&uri=true") as store:
        assert len(store.attributions()) == 3
        with pytest.raises(StoreError, match="can't be written") as caught:
            store.save(document("Another text."), found_nothing())
    assert "rights" in caught.value.repair


def found_nothing() -> Any:
    from dataclasses import replace

    return replace(found(), attributions=(), sentences=())


def test_a_damaged_database_says_so(tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    with open_store(str(path)) as store:
        store.save(document(), found())
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(bytes(content))
    with pytest.raises(StoreError, match=re.escape(str(path))), open_store(str(path)) as store:
        store.article(1)


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("mysql://u:secret@h/db", "mysql"),
        ("postgresql://u:secret@h:port/db", "can't be read"),
        ("://", "can't be read"),
        ("postgresql://u:secret@127.0.0.1:1/db", "can't be reached"),
        ("postgres://u:secret@127.0.0.1:1/db", "can't be reached"),
    ],
)
def test_bad_urls(url: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match=what) as caught:
        open_store(url)
    assert "secret" not in str(caught.value)


def test_a_missing_postgresql_database_is_named_with_its_repair(server: str) -> None:
    with pytest.raises(StoreError, match="doesn't exist") as caught:
        open_store(server.replace("/postgres?", "/nowhere?"))
    assert "createdb" in caught.value.repair


def test_a_database_of_another_encoding_is_refused(server: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(StoreError, match="keeps text in LATIN1"):
        open_store(server.replace("/postgres?", "/latin?"))


def test_a_missing_driver_is_named_with_its_repair(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_psycopg(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "psycopg":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_psycopg)
    with pytest.raises(StoreError, match="driver") as caught:
        open_store("postgresql://localhost/claims")
    assert caught.value.repair == "pip install 'claims[postgres]'"


def test_the_password_is_shown_nowhere() -> None:
    assert "secret" not in str(locate("postgresql://u:secret@h/db"))


def test_an_unknown_article_is_named(store: Store) -> None:
    with pytest.raises(StoreError, match="no article 7"):
        store.article(7)


def test_importing_the_package_is_cheap() -> None:
    import subprocess
    import sys

    code = "import sys, claims.store, claims.store.rows; print(int('sqlalchemy' in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
