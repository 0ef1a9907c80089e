"""Writing rows of sources: the shipped registry, a user's tables, and what findings refer to.

Each function works inside a transaction and can be repeated: what is there already is left as it
is. A newer registry updates its own rows; it never touches those of users, nor decisions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from claims import __version__
from claims.errors import StoreError
from claims.sources.entries import Alias, Source
from claims.sources.registry import Registry
from claims.sources.shipped import shipped_tables
from claims.sources.tables import Tables
from claims.store.base import Origin
from claims.store.rows import LoadedSources
from claims.store.sources import (
    ALIAS,
    LOAD,
    SOURCE,
    alias_key,
    alias_of,
    loaded_version,
    registry,
    source_of,
)

Row = dict[str, Any]


def load_shipped(connection: Connection) -> LoadedSources:
    """Bring the registry's rows to the shipped version, if they aren't there already."""
    shipped, rows = Registry.shipped(), shipped_tables()
    total = len(rows.sources) + len(rows.aliases)
    if loaded_version(connection) == shipped.version:
        return LoadedSources(0, 0, total)
    present = {
        row.id: (source_of(row), row.origin) for row in connection.execute(select(SOURCE)).all()
    }
    new = [source for source in rows.sources if source.id not in present]
    if new:
        _insert_sources(connection, new, Origin.REGISTRY)
    changed = 0
    for source_id, (old, origin) in present.items():
        # Asked of the registry: a ministry read from its state's name stands in no table.
        source = shipped.get(source_id)
        if origin == Origin.REGISTRY and source is not None:
            _update_source(connection, source, Origin.REGISTRY)
            changed += source != old
    kept, added = _replace_aliases(connection, rows.aliases)
    now = datetime.now(UTC)
    connection.execute(
        insert(LOAD).values(version=shipped.version, program=__version__, created_at=now)
    )
    added += len(new)
    return LoadedSources(added, changed, total - added - changed if kept else 0)


def _replace_aliases(connection: Connection, aliases: Iterable[Alias]) -> tuple[int, int]:
    """Put the registry's aliases in place of those it had; gives how many it had, and new ones."""
    mine: set[tuple[object, ...]] = set()
    old: set[tuple[object, ...]] = set()
    for row in connection.execute(select(ALIAS)):
        (mine if row.origin == Origin.USER else old).add(alias_key(alias_of(row)))
    connection.execute(delete(ALIAS).where(ALIAS.c.origin == Origin.REGISTRY))
    wanted = [alias for alias in aliases if alias_key(alias) not in mine]
    connection.execute(insert(ALIAS), [_alias_row(a, Origin.REGISTRY) for a in wanted])
    return len(old), sum(alias_key(alias) not in old for alias in wanted)


def load_tables(connection: Connection, tables: Tables) -> LoadedSources:
    """Take a user's rows: they go before the registry's of the same id or name.

    `StoreError` names every bad line; then nothing is written.
    """
    load_shipped(connection)
    known = registry(connection)
    referred = {source.owner for source in tables.sources if source.owner}
    referred |= {alias.source_id for alias in tables.aliases}
    problems = tables.check({one for one in referred if known.get(one) is not None})
    if problems:
        raise StoreError(
            "\n".join(["nothing was loaded:", *map(str, problems)]),
            repair="correct these lines and load again",
        )
    loading = {source.id for source in tables.sources}
    ensure(connection, referred - loading)
    counts = [0, 0, 0]
    for outcome in (*_take_sources(connection, tables), *_take_aliases(connection, tables)):
        counts[outcome] += 1
    return LoadedSources(*counts)


_ADDED, _CHANGED, _UNCHANGED = range(3)


def _take_sources(connection: Connection, tables: Tables) -> Iterator[int]:
    present = {
        row.id: (source_of(row), row.origin)
        for row in connection.execute(select(SOURCE))
        if row.id in {source.id for source in tables.sources}
    }
    new = [source for source in tables.sources if source.id not in present]
    if new:
        _insert_sources(connection, new, Origin.USER)
    yield from (_ADDED for _ in new)
    for source in tables.sources:
        if source.id in present:
            if present[source.id] == (source, Origin.USER):
                yield _UNCHANGED
            else:
                _update_source(connection, source, Origin.USER)
                yield _CHANGED


def _take_aliases(connection: Connection, tables: Tables) -> Iterator[int]:
    present = {alias_key(alias_of(row)): row for row in connection.execute(select(ALIAS))}
    new = []
    for alias in tables.aliases:
        row = present.get(alias_key(alias))
        if row is None:
            new.append(_alias_row(alias, Origin.USER))
            yield _ADDED
        elif (alias_of(row), row.origin) == (alias, Origin.USER):
            yield _UNCHANGED
        else:
            connection.execute(
                update(ALIAS).where(ALIAS.c.id == row.id).values(_alias_row(alias, Origin.USER))
            )
            yield _CHANGED
    if new:
        connection.execute(insert(ALIAS), new)


def ensure(connection: Connection, source_ids: Iterable[str]) -> None:
    """Make sure of a row for every id, with its owners; `StoreError` for an id nobody knows."""
    wanted = sorted(set(source_ids))
    if not wanted:
        return
    there = set(connection.execute(select(SOURCE.c.id).where(SOURCE.c.id.in_(wanted))).scalars())
    missing: list[Source] = []
    for source_id in wanted:
        if source_id in there:
            continue
        source = Registry.shipped().get(source_id)
        if source is None:
            raise StoreError(
                f"there is no source {source_id!r}",
                repair="claims sources search WORDS finds one; claims sources load adds one",
            )
        missing.append(source)
    if missing:
        ensure(connection, {source.owner for source in missing if source.owner})
        _insert_sources(connection, missing, Origin.REGISTRY)


def _insert_sources(connection: Connection, sources: list[Source], origin: Origin) -> None:
    now = datetime.now(UTC)
    rows = [
        {"id": s.id, "created_at": now, **_source_row(s, origin)} for s in _owners_first(sources)
    ]
    connection.execute(insert(SOURCE), rows)


def _owners_first(sources: list[Source]) -> Iterator[Source]:
    """In an order in which a row's owner is there before it; `StoreError` if they own in a ring."""
    waiting: Mapping[str, Source] = {source.id: source for source in sources}
    while waiting:
        ready = {one.id: one for one in waiting.values() if one.owner not in waiting}
        if not ready:
            raise StoreError(f"these sources own each other: {', '.join(sorted(waiting))}")
        yield from ready.values()
        waiting = {key: one for key, one in waiting.items() if key not in ready}


def _update_source(connection: Connection, source: Source, origin: Origin) -> None:
    connection.execute(
        update(SOURCE).where(SOURCE.c.id == source.id).values(_source_row(source, origin))
    )


def _source_row(source: Source, origin: Origin) -> Row:
    return {
        "name": source.name,
        "kind": source.kind.value,
        "country": source.country,
        "owner_id": source.owner,
        "control": source.control.value,
        "basis": source.basis,
        "basis_date": source.basis_date,
        "derived_from": source.derived_from,
        "origin": origin.value,
        "registry_version": Registry.shipped().version if origin is Origin.REGISTRY else None,
    }


def _alias_row(alias: Alias, origin: Origin) -> Row:
    return {
        "source_id": alias.source_id,
        "alias": alias.alias,
        "kind": alias.kind.value,
        "ambiguous": alias.ambiguous,
        "valid_from": alias.valid_from,
        "valid_to": alias.valid_to,
        "derived_from": alias.derived_from,
        "origin": origin.value,
    }
