"""Reading and checking tables of sources and aliases (CSV, UTF-8).

A table's header says which it is. Sources: `id,name,kind` and, where known, `country, owner,
control, basis, basis_date, derived_from`. Aliases: `source_id,alias,kind` and, where it applies,
`ambiguous` (yes or empty), `valid_from`, `valid_to`, `derived_from`. Dates are YYYY-MM-DD.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from claims.sources.entries import Alias, AliasKind, Control, Source, SourceKind

SOURCE_COLUMNS = (
    "id", "name", "kind", "country", "owner", "control", "basis", "basis_date", "derived_from",
)  # fmt: skip
ALIAS_COLUMNS = (
    "source_id", "alias", "kind", "ambiguous", "valid_from", "valid_to", "derived_from",
)  # fmt: skip
_REQUIRED = 3
_ID = re.compile(r"[a-z]+:[\w.+-]+(?:/[\w.+-]+)?")
_COUNTRY = re.compile(r"[A-Z]{2}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_FLAGS = {"": False, "no": False, "yes": True}
Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one line of a table; lines count from 1, the header's."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        """As compilers print it: `file:line: message`."""
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(slots=True)
class Tables:
    """The rows of some files, where each stood, and what was wrong with others."""

    sources: list[Source] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    places: dict[int, tuple[str, int]] = field(default_factory=dict)
    """File and line of a row, by its `id()`."""

    def read(self, file: str, lines: Iterable[str]) -> None:
        """Add the rows of one file; `file` is its name for messages."""
        reader = csv.DictReader(lines, strict=True)
        try:
            header = [name.strip().lstrip("\ufeff") for name in reader.fieldnames or ()]
            reader.fieldnames = header
            is_source = self._kind_of_table(file, header)
            if is_source is None:
                return
            for row in reader:
                self._add(file, reader.line_num, row, is_source)
        except csv.Error as error:
            # The reader inside: DictReader's own number is that of the last whole row.
            self.problems.append(Problem(file, reader.reader.line_num, f"not CSV: {error}"))

    def _kind_of_table(self, file: str, header: list[str]) -> bool | None:
        for is_source, columns in ((True, SOURCE_COLUMNS), (False, ALIAS_COLUMNS)):
            if set(columns[:_REQUIRED]) <= set(header) <= set(columns):
                return is_source
        message = (
            f"the header has to be {','.join(SOURCE_COLUMNS)} or {','.join(ALIAS_COLUMNS)}; "
            "all but the first three may be missing"
        )
        self.problems.append(Problem(file, 1, message))
        return None

    def _add(self, file: str, line: int, row: dict[str, str | None], is_source: bool) -> None:
        if None in row or None in row.values():
            self.problems.append(Problem(file, line, "it has more or fewer cells than the header"))
            return
        cells = {name: (cell or "").strip() for name, cell in row.items()}
        unclean = next((name for name, cell in cells.items() if _CONTROL.search(cell)), None)
        if unclean is not None:
            message = f"{unclean} has a control character in it"
            self.problems.append(Problem(file, line, message))
            return
        try:
            entry = source_of(cells) if is_source else alias_of(cells)
        except ValueError as error:
            self.problems.append(Problem(file, line, str(error)))
            return
        self.places[id(entry)] = (file, line)
        if isinstance(entry, Source):
            self.sources.append(entry)
        else:
            self.aliases.append(entry)

    def check(self, known: Collection[str] = ()) -> list[Problem]:
        """All problems, those between rows as well; `known` are ids that other tables have."""
        return [*self.problems, *self._between(known)]

    def _between(self, known: Collection[str]) -> Iterator[Problem]:
        ids: set[str] = set()
        for source in self.sources:
            if source.id in ids:
                yield self._problem(source, f"{source.id} stands in a line before")
            ids.add(source.id)
        for source in self.sources:
            if source.owner and source.owner not in ids and source.owner not in known:
                yield self._problem(source, f"there is no source {source.owner} to own it")
        seen: set[tuple[object, ...]] = set()
        for alias in self.aliases:
            if alias.source_id not in ids and alias.source_id not in known:
                yield self._problem(alias, f"there is no source {alias.source_id}")
            named = (alias.source_id, alias.alias, alias.kind, alias.valid_from)
            if named in seen:
                yield self._problem(alias, f"{alias.alias!r} stands in a line before")
            seen.add(named)

    def _problem(self, entry: Source | Alias, message: str) -> Problem:
        file, line = self.places[id(entry)]
        return Problem(file, line, message)


def source_of(cells: Mapping[str, str]) -> Source:
    """A source from a row's cells; `ValueError` says what is wrong with it."""
    source_id, country, owner = cells["id"], cells.get("country", ""), cells.get("owner", "")
    if not _ID.fullmatch(source_id):
        raise ValueError(f"the id {source_id!r} isn't of the form media:example")
    if owner == source_id:
        raise ValueError("it can't own itself")
    if country and not _COUNTRY.fullmatch(country):
        raise ValueError(f"country {country!r} isn't a code of two capitals (ISO 3166-1)")
    control = _member(Control, "control", cells.get("control") or "unknown")
    basis, basis_date = cells.get("basis") or None, _day(cells, "basis_date")
    if (owner or control is not Control.UNKNOWN) and not basis:
        raise ValueError("an owner or a control needs its basis: say why, or leave both out")
    if control is not Control.UNKNOWN and basis_date is None:
        raise ValueError("a control needs the date of its basis (basis_date)")
    return Source(
        id=source_id,
        name=_words(cells, "name"),
        kind=_member(SourceKind, "kind", cells["kind"]),
        country=country or None,
        owner=owner or None,
        control=control,
        basis=basis,
        basis_date=basis_date,
        derived_from=cells.get("derived_from") or None,
    )


def alias_of(cells: Mapping[str, str]) -> Alias:
    """An alias from a row's cells; `ValueError` says what is wrong with it."""
    flag = cells.get("ambiguous", "")
    if flag not in _FLAGS:
        raise ValueError(f"ambiguous is {flag!r}: write yes, or leave it empty")
    start, end = _day(cells, "valid_from"), _day(cells, "valid_to")
    if start and end and start > end:
        raise ValueError(f"it ends ({end}) before it begins ({start})")
    return Alias(
        source_id=cells["source_id"],
        alias=_words(cells, "alias"),
        kind=_member(AliasKind, "kind", cells["kind"]),
        ambiguous=_FLAGS[flag],
        valid_from=start,
        valid_to=end,
        derived_from=cells.get("derived_from") or None,
    )


def _words(cells: Mapping[str, str], column: str) -> str:
    words = cells[column]
    if not any(character.isalnum() for character in words):
        raise ValueError(f"{column} is empty")
    return words


def _day(cells: Mapping[str, str], column: str) -> date | None:
    given = cells.get(column, "")
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise ValueError(f"{column} {given!r} isn't a day: YYYY-MM-DD") from None


def _member(kinds: type[Kind], column: str, given: str) -> Kind:
    try:
        return kinds(given)
    except ValueError:
        raise ValueError(f"{column} {given!r} is none of {', '.join(kinds)}") from None
