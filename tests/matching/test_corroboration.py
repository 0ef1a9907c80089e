"""On how many independent origins a claim rests."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest

from claims.matching.corroboration import Voice, corroborate
from claims.matching.syndication import Basis, Syndicate
from claims.records import Carrier, Speaker
from tests.sources.test_origins import Body, Register


@dataclass(frozen=True)
class WithIds(Register):
    """The register of the origins' tests, also by id."""

    def stands_for(self, source_id: str) -> Body | None:
        return self.resolve(source_id)


REGISTER = WithIds()
EPA, VALE = "Estavian Press Agency", "Vale News"
WIRE = Syndicate(("a", "b", "c"), None, VALE, Basis.CREDIT)
TEXT = Syndicate(("a", "b"), "b", None, Basis.EARLIEST)


def voice(article: str, origin: str, outlet: str = "", *through: str, own: bool = True) -> Voice:
    """A voice whose carriers are cited ones, and its outlet."""
    carriers = [Carrier(name, "cited") for name in through]
    carriers += [Carrier(outlet, "published")] if own and outlet else []
    return Voice(article, origin, outlet or None, (), tuple(carriers))


STATE = voice("a", EPA, "Post", EPA)
THROUGH = voice("b", "Ana Belo", "Lund", EPA)


def own(**outlets: str) -> list[Voice]:
    """What outlets say in their own voice, by article."""
    return [voice(article, outlet, outlet) for article, outlet in outlets.items()]


@pytest.mark.parametrize(
    ("voices", "groups", "independent", "at_most"),
    [
        ([], [], 0, 0),
        ([voice("a", "Ana Belo"), voice("b", "Ana Belo"), voice("c", "Ana Belo")], [], 1, 1),
        ([voice("a", "Ana Belo"), voice("b", "Rui Sá")], [], 2, 2),
        ([voice("a", "Ana Belo; Rui Sá")], [], 2, 2),
        # A wire text in three outlets, in the outlets' own voices.
        (own(a="Post", b="Lund", c="Bay"), [], 3, 3),
        (own(a="Post", b="Lund", c="Bay"), [WIRE], 1, 1),
        ([voice("a", "AUTHOR", "Post"), voice("b", "NONE", "Lund")], [WIRE], 1, 1),
        ([voice("a", "Post", "Post"), voice("x", VALE, "Bay", VALE)], [WIRE], 1, 1),
        (own(a="Post", b="Lund"), [TEXT], 1, 1),
        (own(a="Post", b="Lund", x="Lund"), [TEXT], 1, 1),
        ([voice("a", "AUTHOR"), voice("b", "AUTHOR")], [], 2, 2),
        ([voice("a", "AUTHOR"), voice("b", "AUTHOR")], [TEXT], 1, 1),
        # One owner, one government.
        (own(a="Harbour Post", b="Harbour Radio"), [], 1, 1),
        ([STATE, voice("b", "Estavia’s Interior Ministry", "Lund")], [], 1, 1),
        # Heard through nobody but a state's own agency, and elsewhere as well.
        ([THROUGH, voice("a", "Rui Sá", "Lund", EPA)], [], 1, 1),
        ([STATE, THROUGH], [], 1, 1),
        ([STATE, THROUGH, voice("c", "Ana Belo", "Bay", "Telegram")], [], 2, 2),
        # Who isn't known adds nothing.
        ([voice("a", "UNRESOLVED")], [], 1, 1),
        ([voice("a", "UNRESOLVED"), voice("b", "UNRESOLVED")], [], 1, 2),
        ([voice("a", "UNRESOLVED"), voice("b", "UNRESOLVED")], [TEXT], 1, 1),
        ([voice("a", "UNRESOLVED"), voice("b", "Ana Belo")], [], 1, 2),
        ([voice("a", "UNRESOLVED"), voice("b", "Ana Belo")], [TEXT], 1, 1),
        ([voice("a", "UNNAMED: two aides"), voice("b", "Ana Belo")], [], 1, 2),
        ([voice("a", "UNNAMED: two aides"), voice("b", "UNNAMED: two aides")], [], 1, 2),
        ([voice("a", "UNNAMED: two aides"), voice("b", "UNNAMED: two aides")], [TEXT], 1, 1),
        ([voice("a", "UNNAMED: officials in Estavia"), voice("b", "Estavia")], [], 1, 1),
        ([voice("a", "UNNAMED: officials in Estavia"), voice("b", "Ana Belo")], [], 2, 2),
    ],
)  # fmt: skip
def test_independent_origins(
    voices: list[Voice], groups: list[Syndicate], independent: int, at_most: int
) -> None:
    found = corroborate(voices, groups, REGISTER)
    assert (found.independent, found.at_most) == (independent, at_most)
    assert found.single_origin == (independent == 1)
    assert found.is_bound == (at_most > independent)
    shuffled = random.Random(3).sample(voices, len(voices))
    assert corroborate(shuffled, groups, REGISTER).independent == independent


def test_what_is_counted() -> None:
    tarrow = (Speaker("Tarrow", "person:tarrow", "Ilse Tarrow"),)
    voices = [
        Voice("a", "Ilse Tarrow", "The Harbour Post", tarrow),
        Voice("b", "Ilse Tarrow", "Harbour Post", tarrow),
        Voice("c", "UNRESOLVED", "Lund Courier"),
        Voice("d", "Maude Perrin", None, (Speaker("Maude Perrin"),)),
    ]
    found = corroborate(voices, [WIRE])
    assert (found.articles, found.texts, found.outlets, found.speakers) == (4, 2, 2, 2)
    assert found.origins == ("Ilse Tarrow", "Maude Perrin")
    assert (found.independent, found.at_most) == (2, 2)


def test_the_text_of_an_agency_is_named_as_the_origin() -> None:
    voices = own(a="Post", b="Lund")
    assert corroborate(voices, [WIRE]).origins == (VALE,)
    assert corroborate(voices, [TEXT]).origins == ("Lund",)


def test_a_source_is_known_by_its_id() -> None:
    paper = (Speaker("the paper", "Harbour Post"),)
    voices = [Voice("a", "the paper", None, paper), voice("b", "Harbour Group")]
    assert corroborate(voices, (), REGISTER).independent == 1
    assert corroborate(voices).independent == 2
