"""What is taught of a text, and what isn't."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.records import Act, Attribution, Framing, Span, Stance
from claims.review.items import Status
from claims.review.learning import DecidedItem, DecidedText
from claims.training.decisions import (
    decided,
    examples_of,
    fingerprint,
    score,
    split,
    teaches,
)
from claims.training.labels import IGNORE, Example
from claims.training.losses import looked_at
from tests.extraction.making import reader
from tests.training.deciding import closed_news, decided_text, items_of
from tests.training.making import article, news

READER = reader()
TWO = article(
    "<s1>Ana Belo</s1> <q1>said</q1> <c1>that the bridge was closed</c1>. "
    "<s2>Rui Mota</s2> <q2>denied</q2> <c2>that it rained</c2>. Nobody else came."
)


def words(text: DecidedText, example: Example, flags: list[bool]) -> str:
    spans = example.window.words
    return " ".join(text.text[slice(*s)] for s, flag in zip(spans, flags, strict=True) if flag)


def taught(text: DecidedText) -> str:
    (example,) = examples_of(text, READER)
    return words(text, example, [label != IGNORE for label in example.cue_labels])


def test_a_closed_text_is_taught_whole() -> None:
    text = decided_text(TWO, items_of(TWO), (Span(0, len(TWO.text)),))
    (example,) = examples_of(text, READER)
    assert len(example.cues) == 2
    assert IGNORE not in example.cue_labels
    assert all(example.closed)
    assert all(hint != (IGNORE, IGNORE) for hint in example.hints)


def test_of_other_texts_only_sentences_with_a_decision_are_taught() -> None:
    first, second = items_of(TWO)
    # In a content others may stand: nobody said that none does.
    assert taught(decided_text(TWO, [first])) == "Ana Belo said ."
    undecided = replace(second, status=Status.MACHINE)
    assert taught(decided_text(TWO, [first, undecided])) == taught(decided_text(TWO, [first]))
    closed = decided_text(TWO, [], (Span(TWO.text.index("Nobody"), len(TWO.text)),))
    assert taught(closed) == "Nobody else came ."


def test_outside_nothing_is_taught_as_wrong() -> None:
    text = decided_text(TWO, items_of(TWO)[:1])
    (example,) = examples_of(text, READER)
    assert words(text, example, example.closed) == "Ana Belo said ."
    known = [hint != (IGNORE, IGNORE) for hint in example.hints]
    assert words(text, example, known) == "Ana Belo that the bridge was closed"


@pytest.mark.parametrize(
    "change",
    [
        {"status": Status.MACHINE},
        {"status": Status.UNSURE},
        {"status": Status.MISSED},
        {"is_disputed": True},
        {"status": Status.REJECTED, "is_disputed": True},
    ],
)
def test_what_is_open_is_taught_neither_as_right_nor_as_wrong(change: dict[str, object]) -> None:
    first, second = items_of(TWO)
    whole = (Span(0, len(TWO.text)),)
    text = decided_text(TWO, [first, replace(second, **change)], whole)  # type: ignore[arg-type]
    assert "denied" not in taught(text)
    (example,) = examples_of(text, READER)
    assert len(example.cues) == 1
    assert not example.rejected
    alone = decided_text(TWO, [replace(second, **change)])  # type: ignore[arg-type]
    assert not teaches(alone)
    assert examples_of(alone, READER) == []


@pytest.mark.parametrize("status", [Status.CONFIRMED, Status.CORRECTED, Status.ADDED])
def test_what_an_editor_stands_for_is_taught_with_its_labels(status: Status) -> None:
    (_, denial) = items_of(replace(TWO, attributions=TWO.attributions))
    values = replace(denial.values, stance=Stance.DENIES, act=Act.DENIAL)
    (example,) = examples_of(decided_text(TWO, [DecidedItem(values, status)]), READER)
    (cue,) = example.cues
    assert (cue.stance, cue.act, cue.framing) == (1, 2, 0)


def test_what_was_rejected_is_looked_at_and_taught_as_wrong() -> None:
    first, second = items_of(TWO)
    text = decided_text(TWO, [first, replace(second, status=Status.REJECTED)])
    (example,) = examples_of(text, READER)
    ((start, end),) = example.rejected
    assert text.text[slice(*example.window.words[start])] == "denied"
    assert looked_at(0, example, start, end).keep == 0
    assert example.cue_labels[start] == 0
    assert [cue.start for cue in example.cues] == [2]


def test_a_text_is_held_out_for_ever_with_all_its_versions() -> None:
    texts = [closed_news(n) for n in range(40)]
    taught_ones, held = split(texts)
    assert len(taught_ones) + len(held) == 40
    assert 2 <= len(held) <= 16
    names = {text.name for text in held}
    more = [*texts, *(closed_news(n) for n in range(40, 60))]
    again = {text.name for text in split(more)[1]}
    assert again & {text.name for text in texts} == names
    versions = [replace(texts[0], text=texts[0].text + " More."), *texts]
    assert len({text.name for text in split(versions)[0]} & {t.name for t in held}) == 0
    for few in (texts[:2], texts[2:4], texts[4:6]):
        assert all(split(few))
    assert split(texts[:1])[0] == [] or split(texts[:1])[1] == []


def test_other_decisions_have_another_fingerprint() -> None:
    text = closed_news(1)
    other = replace(text, items=(replace(text.items[0], is_disputed=True), *text.items[1:]))
    assert fingerprint([text]) == fingerprint([closed_news(1)])
    assert len({fingerprint(t) for t in ([text], [other], [replace(text, closed=())], [])}) == 4


def test_texts_without_anything_to_learn_are_left_out() -> None:
    class Desk:
        def decided_texts(self) -> list[DecidedText]:
            bare = decided_text(news(3), items_of(news(3), Status.MACHINE))
            return [closed_news(2), bare, closed_news(1)]

    assert [text.name for text in decided(Desk())] == ["news-1", "news-2"]


def given(item: DecidedItem, stance: Stance | None = None) -> Attribution:
    v = item.values
    return Attribution(
        v.source, v.cue, v.content, stance or v.stance, Act.STATEMENT, Framing.NEUTRAL, 0.9
    )


def test_only_what_was_decided_is_scored() -> None:
    first, second = items_of(TWO)
    half = decided_text(TWO, [first])
    found = [given(first), given(second)]  # nobody said anything about the second
    figures = score([half], [found]).as_dict()
    assert (figures["items"], figures["who_said_what"], figures["precision"]) == (1, 1.0, 1.0)
    rejected = decided_text(TWO, [first, replace(second, status=Status.REJECTED)])
    assert score([rejected], [found]).as_dict()["precision"] == 0.5
    missed = decided_text(TWO, [first, replace(second, status=Status.ADDED)])
    assert score([missed], [found[:1]]).as_dict()["recall"] == 0.5
    unsure = decided_text(TWO, [first, replace(second, status=Status.UNSURE)])
    assert score([unsure], [found]).as_dict()["precision"] == 1.0
    hedged = score([half], [[given(first, Stance.HEDGES)]])
    assert (hedged.found.f1, hedged.right.f1) == (1.0, 0.0)


def test_what_stands_in_a_content_counts_only_where_nothing_is_missing() -> None:
    (first, _) = items_of(TWO)
    start = TWO.text.index("closed")
    inner = replace(given(first), cue=(Span(start, start + 6),), content=(Span(0, 3),))
    found = [given(first), inner]
    half = decided_text(TWO, [first])
    assert score([half], [found]).as_dict()["precision"] == 1.0
    whole = decided_text(TWO, [first], (Span(0, len(TWO.text)),))
    assert score([whole], [found]).as_dict()["precision"] == 0.5
    wrong = DecidedItem(replace(first.values, cue=inner.cue), Status.REJECTED)
    assert score([decided_text(TWO, [first, wrong])], [found]).as_dict()["precision"] == 0.5
