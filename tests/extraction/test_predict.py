"""What holds of every output, whatever the weights: read with a network that was never trained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.extraction.conflicts import Candidate
from claims.extraction.loading import load
from claims.extraction.predict import (
    DECODING,
    LEAST_OFFERED,
    MORE_OFFERED,
    _decoded,
    _offered,
    _place,
)
from claims.extraction.sentences import sentences
from claims.extraction.windows import read_paragraphs, windows
from claims.records import (
    Act,
    Attribution,
    BlockKind,
    Document,
    Extraction,
    Framing,
    SentenceKind,
    Span,
    Stance,
)
from tests.extraction.making import BODY, CAPTION, document, joined, reader

if TYPE_CHECKING:
    from claims.extraction.predict import Extractor

READER = reader()
WORDS = st.sampled_from(
    [
        "the",
        "ministry",
        "said",
        "that",
        "talks",
        "Abe",
        "denied",
        "it",
        "according",
        "to",
        "Zqpt",
        "bridge's",
        "4711",
        "“",
        "”",
        '"',
        ",",
        ":",
        ".",
        "?",
    ]
)
PROSE = st.lists(WORDS, min_size=1, max_size=60).map(" ".join)
ARTICLES = st.lists(
    st.tuples(st.sampled_from([BODY, BODY, *BlockKind]), PROSE, st.booleans()), max_size=9
).map(joined)
LONG = joined(
    [
        (kind, " ".join(f"w{i}x{j} said the bridge{j}." for j in range(size)), True)
        for i, (kind, size) in enumerate(
            [(BlockKind.HEADLINE, 1), (BODY, 6), (CAPTION, 3), (BODY, 24), (BODY, 2), (BODY, 5)]
        )
    ]
)
quick = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def only(extractor: Extractor, doc: Document) -> Extraction:
    (extraction,) = extractor.extract([doc])
    return extraction


def roles(found: Iterable[Attribution]) -> list[Span]:
    return [s for a in found for s in (*a.source, *a.cue, *a.content)]


def spans_of_cues(attributions: Iterable[Attribution]) -> list[Span]:
    return sorted(span for a in attributions for span in a.cue)


@pytest.fixture
def strict(extractor: Extractor) -> Iterator[Extractor]:
    """The random network with a threshold that half of what it finds doesn't reach."""
    before = dict(extractor.decoding)
    extractor.decoding["threshold"] = 0.0
    sure = sorted(a.confidence for a in only(extractor, LONG).attributions)
    extractor.decoding["threshold"] = sure[len(sure) // 2]
    yield extractor
    extractor.decoding.clear()
    extractor.decoding.update(before)


def test_what_is_under_the_threshold_is_offered_beside_the_attributions(strict: Extractor) -> None:
    found = only(strict, LONG)
    assert found.candidates
    assert len(found.candidates) <= len(found.attributions) + MORE_OFFERED
    assert all(LEAST_OFFERED <= c.confidence <= 1 for c in found.candidates)
    cues = spans_of_cues([*found.attributions, *found.candidates])
    assert all(a.end <= b.start for a, b in pairwise(cues))
    starts = [c.cue[0].start for c in found.candidates]
    assert starts == sorted(starts)
    for c in found.candidates:
        if c.parent is not None:
            parent = found.attributions[c.parent]
            assert any(s <= c.cue[0].start and c.cue[0].end <= e for s, e in parent.content)


def test_the_best_candidates_are_offered() -> None:
    kept = [making(0.9, Span(0, 4))]
    under = [making(n / 100, Span(10 * n, 10 * n + 5)) for n in range(1, 40)]
    over_kept = making(0.39, Span(2, 8))
    assert [c.confidence for c in _offered([*under, over_kept], kept)] == [0.36, 0.37, 0.38, 0.39]
    assert _offered(under[:9], kept) == ()
    assert len(_offered([making(0.2, Span(9, 12)), making(0.3, Span(8, 10))], [])) == 1


def making(sure: float, cue: Span) -> Attribution:
    return Attribution(
        (), (cue,), (Span(900, 910),), Stance.ASSERTS, Act.STATEMENT, Framing.NEUTRAL, sure
    )


@pytest.fixture(params=[-60.0, 60.0], ids=["sources wanted", "sources unwanted"])
def leaning(extractor: Extractor, request: pytest.FixtureRequest) -> Iterator[Extractor]:
    """The random network with a strong leaning to or against sources, so that both are tested."""
    before = extractor.decoding["no_source"]
    extractor.decoding["no_source"] = request.param
    yield extractor
    extractor.decoding["no_source"] = before


def test_the_random_network_finds_enough_to_test_with(leaning: Extractor) -> None:
    found = only(leaning, LONG).attributions
    assert len(found) > 5
    wanted = leaning.decoding["no_source"] < 0
    assert any(bool(a.source) is wanted for a in found)


@quick
@given(ARTICLES)
def test_spans_lie_in_read_text_in_order(leaning: Extractor, doc: Document) -> None:
    extraction = only(leaning, doc)
    unread = [b for b in doc.blocks if not b.kind.is_read]
    for a in extraction.attributions:
        assert a.cue
        assert a.content
        assert 0 <= a.confidence <= 1
        for role in (a.source, a.cue, a.content):
            assert list(role) == sorted(role)
            assert all(x.end <= y.start for x, y in pairwise(role))
        own = sorted(roles([a]))
        assert all(x.end <= y.start for x, y in pairwise(own))
        for span in own:
            assert 0 <= span.start < span.end <= len(doc.text)
            assert doc.text[slice(*span)].strip() == doc.text[slice(*span)]
            assert all(span.end <= b.start or b.end <= span.start for b in unread)
    starts = [a.cue[0].start for a in extraction.attributions]
    assert starts == sorted(starts)


@quick
@given(ARTICLES)
def test_roles_are_looked_for_in_the_cues_region_only(extractor: Extractor, doc: Document) -> None:
    reach = extractor.model.config.reach
    for item in extractor.find(doc)[1]:
        for c in item.candidates:
            low, high = item.window.region(*c.cue)
            ranges = [*c.source, *c.content]
            assert len(c.source) <= 1
            assert all(max(low, c.cue[0] - reach) <= a < b <= high for a, b in ranges)
            assert all(b <= c.cue[1] + reach for _, b in ranges)
            assert all(b <= c.cue[0] or a >= c.cue[1] for a, b in ranges)
            assert len(c.share) == len(c.content_words())
            assert all(0 <= p <= 1 + 1e-6 for p in c.share)


@quick
@given(ARTICLES)
def test_parents_are_indices_of_others_that_hold_the_cue(
    extractor: Extractor, doc: Document
) -> None:
    found = only(extractor, doc).attributions
    for i, a in enumerate(found):
        if a.parent is not None:
            assert a.parent != i
            over = found[a.parent].content
            assert all(any(s.start <= c.start and c.end <= s.end for s in over) for c in a.cue)


@quick
@given(ARTICLES)
def test_sentences_are_those_of_the_splitter(extractor: Extractor, doc: Document) -> None:
    found = only(extractor, doc).sentences
    assert [(s.start, s.end) for s in found] == sentences(doc.text, doc.blocks)
    assert all(0 <= s.worth <= 1 for s in found)


@settings(max_examples=8, deadline=None)
@given(st.lists(ARTICLES, max_size=3), st.randoms(use_true_random=False))
def test_output_does_not_depend_on_what_else_is_read(
    extractor: Extractor, others: list[Document], random: object
) -> None:
    alone = only(extractor, LONG)
    batch = [*others, LONG, *others]
    random.shuffle(batch)  # type: ignore[attr-defined]
    together = list(extractor.extract(batch))
    assert len(together) == len(batch)
    assert all(e == alone for d, e in zip(batch, together, strict=True) if d is LONG)
    assert together[0] == only(extractor, batch[0])


def test_output_in_bfloat16_does_not_depend_on_what_else_is_read(model_folder: Path) -> None:
    half = load(model_folder, precision="bfloat16")
    first, _, third = half.extract([LONG, document([(BODY, "The ministry said no.")]), LONG])
    assert first == third == only(load(model_folder, precision="bfloat16"), LONG)


def test_progress_is_told_in_characters(extractor: Extractor) -> None:
    docs = [document([(BODY, "Yes.")]), LONG]
    told: list[int] = []
    list(extractor.extract(docs, progress=told.append))
    assert told == [4, len(LONG.text)]


@pytest.mark.parametrize(
    "doc",
    [
        joined([]),
        document([(CAPTION, "A bridge, officials said."), (BlockKind.BOILERPLATE, "Read more.")]),
        document([(BODY, "\u200b")]),
    ],
    ids=["empty", "nothing read", "invisible"],
)
def test_documents_with_nothing_to_read(extractor: Extractor, doc: Document) -> None:
    extraction = only(extractor, doc)
    assert extraction.attributions == ()
    assert extraction.model == extractor.info


@pytest.mark.parametrize("text", ["x" * 100_000, "said " * 1500, "." * 300, "“" * 300])
def test_monstrous_paragraphs(extractor: Extractor, text: str) -> None:
    doc = document([(BODY, text.strip())])
    found = only(extractor, doc)
    assert all(s.end <= len(doc.text) for s in roles(found.attributions))
    assert all(any(c.isalnum() for c in doc.text[slice(*s)]) for a in found.attributions
               for s in a.content)  # fmt: skip


def test_a_content_over_a_caption_leaves_the_caption_out(extractor: Extractor) -> None:
    """A candidate over both paragraphs, as a trained network gives for a broken-off quotation."""
    doc = document([(BODY, "Abe said: “No"), (CAPTION, "A bridge."), (BODY, "talks.”")])
    spans, (found,) = extractor.find(doc)
    whole = Candidate(((0, 1),), (1, 2), ((3, 8),), (0.5,) * 5, (0.0,) * 6, (0, 0, 0))
    found.candidates[:] = [whole]
    (a,) = extractor.assemble(doc, spans, [found]).attributions
    assert [doc.text[slice(*s)] for s in a.content] == ["“No", "talks.”"]
    text = doc.text.replace("A bridge.", " " * 9)
    (a,) = extractor.assemble(document([(BODY, text)]), spans, [found]).attributions
    assert [text[slice(*s)].split() for s in a.content] == [["“No", "talks.”"]]


def test_content_of_punctuation_alone_is_none(extractor: Extractor) -> None:
    doc = document([(BODY, "Abe said: “…”")])
    spans, (found,) = extractor.find(doc)
    labels = (1, 2, 1)
    found.candidates[:] = [Candidate((), (1, 2), ((3, 6),), (0.5,) * 3, (0.0,) * 6, labels)]
    assert extractor.assemble(doc, spans, [found]).attributions == ()
    found.candidates[:] = [Candidate((), (1, 2), ((0, 1), (3, 6)), (0.5,) * 4, (0.0,) * 6, labels)]
    (a,) = extractor.assemble(doc, spans, [found]).attributions
    assert [doc.text[slice(*s)] for s in a.content] == ["Abe"]
    assert (a.stance, a.act, a.framing) == ("denies", "denial", "endorses")


def test_words_that_only_fill_up_a_batch_are_no_part_of_a_role() -> None:
    """Else the confidence of an attribution would hang on the longest region of its batch."""
    import torch

    from claims.extraction.shapes import Roles

    def made(pad: int) -> Roles:
        torch.manual_seed(1)
        logits = torch.cat([torch.randn(1, 6, 5), torch.full((1, pad, 5), 9.0)], 1)
        logits[:, 6:, 0] = -9
        place = torch.arange(6 + pad)[None]
        one = torch.zeros(1)
        return Roles(logits, place, place < 6, (place >= 2) & (place < 4), one, one, one, one)

    alone, labels = _decoded(made(0), 0.0)
    padded, more = _decoded(made(5), 0.0)
    assert (padded[:, :6] == alone).all()
    assert (more[:, :6] == labels).all()
    assert padded[0, 6:, 0].min() == 1
    assert padded[0, 2:4, 0].min() == 1
    assert not more[0, 6:].any()


def test_threshold_and_calibration_are_the_models(extractor: Extractor) -> None:
    everything = only(extractor, LONG).attributions
    before = dict(extractor.decoding)
    try:
        extractor.decoding["threshold"] = cut = sorted(a.confidence for a in everything)[-2]
        kept = only(extractor, LONG).attributions
    finally:
        extractor.decoding.update(before)
    assert 0 < len(kept) <= 3
    assert all(a.confidence >= cut - 1e-4 for a in kept)
    assert set(before) == set(DECODING)


def test_a_sentence_that_a_window_cuts_is_judged_where_most_of_it_lies(
    extractor: Extractor,
) -> None:
    doc = document([(BODY, "the " * 300 + "end.")])
    found = windows(doc.text, read_paragraphs(doc.blocks), reader())
    assert len(found) == 2
    places = _place(sentences(doc.text, doc.blocks), found)
    assert places == [[(0, 0, 254)], []]
    (sentence,) = only(extractor, doc).sentences
    assert sentence.kind in SentenceKind


@quick
@given(ARTICLES, st.integers(8, 60))
def test_every_sentence_is_judged_once(doc: Document, most: int) -> None:
    spans = sentences(doc.text, doc.blocks)
    found = windows(doc.text, read_paragraphs(doc.blocks), READER, most)
    places = _place(spans, found)
    assert sorted(i for place in places for i, _, _ in place) == list(range(len(spans)))
    for window, place in zip(found, places, strict=True):
        for i, low, high in place:
            assert window.word_range(spans[i]) == (low, high)
            sizes = [w.word_range(spans[i]) or (0, 0) for w in found]
            assert high - low == max(b - a for a, b in sizes)
