"""The marked text of an article: every word as stored, every mark over its own words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from claims.records import UNKNOWN, Block, BlockKind, ModelInfo
from claims.reports.show import marked_text
from claims.store.rows import ArticleRow, ArticleView, AttributionRow, Quote
from claims.terminal import harmless
from tests.reports.test_said import ROW

ARTICLE = ArticleRow(
    id=1, name="a.txt", url=None, title=None, outlet=None, wire=None, published=None,
    published_on=None, version=1, versions=1, runs=1, chars=1, sentences=0, attributions=0,
    model=ModelInfo("m", "1"), saved_at=datetime(2024, 1, 1, tzinfo=UTC), purged=False,
)  # fmt: skip


def view(text: str, rows: list[AttributionRow], blocks: tuple[Block, ...] = ()) -> ArticleView:
    return ArticleView(
        row=ARTICLE, text=text, sha256="", format="txt", outlet=UNKNOWN, wire=UNKNOWN,
        published=UNKNOWN, blocks=blocks, sentences=(), attributions=tuple(rows), versions=(),
        runs=(), purge=None,
    )  # fmt: skip


def quote(text: str, start: int, end: int) -> Quote:
    return Quote(start, end, text[start:end])


TEXTS = st.text(alphabet=st.sampled_from("ab \n\x1b\u202e“é"), min_size=1, max_size=30)


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[AttributionRow]]:
    text = draw(TEXTS)
    places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(
        lambda place: place[0] < place[1]
    )
    roles = st.tuples(*(st.lists(places, max_size=2).map(sorted) for _ in range(2)), places)
    return text, [
        replace(
            ROW,
            ordinal=i,
            source=tuple(quote(text, *place) for place in source),
            content=tuple(quote(text, *place) for place in content),
            cue=(quote(text, *cue),),
        )
        for i, (source, content, cue) in enumerate(draw(st.lists(roles, max_size=4)))
    ]


@given(articles())
def test_marks_change_no_word_and_lie_over_their_own(
    article: tuple[str, list[AttributionRow]],
) -> None:
    text, rows = article
    shown = marked_text(view(text, rows))
    assert re.sub(r"⟦\d+⟧", "", shown.plain) == harmless(text)
    assert [int(n) for n in sorted(re.findall(r"⟦(\d+)⟧", shown.plain), key=int)] == [
        row.ordinal + 1 for row in rows
    ]
    painted = [
        re.sub(r"⟦\d+⟧", "", shown.plain[span.start : span.end])
        for span in shown.spans
        if span.style == "bold green"
    ]
    assert sorted(painted) == sorted(harmless(q.exact) for row in rows for q in row.source)


def test_the_number_stands_right_after_the_cue() -> None:
    text = "\x1bVale said no."
    row = replace(
        ROW, source=(quote(text, 1, 5),), cue=(quote(text, 6, 10),), content=(quote(text, 11, 13),)
    )
    assert marked_text(view(text, [row])).plain == "␛Vale said⟦1⟧ no."


def test_captions_are_dim() -> None:
    text = "Vale said no.\n\nA picture."
    shown = marked_text(view(text, [], (Block(15, 25, BlockKind.CAPTION, 1),)))
    assert [(shown.plain[s.start : s.end], s.style) for s in shown.spans if s.style == "dim"] == [
        ("A picture.", "dim")
    ]
