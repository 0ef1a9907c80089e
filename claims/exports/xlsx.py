"""Tables as sheets of an Excel workbook (Office Open XML), written by xlsxwriter.

Every text is written as a text cell: none is run as a formula, made a link or taken for a number.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

from claims.errors import ExportError
from claims.exports.columns import Column, Kind, Table, flat

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_CHARACTERS = 32_767
"""What a cell holds; a longer text is cut, and ends with CUT."""
CUT = "… [cut: longer than a cell]"
MOST_ROWS = 1_048_575
"""What a sheet holds beside its header."""
_FIRST_DAY = date(1900, 3, 1)
# What XML 1.0 has no form for. xlsxwriter escapes the control characters that it has one for.
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_WIDE = {"content": 60, "wording": 60, "title": 40, "url": 30, "origins": 30, "speakers": 30}


def write_xlsx(tables: Sequence[Table[Any]], out: BinaryIO, *, first: str) -> dict[str, int]:
    """Write one sheet for each table; the numbers of rows by table. `first` is the sheet shown.

    Raises `ExportError` where a table has more rows than a sheet.
    """
    import xlsxwriter

    counts: dict[str, int] = {}
    # Rows go to a file as they come; it must not outlive a failure, for it holds their text.
    with tempfile.TemporaryDirectory() as folder:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        book = xlsxwriter.Workbook(out, options)
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            counts[table.name] = _write(sheet, table, head, day)
            if table.name == first:
                sheet.activate()
        book.close()
    return counts


def _write(sheet: Worksheet, table: Table[Any], head: Format, day: Format) -> int:
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _WIDE.get(column.name, max(10, len(column.name) + 4)))
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name, head)
    count = 0
    for row in table.rows:
        count += 1
        if count > MOST_ROWS:
            raise ExportError(
                f"a sheet holds {MOST_ROWS:,} rows, and there are more {table.name}",
                repair="export .csv or .parquet, or fewer rows (--since, --speaker, …)",
            )
        for place, column in enumerate(table.columns):
            _write_cell(sheet, (count, place), column, column.get(row), day)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, count, len(table.columns) - 1)
    return count


def _write_cell(
    sheet: Worksheet, place: tuple[int, int], column: Column[Any], value: Any, day: Format
) -> None:
    cell = flat(value, column.kind)
    if cell is None:
        return
    if column.kind is Kind.DAY and value >= _FIRST_DAY:
        sheet.write_datetime(*place, value, day)
    elif isinstance(cell, str):
        text = _NO_XML.sub("\ufffd", cell)
        sheet.write_string(*place, _cut(text) if _units(text) > MOST_CHARACTERS else text)
    else:
        sheet.write_number(*place, cell)


def _units(text: str) -> int:
    """The length as Excel counts it, in UTF-16."""
    return len(text) + sum(c > "\uffff" for c in text)


def _cut(text: str) -> str:
    kept = text[: MOST_CHARACTERS - len(CUT)]
    while _units(kept) + len(CUT) > MOST_CHARACTERS:
        kept = kept[: -max(1, (_units(kept) + len(CUT) - MOST_CHARACTERS) // 2)]
    return kept + CUT
