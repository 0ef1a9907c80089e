"""Words of sentences as they are compared: content words, and tokens folded of spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from claims.matching.contents import STEM
from claims.matching.lexicon import NEGATIONS, NUMBER_WORDS, REVERSALS, STOP_WORDS

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_FIGURE = re.compile(r"\d")
_CONTRACTED = (
    (re.compile(r"\bwon['’]t\b", re.I), "will not"),
    (re.compile(r"\bcan(?:['’]t|not)\b", re.I), "can not"),
    (re.compile(r"n['’]t\b", re.I), " not"),
    (re.compile(r"(?<=\w)['’]re\b", re.I), " are"),
    (re.compile(r"(?<=\w)['’]ve\b", re.I), " have"),
    (re.compile(r"(?<=\w)['’]ll\b", re.I), " will"),
    (re.compile(r"(?<=\w)['’]m\b", re.I), " am"),
)
_ENDINGS = ("ies", "ing", "ed", "es", "s", "e", "y")
_VOWEL = re.compile(r"[aeiouy]")
_SHORT = 4
_KEPT = 20_000
"""Wordings whose stems are kept: each member of a claim is compared with many."""
SPELLING = 80.0
"""Likeness of two words, 0 to 100, from which one is the other spelt or bent otherwise."""


@lru_cache(maxsize=_KEPT)
def stems(words: str) -> frozenset[str]:
    """Beginnings of the content words; figures whole."""
    return frozenset(w if _FIGURE.search(w) else w[:STEM] for w in _content(words))


@lru_cache(maxsize=_KEPT)
def bare_stems(words: str) -> frozenset[str]:
    """The same without endings.

    Short words that differ by one are not alike before they are cut: "fired" and "firing".
    """
    return frozenset(w if _FIGURE.search(w) else _stem(w) for w in _content(words))


def _content(words: str) -> Iterator[str]:
    for word in _WORD.findall(words):
        folded = word.casefold().replace("’", "'").replace("-", "")
        if folded not in STOP_WORDS and len(folded) > 1:
            yield folded


def _stem(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("'")
    for ending in _ENDINGS:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and _VOWEL.search(rest):
            doubled = ending in ("ing", "ed") and rest[-1] == rest[-2] and rest[-1] not in "lsz"
            return (rest[:-1] if doubled else rest)[:STEM]
    return word[:STEM]


def likeness(one: str, other: str) -> float:
    """Share of content words that the shorter of two wordings has in common with the other."""
    a, b = stems(one), stems(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def shared(one: str, other: str) -> int:
    """How many content words two wordings have in common."""
    return len(stems(one) & stems(other))


def turned(one: str, other: str) -> bool:
    """Whether one of two wordings is turned round by a negation or reversal, and the other not."""
    return _turns(one, REVERSALS) != _turns(other, REVERSALS)


def negated(one: str, other: str) -> bool:
    """Whether one of two wordings has an odd number of negations ("not", "no"), and one doesn't."""
    return _turns(one) != _turns(other)


def _turns(words: str, more: frozenset[str] = frozenset()) -> bool:
    return sum(w in NEGATIONS or w in more for w in tokens(words)) % 2 == 1


def tokens(words: str) -> list[str]:
    """Words in lower case, contractions written out, without hyphens, marks and possessives."""
    for pattern, whole in _CONTRACTED:
        words = pattern.sub(whole, words)
    found = (re.sub(r"['’]s?$", "", w.casefold()) for w in _WORD.findall(words))
    return [re.sub(r"[-'’.](?!\d)", "", w) for w in found]


def same_word(one: str, other: str) -> bool:
    """Whether two tokens are one word: equal, or spelt or bent otherwise ("-ise", a plural).

    Figures and negations must be equal, and a prefix turns a word ("agree", "disagree").
    """
    if one == other:
        return True
    if _FIGURE.search(one + other) or {one, other} & (NEGATIONS | NUMBER_WORDS.keys()):
        return False
    from rapidfuzz import fuzz

    short = min(len(one), len(other)) < _SHORT  # "an", "and": words of their own
    return not short and one[:2] == other[:2] and fuzz.ratio(one, other) >= SPELLING
