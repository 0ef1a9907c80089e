from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.windows import (
    FULL_PIECES,
    MAX_PIECES,
    SHORT_PARAGRAPH,
    Window,
    read_paragraphs,
    windows,
)
from claims.extraction.words import WORD
from claims.records import Block, BlockKind, Document, Span
from tests.extraction.making import BODY, CAPTION, CREDIT, document, joined, reader

READER = reader()
WORDS = st.sampled_from(
    ["the", "ministry", "said", ".", ",", ":", "“", "”", '"', "zq", "Qqqqqqq", "4711", "?", "it."]
)
PROSE = st.lists(st.tuples(WORDS, st.sampled_from(" \n")), min_size=1, max_size=40).map(
    lambda words: "".join(a + b for a, b in words).strip()
)
ARTICLES = st.lists(
    st.tuples(st.sampled_from(list(BlockKind)), PROSE, st.booleans()), max_size=8
).map(joined)


def read(doc: Document, max_pieces: int = MAX_PIECES) -> list[Window]:
    return windows(doc.text, read_paragraphs(doc.blocks), READER, max_pieces)


@given(ARTICLES, st.integers(1, 60))
def test_every_read_word_is_in_exactly_one_window_and_no_other(doc: Document, most: int) -> None:
    found = read(doc, most)
    wanted = [
        Span(m.start(), m.end())
        for block in doc.blocks
        if block.kind.is_read
        for m in WORD.finditer(doc.text, block.start, block.end)
    ]
    assert [w for window in found for w in window.words] == wanted


@given(ARTICLES, st.integers(1, 60))
def test_windows_are_whole_and_no_longer_than_allowed(doc: Document, most: int) -> None:
    for window in read(doc, most):
        assert window.words
        assert len(window.pieces) <= most or len(window.words) == 1
        count = len(window.words)
        assert count == len(window.first) == len(window.features) == len(window.paragraph)
        ends = [*window.first[1:], len(window.pieces)]
        for span, low, high in zip(window.words, window.first, ends, strict=True):
            assert WORD.fullmatch(doc.text, *span)
            assert window.pieces[low:high] == READER.read(doc.text, *span).pieces[0]
        assert window.paragraph == sorted(window.paragraph)


@given(ARTICLES)
def test_paragraph_ranges_never_cover_an_unread_block(doc: Document) -> None:
    ranges = read_paragraphs(doc.blocks)
    assert ranges == sorted(ranges)
    for block in doc.blocks:
        covering = [r for r in ranges if r.start < block.end and block.start < r.end]
        assert len(covering) == block.kind.is_read


def test_a_paragraph_with_a_credit_in_its_middle_becomes_two() -> None:
    doc = joined([(BODY, "One two", True), (CREDIT, "(Photo)", False), (BODY, "three.", False)])
    assert [doc.text[s:e] for s, e in read_paragraphs(doc.blocks)] == ["One two", "three."]


def test_blocks_of_one_paragraph_are_read_as_one() -> None:
    doc = joined(
        [
            (BlockKind.HEADLINE, "Bridge closed", True),
            (BlockKind.BOILERPLATE, "Jan. 3", True),
            (BlockKind.DATELINE, "SEOUL (AP) —", False),
            (BODY, "It was closed.", False),
            (CREDIT, "(Yonhap)", False),
        ]
    )
    assert [doc.text[s:e] for s, e in read_paragraphs(doc.blocks)] == [
        "Bridge closed",
        "SEOUL (AP) — It was closed.",
    ]


def test_hard_wrapped_lines_stay_one_paragraph() -> None:
    (window,) = read(document([(BODY, "The ministry\nsaid it\nwas closed."), (BODY, "Why?")]))
    assert window.paragraph == [0] * 7 + [1] * 2


def test_equal_paragraph_numbers_far_apart_are_not_one_paragraph() -> None:
    blocks = [Block(0, 3, BODY, 0), Block(5, 8, BODY, 1), Block(10, 13, BODY, 0)]
    assert read_paragraphs(blocks) == [(0, 3), (5, 8), (10, 13)]


@given(ARTICLES, st.integers(10, 120))
def test_a_paragraph_that_leads_on_stays_with_the_next_where_both_fit(
    doc: Document, most: int
) -> None:
    found = read(doc, most)
    size: dict[int, int] = {}
    homes: dict[int, set[int]] = {}
    leads: set[int] = set()
    for number, window in enumerate(found):
        ends = [*window.first[1:], len(window.pieces)]
        for p, low, high in zip(window.paragraph, window.first, ends, strict=True):
            size[p] = size.get(p, 0) + high - low
            homes.setdefault(p, set()).add(number)
        leads |= window.leads_on
    for p in leads & {p - 1 for p in size}:
        if size[p] + size[p + 1] <= most and homes[p] != homes[p + 1]:
            # Only because the next one leads on as well, and was taken along by the one after it.
            assert p + 1 in leads
            assert p + 2 in size


def long(words: int, end: str = ".") -> str:
    """So many words of one piece each, the mark at the end being the last."""
    return " ".join(["bridge"] * (words - 1)) + end


def test_what_leads_on() -> None:
    doc = document(
        [
            (BODY, long(SHORT_PARAGRAPH - 1)),
            (BODY, long(SHORT_PARAGRAPH)),
            (BODY, long(SHORT_PARAGRAPH + 5, ":")),
            (BODY, "“" + long(SHORT_PARAGRAPH + 5)),
            (BODY, "“" + long(SHORT_PARAGRAPH + 5, ".”")),
        ]
    )
    assert {p for window in read(doc) for p in window.leads_on} == {0, 2, 3}


def test_the_last_paragraph_moves_to_the_next_window_if_it_leads_on() -> None:
    parts = [(BODY, long(30)), (BODY, "He said:"), (BODY, long(30))]
    assert [w.paragraph[0] for w in read(document(parts), 40)] == [0, 1]
    parts[1] = (BODY, long(26))
    assert [w.paragraph[0] for w in read(document(parts), 60)] == [0, 2]


def test_paragraphs_are_put_together_up_to_a_size_that_is_quick_to_read() -> None:
    parts = [(BODY, long(42))] * 7
    assert [len(w.pieces) for w in read(document(parts))] == [FULL_PIECES, FULL_PIECES, 42]
    (window,) = read(document([(BODY, long(MAX_PIECES))]))  # one paragraph may be longer
    assert len(window.pieces) == MAX_PIECES


def test_long_paragraphs_are_cut_after_a_sentence() -> None:
    doc = document([(BODY, f"{long(8)} {long(8)[:-1]}.” {long(8)}")])
    found = read(doc, 20)
    assert [doc.text[w.words[-1].start : w.words[-1].end] for w in found] == ["”", "."]
    assert [len(w.words) for w in found] == [17, 8]


def test_a_cut_after_a_tiny_sentence_does_not_leave_a_window_too_long() -> None:
    """One piece, a full stop's worth, then words up to the limit, then one of eight pieces."""
    doc = document([(BODY, ". " + "the " * 9 + "qqqqqqqqqq the")])
    assert all(len(w.pieces) <= 10 for w in read(doc, 10))


@given(ARTICLES, st.integers(20, 200), st.data())
def test_region_covers_the_cues_paragraph_and_the_next_where_it_leads_on(
    doc: Document, most: int, data: st.DataObject
) -> None:
    for window in read(doc, most):
        start = data.draw(st.integers(0, len(window.words) - 1))
        end = data.draw(st.integers(start + 1, len(window.words)))
        low, high = window.region(start, end)
        assert 0 <= low <= start < end <= high <= len(window.words)
        first, last = window.paragraph[start], window.paragraph[end - 1]
        reached = set(range(first, last + 1))
        if first in window.leads_on:
            reached |= set([p for p in window.paragraph if p > last][:1])
        assert [p for p in window.paragraph if p in reached] == window.paragraph[low:high]


@given(ARTICLES, st.integers(0, 300), st.integers(1, 80))
def test_word_range_is_that_of_the_overlapping_words(doc: Document, start: int, size: int) -> None:
    span = Span(start, start + size)
    for window in read(doc, 80):
        under = [i for i, w in enumerate(window.words) if w.start < span.end and span.start < w.end]
        found = window.word_range(span)
        assert list(range(*found)) == under if found else not under


def test_captions_between_paragraphs_do_not_keep_them_apart() -> None:
    parts = [(BODY, "The minister said:"), (CAPTION, "A bridge."), (BODY, "“It is closed.”")]
    (window,) = read(document(parts))
    assert window.region(2, 3) == (0, len(window.words))
