"""The scorer of speakers learns from marked articles. All people are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.errors import CorpusError, ModelError
from claims.evaluation.gold import GoldArticle, MarkedAttribution
from claims.records import Span
from claims.sources.ranking import Ranker
from claims.training import train_speakers
from claims.training.speakers import choices, cross_validated, fit

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


def test_what_is_written(tmp_path: Path) -> None:
    trained = train_speakers([article(i) for i in range(20)], tmp_path / "mine", least=0.2)
    assert {p.name for p in trained.folder.iterdir()} == {"README.md", "weights.safetensors"}
    assert Ranker.load(trained.folder).threshold == 0.2
    right = sum(j.right for j in trained.judged) / len(trained.judged)
    written = (trained.folder / "README.md").read_text(encoding="utf-8")
    assert f"| he | 20 | {right:.3f} |" in written


def test_articles_without_speakers_teach_nothing(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        train_speakers([GoldArticle("a", "Nothing is said.", ())], tmp_path)
    assert "--labels" in caught.value.repair


def test_a_file_that_is_no_scorer_is_told(tmp_path: Path) -> None:
    (tmp_path / "weights.safetensors").write_bytes(b"no weights at all")
    with pytest.raises(ModelError) as caught:
        Ranker.load(tmp_path)
    assert str(tmp_path) in caught.value.message
