from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.sentences import sentences, split
from claims.records import BlockKind
from tests.extraction.making import BODY, CAPTION, document, joined

PIECES = st.lists(
    st.sampled_from(
        ["He left.", "“No,” she said.", "Dr. Abe", "U.S.", "…", "\n", "\n\n", " ", "Why?!", "the",
         "\u00a0", "e\u0301", "\ufeff", "\u200b", "😀", "\u2028", "•", "1.", "(AP)"]
    ),
    max_size=12,
).map(" ".join)  # fmt: skip


@given(PIECES, PIECES)
def test_sentences_are_in_order_and_cover_all_but_white_space(text: str, before: str) -> None:
    whole = before + text + before
    end = len(before) + len(text)
    position = len(before)
    for span in split(whole, len(before), end):
        assert position <= span.start < span.end <= end
        assert not whole[position : span.start].strip()
        assert whole[slice(*span)] == whole[slice(*span)].strip()
        position = span.end
    assert not whole[position:end].strip()


def test_sentences_of_headline_and_body_only() -> None:
    doc = joined(
        [
            (BlockKind.HEADLINE, "Bridge closed", True),
            (CAPTION, "A bridge. It is closed.", True),
            (BlockKind.DATELINE, "SEOUL (AP) —", True),
            (BODY, "It was closed. Nobody\nsaid why.", False),
            (BlockKind.CREDIT, "(Yonhap)", False),
            (BlockKind.BOILERPLATE, "Read more. Now.", True),
        ]
    )
    assert [doc.text[s:e] for s, e in sentences(doc.text, doc.blocks)] == [
        "Bridge closed",
        "It was closed.",
        "Nobody\nsaid why.",
    ]


def test_the_same_sentence_twice_is_found_twice() -> None:
    doc = document([(BODY, "He left. He left. He left.")])
    assert [s.start for s in sentences(doc.text, doc.blocks)] == [0, 9, 18]


def test_a_paragraph_that_a_page_breaks_off_is_one_sentence() -> None:
    doc = document([(BODY, "Two towns pay the toll — the northern\n\nfor its bridge.\nIt ended.")])
    assert [doc.text[s:e] for s, e in sentences(doc.text, doc.blocks)] == [
        "Two towns pay the toll — the northern\n\nfor its bridge.",
        "It ended.",
    ]
