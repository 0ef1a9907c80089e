"""Fields of JSON lines, checked one by one: what is wrong is named by file, line and field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from claims.errors import CorpusError
from claims.records import Span


@dataclass(frozen=True, slots=True)
class Row:
    """A JSON object with the place it stands at, for messages ("gold.jsonl, line 3")."""

    where: str
    values: dict[str, Any]

    def error(self, field: str, problem: str) -> CorpusError:
        """The error for a field of this row."""
        return CorpusError(f"{self.where}, {field}: {problem}", repair="correct the file")

    def text(self, field: str) -> str:
        """A string that must be there and not be empty."""
        value = self.optional_text(field)
        if not value:
            raise self.error(field, "is missing")
        return value

    def optional_text(self, field: str) -> str | None:
        """A string, or None for null or nothing."""
        value = self.values.get(field)
        if value is not None and not isinstance(value, str):
            raise self.error(field, "is no string")
        return value

    def integer(self, field: str) -> int | None:
        """A whole number, or None for null or nothing."""
        value = self.values.get(field)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise self.error(field, "is no whole number")
        return value

    def number(self, field: str) -> float | None:
        """A number from 0 to 1, or None for null or nothing."""
        value = self.values.get(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self.error(field, "is no number from 0 to 1")
        return float(value)

    def one_of(self, field: str, allowed: type[StrEnum]) -> str | None:
        """A value of the enumeration, as a string; None for null or nothing."""
        value = self.values.get(field)
        if value is not None and value not in tuple(allowed):
            raise self.error(field, f"{value!r} is none of {', '.join(allowed)}")
        return value

    def rows(self, field: str, *, required: bool = False) -> list[Row]:
        """The objects of a list; empty for null or nothing, unless `required`."""
        values = self.values.get(field)
        if values is None and not required:
            return []
        if not isinstance(values, list) or not all(isinstance(v, dict) for v in values):
            raise self.error(field, "is no list of objects")
        return [Row(f"{self.where}, {field}[{k}]", v) for k, v in enumerate(values)]

    def span(self, length: int | None) -> Span:
        """The span of `start` and `end`, inside a text of `length` characters if known."""
        return self._checked("start/end", [self.integer("start"), self.integer("end")], length)

    def spans(self, field: str, length: int | None) -> tuple[Span, ...]:
        """A list of `[start, end)`; empty for null or nothing."""
        values = self.values.get(field) or []
        if not isinstance(values, list):
            raise self.error(field, "is no list of spans")
        return tuple(self._checked(field, value, length) for value in values)

    def optional_span(self, field: str, length: int | None) -> Span | None:
        """One `[start, end)`, or None for null or nothing."""
        value = self.values.get(field)
        return None if value is None else self._checked(field, value, length)

    def _checked(self, field: str, value: Any, length: int | None) -> Span:
        is_pair = isinstance(value, list) and len(value) == 2
        if not is_pair or not all(type(bound) is int for bound in value):
            raise self.error(field, f"{value!r} is no [start, end]")
        start, end = value
        if not 0 <= start < end or (length is not None and end > length):
            inside = "" if length is None else f" of the text's {length} characters"
            raise self.error(field, f"[{start}, {end}] is no span{inside}")
        return Span(start, end)


def read_rows(path: Path) -> Iterator[Row]:
    """The objects of a JSON lines file in UTF-8, blank lines skipped; `CorpusError` for others."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _parsed(f"{path}, line {number}", line)
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(
            f"{path}: cannot be read: {error}", repair="give the path of a UTF-8 JSON lines file"
        ) from error


def _parsed(where: str, line: str) -> Row:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CorpusError(
            f"{where}: is not JSON: {error}", repair="give one JSON object a line"
        ) from error
    if not isinstance(values, dict):
        raise CorpusError(f"{where}: is no object", repair="give one JSON object a line")
    return Row(where, values)
