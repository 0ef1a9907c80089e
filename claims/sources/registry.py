"""The registry: which source a name stands for, and who stands behind a source.

The shipped data lies in `seeds/*.csv` and is read once, when it is first asked for. A store adds
what its editors loaded and decided (see `claims.store.registry`). What isn't in the registry,
people above all, isn't resolved: the answer is None, never a guess.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache

from claims.sources.bodies import Ministries, means_government, parts
from claims.sources.described import undescribed, without_parentheses
from claims.sources.entries import Alias, AliasKind, Control, Hit, Match, Source, SourceKind
from claims.sources.keys import fits, key, likeness
from claims.sources.shipped import shipped_ministries, shipped_tables

__all__ = ["Alias", "AliasKind", "Control", "Hit", "Match", "Registry", "Source", "SourceKind"]

_RANK = {kind: rank for rank, kind in enumerate(AliasKind)}
_NO_MINISTRIES = Ministries(())
LIKE = 60
"""Score over which a name is like what was searched for."""


class Registry:
    """Sources and their names, to look up in. It never changes."""

    def __init__(
        self,
        sources: Iterable[Source],
        aliases: Iterable[Alias] = (),
        *,
        ministries: Ministries | None = None,
        standing: Mapping[str, str] | None = None,
        parted: Iterable[tuple[str, str]] = (),
    ) -> None:
        """`standing` maps ids of merged sources to those that stand for them now.

        `parted` are ids with a name each, as its key, that editors have taken from them.
        """
        self._sources = {source.id: source for source in sources}
        self._aliases: dict[str, list[Alias]] = defaultdict(list)
        self._ministries = ministries or _NO_MINISTRIES
        self._standing = dict(standing or {})
        self._parted = frozenset(parted)
        for alias in aliases:
            self._aliases[alias.source_id].append(alias)
        for source in self._sources.values():
            own = self._aliases[source.id]
            # A row of the same words says more of the name: that it is ambiguous.
            if not any(a.alias == source.name and a.kind is not AliasKind.DEMONYM for a in own):
                own.insert(0, Alias(source.id, source.name, AliasKind.NAME))
        self._by_key: dict[str, list[Alias]] = defaultdict(list)
        self._in_country: dict[tuple[str, str], set[str]] = defaultdict(set)
        for source_id, own in self._aliases.items():
            owner = self._sources.get(source_id)
            country = owner.country if owner is not None and not owner.is_state else None
            for alias in own:
                words = key(alias.alias)
                self._by_key[words].append(alias)
                if country:
                    self._in_country[country, words].add(source_id)

    @staticmethod
    def shipped() -> Registry:
        """The registry that comes with the program; read once."""
        return _shipped()

    def unmerged(self) -> Registry:
        """The same sources and names, each source standing for itself."""
        if not self._standing:
            return self
        return Registry(
            self._sources.values(),
            [alias for own in self._aliases.values() for alias in own],
            ministries=self._ministries,
            parted=self._parted,
        )

    @property
    def sources(self) -> list[Source]:
        """All listed sources that stand for themselves, by id."""
        return [self._sources[i] for i in sorted(self._sources) if i not in self._standing]

    @cached_property
    def version(self) -> str:
        """A hash of all that it holds, 16 hexadecimal digits."""
        digest = hashlib.sha256()
        for source_id in sorted(self._sources):
            digest.update(repr(self._sources[source_id]).encode())
            rows = sorted(repr(alias) for alias in self._aliases[source_id])
            digest.update("".join(rows).encode())
        digest.update(repr(sorted(self._standing.items())).encode())
        digest.update(repr(sorted(self._ministries.by_id.items())).encode())
        return digest.hexdigest()[:16]

    def get(self, source_id: str) -> Source | None:
        """The source of an id, be it merged into another or not; None if there is none."""
        found = self._sources.get(source_id)
        if found is None and "/" in source_id:
            state_id, _, ministry_id = source_id.partition("/")
            state, ministry = self._sources.get(state_id), self._ministries.by_id.get(ministry_id)
            if state is not None and state.is_state and ministry is not None:
                return ministry.of(state, self._adjective(state))
        return found

    def stands_for(self, source_id: str) -> Source | None:
        """The source that an id means now: itself, or the one it was merged into."""
        seen = {source_id}
        while (merged := self._standing.get(source_id)) is not None and merged not in seen:
            seen.add(merged)
            source_id = merged
        return self.get(source_id)

    def means(self, name: str, source_id: str | None, on: date | None = None) -> Source | None:
        """The source that a name means now which meant `source_id` when an article was read.

        The name is looked up anew: it may have been learned or split since. Where it tells
        nothing any more, the id counts, unless editors have taken the name from it.
        """
        found = self.resolve(name, on)
        if found is not None or source_id is None or (source_id, key(name)) in self._parted:
            return found
        return self.stands_for(source_id)

    def merged_into(self, source_id: str) -> list[str]:
        """Ids that stand for this source now, without its own."""
        return sorted(
            merged
            for merged in self._standing
            if (source := self.stands_for(merged)) is not None and source.id == source_id
        )

    def merged_under(self, words: str) -> tuple[str, ...]:
        """Ids that were merged into sources with these words in their name."""
        now = {merged: self.stands_for(merged) for merged in sorted(self._standing)}
        wanted = words.casefold()
        return tuple(i for i, source in now.items() if source and wanted in source.name.casefold())

    def aliases(self, source_id: str) -> list[Alias]:
        """The names of a source and of those merged into it, usual ones first."""
        ids = [source_id, *self.merged_into(source_id)]
        own = [alias for one in ids for alias in self._aliases.get(one, ())]
        if not own and (source := self.get(source_id)) is not None:
            own = [Alias(source.id, source.name, AliasKind.NAME)]
        return sorted(own, key=lambda alias: (_RANK[alias.kind], alias.ambiguous))

    def find(self, name: str, on: date | None = None) -> list[Match]:
        """All sources that `name` may stand for on a day, the likeliest first.

        Without a day, names of all times count; an office with dates is then ambiguous. Listed
        names go before bodies of a state read from its name, and those before names that need a
        description taken off ("the official KCNA news agency").
        """
        written = list(without_parentheses(name))
        for words in written:
            found = self._listed(words, on) or self._of_state(words, on)
            if found:
                return found
        for words in (bare for one in written for bare in undescribed(one)):
            found = [m for m in self._listed(words, on) if m.source.kind is SourceKind.MEDIA]
            if found:
                return found
        return []

    def resolve(
        self,
        name: str,
        on: date | None = None,
        *,
        kind: SourceKind | None = None,
        country: str | None = None,
    ) -> Source | None:
        """The source that `name` stands for; None when there is none or the name doesn't tell.

        `kind` and `country` are for a caller who knows from the context what is meant: of several
        candidates only such are considered, and a single one of them is taken even if its name is
        ambiguous without that context.
        """
        matches = self.find(name, on)
        if kind is not None or country is not None:
            matches = [
                match
                for match in matches
                if (kind is None or match.source.kind == kind)
                and (country is None or match.source.country == country)
                and match.alias.kind is not AliasKind.DEMONYM
            ]
            if len(matches) == 1:
                return matches[0].source
        sure = [match.source for match in matches if not match.ambiguous]
        return sure[0] if len(sure) == 1 else None

    def owner_chain(self, source: Source) -> list[Source]:
        """Who owns a source, who owns that, and so on outward."""
        chain: list[Source] = []
        seen = {source.id}
        while source.owner and (owner := self.stands_for(source.owner)) is not None:
            if owner.id in seen:
                break
            seen.add(owner.id)
            chain.append(owner)
            source = owner
        return chain

    def government_of(self, source: Source) -> Source | None:
        """The state that a source is, belongs to or is controlled by; None if it is none's."""
        chain = [source, *self.owner_chain(source)]
        states = [one for one in chain if one.is_state]
        if states:
            return states[-1]
        controlled = any(one.control is Control.STATE for one in chain)
        return self.stands_for(f"state:{source.country}") if controlled else None

    def root(self, source: Source) -> Source:
        """Who stands behind a source in the end: its government, its last owner, or itself.

        Origins with one root are one independent origin.
        """
        return self.government_of(source) or [source, *self.owner_chain(source)][-1]

    def search(self, text: str, limit: int = 10) -> list[Hit]:
        """Sources with a name like `text`, best first; each once, with the name that is like it.

        The score (0 to 100) is that of the words in any order; a name that holds `text` whole has
        at least 75.
        """
        hits: dict[str, Hit] = {}
        for source_id, own in self._aliases.items():
            source = self.stands_for(source_id)
            if source is None:
                continue
            for alias in own:
                score = likeness(text, alias.alias)
                if score > LIKE and (source.id not in hits or hits[source.id].score < score):
                    hits[source.id] = Hit(source, alias.alias, score)
        return sorted(hits.values(), key=lambda hit: (-hit.score, hit.source.id))[:limit]

    def _listed(self, name: str, on: date | None) -> list[Match]:
        """Matches of names that stand in the tables."""
        fitting = [
            alias
            for alias in self._by_key.get(key(name), ())
            if alias.holds(on) and fits(alias, name)
        ]
        found: dict[str, tuple[Source, Alias]] = {}
        unsure: set[str] = set()
        for alias in sorted(fitting, key=lambda alias: _RANK[alias.kind]):
            source = self.stands_for(alias.source_id)
            if source is None:
                continue
            # Demonyms come last, so that one which is also a name ("Hong Kong") doesn't count.
            only_demonym = alias.kind is AliasKind.DEMONYM and source.id not in found
            if alias.ambiguous or only_demonym or _office_of_no_day(alias, on):
                unsure.add(source.id)
            found.setdefault(source.id, (source, alias))
        return _ranked(found, unsure)

    def _of_state(self, name: str, on: date | None) -> list[Match]:
        """Matches of a state's name with something of it: "the Russian Foreign Ministry"."""
        for owner, words in parts(name):
            found: dict[str, tuple[Source, Alias]] = {}
            for match in self._listed(owner, on):
                if match.source.is_state:
                    for source in self._body(match.source, words):
                        alias = Alias(source.id, name, AliasKind.NAME)
                        found.setdefault(source.id, (source, alias))
            if found:
                return _ranked(found, set())
        return []

    def _body(self, state: Source, words: str) -> Iterator[Source]:
        """What `words` may name when they follow the name of `state`."""
        if means_government(words):
            yield state
            return
        listed = sorted(self._in_country.get((state.country or "", key(words)), ()))
        ministry = self._ministries.named(words)
        ids = listed or ([f"{state.id}/{ministry}"] if ministry else [])
        for source_id in ids:
            source = self.stands_for(source_id)
            if source is not None:
                yield source

    def _adjective(self, state: Source) -> str:
        own = self._aliases.get(state.id, ())
        return next((a.alias for a in own if a.kind is AliasKind.DEMONYM), state.name)


def _ranked(found: Mapping[str, tuple[Source, Alias]], unsure: set[str]) -> list[Match]:
    """Matches, sure ones first. Only a single sure candidate is unambiguous."""
    sure = [source_id for source_id in found if source_id not in unsure]
    matches = [Match(source, alias, [source.id] != sure) for source, alias in found.values()]
    return sorted(
        matches,
        key=lambda match: (
            match.source.id in unsure,
            _RANK[match.alias.kind],
            match.source.id,
        ),
    )


def _office_of_no_day(alias: Alias, on: date | None) -> bool:
    """Whether an office is meant at no certain day, so that its holder isn't known."""
    dated = alias.valid_from is not None or alias.valid_to is not None
    return on is None and alias.kind is AliasKind.TITLE and dated


@lru_cache(maxsize=1)
def _shipped() -> Registry:
    tables = shipped_tables()
    return Registry(tables.sources, tables.aliases, ministries=shipped_ministries())
