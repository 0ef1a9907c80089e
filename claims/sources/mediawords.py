"""What single words say of a medium: what it is, where it is from, that its name is a medium's."""

from __future__ import annotations

import re
from functools import lru_cache

from claims.documents.agencies import agency_name
from claims.sources.lexicon import PEOPLES, PLACES, REGIONS
from claims.sources.wording import bare, without_possessive


def _words(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


HEADS = _words(
    """agency broadcaster channel daily magazine media network newspaper newspapers newswire outlet
    paper portal program programme radio station tabloid television tv weekly website"""
)
WEAK_HEADS = _words("agency channel media network outlet paper portal program programme website")
"""These say that something is a medium only together with "news" or the like."""
_DESCRIBING = _words(
    """business commercial domestic english evening foreign independent international leading local
    main morning national news official opposition popular press pro-government private public
    regional semi-official semiofficial sports state state-controlled state-owned state-run wire"""
)
_MAKE_STRONG = _words(
    "news press official semi-official state state-controlled state-owned state-run local tv radio"
)
TITLE_WORDS = _words(
    """broadcasting chronicle courier daily enquirer examiner gazette herald inquirer journal
    magazine mail mirror network news newspaper observer post press radio review telegraph
    television times tribune tv weekly"""
)
"""Last words that only media have in their names, as far as the name has more words than one."""
AGENCY_TITLE = re.compile(r"(?:News|Press|Telegraph|Information) Agency$")
FIRST_WORDS = _words("channel radio")
THE_PLACES = _words("bahamas bronx gambia hague netherlands philippines sudan united vatican")
JOINING = _words("of & de la le du der di for")
_ORIGINS = PEOPLES | REGIONS | PLACES | {"us", "uk"}


def is_capital(word: str) -> bool:
    """Whether a word may be part of a name."""
    if word == "TV":  # "state TV"
        return False
    return word[:1].isupper() or word[:1].isdigit() or agency_name(word) is not None


def joins(words: list[str], i: int) -> bool:
    """Whether a small word stands inside a name: "Voice of Lund"."""
    return words[i] in JOINING and i > 0 and is_capital(words[i - 1])


@lru_cache(maxsize=50_000)  # asked for the same words many times over
def describes(word: str) -> bool:
    """Whether a word may stand beside a medium's name and say what or where from it is."""
    small = word.casefold()
    is_said = small in _DESCRIBING or small in HEADS or small.endswith(("-language", "-based"))
    # "the Estavian daily Harbour Gazette": a people that no list has
    is_people = word[:1].isupper() and small.endswith(("an", "ish", "ese"))
    return is_said or _is_possessive(word) or is_people or (is_capital(word) and is_origin(word))


def _is_possessive(word: str) -> bool:
    return without_possessive(word) != word


@lru_cache(maxsize=50_000)
def is_origin(word: str) -> bool:
    """Whether a word says where a medium is from: "Russian", "Russia's", "North"."""
    plain = bare(word)
    is_people = plain in _ORIGINS or _is_possessive(word)
    return is_people or plain.endswith(("ian", "ean", "ish", "ese"))


def says_medium(words: list[str]) -> bool:
    """Whether describing words say that this is a medium: "daily", "news agency", "state media"."""
    small = [w.casefold() for w in words]
    heads = [w for w in small if w in HEADS]
    strong = any(w not in WEAK_HEADS for w in heads)
    has_origin = any(is_capital(w) and is_origin(w) for w in words)
    made_strong = not _MAKE_STRONG.isdisjoint(small) or (has_origin and "media" in small)
    return bool(heads) and (strong or made_strong)
