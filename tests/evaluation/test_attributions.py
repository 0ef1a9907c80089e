"""Figures of attributions, worked out by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.evaluation import evaluate
from claims.evaluation.attributions import AttributionFigures, score_attributions
from claims.evaluation.calibration import calibrate
from claims.evaluation.counting import Words, best_first, overlaps, trim
from claims.records import Span

from .build import GOLD, TEXT, article, mark, predict, span


def scored(*found, gold=GOLD, nested=False) -> AttributionFigures:
    return score_attributions([article(*gold)], predict(*found), nested=nested)


def test_a_perfect_prediction_scores_one_everywhere():
    figures = scored(*GOLD).as_dict()
    assert all(f["f1"] == 1.0 for f in figures.values() if "f1" in f)
    assert figures["recall.unsourced"] == {"r": 1.0, "n": 1}
    assert figures["recall.indirect"] == {"r": 1.0, "n": 4}
    assert figures["token.content"]["n"] == 5 + 4 + 2 + 5


def test_no_prediction_scores_zero_and_does_not_fail():
    figures = score_attributions([article(*GOLD)], {}).as_dict()
    assert figures["who_said_what"] == {"f1": 0.0, "p": 0.0, "r": 0.0, "n": 4}
    assert figures["exact.source"]["n"] == 3
    assert "calibration" not in figures


def test_edge_punctuation_is_forgiven_and_a_missing_word_is_not():
    wide = mark("Ana Belo", "said", "that the bridge was closed.")
    narrow = mark("Belo", "said", "the bridge was closed")
    assert scored(wide, gold=GOLD[:1]).scores["exact.content"].f1 == 1.0
    assert scored(narrow, gold=GOLD[:1]).scores["exact.content"].f1 == 0.0
    assert scored(narrow, gold=GOLD[:1]).scores["exact.source"].f1 == 0.0
    # Four of five joint words, and a shared word of the source.
    assert scored(narrow, gold=GOLD[:1]).scores["who_said_what"].f1 == 1.0


def test_contents_must_share_half_of_their_joint_words():
    half = mark("Ana Belo", "said", "that the bridge was closed. Critics accuse the city of")
    less = mark(
        "Ana Belo", "said", "that the bridge was closed. Critics accuse the city of neglect"
    )
    assert scored(half, gold=GOLD[:1]).scores["who_said_what"].right == 1  # 5 of 10
    assert scored(less, gold=GOLD[:1]).scores["who_said_what"].right == 0  # 5 of 11


@pytest.mark.parametrize(
    ("source", "right"), [("Belo", 1), ("", 0), ("Critics", 0), ("Ana Belo said", 1)]
)
def test_sources_must_share_a_word(source, right):
    found = replace(GOLD[0], source=(span(source),) if source else ())
    assert scored(found, gold=GOLD[:1]).scores["who_said_what"].right == right


def test_an_unsourced_one_is_matched_only_by_an_unsourced_one():
    invented = replace(GOLD[3], source=(span("The mayor"),))
    assert scored(invented, gold=GOLD[3:]).scores["who_said_what"].right == 0
    figures = scored(GOLD[3], gold=GOLD[3:])
    assert figures.recalls["recall.unsourced"].value == 1.0
    assert figures.scores["who_said_what.sourced"].gold == 0


def test_each_gold_attribution_is_matched_once():
    figures = scored(GOLD[0], GOLD[0], gold=GOLD[:1]).scores["who_said_what"]
    assert (figures.right, figures.predicted, figures.gold) == (1, 2, 1)
    assert figures.f1 == pytest.approx(2 / 3)


def test_quotation_marks_beside_the_content_count_as_quoted():
    quoted = mark("The mayor", "denied", "who never lies,")
    figures = scored(quoted, gold=[quoted, GOLD[0]])
    assert figures.recalls["recall.quoted"].whole == 1
    assert figures.recalls["recall.indirect"].value == 0.0


def test_nested_ones_are_left_out_unless_asked_for():
    gold = (GOLD[0], replace(GOLD[1], parent=0))
    assert scored(GOLD[0], gold=gold).scores["who_said_what"].f1 == 1.0
    assert scored(GOLD[0], gold=gold, nested=True).scores["who_said_what"].recall == 0.5
    assert scored(replace(GOLD[0], parent=1), gold=gold).scores["who_said_what"].predicted == 0
    report = evaluate([article(*gold)], predict(*gold))
    assert report.nested is not None
    assert evaluate([article(*GOLD)], predict(*gold)).nested is None


def test_calibration_of_points_worked_out_by_hand():
    figure = calibrate([(0.9, True), (0.8, False), (0.4, True), (0.2, False)])
    # One point a bin: |.9-1| + |.8-0| + |.4-1| + |.2-0|, a quarter each.
    assert figure.ece == pytest.approx(1.7 / 4)
    assert figure.auroc == pytest.approx(3 / 4)
    assert calibrate([(0.5, True), (0.5, False)]).auroc == 0.5
    assert calibrate([(0.5, True)]).auroc is None


def test_confidence_of_a_wrong_prediction_counts_against_calibration():
    wrong = replace(GOLD[1], source=(), confidence=0.9)
    figures = scored(replace(GOLD[0], confidence=0.9), wrong, gold=GOLD[:2])
    assert figures.calibration is not None
    assert figures.calibration.n == 2
    assert figures.calibration.ece == pytest.approx((0.1 + 0.9) / 2)


texts = st.text(alphabet="ab “”.,\n’é", max_size=40)


@given(texts, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
def test_words_and_trimming_agree_with_a_slow_reading(text, pairs):
    spans = [Span(min(p), max(p)) for p in pairs if p[0] != p[1]]
    words = Words(text)
    everything = words.under([Span(0, len(text))]) if text else frozenset()
    assert words.under(spans) <= everything
    for trimmed in trim(text, spans):
        assert 0 <= trimmed.start < trimmed.end <= len(text)
        assert text[trimmed.start].isalnum()
        assert text[trimmed.end - 1].isalnum()
        assert any(s.start <= trimmed.start and trimmed.end <= s.end for s in spans)


@given(st.lists(st.tuples(st.sampled_from([0.5, 0.7, 1.0]), st.integers(0, 4), st.integers(0, 4))))
def test_matching_is_one_to_one_and_leaves_no_pair_that_could_be_added(pairs):
    matched = best_first(pairs)
    golds, found = {i for i, _ in matched}, {j for _, j in matched}
    assert len(golds) == len(found) == len(matched)
    assert all(i in golds or j in found for _, i, j in pairs)


def test_overlap_of_word_sets():
    assert list(overlaps([frozenset({1, 2, 3})], [frozenset({2, 3, 4})])) == [(0.5, 0, 0)]
    assert list(overlaps([frozenset()], [frozenset()])) == []


SETS = st.lists(st.frozensets(st.integers(0, 9)), max_size=5)


@given(SETS, SETS)
def test_overlaps_are_those_of_every_pair_that_shares_a_word(gold, found):
    every = {
        (len(a & b) / len(a | b), i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(found)
        if a & b
    }
    pairs = list(overlaps(gold, found))
    assert set(pairs) == every
    assert len(pairs) == len(every)


def test_the_text_of_the_examples_is_what_the_counts_say():
    assert (
        len(Words(TEXT).under([span("Ana Belo said on Monday that the bridge was closed.")])) == 10
    )
