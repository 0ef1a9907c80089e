"""Who the source span stands for, as one string: the first, plain answer.

The answer is a name, several joined by "; ", "UNNAMED: words", "AUTHOR", "NONE" or "UNRESOLVED".
A surname is lifted to the fullest form of the article, titles and appositions are dropped, a
pronoun takes the speaker that stands nearest before it. Where the rules do not know, they say
"UNRESOLVED".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from claims.records import Span
from claims.sources.cast import Cast, Kind
from claims.sources.features import (
    AS_WRITTEN,
    PRONOUNS,
    SOMEBODY,
    Asked,
    Reference,
    asked_of,
    fits,
    may_be,
    of_answer,
    of_candidates,
)
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
    TITLES,
    UTTERANCES,
)
from claims.sources.names import Names
from claims.sources.ranking import shipped
from claims.sources.wording import (
    INNER_PARTICLES,
    bare,
    is_body,
    person_words,
    without_possessive,
)

AUTHOR, NONE, UNRESOLVED, UNNAMED = "AUTHOR", "NONE", "UNRESOLVED", "UNNAMED: "
_OWNED = re.compile(r"(his|her|its|their)\s+(\w.*)", re.IGNORECASE | re.DOTALL)
_DETERMINER = re.compile(r"(?:the|a|an|this|that|these|those)\s+", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:the|this|that)\s+", re.IGNORECASE)
_CUT = re.compile(
    r"\s+(?:of|at|in|from|with|for|on|to|by|as|near|among|inside|within|released|published|taken"
    r"|conducted|familiar|surveyed|gathered)\s+"
)
# "Secretary of State Ana Belo"
_OFFICE = re.compile(
    r"\b(Secretary|Minister|Supervisor|Director|Commissioner|Speaker|Leader|Chief|President)"
    r" (?:of|for) (?:the )?[A-Z]\w+ (?=[A-Z][\w.]+ [A-Z])"
)
_PUBLISHED = re.compile(r"\s+(?:released|published|issued|taken|conducted)\b.*", re.DOTALL)
_RELATIVE_CLAUSE = re.compile(r"[\s,]+(?:who|whose|which|that|where)\s.*", re.DOTALL)
_APPOSITION = re.compile(r",(?!\d)|\s+(?:--|—|–)\s+")
_NAME_ALONE = re.compile(r"(?:[Tt]he )?([A-Z][\w.’'-]*(?: (?:of|and|&|the|for|[A-Z][\w.’'-]*))*)")
_JOINING = frozenset({"and", "&", "of", "the", "for", "de", "la", "del", "von", "van"})
_LIST = re.compile(r"\s*,\s*(?:and|or)\s+|\s+and\s+|\s*,\s*|\s*;\s*|\s+&\s+")
NAMED = 0.94
"""Share of the speakers read off their own words that are right, on PolNeAR's train part."""
SURE_UNSAID = 0.6
"""Under it, who speaks without being marked as a source is not said."""
_FOLLOWING = re.compile(r",\s([^,.;:“”\"\n]{1,80}),")
_ALL = re.compile(r",?\s+(?:all|both|each|alike)$")
_SEAT = re.compile(r",\s[DRI]-[A-Z][\w.]*(?=,|$)")  # "Ana Belo, D-Conn.,"
_LETTERS = re.compile(r"(?:the )?(?:[A-Z]\.){2,}", re.IGNORECASE)
_BOTH = re.compile(r"^(?:both|either|neither)\s+", re.IGNORECASE)
_IMAGES = re.compile(
    r"(?:images?|photos?|photographs?|pictures?|footage|videos?)\s+"
    r"(?:released|published|provided|issued|broadcast|carried|shown) by\s+(.+)",
    re.IGNORECASE,
)
_EDGE = ' \t\n,.;:“”"—–-'


class Attributed(Protocol):
    """Anything with the spans of an attribution."""

    @property
    def source(self) -> Sequence[Span]: ...  # noqa: D102
    @property
    def cue(self) -> Sequence[Span]: ...  # noqa: D102
    @property
    def content(self) -> Sequence[Span]: ...  # noqa: D102


class Registry(Protocol):
    """What is needed to know that a name is a body's (see `claims.sources.registry`)."""

    def resolve(self, name: str) -> object | None:
        """The source of a name, None if it is unknown or not plain."""
        ...


class Scorer(Protocol):
    """Weighs the answers of a reference (see `claims.sources.ranking`)."""

    threshold: float

    def weigh(
        self,
        number: int,
        reference: Reference,
        answers: Sequence[str],
        features: Sequence[Sequence[str]],
    ) -> Sequence[float]:
        """P of each answer to a reference of attribution `number`."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """Who speaks in one attribution, and on what that rests.

    `kind` is None for AUTHOR and NONE; `confidence` that the speaker is right; `evidence` the
    place in the text that names or describes the speaker, or whoever came nearest to it.
    """

    speaker: str
    kind: Kind | None
    confidence: float
    evidence: Span | None


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
    holding = [
        (span.end - span.start, i)
        for i, other in enumerate(attributions)
        for span in other.content
        if i != inner and span.start <= source[0].start and source[-1].end <= span.end
    ]
    if holding:
        outer = read[min(holding)[1]]
        unknown = outer.speaker in (AUTHOR, NONE)
        return replace(read[inner], speaker=UNRESOLVED) if unknown else outer
    quoted = reader.in_quotation(source[0].start)
    return replace(read[inner], speaker=UNRESOLVED) if quoted else read[inner]


class _Reader:
    """Reads source after source, in the order of the text."""

    def __init__(self, text: str, scorer: Scorer, registry: Registry | None) -> None:
        self._text = text
        self._registry = registry
        self._names = Names(text)
        self._scorer = scorer
        self._now: Attributed | None = None
        self._number = 0
        self._sure = 0.0
        self._evidence: Span | None = None

    @cached_property
    def _cast(self) -> Cast:
        """Everybody in the article, once all persons are noted."""
        return Cast(self._text, self._names)

    def prepare(self, source: Sequence[Span]) -> None:
        """Note the person that a source names, before pronouns are looked at."""
        phrase = self._phrase(source)
        person = self._person(phrase.split(",")[0]) if phrase else None
        if person is not None:
            self._names.note_person(person)

    def read(self, number: int, attribution: Attributed) -> Reading:
        """The speaker of an attribution; remembered for the references that follow."""
        self._now, self._number = attribution, number
        source = attribution.source
        whole = Span(source[0].start, source[-1].end) if source else None
        self._sure, self._evidence = NAMED, whole
        phrase = self._phrase(source)
        if not phrase or whole is None:
            speaker, kind = self._nobody(attribution), None
        elif not re.search(r"\w", phrase):
            speaker, kind = UNRESOLVED, None
        else:
            speaker, kind = self._read(phrase, whole.start)
            if kind is not None and speaker != UNRESOLVED:
                words = phrase + self._apposition(whole.end)
                self._cast.hear(whole, speaker, kind, words, attribution.content)
        return Reading(speaker, kind, round(self._sure, 4), self._evidence)

    def _nobody(self, attribution: Attributed) -> str:
        """Who speaks where no source is marked: NONE, unless the passage makes somebody plain."""
        spans = attribution.cue or attribution.content
        if not spans:
            return NONE
        cue = " ".join(self._text[s:e] for s, e in attribution.cue)
        whole = Span(spans[0].start, spans[-1].end)
        speaker, _, sure = self._refer(
            Reference(Asked.NOBODY, whole, content=tuple(attribution.content), cue=cue), NONE
        )
        if speaker in (UNRESOLVED, NONE) or sure < SURE_UNSAID:
            self._sure, self._evidence = 1 - sure if speaker != NONE else sure, None
            return NONE
        return speaker

    def _refer(self, reference: Reference, as_written: str) -> tuple[str, Kind | None, float]:
        """Whom a reference stands for, and how sure that is.

        `as_written` is the answer that says no more than the words themselves.
        """
        content = tuple(self._now.content) if self._now is not None else ()
        reference = replace(reference, content=content)
        cast = self._cast
        near = cast.candidates(reference.span.start, reference.span.end)
        people = [e for e in near if may_be(reference, e, cast)]
        if reference.head and cast.is_introduced(reference.head, reference.span.start):
            # "A director refused. The director …": only somebody who is called so as well.
            people = [e for e in people if fits(reference.head, e, cast)]
        titled = sum(fits(reference.head, e, cast) for e in people) if reference.head else 0
        answers = [e.name for e in people] + [as_written]
        features = of_candidates(reference, people, cast)
        features.append(of_answer(reference, AS_WRITTEN, titled, cast))
        if reference.asked in PRONOUNS:
            answers.append(UNRESOLVED)
            features.append(of_answer(reference, SOMEBODY, titled, cast))
        odds = self._scorer.weigh(self._number, reference, answers, features)
        # Whether anybody is sure enough is for the caller to say, not for "somebody" to win.
        best = max(range(len(people) + 1), key=odds.__getitem__)
        kind = people[best].kind if best < len(people) else None
        self._sure = odds[best]
        if best < len(people):
            start, end = reference.span
            named = people[best].last_before(start) or people[best].first_after(end)
            self._evidence = named or self._evidence
        return answers[best], kind, odds[best]

    def _settled(self, reference: Reference, as_written: str, kind: Kind) -> tuple[str, Kind]:
        """The same, with UNRESOLVED where it isn't sure enough."""
        speaker, found, sure = self._refer(reference, as_written)
        if sure < self._scorer.threshold:
            last = self._last_body(reference)
            if last is None:
                return UNRESOLVED, kind
            self._sure = self._scorer.threshold
            return last, Kind.BODY
        return speaker, found or kind

    def _last_body(self, reference: Reference) -> str | None:
        """What "it" is where the scorer, which has seen few, isn't sure: the body heard last.

        In this paragraph or the one before it, and only if no other was heard there.
        """
        if reference.asked is not Asked.IT:
            return None
        layout, position = self._cast.layout, reference.span.start
        start = layout.paragraphs[max(0, layout.paragraph(position) - 1)]
        heard = {
            h.entity.name
            for h in self._cast.lately()
            if start <= h.position < position and h.entity.kind is Kind.BODY
        }
        return heard.pop() if len(heard) == 1 else None

    def _apposition(self, end: int) -> str:
        """What follows a source between commas: ", the country's spy agency,"."""
        found = _FOLLOWING.match(self._text, end)
        return f" {found.group(1)}" if found else ""

    def in_quotation(self, position: int) -> bool:
        """Whether a quotation of this paragraph is still open at an offset."""
        lead = self._text[self._text.rfind("\n", 0, position) + 1 : position]
        return lead.count("“") > lead.count("”") or lead.count('"') % 2 == 1

    def _phrase(self, source: Sequence[Span]) -> str:
        """The source's words in one line, without parentheses, edges and a closing "himself"."""
        phrase = " ".join(" ".join(self._text[s:e] for s, e in source).split())
        phrase = re.sub(r"\s*\([^)]*\)?", "", phrase).strip(_EDGE) or phrase
        phrase = _ALL.sub("", _SEAT.sub("", phrase)) or phrase
        return without_possessive(re.sub(r"\s+(?:him|her|it|them)sel(?:f|ves)$", "", phrase))

    def _read(self, phrase: str, position: int) -> tuple[str, Kind | None]:
        word = phrase.casefold()
        span = Span(position, position + len(phrase))
        if word in FIRST_PERSON:
            return AUTHOR, None
        if word in HE_OR_SHE:
            return self._settled(self._he(word, span), UNRESOLVED, Kind.PERSON)
        if word in THEY:
            return self._settled(Reference(Asked.THEY, span), UNRESOLVED, Kind.GROUP)
        if word in IT:
            return self._settled(Reference(Asked.IT, span), UNRESOLVED, Kind.BODY)
        if word in RELATIVES:
            return self._relative(span)
        first = _APPOSITION.split(phrase, maxsplit=1)[0]
        return self._several(phrase) or self._several(first) or self._one(phrase, position)

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
        return self._settled(which, described, Kind.GROUP)

    def _several(self, phrase: str) -> tuple[str, Kind] | None:
        """Two or more speakers in a row, whatever unnamed ones follow them."""
        if not re.search(r"\s(?:and|or|&)\s|;", phrase):
            return None
        parts = [part for part in _LIST.split(_BOTH.sub("", phrase)) if part]
        named = [self._person(p) or self._known_body(p) or self._surname(p) for p in parts]
        found = [name for name in named if name is not None]
        if len(found) < 2 or len(found) < len(parts) - 1 or named[0] is None:
            return None
        return "; ".join(dict.fromkeys(found)), Kind.GROUP

    def _surname(self, phrase: str) -> str | None:
        """A surname alone that several people of the article have."""
        return phrase if self._names.is_surname(phrase) else None

    def _known_body(self, phrase: str) -> str | None:
        """A name without "the", if the registry knows what it stands for."""
        name = _DETERMINER.sub("", phrase)
        if self._registry is None or not name[:1].isupper():
            return None
        return name if self._registry.resolve(name) is not None else None

    def _one(self, phrase: str, position: int) -> tuple[str, Kind]:
        head = _RELATIVE_CLAUSE.sub("", phrase).strip(_EDGE) or phrase
        first, *appositions = [p.strip(_EDGE) for p in _APPOSITION.split(head)]
        person = self._person(first)
        if person is None and appositions and first.split()[-1][:1].islower():
            person = self._person(appositions[0])
        if person is not None:
            return person, Kind.PERSON
        owned = _OWNED.fullmatch(first)
        if owned is not None:
            return self._owned(owned.group(1).casefold(), owned.group(2), position, phrase)
        named = _NAME_ALONE.fullmatch(appositions[0]) if len(appositions) == 1 else None
        if named is not None and first.split()[-1].islower():
            return named.group(1), Kind.BODY
        return self._nominal(first, position)

    def _person(self, phrase: str) -> str | None:
        """The person whom the phrase names, before an "of ..."; None for anything else."""
        phrase = _OFFICE.sub(r"\1 ", phrase)
        words = without_possessive(_CUT.split(phrase, maxsplit=1)[0].strip(_EDGE)).split()
        run: list[str] = []
        while words and (words[-1][:1].isupper() or (run and bare(words[-1]) in INNER_PARTICLES)):
            run.insert(0, words.pop())
        kept = person_words(run)
        if not kept or is_body(kept) or _LETTERS.fullmatch(phrase) or self._names_two(phrase):
            return None
        fullest = self._names.fullest(" ".join(kept))
        if fullest is not None:
            return fullest
        before = run[: len(run) - len(kept)] + words[-1:]
        titled = any(bare(word) in TITLES for word in before)
        return " ".join(kept) if titled else None

    def _names_two(self, phrase: str) -> bool:
        """Whether what stands before an "and" is a name too, not one more office of one person."""
        before = re.match(r"(.*[A-Z][\w.’'-]+) and ", phrase)
        if before is None:
            return False
        words = person_words([w for w in before.group(1).split() if w[:1].isupper()])
        return bool(words) and (len(words) == 1 or self._names.fullest(" ".join(words)) is not None)

    def _owned(self, pronoun: str, noun: str, position: int, phrase: str) -> tuple[str, Kind]:
        """ "His campaign", "her allies": whose they are matters only for a body."""
        head = bare(_CUT.split(noun, maxsplit=1)[0].split()[-1])
        kind = Kind.BODY if head in BODIES else Kind.GROUP
        span = Span(position, position + len(pronoun))
        single = pronoun in ("his", "her")
        asked = self._he(pronoun, span) if single else Reference(Asked.THEY, span)
        owner, _ = self._settled(replace(asked, owner=True), UNRESOLVED, kind)
        if head in UTTERANCES and owner != UNRESOLVED:
            return owner, Kind.PERSON
        if owner == UNRESOLVED or owner.startswith(UNNAMED):
            return (UNRESOLVED if head in BODIES else UNNAMED + phrase), kind
        if head in BODIES:
            return self._without_title(self._called(owner, noun)), kind
        return f"{UNNAMED}{owner}'s {noun}", kind

    def _nominal(self, phrase: str, position: int) -> tuple[str, Kind]:
        """A source that names no person: a body, a document, a role, or people without a name."""
        determiner = _DETERMINER.match(phrase)
        plain = phrase[determiner.end() if determiner else 0 :]
        shown = _IMAGES.match(plain)
        if shown is not None:  # "Images released by the agency": who shows them says so
            return self._nominal(shown.group(1), position + phrase.index(shown.group(1)))
        plain = _PUBLISHED.sub("", plain)
        spelt = self._names.acronyms.get(plain.replace(".", ""))
        if spelt is not None:
            return spelt, Kind.BODY
        core = _CUT.split(plain, maxsplit=1)[0].split() or [plain]
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
            return self._without_title(_from_capital(plain, len(core))), Kind.BODY
        return UNNAMED + self._with_full_owner(phrase), kind

    def _definite(self, phrase: str, core: list[str], head: str, position: int) -> tuple[str, Kind]:
        """ "The senator", "the council": one that was named, or nobody more than these words."""
        asked = asked_of(head)
        kind = {Asked.ROLE: Kind.PERSON, Asked.PLURAL: Kind.GROUP}.get(asked, Kind.BODY)
        span = Span(position, position + len(phrase))
        words = UNNAMED + self._with_full_owner(phrase)
        return self._settled(Reference(asked, span, words=phrase, head=head), words, kind)

    def _without_title(self, name: str) -> str:
        """A body's name as the article has it: "Mr. Belo's campaign" as "Belo's campaign"."""
        owner = re.match(r"((?:[A-Z][\w.]*\s+){1,3})([A-Z]\w+['’]s?\s+\w.*)", name)
        if owner and all(bare(word) in TITLES for word in owner.group(1).split()):
            return owner.group(2)
        return name

    def _called(self, owner: str, noun: str) -> str:
        """ "His campaign", once it is clear whose: as the article calls it elsewhere, if so."""
        family = re.escape(owner.rsplit(maxsplit=1)[-1])
        form = rf"(?:[A-Z]\w+ )?{family}(?:['’]s?)? {re.escape(noun)}\b"
        called = re.search(form, self._text)
        return called.group() if called else f"{owner}'s {noun}"

    def _with_full_owner(self, phrase: str) -> str:
        """ "Belo's team" as "Ana Belo's team"."""
        owner = re.match(r"((?:[A-Z][\w.]*\s+){0,3}[A-Z]\w+)(['’]s?)\s+\w", phrase)
        person = self._person(owner.group(1)) if owner else None
        return f"{person}'s {phrase[owner.end() - 1 :]}" if owner and person else phrase


def _from_capital(name: str, core: int) -> str:
    """A body's name without what describes it: "governing Lund Union", "Lund Post newspaper".

    `core` is how many of its words stand before an "of".
    """
    words = name.split()
    if len(words) == core and words[-1] == "newspaper":
        words, core = words[:-1], core - 1
    capital = next((i for i, word in enumerate(words[:core]) if not word[:1].islower()), 0)
    small = [i for i, word in enumerate(words[:core]) if word.islower() and word not in _JOINING]
    after = small[-1] + 1 if small and words[core - 1][:1].isupper() else capital
    return " ".join(words[after:])
