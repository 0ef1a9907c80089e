"""Triggers that keep what is written once from being changed, on SQLite and on PostgreSQL.

UPDATE and DELETE are refused on every guarded table. One UPDATE passes: a blanking, of a row
whose article has a line in `purge`, that changes nothing but the columns named here, and those to
nothing but their blank. A row can't be born blank either. `install` runs after every migration,
since Alembic's batch mode rebuilds SQLite tables and drops their triggers on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, inspect

from claims.store.tables import Base

_BY_ARTICLE = "EXISTS (SELECT 1 FROM purge WHERE purge.article_id = OLD.article_id)"
_OVER_RUN = (
    "EXISTS (SELECT 1 FROM purge"
    " JOIN article_text ON article_text.article_id = purge.article_id"
    " JOIN run ON run.text_id = article_text.id"
)
_BY_RUN = f"{_OVER_RUN} WHERE run.id = OLD.run_id)"
_BY_TEXT = (
    "EXISTS (SELECT 1 FROM purge"
    " JOIN article_text ON article_text.article_id = purge.article_id"
    " WHERE article_text.id = OLD.text_id)"
)
_BY_ATTRIBUTION = (
    f"{_OVER_RUN} JOIN attribution ON attribution.run_id = run.id"
    " WHERE attribution.id = OLD.attribution_id)"
)


@dataclass(frozen=True)
class Guard:
    """How one table is kept.

    `purged` is the SQL condition under which a row may be blanked (None: never). `must` maps the
    columns that a purge has to blank, and that no new row may have blank, to their blank as a SQL
    literal; `may` those that a purge can blank.
    """

    table: str
    purged: str | None = None
    must: dict[str, str] = field(default_factory=dict)
    may: dict[str, str] = field(default_factory=dict)


_FACTS = {
    "title": "NULL",
    **{
        f"{fact}_{part}": blank
        for fact in ("outlet", "wire", "published")
        for part, blank in (("start", "NULL"), ("end", "NULL"), ("basis", "'purged'"))
    },
    "outlet_id": "NULL",
    "wire": "NULL",
    "published": "NULL",
    "published_on": "NULL",
}

GUARDS = (
    Guard("article_text", _BY_ARTICLE, {"text": "''"}, _FACTS),
    Guard("model"),
    Guard("run"),
    Guard("block", _BY_RUN, {"kind": "NULL"}),
    Guard("sentence", _BY_RUN, {"kind": "NULL", "worth": "NULL"}),
    Guard(
        "attribution",
        _BY_RUN,
        {"speaker": "''", "stance": "NULL", "act": "NULL", "framing": "NULL", "confidence": "NULL"},
    ),
    Guard("span", _BY_ATTRIBUTION, {"exact": "''"}),
    Guard(
        "speaker",
        _BY_ATTRIBUTION,
        {"name": "''"},
        dict.fromkeys(("source_id", "canonical", "kind", "confidence", "why"), "NULL"),
    ),
    Guard("chain_link", _BY_ATTRIBUTION, {"name": "''", "role": "''"}, {"source_id": "NULL"}),
    Guard("candidate", _BY_RUN, {"data": "''"}),
    Guard(
        "decision",
        _BY_TEXT,
        {"seen": "''"},
        {"patch": "'{}'", "note": "''"},
    ),
    Guard("verdict", _BY_TEXT, {}, {"words": "NULL", "because": "''", "evidence": "'[]'"}),
    Guard("purge"),
    Guard("registry_load"),
    Guard("source_decision"),
    Guard("claim_decision"),
)


def blanks(table: str) -> dict[str, str | None]:
    """The values a purge writes into a row of `table` (those it must), by column."""
    guard = next(guard for guard in GUARDS if guard.table == table)
    return {
        column: None if blank == "NULL" else blank.strip("'")
        for column, blank in guard.must.items()
    }


def _passes(guard: Guard, same: str) -> str:
    """The condition of a sanctioned blanking; `same` is the dialect's null-safe equality."""
    if guard.purged is None:
        return "1 = 0"
    tests = [guard.purged]
    for column in Base.metadata.tables[guard.table].columns:
        name = f'"{column.name}"'
        kept = f"NEW.{name} {same} OLD.{name}"
        if column.name in guard.must:
            tests.append(f"NEW.{name} {same} {guard.must[column.name]}")
        elif column.name in guard.may:
            tests.append(f"({kept} OR NEW.{name} {same} {guard.may[column.name]})")
        else:
            tests.append(kept)
    return " AND ".join(tests)


def _born_blank(guard: Guard, same: str) -> str:
    return " OR ".join(f'NEW."{name}" {same} {blank}' for name, blank in guard.must.items())


def _sqlite(guard: Guard) -> Iterator[str]:
    """Triggers of one table for SQLite."""
    name = guard.table
    stop = f"BEGIN SELECT RAISE(ABORT, '{name} is immutable'); END"
    yield (
        f"CREATE TRIGGER guard_{name}_update BEFORE UPDATE ON {name}"
        f" WHEN NOT coalesce({_passes(guard, 'IS')}, 0) {stop}"
    )
    yield f"CREATE TRIGGER guard_{name}_delete BEFORE DELETE ON {name} {stop}"
    if guard.must:
        yield (
            f"CREATE TRIGGER guard_{name}_insert BEFORE INSERT ON {name}"
            f" WHEN {_born_blank(guard, 'IS')}"
            f" BEGIN SELECT RAISE(ABORT, '{name} row is blank'); END"
        )


def _postgresql(guard: Guard) -> Iterator[str]:
    """A function and triggers of one table for PostgreSQL, whose WHEN takes no subquery."""
    name, same = guard.table, "IS NOT DISTINCT FROM"
    born = (
        f"IF TG_OP = 'INSERT' THEN IF {_born_blank(guard, same)} THEN"
        f" RAISE EXCEPTION '{name} row is blank' USING ERRCODE = 'restrict_violation';"
        f" END IF; RETURN NEW; END IF;"
        if guard.must
        else ""
    )
    yield (
        f"CREATE FUNCTION guard_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {born}"
        f" IF TG_OP = 'UPDATE' THEN IF {_passes(guard, same)} THEN RETURN NEW; END IF; END IF;"
        f" RAISE EXCEPTION '{name} is immutable' USING ERRCODE = 'restrict_violation'; END $$"
    )
    events = "INSERT OR UPDATE OR DELETE" if guard.must else "UPDATE OR DELETE"
    yield (
        f"CREATE TRIGGER guard_{name} BEFORE {events} ON {name}"
        f" FOR EACH ROW EXECUTE FUNCTION guard_{name}()"
    )
    yield (
        f"CREATE TRIGGER guard_{name}_truncate BEFORE TRUNCATE ON {name}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION guard_{name}()"
    )


def remove(connection: Connection) -> None:
    """Take all guards off, so that a migration may rewrite rows."""
    present = set(inspect(connection).get_table_names())
    for guard in GUARDS:
        if connection.dialect.name == "sqlite":
            for event in ("update", "delete", "insert"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS guard_{guard.table}_{event}")
        elif guard.table in present:
            name = guard.table
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS guard_{name} ON {name}")
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS guard_{name}_truncate ON {name}")
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS guard_{name}()")


def install(connection: Connection) -> None:
    """Put the guards of the present schema in force, replacing older ones."""
    remove(connection)
    build = _sqlite if connection.dialect.name == "sqlite" else _postgresql
    for guard in GUARDS:
        for statement in build(guard):
            connection.exec_driver_sql(statement)
