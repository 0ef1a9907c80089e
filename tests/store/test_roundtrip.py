"""Whatever is saved comes back exactly: spans, words, labels, whatever the characters."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.records import (
    Act,
    Attribution,
    Block,
    BlockKind,
    Carrier,
    Document,
    Extraction,
    Framing,
    ModelInfo,
    Sentence,
    SentenceKind,
    Span,
    Speaker,
    Stance,
)
from claims.store import Filter, Store
from tests.store.making import document

_versions = itertools.count()

# Every character but NUL and surrogates; those outside the first plane and marks often.
characters = st.one_of(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0"),
    st.sampled_from("\n\u0301\u200b\u202e𝔘😀’'\"\\%;\r\ufeff"),
)
words = st.text(characters, min_size=1, max_size=12)
share = st.floats(0, 1)


def ranges(length: int) -> st.SearchStrategy[Span]:
    return st.tuples(st.integers(0, length - 1), st.integers(1, length)).map(
        lambda ends: Span(min(ends[0], ends[1] - 1), max(ends[0] + 1, ends[1]))
    )


@st.composite
def attributions(draw: st.DrawFn, length: int, index: int, count: int) -> Attribution:
    spans = st.lists(ranges(length), max_size=3).map(tuple)
    evidence = st.none() | ranges(length)
    parents = [n for n in range(count) if n != index]
    return Attribution(
        draw(spans),
        draw(st.lists(ranges(length), min_size=1, max_size=2).map(tuple)),
        draw(spans),
        draw(st.sampled_from(Stance)),
        draw(st.sampled_from(Act)),
        draw(st.sampled_from(Framing)),
        draw(share),
        draw(words),
        tuple(
            draw(
                st.lists(
                    st.builds(
                        Speaker,
                        words,
                        canonical=st.none() | words,
                        kind=st.none() | words,
                        confidence=st.none() | share,
                        evidence=evidence,
                    ),
                    max_size=2,
                )
            )
        ),
        tuple(draw(st.lists(st.builds(Carrier, words, words, evidence), max_size=2))),
        draw(st.none() | st.sampled_from(parents)) if parents else None,
    )


@st.composite
def articles(draw: st.DrawFn) -> tuple[Document, Extraction]:
    text = draw(st.text(characters, min_size=1, max_size=60))
    count = draw(st.integers(0, 4))
    sentence = st.builds(
        lambda span, kind, worth: Sentence(*span, kind, worth),
        ranges(len(text)),
        st.sampled_from(SentenceKind),
        share,
    )
    extraction = Extraction(
        tuple(draw(st.lists(sentence, max_size=3))),
        tuple(draw(attributions(len(text), n, count)) for n in range(count)),
        # A model of its own, so that each example adds a run, even over a text seen before.
        ModelInfo("drawn", str(next(_versions))),
    )
    given_document = document(text, draw(words), title=draw(st.none() | words))
    return given_document, extraction


@settings(max_examples=60, deadline=None)
@given(articles())
def test_what_is_saved_comes_back(
    lasting_store: Store, article: tuple[Document, Extraction]
) -> None:
    given_document, extraction = article
    saved = lasting_store.save(given_document, extraction)
    rows = [
        row
        for row in lasting_store.attributions(Filter(article=saved.article_id))
        if row.run_id == saved.run_id
    ]
    view = lasting_store.article(saved.article_id)
    if saved.run_id != view.runs[-1].id or saved.version != view.row.version:
        return  # an older version was read anew: it isn't the one shown
    assert view.text == given_document.text
    assert view.blocks == (Block(0, len(view.text), BlockKind.BODY, 0),)
    assert view.sentences == extraction.sentences
    assert tuple(rows) == view.attributions
    back = tuple(
        Attribution(
            *(
                tuple(Span(quote.start, quote.end) for quote in quotes)
                for quotes in (row.source, row.cue, row.content)
            ),
            row.stance,
            row.act,
            row.framing,
            row.confidence,
            row.speaker,
            row.speakers,
            row.carriers,
            row.parent,
        )
        for row in rows
    )
    assert back == extraction.attributions
    for row in rows:
        for quote in (*row.source, *row.cue, *row.content):
            assert quote.exact == given_document.text[quote.start : quote.end]
