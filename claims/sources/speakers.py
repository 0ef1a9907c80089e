"""Who speaks in each attribution: first the words of its source, then whom they refer to.

The answer is one string: a name, several joined by "; ", "UNNAMED: words", "AUTHOR", "NONE" or
"UNRESOLVED". A surname is lifted to the fullest form of the article, titles and appositions are
dropped (`phrases`); a pronoun, a role, a body or a missing source takes whoever the scorer finds
likeliest of those around (`referring`), and "UNRESOLVED" where nobody is likely enough.
"""

from __future__ import annotations

import re
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
from claims.sources.features import Asked, Reference, asked_of
from claims.sources.lexicon import (
    BODIES,
    FIRST_PERSON,
    HE_OR_SHE,
    IT,
    NOT_NAMES,
    PARTIES,
    QUANTIFIERS,
    RELATIVES,
    THEY,
    UTTERANCES,
)
from claims.sources.names import Names
from claims.sources.phrases import DETERMINER, EDGE, Phrases, from_capital
from claims.sources.ranking import shipped
from claims.sources.reasons import IN_QUOTATION, OF_NOBODY
from claims.sources.referring import Referrer
from claims.sources.wording import CUT, bare

__all__ = ["AUTHOR", "NONE", "UNNAMED", "UNRESOLVED", "name_speakers", "read_speakers"]

NAMED, DESCRIBED = 0.94, 0.81
"""Shares of the names and descriptions read off their own words that are right (PolNeAR)."""
_OWNED = re.compile(r"(his|her|its|their)\s+(\w.*)", re.IGNORECASE | re.DOTALL)
_DEFINITE = re.compile(r"(?:the|this|that)\s+", re.IGNORECASE)
_PUBLISHED = re.compile(r"\s+(?:released|published|issued|taken|conducted)\b.*", re.DOTALL)
_RELATIVE_CLAUSE = re.compile(r"[\s,]+(?:who|whose|which|that|where)\s.*", re.DOTALL)
_APPOSITION = re.compile(r",(?!\d)|\s+(?:--|—|–)\s+")
_NAME_ALONE = re.compile(r"(?:[Tt]he )?([A-Z][\w.’'-]*(?: (?:of|and|&|the|for|[A-Z][\w.’'-]*))*)")
_FOLLOWING = re.compile(r",\s([^,.;:“”\"\n]{1,80}),")
_IMAGES = re.compile(
    r"(?:images?|photos?|photographs?|pictures?|footage|videos?)\s+"
    r"(?:released|published|provided|issued|broadcast|carried|shown) by\s+(.+)",
    re.IGNORECASE,
)


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
) -> list[Reading]:
    """Who speaks in each attribution, in the order given.

    `attributions` are all those of the article, with spans in `document_text`. "I" and "we" are
    the article's AUTHOR; inside another attribution's content they are its speaker. `scorer`
    weighs the answers of a reference; by default that in `models/speakers`. `registry` tells which
    names that an "and" joins are two bodies.
    """
    reader = _Reader(document_text, scorer or shipped(), registry)
    for attribution in attributions:
        reader.prepare(attribution.source)
    order = sorted(range(len(attributions)), key=lambda i: _position(attributions[i]))
    read = {i: reader.read(i, attributions[i]) for i in order}
    return [
        _who_is_quoted(reader, attributions, read, i) if read[i].speaker == AUTHOR else read[i]
        for i in range(len(attributions))
    ]


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

    def prepare(self, source: Sequence[Span]) -> None:
        """Note the person that a source names, before pronouns are looked at."""
        phrase = self._phrases.words(source)
        person = self._phrases.person(phrase.split(",")[0]) if phrase else None
        if person is not None:
            self._names.note_person(person)

    def read(self, number: int, attribution: Attributed) -> Reading:
        """The speaker of an attribution; remembered for the references that follow."""
        referrer, source = self._referrer, attribution.source
        referrer.begin(number, attribution, NAMED)
        whole = referrer.evidence
        phrase = self._phrases.words(source)
        if not phrase or whole is None:
            speaker, kind = self._referrer.nobody(attribution), None
        elif not re.search(r"\w", phrase) or DETERMINER.fullmatch(f"{phrase} "):
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
            return self._referrer.settled(self._he(word, span), UNRESOLVED, Kind.PERSON)
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
            or self._one(phrase, position)
        )

    @staticmethod
    def _he(word: str, span: Span) -> Reference:
        wanted = "she" if word in ("she", "her", "hers", "herself") else "he"
        return Reference(Asked.HE, span, wanted=wanted)

    def _relative(self, span: Span) -> tuple[str, Kind]:
        """Who "who" is: the person named right before it, or whom the words before it describe."""
        start = max(0, span.start - 200)
        for mention in reversed(self._names.people(start, span.start)):
            between = self._text[mention.end : span.start].strip(" \t—–-")
            if between in ("", ",") or re.fullmatch(r",[^.;!?\n]*,", between):
                return mention.name, Kind.PERSON
            break
        line = self._text[start : span.start].rstrip(" ,—–-\t")
        nouns = re.search(r"(?:[\w’'%-]+\s+){0,2}[\w’'-]+$", line)
        words = nouns.group() if nouns else ""
        head = words.split()[-1] if words and words.split()[-1].islower() else ""
        described = UNNAMED + words if words else UNRESOLVED
        which = Reference(Asked.WHO, span, words=self._text[slice(*span)].casefold(), head=head)
        return self._referrer.settled(which, described, Kind.GROUP)

    def _one(self, phrase: str, position: int) -> tuple[str, Kind]:
        head = _RELATIVE_CLAUSE.sub("", phrase).strip(EDGE) or phrase
        first, *appositions = [p.strip(EDGE) for p in _APPOSITION.split(head)]
        person = self._phrases.person(first)
        if person is None and appositions and first.split()[-1][:1].islower():
            person = self._phrases.person(appositions[0])
        if person is not None:
            return person, Kind.PERSON
        owned = _OWNED.fullmatch(first)
        if owned is not None:
            return self._owned(owned.group(1).casefold(), owned.group(2), position, phrase)
        named = _NAME_ALONE.fullmatch(appositions[0]) if len(appositions) == 1 else None
        if named is not None and first.split()[-1].islower():
            return named.group(1), Kind.BODY
        return self._nominal(first, position)

    def _owned(self, pronoun: str, noun: str, position: int, phrase: str) -> tuple[str, Kind]:
        """ "His campaign", "her allies": whose they are matters only for a body."""
        head = bare(CUT.split(noun, maxsplit=1)[0].split()[-1])
        kind = Kind.BODY if head in BODIES else Kind.GROUP
        span = Span(position, position + len(pronoun))
        single = pronoun in ("his", "her")
        asked = self._he(pronoun, span) if single else Reference(Asked.THEY, span)
        owner, _ = self._referrer.settled(replace(asked, owner=True), UNRESOLVED, kind)
        if head in UTTERANCES and owner != UNRESOLVED:
            return owner, Kind.PERSON
        if owner == UNRESOLVED or owner.startswith(UNNAMED):
            return (UNRESOLVED if head in BODIES else UNNAMED + phrase), kind
        if head in BODIES:
            return self._phrases.without_title(self._phrases.called(owner, noun)), kind
        return f"{UNNAMED}{owner}'s {noun}", kind

    def _nominal(self, phrase: str, position: int) -> tuple[str, Kind]:
        """A source that names no person: a body, a document, a role, or people without a name."""
        determiner = DETERMINER.match(phrase)
        plain = phrase[determiner.end() if determiner else 0 :]
        shown = _IMAGES.match(plain)
        if shown is not None:  # "Images released by the agency": who shows them says so
            return self._nominal(shown.group(1), position + phrase.index(shown.group(1)))
        plain = _PUBLISHED.sub("", plain)
        spelt = self._names.acronyms.get(plain.replace(".", ""))
        if spelt is not None:
            return spelt, Kind.BODY
        core = CUT.split(plain, maxsplit=1)[0].split() or [plain]
        head = bare(core[-1])
        named_body = head in BODIES and any(w[:1].isupper() for w in core[:-1])
        small = core[-1].islower() or core[-1] in ("Republican", "Democrat")
        if _DEFINITE.match(phrase) and small and not named_body:
            return self._definite(phrase, core, head, position)
        kind = Kind.GROUP if head.endswith("s") and head not in BODIES else Kind.BODY
        capitals = [w for w in core if w[:1].isupper() and bare(w) not in NOT_NAMES]
        is_name = core[-1][:1].isupper() and head not in NOT_NAMES and head not in PARTIES
        is_name &= bare(core[0]) not in QUANTIFIERS
        is_name &= len(core) > 1 or not self._names.is_plural_noun(core[-1])
        if is_name or (capitals and head in BODIES):
            return self._phrases.without_title(from_capital(plain, len(core))), Kind.BODY
        return UNNAMED + self._phrases.with_full_owner(phrase), kind

    def _definite(self, phrase: str, core: list[str], head: str, position: int) -> tuple[str, Kind]:
        """ "The senator", "the council": one that was named, or nobody more than these words."""
        asked = asked_of(head)
        kind = {Asked.ROLE: Kind.PERSON, Asked.PLURAL: Kind.GROUP}.get(asked, Kind.BODY)
        span = Span(position, position + len(phrase))
        words = UNNAMED + self._phrases.with_full_owner(phrase)
        return self._referrer.settled(Reference(asked, span, words=phrase, head=head), words, kind)
