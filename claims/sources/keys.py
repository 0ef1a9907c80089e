"""When two spellings are one name: case, "the", possessives, periods, hyphens, diacritics."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from claims.sources.entries import Alias, AliasKind

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´ʻ", "'"))
_UNDECOMPOSED = str.maketrans(
    {"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae"}
)
_POSSESSIVE = re.compile(r"(?<=\w)(?:'s|(?<=s)')$", re.IGNORECASE)
_THE = re.compile(r"^the\s+", re.IGNORECASE)
_SAINT = re.compile(r"\bst\.?\s", re.IGNORECASE)
_SHORT_ACRONYM = 3


@lru_cache(maxsize=50_000)  # asked for the same names many times over
def plain(name: str) -> str:
    """White space folded, apostrophes straight, without "the" before it and possessive behind it.

    >>> plain(" The  United States’ ")
    'United States'
    """
    folded = " ".join(name.translate(_APOSTROPHES).split()).strip(' ,;:"“”')
    return _POSSESSIVE.sub("", _THE.sub("", folded))


@lru_cache(maxsize=50_000)
def key(name: str) -> str:
    """What all spellings of one name share: its letters and digits, folded, without spaces.

    Spaces go because hyphens and spaces of romanised names vary freely.

    >>> key("Kim Jong-un") == key("KIM Jong Un") == key("Kim Jongun's")
    True
    >>> key("the U.S."), key("Côte d’Ivoire")
    ('us', 'cotedivoire')
    """
    return _letters(_SAINT.sub("saint ", plain(name))).casefold()


def _letters(text: str) -> str:
    """Letters and digits of `text`, without diacritics; `&` and `+` are written out."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_UNDECOMPOSED))
    text = text.replace("&", "and").replace("+", "plus")
    return "".join(character for character in text if character.isalnum())


def fits(alias: Alias, name: str) -> bool:
    """Whether the case of `name` lets it be `alias`; both have one key.

    "who" isn't the WHO and "turkey" no state: an acronym of up to three letters has to be written
    as it is, a longer one with a capital at least ("Nato"), and so a name of one word.
    """
    written, given = _letters(plain(name)), _letters(plain(alias.alias))
    if written == given or given.islower():
        return True
    if alias.kind is AliasKind.ACRONYM:
        short = len(given) <= _SHORT_ACRONYM
        return written.isupper() if short else written[:1].isupper()
    return " " in plain(alias.alias) or not written.islower()


def likeness(text: str, name: str) -> float:
    """How alike two names are, 0 to 100."""
    from rapidfuzz import fuzz, utils

    score = fuzz.token_sort_ratio(text, name, processor=utils.default_process)
    part, whole = key(text), key(name)
    if part and part in whole:
        score = max(score, 75 + 25 * len(part) / len(whole))
    return round(score, 1)
