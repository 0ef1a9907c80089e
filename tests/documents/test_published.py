from __future__ import annotations

from claims.documents.build import from_text
from claims.records import BlockKind, DateKind, Document

HEAD = "Ministry denies the leak at Port Vale"
TUESDAY = "The harbour ministry denied that fuel had leaked, a spokeswoman said Tuesday."
MORE = "Fishermen of Port Vale have complained of black nets since the winter, the union said."
PICTURE = "Divers at the quay of Port Vale, {}. Picture: COAST LEDGER/REUTERS"


def article(*paragraphs: str, published: str | None = None) -> Document:
    return from_text("\n\n".join(paragraphs), published=published)


def kinds(document: Document) -> list[tuple[DateKind, str | None, bool]]:
    return [(one.kind, one.value, one.accepted) for one in document.dates]


def test_a_date_that_the_story_refutes_is_kept_with_the_reason() -> None:
    document = article(HEAD, "Date: 2025-04-05", TUESDAY, MORE)
    (header,) = document.dates
    assert document.published.value is None
    assert (header.kind, header.value, header.accepted) == (DateKind.HEADER, "2025-04-05", False)
    assert "is a Saturday, but the article reports from Tuesday" in header.reason
    assert header.evidence and document.text[slice(*header.evidence)] == "2025-04-05"


def test_a_caption_of_the_day_that_the_story_reports_from_dates_it() -> None:
    document = article(PICTURE.format("March 5 2024"), TUESDAY, MORE)
    assert document.blocks[0].kind is BlockKind.CAPTION
    assert document.published.value == "2024-03-05"
    assert kinds(document) == [(DateKind.CAPTION, "2024-03-05", True)]


def test_a_caption_of_another_day_dates_nothing() -> None:
    document = article(PICTURE.format("March 4 2024"), TUESDAY, MORE)
    assert document.published.value is None
    assert kinds(document) == [(DateKind.CAPTION, "2024-03-04", False)]
    silent = article(PICTURE.format("March 5 2024"), TUESDAY.replace(" Tuesday", ""), MORE)
    assert silent.published.value is None
    assert "doesn't say which day" in silent.dates[0].reason


def test_a_picture_from_the_files_is_no_evidence() -> None:
    caption = PICTURE.format("in this file photo of March 5 2024")
    assert article(caption, TUESDAY, MORE).dates == ()


def test_a_caption_dates_the_story_whose_header_is_the_copier_s() -> None:
    document = article(HEAD, "Date: 2025-04-05", PICTURE.format("March 5 2024"), TUESDAY, MORE)
    assert document.published.value == "2024-03-05"
    assert kinds(document) == [
        (DateKind.HEADER, "2025-04-05", False),
        (DateKind.CAPTION, "2024-03-05", True),
    ]


def test_what_is_given_wins_and_the_header_says_that_it_differs() -> None:
    document = article(HEAD, "March 6, 2024", TUESDAY, MORE, published="2024-03-05")
    assert document.published.value == "2024-03-05"
    assert kinds(document) == [
        (DateKind.GIVEN, "2024-03-05", True),
        (DateKind.HEADER, "2024-03-06", False),
    ]
    assert document.dates[1].reason == "given says 2024-03-05"


def test_a_given_date_that_can_t_be_read_hides_no_other_but_none_is_believed() -> None:
    document = article(HEAD, "March 6, 2024", TUESDAY, MORE, published="last week")
    assert document.published.value is None
    assert [one.accepted for one in document.dates] == [False, False]
