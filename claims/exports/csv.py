"""Tables as CSV (RFC 4180: comma, CRLF, quotes doubled), UTF-8.

Text is written verbatim. A spreadsheet runs a cell that starts with `=` or the like as a formula,
and articles are untrusted; `excel_safe` puts an apostrophe before such a start (OWASP, "CSV
Injection"), which changes those texts. It also writes a byte order mark, without which Excel takes
UTF-8 for the local code page.
"""

from __future__ import annotations

import csv
import re
from typing import TextIO

from claims.exports.columns import Cell, RowT, Table

# Where a cell would be run: at its start, and after what splits cells where the program reads
# semicolons or tabs (Excel does in many countries). The wide forms are East Asian input's.
_FORMULA = re.compile(r'(?:^|(?<=[;\t\r\n]))(?="*[=+\-@＝＋－＠])|^(?=[\t\r\n])')


def guarded(cell: Cell) -> Cell:
    """A cell that no spreadsheet runs: an apostrophe stands before what would start a formula."""
    return _FORMULA.sub("'", cell) if isinstance(cell, str) else cell


def write_csv(table: Table[RowT], out: TextIO, *, excel_safe: bool = False) -> int:
    """Write a header and one line for each row; the number of rows.

    `out` must not translate line ends (open it with `newline=""`).
    """
    if excel_safe:
        out.write("\ufeff")
    # Every cell is quoted for spreadsheets, so that none is split or taken for a number.
    writer = csv.writer(out, quoting=csv.QUOTE_ALL if excel_safe else csv.QUOTE_MINIMAL)
    writer.writerow(column.name for column in table.columns)
    count = 0
    for row in table.rows:
        cells = (column.cell(row) for column in table.columns)
        writer.writerow([guarded(cell) for cell in cells] if excel_safe else list(cells))
        count += 1
    return count
