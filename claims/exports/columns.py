"""Tables as files have them: named, documented, typed columns in a stable order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

Value = Any
Cell = str | int | float | None
RowT = TypeVar("RowT")


class Kind(StrEnum):
    """What the values of a column are.

    `json` is lists and objects: as they are in JSON, as a string of JSON elsewhere. `offsets` are
    lists of [start, end], half-open, in characters of the stored text: "START-END; …" in CSV and
    spreadsheets. `day` is a date, `names` a list of texts: one text joined by "; " in flat files.
    """

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    DAY = "day"
    NAMES = "names"
    OFFSETS = "offsets"
    JSON = "json"


@dataclass(frozen=True)  # slots fail with Generic in Python 3.11
class Column(Generic[RowT]):
    """One column: its name, what it holds, how it is got, and the kind of its values."""

    name: str
    meaning: str
    get: Callable[[RowT], Value]
    kind: Kind = Kind.TEXT

    def cell(self, row: RowT) -> Cell:
        """The value as a flat file has it."""
        return flat(self.get(row), self.kind)


@dataclass(frozen=True)
class Table(Generic[RowT]):
    """A table to write: its name, columns and rows."""

    name: str
    columns: Sequence[Column[RowT]]
    rows: Iterable[RowT]


def flat(value: Value, kind: Kind) -> Cell:
    """A value as one cell; None stays None, and so does an empty list or object."""
    if value is None or value in ([], {}, ()):
        return None
    form = _FORMS.get(kind)
    if form is not None:
        return form(value)
    return value if isinstance(value, int | float) else str(value)


_FORMS: dict[Kind, Callable[[Any], str]] = {
    Kind.OFFSETS: lambda spans: "; ".join(f"{start}-{end}" for start, end in spans),
    Kind.NAMES: "; ".join,
    Kind.JSON: lambda value: json.dumps(value, ensure_ascii=False),
    Kind.FLAG: lambda value: "yes" if value else "no",
    Kind.DAY: date.isoformat,
}


def documentation(columns: Sequence[Column[Any]]) -> str:
    """The columns with their meanings, one a line, for `--help`."""
    width = max(len(column.name) for column in columns)
    return "\n".join(f"  {column.name:{width}}  {column.meaning}" for column in columns)
