"""Plain cues told as denials and doubts: spans stay right, and nothing else of a text changes."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.evaluation.gold import GoldArticle, MarkedAttribution
from claims.records import Span, Stance
from claims.training.retelling import DENIALS, DOUBTS, OTHERS, retold_article

CUES = {(c.words, c.stance.value) for c in (*DENIALS, *DOUBTS, *OTHERS)}


def article(*paragraphs: list[tuple[str, str, str, str]]) -> GoldArticle:
    """Paragraphs of sentences (before, source, cue, content); all after the source is one run."""
    text, marked = "", []
    for sentences in paragraphs:
        for before, source, cue, content in sentences:
            text += before
            spans = []
            for words in (source, cue, content):
                spans.append(Span(len(text), len(text) + len(words)))
                text += words + " "
            text = text[:-1] + ". "
            marked.append(MarkedAttribution(*((span,) for span in spans), stance="asserts"))
        text = text.rstrip() + "\n"
    return GoldArticle("a", text, tuple(marked))


def words(of: GoldArticle, spans: tuple[Span, ...]) -> list[str]:
    return [of.text[s:e] for s, e in spans]


PLAIN = ("", "The harbour master", "said", "that the bridge would close")


@pytest.mark.parametrize("seed", range(30))
def test_the_cue_is_replaced_and_the_rest_stays(seed: int) -> None:
    first = ("On Monday ", "the mayor", "warned", "of delays")
    last = ("Later ", "two ferry firms", "complained about", "the notice")
    told = retold_article(article([first, PLAIN, last]), random.Random(seed), 1)
    assert told is not None
    before, mine, after = told.attributions
    (cue,), (content,) = words(told, mine.cue), words(told, mine.content)
    assert (cue, mine.stance) in CUES
    assert content.endswith(" the bridge would close")
    assert words(told, mine.source) == ["The harbour master"]
    assert [words(told, s) for s in (before.source, before.cue, before.content)] == [
        ["the mayor"], ["warned"], ["of delays"]
    ]  # fmt: skip
    assert [words(told, s) for s in (after.source, after.cue, after.content)] == [
        ["two ferry firms"], ["complained about"], ["the notice"]
    ]  # fmt: skip
    expected = (
        f"On Monday the mayor warned of delays. The harbour master {cue} {content}. "
        "Later two ferry firms complained about the notice.\n"
    )
    assert told.text == expected


@pytest.mark.parametrize(
    "sentence",
    [
        ("", "The mayor", "warned", "that the bridge would close"),
        ("", "The mayor", "said", "“the bridge will close”"),
    ],
)
def test_other_cues_and_quotations_are_left_alone(sentence: tuple[str, str, str, str]) -> None:
    assert retold_article(article([sentence]), random.Random(1), 3) is None


def test_a_cue_inside_anothers_content_is_left_alone() -> None:
    plain = article([PLAIN])
    whole = MarkedAttribution((), (Span(0, 3),), (Span(4, len(plain.text) - 2),))
    both = GoldArticle("a", plain.text, (*plain.attributions, whole))
    assert retold_article(both, random.Random(1), 3) is None


SENTENCES = st.tuples(
    st.sampled_from(["", "Then ", "At noon, "]),
    st.sampled_from(["the mayor", "Ana Belo", "two firms of the port"]),
    st.sampled_from(["said", "says", "warned", "has said", "noted"]),
    st.sampled_from(["that it rained", "the bridge would close", "“no”", "nothing"]),
)


@given(st.lists(st.lists(SENTENCES, min_size=1, max_size=4), min_size=1, max_size=5), st.integers())
def test_every_span_still_holds_its_words(
    paragraphs: list[list[tuple[str, str, str, str]]], seed: int
) -> None:
    given_one = article(*paragraphs)
    told = retold_article(given_one, random.Random(seed), 2)
    if told is None:
        return
    known = {
        tuple(tuple(words(given_one, s)) for s in (a.source, a.cue, a.content))
        for a in given_one.attributions
    }
    changed = 0
    for a in told.attributions:
        found = tuple(tuple(words(told, s)) for s in (a.source, a.cue, a.content))
        if found not in known:
            changed += 1
            assert (found[1][0], a.stance) in CUES
            assert a.content[0].start == a.cue[0].end + 1
    assert 1 <= changed <= 2
    assert told.text.count("\n") == changed


def test_every_stance_is_told() -> None:
    assert {c.stance for c in (*DENIALS, *DOUBTS, *OTHERS)} == set(Stance)
