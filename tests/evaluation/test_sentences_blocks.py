"""Figures of sentences and of blocks."""

import pytest

from claims.evaluation import GoldSentence
from claims.evaluation.blocks import score_blocks
from claims.evaluation.counting import average_precision
from claims.evaluation.sentences import score_sentences
from claims.records import Block, BlockKind, Sentence, SentenceKind

from .build import GOLD, TEXT, article, predict

GOLD_SENTENCES = (
    GoldSentence(0, 51, "attributed", 2),
    GoldSentence(52, 88, "attributed", 1),
    GoldSentence(90, 136, "asserted", 0),
)


def test_each_gold_sentence_takes_the_one_that_overlaps_it_most():
    found = (
        Sentence(0, 60, SentenceKind.ATTRIBUTED, 0.1),
        Sentence(60, 88, SentenceKind.OTHER, 0.9),
    )
    figures = score_sentences([article(sentences=GOLD_SENTENCES)], predict(sentences=found))
    assert figures is not None
    assert figures.kind.pairs == [
        ("attributed", "attributed"),
        ("attributed", "other"),
        ("asserted", None),
    ]
    values = figures.as_dict()
    assert values["kind.acc"] == 1 / 3
    assert values["kind.per"] == {"asserted": 0.0, "attributed": 0.667}
    assert values["worth.ap"] == 1 / 2  # the one to check first is ranked second
    assert values["worth.ap_any"] == 1.0
    assert values["length.ap"] == 1.0


def test_kind_and_worth_may_be_missing_in_the_gold():
    gold = (GoldSentence(0, 51, "attributed"), GoldSentence(52, 88, worth=2))
    found = (Sentence(0, 51, SentenceKind.OTHER, 0.2), Sentence(52, 88, SentenceKind.OTHER, 0.2))
    figures = score_sentences([article(sentences=gold)], predict(sentences=found))
    assert figures is not None
    assert figures.as_dict()["kind.acc"] == 0.0
    assert figures.as_dict()["worth.ap"] == 1.0
    assert len(figures.ranked) == 1


def test_without_gold_sentences_there_are_no_figures():
    assert score_sentences([article(*GOLD)], predict()) is None


def test_average_precision_worked_out_by_hand():
    points = [(0.9, False), (0.8, True), (0.7, False), (0.6, True)]
    assert average_precision(points) == pytest.approx((1 / 2 + 2 / 4) / 2)
    assert average_precision([(0.9, False)]) is None


BODY, CAPTION = BlockKind.BODY, BlockKind.CAPTION
FIRST, SECOND = TEXT.index("\n\n"), TEXT.index("The mayor")


def visible(start: int, end: int) -> int:
    return sum(not c.isspace() for c in TEXT[start:end])


def test_blocks_are_counted_in_characters_that_can_be_seen():
    gold = (Block(0, FIRST, BODY, 0), Block(SECOND, len(TEXT), CAPTION, 1))
    found = (Block(0, 51, BODY, 0), Block(52, FIRST, CAPTION, 0), Block(SECOND, len(TEXT), BODY, 1))
    figures = score_blocks([article(blocks=gold)], predict(blocks=found))
    assert figures is not None
    assert figures.as_dict() == {
        "characters": visible(0, len(TEXT)),
        "right": visible(0, 51) / visible(0, len(TEXT)),
        "body_lost": visible(52, FIRST) / visible(0, FIRST),
        "noise_read": 1.0,
    }


def test_a_prediction_without_blocks_is_wrong_throughout():
    gold = (Block(0, FIRST, BODY, 0),)
    figures = score_blocks([article(blocks=gold)], {})
    assert figures is not None
    assert (figures.right.value, figures.body_lost.value) == (0.0, 1.0)
    assert figures.noise_read.value is None


def test_without_gold_blocks_there_are_no_figures():
    assert score_blocks([article(*GOLD)], predict()) is None
