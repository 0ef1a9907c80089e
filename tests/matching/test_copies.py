"""Copies of an article are found however they were cut and dressed; other stories are none."""

from __future__ import annotations

import random
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.documents import files
from claims.matching.body import Body, body_of, read
from claims.matching.copies import Copy, CopyIndex, compare, keys_of
from claims.matching.overlap import RUN, tiles
from claims.records import Document, Span
from tests.matching.stories import DISPATCH, MENU, OTHER, body, text_of

WORDS = [f"{a}{b}{c}" for a in "bdfglmnprst" for b in ("a", "ei", "o") for c in ("nd", "rk", "lt")]

SAMPLES = Path(__file__).parents[2] / "seeds" / "articles"


def story(seed: int, paragraphs: int = 12) -> list[str]:
    """Paragraphs of invented words, other ones for each seed."""
    rng = random.Random(seed)
    return [
        " ".join(rng.choice(WORDS) + rng.choice("aeiou") for _ in range(rng.randint(20, 50))) + "."
        for _ in range(paragraphs)
    ]


def found(*bodies: Body) -> list[Copy]:
    return CopyIndex().add_all((f"{n:02}", one) for n, one in enumerate(bodies))


@given(
    st.integers(0, 10**6),
    st.integers(3, 12),
    st.booleans(),
    st.lists(st.sampled_from(MENU), max_size=30),
    st.integers(0, 12),
)
@settings(max_examples=60, deadline=None)
def test_a_copy_is_found_however_it_was_made(
    seed: int, kept: int, is_reled: bool, menu: list[str], at: int
) -> None:
    original = story(seed)
    copy = original[:kept]
    if is_reled:
        copy = [*story(seed + 1, 1), *copy[1:]]
    copy[at:at] = ["This notice stands under each article of the house and says nothing of it."]
    copy = ["Quite another title", *menu[::2], *copy, *menu]
    others = [(f"other {n}", body(*story(seed + 10 + n))) for n in range(3)]
    index = CopyIndex()
    index.add_all([*others, ("original", body(*original))])
    (pair,) = index.add("copy", body(*copy))
    assert (pair.a, pair.b) == ("copy", "original")
    assert kept - is_reled < 4 or pair.is_copy
    text, stored = text_of(*copy), text_of(*original)
    for ours, theirs in pair.spans:
        words = [
            re.findall(r"\w+", t[s.start : s.end]) for t, s in ((text, ours), (stored, theirs))
        ]
        assert words[0] == words[1]
        assert len(words[0]) >= RUN


@given(st.permutations(range(8)))
@settings(max_examples=25, deadline=None)
def test_the_order_of_adding_changes_nothing(order: list[int]) -> None:
    bodies = {
        "agency": body(*DISPATCH),
        "trimmed": body(*DISPATCH[:4]),
        "reled": body(*OTHER[:1], *DISPATCH[1:]),
        "stuffed": body(*MENU, *DISPATCH, *MENU),
        "other": body(*OTHER),
        **{f"story {n}": body(*story(n)) for n in range(3)},
    }
    names = list(bodies)
    expected = CopyIndex().add_all(bodies.items())
    assert CopyIndex().add_all((names[n], bodies[names[n]]) for n in order) == expected


@pytest.mark.parametrize(
    ("copy", "share_of_copy", "share_of_original"),
    [
        (DISPATCH, 1.0, 1.0),
        (DISPATCH[:3], 1.0, 0.32),
        ((*DISPATCH[5:], *DISPATCH[:5]), 1.0, 1.0),
        (("Sandstorm", *DISPATCH[1:]), 0.99, 0.91),
        (tuple(p.replace("“", '"').replace("”", '"').upper() for p in DISPATCH), 1.0, 1.0),
        ((" ".join(DISPATCH),), 1.0, 1.0),
        (OTHER[:2] + DISPATCH[2:], 0.82, 0.78),
    ],
    ids=["whole", "trimmed", "moved", "retitled", "in capitals", "one paragraph", "re-led"],
)
def test_shares(copy: tuple[str, ...], share_of_copy: float, share_of_original: float) -> None:
    (pair,) = found(body(*copy), body(*DISPATCH))
    assert pair.is_copy
    assert pair.share_a == pytest.approx(share_of_copy, abs=0.02)
    assert pair.share_b == pytest.approx(share_of_original, abs=0.02)


def test_quotations_in_common_are_reuse_and_no_copy() -> None:
    pair = compare("a", body(*DISPATCH), "b", body(*OTHER))
    assert not pair.is_copy
    assert pair.own == 0
    assert 0.1 < pair.share_b < 0.25


def test_stories_made_of_one_quotation_are_no_copies() -> None:
    quotation = "“" + " ".join(story(1, 3)) + "”"
    first = body(f"{quotation} the harbour master said before the council on Tuesday night.")
    second = body(f"At the quay, surrounded by men in oilskins, Tarrow spoke: {quotation}")
    (pair,) = found(first, second)
    assert pair.share_a > 0.8
    assert not pair.is_copy


@pytest.mark.parametrize("seed", range(5))
def test_what_a_template_leaves_is_no_copy(seed: int) -> None:
    def weather(rng: random.Random) -> Body:
        n = [rng.randint(1, 40) for _ in range(8)]
        place = [rng.choice(WORDS).title() for _ in range(5)]
        return body(
            f"{place[0]} will be mostly cloudy with a high of {n[0]} degrees and winds from the"
            f" {place[1]} at {n[1]} miles an hour.",
            f"Rain is likely in {place[2]} by {n[2]} o'clock and in {place[3]} by {n[3]}.",
            f"The low tonight will be near {n[4]} in the valleys and {n[5]} on the coast.",
            f"The river at {place[4]} stood at {n[6]} feet this morning, {n[7]} below flood.",
        )

    rng = random.Random(seed)
    for pair in found(weather(rng), weather(rng), weather(rng)):
        assert not pair.is_copy


def test_a_notice_under_each_article_makes_no_copies() -> None:
    notice = " ".join(["Our desk keeps these notes for readers who want to know how we work."] * 3)
    pairs = found(*(body(*story(n, 4), notice) for n in range(30)))
    assert not any(pair.is_copy for pair in pairs)


def test_an_index_is_kept_as_bytes_and_numbers() -> None:
    kept = {"a": body(*DISPATCH), "b": body(*OTHER)}
    stored = {key: (one.to_bytes(), keys_of(one).tobytes()) for key, one in kept.items()}
    index = CopyIndex()
    for key, (data, marks) in stored.items():
        index.restore(key, Body.from_bytes(data), np.frombuffer(marks, np.uint64))
    direct = CopyIndex()
    direct.add_all(kept.items())
    copy = body(*DISPATCH[:5])
    assert index.add("c", copy) == direct.add("c", copy)
    assert list(index) == ["a", "b", "c"]
    assert index.keys("a").tolist() == keys_of(kept["a"]).tolist()


def test_bytes_of_something_else_are_refused() -> None:
    data = body(*DISPATCH).to_bytes()
    for wrong in (b"", data[:-1], data + b"x", b"x" + data[1:]):
        with pytest.raises(ValueError, match="no body"):
            Body.from_bytes(wrong)


def test_a_discarded_article_is_found_no_more_and_a_changed_one_replaced() -> None:
    index = CopyIndex()
    index.add("a", body(*DISPATCH))
    index.discard("a")
    index.discard("never held")
    assert index.add("b", body(*DISPATCH)) == []
    assert index.add("b", body(*OTHER)) == []
    assert len(index) == 1


@pytest.mark.parametrize("text", ["", "Yes.", "Home", "No word of it is true."])
def test_texts_of_hardly_a_word(text: str) -> None:
    pairs = found(body(text), body(text), body(*DISPATCH))
    assert not any(pair.is_copy for pair in pairs)


@given(
    st.lists(st.sampled_from("abcd"), max_size=60), st.lists(st.sampled_from("abcd"), max_size=60)
)
def test_no_word_is_counted_twice(first: list[str], second: list[str]) -> None:
    a, b = body(" ".join(first)), body(" ".join(second))
    common = tiles(a, b)
    for start in (0, 1):
        used = [n for tile in common for n in range(tile[start], tile[start] + tile.words)]
        assert len(used) == len(set(used))
    assert all(
        first[t.a : t.a + t.words] == second[t.b : t.b + t.words] and t.words >= RUN for t in common
    )


@given(st.text(max_size=200))
def test_offsets_are_those_of_the_words(text: str) -> None:
    one = read(text, [Span(0, len(text))])
    assert all(
        text[s:e].strip() for s, e in zip(one.starts.tolist(), one.ends.tolist(), strict=True)
    )
    assert len(one.passages) == 0 or (one.passages[0] == 0 and one.passages[-1] < len(one))


def test_a_scraped_copy_among_the_samples_is_the_agencys() -> None:
    documents = [one for one in files.read([SAMPLES]) if isinstance(one, Document)]
    pairs = CopyIndex().add_all((Path(one.name).name, body_of(one)) for one in documents)
    copies = [(pair.a, pair.b) for pair in pairs if pair.is_copy]
    assert copies == [("flood-wire.txt", "world-today-flood-copy.txt")]
    reuse = [(pair.a, pair.b) for pair in pairs if not pair.is_copy]
    assert ("delegation-chain.txt", "delegation-relead.txt") in reuse
