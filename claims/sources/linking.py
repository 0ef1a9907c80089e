"""From what an article calls its speakers to the registry's sources.

Each speaker becomes one `Speaker` record or, for groups, several. Places that stand for a state
("Seoul") take the name that the article itself gives that state as a speaker; "state media" is the
one state medium of the article, where there is just one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from claims.records import Carrier, Speaker
from claims.sources.answers import (
    AUTHOR,
    NONE,
    UNNAMED,
    UNRESOLVED,
    Attributed,
    Reading,
)
from claims.sources.cast import Kind
from claims.sources.entries import AliasKind, Control, Match, Source, SourceKind
from claims.sources.registry import Registry
from claims.sources.speakers import read_speakers

_STATE_MEDIUM = re.compile(
    r"\bstate(?:[- ](?:run|controlled|owned))?[- ](?:media|news (?:agency|outlet)|broadcaster"
    r"|television|TV|newspaper)\b",
    re.IGNORECASE,
)
_OUTPUT = re.compile(r"(?:the )?(.+?)(?:['’]s)? (?:report|dispatch|story|commentary|broadcast)")
_NAMES = re.compile(r"[A-Z][\w.'’-]*(?:[ \t]+(?:of|the|[A-Z][\w.'’-]*))*")
_KIND = {Kind.PERSON: SourceKind.PERSON, Kind.BODY: SourceKind.ORGANIZATION}


@dataclass(frozen=True, slots=True)
class Linked:
    """The `speaker` string of an attribution, and the records behind it.

    No record stands behind NONE. UNRESOLVED has one, which shows how sure the best answer was,
    where it stands in the text, and why it was not taken.
    """

    speaker: str
    speakers: tuple[Speaker, ...]


def link_speakers(
    text: str,
    attributions: Sequence[Attributed],
    registry: Registry,
    *,
    on: date | None = None,
    aside: Sequence[Attributed] = (),
) -> list[Linked]:
    """Who speaks in each attribution, as the article says it and as the registry knows it.

    `on` is the day of the article, by which titles and offices are read. After the attributions
    come those `aside`, which are perhaps none and change nothing about the others.
    """
    readings = read_speakers(text, attributions, registry=registry, aside=aside)
    linker = _Linker(text, readings[: len(attributions)], registry, on)
    return [linker.linked(reading) for reading in readings]


def link_carriers(
    carriers: Sequence[Carrier], registry: Registry, *, on: date | None = None
) -> tuple[Carrier, ...]:
    """The links of a chain with the registry's ids of those that it knows."""
    known = ((carrier, registry.resolve(carrier.name, on)) for carrier in carriers)
    return tuple(
        carrier if source is None else replace(carrier, source_id=source.id)
        for carrier, source in known
    )


class _Linker:
    def __init__(
        self, text: str, readings: Iterable[Reading], registry: Registry, on: date | None
    ) -> None:
        self._text, self._registry, self._on = text, registry, on
        self._matches: dict[str, Match | None] = {}
        # What the article itself calls a state that speaks in it, by the registry's id.
        self._called: dict[str, str] = {}
        for name in (n for r in readings for n in _names(r.speaker)):
            match = self._match(name)
            if match is not None and match.alias.kind is not AliasKind.METONYM:
                known = self._called.get(match.source.id, "")
                self._called[match.source.id] = max(known, name, key=len)

    def linked(self, reading: Reading) -> Linked:
        """The records of one reading."""
        if reading.speaker in (NONE, AUTHOR):
            return Linked(reading.speaker, ())
        if reading.speaker == UNRESOLVED:
            unknown = Speaker(
                UNRESOLVED, confidence=reading.confidence, evidence=reading.evidence,
                why=reading.why,
            )  # fmt: skip
            return Linked(UNRESOLVED, (unknown,))
        if reading.speaker.startswith(UNNAMED):
            return self._unnamed(reading)
        found = tuple(self._one(part, reading) for part in _parts(reading.speaker))
        names = (UNNAMED + s.name if s.kind == SourceKind.UNNAMED else s.name for s in found)
        return Linked("; ".join(dict.fromkeys(names)), found)

    def _one(self, part: str, reading: Reading) -> Speaker:
        """One of several speakers in a row, the last of whom may have no name: "her aides"."""
        if part.startswith(UNNAMED):
            return self._unnamed(replace(reading, speaker=part)).speakers[0]
        return self._named(part, reading)

    def _named(self, name: str, reading: Reading) -> Speaker:
        match = self._match(name)
        output = _OUTPUT.fullmatch(name) if match is None else None
        if output is not None:  # "the KCNA report": the agency speaks in it
            inner = self._match(output.group(1))
            if inner is not None and inner.source.kind is SourceKind.MEDIA:
                name, match = output.group(1), inner
        if match is None:
            kind = _KIND.get(reading.kind, SourceKind.ORGANIZATION) if reading.kind else None
            if reading.kind is Kind.GROUP:
                kind = None  # of several joined names nobody said what each is
            return Speaker(
                name, kind=kind and kind.value, confidence=reading.confidence,
                evidence=reading.evidence,
            )  # fmt: skip
        source = match.source
        if match.alias.kind is AliasKind.METONYM:
            name = self._called.get(source.id, name)
        return self._record(name, source, reading)

    def _unnamed(self, reading: Reading) -> Linked:
        words = reading.speaker.removeprefix(UNNAMED)
        medium = self._state_medium(words) if _STATE_MEDIUM.search(words) else None
        if medium is not None:
            name, source = medium
            return Linked(name, (self._record(name, source, reading),))
        record = Speaker(
            words, kind=SourceKind.UNNAMED.value, confidence=reading.confidence,
            evidence=reading.evidence,
        )  # fmt: skip
        return Linked(reading.speaker, (record,))

    def _state_medium(self, words: str) -> tuple[str, Source] | None:
        """The only state medium that the article names, of the country that the words name."""
        country = next(
            (m.source.country for m in map(self._any, _NAMES.findall(words)) if m is not None), None
        )
        return self._media_of(country)

    def _media_of(self, country: str | None) -> tuple[str, Source] | None:
        found: dict[str, tuple[str, Source]] = {}
        for words in dict.fromkeys(_NAMES.findall(self._text)):
            match = self._match(words)
            if match is None or match.source.kind is not SourceKind.MEDIA:
                continue
            source = match.source
            if source.control is Control.STATE and country in (None, source.country):
                found.setdefault(source.id, (words.removeprefix("The "), source))
        return next(iter(found.values())) if len(found) == 1 else None

    def _record(self, name: str, source: Source, reading: Reading) -> Speaker:
        return Speaker(
            name,
            source_id=source.id,
            canonical=source.name,
            kind=source.kind.value,
            confidence=reading.confidence,
            evidence=reading.evidence,
        )

    def _match(self, name: str) -> Match | None:
        """The one source that a name stands for, with the alias by which it does."""
        if name not in self._matches:
            source = self._registry.resolve(name, self._on)
            every = self._registry.find(name, self._on) if source is not None else []
            self._matches[name] = next(
                (m for m in every if source is not None and m.source.id == source.id), None
            )
        return self._matches[name]

    def _any(self, name: str) -> Match | None:
        """The likeliest source of a name or of an adjective ("North Korean")."""
        every = self._registry.find(name, self._on)
        return every[0] if every else None


def _names(speaker: str) -> list[str]:
    """The names in a `speaker` string; none of one that holds no names."""
    if speaker in (NONE, AUTHOR, UNRESOLVED) or speaker.startswith(UNNAMED):
        return []
    return [part for part in _parts(speaker) if not part.startswith(UNNAMED)]


def _parts(speaker: str) -> list[str]:
    """The speakers in a string that joins several, with the nameless ones among them."""
    return [part for piece in speaker.split("; ") if (part := piece.strip())]
