"""On whose knowledge words rest, and how many such origins are independent of each other.

The origin of an attribution is the innermost source of its chain that speaks from its own
knowledge. Ten outlets with one agency's dispatch have one origin; so have an agency and the
government that owns it, once origins are counted as independent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from claims.records import Carrier, CarrierRole, Speaker
from claims.sources.answers import AUTHOR, NONE, UNRESOLVED
from claims.sources.media import UNNAMED, Known
from claims.sources.passing import PLATFORMS

KnownT = TypeVar("KnownT", bound=Known)
_SIDE = re.compile(r"(?:[A-Z][\w.]*[ \t]+)*[A-Z][\w.]*")


class Registry(Protocol[KnownT]):
    """What is needed of a registry to know who stands behind a source."""

    def resolve(self, name: str) -> KnownT | None:
        """The source of a name, None if it is unknown or not plain."""
        ...

    def owner_chain(self, source: KnownT) -> Sequence[KnownT]:
        """Who owns a source, who owns that, and so on outward."""
        ...

    def government_of(self, source: KnownT) -> KnownT | None:
        """The state that a source is or belongs to; None if it is none's."""
        ...


def origin_of(
    speaker: str,
    speakers: Sequence[Speaker],
    carriers: Sequence[Carrier],
    cites: Sequence[Carrier] = (),
) -> str:
    """Who knows what is said: one string like `speaker`, several names joined by "; ".

    That is the speaker, by the registry's name where it has one, also where it is unnamed or
    unresolved. Where the words have no source, or are the article's own, whoever stands behind
    them first: the innermost carrier that is no platform. "NONE" or "AUTHOR" is left where there
    is none. A medium that cites another has it from that one.
    """
    if cites:
        return cites[0].canonical or cites[0].name
    if speaker not in (NONE, AUTHOR):
        named = [one.canonical or one.name for one in speakers]
        is_plain = speaker != UNRESOLVED and not speaker.startswith(UNNAMED)
        return "; ".join(dict.fromkeys(named)) if named and is_plain else speaker
    vouching = (one.canonical or one.name for one in carriers if one.name not in PLATFORMS)
    return next(vouching, speaker)


def chain_of(
    speaker: str, carriers: Sequence[Carrier], cites: Sequence[Carrier] = ()
) -> str | None:
    """The chain in one line, "NIS → Yonhap → Reuters", from the speaker outward.

    None where nobody but the outlet stands between the speaker and the reader.
    """
    if not cites and all(carrier.role == CarrierRole.PUBLISHED for carrier in carriers):
        return None
    links = [*(one.name for one in cites), speaker, *(carrier.name for carrier in carriers)]
    return " → ".join(dict.fromkeys(links))  # one that was merged into another stands once


def distinct(origins: Iterable[str]) -> list[str]:
    """The origins of several attributions, each once, in the order given.

    Joint speakers are several. What has no source, or one that the program could not tell, can't
    be counted and is left out.
    """
    names = (
        name.strip()
        for origin in origins
        for name in ([origin] if origin.startswith(UNNAMED) else origin.split(";"))
    )
    return list(dict.fromkeys(name for name in names if name not in ("", NONE, UNRESOLVED)))


def independent(origins: Iterable[str], registry: Registry[KnownT] | None) -> int:
    """How many origins have neither owner nor government in common.

    Whom the registry doesn't know is taken for one of its own, unless it is unnamed and its side
    is said ("US officials"): then it is that government's. Without a registry only equal names
    are one.
    """
    return len({behind(name, registry) for name in distinct(origins)})


def behind(name: str, registry: Registry[KnownT] | None) -> str:
    """Who stands behind an origin in the end, as a key: the id of a source where one is known."""
    forms = [name]
    if name.startswith(UNNAMED):
        forms = [m.group() for m in _SIDE.finditer(name.removeprefix(UNNAMED))]
    for form in forms if registry is not None else ():
        assert registry is not None
        source = registry.resolve(form)
        if source is not None:
            owners = registry.owner_chain(source)
            return (registry.government_of(source) or [source, *owners][-1]).id
    return f"{UNNAMED}{name}".casefold()  # no id of a source begins so
