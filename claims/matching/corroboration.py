"""On how many independent origins a claim rests: outlets and articles are not corroboration.

What is counted is a lower bound. An origin adds to it only if it is known to be another one:

- Articles of one syndication group are one text; what it says in its own voice has one origin, the
  agency whose text it is, else the outlet of the original, else the text.
- Origins with one owner or one government are one (`claims.sources.origins`).
- A speaker who is heard only through a state's own media rests on that state: nobody else vouches
  for the words. Heard elsewhere as well, the speaker is an origin.
- An unnamed source whose side isn't known, and a speaker that the program couldn't tell, may be
  one of the others or each other. They add nothing, and the count is then "at least".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from claims.matching.syndication import Syndicate
from claims.records import Carrier, CarrierRole, Speaker
from claims.sources.answers import AUTHOR, NONE, UNRESOLVED
from claims.sources.media import UNNAMED, body_key
from claims.sources.origins import KnownT, Registry, behind, distinct, root_of


class Sources(Registry[KnownT], Protocol[KnownT]):
    """What is needed of a registry to know who stands behind a source that is known by its id."""

    def stands_for(self, source_id: str) -> KnownT | None:
        """The source that an id means now; None if there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Voice:
    """One member of a claim: who says it in which article, and through whom.

    `origin` is what `claims.sources.origins.origin_of` says, for a sentence that the outlet itself
    asserts that of "AUTHOR". `carriers` go from the speaker outward.
    """

    article: str
    origin: str
    outlet: str | None = None
    speakers: tuple[Speaker, ...] = ()
    carriers: tuple[Carrier, ...] = ()


@dataclass(frozen=True, slots=True)
class Corroboration:
    """What a claim rests on.

    `articles`, `outlets` and `speakers` count different ones, `texts` articles with those of one
    text taken for one. `origins` are the names of all origins, in the order of the voices.
    `independent` of them are known to be independent of each other, 1 at least where anybody says
    it; `at_most` is the number if all that are unknown were independent too.
    """

    articles: int
    texts: int
    outlets: int
    speakers: int
    origins: tuple[str, ...]
    independent: int
    at_most: int

    @property
    def is_bound(self) -> bool:
        """Whether `independent` is to be shown as "at least": some origin isn't known."""
        return self.at_most > self.independent

    @property
    def single_origin(self) -> bool:
        """Whether no second independent origin is known, however many outlets carry it."""
        return self.independent == 1


def corroborate(
    voices: Sequence[Voice],
    syndicates: Iterable[Syndicate] = (),
    registry: Sources[KnownT] | None = None,
) -> Corroboration:
    """Count what the members of one claim rest on.

    Give the members of one side only: who denies a claim doesn't corroborate it.
    """
    group_of = {one: group for group in syndicates for one in group.articles}
    text_of = {v.article: _text(v.article, group_of) for v in voices}
    outlets = {v.article: v.outlet for v in voices}
    named = [(v, _origins(v, group_of, outlets)) for v in voices]
    paths: dict[str, set[str | None]] = defaultdict(set)
    for voice, origins in named:
        for key in (_key(name, voice, registry) for name in origins):
            paths[key].add(_organ(voice.carriers, registry))
    known: set[str] = set()
    unknown: set[tuple[str, str]] = set()
    for voice, origins in named:
        for name in origins:
            key, text = _key(name, voice, registry), text_of[voice.article]
            if name == UNRESOLVED or (name.startswith(UNNAMED) and _is_folded(key)):
                unknown.add((text, name))
            else:
                known.add(_standing(key, paths[key]))
    told = {text_of[v.article] for v, names in named if any(n != UNRESOLVED for n in names)}
    unknown -= {(text, UNRESOLVED) for text in told}
    independent = len(known) or int(bool(voices))
    return Corroboration(
        articles=len(text_of),
        texts=len(set(text_of.values())),
        outlets=len({body_key(v.outlet) for v in voices if v.outlet}),
        speakers=len({s.source_id or (s.canonical or s.name) for v in voices for s in v.speakers}),
        origins=tuple(dict.fromkeys(n for _, names in named for n in names if n != UNRESOLVED)),
        independent=independent,
        at_most=max(independent, len(known) + len(unknown)),
    )


def _text(article: str, group_of: Mapping[str, Syndicate]) -> str:
    """What stands for the text of an article: the first key of its group, or its own."""
    group = group_of.get(article)
    return group.articles[0] if group is not None else article


def _origins(
    voice: Voice, group_of: Mapping[str, Syndicate], outlets: Mapping[str, str | None]
) -> list[str]:
    """The origins of one voice, with that of the text in place of its printer's."""
    own = {c.name for c in voice.carriers if c.role != CarrierRole.CITED}
    if voice.origin == UNRESOLVED:
        return [UNRESOLVED]
    if voice.origin not in (AUTHOR, NONE) and voice.origin not in own:
        return distinct([voice.origin])
    group = group_of.get(voice.article)
    if group is not None:
        printers = sorted(name for one in group.articles if (name := outlets.get(one)))
        original = outlets.get(group.original) if group.original else None
        return [group.agency or original or next(iter(printers), group.articles[0])]
    return [voice.origin if voice.origin in own else voice.outlet or voice.article]


def _key(name: str, voice: Voice, registry: Sources[KnownT] | None) -> str:
    """Who stands behind an origin, by the id that its speaker has, else by its name."""
    ids = [s.source_id for s in voice.speakers if name in (s.canonical, s.name) and s.source_id]
    source = registry.stands_for(ids[0]) if registry is not None and ids else None
    if registry is not None and source is not None:
        return root_of(source, registry).id
    return ids[0] if ids else behind(name, registry)


def _is_folded(key: str) -> bool:
    """Whether a key is but a name, of nobody that the registry knows."""
    return key.startswith(UNNAMED.casefold())


def _organ(carriers: Iterable[Carrier], registry: Sources[KnownT] | None) -> str | None:
    """The state whose own medium is in a chain, the innermost one; None if there is none."""
    for carrier in carriers if registry is not None else ():
        assert registry is not None
        medium = registry.resolve(carrier.name)
        state = registry.government_of(medium) if medium is not None else None
        if state is not None:
            return state.id
    return None


def _standing(key: str, states: set[str | None]) -> str:
    """The key that counts: that of a state if all ways to the origin lead through its media."""
    only = next(iter(states)) if len(states) == 1 else None
    return only or key
