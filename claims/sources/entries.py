"""What the registry holds: sources, what they are called, and how a name was recognised.

Plain data. A source is whoever or whatever speaks; a state and its government are one source, for
news writes "South Korea said" and "the South Korean government said" for the same thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

STATE = "state:"
"""Begins the id of a state (`state:KR`); what belongs to one goes on (`state:KR/nis`)."""


class SourceKind(StrEnum):
    """What sort of source."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GOVERNMENT = "government"
    MEDIA = "media"
    DOCUMENT = "document"
    UNNAMED = "unnamed"


class Control(StrEnum):
    """Who controls a source, mostly a medium. `unknown` unless a basis is given for it.

    `state`: a government directs or owns it. `public`: set up by law or charter for the public and
    kept at arm's length of the government. `private`: owned by a company, a foundation or members.
    """

    STATE = "state"
    PUBLIC = "public"
    PRIVATE = "private"
    UNKNOWN = "unknown"


class AliasKind(StrEnum):
    """How a name stands for its source.

    `title`: an office that somebody holds, with dates; the office is not the person. `metonym`: a
    place for the power that sits there. `demonym`: an adjective, which names the source only before
    a noun ("the Russian Foreign Ministry"). `short`: a shorter form of the name.
    """

    NAME = "name"
    ACRONYM = "acronym"
    TRANSLITERATION = "transliteration"
    SHORT = "short"
    TITLE = "title"
    METONYM = "metonym"
    DEMONYM = "demonym"


@dataclass(frozen=True, slots=True)
class Source:
    """One source. `country` is an ISO 3166-1 alpha-2 code, `owner` the id of another source.

    `basis` says why owner and control are what they are, `basis_date` the day as of which that is
    known to hold. Without a basis there is no owner and control is unknown. `derived_from` names
    the package or file that the row comes from.
    """

    id: str
    name: str
    kind: SourceKind
    country: str | None = None
    owner: str | None = None
    control: Control = Control.UNKNOWN
    basis: str | None = None
    basis_date: date | None = None
    derived_from: str | None = None

    @property
    def is_state(self) -> bool:
        """Whether it is a state, and not a part of one."""
        return self.id.startswith(STATE) and "/" not in self.id


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to name a source.

    `ambiguous`: the words also mean something else, in the registry or not, so that they don't
    name the source without more context. Dates are inclusive; None is open.
    """

    source_id: str
    alias: str
    kind: AliasKind
    ambiguous: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    derived_from: str | None = None

    def holds(self, on: date | None) -> bool:
        """Whether the name is in use on a day; any alias holds where no day is given."""
        if on is None:
            return True
        return (self.valid_from or on) <= on <= (self.valid_to or on)


@dataclass(frozen=True, slots=True)
class Match:
    """A source that a name may stand for, by which alias.

    `ambiguous`: the name alone doesn't tell that this one is meant.
    """

    source: Source
    alias: Alias
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A source found by likeness: the name that is like the words, and how much (0 to 100)."""

    source: Source
    alias: str
    score: float
