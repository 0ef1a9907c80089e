"""Tables as JSON lines: one object a row, with all columns; lists and objects are not flattened."""

from __future__ import annotations

from datetime import date
from typing import Any, TextIO

from claims.exports.columns import RowT, Table
from claims.terminal import json_text


def write_jsonl(table: Table[RowT], out: TextIO) -> int:
    """Write one line for each row; the number of rows."""
    count = 0
    for row in table.rows:
        values = {column.name: _plain(column.get(row)) for column in table.columns}
        out.write(json_text(values) + "\n")
        count += 1
    return count


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
