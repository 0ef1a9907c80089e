"""What the words of a source say by themselves: who is named in them, and as what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from claims.records import Span
from claims.sources.answers import Registry
from claims.sources.cast import Kind
from claims.sources.groups import several
from claims.sources.lexicon import BODIES, TITLES
from claims.sources.names import Names
from claims.sources.wording import (
    CUT,
    INNER_PARTICLES,
    bare,
    is_body,
    person_words,
    without_possessive,
    without_tail,
)

DETERMINER = re.compile(r"^(?:the|a|an|this|that|these|those)\s+", re.IGNORECASE)
# "Secretary of State Ana Belo"
_OFFICE = re.compile(
    r"\b(Secretary|Minister|Supervisor|Director|Commissioner|Speaker|Leader|Chief|President)"
    r" (?:of|for) (?:the )?[A-Z]\w+ (?=[A-Z][\w.]+ [A-Z])"
)
_OFFICE_ALONE = re.compile(
    r"\b(?:Secretary|Minister|Supervisor|Director|Commissioner|Speaker|Leader|Chief|President)"
    r" (?:of|for) (?:the )?[A-Z]\w+$"
)
EDGE = ' \t\n,.;:“”"—–-'
_JOINING = frozenset({"and", "&", "of", "the", "for", "de", "la", "del", "von", "van"})
_ALL = re.compile(r",?\s+(?:all|both|each|alike)$")
_SEAT = re.compile(r",\s[DRI]-[A-Z][\w.]*(?=,|$)")  # "Ana Belo, D-Conn.,"
_LETTERS = re.compile(r"(?:the )?(?:[A-Z]\.){2,}", re.IGNORECASE)
_DESCRIBED_NAME = re.compile(r"([A-Z]\w+(?: [A-Z]\w+)*)(?: [a-z-]+)* [a-z-]*[a-rt-z]")
_LED = re.compile(r"^(?:by|from|for|of|to|with|among)\s+(?=\S)", re.IGNORECASE)
_SHORN = re.compile(r"(?<![\w.])((?:[A-Z]\.)+[A-Z])$")


def trimmed(words: str) -> str:
    """The words without marks and spaces at the edges; "S.E.C." keeps its last full stop."""
    return _SHORN.sub(r"\1.", words.strip(EDGE))


class Phrases:
    """Reads the words of sources by the names of the article."""

    def __init__(self, text: str, names: Names, registry: Registry | None) -> None:
        """`registry`, where there is one, tells which joined names are two bodies."""
        self._text, self._names, self._registry = text, names, registry
        self._sources: dict[str, object | None] = {}

    def words(self, source: Sequence[Span]) -> str:
        """The source's words in one line, without parentheses, edges and a closing "himself"."""
        phrase = " ".join(" ".join(self._text[s:e] for s, e in source).split())
        phrase = trimmed(re.sub(r"\s*\([^)]*\)?", "", phrase)) or phrase
        phrase = _ALL.sub("", _SEAT.sub("", phrase)) or phrase
        phrase = trimmed(without_tail(_LED.sub("", phrase))) or phrase
        return without_possessive(re.sub(r"\s+(?:him|her|it|them)sel(?:f|ves)$", "", phrase))

    def several(self, phrase: str) -> tuple[str, Kind] | None:
        """Two or more speakers in a row, whatever unnamed ones follow them."""
        return several(phrase, self)

    def member(self, part: str) -> str | None:
        """The name that one part of a list is; None for a description or half a name."""
        return (
            self.person(part)
            or self._known_body(part)
            or self._surname(part)
            or self._acronym(part)
            or self._owned_body(part)
        )

    def person_or_surname(self, part: str) -> str | None:
        """The same where only commas join the parts, as in headlines: people alone."""
        return self.person(part) or self._surname(part)

    def is_one_body(self, phrase: str) -> bool:
        """Whether the registry knows one body by all of the words: "Department of Sea and Ice"."""
        whole = DETERMINER.sub("", phrase)
        return self._registry is not None and self._registry.resolve(whole) is not None

    def full_body(self, name: str) -> str:
        """A body's fullest name in the article: of an acronym, or of the end of a longer name.

        The registry tells that two names are of one body, and that the longer one begins with
        the body that the shorter is of: "the Security Council", "United Nations Security Council".
        """
        spelt = self._names.acronyms.get(name.replace(".", ""))
        if spelt is not None or self._registry is None:
            return spelt or name
        words = name.split()
        if _LETTERS.fullmatch(name) or (name.isupper() and len(words) == 1):
            source = self._registry.resolve(name)
            same = [n for n in self._bodies if source is not None and self._source(n) == source]
            return max((n for n in same if " " in n), key=len, default=name)
        ends = (n for n in self._bodies if n.endswith(f" {name}") and self._extends(n, words))
        return max(ends, key=len, default=name)

    def _extends(self, longer: str, words: Sequence[str]) -> bool:
        """Whether what a longer name has before the words makes them one body's."""
        assert self._registry is not None
        whole = self._source(longer)
        if whole is not None and getattr(whole, "kind", None) == "media":
            return len(words) > 1 or is_body(words)
        before = self._source(longer[: -len(" ".join(words)) - 1])
        return len(words) > 1 and getattr(before, "kind", None) == "organization"

    def _source(self, name: str) -> object | None:
        if name not in self._sources:
            self._sources[name] = self._registry.resolve(name) if self._registry else None
        return self._sources[name]

    @cached_property
    def _bodies(self) -> list[str]:
        """The names of all bodies of the article, each once."""
        return list(dict.fromkeys(mention.name for mention in self._names.bodies()))

    def _acronym(self, part: str) -> str | None:
        """A name of capitals alone: "DNC"."""
        name = DETERMINER.sub("", part)
        return self.full_body(name) if re.fullmatch(r"[A-Z]{2,6}|(?:[A-Z]\.){2,}", name) else None

    def _owned_body(self, part: str) -> str | None:
        """A body in a list by the words of its name: "the Belo campaign"."""
        plain = DETERMINER.sub("", part)
        core = CUT.split(plain, maxsplit=1)[0].split()
        if plain == part or len(core) < 2 or bare(core[-1]) not in BODIES:
            return None
        if not any(w[:1].isupper() for w in core[:-1]):
            return None
        return self.full_body(self.without_title(from_capital(plain, len(core))))

    def _surname(self, phrase: str) -> str | None:
        """A surname, or a first one as in Korea, that several people of the article have."""
        return phrase if self._names.is_surname(phrase) or self._names.is_inner(phrase) else None

    def _known_body(self, phrase: str) -> str | None:
        """A name without "the", if the registry knows what it stands for."""
        name = DETERMINER.sub("", phrase)
        if self._registry is None or not name[:1].isupper():
            return None
        if self._registry.resolve(name) is not None:
            return self.full_body(name)
        # "the Harbidge newspaper chain" is Harbidge, "the Harbidge readers" aren't.
        chain = _DESCRIBED_NAME.fullmatch(name)
        known = chain is not None and self._registry.resolve(chain.group(1)) is not None
        return chain.group(1) if chain is not None and known else None

    def person(self, phrase: str) -> str | None:
        """The person whom the phrase names, before an "of ..."; None for anything else."""
        phrase = _OFFICE.sub(r"\1 ", phrase)
        offices = re.match(r"(.+) and (.+)", phrase)
        if offices is not None and _OFFICE_ALONE.search(offices.group(1)):
            phrase = offices.group(2)  # "Secretary of State and front-runner Ana Belo"
        words = without_possessive(CUT.split(phrase, maxsplit=1)[0].strip(EDGE)).split()
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
        if before is None or _OFFICE_ALONE.search(before.group(1)):
            return False
        words = person_words([w for w in before.group(1).split() if w[:1].isupper()])
        return bool(words) and (len(words) == 1 or self._names.fullest(" ".join(words)) is not None)

    def without_title(self, name: str) -> str:
        """A body's name as the article has it: "Mr. Belo's campaign" as "Belo's campaign"."""
        owner = re.match(r"((?:[\w.-]+\s+)*?[\w.-]+)(?=\s+[\w-]+['’]s?\s+\w)", name)
        if owner is None:
            return name
        before = [bare(word) for word in owner.group(1).split()]
        last = max((i for i, word in enumerate(before) if word in TITLES), default=-1)
        return " ".join(name.split()[last + 1 :])

    def called(self, owner: str, noun: str) -> str:
        """ "His campaign", once it is clear whose: as the article calls it elsewhere, if so."""
        family = re.escape(owner.rsplit(maxsplit=1)[-1])
        for mark in ("", "(?:['’]s?)"):  # "the Belo campaign" sooner than "Belo's campaign"
            form = rf"(?:[A-Z]\w+ )?{family}{mark} {re.escape(noun)}\b"
            called = re.search(form, self._text)
            if called is not None:
                return called.group()
        return f"{owner}'s {noun}"

    def with_full_owner(self, phrase: str) -> str:
        """ "Belo's team" as "Ana Belo's team"."""
        owner = re.match(r"((?:[A-Z][\w.]*\s+){0,3}[A-Z]\w+)(['’]s?)\s+\w", phrase)
        person = self.person(owner.group(1)) if owner else None
        return f"{person}'s {phrase[owner.end() - 1 :]}" if owner and person else phrase


def from_capital(name: str, core: int) -> str:
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
