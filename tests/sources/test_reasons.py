"""Why nobody is named: in words, for whoever looks it up in the article. People are invented."""

from __future__ import annotations

import pytest

from claims.records import Span
from claims.sources.ranking import shipped
from claims.sources.reasons import Weighed, why_unresolved
from claims.sources.speakers import read_speakers
from tests.sources.build import Marked, spans

BELO, LUND, AIDES = ("Ana Belo", 0.214), ("Ida Lund", 0.2), ("UNNAMED: two\naides", 0.299)


@pytest.mark.parametrize(
    ("people", "why"),
    [
        ([LUND, BELO],
         "“she” may be Ana Belo (0.21) or Ida Lund (0.20): under the threshold of 0.30"),
        ([AIDES], "“she” may be two aides (0.29): under the threshold of 0.30"),
        ([("Ana Belo", 0.4)],
         "“she” may be Ana Belo (0.40), but is likelier somebody whom the article doesn't name"),
        ([("Ana Belo", 0.01)], "nobody is named near “she” who could be meant"),
        ([("UNNAMED: two aides", 0.4)],
         "“she” may be two aides (0.40), but is likelier somebody whom the article doesn't name"),
        ([], "nobody is named near “she” who could be meant"),
    ],
)  # fmt: skip
def test_the_likeliest_are_named_with_their_odds(people: list[tuple[str, float]], why: str) -> None:
    assert why_unresolved("she", Weighed("she", people), 0.3) == why


def test_somebody_who_is_likely_and_has_no_name() -> None:
    people = [("UNNAMED: two aides", 0.8), BELO]
    assert why_unresolved("their campaign", Weighed("their", people, 0.1), 0.3) == (
        "“their” stands for two aides (0.80), whom the article doesn't name"
    )


@pytest.mark.parametrize(
    ("text", "source", "why"),
    [
        ("A minister met them. The rest is lost, said.", "A", "the source is only “A”"),
        ("Nobody is named here. They said yes.", "They",
         "nobody is named near “They” who could be meant"),
        ("Nobody is named here. His campaign said yes.", "His campaign",
         "nobody is named near “His” who could be meant"),
        ("Nobody is named here. “I will go.”", "“|I",
         "“I” is somebody quoted, and no attribution says who"),
    ],
)  # fmt: skip
def test_every_unresolved_speaker_says_why(text: str, source: str, why: str) -> None:
    before, _, words = source.rpartition("|")
    at = text.index(words, text.index(before) if before else 0)
    marked = Marked((Span(at, at + len(words)),), cue=(Span(len(text) - 1, len(text)),))
    (reading,) = read_speakers(text, [marked])
    assert (reading.speaker, reading.why) == ("UNRESOLVED", why)


def test_one_who_is_unlikely_is_named_in_the_reason_and_one_who_is_sure_has_none() -> None:
    text = "Oleg Tarvin said yes.\n\nSnow fell on Peter Lund and John Osk.\n\nShe said no."
    end = (Span(len(text) - 1, len(text)),)
    marked = [Marked(spans(text, words), cue=end) for words in ("Oleg Tarvin", "She")]
    sure, unsure = read_speakers(text, marked)
    assert sure.why is None
    assert unsure.why is not None
    assert unsure.why.startswith("“She” may be ") or "nobody is named" in unsure.why


def test_we_in_the_words_of_nobody() -> None:
    text = "It is said that we will go."
    marked = [
        Marked((), cue=spans(text, "said"), content=spans(text, "we will go")),
        Marked(spans(text, "we"), cue=spans(text, "will")),
    ]
    reading = read_speakers(text, marked)[1]
    assert reading.why == "“we” is whoever speaks around it, and nobody is named there"
    assert shipped().threshold > 0
