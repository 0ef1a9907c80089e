"""Several speakers in one source: "Ana Belo, the mayor of Lund, and her aides"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.sources.answers import UNNAMED
from claims.sources.cast import Kind

if TYPE_CHECKING:
    from claims.sources.phrases import Phrases

_SEPARATOR = re.compile(r"(\s*,\s*(?:and|or)\s+|\s+(?:and|or)\s+|\s*,\s*|\s*;\s*|\s+&\s+)")
_BOTH = re.compile(r"^(?:both|either|neither)\s+", re.IGNORECASE)
_DESCRIBES = re.compile(r"(?!others$)(?:[a-z]|The\s|A\s)")
REST = re.compile(
    r"(?:(?:his|her|its|their|other|some|several|many|most)\s+\w.*|others"
    r"|(?:[a-z][a-z-]+ )?[a-z][a-z-]+s)$"
)
"""People without a name who end a list: "others", "his aides"."""


def several(phrase: str, phrases: Phrases) -> tuple[str, Kind] | None:
    """Two or more speakers in a row; None where the phrase is no list of names.

    What describes one of them between commas is passed over, and so is every name in it. Unnamed
    ones at the end come after the names: "Ana Belo; UNNAMED: her aides".
    """
    pieces = _SEPARATOR.split(_BOTH.sub("", phrase))
    parts = [p.strip() for p in pieces[::2]]
    joins = ["", *(j.strip() for j in pieces[1::2])]
    if len(parts) < 2 or not parts[0] or phrases.is_one_body(phrase):
        return None
    commas_alone = all(join in ("", ",") for join in joins)
    read = phrases.person_or_surname if commas_alone else phrases.member
    found: list[str] = []
    describing = False
    for i, (join, part) in enumerate(zip(joins, parts, strict=True)):
        if not part or (describing and join not in (", and", ", or", ";")):
            continue
        if found and join == "," and _DESCRIBES.match(part) and not _DESCRIBES.match(parts[0]):
            describing = True
            continue
        name = read(part)
        if name is None and found and i == len(parts) - 1 and is_rest(join, part):
            found.append(UNNAMED + part)
        elif name is not None:
            describing = False
            found.append(name)
        else:
            return None
    found = list(dict.fromkeys(found))
    return ("; ".join(found), Kind.GROUP) if len(found) > 1 else None


def is_rest(join: str, part: str) -> bool:
    """Whether the last part of a list is people without a name."""
    return REST.match(part) is not None if join != "," else part == "others"
