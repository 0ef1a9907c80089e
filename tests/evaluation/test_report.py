"""The report as a whole, and the check of its floors."""

import json
from pathlib import Path

import pytest

from claims.errors import CorpusError
from claims.evaluation import (
    Floors,
    GoldSentence,
    Report,
    check_floors,
    evaluate,
    load_floors,
    render,
)
from claims.records import Block, BlockKind, Sentence, SentenceKind

from .build import GOLD, TEXT, article, predict

FLOORS = Path(__file__).parent.parent


@pytest.fixture
def report() -> Report:
    block = Block(0, len(TEXT), BlockKind.BODY, 0)
    gold = article(*GOLD, sentences=(GoldSentence(0, 51, "other", 2),), blocks=(block,))
    found = predict(
        *GOLD[:3], sentences=(Sentence(0, 51, SentenceKind.OTHER, 0.5),), blocks=(block,)
    )
    return evaluate([gold], found)


def test_every_section_is_in_the_json(report):
    data = json.loads(json.dumps(report.as_dict()))
    assert list(data) == ["articles", "attributions", "labels", "sentences", "blocks"]
    assert data["attributions"]["who_said_what"] == {"f1": 6 / 7, "p": 1.0, "r": 0.75, "n": 4}
    assert data["labels"]["stance.per"]["denies"] == 1.0


def test_dotted_names_reach_every_figure(report):
    figures = report.figures()
    assert figures["attributions.recall.unsourced.r"] == 0.0
    assert figures["labels.fully_right"] == 6 / 7
    assert figures["labels.polarity.flips"] == figures["labels.polarity.lost"] == 0.0
    assert figures["blocks.right"] == 1.0


def test_lines_show_sections_and_figures(report):
    lines = render(report)
    assert lines[0] == "1 articles"
    assert "  who_said_what            f1 0.857  p 1.000  r 0.750  n 4" in lines
    assert "  speaker.pronoun          -" in lines
    assert "  polarity.flips           0.000" in lines
    assert "nested" not in lines


@pytest.mark.parametrize(
    ("floors", "failing"),
    [
        (Floors({"attributions.who_said_what.r": 0.76}), []),
        (Floors({"attributions.who_said_what.r": 0.77}), ["attributions.who_said_what.r"]),
        (Floors(at_most={"blocks.body_lost": 0.0}), []),
        (Floors(at_most={"labels.stance.acc": 0.99}), []),
        (Floors(at_most={"labels.stance.acc": 0.98}), ["labels.stance.acc"]),
        (Floors({"nested.who_said_what.f1": 0.1}), ["nested.who_said_what.f1"]),
        (Floors(at_most={"attributions.calibration.ece": 0.9}), ["attributions.calibration.ece"]),
    ],
)
def test_floors_hold_within_the_margin(report, floors, failing):
    assert [s.figure for s in check_floors(report, floors)] == failing


def test_a_shortfall_says_what_is_wrong(report):
    (low,) = check_floors(report, Floors({"attributions.who_said_what.r": 0.9}), margin=0.0)
    assert str(low) == "attributions.who_said_what.r is 0.7500, not at least 0.9"
    (absent,) = check_floors(report, Floors(at_most={"nested.x": 0.1}))
    assert str(absent) == "nested.x is missing, not at most 0.1"


@pytest.mark.parametrize("name", ["floors.json", "floors-accurate.json", "floors-denials.json"])
def test_the_floors_of_the_repository_can_be_read(name):
    load_floors(FLOORS / name)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{", "is not JSON"),
        ("[]", "is not an object"),
        ('{"least": {}}', "is not an object of at_least"),
        ('{"at_least": {"x": "high"}}', "at_least does not map"),
        ('{"at_most": [1]}', "at_most does not map"),
    ],
)
def test_a_bad_floors_file_is_refused(tmp_path, text, named):
    path = tmp_path / "floors.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=named):
        load_floors(path)
    with pytest.raises(CorpusError, match="cannot be read"):
        load_floors(tmp_path / "absent.json")
