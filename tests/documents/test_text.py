"""The stored form of a text and the way back from it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.documents import from_text, to_given
from claims.documents.text import check, normalise
from claims.errors import DocumentError
from claims.records import Document, Span

# What changes under normalisation, and what stands beside it in real copy.
PIECES = st.one_of(
    st.sampled_from(
        [
            "\r\n",
            "\r",
            "\n",
            "\ufeff",
            "e\u0301",
            "a\u0323\u0302",  # two marks, composed together
            "q\u0302\u0323",  # two marks, reordered and not composed
            "\u1112\u1161\u11ab",  # Hangul jamo of one syllable
            "\u1112\u1161",
            "\u11ab",
            "\u212b",  # ångström sign
            "\u0958",  # excluded from composition: grows
            "\u0344",  # a mark that decomposes
            "\u0f73",
            "\u09c7\u09be",  # a vowel sign that composes with the one before it
            "👩\u200d👩\u200d👧",
            "🇰🇷",
            "é",
            "한",
            "x",
            " ",
        ]
    ),
    st.text(max_size=3),
)
RAW = (
    st.lists(PIECES, max_size=12)
    .map("".join)
    .filter(lambda s: not any(0xD800 <= ord(c) <= 0xDFFF for c in s))
)


def stored(raw: str) -> str:
    """The definition, written the plain way."""
    raw = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", raw)


def document(raw: str) -> Document:
    text, origin = normalise(raw)
    return Document("x", text, "", "", "jsonl", (), origin=origin)


@settings(max_examples=400, deadline=None)
@given(RAW)
def test_stored_form_is_nfc_with_lf(raw: str) -> None:
    text, origin = normalise(raw)
    assert text == stored(raw)
    if origin is None:
        assert text == raw
    else:
        assert len(origin) == len(text) + 1
        assert list(origin) == sorted(origin)
        assert origin[-1] == len(raw)


@settings(max_examples=400, deadline=None)
@given(RAW, st.data())
def test_a_span_maps_to_given_text_whose_stored_form_contains_it(
    raw: str, data: st.DataObject
) -> None:
    doc = document(raw)
    start = data.draw(st.integers(0, len(doc.text)))
    end = data.draw(st.integers(start, len(doc.text)))
    low, high = to_given(doc, Span(start, end))
    assert 0 <= low <= high <= len(raw)
    assert doc.text[start:end] in unicodedata.normalize(
        "NFC", raw[low:high].replace("\r\n", "\n").replace("\r", "\n")
    )


@settings(max_examples=200, deadline=None)
@given(RAW)
def test_a_span_of_whole_characters_maps_to_no_more_than_it_needs(raw: str) -> None:
    doc = document(raw)
    for i in range(len(doc.text)):
        low, high = to_given(doc, Span(i, i + 1))
        assert low < high
    low, high = to_given(doc, Span(0, len(doc.text)))
    assert normalise("\ufeff" + raw[low:high])[0] == doc.text


def test_the_words_of_a_quotation_are_found_again_in_the_given_text() -> None:
    raw = (
        "\ufeffMr. Ando\u0302 said:\r\n"
        "“It was the cafe\u0301, and not the re\u0301sume\u0301 👩\u200d👧.”\r\n"
    )
    doc = document(raw)
    at = doc.text.index("the résumé")
    low, high = to_given(doc, Span(at, at + len("the résumé")))
    assert raw[low:high] == "the re\u0301sume\u0301"
    at = doc.text.index("It was")
    assert raw[slice(*to_given(doc, Span(at, at + 6)))] == "It was"


def test_plain_text_needs_no_map() -> None:
    assert normalise("It was said.\nAgain.") == ("It was said.\nAgain.", None)
    assert normalise("café 한 👩") == ("café 한 👩", None)


def test_empty_span_maps_to_a_place() -> None:
    doc = document("\ufeffab\r\nc")
    assert to_given(doc, Span(3, 3)) == Span(5, 5)


@pytest.mark.parametrize("bad", ["a\x00b", "a\ud83db", "\udc00"])
def test_nul_and_lone_surrogates_are_refused(bad: str) -> None:
    with pytest.raises(DocumentError, match=r"here\.txt") as caught:
        check(bad, "here.txt")
    assert caught.value.repair


def test_both_hashes_differ_where_the_bytes_do() -> None:
    plain = from_text("The minister said so.\nTwice.")
    dos = from_text("The minister said so.\r\nTwice.")
    assert plain.text == dos.text
    assert plain.sha256 == dos.sha256
    assert plain.raw_sha256 != dos.raw_sha256
    assert plain.sha256 == plain.raw_sha256
