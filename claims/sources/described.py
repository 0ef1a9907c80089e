"""Descriptions that news puts around a medium's name: "the official KCNA", "TASS news agency"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.sources.keys import plain

_ADJECTIVE = r"(?:official|state|state[- ]run|state[- ]owned|government[- ]run|semi-?official)"
_NOUN = (
    r"(?:news ?wire|news agency|news service|press agency|news outlet|news website|news channel"
    r"|media|media outlet|broadcaster|newspaper|daily|television|tv|radio|agency|outlet)"
)
_BEFORE = re.compile(rf"^(?:{_ADJECTIVE}\s+(?:{_NOUN}\s+)?|{_NOUN}\s+)(?=\S)", re.IGNORECASE)
_AFTER = re.compile(rf"\s+(?:{_ADJECTIVE}\s+)?{_NOUN}$", re.IGNORECASE)


def undescribed(name: str) -> list[str]:
    """The name without a description before it, behind it, or both, least taken off first.

    >>> undescribed("the official KCNA news agency")
    ['KCNA news agency', 'official KCNA', 'KCNA']
    >>> undescribed("KCNA")
    []
    """
    words = plain(name)
    before, after = _BEFORE.sub("", words), _AFTER.sub("", words)
    both = _AFTER.sub("", before)
    return [bare for bare in dict.fromkeys((before, after, both)) if bare and bare != words]


def without_parentheses(name: str) -> Iterator[str]:
    """`name`, and what is left without its parentheses, as in "World Bank (WB)"."""
    yield name
    head, opening, rest = name.partition("(")
    if opening and head.strip():
        yield f"{head} {rest.partition(')')[2]}"
