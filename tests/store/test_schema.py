"""The migrations make the tables that the code describes, and upgrades lose nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from claims.errors import StoreError
from claims.records import Naming
from claims.store import guards, migrate, open_store, upgrade
from claims.store.engine import connect, locate, writing
from claims.store.tables import Base
from tests.store.conftest import new_database
from tests.store.making import MODEL, document, found

_PG_PARTS = (
    "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default)"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
)


def parts(connection: Connection) -> set[str]:
    """Every table, column, constraint, index, trigger and function, one string each."""
    if connection.dialect.name == "postgresql":
        found = {row for query in _PG_PARTS for row in connection.execute(text(query)).scalars()}
    else:
        found = set()
        for name, sql in connection.execute(text("SELECT tbl_name, sql FROM sqlite_master")):
            if sql is None:
                continue
            # A table that was rebuilt is renamed, and SQLite then quotes its name.
            sql = sql.replace(f'CREATE TABLE "{name}"', f"CREATE TABLE {name}")
            lines = sql.split("\n") if sql.startswith("CREATE TABLE") else [sql]
            found |= {f"{name}: {' '.join(line.split()).strip(' ,')}" for line in lines}
    return {part for part in found if migrate.VERSION_TABLE not in part}


@pytest.fixture
def fresh_url(url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A second empty database of the same kind as `url`."""
    if url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path}/fresh.db"
    else:
        yield from new_database(request.getfixturevalue("server"))


def test_a_migrated_database_is_a_fresh_one(url: str, fresh_url: str) -> None:
    with open_store(url) as store, store._engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_name": lambda name, kind, _: name != migrate.VERSION_TABLE,
            },
        )
        assert compare_metadata(context, Base.metadata) == []
        migrated = parts(connection)
    place = locate(fresh_url)
    engine = connect(place)
    with writing(engine, place) as connection:
        Base.metadata.create_all(connection)
        guards.install(connection)
        fresh = parts(connection)
    engine.dispose()
    assert migrated == fresh
    assert len(fresh) > 150


def test_every_constraint_has_a_name() -> None:
    for table in Base.metadata.tables.values():
        for constraint in (*table.constraints, *table.indexes):
            assert constraint.name, (table.name, constraint)
            assert len(str(constraint.name)) <= 63, "PostgreSQL cuts longer names"


def test_the_program_knows_its_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate._MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == migrate.SCHEMA


NOW = migrate.SCHEMA
AHEAD = f"{int(NOW) + 1:04}"
NEXT = f"""
import sqlalchemy as sa
from alembic import op

revision = "{AHEAD}"
down_revision = "{NOW}"

def upgrade() -> None:
    with op.batch_alter_table("attribution", recreate="always") as batch:
        batch.add_column(sa.Column("note", sa.String(), nullable=True))
    op.execute("UPDATE span SET role = role")
    {{more}}
"""


@pytest.fixture
def next_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program one migration ahead: a batch rebuild, and a rewrite of immutable rows."""
    folder = tmp_path / "100% new" / "migrations"
    shutil.copytree(migrate._MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    script = folder / "versions" / f"{AHEAD}_note.py"
    script.write_text(NEXT.format(more=""))
    monkeypatch.setattr(migrate, "_MIGRATIONS", folder)
    return script


def triggers(url: str) -> set[str]:
    engine = connect(locate(url))
    with engine.connect() as connection:
        found = {part for part in parts(connection) if "TRIGGER" in part}
    engine.dispose()
    return found


def test_an_upgrade_keeps_rows_and_triggers(
    url: str, next_schema: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not url.startswith("sqlite"):
        # PostgreSQL has no need of rebuilding, and refuses to while keys point at the table.
        next_schema.write_text(next_schema.read_text().replace('recreate="always"', ""))
    monkeypatch.setattr(migrate, "_MIGRATIONS", Path(migrate.__file__).parent / "migrations")
    with open_store(url) as store:
        saved = store.save(document(), found())
        before = store.article(saved.article_id)
    kept = triggers(url)
    assert len(kept) >= 20
    monkeypatch.setattr(migrate, "_MIGRATIONS", next_schema.parents[1])
    monkeypatch.setattr(migrate, "SCHEMA", AHEAD)
    with pytest.raises(StoreError, match=rf"schema {NOW}.*needs {AHEAD}.*\(claims db upgrade\)"):
        open_store(url)
    assert upgrade(url) == migrate.Upgraded(NOW, AHEAD)
    assert upgrade(url) == migrate.Upgraded(AHEAD, AHEAD)
    with open_store(url) as store:
        assert store.article(saved.article_id) == before
    assert triggers(url) == kept
    monkeypatch.setattr(migrate, "SCHEMA", NOW)
    with pytest.raises(StoreError, match=f"newer than this program's {NOW}"):
        open_store(url)
    with pytest.raises(StoreError, match="newer"):
        upgrade(url)


@pytest.mark.parametrize(
    "more", ['raise RuntimeError("power cut")', "op.execute('DELETE FROM no_such_table')"]
)
def test_a_failed_upgrade_changes_nothing(
    url: str, next_schema: Path, monkeypatch: pytest.MonkeyPatch, more: str
) -> None:
    next_schema.write_text(NEXT.replace('recreate="always"', "").format(more=more))
    monkeypatch.setattr(migrate, "_MIGRATIONS", Path(migrate.__file__).parent / "migrations")
    with open_store(url) as store:
        store.save(document(), found())
        with store._engine.connect() as connection:
            before = parts(connection)
    monkeypatch.setattr(migrate, "_MIGRATIONS", next_schema.parents[1])
    monkeypatch.setattr(migrate, "SCHEMA", AHEAD)
    with pytest.raises((StoreError, RuntimeError)):
        upgrade(url)
    monkeypatch.setattr(migrate, "SCHEMA", NOW)
    with open_store(url) as store, store._engine.connect() as connection:
        assert parts(connection) == before
        assert len(store.attributions()) == 3


MOMENT = "'2024-01-01 00:00:00'"


def old_database(url: str, revision: str, statements: Sequence[str]) -> None:
    """A database as the program of an older schema left it."""
    place = locate(url)
    engine = connect(place, foreign_keys=False)
    with writing(engine, place) as connection:
        config = Config()
        config.set_main_option("script_location", str(migrate._MIGRATIONS))
        config.attributes["connection"] = connection
        config.attributes["version_table"] = migrate.VERSION_TABLE
        command.upgrade(config, revision)
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_a_database_of_the_first_schema_is_upgraded_with_its_sources(url: str) -> None:
    old_database(
        url,
        "0001",
        (
            "INSERT INTO source (id, name, kind, created_at)"
            f" VALUES ('x:y', 'Y', 'media', {MOMENT})",
            "INSERT INTO source_alias (source_id, alias, kind) VALUES ('x:y', 'Why', 'name')",
            "INSERT INTO outlet (name, source_id) VALUES ('Y', 'x:y')",
        ),
    )
    assert upgrade(url) == migrate.Upgraded("0001", migrate.SCHEMA)
    with open_store(url) as store:
        store.save(document(), found())
        source = store.sources().resolve("Why")
        assert source is not None
        assert source.id == "x:y"


def test_runs_of_the_second_schema_stay_and_are_read_again(url: str) -> None:
    """Nobody noted who had named their speakers."""
    given = document()
    old_database(
        url,
        "0002",
        (
            f"INSERT INTO article (name, created_at) VALUES ('quay.txt', {MOMENT})",
            "INSERT INTO article_text (article_id, version, name, format, sha256, raw_sha256,"
            " chars, text, outlet_basis, wire_basis, published_basis, created_at)"
            f" VALUES (1, 1, 'quay.txt', 'txt', '{given.sha256}', '{given.raw_sha256}',"
            f" {len(given.text)}, '{given.text}', '', '', '', {MOMENT})",
            "INSERT INTO model (name, version, created_at)"
            f" VALUES ('small', '{'a' * 64}', {MOMENT})",
            "INSERT INTO run (text_id, model_id, program, created_at)"
            f" VALUES (1, 1, '0', {MOMENT})",
            "INSERT INTO attribution (run_id, ordinal, speaker, stance, act, framing, confidence)"
            " VALUES (1, 0, 'Vale', 'asserts', 'statement', 'neutral', 0.5)",
            'INSERT INTO speaker (attribution_id, position, name, confidence, start, "end")'
            " VALUES (1, 0, 'Vale', 0.5, 3, 7)",
        ),
    )
    assert upgrade(url) == migrate.Upgraded("0002", migrate.SCHEMA)
    now = Naming("c" * 12, "d" * 16)
    with open_store(url) as store:
        (row,) = store.attributions()
        assert row.naming == Naming()
        assert (row.speakers[0].evidence, row.speakers[0].why) == ((3, 7), None)
        assert store.known(given, MODEL)
        assert store.known(given, MODEL, now) is None
        assert store.save(given, replace(found(), naming=now)).status == "rerun"
        runs = store.article(1).runs
    assert [run.naming for run in runs] == [Naming(), now]
