"""Caution: what is taken off the evidence that two statements are one claim.

The model of pairs learned from attributions of one election's news. Elsewhere, where all articles
tell of the same few states, it joins what has only its names in common. So a pair has to be surer
where what makes a claim, its words, isn't shared, and where the model has never seen the like.
"""

from __future__ import annotations

import re

from claims.matching.contents import STEM
from claims.matching.lexicon import GENERAL, STOP_WORDS
from claims.matching.statements import Statement
from claims.sources.wording import bare

NO_WORD = 1.0
"""Log-odds for a pair that shares no content word but names."""
LONG_AFTER, LATER = 60, 1.0
"""Days between two articles from which what they tell is mostly another event, and its log-odds."""
OWN_WORD = 0.7
"""Log-odds for a pair with a sentence that the outlet asserts: no labelled pair has one."""
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


class Caution:
    """Log-odds to be taken off pairs of statements; what is read of each is kept."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._words: dict[int, frozenset[str]] = {}

    def of(self, numbers: tuple[int, int], a: Statement, b: Statement) -> float:
        """What is taken off two statements, which have these numbers."""
        off = 0.0
        if not self._read(numbers[0], a) & self._read(numbers[1], b):
            off += NO_WORD
        if a.published and b.published and abs((a.published - b.published).days) > LONG_AFTER:
            off += LATER
        if a.is_assertion or b.is_assertion:
            off += OWN_WORD
        return off

    def _read(self, number: int, statement: Statement) -> frozenset[str]:
        words = self._words.get(number)
        if words is None:
            words = self._words[number] = common_words(statement)
        return words


def common_words(statement: Statement) -> frozenset[str]:
    """Stems of a statement's content words that are neither names nor said of everything."""
    found: set[str] = set()
    for word in _WORD.findall(statement.meaning):
        folded = word.casefold().replace("’", "'")
        if word[0].islower() and len(word) > 1 and folded not in STOP_WORDS:
            found.add(bare(folded)[:STEM])
    return frozenset(found) - GENERAL
