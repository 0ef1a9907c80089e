"""Forms of names, lists, documents and cut sources. All people and bodies are invented."""

from __future__ import annotations

import pytest

from claims.records import Span
from claims.sources import name_speakers
from claims.sources.names import Names

from .build import Marked, spans, speakers


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        # Surnames of two words, slips of a letter, apostrophes, suffixes.
        ("Ildemar Quesno Varrelo came. Mr. Quesno Varrelo said yes.", "Mr. Quesno Varrelo",
         "Ildemar Quesno Varrelo"),
        ("Jan O’Tarvin came. O'Tarvin said yes.", "O'Tarvin", "Jan O’Tarvin"),
        ("Olga Tarvinson came. Tarvinsen said yes.", "Tarvinsen", "Olga Tarvinson"),
        ("Jan Osk III came with Jan Osk Jr. in May. Jan Osk Jr. said yes.",
         "May. |Jan Osk Jr.", "Jan Osk Jr."),
        # Acronyms keep their full stops, and are lifted by their initials.
        ("The Q.R.S. said yes.", "The Q.R.S.", "Q.R.S."),
        ("The Quarry Rescue Service is closed. The Q.R.S. said yes.", "The Q.R.S.",
         "Quarry Rescue Service"),
        ("QT Lund is a channel. QT said yes.", "channel. |QT", "QT"),
        # An opening word that the article writes small elsewhere is part of a name after "The".
        ("The International Lund Fund met for international talks. The ILF said yes.", "The ILF",
         "International Lund Fund"),
        # Offices in front of a name.
        ("Former Secretary of State and front-runner Ana Belo said.",
         "Former Secretary of State and front-runner Ana Belo", "Ana Belo"),
        ("Lund County Supervisor of Elections Ana Belo said.",
         "Lund County Supervisor of Elections Ana Belo", "Ana Belo"),
        ("Presidential candidate Ana Belo’s campaign said.",
         "Presidential candidate Ana Belo’s campaign", "Ana Belo’s campaign"),
        # A name in apposition to a description or to what somebody's is.
        ("An attorney for Osk, Ana Belo, said.", "An attorney for Osk, Ana Belo,", "Ana Belo"),
        ("His former partner at Lund, Ana Belo, said.", "His former partner at Lund, Ana Belo,",
         "Ana Belo"),
        ("Many experts, including Ana Belo, said.", "Many experts, including Ana Belo,",
         "UNNAMED: Many experts"),
        # Lists, with descriptions between commas and nameless members at the end.
        ("Ana Belo, the mayor of Lund, and Rui Costa said.",
         "Ana Belo, the mayor of Lund, and Rui Costa", "Ana Belo; Rui Costa"),
        ("Ana Belo, head of the Sea and Ice Board, said.",
         "Ana Belo, head of the Sea and Ice Board", "Ana Belo"),
        ("Ana Belo, opening the Sea and Ice Museum, said.",
         "Ana Belo, opening the Sea and Ice Museum", "Ana Belo"),
        ("Ana Belo and her aides said.", "Ana Belo and her aides", "Ana Belo; UNNAMED: her aides"),
        ("Ana Belo, others said.", "Ana Belo, others", "Ana Belo; UNNAMED: others"),
        ("Candidate Ana Belo and the Costa administration said.",
         "Candidate Ana Belo and the Costa administration", "Ana Belo; Costa administration"),
        ("Kim Dae Lund met Kim Sun Osk. Kim and Governor Rui Costa said yes.",
         "Kim and Governor Rui Costa", "Kim; Rui Costa"),
        ("A North Korean said yes.", "A North Korean", "UNNAMED: A North Korean"),
        ("Ana Belo met Rui Costa. Belo, Costa said yes.", "Belo, Costa", "Ana Belo; Rui Costa"),
        # Makers of documents, and documents by whose they are.
        ("A 2014 study by Ana Belo said.", "A 2014 study by Ana Belo", "Ana Belo"),
        ("A report from the Lund Institute said.", "A report from the Lund Institute",
         "Lund Institute"),
        ("A Lund Post database tracking the storms showed it.",
         "A Lund Post database tracking the storms", "Lund Post database"),
        # What was cut badly.
        ("Ana Belo on Monday said.", "Ana Belo on Monday", "Ana Belo"),
        ("Ana Belo on the other hand said.", "Ana Belo on", "Ana Belo"),
        ("The Lund Council in 2010 said.", "The Lund Council in 2010", "Lund Council"),
        ("It was bad, by some said.", "by some", "UNNAMED: some"),
        # A description of a party's member is no name.
        ("A talk by the Lund Republican went on. Senator Ana Belo, the Lund Republican, came. "
         "The Lund Republican said yes.", "came. |The Lund Republican", "Ana Belo"),
    ],
)  # fmt: skip
def test_the_words_of_a_source(text: str, source: str, speaker: str) -> None:
    assert speakers(text, source) == [speaker]


@pytest.mark.parametrize("source", ["t", "The", "those"])
def test_a_source_of_nothing_is_unresolved(source: str) -> None:
    assert speakers(f"Rain fell, {source} said.", f"fell, |{source}") == ["UNRESOLVED"]


def test_a_reference_with_others_is_read() -> None:
    text = "Senator Ana Belo came. The senator and her aides said yes."
    assert speakers(text, "The senator and her aides") == ["Ana Belo; UNNAMED: her aides"]


def test_who_after_a_name_with_a_place_is_that_person() -> None:
    assert speakers("Senator Ana Belo of Lund, who said yes, left.", "who") == ["Ana Belo"]


def test_a_headline_is_who_says_the_same_below() -> None:
    headline = "Lund judge says bridges need repairs before winter storms."
    body = "Ana Belo said the bridges need repairs before winter storms begin."
    text = f"{headline}\n\n{body}"
    marked = [
        Marked(spans(text, "Lund judge"), content=(Span(16, 57),)),
        Marked(spans(text, "Ana Belo"), content=spans(text, body[14:])),
    ]
    assert name_speakers(text, marked) == ["Ana Belo"] * 2


def test_who_owns_somebody_is_not_that_one() -> None:
    text = "Ana Belo came. Ana Belo's lawyer said yes."
    assert speakers(text, "Ana Belo's lawyer") == ["UNNAMED: Ana Belo's lawyer"]


def test_a_place_is_nobody() -> None:
    text = (
        "Ana Belo stayed in Varrelo. Rain fell in Varrelo. The Varrelo vote, which she called off."
    )
    assert speakers(text, "she") == ["Ana Belo"]


def test_a_long_text_of_many_names_takes_no_long_time() -> None:
    letters = "bcdfghjklmnpqrstvwxz"
    names = [f"{a}a{b}o{c}in".title() for a in letters for b in letters for c in letters][:4000]
    text = "\n".join(f"Ana {name} spoke, {name} said." for name in names)
    assert Names(text).fullest(names[7]) == f"Ana {names[7]}"
    assert Names(text).fullest("Zzzzzz") is None
