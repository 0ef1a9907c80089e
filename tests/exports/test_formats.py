"""What stands in the store comes back from every form of file, and no text of it is obeyed."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pyarrow.parquet as pq
import pytest
from openpyxl.utils.escape import unescape

from claims import reports
from claims.errors import ExportError
from claims.exports import attribution_table, claim_table, source_table, xlsx
from claims.exports.columns import Column, Table, flat
from claims.exports.writing import Content, Format, TableName, format_of, write
from claims.reports.claim_facts import by_origin, claims_as_known_now, facts_of
from claims.store import Store, open_store
from tests import making_claims

NAMES = tuple(TableName)
TEXT_FORMS = (Format.CSV, Format.JSONL, Format.JSONLD)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("store") / "claims.db")) as opened:
        making_claims.fill(opened)
        yield opened


@pytest.fixture(scope="module")
def content(store: Store) -> Content:
    registry = store.sources()
    rows = reports.as_known_now(store.attributions(), registry)
    claims = claims_as_known_now(store.claims(), registry)
    facts = facts_of(claims, by_origin(registry))
    return Content(
        {
            TableName.ATTRIBUTIONS: attribution_table.attribution_table(rows, claims),
            TableName.CLAIMS: claim_table.claim_table(facts),
            TableName.SOURCES: source_table.source_table(rows, registry, claims),
        },
        rows,
        tuple(facts),
        store.texts(),
    )


def values(table: Table[Any]) -> list[dict[str, Any]]:
    return [{column.name: column.get(row) for column in table.columns} for row in table.rows]


def cells(table: Table[Any]) -> list[dict[str, Any]]:
    return [{column.name: column.cell(row) for column in table.columns} for row in table.rows]


@pytest.mark.parametrize("name", NAMES)
def test_csv_comes_back(content: Content, tmp_path: Path, name: TableName) -> None:
    path = tmp_path / "x.csv"
    count = write(str(path), Format.CSV, name, content)
    with path.open(encoding="utf-8", newline="") as file:
        back = list(csv.DictReader(file))
    expected = [
        {key: "" if value is None else str(value) for key, value in row.items()}
        for row in cells(content.tables[name])
    ]
    assert back == expected
    assert count == len(back)


@pytest.mark.parametrize("name", NAMES)
def test_json_lines_come_back(content: Content, tmp_path: Path, name: TableName) -> None:
    path = tmp_path / "x.jsonl"
    write(str(path), Format.JSONL, name, content)
    raw = path.read_text(encoding="utf-8")
    assert "\x1b" not in raw
    assert "\u202e" not in raw
    back = [json.loads(line) for line in raw.splitlines()]
    plain = json.loads(json.dumps(values(content.tables[name]), default=date.isoformat))
    assert back == plain


@pytest.mark.parametrize("name", NAMES)
def test_parquet_comes_back(content: Content, tmp_path: Path, name: TableName) -> None:
    path = tmp_path / "x.parquet"
    write(str(path), Format.PARQUET, name, content)
    table = content.tables[name]
    read = pq.read_table(path)
    json_columns = {c.name for c in table.columns if c.kind == "json"}
    expected = [
        {key: flat(value, "json") if key in json_columns else value for key, value in row.items()}
        for row in values(table)
    ]
    assert read.to_pylist() == expected
    for column, field in zip(table.columns, read.schema, strict=True):
        assert field.metadata[b"description"].decode() == column.meaning


def test_a_workbook_has_a_sheet_each_with_frozen_header_and_filters(
    content: Content, tmp_path: Path
) -> None:
    path = tmp_path / "x.xlsx"
    assert write(str(path), Format.XLSX, TableName.CLAIMS, content) == 3
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["claims", "attributions", "sources"]
    assert book.active.title == "claims"
    for name in NAMES:
        sheet = book[name.value]
        table = content.tables[name]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        header, *rows = sheet.iter_rows()
        assert [cell.value for cell in header] == [column.name for column in table.columns]
        for row, expected in zip(rows, cells(table), strict=True):
            for cell, (key, value) in zip(row, expected.items(), strict=True):
                assert cell.data_type != "f", cell.value
                assert cell.hyperlink is None
                found = cell.value.date().isoformat() if cell.is_date else cell.value
                # A control character stands in XML as _xHHHH_, as Excel writes and reads it.
                assert (unescape(found) if isinstance(found, str) else found) == value, key


def test_the_workbook_shown_first_is_the_one_asked_for(content: Content, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write(str(path), Format.XLSX, TableName.SOURCES, content)
    assert openpyxl.load_workbook(path).active.title == "sources"


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    texts = ["x" * 32_767, "y" * 40_000, "\U0001f6a2" * 20_000]
    table = Table("attributions", (Column("text", "words", lambda row: row),), texts)
    with (tmp_path / "x.xlsx").open("wb") as out:
        xlsx.write_xlsx([table], out, first="attributions")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").active
    whole, cut, wide = (sheet.cell(row, 1).value for row in (2, 3, 4))
    assert whole == texts[0]
    assert cut.endswith(xlsx.CUT)
    assert len(cut) == 32_767
    assert wide.endswith(xlsx.CUT)
    assert 32_700 < len(wide.encode("utf-16-le")) // 2 <= 32_767


def test_more_rows_than_a_sheet_holds_are_told(
    tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    with pytest.raises(ExportError, match="there are more claims"):
        write(str(tmp_path / "x.xlsx"), Format.XLSX, TableName.CLAIMS, content)
    assert list(tmp_path.iterdir()) == []


def test_the_claims_table_tells_who_stands_where(content: Content) -> None:
    guards, unarmed, _ = values(content.tables[TableName.CLAIMS])
    assert guards["members"] == 4
    assert (guards["supporting"], guards["hedging"], guards["opposing"]) == (2, 1, 1)
    assert guards["speakers"] == ["Tideway Ministry", "Lantern Weekly"]
    assert (guards["hedged_by"], guards["opposed_by"]) == (["Lena Marsh"], ["Velmora embassy"])
    assert guards["since"] == date(2024, 9, 21)
    assert guards["origins"] == ["Tideway Ministry", "Lantern Weekly", "Lena Marsh"]
    assert (guards["independent_origins"], guards["single_origin"]) == (3, False)
    assert (unarmed["independent_origins"], unarmed["single_origin"]) == (1, True)


def test_attributions_name_their_claim_and_sources_their_claims(content: Content) -> None:
    rows = values(content.tables[TableName.ATTRIBUTIONS])
    guards = rows[0]["claim_id"]
    assert [(r["speaker"], r["side"]) for r in rows if r["claim_id"] == guards] == [
        ("Tideway Ministry", "supports"),
        ("Velmora embassy", "opposes"),
        ("Lena Marsh", "hedges"),
    ]
    sources = {row["name"]: row for row in values(content.tables[TableName.SOURCES])}
    assert sources["Velmora embassy"]["denies"] == sources["Velmora embassy"]["claims_opposed"] == 1
    assert (sources["Tideway Wire"]["attributions"], sources["Tideway Wire"]["carried"]) == (0, 1)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", TEXT_FORMS)
def test_two_exports_are_the_same(
    content: Content, tmp_path: Path, form: Format, name: TableName
) -> None:
    for file in ("a", "b"):
        write(str(tmp_path / file), form, name, content)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_the_suffix_tells_the_form() -> None:
    assert format_of("a.XLSX") is Format.XLSX
    assert format_of("-") is format_of("/dev/stdout") is format_of("a.csv") is Format.CSV
    with pytest.raises(ExportError, match=r"no form of file is called \.doc"):
        format_of("a.doc")


@pytest.mark.parametrize("form", [Format.XLSX, Format.PARQUET])
def test_what_is_no_text_does_not_go_to_standard_output(content: Content, form: Format) -> None:
    with pytest.raises(ExportError, match="no text for standard output"):
        write("-", form, TableName.CLAIMS, content)


REF: dict[str, Any] = {
    "type": "object", "required": ["@id"], "properties": {"@id": {"type": "string"}},
}  # fmt: skip
REFS = {"type": "array", "minItems": 1, "items": REF}
SCHEMAS: dict[str, dict[str, Any]] = {
    "Claim": {
        "required": ["@id", "text", "author", "appearance", "firstAppearance"],
        "properties": {
            "text": {"type": "string", "minLength": 1},
            "author": REFS,
            "appearance": REFS,
            "firstAppearance": REF,
        },
    },
    "Quotation": {
        "required": [
            "@id", "text", "author", "isPartOf", "claims:stance", "prov:wasAttributedTo",
            "prov:qualifiedAttribution", "prov:wasQuotedFrom", "prov:wasGeneratedBy",
        ],
        "properties": {"author": REFS, "isPartOf": REF, "prov:wasGeneratedBy": REF},
    },
    "NewsArticle": {"required": ["@id", "publisher", "headline"]},
    "prov:Activity": {
        "required": ["prov:endedAtTime", "prov:wasAssociatedWith", "prov:used"],
        "properties": {"prov:wasAssociatedWith": REF, "prov:used": REF},
    },
    "Annotation": {
        "required": ["id", "type", "body", "target"],
        "properties": {
            "target": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "required": ["source", "selector"],
                    "properties": {
                        "selector": {
                            "type": "array",
                            "prefixItems": [
                                {
                                    "required": ["type", "start", "end"],
                                    "properties": {
                                        "type": {"const": "TextPositionSelector"},
                                        "start": {"type": "integer", "minimum": 0},
                                        "end": {"type": "integer", "minimum": 1},
                                    },
                                },
                                {
                                    "required": ["type", "exact", "prefix", "suffix"],
                                    "properties": {
                                        "type": {"const": "TextQuoteSelector"},
                                        "exact": {"type": "string", "minLength": 1},
                                        "prefix": {"type": "string"},
                                        "suffix": {"type": "string"},
                                    },
                                },
                            ],
                            "minItems": 2,
                            "items": False,
                        }
                    },
                },
            }
        },
    },
}  # fmt: skip
"""What schema.org's Claim and Quotation, Web Annotation's selectors and PROV-O ask of a node."""


@pytest.fixture(scope="module")
def graph(content: Content, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    path = tmp_path_factory.mktemp("ld") / "x.jsonld"
    assert write(str(path), Format.JSONLD, TableName.ATTRIBUTIONS, content) == 6
    raw = path.read_text(encoding="utf-8")
    assert "\x1b" not in raw
    data = json.loads(raw)
    assert isinstance(data["@context"], dict), "nothing is fetched to read it"
    nodes: list[dict[str, Any]] = data["@graph"]
    return nodes


def kinds(node: dict[str, Any]) -> list[str]:
    found = node.get("@type") or node["type"]
    return [found] if isinstance(found, str) else list(found)


def test_linked_data_has_what_its_vocabularies_ask_for(graph: list[dict[str, Any]]) -> None:
    seen = set()
    for node in graph:
        for kind in set(kinds(node)) & SCHEMAS.keys():
            jsonschema.validate(node, SCHEMAS[kind], jsonschema.Draft202012Validator)
            seen.add(kind)
    assert seen == SCHEMAS.keys()
    assert not any("ClaimReview" in kinds(node) for node in graph)


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if list(value) == ["@id"]:
            yield value["@id"]
        for key, one in value.items():
            if key in ("body", "source") and isinstance(one, str):
                yield one
            yield from references(one)
    elif isinstance(value, list):
        for one in value:
            yield from references(one)


def test_linked_data_names_each_node_once_and_refers_to_no_other(
    graph: list[dict[str, Any]],
) -> None:
    ids = [node.get("@id") or node["id"] for node in graph]
    assert len(set(ids)) == len(ids)
    referred = {one for one in references(graph) if not one.startswith("urn:claims:role:")}
    assert referred <= set(ids)


def test_selectors_give_the_words_at_their_place(
    graph: list[dict[str, Any]], content: Content
) -> None:
    assert content.texts is not None
    count = 0
    for node in graph:
        for target in node.get("target", []):
            text = content.texts[int(target["source"].rpartition(":")[2])]
            position, quote = target["selector"]
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])
            count += 1
    assert count == 16


def test_a_claims_authors_are_those_who_stand_by_it(graph: list[dict[str, Any]]) -> None:
    by_id = {node.get("@id") or node["id"]: node for node in graph}
    claim = next(n for n in graph if "Claim" in kinds(n) and "40 guards" in n["text"])
    assert [by_id[one["@id"]]["name"] for one in claim["author"]] == [
        "Tideway Ministry",
        "Lantern Weekly",
    ]
    assert claim["firstAppearance"] == claim["appearance"][0]
    (denial,) = (by_id[one["@id"]] for one in claim["claims:opposedIn"])
    assert (denial["claims:stance"], denial["claims:side"]) == ("denies", "opposes")
    assert denial["about"] == {"@id": claim["@id"]}
    first = by_id[claim["firstAppearance"]["@id"]]
    chain = first["prov:qualifiedAttribution"]
    assert [by_id[one["prov:agent"]["@id"]]["name"] for one in chain] == [
        "Tideway Ministry",
        "Tideway Wire",
        "Harbour Post",
    ]


def test_a_script_is_no_url(graph: list[dict[str, Any]]) -> None:
    urls = [node.get("url") for node in graph if "NewsArticle" in kinds(node)]
    assert "javascript:alert(1)" not in urls
    assert len([url for url in urls if url]) == 3
