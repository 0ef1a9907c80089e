"""What an article calls those whom it names: "senator", "the spy agency", "Belo's lawyer".

An index from words to names, over what stands in a name, in front of it, and in apposition to it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from claims.records import Span
from claims.sources.names import Names
from claims.sources.wording import bare

_APPOSED = re.compile(r"^\W{0,3}(?:,|who|which|—|–|-)\s*([^.;:“”\"\n]{1,80})")
_WORD = re.compile(r"[\w’'-]+")
_MENTIONS = 6
"""So many of the first mentions tell who somebody is."""
_LEAD, _BEHIND = 60, 90

PARTY_WORDS = {
    "gop": "republican", "republicans": "republican", "democrat": "democratic",
    "democrats": "democratic",
}  # fmt: skip
"""Words that say the same of somebody."""
NAME, TITLE, APPOSED, LEAD, NEAR = "name", "title", "apposed", "lead", "near"
_STRENGTH = {NAME: 4, TITLE: 3, LEAD: 2, APPOSED: 1, NEAR: 0}


class Callings:
    """Words that say who somebody is, by the names of an article."""

    def __init__(self, text: str, names: Names, cast: Iterable[tuple[str, Sequence[Span]]]) -> None:
        """`cast` are all names with their places in the text."""
        self._levels: dict[str, dict[str, str]] = defaultdict(dict)
        for name, mentions in cast:
            for word in name.split():
                self._add(bare(word), name, NAME)
            for mention in mentions[:_MENTIONS]:
                self._read(text, mention, name)
        for title, name in names.titles():
            self._add(title, name, TITLE)

    def level(self, word: str, name: str) -> str | None:
        """Where the article says a word of somebody: one of the levels, None if nowhere."""
        word = PARTY_WORDS.get(word, word)
        if word in (bare(w) for w in name.split()):
            return NAME
        return self._levels.get(word, {}).get(name)

    def is_strong(self, word: str, name: str) -> bool:
        """Whether the word is in the name, a title, in apposition or right before the name."""
        return self.level(word, name) not in (None, NEAR)

    def called(self, word: str) -> list[str]:
        """All names of which the article says a word so."""
        word = PARTY_WORDS.get(word, word)
        return [name for name, level in self._levels.get(word, {}).items() if level != NEAR]

    def _read(self, text: str, mention: Span, name: str) -> None:
        behind = _APPOSED.match(text[mention.end : mention.end + _BEHIND])
        for word in _WORD.findall(behind.group(1)) if behind else ():
            self._add(bare(word), name, APPOSED)
        lead = text[max(0, mention.start - _LEAD) : mention.start]
        lead = re.split(r"[.!?:;\n“”\"]", lead)[-1]
        words = [bare(word) for word in _WORD.findall(lead)]
        for i, word in enumerate(words):
            self._add(word, name, LEAD if i == len(words) - 1 else NEAR)

    def _add(self, word: str, name: str, level: str) -> None:
        word = PARTY_WORDS.get(word, word)
        known = self._levels[word].get(name)
        if known is None or _STRENGTH[known] < _STRENGTH[level]:
            self._levels[word][name] = level
