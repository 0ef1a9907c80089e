"""Whose knowledge words rest on, and how many such origins are independent."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from claims.records import Carrier, Speaker
from claims.sources.origins import chain_of, distinct, independent, origin_of

YONHAP, REUTERS = Carrier("Yonhap", "cited"), Carrier("Reuters", "carried")
POST, TELEGRAM = Carrier("Harbour Post", "published"), Carrier("Telegram", "cited")


@dataclass(frozen=True)
class Body:
    id: str
    owner: str | None = None
    government: str | None = None
    kind: str = "media"


class Register:
    """Three media of one government, two of one owner, one of nobody."""

    bodies = (
        Body("Estavia", government="Estavia"),
        Body("Estavian Press Agency", "Estavia", "Estavia"),
        Body("Estavia’s Interior Ministry", government="Estavia"),
        Body("Harbour Group"),
        Body("Harbour Post", "Harbour Group"),
        Body("Harbour Radio", "Harbour Group"),
        Body("Lund Courier"),
    )

    def resolve(self, name: str) -> Body | None:
        return next((body for body in self.bodies if body.id == name), None)

    def owner_chain(self, source: Body) -> list[Body]:
        owner = self.resolve(source.owner) if source.owner else None
        return [owner, *self.owner_chain(owner)] if owner else []

    def government_of(self, source: Body) -> Body | None:
        return self.resolve(source.government) if source.government else None


@pytest.mark.parametrize(
    ("speaker", "carriers", "origin"),
    [
        ("NIS", (YONHAP, REUTERS, POST), "NIS"),
        ("KCNA", (REUTERS,), "KCNA"),
        ("UNNAMED: a Seoul official", (YONHAP,), "UNNAMED: a Seoul official"),
        ("UNRESOLVED", (YONHAP,), "UNRESOLVED"),
        ("NONE", (YONHAP, REUTERS), "Yonhap"),
        ("NONE", (TELEGRAM, REUTERS), "Reuters"),
        ("NONE", (), "NONE"),
        ("AUTHOR", (REUTERS, POST), "Reuters"),
        ("AUTHOR", (), "AUTHOR"),
        ("Ana Belo; Rui Sá", (YONHAP,), "Ana Belo; Rui Sá"),
    ],
)
def test_the_innermost_that_knows(speaker: str, carriers: tuple[Carrier, ...], origin: str) -> None:
    assert origin_of(speaker, (), carriers) == origin


def test_the_registrys_name_stands_for_the_articles() -> None:
    agency = Speaker("the agency", canonical="National Intelligence Service")
    assert origin_of("the agency", (agency,), ()) == "National Intelligence Service"
    assert origin_of("A; B", (Speaker("A"), Speaker("B", canonical="Bee")), ()) == "A; Bee"
    assert origin_of("UNRESOLVED", (agency,), ()) == "UNRESOLVED"


def test_what_cannot_be_told_is_no_origin() -> None:
    found = ["A; B", "B", "NONE", "UNRESOLVED", "UNNAMED: aides; clerks", "A"]
    assert distinct(found) == ["A", "B", "UNNAMED: aides; clerks"]
    assert independent(["NONE", "UNRESOLVED"], Register()) == 0


@pytest.mark.parametrize(
    ("origins", "count"),
    [
        (["Harbour Post", "Harbour Radio", "Harbour Group"], 1),
        (["Estavia", "Estavian Press Agency", "Estavia’s Interior Ministry"], 1),
        (["Harbour Post", "Lund Courier", "Estavia"], 3),
        (["UNNAMED: officials in Estavia", "Estavia"], 1),
        (["UNNAMED: two aides", "UNNAMED: villagers", "Lund Courier"], 3),
        (["Ana Belo; Estavia", "Estavian Press Agency"], 2),
        (["Harbour Group", "UNNAMED: Harbour Post staff"], 1),
    ],
)
def test_one_owner_or_one_government_is_one(origins: list[str], count: int) -> None:
    assert independent(origins, Register()) == count


def test_without_a_registry_only_equal_names_are_one() -> None:
    assert independent(["Harbour Post", "Harbour Radio", "Harbour Post"], None) == 2


def test_the_chain_in_one_line() -> None:
    assert chain_of("NIS", (YONHAP, REUTERS, POST)) == "NIS → Yonhap → Reuters → Harbour Post"
    assert chain_of("NIS", (POST,)) is None
    assert chain_of("NIS", ()) is None


def test_whom_a_medium_cites_is_the_origin_and_begins_the_chain() -> None:
    assert origin_of("Yonhap", (), (REUTERS, POST), (Carrier("NIS", "cited"),)) == "NIS"
    assert chain_of("Yonhap", (REUTERS, POST), (Carrier("NIS", "cited"),)) == (
        "NIS → Yonhap → Reuters → Harbour Post"
    )
    assert chain_of("Harbour Post", (), (Carrier("NIS", "cited"),)) == "NIS → Harbour Post"
