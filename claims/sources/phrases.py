"""What the words of a source say by themselves: who is named in them, and as what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.records import Span
from claims.sources.answers import Registry
from claims.sources.cast import Kind
from claims.sources.lexicon import TITLES
from claims.sources.names import Names
from claims.sources.wording import (
    CUT,
    INNER_PARTICLES,
    bare,
    is_body,
    person_words,
    without_possessive,
)

DETERMINER = re.compile(r"(?:the|a|an|this|that|these|those)\s+", re.IGNORECASE)
# "Secretary of State Ana Belo"
_OFFICE = re.compile(
    r"\b(Secretary|Minister|Supervisor|Director|Commissioner|Speaker|Leader|Chief|President)"
    r" (?:of|for) (?:the )?[A-Z]\w+ (?=[A-Z][\w.]+ [A-Z])"
)
EDGE = ' \t\n,.;:“”"—–-'
_JOINING = frozenset({"and", "&", "of", "the", "for", "de", "la", "del", "von", "van"})
_LIST = re.compile(r"\s*,\s*(?:and|or)\s+|\s+and\s+|\s*,\s*|\s*;\s*|\s+&\s+")
_ALL = re.compile(r",?\s+(?:all|both|each|alike)$")
_SEAT = re.compile(r",\s[DRI]-[A-Z][\w.]*(?=,|$)")  # "Ana Belo, D-Conn.,"
_LETTERS = re.compile(r"(?:the )?(?:[A-Z]\.){2,}", re.IGNORECASE)
_BOTH = re.compile(r"^(?:both|either|neither)\s+", re.IGNORECASE)


class Phrases:
    """Reads the words of sources by the names of the article."""

    def __init__(self, text: str, names: Names, registry: Registry | None) -> None:
        """`registry`, where there is one, tells which joined names are two bodies."""
        self._text, self._names, self._registry = text, names, registry

    def words(self, source: Sequence[Span]) -> str:
        """The source's words in one line, without parentheses, edges and a closing "himself"."""
        phrase = " ".join(" ".join(self._text[s:e] for s, e in source).split())
        phrase = re.sub(r"\s*\([^)]*\)?", "", phrase).strip(EDGE) or phrase
        phrase = _ALL.sub("", _SEAT.sub("", phrase)) or phrase
        return without_possessive(re.sub(r"\s+(?:him|her|it|them)sel(?:f|ves)$", "", phrase))

    def several(self, phrase: str) -> tuple[str, Kind] | None:
        """Two or more speakers in a row, whatever unnamed ones follow them."""
        if not re.search(r"\s(?:and|or|&)\s|;", phrase):
            return None
        parts = [part for part in _LIST.split(_BOTH.sub("", phrase)) if part]
        named = [self.person(p) or self._known_body(p) or self._surname(p) for p in parts]
        found = [name for name in named if name is not None]
        if len(found) < 2 or len(found) < len(parts) - 1 or named[0] is None:
            return None
        return "; ".join(dict.fromkeys(found)), Kind.GROUP

    def _surname(self, phrase: str) -> str | None:
        """A surname alone that several people of the article have."""
        return phrase if self._names.is_surname(phrase) else None

    def _known_body(self, phrase: str) -> str | None:
        """A name without "the", if the registry knows what it stands for."""
        name = DETERMINER.sub("", phrase)
        if self._registry is None or not name[:1].isupper():
            return None
        return name if self._registry.resolve(name) is not None else None

    def person(self, phrase: str) -> str | None:
        """The person whom the phrase names, before an "of ..."; None for anything else."""
        phrase = _OFFICE.sub(r"\1 ", phrase)
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
        if before is None:
            return False
        words = person_words([w for w in before.group(1).split() if w[:1].isupper()])
        return bool(words) and (len(words) == 1 or self._names.fullest(" ".join(words)) is not None)

    def without_title(self, name: str) -> str:
        """A body's name as the article has it: "Mr. Belo's campaign" as "Belo's campaign"."""
        owner = re.match(r"((?:[A-Z][\w.]*\s+){1,3})([A-Z]\w+['’]s?\s+\w.*)", name)
        if owner and all(bare(word) in TITLES for word in owner.group(1).split()):
            return owner.group(2)
        return name

    def called(self, owner: str, noun: str) -> str:
        """ "His campaign", once it is clear whose: as the article calls it elsewhere, if so."""
        family = re.escape(owner.rsplit(maxsplit=1)[-1])
        form = rf"(?:[A-Z]\w+ )?{family}(?:['’]s?)? {re.escape(noun)}\b"
        called = re.search(form, self._text)
        return called.group() if called else f"{owner}'s {noun}"

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
