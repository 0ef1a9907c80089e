from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.words import (
    FEATURES,
    MAX_PIECES_PER_WORD,
    quotation_states,
    shape,
)
from tests.extraction.making import reader


@given(st.text(max_size=60), st.text(max_size=10), st.text(max_size=10))
def test_words_cover_all_but_white_space(inner: str, before: str, after: str) -> None:
    text = before + inner + after
    start, end = len(before), len(before) + len(inner)
    words = reader().read(text, start, end)
    position = start
    for low, high in words.spans:
        assert start <= low < high <= end
        assert not text[position:low].strip()
        assert not any(c.isspace() for c in text[low:high])
        position = high
    assert not text[position:end].strip()
    assert len(words.spans) == len(words.pieces) == len(words.features)
    assert all(1 <= len(p) <= MAX_PIECES_PER_WORD for p in words.pieces)
    assert all(0 <= f < FEATURES for f in words.features)


def test_words_of_a_sentence() -> None:
    text = "Dr. Abe’s U.N. aide, 47, said: “No.”"
    words = reader().read(text, 0, len(text))
    assert [text[s:e] for s, e in words.spans] == [
        *("Dr", ".", "Abe", "’", "s", "U", ".", "N", ".", "aide", ",", "47", ",", "said", ":"),
        *("“", "No", ".", "”"),
    ]


def test_a_known_word_is_one_piece_whatever_its_case_and_a_long_one_is_cut() -> None:
    made = reader()
    text = "MINISTRY ministry " + "q" * 60
    upper, lower, long = made.read(text, 0, len(text)).pieces
    assert upper == lower
    assert len(upper) == 1
    assert len(long) == MAX_PIECES_PER_WORD


def test_pieces_do_not_depend_on_what_was_read_before() -> None:
    used = reader()
    for text in ("zzz budget", "bridge of sighs", "zzz"):
        assert used.read(text, 0, len(text)) == reader().read(text, 0, len(text))


@pytest.mark.parametrize(
    ("word", "wanted"),
    [(",", 0), ("_x", 0), ("47", 1), ("2nd", 1), ("UN", 2), ("A", 3), ("Abe", 3), ("said", 4)],
)
def test_shape(word: str, wanted: int) -> None:
    assert shape(word) == wanted


@pytest.mark.parametrize(
    ("sentence", "inside", "at_end"),
    [
        ("he said “ no ” and left", "“ no ”", False),
        ('he said " no " and left', '" no "', False),
        ("« non » he said", "« non »", False),
        ("he said “ no and left", "“ no and left", True),
        ('" a " b " c', '" a " " c', True),
        ("stray ” mark", "", False),
        ("“ one “ two ” three", "“ one “ two ”", False),
        ("no quotation here", "", False),
    ],
)
def test_quotation_states(sentence: str, inside: str, at_end: bool) -> None:
    words = sentence.split()
    states, end = quotation_states(words)
    assert " ".join(w for w, s in zip(words, states, strict=True) if s) == inside
    assert end is at_end


def test_features_hold_shape_and_state() -> None:
    text = "Abe “Abe”"
    words = reader().read(text, 0, len(text))
    assert words.features == [6, 1, 7, 1]
    assert not words.open_quote
    assert reader().read(text, 0, len(text) - 1).open_quote
