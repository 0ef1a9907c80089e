from __future__ import annotations

import pytest

from claims.extraction.spans import uncut
from claims.records import Span

TEXT = "Minister Son Song-kuk left to discuss fishing, pro-government papers say -- briefly."


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("Minister Son Song-", "Minister Son Song-kuk"),
        ("Minister Son Song", "Minister Son Song-kuk"),
        ("kuk left", "Song-kuk left"),
        ("-kuk", "Song-kuk"),
        ("government papers", "pro-government papers"),
        ("fishing", "fishing"),
        ("papers say", "papers say"),
    ],
)
def test_a_hyphenated_word_is_never_cut(cut: str, whole: str) -> None:
    assert uncut(TEXT, [[at(cut)], [], []]) == [(at(whole),), (), ()]


def test_no_span_grows_into_another() -> None:
    roles = [[at("Minister Son Song-")], [], [at("kuk left"), at("government papers say")]]
    first, cue, content = uncut(TEXT, roles)
    assert (first, cue) == ((at("Minister Son Song-"),), ())
    assert content == (at("kuk left"), at("pro-government papers say"))
