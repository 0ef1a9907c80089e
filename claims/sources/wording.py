"""What single words and runs of capitals say about a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from claims.sources.lexicon import (
    BODIES,
    MEN,
    NOT_NAMES,
    PARTICLES,
    PARTIES,
    PEOPLES,
    PLACES,
    REGIONS,
    SUFFIXES,
    TITLES,
    WOMEN,
)

_KIN = frozenset({"brother", "daughter", "father", "mother", "sister", "son"})
"""Titles that after another one are a surname: "Minister Son Song-kuk"."""
_POLITE = frozenset({"mr", "mrs", "ms", "miss", "dr"})
CUT = re.compile(
    r"\s+(?:of|at|in|from|with|for|on|to|by|as|near|among|inside|within|released|published|taken"
    r"|conducted|familiar|surveyed|gathered)\s+"
)
"""Where a noun phrase goes on after its noun."""
_DAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July"
    r"|August|September|October|November|December|\d{4})"
)
_TAIL = re.compile(
    r"(?:[\s,]+(?:and|or|but|nor|on|in|at|of|for|to|by|with|from|as|into|about|that|which|who|the|a"
    r"|an|this|further|also|then|later|still|now|again|recently|earlier|meanwhile|has|have|had"
    rf"|(?:on|in|last|this|next|since|early|late) {_DAY}|today|yesterday"
    r"|(?:last|this) (?:week|month|year)))+$"
)
_DESCRIBING = ("-based", "-born", "-educated", "-elect", "-winner", "-winning")
# Particles that open a surname in English print ("de Blasio"), unlike "the" or "of".
INNER_PARTICLES = frozenset({"al", "bin", "de", "der", "van", "von"})


_LONG = 5
_NO_START = NOT_NAMES | PARTIES | (PARTICLES - INNER_PARTICLES)


@lru_cache(maxsize=50_000)  # asked for the same words many times over
def bare(word: str) -> str:
    """A word as the lexicon has it: small, straight apostrophes, no full stop or possessive."""
    plain = re.sub(r"['’]s?$", "", word.strip(".,;:“”\"'‘’"))
    return plain.casefold().replace(".", "").replace("’", "'")


@lru_cache(maxsize=50_000)
def without_possessive(name: str) -> str:
    """The words without a closing possessive: "Belo" for "Belo's"."""
    return re.sub(r"(?<=\w)(?:['’]s|(?<=s)['’])$", "", name)


def person_words(words: Sequence[str]) -> list[str]:
    """The words of a run of capitals from the person's name on: leading titles and others dropped.

    "Prime Minister Ana Belo" gives ["Ana", "Belo"]; nothing is left of a bare title.
    """
    start = 0
    for i, word in enumerate(words):
        follow = len(words) - i - 1
        if not follow and i and (start < i or bare(words[i - 1]) in _POLITE):
            break  # a surname that is a title elsewhere: "Mr. King", unlike "Crown Prince"
        possessive = follow > 0 and without_possessive(word) != word
        party = follow > 1 and bare(word) in PARTIES
        is_title = bare(word) in TITLES and not (i and bare(word) in _KIN)
        if is_title or possessive or party or bare(word).endswith(_DESCRIBING):
            start = i + 1
    kept = list(words[start:])
    while kept and bare(kept[0]) in _NO_START:
        kept.pop(0)
    return kept


def surname(words: Sequence[str]) -> str:
    """The last word of a person's name, without "Jr." and the like."""
    family = [w for w in words if bare(w) not in SUFFIXES]
    return bare(family[-1]) if family else ""


def given_names(form: Sequence[str]) -> set[str]:
    """What may stand for the given name: the first word, and a quoted nickname."""
    return {bare(form[0])} | {bare(w) for w in form if w[0] in '“"'}


def without_tail(words: str) -> str:
    """A source without what was cut off with it: "Belo on", "the council in 2010"."""
    return _TAIL.sub("", words)


def is_tail(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether `short` is a longer name but for its first words: "Suva Lind" of "Ona Suva Lind".

    That is a surname of two words; one with a usual given name in front is somebody's whole name.
    """
    return (
        1 < len(short) < len(long)
        and [bare(w) for w in short] == [bare(w) for w in long[-len(short) :]]
        and usual_pronoun(short[0]) is None
    )


def fits(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether `short` may be a shorter form of `long`, a name with the same last word."""
    if len(short) == 1 or len(long) == 1:
        return len(short) <= len(long)
    if is_tail(short, long):
        return True
    given = bare(short[0])
    return given in given_names(long) or (len(given) == 1 and bare(long[0]).startswith(given))


def usual_pronoun(name: str) -> str | None:
    """`he` or `she` by the given name alone; None for one that the lexicon does not know."""
    given = bare(name.split(maxsplit=1)[0])
    if given in WOMEN:
        return "she"
    return "he" if given in MEN else None


def is_place(words: Sequence[str]) -> bool:
    """Whether a run of two or more words names a people or a place: "North Korean"."""
    plain = [bare(word) for word in words]
    return (
        len(plain) > 1
        and all(word in REGIONS or word in PEOPLES or word in PLACES for word in plain)
        and plain[-1] not in REGIONS
    )


def is_body(words: Sequence[str]) -> bool:
    """Whether the last word of a name says that it is no person's ("Council").

    Some of these words are surnames as well, so a given name right before them outweighs them.
    """
    return bare(words[-1]) in BODIES and (len(words) != 2 or usual_pronoun(words[0]) is None)


def is_slip(word: str, other: str) -> bool:
    """Whether two words of five letters or more are one but for a letter more, less or changed."""
    a, b = sorted((bare(word), bare(other)), key=len)
    if len(a) < _LONG or len(b) - len(a) > 1 or a == b or a[0] != b[0]:
        return False
    i = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    return a[i + 1 :] == b[i + 1 :] if len(a) == len(b) else a[i:] == b[i + 1 :]


def spelt_out(words: Sequence[str], acronym: str) -> str | None:
    """The last of `words` from which the capitals make up the acronym, lower-case ones between."""
    for n in range(len(acronym), min(len(words), len(acronym) + 4) + 1):
        tail = words[-n:]
        capitals = "".join(w[0] for w in tail if w[0].isupper())
        if tail[0][0].isupper() and capitals == acronym:
            return " ".join(w.strip('“”",') for w in tail)
    return None
