"""The registry of a store: what is loaded, what editors decide, what is heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from claims.errors import StoreError
from claims.records import Carrier, Fact, Speaker
from claims.sources import shipped as shipped_module
from claims.sources.decisions import Change, DecisionKind
from claims.sources.entries import AliasKind
from claims.sources.registry import Registry
from claims.sources.shipped import shipped_tables
from claims.sources.tables import Tables
from claims.store import LoadedSources, Store
from claims.store.sources import ALIAS, DECISION, LOAD, SOURCE
from tests.store.making import document, found

Rows = dict[str, list[tuple[object, ...]]]

PEOPLE = "id,name,kind,country\nperson:marsh,Lena Marsh,person,GB\nperson:vale,Orrin Vale,person,\n"
NAMES = "source_id,alias,kind,valid_from\nperson:marsh,harbour minister,title,2023-01-01\n"


def tables(*texts: str) -> Tables:
    read = Tables()
    for number, one in enumerate(texts):
        read.read(f"{number}.csv", one.splitlines(keepends=True))
    return read


def merge(source_id: str, target_id: str) -> Change:
    return Change(DecisionKind.MERGE, source_id, target_id)


def alias(source_id: str, name: str, kind: AliasKind = AliasKind.NAME, **more: object) -> Change:
    return Change(DecisionKind.ALIAS, source_id, name=name, name_kind=kind, **more)  # type: ignore[arg-type]


def split(source_id: str, name: str, target_id: str | None = None) -> Change:
    return Change(DecisionKind.SPLIT, source_id, target_id, name)


def undo(number: int) -> Change:
    return Change(DecisionKind.REVERT, reverts=number)


def dump(store: Store) -> Rows:
    with store._engine.connect() as connection:
        return {
            one.name: [tuple(row) for row in connection.execute(select(one).order_by(one.c.id))]
            for one in (SOURCE, ALIAS, LOAD, DECISION)
        }


def resolved(store: Store, name: str, on: date | None = None) -> str | None:
    source = store.sources().resolve(name, on)
    return source.id if source else None


def test_a_new_store_knows_the_shipped_registry_without_loading_it(store: Store) -> None:
    assert store.sources() is Registry.shipped()
    assert dump(store)["source"] == []


def test_loading_is_done_once(store: Store) -> None:
    rows = shipped_tables()
    total = len(rows.sources) + len(rows.aliases)
    assert store.load_sources() == LoadedSources(total, 0, 0)
    before = dump(store)
    assert len(before["source"]) == len(rows.sources)
    assert len(before["source_alias"]) == len(rows.aliases)
    assert store.load_sources() == LoadedSources(0, 0, total)
    assert dump(store) == before


def test_saving_loads_the_registry_and_keeps_what_findings_refer_to(store: Store) -> None:
    first = found()
    (one, two, three) = first.attributions
    ministry = Speaker("ministry", "state:RU/fisheries-ministry", "Russian Fisheries Ministry")
    one = replace(one, speakers=(ministry,))
    two = replace(two, carriers=(Carrier("KCNA", "cited", source_id="media:kcna"),))
    saved = store.save(document(), replace(first, attributions=(one, two, three)))
    assert len(dump(store)["registry_load"]) == 1
    read = store.article(saved.article_id).attributions
    assert read[0].speakers == (ministry,)
    assert read[1].carriers == two.carriers
    with store._engine.connect() as connection:
        names = connection.execute(
            text("SELECT name FROM source WHERE id = 'state:RU/fisheries-ministry'")
        ).scalars()
        assert list(names) == ["Russian Fisheries Ministry"]
    heard = {(one.name, one.source_id, one.role): one.attributions for one in store.heard()}
    assert heard["ministry", "state:RU/fisheries-ministry", "speaker"] == 1
    assert heard["KCNA", "media:kcna", "cited"] == 1
    assert heard["Tideway Gazette", None, "speaker"] == 1
    store.purge(saved.article_id, reason="r", by="b")
    assert store.heard() == []


def test_a_finding_of_an_unknown_source_is_refused_whole(store: Store) -> None:
    first = found()
    wrong = replace(first.attributions[0], speakers=(Speaker("x", "person:nobody"),))
    with pytest.raises(StoreError, match="there is no source 'person:nobody'"):
        store.save(document(), replace(first, attributions=(wrong,)))
    assert store.articles() == []
    assert dump(store)["source"] == []


def test_users_rows_are_taken_whole_or_not_at_all(store: Store) -> None:
    assert store.load_sources(tables(PEOPLE, NAMES)) == LoadedSources(3, 0, 0)
    assert store.load_sources(tables(PEOPLE, NAMES)) == LoadedSources(0, 0, 3)
    assert resolved(store, "Lena Marsh") == "person:marsh"
    assert resolved(store, "the harbour minister", date(2024, 5, 1)) == "person:marsh"
    assert resolved(store, "the harbour minister", date(2022, 5, 1)) is None
    before = dump(store)
    bad = "id,name,kind\nperson:new,New One,person\nperson:newer,,person\nperson:x,X,ghost\n"
    with pytest.raises(StoreError) as caught:
        store.load_sources(tables(bad, "source_id,alias,kind\nperson:gone,G,name\n"))
    assert "0.csv:3: name is empty" in caught.value.message
    assert "0.csv:4: kind 'ghost'" in caught.value.message
    assert "1.csv:2: there is no source person:gone" in caught.value.message
    assert dump(store) == before


def test_users_rows_go_before_the_registrys(store: Store) -> None:
    assert resolved(store, "Fars") == "media:fars"
    mine = (
        "id,name,kind,country,owner,control,basis,basis_date\n"
        "media:fars,Fars News,media,IR,state:IR,state,an editor's finding,2025-02-01\n"
    )
    names = "source_id,alias,kind,ambiguous\nmedia:fars,Fars,name,yes\n"
    assert store.load_sources(tables(mine, names)) == LoadedSources(0, 2, 0)
    source = store.sources().get("media:fars")
    assert source is not None
    assert (source.name, source.owner, source.basis_date) == (
        "Fars News",
        "state:IR",
        date(2025, 2, 1),
    )
    assert resolved(store, "Fars") is None


def test_sources_that_own_each_other_are_refused(store: Store) -> None:
    ring = "id,name,kind,owner,basis\nbody:a,A,media,body:b,x\nbody:b,B,media,body:a,x\n"
    with pytest.raises(StoreError, match="own each other: body:a, body:b"):
        store.load_sources(tables(ring))


def test_a_newer_registry_changes_its_own_rows_alone(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.load_sources(tables(PEOPLE, NAMES, "source_id,alias,kind\nmedia:kcna,KCNA Watch,name\n"))
    store.decide_source(merge("media:sputnik", "media:ria-novosti"), by="desk")
    rows = shipped_tables()
    newer = Tables(
        [
            replace(source, name="Yonhap of Old") if source.id == "media:yonhap" else source
            for source in rows.sources
            if source.id != "media:tanjug"
        ],
        [one for one in rows.aliases if one.source_id != "media:tanjug"][:-1],
    )
    made = Registry(newer.sources, newer.aliases, ministries=shipped_module.shipped_ministries())
    for module in ("claims.store.loading", "claims.store.sources"):
        monkeypatch.setattr(f"{module}.shipped_tables", lambda: newer)
    monkeypatch.setattr(Registry, "shipped", staticmethod(lambda: made))
    loaded = store.load_sources()
    assert (loaded.added, loaded.changed) == (0, 1)
    assert store.load_sources().changed == 0
    known = store.sources()
    assert known.get("media:yonhap").name == "Yonhap of Old"  # type: ignore[union-attr]
    assert known.get("media:tanjug") is not None, "a finding may refer to it"
    assert resolved(store, "Lena Marsh") == "person:marsh"
    assert resolved(store, "KCNA Watch") == "media:kcna"
    assert resolved(store, "Sputnik") == "media:ria-novosti"
    with store._engine.connect() as connection:
        aliases = connection.execute(select(func.count()).select_from(ALIAS)).scalar_one()
    assert aliases == len(newer.aliases) + 2
    assert len(dump(store)["registry_load"]) == 2


def test_merge_and_part(store: Store) -> None:
    store.load_sources(tables(PEOPLE))
    first = store.decide_source(merge("person:marsh", "person:vale"), by="desk", note="one person")
    assert (first.id, first.by, first.note) == (1, "desk", "one person")
    assert resolved(store, "Lena Marsh") == "person:vale"
    with pytest.raises(StoreError, match="person:marsh stands for person:vale already"):
        store.decide_source(merge("person:marsh", "media:kcna"), by="desk")
    with pytest.raises(StoreError, match="person:marsh stands for person:vale already"):
        store.decide_source(merge("person:vale", "person:marsh"), by="desk")
    parted = store.part_source("person:marsh", by="desk")
    assert parted.change == undo(1)
    assert resolved(store, "Lena Marsh") == "person:marsh"
    with pytest.raises(StoreError, match="isn't merged"):
        store.part_source("person:marsh", by="desk")


def test_undoing_an_undo_works_and_each_decision_is_undone_once(store: Store) -> None:
    store.load_sources(tables(PEOPLE))
    store.decide_source(merge("person:marsh", "person:vale"), by="desk")
    store.decide_source(undo(1), by="desk")
    assert resolved(store, "Lena Marsh") == "person:marsh"
    with pytest.raises(StoreError, match="undone before, by decision 2"):
        store.decide_source(undo(1), by="desk")
    store.decide_source(undo(2), by="desk")
    assert resolved(store, "Lena Marsh") == "person:vale"
    store.decide_source(undo(3), by="desk")
    assert resolved(store, "Lena Marsh") == "person:marsh"
    with pytest.raises(StoreError, match="no decision 9"):
        store.decide_source(undo(9), by="desk")
    # What would make two sources stand for each other is refused, also by way of an undo.
    store.decide_source(merge("person:vale", "person:marsh"), by="desk")
    with pytest.raises(StoreError, match="stands for"):
        store.decide_source(undo(4), by="desk")


def test_names_are_given_and_taken(store: Store) -> None:
    store.load_sources(tables(PEOPLE))
    store.decide_source(alias("person:marsh", "Marsh of the Quay"), by="desk")
    assert resolved(store, "Marsh of the Quay") == "person:marsh"
    with pytest.raises(StoreError, match="has the name 'Marsh of the Quay' already"):
        store.decide_source(alias("person:marsh", "Marsh of the Quay"), by="desk")
    with pytest.raises(StoreError, match=r"'KCNA' is a name of media:kcna.*--ambiguous"):
        store.decide_source(alias("person:marsh", "KCNA"), by="desk")
    store.decide_source(split("media:ria-novosti", "RIA"), by="desk")
    assert resolved(store, "RIA") is None
    store.decide_source(split("media:yonhap", "Yonhap News TV", "media:ytn"), by="desk")
    assert resolved(store, "Yonhap News TV") == "media:ytn"
    store.decide_source(undo(2), by="desk")
    assert resolved(store, "RIA") == "media:ria-novosti"
    with pytest.raises(StoreError, match="is the name of media:kcna itself"):
        store.decide_source(split("media:kcna", "Korean Central News Agency"), by="desk")
    with pytest.raises(StoreError, match="has no name 'Pravda'"):
        store.decide_source(split("media:kcna", "Pravda"), by="desk")
    with pytest.raises(StoreError, match="no source 'media:none'"):
        store.decide_source(alias("media:none", "N"), by="desk")
    with pytest.raises(StoreError, match="needs the name of whoever decides"):
        store.decide_source(alias("media:kcna", "N"), by=" ")


def test_an_office_goes_from_one_person_to_the_next(store: Store) -> None:
    store.load_sources(tables(PEOPLE))
    office = "external economic relations minister"
    first = alias("person:marsh", office, AliasKind.TITLE, valid_to=date(2024, 3, 1))
    store.decide_source(first, by="desk")
    then = alias("person:vale", office, AliasKind.TITLE, valid_from=date(2024, 3, 2))
    store.decide_source(then, by="desk")
    assert resolved(store, office, date(2023, 12, 13)) == "person:marsh"
    assert resolved(store, office, date(2024, 11, 21)) == "person:vale"
    assert resolved(store, office) is None


def test_what_a_ministry_read_from_its_name_is_merged_into(store: Store) -> None:
    change = merge("state:RU/fisheries-ministry", "state:RU/agriculture-ministry")
    store.decide_source(change, by="desk")
    assert resolved(store, "Russia's Fisheries Ministry") == "state:RU/agriculture-ministry"


@pytest.mark.parametrize(
    ("columns", "values", "reason"),
    [
        ("kind, source_id", "'merge', 'media:kcna'", "ck_source_decision_merge"),
        ("kind, source_id, target_id", "'merge', 'media:kcna', 'media:kcna'", "target"),
        ("kind", "'revert'", "ck_source_decision_reverts"),
        ("kind, reverts, source_id", "'revert', 1, 'media:kcna'", "ck_source_decision_source"),
        ("kind, reverts", "'revert', 99", "ck_source_decision_order"),
        ("kind, source_id, name", "'alias', 'media:kcna', 'K'", "ck_source_decision_alias"),
        ("kind, source_id", "'rename', 'media:kcna'", "ck_source_decision_kind"),
    ],
)
def test_the_database_refuses_wrong_decisions(
    store: Store, columns: str, values: str, reason: str
) -> None:
    store.decide_source(alias("media:kcna", "KCNA of Pyongyang"), by="desk")
    statement = (
        f"INSERT INTO source_decision (id, {columns}, ambiguous, note, decided_by, created_at)"
        f" VALUES (7, {values}, false, '', 'x', '2024-01-01 00:00:00')"
    )
    with store._engine.connect() as connection:
        with pytest.raises(IntegrityError, match=reason):
            connection.execute(text(statement))
        connection.rollback()


def test_published_days_come_with_what_was_heard(store: Store) -> None:
    day = Fact("2024-09-21", "given")
    store.save(document(published=day), found())
    assert {one.published_on for one in store.heard()} == {date(2024, 9, 21)}
