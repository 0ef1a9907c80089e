"""Who the source span stands for, as one string: the first, plain answer.

The answer is a name, several joined by "; ", "UNNAMED: words", "AUTHOR", "NONE" or "UNRESOLVED".
A surname is lifted to the fullest form of the article, titles and appositions are dropped, a
pronoun takes the speaker that stands nearest before it. Where the rules do not know, they say
"UNRESOLVED".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from claims.records import Span
from claims.sources.lexicon import (
    BODIES,
    FIRST_PERSON,
    HE_OR_SHE,
    IT,
    NOT_NAMES,
    PARTIES,
    QUANTIFIERS,
    RELATIVES,
    ROLES,
    THEY,
    TITLES,
)
from claims.sources.names import Names
from claims.sources.references import Antecedents, Kind
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
_FOLLOWING = re.compile(r",\s([^,.;:“”\"\n]{1,80}),")
_EDGE = ' \t\n,.;:“”"—–-'


class Attributed(Protocol):
    """Anything with the spans of an attribution."""

    @property
    def source(self) -> Sequence[Span]: ...  # noqa: D102
    @property
    def cue(self) -> Sequence[Span]: ...  # noqa: D102
    @property
    def content(self) -> Sequence[Span]: ...  # noqa: D102


def name_speakers(document_text: str, attributions: Sequence[Attributed]) -> list[str]:
    """The `speaker` string of each attribution, in the order given.

    `attributions` are all those of the article, with spans in `document_text`. "I" and "we" are
    the article's AUTHOR; inside another attribution's content they are its speaker.
    """
    reader = _Reader(document_text)
    for attribution in attributions:
        reader.prepare(attribution.source)
    order = sorted(range(len(attributions)), key=lambda i: _position(attributions[i]))
    named = {i: reader.speaker(attributions[i].source) for i in order}
    return [
        _who_is_quoted(reader, attributions, named, i) if named[i] == AUTHOR else named[i]
        for i in range(len(attributions))
    ]


def _position(attribution: Attributed) -> int:
    spans = attribution.source or attribution.cue or attribution.content
    return spans[0].start if spans else 0


def _who_is_quoted(
    reader: _Reader, attributions: Sequence[Attributed], named: Mapping[int, str], inner: int
) -> str:
    """Who "I" or "we" is: the speaker of the smallest content it stands in, else the author."""
    source = attributions[inner].source
    holding = [
        (span.end - span.start, i)
        for i, other in enumerate(attributions)
        for span in other.content
        if i != inner and span.start <= source[0].start and source[-1].end <= span.end
    ]
    if holding:
        outer = named[min(holding)[1]]
        return UNRESOLVED if outer in (AUTHOR, NONE) else outer
    return UNRESOLVED if reader.in_quotation(source[0].start) else AUTHOR


class _Reader:
    """Reads source after source, in the order of the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._names = Names(text)
        self._before = Antecedents(text, self._names)

    def prepare(self, source: Sequence[Span]) -> None:
        """Note the person that a source names, before pronouns are looked at."""
        phrase = self._phrase(source)
        person = self._person(phrase.split(",")[0]) if phrase else None
        if person is not None:
            self._names.note_person(person)

    def speaker(self, source: Sequence[Span]) -> str:
        """The speaker of a source span; remembered for the pronouns that follow."""
        phrase = self._phrase(source)
        if not phrase:
            return NONE
        position = source[0].start
        if not re.search(r"\w", phrase):
            return UNRESOLVED
        speaker, kind = self._read(phrase, position)
        if kind is not None and speaker != UNRESOLVED:
            self._before.hear(position, speaker, kind, phrase + self._apposition(source[-1].end))
        return speaker

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
        return without_possessive(re.sub(r"\s+(?:him|her|it|them)sel(?:f|ves)$", "", phrase))

    def _read(self, phrase: str, position: int) -> tuple[str, Kind | None]:
        word = phrase.casefold()
        if word in FIRST_PERSON:
            return AUTHOR, None
        if word in HE_OR_SHE:
            return self._before.person(position, word) or UNRESOLVED, Kind.PERSON
        if word in THEY:
            return self._before.plural(position) or UNRESOLVED, Kind.GROUP
        if word in IT:
            return self._before.body(position) or UNRESOLVED, Kind.BODY
        if word in RELATIVES:
            return self._relative(position)
        first = _APPOSITION.split(phrase, maxsplit=1)[0]
        return self._several(phrase) or self._several(first) or self._one(phrase, position)

    def _relative(self, position: int) -> tuple[str, Kind | None]:
        """Who "who" is: the phrase that ends right before it."""
        start = max(0, position - 200)
        for mention in reversed(self._names.people(start, position)):
            between = self._text[mention.end : position].strip(" \t—–-")
            if between in ("", ",") or re.fullmatch(r",[^.;!?\n]*,", between):
                return mention.name, Kind.PERSON
            break
        line = self._text[start:position].rstrip(" ,—–-\t")
        nouns = re.search(r"(?:[\w’'%-]+\s+){0,2}[\w’'-]+$", line)
        return (UNNAMED + nouns.group(), Kind.GROUP) if nouns else (UNRESOLVED, None)

    def _several(self, phrase: str) -> tuple[str, Kind] | None:
        """Two or more people in a row, whatever unnamed ones follow them."""
        if not re.search(r"\s(?:and|or|&)\s|;", phrase):
            return None
        people = [self._person(part) for part in _LIST.split(phrase) if part]
        named = [p for p in people if p is not None]
        if len(named) < 2 or len(named) < len(people) - 1 or people[0] is None:
            return None
        return "; ".join(dict.fromkeys(named)), Kind.GROUP

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
        if not kept or is_body(kept) or re.search(r"[A-Z]\w+ and ", phrase):
            return None
        fullest = self._names.fullest(" ".join(kept))
        if fullest is not None:
            return fullest
        before = run[: len(run) - len(kept)] + words[-1:]
        titled = any(bare(word) in TITLES for word in before)
        return " ".join(kept) if titled else None

    def _owned(self, pronoun: str, noun: str, position: int, phrase: str) -> tuple[str, Kind]:
        """ "His campaign", "her allies": whose they are matters only for a body."""
        head = bare(_CUT.split(noun, maxsplit=1)[0].split()[-1])
        kind = Kind.BODY if head in BODIES else Kind.GROUP
        if pronoun in ("his", "her"):
            owner = self._before.person(position, pronoun)
        else:
            owner = self._before.plural(position)
        if owner is None or owner.startswith(UNNAMED):
            return (UNRESOLVED if head in BODIES else UNNAMED + phrase), kind
        words = f"{owner}'s {noun}"
        return (words if head in BODIES else UNNAMED + words), kind

    def _nominal(self, phrase: str, position: int) -> tuple[str, Kind]:
        """A source that names no person: a body, a document, a role, or people without a name."""
        determiner = _DETERMINER.match(phrase)
        plain = _PUBLISHED.sub("", phrase[determiner.end() if determiner else 0 :])
        spelt = self._names.acronyms.get(plain.replace(".", ""))
        if spelt is not None:
            return spelt, Kind.BODY
        core = _CUT.split(plain, maxsplit=1)[0].split() or [plain]
        head = bare(core[-1])
        if _DEFINITE.match(phrase) and (
            core[-1].islower() or core[-1] in ("Republican", "Democrat")
        ):
            known = self._definite(core, head, position)
            if known is not None:
                return known
        kind = Kind.GROUP if head.endswith("s") and head not in BODIES else Kind.BODY
        capitals = [w for w in core if w[:1].isupper() and bare(w) not in NOT_NAMES]
        is_name = core[-1][:1].isupper() and head not in NOT_NAMES and head not in PARTIES
        is_name &= bare(core[0]) not in QUANTIFIERS
        is_name &= len(core) > 1 or not self._names.is_plural_noun(core[-1])
        if is_name or (capitals and head in BODIES):
            return self._with_full_owner(_from_capital(plain, len(core))), Kind.BODY
        return UNNAMED + self._with_full_owner(phrase), kind

    def _definite(self, core: list[str], head: str, position: int) -> tuple[str, Kind] | None:
        """ "The senator", "the council": one that was named before."""
        if head in BODIES:
            named = self._before.ending(head, position) or self._names.body(head, position)
            return (named, Kind.BODY) if named and len(core) == 1 else None
        if head in ROLES or head in PARTIES:
            person = self._names.titled(head)
            if person is None and re.search(rf"(?i)\ban? (?:\w+ )?{head}\b", self._text[:position]):
                return None  # one whom the article brought in without a name, and never gives one
            return person or self._before.person(position, None) or UNRESOLVED, Kind.PERSON
        return None

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
