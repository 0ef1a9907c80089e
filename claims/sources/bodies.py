"""Bodies of a state as news names them: "Russia's Foreign Ministry", "the Russian Ministry of …".

Every state has some of the usual ministries, each written in several ways. They aren't listed one
by one: a ministry is read from the state's name and the ministry's subject, and its id made of
both (`state:RU/foreign-ministry`). A ministry that has a name of its own, as the US Department of
State has, stands in the tables under that id.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claims.sources.entries import Source, SourceKind
from claims.sources.keys import key, plain

PART_OF_THE_STATE = "part of the state"
_GOVERNMENT = frozenset(
    key(words) for words in ("government", "govt", "gov't", "federal government", "state")
)
_LONGEST_STATE = 6  # words: "the Democratic People's Republic of Korea"
_OF = re.compile(r"\s+of\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ministry:
    """A usual ministry: the last part of its id, and its name after a state's adjective."""

    id: str
    name: str

    def of(self, state: Source, adjective: str) -> Source:
        """This ministry of a state."""
        return Source(
            id=f"{state.id}/{self.id}",
            name=f"{adjective} {self.name}",
            kind=SourceKind.GOVERNMENT,
            country=state.country,
            owner=state.id,
            basis=PART_OF_THE_STATE,
            derived_from="ministries.csv",
        )


class Ministries:
    """The usual ministries by id and by the ways to write them."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """`rows` are `id, name, subject`: one subject ("foreign affairs") a row."""
        self.by_id: dict[str, Ministry] = {}
        self._by_key: dict[str, str] = {}
        for ministry_id, name, subject in rows:
            self.by_id.setdefault(ministry_id, Ministry(ministry_id, name))
            for words in (f"{subject} ministry", f"ministry of {subject}"):
                self._by_key.setdefault(key(words), ministry_id)
            for words in (f"ministry for {subject}", f"ministry of the {subject}"):
                self._by_key.setdefault(key(words), ministry_id)

    def named(self, words: str) -> str | None:
        """Id of the ministry that `words` name: "foreign affairs ministry"."""
        return self._by_key.get(key(words))


def read_ministries(lines: Iterable[str]) -> list[tuple[str, str, str]]:
    """The rows of `ministries.csv`."""
    return [(row["id"], row["name"], row["subject"]) for row in csv.DictReader(lines)]


def means_government(words: str) -> bool:
    """Whether `words` after a state's name stand for the state itself."""
    return key(words) in _GOVERNMENT


def parts(name: str) -> Iterator[tuple[str, str]]:
    """Ways to read `name` as a state and something of it, longer names of the state first.

    >>> list(parts("Russia's Foreign Ministry"))
    [("Russia's Foreign", 'Ministry'), ("Russia's", 'Foreign Ministry')]
    >>> list(parts("government of Togo"))[-1]
    ('Togo', 'government')
    """
    words = plain(name).split()
    for length in range(min(_LONGEST_STATE, len(words) - 1), 0, -1):
        yield " ".join(words[:length]), " ".join(words[length:])
    whole = " ".join(words)
    for of in _OF.finditer(whole):
        yield whole[of.end() :], whole[: of.start()]
