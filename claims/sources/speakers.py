"""Who speaks in each attribution: first the words of its source, then whom they refer to.

The answer is one string: a name, several joined by "; ", "UNNAMED: words", "AUTHOR", "NONE" or
"UNRESOLVED". A surname is lifted to the fullest form of the article, titles and appositions are
dropped (`phrases`); a pronoun, a role, a body or a missing source takes whoever the scorer finds
likeliest of those around (`referring`), and "UNRESOLVED" where nobody is likely enough.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from claims.records import Span
from claims.sources.answers import (
    AUTHOR,
    NONE,
    UNNAMED,
    UNRESOLVED,
    Attributed,
    Reading,
    Registry,
    Scorer,
)
from claims.sources.cast import Kind
from claims.sources.groups import is_rest
from claims.sources.lexicon import FIRST_PERSON, HE_OR_SHE, IT, RELATIVES, THEY
from claims.sources.names import Names
from claims.sources.nominals import Nominals
from claims.sources.phrases import Phrases
from claims.sources.ranking import shipped
from claims.sources.reasons import IN_QUOTATION, OF_NOBODY
from claims.sources.references import Asked, Reference, he
from claims.sources.referring import Referrer

__all__ = ["AUTHOR", "NONE", "UNNAMED", "UNRESOLVED", "name_speakers", "read_speakers"]

NAMED, DESCRIBED = 0.94, 0.81
"""Shares of the names and descriptions read off their own words that are right (PolNeAR)."""
_APPOSITION = re.compile(r",(?!\d)|\s+(?:--|—|–)\s+")
_FOLLOWING = re.compile(r",\s([^,.;:“”\"\n]{1,80}),")
_NOUN = re.compile(r"((?:[\w’'%-]+\s+){0,2}[\w’'-]+)$")
_NOUNS = re.compile(
    rf"{_NOUN.pattern[:-1]}(?:\s+(?:of|on|in|at|from|for|with)\s+(?:the\s+)?[\w’'-]+(?:\s+[\w’'-]+)?)?$"
)
# What a source was cut down to that says nothing: "the", "t".
_CUT_OFF = re.compile(r"(?:(?:the|a|an|this|that|these|those)|(?-i:[b-hj-z]))\s+", re.IGNORECASE)
_PAIRED = re.compile(r"(?:(?:the|his|her|its|their|other|some)\s|others$|he$|she$)", re.IGNORECASE)


def name_speakers(
    document_text: str, attributions: Sequence[Attributed], *, scorer: Scorer | None = None
) -> list[str]:
    """The `speaker` string of each attribution, in the order given."""
    return [r.speaker for r in read_speakers(document_text, attributions, scorer=scorer)]


def read_speakers(
    document_text: str,
    attributions: Sequence[Attributed],
    *,
    scorer: Scorer | None = None,
    registry: Registry | None = None,
    aside: Sequence[Attributed] = (),
) -> list[Reading]:
    """Who speaks in each attribution, in the order given, and then in each of those `aside`.

    `attributions` are all those of the article, with spans in `document_text`. "I" and "we" are
    the article's AUTHOR; inside another attribution's content they are its speaker. `scorer`
    weighs the answers of a reference; by default that in `models/speakers`. `registry` tells which
    names that an "and" joins are two bodies. Those `aside` are perhaps none: they are read by what
    the others tell, and tell these nothing.
    """
    reader = _Reader(document_text, scorer or shipped(), registry)
    order = sorted(range(len(attributions)), key=lambda i: _position(attributions[i]))
    for i in order:
        reader.prepare(attributions[i])
    read = {i: reader.read(i, attributions[i]) for i in order}
    readings = [
        _who_is_quoted(reader, attributions, read, i) if read[i].speaker == AUTHOR else read[i]
        for i in range(len(attributions))
    ]
    last = len(attributions)
    for one in aside:
        read[last] = reader.read_aside(last, one)
        if read[last].speaker == AUTHOR:
            read[last] = _who_is_quoted(reader, [*attributions, one], read, last)
        readings.append(read[last])
    return readings


def _position(attribution: Attributed) -> int:
    spans = attribution.source or attribution.cue or attribution.content
    return spans[0].start if spans else 0


def _who_is_quoted(
    reader: _Reader, attributions: Sequence[Attributed], read: Mapping[int, Reading], inner: int
) -> Reading:
    """Who "I" or "we" is: the speaker of the smallest content it stands in, else the author."""
    source = attributions[inner].source
    words = reader.words(source)
    holding = [
        (span.end - span.start, i)
        for i, other in enumerate(attributions)
        for span in other.content
        if i != inner and span.start <= source[0].start and source[-1].end <= span.end
    ]
    if holding:
        outer = read[min(holding)[1]]
        unknown = outer.speaker in (AUTHOR, NONE)
        why = OF_NOBODY.format(words)
        return replace(read[inner], speaker=UNRESOLVED, why=why) if unknown else outer
    quoted = reader.in_quotation(source[0].start)
    why = IN_QUOTATION.format(words)
    return replace(read[inner], speaker=UNRESOLVED, why=why) if quoted else read[inner]


class _Reader:
    """Reads source after source, in the order of the text."""

    def __init__(self, text: str, scorer: Scorer, registry: Registry | None) -> None:
        self._text = text
        self._names = Names(text)
        self._phrases = Phrases(text, self._names, registry)
        self._referrer = Referrer(text, self._names, scorer)
        self._nominals = Nominals(self._names, self._phrases, self._referrer)

    def prepare(self, attribution: Attributed) -> None:
        """Note the person that a source names, before pronouns are looked at."""
        phrase = self._phrases.words(attribution.source)
        person = self._phrases.person(phrase.split(",")[0]) if phrase else None
        if person is not None:
            self._names.note_person(person)
            self._referrer.expect(person, attribution)

    def read(self, number: int, attribution: Attributed) -> Reading:
        """The speaker of an attribution; remembered for the references that follow."""
        referrer, source = self._referrer, attribution.source
        referrer.begin(number, attribution, NAMED)
        whole = referrer.evidence
        phrase = self._phrases.words(source)
        if not phrase or whole is None:
            speaker, kind = self._referrer.nobody(attribution), None
        elif not re.search(r"\w", phrase) or _CUT_OFF.fullmatch(f"{phrase} "):
            speaker, kind = UNRESOLVED, None
        else:
            speaker, kind = self._read(phrase, whole.start)
            if referrer.sure == NAMED and speaker.startswith(UNNAMED):
                referrer.sure = DESCRIBED
            if kind is not None and speaker != UNRESOLVED:
                words = phrase + self._apposition(whole.end)
                self._referrer.cast.hear(whole, speaker, kind, words, attribution.content)
        why = referrer.why(phrase) if speaker == UNRESOLVED else None
        return Reading(speaker, kind, round(referrer.sure, 4), referrer.evidence, why)

    def read_aside(self, number: int, attribution: Attributed) -> Reading:
        """The speaker of one that is perhaps none, once all others are read: only those before it
        count as heard."""
        cast = self._referrer.cast
        heard = cast.heard
        before = bisect_left(heard, _position(attribution), key=lambda h: h.position)
        cast.heard = heard[:before]
        reading = self.read(number, attribution)
        cast.heard = heard
        return reading

    def _apposition(self, end: int) -> str:
        """What follows a source between commas: ", the country's spy agency,"."""
        found = _FOLLOWING.match(self._text, end)
        return f" {found.group(1)}" if found else ""

    def words(self, source: Sequence[Span]) -> str:
        """The words of a source."""
        return self._phrases.words(source)

    def in_quotation(self, position: int) -> bool:
        """Whether a quotation of this paragraph is still open at an offset."""
        lead = self._text[self._text.rfind("\n", 0, position) + 1 : position]
        return lead.count("“") > lead.count("”") or lead.count('"') % 2 == 1

    def _read(self, phrase: str, position: int) -> tuple[str, Kind | None]:
        word = phrase.casefold()
        span = Span(position, position + len(phrase))
        if word in FIRST_PERSON:
            return AUTHOR, None
        if word in HE_OR_SHE:
            return self._referrer.settled(he(word, span), UNRESOLVED, Kind.PERSON)
        if word in THEY:
            return self._referrer.settled(Reference(Asked.THEY, span), UNRESOLVED, Kind.GROUP)
        if word in IT:
            return self._referrer.settled(Reference(Asked.IT, span), UNRESOLVED, Kind.BODY)
        if word in RELATIVES:
            return self._relative(span)
        first = _APPOSITION.split(phrase, maxsplit=1)[0]
        return (
            self._phrases.several(phrase)
            or self._phrases.several(first)
            or self._pair(first, position)
            or self._nominals.one(phrase, position)
        )

    def _pair(self, phrase: str, position: int) -> tuple[str, Kind] | None:
        """ "The nominee and his aides", "the senator and the mayor": references with others."""
        parts = phrase.split(" and ")
        if len(parts) != 2 or not all(_PAIRED.match(part) for part in parts):
            return None
        (first, second), is_role = parts, self._nominals.is_role
        readable = is_role(first) or first.casefold() in HE_OR_SHE
        if not readable or not (is_rest("and", second) or is_role(second)):
            return None
        one, kind = self._read(first, position)
        if kind is not Kind.PERSON or one == UNRESOLVED or one.startswith(UNNAMED):
            return None
        if is_rest("and", second):
            return f"{one}; {UNNAMED}{second}", Kind.GROUP
        other, _ = self._read(second, position + len(phrase) - len(second))
        unclear = other in (one, UNRESOLVED) or other.startswith(UNNAMED)
        return UNRESOLVED if unclear else f"{one}; {other}", Kind.GROUP

    def _relative(self, span: Span) -> tuple[str, Kind]:
        """Who "who" is: the person named right before it, or whom the words before it describe."""
        start = max(0, span.start - 200)
        for mention in reversed(self._names.people(start, span.start)):
            between = self._text[mention.end : span.start].strip(" \t—–-")
            if between in ("", ",") or re.fullmatch(r",[^.;!?\n]*,", between):
                return mention.name, Kind.PERSON
            break
        line = self._text[start : span.start].rstrip(" ,—–-\t")
        of_people = self._text[slice(*span)].casefold() in ("who", "whom", "whose")
        nouns = (_NOUNS if of_people else _NOUN).search(line)
        words = nouns.group() if nouns else ""
        last = nouns.group(1).split()[-1] if nouns else ""
        head = last if last.islower() else ""
        person = self._phrases.person(words) if of_people and words else None
        if person is not None:  # "Senator Ana Belo of Lund, who"
            return person, Kind.PERSON
        described = UNNAMED + words if words else UNRESOLVED
        which = Reference(Asked.WHO, span, words=self._text[slice(*span)].casefold(), head=head)
        return self._referrer.settled(which, described, Kind.GROUP)
