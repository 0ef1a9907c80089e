"""Figures of labels, and when two speakers are the same."""

from dataclasses import replace

import pytest

from claims.evaluation.baselines import copied, nearest_name
from claims.evaluation.labels import LabelFigures, review, score_labels
from claims.evaluation.names import normalise, same_speaker, source_kind
from claims.evaluation.polarity import polarity
from claims.records import Span

from .build import GOLD, article, predict

BARE = [replace(g, stance=None, act=None, framing=None, speaker=None) for g in GOLD]


def scored(*found, gold=GOLD) -> LabelFigures:
    figures = score_labels([article(*gold)], predict(*found))
    assert figures is not None
    return figures


def test_perfect_labels():
    figures = scored(*GOLD).as_dict()
    assert figures["fully_right"] == figures["stance.acc"] == figures["speaker.acc"] == 1.0
    assert figures["stance.per"] == {"asserts": 1.0, "denies": 1.0}
    assert figures["speaker.n"] == {"name": 1, "pronoun": 0, "other": 2}
    assert figures["speaker.pronoun"] is None


def test_a_wrong_stance_and_a_wrong_speaker_each_spoil_one():
    found = (
        GOLD[0],
        replace(GOLD[1], stance="denies"),
        replace(GOLD[2], speaker="Ana Belo"),
        replace(GOLD[3], speaker=None),
    )
    figures = scored(*found).as_dict()
    assert figures["stance.acc"] == 3 / 4
    # asserts: 2 of 3 found, none wrong; denies: 1 found, 1 wrong.
    assert figures["stance.per"] == {"asserts": 0.8, "denies": 0.667}
    assert figures["speaker.acc"] == 2 / 3  # the unsourced one has no part in it
    assert figures["fully_right"] == 1 / 4


def test_unresolved_is_wrong_but_not_a_wrong_answer():
    figures = scored(replace(GOLD[0], speaker="UNRESOLVED"), *GOLD[1:]).as_dict()
    assert figures["speaker.acc"] == 2 / 3
    assert figures["speaker.resolved"] == 2 / 3
    assert figures["speaker.wrong_of_resolved"] == 0.0


def test_a_review_says_of_each_one_whether_it_is_fully_right():
    given = article(*GOLD)
    wrong = replace(GOLD[1], stance="denies")
    reviewed = review(given, [GOLD[0], wrong])
    assert reviewed.right == [True, False]
    assert reviewed.missed == list(GOLD[2:])
    assert reviewed.recovers(given.text, [GOLD[0], GOLD[3]]) == [False, True]
    assert review(given, []).missed == list(GOLD)
    bare = review(article(GOLD[0], *BARE[1:]), GOLD)
    assert bare.right == [True, None, None, None]
    nested = replace(GOLD[0], parent=1)
    assert review(given, [nested]).found == []


def test_polarity_is_counted_apart_from_stance():
    found = (
        replace(GOLD[0], stance="hedges"),  # blurred, not turned round
        replace(GOLD[1], stance="denies"),
        replace(GOLD[2], stance="asserts"),
        replace(GOLD[3], stance="uncommitted"),
    )
    figures = scored(*found).as_dict()
    assert figures["polarity.flips"] == 2 / 4
    assert figures["polarity.lost"] == 1 / 4
    assert figures["polarity.n"] == 4
    assert figures["polarity.invented"] is None


def test_gold_without_a_side_has_no_part_in_polarity():
    gold = (replace(GOLD[0], stance="uncommitted"), *GOLD[1:])
    figures = scored(replace(GOLD[0], stance="denies"), *GOLD[1:], gold=gold).as_dict()
    assert (figures["polarity.flips"], figures["polarity.n"]) == (0.0, 3)
    assert figures["polarity.invented"] == 1.0
    alone = scored(*gold[:1], gold=gold[:1]).as_dict()
    assert (alone["polarity.flips"], alone["polarity.lost"], alone["polarity.n"]) == (None, None, 0)


@pytest.mark.parametrize(
    ("stance", "side"),
    [("asserts", 1), ("hedges", 1), ("denies", -1), ("doubts", -1), ("uncommitted", 0), (None, 0)],
)
def test_the_side_of_a_stance(stance, side):
    assert polarity(stance) == side


def test_source_is_not_needed_for_a_match():
    figures = scored(replace(GOLD[0], source=()), gold=GOLD[:1])
    assert figures.matched.value == 1.0


def test_unlabelled_gold_is_neither_counted_nor_held_against_a_prediction():
    figures = scored(*GOLD, gold=(GOLD[0], *BARE[1:])).as_dict()
    assert (figures["gold"], figures["predicted"], figures["fully_right"]) == (1, 1, 1.0)
    unmatched = scored(*GOLD, gold=GOLD[:1]).as_dict()
    assert (unmatched["gold"], unmatched["predicted"]) == (1, 4)
    assert unmatched["fully_right"] == pytest.approx(0.4)


def test_articles_outside_the_label_list_are_left_out():
    labelled, other = article(*GOLD), replace(article(*BARE), id="b", labelled=False)
    predictions = predict(*GOLD) | {"b": predict(*GOLD)["a"]}
    figures = score_labels([labelled, other], predictions)
    assert figures is not None
    assert figures.as_dict()["predicted"] == 4


def test_without_labels_there_are_no_figures():
    assert score_labels([article(*BARE)], predict(*GOLD)) is None


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        ("Ana Belo", "Belo"),
        ("Ana Belo", "Minister Ana Belo"),
        ("Ana Belo", "A. Belo"),
        ("Ana Maria Belo", "Ana Belo"),
        ("José Sá", "Jose Sa"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("KCNA", "Korean Central News Agency"),
        ("FBI", "the Federal Bureau of Investigation"),
        ("Ana Belo and Rui Costa", "Rui Costa; Ana Belo"),
        ("UNNAMED: senior officials", "UNNAMED: two officials"),
        ("Republicans", "UNNAMED: Republicans"),
        ("UNNAMED: the report", "report"),
        ("AUTHOR", "UNNAMED: we"),
        ("NONE", "NONE"),
        (None, "NONE"),
    ],
)
def test_the_same_speaker(gold, predicted):
    assert same_speaker(gold, predicted)


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        ("Ana Belo", "Rui Belo"),
        ("Ana Belo", "Ana Costa"),
        ("Ana Belo", "Ana Belo; Rui Costa"),
        ("Ana Belo; Rui Costa", "Ana Belo"),
        ("Belo campaign", "Belo"),
        ("Justice Department", "Labor Department"),
        ("UNNAMED: officials", "UNNAMED: analysts"),
        ("UNNAMED: officials", "Ana Belo"),
        ("Ana Belo", "UNNAMED: a minister"),
        ("Ana Belo", "UNRESOLVED"),
        ("Ana Belo", "NONE"),
        ("NONE", "Ana Belo"),
        ("AUTHOR", "Ana Belo"),
        ("UNRESOLVED", "Ana Belo"),
    ],
)
def test_another_speaker(gold, predicted):
    assert not same_speaker(gold, predicted)


def test_names_are_compared_without_titles_but_never_empty():
    assert normalise("The Secretary-General’s office (in Geneva)") == ["office"]
    assert normalise("the President") == ["the", "president"]


@pytest.mark.parametrize(
    ("source", "speaker", "kind"),
    [
        ("Belo", "Ana Belo", "name"),
        ("The mayor", "Ana Belo", "other"),
        ("critics", "UNNAMED: critics", "other"),
        ("Critics", "UNNAMED: critics", "other"),
        ("She ", "Ana Belo", "pronoun"),
        ("who", "Ana Belo", "pronoun"),
    ],
)
def test_kind_of_a_source(source, speaker, kind):
    assert source_kind(source, speaker) == kind


def test_baselines_stand_beside_the_speakers_over_the_same_pairs():
    figures = scored(*GOLD).as_dict()
    for name in ("copied_span", "nearest_name"):
        row = figures[f"speaker.{name}"]
        assert set(row) == {"acc", "name", "pronoun", "other", "wrong_of_resolved"}
        assert row["name"] == 1.0
        assert row["pronoun"] is None


TEXT = "Mayor Ana Belo met the Bank of Lund. But she said no. It is said so."


@pytest.mark.parametrize(
    ("words", "copy", "nearest"),
    [
        ("Mayor Ana Belo", "Mayor Ana Belo", "Mayor Ana Belo"),
        ("the Bank of Lund", "UNNAMED: the Bank of Lund", "Bank of Lund"),
        ("she", "she", "Bank of Lund"),
        ("It", "It", "Bank of Lund"),
        ("", "NONE", "NONE"),
    ],
)
def test_the_nearest_name_begins_before_the_source_ends(words, copy, nearest):
    start = TEXT.index(words)
    source = (Span(start, start + len(words)),) if words else ()
    assert (copied(TEXT, source), nearest_name(TEXT, source)) == (copy, nearest)
    assert nearest_name("rain fell, he said", (Span(11, 13),)) == "UNRESOLVED"
