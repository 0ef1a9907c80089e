"""Outlet, wire agency and date, with their evidence; and empty where they are not sure."""

from __future__ import annotations

import pytest

from claims.documents import from_text
from claims.documents.dates import find_dates, weekday_conflict
from claims.records import Document, Fact

LEAD = "The harbour ministry denied on Tuesday that fuel had leaked, a spokeswoman said."
MORE = "The union has said that it will hand a report to the prosecutor."


def article(*paragraphs: str) -> Document:
    return from_text("\n\n".join(paragraphs))


def evidence(document: Document, fact: Fact) -> str:
    assert fact.evidence is not None
    return document.text[slice(*fact.evidence)]


@pytest.mark.parametrize(
    ("paragraphs", "agency", "mark"),
    [
        ([LEAD, f"{MORE} (Yonhap)"], "Yonhap", "(Yonhap)"),
        ([f"SEOUL, South Korea (AP) — {LEAD}", MORE], "AP", "SEOUL, South Korea (AP) —"),
        ([f"BEIJING, Nov. 15 (Xinhua) -- {LEAD}"], "Xinhua", "BEIJING, Nov. 15 (Xinhua) --"),
        ([f"MOSCOW, March 5. /TASS/. {LEAD}"], "TASS", "MOSCOW, March 5. /TASS/."),
        (["Ministry denies the leak", "By AFP", LEAD], "AFP", "By AFP"),
        (["Ministry denies the leak", "By [AFP](#)", LEAD], "AFP", "By [AFP](#)"),
        (["Ministry denies the leak", "By Ana Quill, The Associated Press", LEAD], "AP", None),
        ([LEAD, MORE, "Reuters\u00a0"], "Reuters", "Reuters"),
        ([LEAD, MORE, "– REUTERS"], "Reuters", "– REUTERS"),
        ([LEAD, MORE, "Agence France-Presse"], "AFP", "Agence France-Presse"),
    ],
)
def test_the_wire_and_its_mark(paragraphs: list[str], agency: str, mark: str | None) -> None:
    document = article(*paragraphs)
    assert document.wire.value == agency
    if mark:
        assert evidence(document, document.wire) == mark


@pytest.mark.parametrize(
    "paragraphs",
    [
        [LEAD, MORE],
        [
            LEAD,
            "The ministry had spoken to Reuters, it said, and to the Yonhap news agency (Yonhap).",
        ],
        [LEAD, "Delegates arrive in Port Vale on Monday. **AP/TASS**", MORE],
        ["This photo shows the tanker (left) at Port Vale, Monday. (KCNA)", LEAD, MORE],
        [LEAD, "The report was carried by Xinhua and by TASS, the ministry said."],
    ],
)
def test_an_agency_that_is_only_spoken_of_is_not_the_wire(paragraphs: list[str]) -> None:
    assert article(*paragraphs).wire.value is None


def test_two_wires_are_no_wire() -> None:
    document = article(f"SEOUL (AP) — {LEAD}", MORE, "Reuters")
    assert document.wire.value is None
    assert document.wire.basis == "not sure: dateline says AP, closing credit says Reuters"


def test_an_unknown_agency_is_shown_and_not_believed() -> None:
    document = article(LEAD, f"{MORE} (VPA-Meridian)")
    assert document.wire.value is None
    assert evidence(document, document.wire) == "(VPA-Meridian)"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("March 5, 2024", "2024-03-05"),
        ("Published: 5 March 2024, 09:30 | Updated: 5 March 2024, 11:05", "2024-03-05T09:30:00"),
        ("Date:2024-03-05 20:00:55", "2024-03-05T20:00:55"),
        ("By Ana Quill | Mar. 5, 2024 at 4:07 p.m.", "2024-03-05T16:07:00"),
        ("Tuesday, March 5th, 2024", "2024-03-05"),
        ("05.03.2024", "2024-03-05"),
        ("03/25/2024", None),
        ("2024-03-05T10:00:00Z", "2024-03-05T10:00:00"),
    ],
)
def test_dates_of_the_head(line: str, date: str | None) -> None:
    document = article("Ministry denies the leak at Port Vale", line, LEAD, MORE)
    assert document.published.value == date
    if date:
        assert document.published.basis == "date line"
        assert evidence(document, document.published) in line


def test_a_date_behind_the_headline_and_one_before_a_caption() -> None:
    first = article("Ministry denies the leak \u00a0 \u00a0 DATE: 2024-03-05 00:45:00", LEAD, MORE)
    assert first.title == "Ministry denies the leak"
    assert first.published.value == "2024-03-05T00:45:00"
    second = article("date 2024-03-05 This photo shows the tanker (left). (KCNA)", LEAD, MORE)
    assert evidence(second, second.published) == "2024-03-05"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("04/05/2024", "not sure: date line says 04/05/2024"),
        ("2024-02-31", "not sure: date line says 2024-02-31"),
        (
            "Date: 2024-03-09",
            "not sure: date line 2024-03-09 is a Saturday, but the article reports from Tuesday",
        ),
    ],
)
def test_a_date_that_is_not_sure_stays_empty_and_says_so(line: str, says: str) -> None:
    lead = "The harbour ministry denied that fuel had leaked, a spokeswoman said Tuesday."
    document = article("Ministry denies the leak at Port Vale", line, lead, MORE)
    assert document.published.value is None
    assert document.published.basis == says
    assert evidence(document, document.published) in line


def test_no_date_is_not_a_date() -> None:
    assert article(LEAD, MORE).published == Fact(None, "not found")
    assert article(LEAD, "It was sold on March 5, 2023, and lost in 2024.").published.value is None


def test_what_is_given_is_believed() -> None:
    document = from_text(
        f"Ministry denies leak\n\nDate: 2024-03-09\n\n{LEAD}",
        outlet="The Coast Ledger",
        published="2024-03-07",
        url="https://www.other.example/a",
    )
    assert document.outlet == Fact("The Coast Ledger", "given")
    assert document.published == Fact("2024-03-07", "given")


def test_a_given_date_that_is_none_says_so() -> None:
    document = from_text(LEAD, published="last week")
    assert document.published.value is None
    assert "last week" in document.published.basis


def test_outlet_by_address() -> None:
    given = from_text(LEAD, url="https://www.ledger.example/a")
    assert given.outlet.value == "ledger.example"
    address = "https://www.ledger.example/2024/leak"
    printed = article("Ministry denies the leak", LEAD, MORE, "Original link:", f"<{address}>")
    assert (printed.url, printed.outlet.value) == (address, "ledger.example")
    assert evidence(printed, printed.outlet) == address
    other = article("Ministry denies the leak", LEAD, MORE, "https://shop.example/deal")
    assert (other.url, other.outlet.value) == (None, None)


def test_outlet_in_a_page_title() -> None:
    document = article(
        "Home > News > Ministry denies leak as nets come up black - DailyCapita",
        "Ministry denies leak as nets come up black",
        LEAD,
    )
    assert document.outlet.value == "DailyCapita"
    assert evidence(document, document.outlet) == "DailyCapita"


def test_dates_are_found_in_running_text_with_their_place() -> None:
    text = "On 5 March 2024 and March 6, 2024, not 2024, 1/2 or 12.30."
    assert [(d.value, text[slice(*d.span)]) for d in find_dates(text)] == [
        ("2024-03-05", "5 March 2024"),
        ("2024-03-06", "March 6, 2024"),
    ]


@pytest.mark.parametrize(
    ("date", "lead", "conflict"),
    [
        ("2024-03-05", "It was so, officials said Tuesday.", False),
        ("2024-03-06", "It was so, the ministry announced on Tuesday.", False),
        ("2024-03-04", "It was so, officials said on Friday.", False),
        ("2024-03-05", "Talks will be held on Friday.", False),
        ("2024-03-09", "It was so, officials said Tuesday.", True),
        ("2024-03-04T10:00:00", "It was so, officials said Tuesday.", True),
    ],
)
def test_the_day_of_the_week_must_fit(date: str, lead: str, conflict: bool) -> None:
    assert (weekday_conflict(date, lead) is not None) == conflict


@pytest.mark.parametrize(
    ("line", "outlet", "basis"),
    [
        ("THE LUND GAZETTE", "The Lund Gazette", "masthead"),
        ("Tideway Courier | Opinion", "Tideway Courier", "masthead"),
        ("Tideway Post staff and agencies", "Tideway Post", "staff credit"),
        ("Tideway Post court staff, with Meridian News Service", "Tideway Post", "staff credit"),
        ("The Causeway data desk", "The Causeway", "staff credit"),
        ("By Ana Quill, The Lund Times", "The Lund Times", "byline"),
        ("Lund Times Staff Writer", "Lund Times", "staff credit"),
        # A link, a section, a person, an agency, and what is only said of a newspaper.
        ("Next Post", None, "not found"),
        ("Latest News", None, "not found"),
        ("Sports desk", None, "not found"),
        ("The Sports desk", None, "not found"),
        ("Staff and agencies", None, "not found"),
        ("By Ana Quill, health correspondent", None, "not found"),
        ("By Ana Quill, Associated Press", None, "not found"),
        ("Ana Quill, staff writer", None, "not found"),
    ],
)
def test_the_outlet_that_the_head_names_itself(line: str, outlet: str | None, basis: str) -> None:
    document = article(line, "Ministry denies the leak at Port Vale", LEAD, MORE)
    below = article("Ministry denies the leak at Port Vale", line, LEAD, MORE)
    found = [d for d in (document, below) if d.outlet.value] if outlet else [document, below]
    assert found
    for one in found:
        assert (one.outlet.value, one.outlet.basis) == (outlet, basis)
        if outlet:
            assert evidence(one, one.outlet).casefold() == outlet.casefold()


def test_a_head_that_names_two_outlets_is_not_sure() -> None:
    document = article(
        "THE LUND GAZETTE",
        "Ministry denies the leak at Port Vale",
        "Tideway Post staff",
        LEAD,
        MORE,
    )
    assert document.outlet.value is None
    assert document.outlet.basis == (
        "not sure: masthead says The Lund Gazette, staff credit says Tideway Post"
    )
    one = article(
        "THE LUND GAZETTE",
        "Ministry denies the leak at Port Vale",
        "Lund Gazette staff",
        LEAD,
        MORE,
    )
    assert one.outlet.value == "The Lund Gazette"


def test_a_given_outlet_is_believed_against_the_head() -> None:
    text = f"THE LUND GAZETTE\n\nMinistry denies the leak\n\n{LEAD}\n\n{MORE}"
    assert from_text(text, outlet="Tideway Post").outlet == Fact("Tideway Post", "given")
