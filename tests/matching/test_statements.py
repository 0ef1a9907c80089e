"""What is compared of an article: places, self-contained wordings, and what they hold."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching.statements import Statement, read_statements
from claims.records import (
    Act,
    Attribution,
    Framing,
    Sentence,
    SentenceKind,
    Span,
    Stance,
)


def spans(text: str, words: str) -> tuple[Span, ...]:
    start = text.index(words)
    return (Span(start, start + len(words)),)


def said(
    text: str,
    source: str,
    cue: str,
    content: str,
    *,
    speaker: str,
    stance: Stance = Stance.ASSERTS,
) -> Attribution:
    return Attribution(
        spans(text, source) if source else (),
        spans(text, cue),
        spans(text, content),
        stance,
        Act.STATEMENT,
        Framing.NEUTRAL,
        0.9,
        speaker=speaker,
    )


def one(text: str, *attributions: Attribution, number: int = 0) -> Statement:
    return read_statements(7, text, attributions, published=date(2031, 5, 2))[number]


def test_a_pronoun_outside_quotation_marks_is_the_speaker() -> None:
    text = "Lena Marsh said she would close the port."
    found = one(
        text, said(text, "Lena Marsh", "said", "she would close the port", speaker="Lena Marsh")
    )
    assert found.words == "she would close the port"
    assert found.wording == "[Lena Marsh] would close the port"
    assert found.meaning == "Lena Marsh would close the port"
    assert text[slice(*found.place)] == found.words


def test_i_in_a_quotation_is_the_speaker_beside_the_word() -> None:
    text = "“I am not going,” Orrin Vale said."
    found = one(text, said(text, "Orrin Vale", "said", "“I am not going,”", speaker="Orrin Vale"))
    assert found.wording == "“I [Orrin Vale] am not going,”"


def test_a_numeral_is_nobody() -> None:
    text = "Lena Marsh said Level I Trauma Center was closed."
    content = "Level I Trauma Center was closed"
    found = one(text, said(text, "Lena Marsh", "said", content, speaker="Lena Marsh"))
    assert found.wording == content


def test_he_stays_where_two_may_be_meant() -> None:
    text = "Mr. Orrin Vale said that Mr. Karl Berg knew what he wanted."
    content = "that Mr. Karl Berg knew what he wanted"
    found = one(text, said(text, "Orrin Vale", "said", content, speaker="Orrin Vale"))
    assert "[Orrin Vale]" not in found.wording


def test_a_demand_is_worded_with_who_makes_it() -> None:
    text = "Lena Marsh urged a ban on night ferries."
    found = one(
        text,
        said(text, "Lena Marsh", "urged", "a ban on night ferries", speaker="Lena Marsh",
             stance=Stance.UNCOMMITTED),
    )  # fmt: skip
    assert found.wording == "Lena Marsh urged: a ban on night ferries"
    assert not found.says


def test_a_bare_denial_takes_up_what_was_said_before() -> None:
    text = (
        "Norland accused Sutherland of supplying shells to the rebels. "
        "Sutherland denied such supplies."
    )
    accusation = said(
        text, "Norland", "accused", "supplying shells to the rebels", speaker="Norland"
    )
    denial = said(
        text, "Sutherland denied"[:10], "denied", "such supplies", speaker="Sutherland",
        stance=Stance.DENIES,
    )  # fmt: skip
    found = one(text, accusation, denial, number=1)
    assert found.words == "such supplies"
    assert "shells" in found.meaning
    assert found.stance is Stance.DENIES


def test_nobody_without_a_name_is_he() -> None:
    text = "Prosecutors say he took the crowns."
    found = one(text, said(text, "Prosecutors", "say", "he took the crowns",
                           speaker="UNNAMED: Prosecutors"))  # fmt: skip
    assert found.wording == "he took the crowns"


def test_what_such_points_at_is_found_by_its_noun_and_not_by_names() -> None:
    text = (
        "Norland appears to have had advice, experts said. Ministers slammed the arms transfers, "
        "urging Norland to end all such activities."
    )
    asked = [
        said(text, "experts", "said", "Norland appears to have had advice", speaker="UNNAMED: x"),
        said(text, "Ministers", "slammed", "the arms transfers", speaker="UNNAMED: Ministers"),
        said(text, "Ministers", "urging", "Norland to end all such activities",
             speaker="UNNAMED: Ministers"),
    ]  # fmt: skip
    found = one(text, *asked, number=2)
    assert found.wording.endswith("such activities [the arms transfers]")


@pytest.mark.parametrize(
    ("content", "numbers"),
    [
        ("12 of 40 boats sank", {("#", 12.0), ("#", 40.0)}),
        ("1.5 million tonnes", {("#", 1.5e6)}),
        ("nearly 43 percent", {("%", 43.0)}),
        ("in 2029 two bridges", {("y", 2029.0), ("#", 2.0)}),
        ("on May 11 it closed", set()),
    ],
)
def test_amounts_are_told_from_days_and_years(content: str, numbers: set[object]) -> None:
    text = f"Lena Marsh said {content}."
    found = one(text, said(text, "Lena Marsh", "said", content, speaker="Lena Marsh"))
    assert found.contents.numbers == numbers


def test_negation_and_reversal_are_seen() -> None:
    text = "Lena Marsh said the claim was false and nobody was hurt."
    content = "the claim was false and nobody was hurt"
    found = one(text, said(text, "Lena Marsh", "said", content, speaker="Lena Marsh"))
    assert found.contents.negations == {"nobody"}
    assert found.contents.reversals == {"false"}


def test_the_outlets_own_word_is_a_sentence_without_attribution() -> None:
    text = "The port is closed. Lena Marsh said it would open."
    attribution = said(text, "Lena Marsh", "said", "it would open", speaker="Lena Marsh")
    sentences = (
        Sentence(0, 19, SentenceKind.ASSERTED, 0.5),
        Sentence(20, len(text), SentenceKind.ASSERTED, 0.5),
    )
    found = read_statements(0, text, [attribution], sentences)
    assert [(s.attribution, s.words) for s in found] == [
        (0, "it would open"),
        (None, "The port is closed."),
    ]


@given(st.text(max_size=80), st.data())
def test_places_lie_in_the_text(text: str, data: st.DataObject) -> None:
    text = f"{text} said x"
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    attribution = Attribution(
        (), (Span(len(text) - 6, len(text) - 2),), (Span(start, end),), Stance.ASSERTS,
        Act.STATEMENT, Framing.NEUTRAL, 0.5, speaker="NONE",
    )  # fmt: skip
    found = read_statements(0, text, [attribution])
    assert [s.place for s in found] == [Span(start, end)]
    assert found[0].words == " ".join(text[start:end].split())
