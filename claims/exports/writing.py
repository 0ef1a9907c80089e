"""Which file gets which form: by its suffix, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TextIO

from claims.errors import ExportError
from claims.exports.claim_review import Publisher
from claims.exports.columns import Table
from claims.exports.csv import write_csv
from claims.exports.files import replaced, replaced_bytes, standard_output
from claims.exports.jsonl import write_jsonl
from claims.reports.claim_facts import ClaimFacts
from claims.store.rows import ArticleRow, AttributionRow


class Format(StrEnum):
    """The forms of a file, each its suffix."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    JSONL = "jsonl"
    JSONLD = "jsonld"

    @property
    def is_text(self) -> bool:
        """Whether it can go to a terminal or a pipe."""
        return self not in (Format.XLSX, Format.PARQUET)


class TableName(StrEnum):
    """What can be exported."""

    ATTRIBUTIONS = "attributions"
    CLAIMS = "claims"
    SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Content:
    """All that a file may need: the tables, and for linked data the rows, claims and texts.

    `articles` are those of the evidence of verdicts, by number; `publisher` gives the verdicts.
    """

    tables: Mapping[TableName, Table[Any]]
    rows: tuple[AttributionRow, ...] = ()
    claims: tuple[ClaimFacts, ...] = ()
    texts: Mapping[int, str] | None = None
    articles: Mapping[int, ArticleRow] = field(default_factory=dict)
    publisher: Publisher = field(default_factory=Publisher)


def format_of(path: str) -> Format:
    """The form that a file's suffix asks for; CSV where there is none, as for a device.

    Raises `ExportError` for any other suffix.
    """
    suffix = Path(path).suffix.removeprefix(".").lower()
    if path == "-" or not suffix:
        return Format.CSV
    try:
        return Format(suffix)
    except ValueError as error:
        raise ExportError(
            f"{path}: no form of file is called .{suffix}",
            repair=f"use {', '.join('.' + one for one in Format)}, or name one with --format",
        ) from error


def write(
    path: str, format: Format, table: TableName, content: Content, *, excel_safe: bool = False
) -> int:
    """Write `table`, to standard output for `-`; the number of its rows.

    A workbook has all tables and opens with this one. Raises `ExportError` if the file can't be
    written; what stood there before then stays.
    """
    if not format.is_text:
        if path == "-":
            raise ExportError(f".{format} is no text for standard output", repair="name a file")
        return _binary(Path(path), format, table, content)
    with standard_output() if path == "-" else replaced(Path(path)) as out:
        return _writer(format, table, content, excel_safe)(out)


def _binary(path: Path, format: Format, table: TableName, content: Content) -> int:
    with replaced_bytes(path) as out:
        if format is Format.PARQUET:
            from claims.exports.parquet import write_parquet

            return write_parquet(content.tables[table], out)
        from claims.exports.xlsx import write_xlsx

        order = (TableName.CLAIMS, TableName.ATTRIBUTIONS, TableName.SOURCES)
        return write_xlsx([content.tables[name] for name in order], out, first=table)[table]


def _writer(
    format: Format, table: TableName, content: Content, excel_safe: bool
) -> Callable[[TextIO], int]:
    if format is Format.CSV:
        return lambda out: write_csv(content.tables[table], out, excel_safe=excel_safe)
    if format is Format.JSONL:
        return lambda out: write_jsonl(content.tables[table], out)
    if table is TableName.SOURCES:
        from claims.exports.jsonld import write_sources_jsonld

        return lambda out: write_sources_jsonld(content.tables[table].rows, out)
    from claims.exports.jsonld import write_jsonld

    rows = content.rows if table is TableName.ATTRIBUTIONS else ()
    return lambda out: write_jsonld(
        rows,
        content.claims,
        content.texts or {},
        out,
        publisher=content.publisher,
        articles=content.articles,
    )
