"""Attributions as CSV (RFC 4180: comma, CRLF, quotes doubled), UTF-8, one row each.

Text is written verbatim. A spreadsheet runs a cell that starts with `=` or the like as a formula,
and articles are untrusted; `excel_safe` puts an apostrophe before such a start (OWASP, "CSV
Injection"), which changes those texts. It also writes a byte order mark, without which Excel takes
UTF-8 for the local code page.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from claims.exports.files import replaced
from claims.records import Carrier, Span, Speaker
from claims.reports.standing import known_name
from claims.sources.origins import chain_of, origin_of
from claims.store.rows import AttributionRow, Quote

Cell = str | int | float | None

# Where a cell would be run: at its start, and after what splits cells where the program reads
# semicolons or tabs (Excel does in many countries). The wide forms are East Asian input's.
_FORMULA = re.compile(r'(?:^|(?<=[;\t\r\n]))(?="*[=+\-@＝＋－＠])|^(?=[\t\r\n])')


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what it holds, and how it is got."""

    name: str
    meaning: str
    get: Callable[[AttributionRow], Cell]


def _offsets(quotes: tuple[Quote, ...]) -> str:
    return "; ".join(f"{quote.start}-{quote.end}" for quote in quotes)


def _evidence(span: Span | None) -> list[int] | None:
    return list(span) if span else None


def _speaker(speaker: Speaker) -> dict[str, object]:
    return {
        "name": speaker.name,
        "source_id": speaker.source_id,
        "canonical": speaker.canonical,
        "kind": speaker.kind,
        "confidence": speaker.confidence,
        "evidence": _evidence(speaker.evidence),
        "why": speaker.why,
    }


def _carrier(carrier: Carrier) -> dict[str, object]:
    return {"name": carrier.name, "role": carrier.role, "evidence": _evidence(carrier.evidence)}


def _origin(row: AttributionRow) -> str:
    return origin_of(row.speaker, row.speakers, row.carriers, row.cites)


def _chain(row: AttributionRow) -> str | None:
    return chain_of(known_name(row), row.carriers, row.cites)


def _json(items: list[dict[str, object]]) -> str | None:
    return json.dumps(items, ensure_ascii=False) if items else None


COLUMNS = (
    Column("attribution_id", "id of the attribution in the store", lambda row: row.id),
    Column("article_id", "id of the article in the store", lambda row: row.article_id),
    Column("article_version", "version of its text, from 1", lambda row: row.version),
    Column("article_name", "file, or id of the JSON line", lambda row: row.article_name),
    Column("url", "as the article gave it", lambda row: row.url),
    Column("title", "of the article", lambda row: row.title),
    Column("outlet", "who published", lambda row: row.outlet),
    Column("wire", "agency the text came from", lambda row: row.wire),
    Column("published", "date as found", lambda row: row.published),
    Column("ordinal", "place in the article, from 0", lambda row: row.ordinal),
    Column("parent", "ordinal of the attribution this one lies in", lambda row: row.parent),
    Column("speaker", "who says it", lambda row: row.speaker),
    Column("stance", "the source's commitment to the content", lambda row: row.stance.value),
    Column("act", "what the source does by its words", lambda row: row.act.value),
    Column("framing", "how the outlet frames the source", lambda row: row.framing.value),
    Column("confidence", "share of such rows that are right", lambda row: row.confidence),
    Column("source", "its words; spans joined by ' … '", lambda row: row.source_words),
    Column("cue", "its words", lambda row: row.cue_words),
    Column("content", "its words", lambda row: row.content_words),
    Column("source_offsets", "START-END of each span", lambda row: _offsets(row.source)),
    Column("cue_offsets", "the same", lambda row: _offsets(row.cue)),
    Column("content_offsets", "the same", lambda row: _offsets(row.content)),
    Column("speakers", "JSON", lambda row: _json([_speaker(one) for one in row.speakers])),
    Column("carriers", "JSON", lambda row: _json([_carrier(one) for one in row.carriers])),
    Column(
        "chain",
        "the same in one line",
        lambda row: chain_of(known_name(row), row.carriers, row.cites),
    ),
    Column("origin", "who speaks from own knowledge", _origin),
    Column("model", "that found it", lambda row: row.model.name),
    Column("model_version", "hash of its weights", lambda row: row.model.version),
    Column(
        "speaker_model_version",
        "hash of the weights that named the speaker",
        lambda row: row.naming.speaker_model or None,
    ),
    Column(
        "registry_version",
        "hash of the registry that named it",
        lambda row: row.naming.registry or None,
    ),
    Column("run_id", "id of the run in the store", lambda row: row.run_id),
    Column("run_at", "moment of the run, UTC", lambda row: row.run_at.isoformat()),
)
"""The columns, in order; offsets are half-open, in characters of the stored text."""


def guarded(cell: Cell) -> Cell:
    """A cell that no spreadsheet runs: an apostrophe stands before what would start a formula."""
    return _FORMULA.sub("'", cell) if isinstance(cell, str) else cell


def write_csv(rows: Iterable[AttributionRow], out: TextIO, *, excel_safe: bool = False) -> int:
    """Write a header and one line for each row; the number of rows.

    `out` must not translate line ends (open it with `newline=""`).
    """
    if excel_safe:
        out.write("\ufeff")
    # Every cell is quoted for spreadsheets, so that none is split or taken for a number.
    writer = csv.writer(out, quoting=csv.QUOTE_ALL if excel_safe else csv.QUOTE_MINIMAL)
    writer.writerow(column.name for column in COLUMNS)
    count = 0
    for row in rows:
        cells = (column.get(row) for column in COLUMNS)
        writer.writerow([guarded(cell) for cell in cells] if excel_safe else list(cells))
        count += 1
    return count


def export_csv(
    path: str | Path, rows: Iterable[AttributionRow], *, excel_safe: bool = False
) -> int:
    """Write a CSV file whole or not at all, or to standard output for `-`; the number of rows.

    Raises `ExportError` if the file can't be written; what stood there before then stays.
    """
    if str(path) == "-":
        return _to_stdout(rows, excel_safe)
    with replaced(Path(path)) as out:
        return write_csv(rows, out, excel_safe=excel_safe)


def _to_stdout(rows: Iterable[AttributionRow], excel_safe: bool) -> int:
    """Past the terminal's own encoding and line ends."""
    sys.stdout.flush()
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    try:
        return write_csv(rows, out, excel_safe=excel_safe)
    finally:
        out.flush()
        out.detach()
