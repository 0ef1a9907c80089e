from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.evaluation.gold import MarkedAttribution
from claims.extraction.windows import MAX_PIECES
from claims.training.labels import examples
from claims.training.nesting import _VERBS, nested_article, source_phrases
from tests.extraction.making import reader
from tests.training.making import article, news

ROLES = ("source", "cue", "content")
CUES = {"according to", *_VERBS, *(f"{v} on Tuesday" for v in _VERBS)}
# Some of these stand inside the words around them: "AC" in "According", "to the" in "according to".
PHRASES = [
    "the ministry",
    "AP",
    "A",
    "AC",
    "TO",
    "I",
    "rting to",
    "to the",
    "Ana Belo",
    "id a",
    "İl X",
]


def covers(outer: MarkedAttribution, inner: MarkedAttribution) -> bool:
    (content,) = outer.content
    return all(
        content.start <= s and e <= content.end
        for s, e in (*inner.source, *inner.cue, *inner.content)
    )


def plain(words: str) -> str:
    return words.casefold().strip().rstrip(".")


def roles(text: str, a: MarkedAttribution) -> tuple[tuple[str, ...], ...]:
    """The marked words, without what wrapping may change: a first capital, a last full stop."""
    return tuple(tuple(plain(text[slice(*s)]) for s in a.role(r)) for r in ROLES)


@given(st.integers(0, 40), st.integers(0, 10_000), st.integers(1, 5))
def test_wrapped_articles(number: int, seed: int, limit: int) -> None:
    gold = news(number)
    made = nested_article(gold, PHRASES, random.Random(seed), limit)
    assert made is not None
    assert made.id != gold.id
    text = made.text
    lines = text.rstrip("\n").split("\n")
    assert len(made.attributions) == 2 * len(lines)
    assert len(lines) == min(limit, len(gold.attributions))
    before = {roles(gold.text, a) for a in gold.attributions}
    start = 0
    for line, outer, inner in zip(
        lines, made.attributions[::2], made.attributions[1::2], strict=True
    ):
        end = start + len(line)
        (source,), (cue,) = outer.source, outer.cue
        (content,) = outer.content
        assert plain(text[slice(*source)]) in {plain(p) for p in PHRASES}
        assert text[slice(*cue)].lower() in {c.lower() for c in CUES}
        assert covers(outer, inner)
        ranges = sorted([source, cue, content])
        assert start <= ranges[0].start
        assert ranges[-1].end <= end
        assert all(a.end <= b.start for a, b in pairwise(ranges))
        words = {text[s - 1 : s] + text[e : e + 1] for s, e in (source, cue)}
        assert not any(c.isalnum() for c in "".join(words))
        assert roles(text, inner) in before
        assert text[slice(*content)].strip()
        assert line.endswith(".")
        start = end + 1


def test_every_template_is_used() -> None:
    gold = news(0)
    lines = {
        line
        for seed in range(200)
        if (made := nested_article(gold, ["AP"], random.Random(seed), 1))
        for line in [made.text]
    }
    assert any(line.startswith("According to AP, ") for line in lines)
    assert any(" that " in line and line.startswith("AP ") for line in lines)
    assert any(line.endswith(", according to AP.\n") for line in lines)
    assert any(line.endswith(" on Tuesday.\n") for line in lines)


def test_wrapped_articles_give_nested_targets() -> None:
    made = nested_article(news(2), ["the ministry"], random.Random(3), 4)
    assert made is not None
    found = examples(made, reader(), frozenset({"said"}), MAX_PIECES)
    cues = [c for e in found for c in e.cues]
    assert len(cues) == len(made.attributions)
    for example in found:
        for outer, inner in zip(example.cues[::2], example.cues[1::2], strict=True):
            assert all(r >= 3 for r in outer.roles[inner.start : inner.end])


@pytest.mark.parametrize(
    "markup",
    [
        "Nothing is marked here, and the line is long enough to be wrapped in another source.",
        "<s1>Ana</s1> <q1>said</q1> <c1>no</c1>.",
        "<s1>Ana</s1> <q1>said</q1> <c1>that it was long, and</c1> <s2>Rui</s2> <q2>said</q2> "
        "<c2>that it was much longer than that</c2>.",
        "<s1>Ana</s1> <q1>said</q1> <c1>that it was long, and longer than any other line there\n"
        "and it went on after the end of the paragraph</c1>, on the next line of the article.",
    ],
    ids=["unmarked", "short", "two", "over two paragraphs"],
)
def test_what_is_never_wrapped(markup: str) -> None:
    assert nested_article(article(markup), ["AP"], random.Random(1), 3) is None


def test_source_phrases_are_short_and_named() -> None:
    gold = article(
        "<s1>Ana Belo</s1>, <s2>he</s2>, <s3>AP</s3>, <s4>critics</s4>, <s5>the mayor,</s5> "
        f"<s6>{'very ' * 10}long</s6> <s7>two</s7> <s7>parts of</s7>."
    )
    assert source_phrases([gold, gold]) == ["AP", "Ana Belo", "the mayor"]
    assert source_phrases([]) == []
