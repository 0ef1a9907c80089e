"""Marks, drawings and addresses of the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.addresses import web_address
from claims.records import Block, BlockKind
from claims.reports.page.drawing import BOX, LANE, chain_graph, lane, scale_of
from claims.reports.page.marking import paragraphs
from claims.reports.positions import Position
from claims.reports.weighing import Stand
from claims.store import Store
from claims.store.claim_rows import MemberRow
from claims.store.rows import Quote
from tests.making_claims import COURIER
from tests.reports.conftest import weighed
from tests.reports.test_said import ROW
from tests.reports.test_show import ARTICLE


def stand(*chain: str, day: date | None = None, number: int = 1, **spans: object) -> Stand:
    from claims.matching.grouping import Relation
    from claims.records import Stance

    row = replace(ROW, source=(), cue=(), content=(Quote(0, 1, "x"),))
    row = replace(row, **spans)  # type: ignore[arg-type]
    member = MemberRow(
        number, 1, Relation.SAME, replace(ARTICLE, published_on=day), 1, row.content[0], "x",
        Stance.ASSERTS, row,
    )  # fmt: skip
    return Stand(member, Position.ASSERTS, True, False, (chain[0],), chain, chain[0])


def quote(text: str, words: str) -> Quote:
    start = text.index(words)
    return Quote(start, start + len(words), words)


def test_nested_and_overlapping_marks_name_all_that_cover_a_piece() -> None:
    text = "Vale said that Marsh said it rained."
    outer = stand(
        "Vale", number=1, source=(quote(text, "Vale"),), cue=(quote(text, "said"),),
        content=(quote(text, "that Marsh said it rained"),),
    )  # fmt: skip
    inner = stand(
        "Marsh", number=2, source=(quote(text, "Marsh"),),
        cue=(Quote(21, 25, "said"),), content=(quote(text, "it rained."),),
    )  # fmt: skip
    (paragraph,) = paragraphs(text, (), [outer, inner])
    assert [(p.text, p.roles, p.members) for p in paragraph.pieces] == [
        ("Vale", ("source",), (1,)),
        (" ", (), ()),
        ("said", ("cue",), (1,)),
        (" ", (), ()),
        ("that ", ("content",), (1,)),
        ("Marsh", ("content", "source"), (1, 2)),
        (" ", ("content",), (1,)),
        ("said", ("content", "cue"), (1, 2)),
        (" ", ("content",), (1,)),
        ("it rained", ("content",), (1, 2)),
        (".", ("content",), (2,)),
    ]
    anchored = [(p.text, a.member.statement_id) for p in paragraph.pieces for a in p.anchors]
    assert anchored == [("Vale", 1), ("Marsh", 2)]


@given(st.data())
def test_every_character_stands_once_and_every_member_has_its_anchor(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="ab \n<&\u202e", min_size=2, max_size=40))
    edges = st.integers(0, len(text))
    places = st.tuples(edges, edges).filter(lambda p: p[0] < p[1])
    stands = [
        stand("S", number=i, content=(Quote(a, b, text[a:b]),), source=(Quote(c, d, text[c:d]),))
        for i, ((a, b), (c, d)) in enumerate(
            data.draw(st.lists(st.tuples(places, places), max_size=4))
        )
    ]
    cuts = sorted(data.draw(st.sets(st.integers(1, len(text) - 1), max_size=3)))
    blocks = [
        Block(a, b, BlockKind.BODY, i)
        for i, (a, b) in enumerate(zip([0, *cuts], [*cuts, len(text)], strict=True))
    ]
    found = paragraphs(text, blocks, stands)
    assert "".join(p.text for para in found for p in para.pieces) == text
    anchors = [a.member.statement_id for para in found for p in para.pieces for a in p.anchors]
    assert sorted(anchors) == list(range(len(stands)))


def test_a_chain_runs_from_who_knows_to_who_prints() -> None:
    graph = chain_graph([stand("Marsh", "AP", "Post"), stand("Vale", "Post"), stand("Courier")])
    at = {box.name: (box.kind, box.x) for box in graph.boxes}
    assert at["Marsh"] == ("origin", 0)
    assert at["Vale"] == ("origin", 0)
    assert at["AP"][0] == "carrier"
    assert at["Post"] == ("outlet", at["Courier"][1])
    assert at["Post"][1] > at["AP"][1] > 0
    assert len(graph.edges) == 3
    assert graph.width == at["Post"][1] + BOX


def test_a_circle_of_carriers_is_drawn_too() -> None:
    graph = chain_graph([stand("A", "B", "Post"), stand("B", "A", "Post")])
    assert {box.name for box in graph.boxes} == {"A", "B", "Post"}


@given(st.lists(st.integers(0, 900), min_size=1, max_size=40))
def test_dots_stay_on_their_lane(days: list[int]) -> None:
    stands = [stand("S", day=date(2024, 1, 1) + timedelta(n)) for n in days]
    scale = scale_of(stands)
    assert scale is not None
    dots = lane(stands, scale)
    assert len(dots) == len(set(days))
    assert all(dot.x <= LANE for dot in dots)
    assert [d.stand.day for d in dots] == sorted({s.day for s in stands if s.day})


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", " https://a.example",
        "data:text/html,x", "//a.example/x", "https:///x", "https://a.example/\u202egpj",
        "https://bank.example@evil.example/", "http://[::1", "vbscript:x", "file:///etc/passwd", "",
        None,
    ],
)  # fmt: skip
def test_only_plain_web_addresses_are_linked(url: str | None) -> None:
    assert web_address(url) is None


def test_web_addresses_are_kept_as_they_are() -> None:
    for url in ("https://post.example/1?a=b&c=%22#d", "http://post.example"):
        assert web_address(url) == url


def test_stored_articles_are_marked(filled: Store) -> None:
    guards = weighed(filled)[0]
    denial = guards.stands[1]
    view = filled.article(denial.member.article.id)
    (paragraph,) = paragraphs(view.text, view.blocks, [denial])
    marked = [(p.text, p.roles[0]) for p in paragraph.pieces if p.roles]
    assert marked == [
        ("The Velmora embassy", "source"),
        ("denied", "cue"),
        ("that any guards had crossed the Ivara bridge", "content"),
    ]
    assert view.text == COURIER
