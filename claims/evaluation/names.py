"""Whether two `speaker` strings mean the same one.

A speaker is a name, several names joined by "; ", "UNNAMED: words", "AUTHOR", "NONE" or
"UNRESOLVED". The comparison forgives titles, accents, order and, for people, shorter forms of the
same name; it forgives nothing in the names of bodies ("Clinton campaign" is not "Clinton").
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from typing import NamedTuple


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


_TITLES = _words(
    "mr mrs ms dr sen senator president gov governor rep representative the a an secretary minister"
    " director chairman chairwoman general gen judge sir prime former spokesman spokeswoman"
    " spokesperson of and"
)
_BODIES = _words(
    "campaign administration department committee aides aide poll polls report reports statement"
    " ministry party government agency office team foundation university news supporters officials"
    " allies advisers lawyer lawyers family court website"
)
_ACRONYMS = {
    "fbi": "federal bureau investigation",
    "us": "united states",
    "u s": "united states",
    "usa": "united states",
    "u s a": "united states",
    "un": "united nations",
    "eu": "european union",
    "nis": "national intelligence service",
    "kcna": "korean central news agency",
    "dnc": "democratic national committee",
    "rnc": "republican national committee",
    "doj": "justice department",
    "gop": "republican party",
    "cia": "central intelligence agency",
    "nato": "north atlantic treaty organization",
    "uk": "united kingdom",
    "ap": "associated press",
    "afp": "agence france presse",
    "dprk": "north korea",
}
_PRONOUN = re.compile(
    r"(he|she|it|they|we|i|you|his|her|its|their|him|them|who|which|that|this|himself|herself|one)",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"(The|A|An|His|Her|Their|Its|Our|My|Some|Many|Most|Several|Other|Those|These|One|Two|Both)\b"
)
Name = list[str]


class SpeakerKind(Enum):
    """What sort of answer a `speaker` string is."""

    NAMED = "named"
    UNNAMED = "unnamed"
    AUTHOR = "author"
    NONE = "none"
    UNRESOLVED = "unresolved"


class _Parsed(NamedTuple):
    kind: SpeakerKind
    names: list[Name]


def normalise(name: str) -> Name:
    """Words of a name in order, without accents, case, possessives and titles.

    Well-known acronyms are spelt out. Never empty for a name that has a word.
    """
    folded = unicodedata.normalize("NFKD", name).casefold().replace("-", " ").replace("’", "'")
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    folded = re.sub(r"\(.*?\)", " ", re.sub(r"'s\b", "", folded)).replace(".", " ")
    words = re.findall(r"\w+", folded)
    kept = " ".join([w for w in words if w not in _TITLES] or words)
    return _ACRONYMS.get(kept, kept).split()


def _parse(speaker: str) -> _Parsed:
    speaker = speaker.strip()
    shouted = speaker.upper()
    if shouted.startswith("UNNAMED"):
        return _Parsed(SpeakerKind.UNNAMED, [normalise(speaker.split(":", 1)[-1])])
    if shouted == "UNRESOLVED":
        return _Parsed(SpeakerKind.UNRESOLVED, [])
    if speaker in ("NONE", "", "-"):
        return _Parsed(SpeakerKind.NONE, [])
    if shouted == "AUTHOR":
        return _Parsed(SpeakerKind.AUTHOR, [])
    names = (normalise(part) for part in re.split(r";| and (?=[A-Z])", speaker))
    return _Parsed(SpeakerKind.NAMED, [name for name in names if name])


def _same_name(a: Name, b: Name) -> bool:
    """Equal words, or a shorter form of one person's name ("Belo" for "Ana Belo")."""
    if not a or not b:
        return False
    if sorted(a) == sorted(b):
        return True
    if not _BODIES.isdisjoint([*a, *b]):
        return False
    short, long = sorted((a, b), key=len)
    if short[-1] != long[-1]:
        return False
    if len(short) == 1:
        return True
    initial = min(len(short[0]), len(long[0])) == 1 and short[0][0] == long[0][0]
    return (short[0] == long[0] or initial) and set(short[1:-1]) <= set(long)


def same_speaker(gold: str | None, predicted: str | None) -> bool:
    """Whether `predicted` is right where the gold says `gold`; UNRESOLVED is never right.

    Several names must all be there and no other. "UNNAMED: words" is matched by one that shares a
    word, or by a name that is the same. AUTHOR may be answered by any UNNAMED.
    """
    gold_kind, gold_names = _parse(gold or "")
    kind, names = _parse(predicted or "")
    if gold_kind is SpeakerKind.NONE:
        return kind is SpeakerKind.NONE
    if gold_kind is SpeakerKind.AUTHOR:
        return kind in (SpeakerKind.AUTHOR, SpeakerKind.UNNAMED)
    if gold_kind is SpeakerKind.UNNAMED:
        return _matches_unnamed(gold_names[0], _Parsed(kind, names))
    if _is_one_group(gold_kind, gold_names, kind, names):
        return True
    return (
        kind is SpeakerKind.NAMED
        and len(names) == len(gold_names)
        and all(any(_same_name(g, p) for p in names) for g in gold_names)
        and all(any(_same_name(g, p) for g in gold_names) for p in names)
    )


def _matches_unnamed(gold: Name, predicted: _Parsed) -> bool:
    if predicted.kind is SpeakerKind.UNNAMED:
        return not gold or bool(set(gold) & set(predicted.names[0]))
    if predicted.kind is not SpeakerKind.NAMED or not predicted.names:
        return False
    if len(predicted.names) == 1 and set(gold) == set(predicted.names[0]):
        return True
    return _same_name(gold, predicted.names[0])


def _is_one_group(
    gold_kind: SpeakerKind, gold: list[Name], kind: SpeakerKind, names: list[Name]
) -> bool:
    """ "Republicans" answered by "UNNAMED: Republicans"."""
    return (
        gold_kind is SpeakerKind.NAMED
        and kind is SpeakerKind.UNNAMED
        and len(gold) == 1
        and set(gold[0]) == set(names[0])
    )


def source_kind(source: str, speaker: str) -> str:
    """`pronoun`, `name` (capitalised, no determiner, named by the gold) or `other`."""
    if _PRONOUN.fullmatch(source.strip()):
        return "pronoun"
    named = re.match(r"[A-Z]", source) and not _DETERMINER.match(source)
    return "name" if named and not speaker.upper().startswith("UNNAMED") else "other"
