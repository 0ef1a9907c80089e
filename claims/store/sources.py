"""Reading what the store knows of sources: its registry, its decisions, and who was heard.

The registry of a store is the program's own, with the rows that users loaded in place of or beside
its rows, and the decisions in force applied. The registry's rows in the tables are what keys point
at and what SQL can join; those of a source that the shipped registry has dropped stay readable.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from claims.sources.decisions import Change, Decision, DecisionKind, replay
from claims.sources.entries import Alias, AliasKind, Control, Source, SourceKind
from claims.sources.registry import Registry
from claims.sources.shipped import shipped_ministries, shipped_tables
from claims.store import tables
from claims.store.attributions import attributions
from claims.store.base import Origin
from claims.store.identity import ARTICLE, PURGE, TEXT
from claims.store.queries import ATTRIBUTION, ITEM, LINK, SPEAKER, is_printed, said
from claims.store.rows import Filter, Heard
from claims.store.tables import table

SOURCE = table(tables.Source)
ALIAS = table(tables.SourceAlias)
LOAD = table(tables.RegistryLoad)
DECISION = table(tables.SourceDecision)


def registry(connection: Connection) -> Registry:
    """The sources and names of this store."""
    shipped = Registry.shipped()
    mine = [
        source_of(row)
        for row in connection.execute(
            select(SOURCE).where(
                or_(SOURCE.c.origin == Origin.USER, SOURCE.c.registry_version != shipped.version)
            )
        )
    ]
    my_aliases = [
        alias_of(row) for row in connection.execute(select(ALIAS).where(ALIAS.c.origin == "user"))
    ]
    log = decisions(connection)
    if not mine and not my_aliases and not log:
        return shipped
    rows = shipped_tables()
    # A row that an older registry loaded is used only where the shipped one has none.
    user_ids = user_source_ids(connection)
    sources = {source.id: source for source in mine if source.id not in user_ids}
    sources |= {source.id: source for source in rows.sources}
    sources |= {source.id: source for source in mine if source.id in user_ids}
    replaced = {alias_key(alias) for alias in my_aliases}
    aliases = [alias for alias in rows.aliases if alias_key(alias) not in replaced] + my_aliases
    now = replay(aliases, log)
    return Registry(
        sources.values(),
        now.aliases,
        ministries=shipped_ministries(),
        standing=now.standing,
        parted=now.parted,
    )


def user_source_ids(connection: Connection) -> set[str]:
    """Ids of the rows that users loaded."""
    return set(connection.execute(select(SOURCE.c.id).where(SOURCE.c.origin == "user")).scalars())


def alias_key(alias: Alias) -> tuple[object, ...]:
    """What makes two rows the same name of a source."""
    return (alias.source_id, alias.alias, alias.kind, alias.valid_from)


def source_of(row: Row[Any]) -> Source:
    """A source from its row."""
    return Source(
        id=row.id,
        name=row.name,
        kind=SourceKind(row.kind),
        country=row.country,
        owner=row.owner_id,
        control=Control(row.control),
        basis=row.basis,
        basis_date=row.basis_date,
        derived_from=row.derived_from,
    )


def alias_of(row: Row[Any]) -> Alias:
    """An alias from its row."""
    return Alias(
        source_id=row.source_id,
        alias=row.alias,
        kind=AliasKind(row.kind),
        ambiguous=row.ambiguous,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        derived_from=row.derived_from,
    )


def decisions(connection: Connection) -> list[Decision]:
    """The whole log, oldest first."""
    return [
        Decision(
            row.id,
            Change(
                DecisionKind(row.kind),
                row.source_id,
                row.target_id,
                row.name,
                AliasKind(row.name_kind) if row.name_kind else None,
                row.ambiguous,
                row.valid_from,
                row.valid_to,
                row.reverts,
            ),
            row.decided_by,
            row.note,
            row.created_at,
        )
        for row in connection.execute(select(DECISION).order_by(DECISION.c.id))
    ]


def loaded_version(connection: Connection) -> str | None:
    """Version of the registry whose rows the tables hold; None before the first load."""
    newest_load = select(LOAD.c.version).order_by(LOAD.c.id.desc()).limit(1)
    return connection.execute(newest_load).scalar()


def heard(connection: Connection) -> list[Heard]:
    """Who speaks and who carries in the newest runs, one row a name and article."""
    found = (_speakers, _unlisted, _decided, _carriers)
    return [one for find in found for one in find(connection)]


def _speakers(connection: Connection) -> Iterator[Heard]:
    columns = (
        SPEAKER.c.name,
        SPEAKER.c.source_id,
        ARTICLE.c.id,
        TEXT.c.published_on,
        SPEAKER.c.why,
    )
    query = (
        select(*columns, func.count(ATTRIBUTION.c.id.distinct()).label("heard"))
        .select_from(said().join(SPEAKER, SPEAKER.c.attribution_id == ATTRIBUTION.c.id))
        .where(PURGE.c.id.is_(None), is_printed(), ITEM.c.kept.is_(None))
        .group_by(*columns)
    )
    for row in connection.execute(query):
        yield Heard(
            row.name, row.source_id, "speaker", row.id, row.published_on, row.heard, row.why
        )


def _unlisted(connection: Connection) -> Iterator[Heard]:
    """Speakers of attributions that have their names in one string alone."""
    columns = (ATTRIBUTION.c.speaker, ARTICLE.c.id, TEXT.c.published_on)
    listed = select(SPEAKER.c.id).where(SPEAKER.c.attribution_id == ATTRIBUTION.c.id)
    query = (
        select(*columns, func.count().label("heard"))
        .select_from(said())
        .where(PURGE.c.id.is_(None), is_printed(), ITEM.c.kept.is_(None), ~listed.exists())
        .group_by(*columns)
    )
    for row in connection.execute(query):
        for name in row.speaker.split("; "):
            yield Heard(name, None, "speaker", row.id, row.published_on, row.heard)


def _decided(connection: Connection) -> Iterator[Heard]:
    """Speakers of what editors stand for."""
    counted: Counter[tuple[str, str | None, int, date | None]] = Counter()
    for row in attributions(connection, Filter(confirmed_only=True)):
        for speaker in row.speakers:
            counted[speaker.name, speaker.source_id, row.article_id, row.published_on] += 1
    for (name, source_id, article_id, day), times in counted.items():
        yield Heard(name, source_id, "speaker", article_id, day, times)


def _carriers(connection: Connection) -> Iterator[Heard]:
    columns = (LINK.c.name, LINK.c.source_id, LINK.c.role, ARTICLE.c.id, TEXT.c.published_on)
    query = (
        select(*columns, func.count(ATTRIBUTION.c.id.distinct()).label("heard"))
        .select_from(said().join(LINK, LINK.c.attribution_id == ATTRIBUTION.c.id))
        .where(PURGE.c.id.is_(None), is_printed())
        .group_by(*columns)
    )
    for row in connection.execute(query):
        yield Heard(row.name, row.source_id, row.role, row.id, row.published_on, row.heard)
