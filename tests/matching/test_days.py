from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.documents.build import from_text
from claims.matching.days import Day, Precision, document_days, find_days

THURSDAY = date(2024, 3, 7)


def told(text: str, published: date | None = THURSDAY) -> list[str]:
    """Each day as `start` or `start/end`."""
    return [
        str(day.start) if day.start == day.end else f"{day.start}/{day.end}"
        for day in find_days(text, published)
    ]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        # days of the week: the last one for what was, the coming one for what will be
        ("The harbour ministry said Tuesday that the leak was small.", ["2024-03-05"]),
        ("The port opened on Thursday.", ["2024-03-07"]),
        ("The talks will be held on Friday.", ["2024-03-08"]),
        ("On Friday, the ministers will meet in Port Vale.", ["2024-03-08"]),
        ("On Friday, the ministers met in Port Vale.", ["2024-03-01"]),
        ("A vote is scheduled for Monday.", ["2024-03-11"]),
        ("Voters meet on Saturday.", ["2024-03-09"]),
        ("She is sailing to Ostrava on Sunday.", ["2024-03-10"]),
        ("Talks will be held on Friday, he said Wednesday.", ["2024-03-08", "2024-03-06"]),
        ("The envoy said on Tuesday he would sail on Wednesday.", ["2024-03-05", "2024-03-06"]),
        ("They argued ahead of Saturday's vote.", ["2024-03-09"]),
        ("It opens next Tuesday.", ["2024-03-12"]),
        ("It opened last Thursday.", ["2024-02-29"]),
        ("It closed on Friday of last week.", ["2024-03-01"]),
        ("It opens Tuesday next week.", ["2024-03-12"]),
        ("It opens this coming Monday.", ["2024-03-11"]),
        # near days
        ("The ship sank yesterday.", ["2024-03-06"]),
        ("The ship will be raised tomorrow.", ["2024-03-08"]),
        ("The council met today.", ["2024-03-07"]),
        ("“We met yesterday,” the pilot said.", []),
        ("Today the old mill is a museum.", []),
        # told from a day named before
        ("He signed on Wednesday after talks the previous day.", ["2024-03-06", "2024-03-05"]),
        ("They left on Monday. They came back the following day.", ["2024-03-04", "2024-03-05"]),
        ("It sank on Monday. The crew had left the day before.", ["2024-03-04", "2024-03-03"]),
        ("It sank on Monday. The crew left two days earlier.", ["2024-03-04", "2024-03-02"]),
        ("They left the day before the vote.", []),
        ("They left the previous day.", []),
        # dates without their year
        ("It began on Dec. 13.", ["2023-12-13"]),
        ("It began on Feb. 20.", ["2024-02-20"]),
        ("The yard will close on April 2.", ["2024-04-02"]),
        ("It lasted from 3 to 5 March.", ["2024-03-03/2024-03-05"]),
        ("The fair was held Feb. 27-March 2.", ["2024-02-27/2024-03-02"]),
        ("It rained between Oct. 1 and Feb. 18.", ["2023-10-01/2024-02-18"]),
        ("He fled on June 16 of last year.", ["2023-06-16"]),
        # months and their parts
        ("It opened in November.", ["2023-11-01/2023-11-30"]),
        ("It will open in November.", ["2024-11-01/2024-11-30"]),
        ("It opened last June.", ["2023-06-01/2023-06-30"]),
        ("The mill shut in September last year.", ["2023-09-01/2023-09-30"]),
        ("A party would visit in mid-December.", ["2024-12-11/2024-12-21"]),
        ("Mr May may march in June, May said.", ["2024-06-01/2024-06-30"]),
        (
            "In June 2021 the mill closed. The same month, the dam broke.",
            ["2021-06-01/2021-06-30"] * 2,
        ),
        # steps and counts
        ("It rained last week.", ["2024-02-26/2024-03-03"]),
        ("It rained last month.", ["2024-02-01/2024-02-29"]),
        ("It rained earlier this month.", ["2024-03-01/2024-03-07"]),
        ("It rained last year.", ["2023-01-01/2023-12-31"]),
        ("It rained this year.", ["2024-01-01/2024-12-31"]),
        ("It rained over the past three months.", ["2023-12-07/2024-03-07"]),
        ("It will rain for the next two weeks.", ["2024-03-07/2024-03-21"]),
        (
            "In 1995 it lost a field that it needed for the next two years.",
            ["1995-01-01/1995-12-31"],
        ),
        ("It rained in the past months and in recent weeks.", []),
        ("The mill shut two years ago.", ["2022-01-01/2022-12-31"]),
        ("The mill shut about two years ago.", []),
        ("The mill shut twenty-two years ago.", []),
        ("It rained last summer.", ["2023-06-01/2023-08-31"]),
        ("It rained in the summer of 2015.", ["2015-06-01/2015-08-31"]),
        # years
        ("It was built in 2019 and 2021.", ["2019-01-01/2019-12-31", "2021-01-01/2021-12-31"]),
        ("He governed from 1993 to 2001.", ["1993-01-01/2001-12-31"]),
        ("They signed a 2024 harbour exchange protocol.", []),
        ("It grew in the 1990s.", ["1990-01-01/1999-12-31"]),
        # what is a name or a number
        ("Super Tuesday and Monday Night Football, said Fox News Sunday.", []),
        ("On the second march the band played.", []),
        ("She got 2016 votes in 2016 places.", ["2016-01-01/2016-12-31"]),
    ],
)
def test_what_each_expression_means(text: str, days: list[str]) -> None:
    assert told(text) == days


def test_without_publication_only_what_is_absolute_is_told() -> None:
    text = "It sank on Tuesday. It was raised on March 5, 2024, and lost the following day."
    assert told(text, None) == ["2024-03-05", "2024-03-06"]
    assert [day.absolute for day in find_days(text, None)] == [True, False]


def test_the_previous_day_of_another_paragraph_may_be_told_from_publication() -> None:
    document = from_text(
        "The minister was welcomed in Port Vale on Monday, the harbour ministry said.\n\n"
        "The envoy left for the coast the previous day, the ministry said in its report.",
        published="2024-03-07",
    )
    days = document_days(document)
    assert [(str(day.start), str(day.end)) for day in days] == [
        ("2024-03-04", "2024-03-04"),
        ("2024-03-03", "2024-03-06"),
    ]
    assert days[1].precision is Precision.SPAN


def test_a_weekday_that_does_not_fit_its_date_is_doubted() -> None:
    (day,) = find_days("It was signed on Tuesday, March 6, 2024.", THURSDAY)
    assert day.doubt == "2024-03-06 is a Wednesday, not a Tuesday"
    (day,) = find_days("It was signed on Wednesday, March 6, 2024.", THURSDAY)
    assert day.doubt is None


def test_a_sunday_s_last_week_is_the_one_that_ends_with_it() -> None:
    assert told("It rained last week.", date(2024, 3, 10)) == ["2024-03-04/2024-03-10"]


def test_a_wrapped_line_is_one_expression_and_an_empty_line_ends_one() -> None:
    assert told("It opened in September\nlast year.") == ["2023-09-01/2023-09-30"]
    assert told("It opened in December\n\n2021 was dry.") == ["2023-12-01/2023-12-31"]


PIECES = """
on in the last next this earlier mid- Monday Friday Tuesday's March May Dec. 12 31 2, 2023
2024-02-29 1990s '80s day week month year summer of two ago before previous following same will
met said would . , “ ” " yesterday today and to - from between until past Sept. 30 February 0 99
1900 third quarter
"""
WORDS = st.lists(st.sampled_from([*PIECES.split(), "\n", "\n\n"]), max_size=30).map(" ".join)
DATES = st.none() | st.dates()


@given(WORDS | st.text(max_size=80), DATES)
def test_each_day_is_where_its_words_are_and_ends_after_it_starts(
    text: str, published: date | None
) -> None:
    position = 0
    for day in find_days(text, published):
        assert position <= day.span.start < day.span.end <= len(text)
        assert text[slice(*day.span)] == day.words
        assert day.start <= day.end
        if day.precision is Precision.DAY:
            assert day.start == day.end
        position = day.span.end


@given(WORDS, WORDS, DATES)
def test_what_a_later_paragraph_says_changes_nothing(
    text: str, later: str, published: date | None
) -> None:
    alone = find_days(text, published)
    assert find_days(f"{text}\n\n{later}", published)[: len(alone)] == alone


@given(WORDS, WORDS, WORDS, DATES)
def test_nothing_outside_the_stretch_is_looked_at(
    before: str, text: str, after: str, published: date | None
) -> None:
    whole = f"{before} {text} {after}"
    start = len(before) + 1
    found = find_days(whole, published, start, start + len(text))
    assert [_moved(day, start) for day in find_days(text, published)] == found


def _moved(day: Day, by: int) -> Day:
    span = day.span._replace(start=day.span.start + by, end=day.span.end + by)
    return Day(day.start, day.end, day.precision, span, day.words, day.absolute, day.doubt)


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.sampled_from(["Monday", "Friday"]))
def test_a_weekday_is_within_the_week(published: date, name: str) -> None:
    past, coming = find_days(f"They met on {name}.\n\nThey will meet on {name}.", published)
    week = timedelta(days=7)
    assert published - week < past.start <= published <= coming.start < published + week
    assert f"{past.start:%A}" == f"{coming.start:%A}" == name
