"""The scorer of speakers learns from marked articles. All people are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.errors import ModelError
from claims.evaluation.gold import GoldArticle, MarkedAttribution
from claims.records import Span
from claims.sources.ranking import Ranker
from claims.training.speakers import Judged, choices, cross_validated, fit, threshold

NAMES = (("Ana Belo", "She"), ("Peter Lund", "He"), ("Mary Costa", "She"), ("John Osk", "He"))


def article(number: int) -> GoldArticle:
    """Two people, and a pronoun for the one who spoke last."""
    first, second = NAMES[number % 4], NAMES[(number + 1) % 4]
    text = f"{first[0]} said yes. {second[0]} said no. {second[1]} left, {second[1].lower()} added."
    at = text.rindex(f" {second[1].lower()} added") + 1
    marked = []
    for word, start, speaker in (
        (first[0], 0, first[0]),
        (second[0], text.index(second[0]), second[0]),
        (second[1], at, second[0]),
    ):
        end = start + len(word)
        cue = (Span(end + 1, end + 5),)
        marked.append(MarkedAttribution((Span(start, end),), cue, (), speaker=speaker))
    return GoldArticle(f"a{number}", text, tuple(marked))


def test_choices_know_who_is_right() -> None:
    found = choices(article(i) for i in range(4))
    assert len(found) == 4
    for choice in found:
        assert choice.kind == "he"
        assert sum(choice.right) == 1
        assert len(choice.right) == len(choice.features)


def test_what_was_learned_tells_right_from_wrong_on_other_articles(tmp_path: Path) -> None:
    found = choices(article(i) for i in range(20))
    judged = cross_validated(found, penalty=0.1)
    assert sum(j.right for j in judged) >= 0.9 * len(judged)
    ranker = fit(found, penalty=0.1)
    ranker.threshold = 0.25
    ranker.save(tmp_path)
    again = Ranker.load(tmp_path)
    assert again.threshold == 0.25
    for choice in found[:3]:
        odds = again.probabilities(choice.features)
        assert sum(odds) == pytest.approx(1)
        assert odds == pytest.approx(ranker.probabilities(choice.features), abs=1e-5)


def test_the_threshold_keeps_the_share_of_wrong_ones() -> None:
    judged = [Judged("he", 0.9, True)] * 8 + [Judged("he", 0.5, True), Judged("he", 0.4, False)]
    assert threshold(judged, wrong=0.05) == 0.5
    assert threshold(judged, wrong=0.2) == 0.4


def test_a_file_that_is_no_scorer_is_told(tmp_path: Path) -> None:
    (tmp_path / "weights.safetensors").write_bytes(b"no weights at all")
    with pytest.raises(ModelError) as caught:
        Ranker.load(tmp_path)
    assert str(tmp_path) in caught.value.message
