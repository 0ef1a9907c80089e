"""Whom an editor may name as the speaker: type-ahead over the registry and over the article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from claims.sources.registry import Registry
from claims.store.rows import ArticleView

SPECIAL = (
    ("NONE", "no source is given"),
    ("AUTHOR", "the article's author"),
    ("UNRESOLVED", "it can't be told who"),
)
UNNAMED = "UNNAMED: "


@dataclass(frozen=True, slots=True)
class Name:
    """One that is offered: the record's `speaker`, the registry's ids of those it names, and where
    it is from."""

    name: str
    source_ids: tuple[str | None, ...]
    origin: str

    @property
    def patch(self) -> dict[str, Any]:
        """The correction that names it."""
        patch: dict[str, Any] = {"speaker": self.name}
        return patch | ({"source_ids": list(self.source_ids)} if any(self.source_ids) else {})


class Names:
    """The names that can be given in an article."""

    def __init__(self, registry: Registry, article: ArticleView | None) -> None:
        """Those heard in the article stand first."""
        self._registry = registry
        self._on: date | None = article.row.published_on if article else None
        self._heard = list(_heard(registry, article)) if article else []
        self._listed = [
            (alias.alias.casefold(), source.name, source.id)
            for source in registry.sources
            for alias in registry.aliases(source.id)
        ]

    def like(self, words: str, source_words: str = "", limit: int = 12) -> list[Name]:
        """The names that begin with or hold the words, best first; then what is always possible.

        `source_words` are the words of the source, which an unnamed one goes by.
        """
        wanted = " ".join(words.split())
        found = [one for one in self._heard if wanted.casefold() in one.name.casefold()]
        if wanted:
            found += self._registered(wanted, limit)
        offered = list(dict.fromkeys(found))[:limit]
        if wanted and not wanted.startswith(UNNAMED):
            offered.append(self.given(wanted))
        unnamed = wanted.removeprefix(UNNAMED) if wanted else " ".join(source_words.split())
        if unnamed and unnamed not in dict(SPECIAL):
            offered.append(Name(UNNAMED + unnamed, (), "unnamed source"))
        offered += [
            Name(name, (), what) for name, what in SPECIAL if name.startswith(wanted.upper())
        ]
        kept: dict[str, Name] = {}
        for one in offered:
            kept.setdefault(one.name.casefold(), one)
        return list(kept.values())

    def given(self, words: str) -> Name:
        """Free text as a speaker, several between semicolons; with ids where the registry knows for
        sure who is meant."""
        if words.startswith(UNNAMED) or words in dict(SPECIAL):
            return Name(words, (), "as typed")
        names = [part.strip() for part in words.split(";") if part.strip()]
        found = [self._registry.resolve(name, self._on) for name in names]
        ids = tuple(source.id if source else None for source in found)
        return Name("; ".join(names), ids, "as typed")

    def _registered(self, wanted: str, limit: int) -> list[Name]:
        folded = wanted.casefold()
        ranked: dict[str, tuple[int, int, Name]] = {}
        for alias, name, source_id in self._listed:
            if folded not in alias:
                continue
            starts = alias.startswith(folded)
            rank = 0 if starts else 1 if f" {folded}" in alias else 2
            one = (rank, len(alias), Name(name, (source_id,), source_id))
            if source_id not in ranked or one[:2] < ranked[source_id][:2]:
                ranked[source_id] = one
        best = [one for *_, one in sorted(ranked.values(), key=lambda r: (r[0], r[1], r[2].name))]
        if len(best) < limit and len(wanted) > 2:
            hits = self._registry.search(wanted, limit - len(best))
            best += [Name(hit.source.name, (hit.source.id,), hit.source.id) for hit in hits]
        return best[:limit]


def _heard(registry: Registry, article: ArticleView) -> Iterable[Name]:
    """The speakers and carriers of an article, most heard first."""
    counts: dict[tuple[str, str | None], int] = {}
    for row in article.attributions:
        heard = [(one.name, one.source_id) for one in row.speakers]
        heard += [(one.name, one.source_id) for one in (*row.carriers, *row.cites)]
        for name, source_id in heard:
            known = source_id if source_id and registry.get(source_id) else None
            counts[name, known] = counts.get((name, known), 0) + 1
    for name, source_id in sorted(counts, key=lambda pair: -counts[pair]):
        if name not in dict(SPECIAL) and not name.startswith(UNNAMED):
            yield Name(name, (source_id,), "in this article")
