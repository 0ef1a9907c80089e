"""What a wording holds that tells one claim from another: names, figures, negation, words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from claims.matching.lexicon import NEGATIONS, NUMBER_WORDS, REVERSALS, STOP_WORDS
from claims.sources.lexicon import NOT_NAMES, TITLES
from claims.sources.names import Names
from claims.sources.wording import bare

_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d[\d,.]*%?")
_NUMBER = re.compile(
    r"(?<![\w.])(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<ordinal>st|nd|rd|th)?"
    r"(?:[- ]?(?P<unit>%|percent\w*|per cent|hundred|thousand|million|billion"
    r"|trillion|k|m|bn)\b|%)?",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+$", re.IGNORECASE
)
_UNITS = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9,
    "bn": 1e9, "trillion": 1e12,
}  # fmt: skip
STEM = 6
"""Letters of a word that count: a crude stem, the same for verb and noun of most families."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is compared of a wording: each a set, and whether something turns its meaning round.

    `stems` are lower-case beginnings of its content words, `names` keys of who and what is named,
    `numbers` amounts with their sort (`%`, `#`, `y` for years), `negations` and `reversals` the
    words that turn it.
    """

    stems: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[tuple[str, float]]
    negations: frozenset[str]
    reversals: frozenset[str]
    length: int


def read_contents(wording: str, names: Names, canonical: Callable[[str], str | None]) -> Contents:
    """Read a plain wording; `canonical` gives the key of a name that the registry knows."""
    words = _WORD.findall(wording)
    lower = [word.casefold().replace("’", "'") for word in words]
    stems = {
        bare(w)[:STEM] for w in lower if w not in STOP_WORDS and len(w) > 1 and not w[0].isdigit()
    }
    return Contents(
        stems=frozenset(stem for stem in stems if stem),
        names=frozenset(_names(wording, names, canonical)),
        numbers=frozenset(_numbers(wording)),
        negations=frozenset(w for w in lower if w in NEGATIONS or w.endswith("n't")),
        reversals=frozenset(w for w in lower if w in REVERSALS),
        length=len(words),
    )


_CAPITALS = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w'’.-]*(?:[ \t]+[^\W\d_a-zß-öø-ÿ][\w'’.-]*)*")


def _names(wording: str, names: Names, canonical: Callable[[str], str | None]) -> set[str]:
    found: set[str] = set()
    for run in _CAPITALS.finditer(wording):
        words = [
            w
            for w in run.group().split()
            if bare(w) and bare(w) not in NOT_NAMES | TITLES and not names.is_common(w)
        ]
        if not words:
            continue
        known = canonical(" ".join(words).strip(".,'’"))
        if known:
            found.add(known)
            continue
        full = names.fullest(" ".join(bare_case(w) for w in words))
        if full:
            found.add(bare(full.split()[-1]))
            continue
        for word in words:
            key = canonical(bare_case(word))
            found.add(key or bare(word))
    return {name for name in found if len(name) > 1 and name not in STOP_WORDS}


def bare_case(word: str) -> str:
    """A word without possessive and edges, in its own case."""
    return re.sub(r"['’]s?$", "", word.strip(".,;:“”\"'‘’()"))


def _numbers(wording: str) -> set[tuple[str, float]]:
    found: set[tuple[str, float]] = set()
    for match in _NUMBER.finditer(wording):
        if match.group("ordinal") or _MONTH.search(
            wording, max(0, match.start() - 12), match.start()
        ):
            continue  # a day is no amount
        try:
            value = float(match.group("digits").replace(",", "").rstrip("."))
        except ValueError:
            continue
        unit = (match.group("unit") or "").casefold()
        if unit.startswith("per") or match.group().endswith("%"):
            found.add(("%", value))
        elif not unit and 1900 <= value <= 2100 and "," not in match.group("digits"):
            found.add(("y", value))
        else:
            found.add(("#", value * _UNITS.get(unit, 1)))
    for word in re.findall(r"[a-z]+", wording.casefold()):
        if word in NUMBER_WORDS:
            found.add(("#", float(NUMBER_WORDS[word])))
    return found
