from __future__ import annotations

from claims.training.corpus import build
from tests.extraction.making import reader
from tests.training.making import article, news

GOLD = [news(i) for i in range(5)]


def test_the_same_seed_gives_the_same_examples() -> None:
    first = build(GOLD, reader(), nested=2, seed=1)
    assert build(GOLD, reader(), nested=2, seed=1) == first
    assert build(GOLD, reader(), nested=2, seed=2) != first


def test_wrapped_paragraphs_come_after_the_articles() -> None:
    plain = build(GOLD, reader(), nested=0, seed=1)
    assert build(GOLD, reader(), nested=2, seed=1)[: len(plain)] == plain
    cues = [len(e.cues) for e in plain]
    assert sum(cues) == sum(len(g.attributions) for g in GOLD)
    for nested in (1, 2):
        more = build(GOLD, reader(), nested=nested, seed=1)[len(plain) :]
        assert sum(len(e.cues) for e in more) == 2 * nested * len(GOLD)


def test_without_a_named_source_nothing_is_wrapped() -> None:
    gold = [
        article(
            "<s1>he</s1> <q1>said</q1> <c1>that the bridge would not open before the summer</c1>."
        )
    ]
    assert len(build(gold, reader(), nested=2, seed=1)) == 1
