"""Capitalised words in a row: where the names of an article stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from claims.sources.lexicon import NOT_NAMES, PARTICLES, TITLES
from claims.sources.wording import bare

_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_MARK = "\u0300-\u036f"  # combining marks that NFC leaves apart, as in Yoruba names
_CAPITAL = (
    rf"(?:{_UPPER}\.(?:{_UPPER}\.)*"
    rf"|{_UPPER}(?:[\w{_MARK}’'\-/]*[\w{_MARK}])?(?:['’](?!\w))?\.?)"
)
_NICKNAME = r"[“\"][A-Z]\w+[”\"]"
_RUN = re.compile(
    rf"{_CAPITAL}(?:[ \t]+(?:(?:{'|'.join(sorted(PARTICLES))})[ \t]+)*(?:{_NICKNAME}[ \t]+)?"
    rf"{_CAPITAL})*"
)
_ABBREVIATED = re.compile(
    r"(?:^|\W)(?:[A-Z]|U\.S|Mr|Mrs|Ms|Dr|Jr|Sr|St|Sens?|Reps?|Govs?|Gen|Lt|Col|Rev|Prof|Sgt|Capt)\.$"
)
_OFFICE = re.compile(
    r"(?:Secretary|Ministers?|Supervisor|Director|Commissioner|Speaker|Attorney)"
    r" (?:of|for)(?: the)? $"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n][”\"’')]*|\n)[\s“\"‘'(—–-]*$")
_PAIR = re.compile(rf"(?<=[a-z,;][ \t])({_CAPITAL})[ \t]+({_CAPITAL})")


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words in a row, and the word before them."""

    start: int
    end: int
    words: tuple[str, ...]
    before: str


@dataclass(frozen=True, slots=True)
class _Opening:
    """What tells a name at the beginning of a sentence from a word with its capital."""

    small: Collection[str]
    inside: Collection[tuple[str, str]]

    def is_common(self, words: Sequence[str]) -> bool:
        """Whether the first word owes its capital to the sentence alone."""
        if not words or bare(words[0]) not in self.small or bare(words[0]) in TITLES | PARTICLES:
            return False
        return (words[0], *words[1:2]) not in self.inside


def read_runs(text: str, small: Collection[str]) -> list[Run]:
    """All runs of capitals of a text, cut where a full stop ends a sentence.

    `small` are the words that the text also writes without a capital: a sentence that begins with
    one of them begins with no name, unless the text has it before the same capital elsewhere.
    """
    inside = frozenset((m.group(1), m.group(2)) for m in _PAIR.finditer(text))
    opening = _Opening(small, inside)
    runs: list[Run] = []
    for match in _RUN.finditer(text):
        start, words = match.start(), list[str]()
        for word in re.finditer(r"\S+", match.group()):
            words.append(word.group())
            if word.group().endswith(".") and not _ABBREVIATED.search(word.group()):
                runs += _run(text, start, match.start() + word.end(), words, opening)
                start, words = match.start() + word.end(), []
        runs += _run(text, start, match.end(), words, opening)
    return runs


def _begins_with_verb(words: Sequence[str], after: str, opening: _Opening) -> bool:
    """Whether a sentence begins with a participle before "Velmoran workers", not with a name."""
    return (
        len(words) == 2
        and words[0].endswith("ing")
        and (words[0], words[1]) not in opening.inside
        and re.match(r"[ \t]+[a-z]{3,}s\b", after) is not None
    )


def _run(
    text: str,
    start: int,
    end: int,
    words: Sequence[str],
    opening: _Opening,
) -> Iterator[Run]:
    words = [w if _ABBREVIATED.search(w) else w.rstrip(".") for w in words]
    lead = text[max(0, start - 30) : start]
    if _OFFICE.search(lead):
        words = words[1:]
    opens = _SENTENCE_START.search(lead) is not None
    while words and bare(words[0]) in NOT_NAMES and bare(words[0]) in opening.small:
        words, opens = words[1:], False
    while opens and opening.is_common(words):
        words = words[1:]
    if opens and _begins_with_verb(words, text[end : end + 20], opening):
        words = words[1:]
    before = re.search(r"([\w-]+)[ \t]+$", lead)
    if words:
        yield Run(start, end, tuple(words), before.group(1) if before else "")
