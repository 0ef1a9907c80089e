"""Dates that can't be right, and offices held by two names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.matching.copies import Copy
from claims.matching.findings import FindingKind, find
from claims.matching.findings.offices import holders, same_person
from claims.records import BlockKind
from claims.sources.registry import Registry
from claims.store.claim_rows import CopyRow
from claims.store.rows import ArticleView
from tests.matching.material import article, material

STAMPED = (BlockKind.BOILERPLATE, BlockKind.BODY)
BODY = "The harbour of Sennat was closed, its council said Wednesday."


def dates(*views: ArticleView, copies: tuple[CopyRow, ...] = ()) -> list[str]:
    given = replace(material(*views), copies=copies)
    return [f.message for f in find(given, FindingKind.DATE_DISCREPANCY)]


class TestDates:
    def test_a_header_that_is_no_such_day(self) -> None:
        view = article(1, f"2024-03-09 10:00\n{BODY}", kinds=STAMPED, outlet="Sennat Courier")
        found = find(material(view), FindingKind.DATE_DISCREPANCY)
        (one,) = found
        assert "2024-03-09 is a Saturday, but the article reports from Wednesday" in one.message
        assert [e.exact for e in one.evidence] == ["2024-03-09 10:00", "said Wednesday"]

    def test_not_a_header_that_fits(self) -> None:
        assert not dates(article(1, f"2024-03-06 10:00\n{BODY}", kinds=STAMPED))

    def test_a_date_that_was_refused_when_the_article_was_read(self) -> None:
        basis = "not sure: page metadata 2024-03-09 is a Saturday, but the article reports from "
        assert dates(article(1, BODY, basis=f"{basis}Wednesday"))

    def test_a_copy_dated_long_after_its_original(self) -> None:
        old = article(1, BODY, published="2024-03-06", outlet="Tavira")
        new = article(2, BODY, published="2025-04-09", outlet="Sennat Courier")
        assert not dates(old, new)
        copies = (CopyRow(1, 2, Copy("1", "2", 0.9, 0.9, 0.9, 0.9, 90, 90, ())),)
        (message,) = dates(old, new, copies=copies)
        assert "Sennat Courier: 2025-04-09 is long after Tavira reported the same" in message
        near = article(2, BODY, published="2024-03-13")
        assert not dates(old, near, copies=copies)

    def test_a_picture_dated_later_than_its_article(self) -> None:
        kinds = (BlockKind.CAPTION, BlockKind.BODY)
        text = "Lena Marsh in Sennat, March {} 2024. Picture: TAVIRA\n" + BODY
        late, fits = text.format("20"), text.format("6")
        assert dates(article(1, late, kinds=kinds, published="2024-03-06"))
        assert not dates(article(1, fits, kinds=kinds, published="2024-03-06"))
        assert not dates(article(1, late, kinds=kinds))

    def test_a_day_of_the_week_that_is_another(self) -> None:
        assert dates(article(1, "The quay opened on Monday, 5 March 2024."))
        assert not dates(article(1, "The quay opened on Tuesday, 5 March 2024."))


CAPTION = (BlockKind.CAPTION, BlockKind.BODY)
STORY = "Talks began between Norway’s coastal fisheries minister Anders Holt and the union."


def names(*views: ArticleView) -> list[str]:
    return [f.message for f in find(material(*views), FindingKind.NAME_DISCREPANCY)]


class TestNames:
    def test_a_caption_that_names_another(self) -> None:
        text = f"Jens Brekke, Norwegian minister of coastal fisheries, in Oslo.\n{STORY}"
        view = article(1, text, kinds=CAPTION)
        (found,) = find(material(view), FindingKind.NAME_DISCREPANCY)
        assert "Jens Brekke (caption) and Anders Holt (body)" in found.message
        assert [e.exact for e in found.evidence] == [
            "Jens Brekke, Norwegian minister of coastal fisheries",
            "Norway’s coastal fisheries minister Anders Holt",
        ]

    @pytest.mark.parametrize(
        "caption",
        [
            "Anders Holt, Norwegian minister of coastal fisheries, in Oslo.",
            "Andérs Holdt, Norwegian minister of coastal fisheries, in Oslo.",
            "Jens Brekke, former Norwegian minister of coastal fisheries, in Oslo.",
            "Jens Brekke, Norwegian deputy minister of coastal fisheries, in Oslo.",
            "Jens Brekke, Danish minister of coastal fisheries, in Oslo.",
            "Jens Brekke, Norwegian minister of coastal defence, in Oslo.",
            "Jens Brekke, minister of coastal fisheries, in Oslo.",
            "Jens Brekke, appointed Norwegian minister of coastal fisheries, in Oslo.",
        ],
    )
    def test_not_one_name_another_office_or_a_change(self, caption: str) -> None:
        assert not names(article(1, f"{caption}\n{STORY}", kinds=CAPTION))

    @pytest.mark.parametrize(
        ("day", "fires"), [("2024-03-08", True), ("2024-05-08", False), (None, False)]
    )
    def test_two_articles_of_one_week(self, day: str | None, fires: bool) -> None:
        one = article(1, STORY, published="2024-03-06", outlet="Sennat Courier")
        other = article(2, STORY.replace("Anders Holt", "Jens Brekke"), published=day)
        assert bool(names(one, other)) == fires

    def test_not_two_in_one_body(self) -> None:
        text = f"{STORY} Norway’s coastal fisheries minister Jens Brekke opened a quay."
        assert not names(article(1, text))

    @pytest.mark.parametrize(
        ("words", "name", "office"),
        [
            (STORY, "Anders Holt", ("minister", {"coasta", "fisher"}, "state:NO")),
            (
                "Anders Holt (left), the fisheries minister of Norway, spoke.",
                "Anders Holt",
                ("minister", {"fisher"}, "state:NO"),
            ),
            (
                "They met Norwegian Prime Minister Lena Marsh.",
                "Lena Marsh",
                ("prime minister", set(), "state:NO"),
            ),
            (
                "Lena Marsh, premier of Norway, spoke.",
                "Lena Marsh",
                ("prime minister", set(), "state:NO"),
            ),
        ],
    )
    def test_offices(self, words: str, name: str, office: tuple[str, set[str], str]) -> None:
        (found,) = holders(article(1, words), Registry.shipped())
        head, purpose, state = office
        assert (found.name, found.office) == (name, (head, frozenset(purpose), state))

    @pytest.mark.parametrize(
        "words",
        [
            "Lena Marsh, president of the pilots union of Norway, spoke.",
            "Lena Marsh, a South Sennat lawyer and president of the pilots, spoke.",
            "They met the foreign minister, Lena Marsh.",
            "Norway met Prime Minister Lena Marsh.",
            "They met former Norwegian Prime Minister Lena Marsh.",
            "They met then Norwegian Prime Minister Lena Marsh.",
        ],
    )
    def test_no_office_of_a_state(self, words: str) -> None:
        assert not holders(article(1, words), Registry.shipped())

    def test_a_name_ends_with_its_sentence(self) -> None:
        words = "They met Norwegian Prime Minister Lena Marsh. He said nothing."
        (found,) = holders(article(1, words), Registry.shipped())
        assert found.name == "Lena Marsh"

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("Son Jang-kuk", "Son Jang Guk", True),
            ("Aleksandr Belov", "Alexander Belov", True),
            ("A. Belov", "Alexander Belov", True),
            ("Ana Belo", "Ana Maria Belo", True),
            ("Jens Brekke", "Anders Holt", False),
            ("Son Jang-kuk", "Son Mi-ran", False),
        ],
    )
    def test_same_person(self, one: str, other: str, same: bool) -> None:
        assert same_person(one, other) == same
