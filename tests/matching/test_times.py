from __future__ import annotations

from datetime import date

import pytest

from claims.extraction.sentences import split
from claims.matching.days import find_days
from claims.matching.times import sentence_times, statement_times
from claims.records import Act, Attribution, Framing, Span, Stance

THURSDAY = date(2024, 3, 7)


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def times(text: str, cue: str, *content: str) -> tuple[str | None, str | None]:
    attribution = Attribution(
        source=(),
        cue=(span(text, cue),),
        content=tuple(span(text, words) for words in content),
        stance=Stance.ASSERTS,
        act=Act.STATEMENT,
        framing=Framing.NEUTRAL,
        confidence=1.0,
    )
    found = statement_times(text, find_days(text, THURSDAY), attribution, split(text, 0, len(text)))
    return (
        found.event.start.isoformat() if found.event else None,
        found.said.start.isoformat() if found.said else None,
    )


@pytest.mark.parametrize(
    ("text", "cue", "content", "event", "said"),
    [
        (
            "The envoy said on Tuesday the talks ended on Monday.",
            "said",
            "the talks ended on Monday",
            "2024-03-04",
            "2024-03-05",
        ),
        (
            "The envoy said on Tuesday there had been signs of a leak.",
            "said",
            "there had been signs of a leak",
            None,
            "2024-03-05",
        ),
        (
            "The ship left Port Vale on Sunday, the agency reported Tuesday.",
            "reported",
            "The ship left Port Vale on Sunday",
            "2024-03-03",
            "2024-03-05",
        ),
        (
            "In November, the mayor told the Ledger that the mill was ready.",
            "told",
            "that the mill was ready",
            None,
            "2023-11-01",
        ),
        (
            "The visit on Monday was “a success”, the mayor said on Tuesday.",
            "said",
            "“a success”",
            "2024-03-04",
            "2024-03-05",
        ),
        (
            "The mayor said the port had been shut since Monday.",
            "said",
            "the port had been shut since Monday",
            None,
            None,
        ),
        (
            "The mayor said the guard told him on Tuesday that the mill burned in February.",
            "said",
            "the guard told him on Tuesday that the mill burned in February",
            "2024-02-01",
            None,
        ),
    ],
)
def test_the_event_s_day_is_not_that_of_saying(
    text: str, cue: str, content: str, event: str | None, said: str | None
) -> None:
    assert times(text, cue, content) == (event, said)


def test_a_plain_sentence_has_the_closest_day() -> None:
    text = "The mill, which opened in 2019, burned down on Monday before Friday's vote."
    found = sentence_times(text, find_days(text, THURSDAY), Span(0, len(text)))
    assert found.event and found.event.words == "Monday"
    assert found.said is None
