"""Which articles are one text, and whose."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching.body import Body
from claims.matching.copies import Copy, CopyIndex
from claims.matching.syndication import Basis, Marks, groups
from tests.matching.stories import DISPATCH, MENU, OTHER, body
from tests.matching.test_copies import story

BODIES = {
    "agency": body(*DISPATCH),
    "other": body(*OTHER),
    "reled": body(*OTHER[:1], *DISPATCH[1:]),
    "stuffed": body(*MENU, *DISPATCH, *MENU),
    "trimmed": body(*DISPATCH[:4]),
}
ONE_TEXT = ("agency", "reled", "stuffed", "trimmed")


def copies(bodies: dict[str, Body]) -> list[Copy]:
    return CopyIndex().add_all(bodies.items())


@given(st.permutations(list(BODIES)))
@settings(max_examples=20, deadline=None)
def test_one_group_in_whatever_order(order: list[str]) -> None:
    found = [group.articles for group in groups(copies({name: BODIES[name] for name in order}))]
    assert found == [ONE_TEXT]


def test_groups_do_not_chain() -> None:
    first, second = story(1), story(2)
    bodies = {"first": body(*first), "roundup": body(*first, *second), "second": body(*second)}
    found = [group.articles for group in groups(copies(bodies))]
    assert found == [("first", "roundup")] or found == [("roundup", "second")]


def test_two_halves_of_one_text_share_nothing() -> None:
    bodies = {"end": body(*DISPATCH[5:]), "head": body(*DISPATCH[:5]), "whole": body(*DISPATCH)}
    (group,) = groups(copies(bodies))
    assert "whole" in group.articles
    assert len(group.articles) == 2


def test_pairs_that_were_not_compared_are_told_by_a_third() -> None:
    bodies = {name: BODIES[name] for name in ONE_TEXT}
    all_pairs = copies(bodies)
    some = [pair for pair in all_pairs if "agency" in (pair.a, pair.b)]
    assert len(some) < len(all_pairs)
    assert [group.articles for group in groups(some)] == [ONE_TEXT]


def test_a_text_in_very_many_outlets_is_one_group() -> None:
    index, pairs = CopyIndex(), []
    for n in range(180):
        kept = DISPATCH[: 4 + n % 7]
        pairs += index.add(f"{n:03}", body(*story(n, 1), *kept, *MENU[: n % 5]))
    assert len(pairs) < 180 * 179 / 2  # not all of them are compared
    assert [len(group.articles) for group in groups(pairs)] == [180]


def test_partial_reuse_alone_makes_no_group() -> None:
    pairs = copies({"a": body(*DISPATCH), "b": body(*OTHER)})
    assert pairs
    assert groups(pairs) == []
    assert groups([]) == []


DAY, NEXT = "2031-01-07", "2031-01-08"


@pytest.mark.parametrize(
    ("marks", "original", "agency", "basis"),
    [
        ({}, None, None, Basis.UNKNOWN),
        ({"a": Marks(published=DAY), "b": Marks(published=NEXT)}, "a", None, Basis.EARLIEST),
        ({"a": Marks(published=NEXT), "b": Marks(published=DAY)}, "b", None, Basis.EARLIEST),
        ({"a": Marks(published=DAY), "b": Marks(published=DAY)}, None, None, Basis.UNKNOWN),
        ({"a": Marks(published=DAY)}, None, None, Basis.UNKNOWN),
        ({"a": Marks(published="soon"), "b": Marks(published=DAY)}, None, None, Basis.UNKNOWN),
        (
            {
                "a": Marks(published=f"{NEXT}T01:00+05:00"),
                "b": Marks(published=f"{DAY}T21:00+00:00"),
            },
            "a",
            None,
            Basis.EARLIEST,
        ),
        ({"a": Marks("Harbour Post", "AP", DAY), "b": Marks("Post", None, NEXT)},
         None, "AP", Basis.CREDIT),
        ({"a": Marks("Harbour Post", "AP", DAY), "b": Marks("The Associated Press", None, NEXT)},
         "b", "AP", Basis.AGENCY),
        ({"a": Marks("Harbour Post", None, DAY), "b": Marks("Reuters", None, DAY)},
         "b", "Reuters", Basis.AGENCY),
        ({"a": Marks("Post", "Velmora Press Agency"), "b": Marks("Velmora Press Agency")},
         "b", "Velmora Press Agency", Basis.AGENCY),
        ({"a": Marks("AP", "AP", NEXT), "b": Marks("AP", "AP", DAY)}, "b", "AP", Basis.AGENCY),
        ({"a": Marks("Post", "AP", DAY), "b": Marks("Courier", "Reuters", NEXT)},
         None, None, Basis.DISAGREEING),
    ],
)  # fmt: skip
def test_whose_text_it_is(
    marks: dict[str, Marks], original: str | None, agency: str | None, basis: Basis
) -> None:
    pairs = copies({"a": body(*DISPATCH), "b": body(*DISPATCH)})
    (group,) = groups(pairs, marks)
    assert (group.original, group.agency, group.basis) == (original, agency, basis)


def test_an_equal_strength_is_decided_by_the_keys() -> None:
    (pair,) = copies({"a": body(*DISPATCH), "b": body(*DISPATCH)})
    others = [replace(pair, a="a", b=b) for b in ("c", "d")]
    assert groups([pair, *others]) == groups([*others[::-1], pair])
