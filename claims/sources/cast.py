"""The cast of an article: everybody whom it names, where, and whom it has heard so far.

`Cast` is what `features` looks at when it weighs whom "he", "the group" or a missing source stands
for. It is filled in the order of the text: who was heard later than a reference doesn't speak in
it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import islice, pairwise

from claims.records import Span
from claims.sources.callings import Callings
from claims.sources.names import Names

_SENTENCE_END = re.compile(r"[.!?][”\"’')]*\s+(?=[“\"‘(]?[A-Z0-9])")
_PRONOUN = re.compile(r"\b(?:(he|him|his|himself)|(she|her|hers|herself))\b", re.IGNORECASE)
_INTRODUCED = re.compile(r"\ban? ([\w-]+)(?: ([\w-]+))?", re.IGNORECASE)
_NEAR = 4
"""Paragraphs back in which a candidate must stand."""
_NEXT = 3
_CALLED = 10
_REMEMBERED = 100
_OFTEN = 2
"""So many people that the article names most are candidates everywhere."""


class Kind(StrEnum):
    """What sort of speaker a candidate is."""

    PERSON = "person"
    BODY = "body"
    GROUP = "group"


@dataclass(slots=True)
class Entity:
    """Somebody of the article: the fullest name, and each place where it stands, in order."""

    name: str
    kind: Kind
    mentions: list[Span] = field(default_factory=list)
    called: set[str] = field(default_factory=set)  # words of the sources that were this one
    is_place: bool = False  # something is in it
    is_like_person: bool = False  # its capitals don't say so, but its last word comes alone

    def last_before(self, position: int) -> Span | None:
        """The mention nearest before an offset."""
        i = bisect_left(self.mentions, position, key=lambda m: m.start)
        return self.mentions[i - 1] if i else None

    def first_after(self, position: int) -> Span | None:
        """The mention nearest after an offset."""
        i = bisect_left(self.mentions, position, key=lambda m: m.start)
        return self.mentions[i] if i < len(self.mentions) else None


@dataclass(frozen=True, slots=True)
class Heard:
    """A speaker that was settled: where its source stands, and the words it is the source of."""

    position: int
    entity: Entity
    content: tuple[Span, ...]


class Layout:
    """Paragraphs and sentences of a text, by offset."""

    def __init__(self, text: str) -> None:
        """Find where each of them starts."""
        self.paragraphs = [0] + [m.end() for m in re.finditer(r"\n\s*", text)]
        ends = [m.end() for m in _SENTENCE_END.finditer(text)]
        self.sentences = sorted({*self.paragraphs, *ends})

    def paragraph(self, position: int) -> int:
        """Number of the paragraph at an offset."""
        return bisect_right(self.paragraphs, position) - 1

    def sentence(self, position: int) -> int:
        """Number of the sentence at an offset."""
        return bisect_right(self.sentences, position) - 1


class Cast:
    """All entities of an article, and the speakers heard so far."""

    def __init__(self, text: str, names: Names) -> None:
        """Find everybody whom `names` has; people without a name come in when they are heard."""
        self.text = text
        self.names = names
        self.layout = Layout(text)
        self.heard: list[Heard] = []
        self._entities: dict[str, Entity] = {}
        for mention in names.people(0, len(text)):
            self._add(mention.name, Kind.PERSON, Span(mention.start, mention.end))
        for mention in names.bodies():
            self._add(mention.name, Kind.BODY, Span(mention.start, mention.end))
        for entity in self._entities.values():
            entity.mentions.sort()
            entity.is_like_person = names.is_like_person(entity.name)
            entity.is_place = entity.kind is Kind.BODY and any(
                text[max(0, m.start - 4) : m.start].casefold() == " in "
                for m in entity.mentions[:8]
            )
        people = [e for e in self._entities.values() if e.kind is Kind.PERSON]
        self._often = sorted(people, key=lambda e: -len(e.mentions))[:_OFTEN]
        self._by_place = sorted(
            ((m.start, e) for e in self._entities.values() for m in e.mentions), key=lambda p: p[0]
        )
        self._pronouns = self._read_pronouns()

    def first_named(self, sentence: int, kind: Kind) -> Entity | None:
        """Who of a kind is named first in a sentence, often its subject."""
        return self._first.get((sentence, kind))

    @cached_property
    def _first(self) -> dict[tuple[int, Kind], Entity]:
        found: dict[tuple[int, Kind], Entity] = {}
        for at, entity in self._by_place:
            found.setdefault((self.layout.sentence(at), entity.kind), entity)
        return found

    def pairs(self, position: int) -> list[Entity]:
        """Two people whom an "and" joins, in the paragraphs before an offset; the nearest first."""
        start = self.layout.paragraphs[max(0, self.layout.paragraph(position) - _NEAR)]
        low = bisect_left(self._by_place, start, key=lambda p: p[0])
        high = bisect_left(self._by_place, position, key=lambda p: p[0])
        found = []
        for (at, one), (then, other) in pairwise(self._by_place[low:high]):
            end = next(m.end for m in one.mentions if m.start == at)
            people = one.kind is other.kind is Kind.PERSON and one is not other
            if people and self.text[end:then].strip(" \t") == "and":
                pair = self.entity(f"{one.name}; {other.name}", Kind.GROUP)
                place = Span(at, next(m.end for m in other.mentions if m.start == then))
                if place not in pair.mentions:
                    pair.mentions.append(place)
                    pair.mentions.sort()
                found.append(pair)
        return found[::-1]

    @cached_property
    def callings(self) -> Callings:
        """What the article calls each of those whom its capitals show."""
        everybody = [(e.name, tuple(e.mentions)) for e in self._entities.values()]
        return Callings(self.text, self.names, everybody)

    def called(self, word: str, position: int) -> list[Entity]:
        """Those anywhere in the article whom it calls by a word, the nearest first, ten at most."""
        found = [self._entities[n] for n in self.callings.called(word) if n in self._entities]
        found += [h.entity for h in self.lately() if word in h.entity.called]
        nearest = sorted(found, key=lambda e: min(abs(m.start - position) for m in e.mentions))
        return list({id(e): e for e in nearest}.values())[:_CALLED]

    def next_named(self, position: int) -> list[Entity]:
        """Those named in the three paragraphs after an offset's."""
        here = self.layout.paragraph(position)
        starts = [*self.layout.paragraphs, len(self.text)]
        low = bisect_left(self._by_place, position, key=lambda p: p[0])
        stop = starts[min(here + _NEXT + 1, len(starts) - 1)]
        high = bisect_left(self._by_place, stop, key=lambda p: p[0])
        return list({id(e): e for _, e in self._by_place[low:high]}.values())

    def entity(self, name: str, kind: Kind) -> Entity:
        """The entity of this name, new if the article's capitals didn't show it."""
        if name not in self._entities:
            self._entities[name] = Entity(name, kind)
        return self._entities[name]

    def hear(
        self, source: Span, name: str, kind: Kind, phrase: str, content: Sequence[Span]
    ) -> None:
        """Note a settled speaker; sources must come in the order of the text."""
        entity = self.entity(name, kind)
        if source not in entity.mentions:
            entity.mentions.append(source)
            entity.mentions.sort()
        entity.called.update(re.findall(r"[\w-]+", phrase.casefold()))
        self.heard.append(Heard(source.start, entity, tuple(content)))

    def lately(self) -> Iterator[Heard]:
        """Who was heard before, the last one first; nobody remembers more than the last hundred."""
        return islice(reversed(self.heard), _REMEMBERED)

    def candidates(self, position: int, end: int) -> list[Entity]:
        """Who may be meant at `[position, end)`: who is near, heard lately, or named most."""
        here = self.layout.paragraph(position)
        start = self.layout.paragraphs[max(0, here - _NEAR)]
        after = here + 1 < len(self.layout.paragraphs)
        stop = self.layout.paragraphs[here + 1] if after else len(self.text)
        low = bisect_left(self._by_place, start, key=lambda p: p[0])
        high = bisect_left(self._by_place, stop, key=lambda p: p[0])
        near = [e for at, e in self._by_place[low:high] if not position <= at < end]
        found = [*reversed(near), *(h.entity for h in self.heard[-4:]), *self._often]
        return list({id(e): e for e in found}.values())

    def plain(
        self, position: int, kinds: Collection[Kind], may_be: Callable[[Entity], bool]
    ) -> Entity | None:
        """The plainest reading of a pronoun: whom a reader takes it for who reads on.

        Going back by paragraph, it is the last one heard there, else the first one named in the
        last sentence that names any (the subject, more often than not).
        """
        here = self.layout.paragraph(position)
        for paragraph in range(here, max(-1, here - 3), -1):
            start, end = self.layout.paragraphs[paragraph], position
            if paragraph < here:
                end = self.layout.paragraphs[paragraph + 1]
            for heard in self.lately():
                is_there = start <= heard.position < end and heard.entity.kind in kinds
                if is_there and may_be(heard.entity):
                    return heard.entity
            low = bisect_left(self._by_place, start, key=lambda p: p[0])
            high = bisect_left(self._by_place, end, key=lambda p: p[0])
            named = [(at, e) for at, e in self._by_place[low:high] if e.kind in kinds and may_be(e)]
            if named:
                last = self.layout.sentence(named[-1][0])
                return next(e for at, e in named if self.layout.sentence(at) == last)
        return None

    def is_introduced(self, noun: str, position: int) -> bool:
        """Whether "a noun" stands before an offset: one whom the article brought in nameless."""
        return self._introduced.get(noun, position) < position

    @cached_property
    def _introduced(self) -> dict[str, int]:
        """Where each noun first stands after "a" or "an", with one word between at most."""
        first: dict[str, int] = {}
        for match in _INTRODUCED.finditer(self.text):
            for noun in match.groups():
                if noun:
                    first.setdefault(noun.casefold(), match.start())
        return first

    def is_often(self, entity: Entity) -> bool:
        """Whether the article names this person more than nearly all others."""
        return any(entity is other for other in self._often)

    def pronoun(self, name: str) -> str | None:
        """`he` or `she` where the text itself leans to one for a person; None elsewhere."""
        votes = self._pronouns.get(name, Counter())
        if votes["he"] >= 2 * votes["she"] + 1:
            return "he"
        return "she" if votes["she"] >= 2 * votes["he"] + 1 else None

    def _add(self, name: str, kind: Kind, span: Span) -> None:
        self.entity(name, kind).mentions.append(span)

    def _read_pronouns(self) -> dict[str, Counter[str]]:
        """For each person the pronouns in sentences that name nobody else, after the name."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for start, end in self._sentence_ranges():
            low = bisect_left(self._by_place, start, key=lambda p: p[0])
            high = bisect_left(self._by_place, end, key=lambda p: p[0])
            people = [(at, e) for at, e in self._by_place[low:high] if e.kind is Kind.PERSON]
            if len({e.name for _, e in people}) == 1:
                at, entity = people[0]
                for match in _PRONOUN.finditer(self.text, at, end):
                    votes[entity.name]["he" if match.group(1) else "she"] += 1
        return votes

    def _sentence_ranges(self) -> Iterator[tuple[int, int]]:
        starts = [*self.layout.sentences, len(self.text)]
        yield from pairwise(starts)
