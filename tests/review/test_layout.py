"""The passage as lines: nothing is lost, nothing is obeyed, and each cell knows its character."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from claims.records import Act, Framing, Span, Stance
from claims.review.layout import SIGNS, Mark, lay_out, marks_of, offset_at, row_of
from claims.review.values import Values
from claims.terminal import harmless

HOSTILE = (
    "[bold red]Corva Dent[/] said \x1b[31mred\x1b]8;;http://x.example\x07 \u202eevil\u2066 "
    "漢字の長い文 e\u0301 👩‍👩‍👧 \t\x00 \\[x] [@click=app.quit]go[/]."
)
TEXTS = st.text(
    st.sampled_from("ab [](){}<>\\\x1b\x07\u202e\u2066漢e\u0301👩\u200d \n\n.,“’"), max_size=120
)


def shown(lines: list[tuple[object, ...]]) -> list[str]:
    return ["".join(piece.shown for piece in line) for line in lines]  # type: ignore[attr-defined]


@given(TEXTS, st.integers(4, 40), st.data())
def test_lines_hold_the_whole_text_and_fit(text: str, width: int, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    marks = []
    for role in SIGNS:
        start, end = sorted((data.draw(places), data.draw(places)))
        if start < end:
            marks.append(Mark(Span(start, end), role, *SIGNS[role]))
    lines = lay_out(text, Span(0, len(text)), marks, width)
    plain = "".join(piece.shown for line in lines for piece in line if not piece.sign)
    assert re.sub(r"\s", "", plain) == re.sub(r"\s", "", harmless(text))
    for line in lines:
        assert sum(cell_len(piece.shown) for piece in line) <= max(width, 8)
        for piece in line:
            assert 0 <= piece.start <= piece.end <= len(text)


def test_nothing_hostile_is_left() -> None:
    told = "".join(shown(lay_out(HOSTILE, Span(0, len(HOSTILE)), (), 30)))
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told)
    assert "␛" in told and "<U+202E>" in told and "[bold red]" in told


def test_marks_stand_around_their_words_and_break_with_them() -> None:
    text = "The port union denied that any date was agreed."
    values = Values(
        (Span(0, 14),), (Span(15, 21),), (Span(22, 46),),
        Stance.DENIES, Act.DENIAL, Framing.NEUTRAL, "port union",
    )  # fmt: skip
    lines = lay_out(text, Span(0, len(text)), marks_of(values), 24)
    assert shown(lines) == ["<The port union>", "{denied} [that any date", "was agreed]."]
    active = [
        piece.shown
        for line in lay_out(text, Span(0, 47), marks_of(values, ("cue", 0, "end")), 60)
        for piece in line
        if piece.sign == "active"
    ]
    assert active == ["}"]


def test_paragraphs_stay_apart_and_single_line_ends_are_spaces() -> None:
    text = "One line\nof two.\n\n\nAnother."
    assert shown(lay_out(text, Span(0, len(text)), (), 40)) == ["One line of two.", "", "Another."]


@pytest.mark.parametrize("width", [10, 23, 60])
def test_each_cell_leads_to_its_character(width: int) -> None:
    text = "Ida Lund said 漢字 are hard, and “so it goes” was denied."
    lines = lay_out(text, Span(0, len(text)), [Mark(Span(4, 8), "source", "<", ">")], width)
    for y, line in enumerate(lines):
        x = 0
        for piece in line:
            for i, letter in enumerate(piece.shown):
                if not piece.sign and letter != " ":
                    assert text[offset_at(lines, x, y) or 0] == letter
                    assert row_of(lines, piece.start + i) == y
                x += cell_len(letter)
    assert offset_at(lines, 0, 99) is None
    assert offset_at(lines, 500, 0) is not None
