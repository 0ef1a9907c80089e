"""What the store heard from each source of its registry, and from names that it doesn't know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from claims.reports.said import UNNAMED
from claims.sources.entries import Source
from claims.sources.registry import Registry
from claims.store.rows import Heard

UNRESOLVED = "UNRESOLVED"
_NOBODY = ("AUTHOR", "NONE")
_SPEAKER = "speaker"


@dataclass(slots=True)
class Tally:
    """Attributions and articles in which a source or a name is heard.

    `names` counts the words it is heard by; `carried` the attributions that came through it.
    `reasons` counts, by article and words, why nobody was named.
    """

    said: int = 0
    carried: int = 0
    names: Counter[str] = field(default_factory=Counter)
    articles: set[int] = field(default_factory=set)
    reasons: Counter[tuple[int, str]] = field(default_factory=Counter)

    def add(self, heard: Heard) -> None:
        """Count one row."""
        if heard.role == _SPEAKER:
            self.said += heard.attributions
        else:
            self.carried += heard.attributions
        self.names[heard.name] += heard.attributions
        self.articles.add(heard.article_id)
        if heard.why is not None:
            self.reasons[heard.article_id, heard.why] += heard.attributions


@dataclass(frozen=True, slots=True)
class Hearing:
    """Tallies of sources by id, and of unknown names."""

    known: dict[str, Tally]
    unknown: dict[str, Tally]


def hearing(registry: Registry, rows: Iterable[Heard]) -> Hearing:
    """Count what was heard, by the sources that stand for the names now.

    All names are looked up again: the registry may have learned or split one since their articles
    were read. Those whom an article leaves unnamed have no name to look up.
    """
    known: dict[str, Tally] = {}
    unknown: dict[str, Tally] = {}
    look_up = cache(registry.means)
    for row in rows:
        if row.name in _NOBODY or row.name.startswith(UNNAMED):
            continue
        source: Source | None = None
        if row.name != UNRESOLVED:
            source = look_up(row.name, row.source_id, row.published_on)
        if source is not None:
            known.setdefault(source.id, Tally()).add(row)
        else:
            unknown.setdefault(row.name, Tally()).add(row)
    return Hearing(known, unknown)
