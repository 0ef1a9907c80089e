"""Copies are found however they are trimmed, led or stuffed; independent stories are not copies."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching.copies import Body, Copy, copy_groups, find_copies, read_body
from claims.records import Block, BlockKind

WORDS = [f"{a}{b}{c}" for a in ("bar", "dol", "fen", "gar", "hal") for b in ("a", "e", "i", "o")
         for c in ("l", "m", "n", "r", "s", "t")]  # fmt: skip


def story(seed: int, sentences: int = 16) -> list[str]:
    chooser = random.Random(seed)
    return [
        " ".join(chooser.choice(WORDS) for _ in range(chooser.randint(9, 18))).capitalize() + "."
        for _ in range(sentences)
    ]


def body(sentences: list[str], *, before: str = "") -> Body:
    paragraphs = [before] if before else []
    paragraphs += [" ".join(sentences[i : i + 2]) for i in range(0, len(sentences), 2)]
    text = "\n\n".join(paragraphs)
    blocks, at = [], 0
    for number, paragraph in enumerate(paragraphs):
        kind = BlockKind.BOILERPLATE if number == 0 and before else BlockKind.BODY
        blocks.append(Block(at, at + len(paragraph), kind, number))
        at += len(paragraph) + 2
    found = read_body(text, blocks)
    assert all(
        text[slice(*s)].casefold() == w for w, s in zip(found.words, found.spans, strict=True)
    )
    return found


def only(bodies: dict[int, Body]) -> Copy:
    (found,) = find_copies(bodies)
    return found


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 500), st.integers(5, 16), st.integers(0, 8))
def test_a_trimmed_copy_is_found(seed: int, kept: int, start: int) -> None:
    whole = story(seed)
    found = only({1: body(whole), 2: body(whole[start : start + kept])})
    assert found.is_copy
    assert found.share_b == 1.0
    assert 0 < found.share_a <= 1.0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 500))
def test_a_new_lead_and_navigation_hide_nothing(seed: int) -> None:
    whole = story(seed)
    led = body(story(seed + 1000, 3) + whole[2:], before="Home > World > Subscribe now")
    found = only({1: body(whole), 2: led})
    assert found.is_copy
    assert found.share_a > 0.7


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 500))
def test_a_shared_quotation_is_no_copy(seed: int) -> None:
    quote = story(seed + 5000, 2)
    a = body(story(seed)[:8] + quote + story(seed)[8:])
    b = body(story(seed + 1000)[:5] + quote + story(seed + 1000)[5:])
    for found in find_copies({1: a, 2: b}):
        assert not found.is_copy
        assert found.share_a < 0.3


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 200), st.randoms())
def test_the_order_of_articles_says_nothing(seed: int, shuffle: random.Random) -> None:
    whole = story(seed)
    bodies = {1: body(whole), 2: body(whole[3:]), 3: body(story(seed + 900)), 4: body(whole[:9])}
    listed = list(bodies.items())
    shuffle.shuffle(listed)
    assert find_copies(dict(listed)) == find_copies(bodies)


def test_only_pairs_with_a_new_article_are_looked_at() -> None:
    whole = story(3)
    bodies = {1: body(whole), 2: body(whole), 3: body(whole[4:])}
    assert [(c.a, c.b) for c in find_copies(bodies, {3})] == [(1, 3), (2, 3)]


def test_groups_do_not_chain() -> None:
    copies = [
        Copy(1, 2, 0.9, 0.9, 200, ()),
        Copy(2, 3, 0.6, 0.5, 90, ()),
        Copy(7, 8, 0.2, 0.3, 50, ()),
        Copy(5, 6, 1.0, 1.0, 12, ()),
    ]
    assert copy_groups(copies) == [[1, 2]]


def test_nothing_and_very_short_texts() -> None:
    assert find_copies({}) == []
    assert find_copies({1: body(["No."]), 2: body(["No."])}) == []
