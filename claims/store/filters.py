"""Options that are used again and again, kept under a name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from claims.errors import StoreError
from claims.records import Stance
from claims.store.base import table
from claims.store.review_tables import SavedFilter

FILTER = table(SavedFilter)


@dataclass(frozen=True, slots=True)
class Options:
    """What a filter asks for; None where it doesn't ask.

    `since` is kept as it was given: a day, or a time before the day on which it is used.
    """

    speaker: str | None = None
    stance: Stance | None = None
    since: str | None = None
    outlet: str | None = None
    article: int | None = None
    min_confidence: float | None = None

    @property
    def data(self) -> dict[str, Any]:
        """Those that are set, ready for JSON."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Options:
        """Read `data`; what a newer version of the program put in is left out."""
        known = {field.name: data[field.name] for field in fields(cls) if field.name in data}
        if "stance" in known:
            known["stance"] = Stance(known["stance"])
        return cls(**known)


@dataclass(frozen=True, slots=True)
class FilterRow:
    """A saved filter, who saved it, and when."""

    name: str
    options: Options
    saved_by: str
    saved_at: datetime


def filters(connection: Connection) -> list[FilterRow]:
    """All of them by name."""
    rows = connection.execute(select(FILTER).order_by(FILTER.c.name))
    return [FilterRow(row.name, _options(row), row.saved_by, row.created_at) for row in rows]


def _options(row: Any) -> Options:
    try:
        return Options.from_data(json.loads(row.options))
    except (ValueError, TypeError, AttributeError) as error:
        raise StoreError(
            f"the filter {row.name!r} can't be read",
            repair="claims filter drop it, and save it anew",
        ) from error


def save(connection: Connection, name: str, options: Options, by: str, now: datetime) -> bool:
    """Keep `options` under `name`; whether others were replaced."""
    replaced = drop(connection, name)
    words = json.dumps(options.data, ensure_ascii=False, sort_keys=True)
    connection.execute(insert(FILTER).values(name=name, options=words, saved_by=by, created_at=now))
    return replaced


def drop(connection: Connection, name: str) -> bool:
    """Forget a filter; whether there was one."""
    return bool(connection.execute(delete(FILTER).where(FILTER.c.name == name)).rowcount)
