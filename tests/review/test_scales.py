"""Scales of verdicts: what they hold, what a file may say, and what is no scale."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import ClaimsError
from claims.records import Span
from claims.review.scales import BEST, FIVE, SCALES, WORST, Rating, Scale, find_scale
from claims.review.verdicts import PlaceGiven, WebEvidence, parse_evidence

OWN = """
name = "desk"
worst = 0
best = 4
ratings = [
    { label = "wrong", value = 0, meaning = "what is known refutes it" },
    { label = "thin ice", value = 1.5 },
    { label = "sound", value = 4 },
    { label = "open" },
]
"""


def test_the_scales_that_ship_run_from_false_to_true_and_leave_one_open() -> None:
    for scale in SCALES.values():
        values = [one.value for one in scale.ratings if one.value is not None]
        assert values == sorted(values)
        assert (values[0], values[-1]) == (scale.worst, scale.best)
        assert [one.label for one in scale.ratings if one.value is None] == ["unproven"]
        assert all(one.meaning for one in scale.ratings)
        assert find_scale(scale.name) is scale
        assert Scale.from_data(json.loads(scale.json)) == scale


def test_ratings_are_found_by_their_words_however_they_are_joined() -> None:
    for words in ("mostly false", "Mostly-False", " mostly_false "):
        assert FIVE.rating(words).value == 2
    with pytest.raises(ClaimsError, match="no rating 'maybe'") as caught:
        FIVE.rating("maybe")
    assert caught.value.repair.startswith(f"one of: {', '.join(FIVE.labels)}")


@pytest.mark.parametrize("suffix", [".toml", ".json"])
def test_a_newsroom_has_a_scale_of_its_own(tmp_path: Path, suffix: str) -> None:
    import tomllib

    path = tmp_path / f"own{suffix}"
    text = OWN if suffix == ".toml" else json.dumps(tomllib.loads(OWN))
    path.write_text(text, encoding="utf-8")
    scale = find_scale(str(path))
    assert (scale.name, scale.labels) == ("desk", ("wrong", "thin ice", "sound", "open"))
    assert [scale.normalised(one) for one in scale.ratings] == [1, 2.5, 5, None]
    assert [scale.normal_label(one) for one in scale.ratings] == [
        "False", "Mixed", "True", "Not rated",
    ]  # fmt: skip
    assert Scale.from_data(json.loads(scale.json)) == scale


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "can't be read"),
        ("[]", "needs its ratings"),
        ('{"worst": 1, "best": 1, "ratings": []}', "worst rating isn't under the best"),
        ('{"worst": "1", "best": 2, "ratings": []}', "the worst of a scale is a number"),
        ('{"worst": true, "best": 2, "ratings": []}', "the worst of a scale is a number"),
        ('{"worst": NaN, "best": 2, "ratings": []}', "the worst of a scale is a number"),
        ('{"worst": 1, "best": 2, "ratings": [{"label": "a", "value": 1}]}', "two ratings or more"),
        (
            '{"worst": 1, "best": 2, "ratings": [{"label": "a b"}, {"label": "A-B"}]}',
            "each of its own label",
        ),
        ('{"worst": 1, "best": 2, "ratings": [{"label": " "}, {"label": "b"}]}', "needs a label"),
        (
            '{"worst": 1, "best": 2, "ratings": [{"label": "a", "value": 3}, {"label": "b"}]}',
            "value of 'a' isn't between 1 and 2",
        ),
    ],
)
def test_what_is_no_scale_is_told_with_its_file(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "own.json"
    path.write_text(text)
    with pytest.raises(ClaimsError, match=told) as caught:
        find_scale(str(path))
    assert str(path) in caught.value.message


def test_a_scale_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ClaimsError, match=r"there is no scale 'seven' \(set CLAIMS_RATING_SCALE"):
        find_scale("seven")
    with pytest.raises(ClaimsError, match="can't be read"):
        find_scale(str(tmp_path / "none.toml"))


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.floats(0, 1))
def test_the_common_scale_is_from_one_to_five(worst: float, width: float, share: float) -> None:
    value = min(worst + share * width, worst + width)
    rating = Rating("x", value)
    scale = Scale("own", worst, worst + width, (Rating("w", worst), rating))
    normal = scale.normalised(rating)
    assert normal is not None
    assert WORST <= normal <= BEST
    assert scale.normal_label(rating)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("12:340-400", PlaceGiven(12, Span(340, 400))),
        (" #12:340-400 ", PlaceGiven(12, Span(340, 400))),
        ("https://register.example/a?b=c", WebEvidence("https://register.example/a?b=c")),
        ("http://[::1]:80/a", WebEvidence("http://[::1]:80/a")),
    ],
)
def test_evidence_is_an_address_or_a_place(words: str, found: object) -> None:
    assert parse_evidence(words) == found


@pytest.mark.parametrize(
    "words",
    [
        "", "12", "12:340", "12:3-4-5", "-1:0-3", "ftp://x.example", "https://", "javascript:x",
        "https://a b.example", "https://user@x.example/", "https://x.example:port/", "//x.example",
        "https://x.example/\n", "https://[x.example/", "https://x.example/\u202e",
    ],
)  # fmt: skip
def test_what_is_no_evidence_is_told(words: str) -> None:
    if words.strip() != words:
        words = f"x{words}x"
    with pytest.raises(ClaimsError, match="is no evidence") as caught:
        parse_evidence(words)
    assert "12:340-400" in caught.value.repair


def test_the_readmes_scale_is_one(tmp_path: Path) -> None:
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```toml\n(.*?)```", readme, re.S)
    (tmp_path / "desk.toml").write_text(text, encoding="utf-8")
    assert find_scale(str(tmp_path / "desk.toml")).labels == ("wrong", "thin", "sound", "open")
