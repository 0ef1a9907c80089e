"""Stored rows as the registry knows their sources now: by its names, with what was decided since.

A record keeps the name that its article uses and the source that this stood for when the article
was read. Editors merge and split sources afterwards; nothing is read anew for that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Protocol

from claims.records import Carrier, Speaker
from claims.sources.answers import UNRESOLVED
from claims.sources.entries import SourceKind
from claims.store.rows import AttributionRow


class Known(Protocol):
    """What is needed of a registered source."""

    @property
    def id(self) -> str:
        """Tells it from all others."""
        ...

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def kind(self) -> str:
        """A `SourceKind`."""
        ...


class Register(Protocol):
    """What is needed of a registry."""

    def means(self, name: str, source_id: str | None, on: date | None = None) -> Known | None:
        """The source that a stored name means now (see `claims.sources.registry`)."""
        ...


def as_known_now(rows: Iterable[AttributionRow], registry: Register) -> tuple[AttributionRow, ...]:
    """The rows with ids and canonical names of speakers and carriers as `registry` has them.

    Carriers keep the short names that chains are told by ("AP"), unless another source stands for
    them now.
    """
    registry = _Remembered(registry)
    return tuple(
        replace(
            row,
            speakers=tuple(_speaker(one, registry, row.published_on) for one in row.speakers),
            carriers=tuple(_carrier(one, registry, row.published_on) for one in row.carriers),
            cites=tuple(_carrier(one, registry, row.published_on) for one in row.cites),
        )
        for row in rows
    )


class _Remembered:
    """A registry that looks up each name once: the same few speak again and again."""

    def __init__(self, registry: Register) -> None:
        self._registry = registry
        self._known: dict[tuple[str, str | None, date | None], Known | None] = {}

    def means(self, name: str, source_id: str | None, on: date | None = None) -> Known | None:
        asked = (name, source_id, on)
        if asked not in self._known:
            self._known[asked] = self._registry.means(name, source_id, on)
        return self._known[asked]


def _speaker(speaker: Speaker, registry: Register, on: date | None) -> Speaker:
    if speaker.name == UNRESOLVED or speaker.kind == SourceKind.UNNAMED:
        return speaker
    source = registry.means(speaker.name, speaker.source_id, on)
    if source is None:
        return replace(speaker, source_id=None, canonical=None)
    return replace(speaker, source_id=source.id, canonical=source.name, kind=str(source.kind))


def _carrier(carrier: Carrier, registry: Register, on: date | None) -> Carrier:
    source = registry.means(carrier.name, carrier.source_id, on)
    if source is None:
        return replace(carrier, source_id=None, canonical=None)
    is_other = carrier.source_id not in (None, source.id)
    name = source.name if is_other else carrier.name
    return replace(carrier, name=name, source_id=source.id, canonical=source.name)


def known_name(row: AttributionRow) -> str:
    """The row's `speaker` by the registry's names of those whom it knows."""
    if not any(speaker.canonical for speaker in row.speakers):
        return row.speaker
    return "; ".join(dict.fromkeys(one.canonical or one.name for one in row.speakers))
