"""Headlines firmer than their body, quotations that differ, passages that were changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.matching.findings import Finding, FindingKind, find
from claims.matching.findings.quotes import differ
from claims.matching.findings.words import same_word, tokens
from claims.records import Act, BlockKind, Stance
from claims.store.rows import ArticleView, VersionText
from tests.matching.material import article, claim, material, member, said

HEAD = (BlockKind.HEADLINE, BlockKind.BODY)
CONTENT = "two ferries collided in the fog because a pilot slept"


def headed(headline: str, body: str, *rows: tuple[str, str, str], **changes: object) -> list[str]:
    text = f"{headline}\n{body}"
    made = [replace(said(text, *row), **changes) for row in rows]  # type: ignore[arg-type]
    view = article(1, text, *made, kinds=HEAD)
    return [f.message for f in find(material(view), FindingKind.HEADLINE_FIRMER)]


class TestHeadline:
    body = f"Lena Marsh said {CONTENT}. The harbour was closed."
    row = ("Lena Marsh", "said", CONTENT)

    def test_states_what_the_body_attributes(self) -> None:
        (message,) = headed("Ferries collided in fog as pilot slept", self.body, self.row)
        assert "Lena Marsh (said)" in message

    @pytest.mark.parametrize(
        "headline",
        [
            "Ferries collided in fog as pilot slept, minister says",
            "Marsh: Ferries collided in fog as pilot slept",
            "Pilot 'slept' as ferries collided in fog",
            "Pilot may have slept as ferries collided in fog",
            "Harbour of Sennat closed for a week",
            "Ferries never collided in fog as pilot slept",
        ],
    )
    def test_not_one_that_attributes_hedges_or_says_other_things(self, headline: str) -> None:
        assert not headed(headline, self.body, self.row)

    def test_half_the_words_are_enough_where_the_source_itself_hedges(self) -> None:
        headline = "Pilot slept before ferries crashed near Sennat"
        assert not headed(headline, self.body, self.row)
        assert headed(headline, self.body, self.row, stance=Stance.HEDGES)
        assert headed(headline, self.body, self.row, act=Act.ACCUSATION)

    def test_not_where_the_body_states_it_itself(self) -> None:
        fact = "Two ferries collided in the fog as a pilot slept."
        text = f"Ferries collided in fog as pilot slept\n{fact} Lena Marsh said {CONTENT}."
        view = article(1, text, said(text, *self.row), kinds=HEAD, asserted=[fact])
        assert not find(material(view), FindingKind.HEADLINE_FIRMER)


def quoting(number: int, words: str, speaker: str = "Lena Marsh") -> ArticleView:
    text = f"{speaker} said: “{words}”"
    row = said(text, speaker, "said", f"“{words}”")
    return article(number, text, row, outlet=f"Outlet {number}")


def quotes(one: str, other: str, speaker: str = "Lena Marsh") -> list[Finding]:
    views = (quoting(1, one), quoting(2, other, speaker))
    return find(material(*views), FindingKind.QUOTE_DIFFERS)


WORDS = "we will organise the harbour anew before the winter comes"


class TestQuotes:
    def test_another_word_inside(self) -> None:
        (found,) = quotes(WORDS, WORDS.replace("before the", "after the"))
        assert "“before”" in found.message and "“after”" in found.message
        assert [e.article_id for e in found.evidence] == [1, 2]

    def test_a_negation_or_a_figure_is_no_spelling(self) -> None:
        assert quotes(WORDS, WORDS.replace("will organise", "won't organise"))
        figure = "the harbour lost 1500 tonnes of grain in the storm"
        assert quotes(figure, figure.replace("1500", "1600"))

    @pytest.mark.parametrize(
        "other",
        [
            WORDS,
            WORDS.capitalize(),
            WORDS.replace("organise", "organize"),
            WORDS.replace("we will", "we'll"),
            "organise the harbour anew before the winter",
            WORDS.replace("the harbour anew", "[the port] anew"),
            WORDS.replace("the harbour", "…"),
            "we never wanted to close the school in the village",
        ],
    )
    def test_not_what_is_trimmed_spelt_otherwise_marked_or_another_utterance(
        self, other: str
    ) -> None:
        assert not quotes(WORDS, other)

    def test_not_of_another_speaker(self) -> None:
        assert not quotes(WORDS, WORDS.replace("before the", "after the"), speaker="Orrin Vale")

    def test_copies_of_one_slip_are_one_finding(self) -> None:
        slip = WORDS.replace("before the", "after the")
        views = [quoting(1, WORDS), *(quoting(n, slip) for n in (2, 3, 4))]
        assert len(find(material(*views), FindingKind.QUOTE_DIFFERS)) == 1

    def test_a_chance_word_before_the_utterance_is_no_part_of_it(self) -> None:
        longer = f"we know what this is about, and {WORDS}"
        assert not quotes(WORDS, longer)
        (found,) = quotes(WORDS, longer.replace("before the", "after the"))
        assert "“before”" in found.message and "“after”" in found.message

    def test_form_words_alone_are_no_utterance(self) -> None:
        one = "and so it is that he is going to be there for you and me"
        assert not quotes(one, one.replace("for you", "with you"))

    def test_difference_in_words_that_are_joined(self) -> None:
        one, other = tokens(WORDS), tokens(WORDS.replace("anew", "a new"))
        assert differ(one, other) is None

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("organise", "organize", True),
            ("cooperation", "cooperations", True),
            ("agree", "disagree", False),
            ("1500", "1600", False),
            ("not", "now", False),
            ("an", "and", False),
            ("never", "ever", False),
        ],
    )
    def test_same_word(self, one: str, other: str, same: bool) -> None:
        assert same_word(one, other) == same


OLD = "The harbour was closed on Monday.\nLena Marsh said three pilots were warned about the fog."


def changed(new: str, old: str = OLD) -> list[Finding]:
    view = article(1, new, outlet="Sennat Courier", version=2)
    first = article(1, old)
    versions = (
        VersionText(1, 1, old, first.blocks),
        VersionText(1, 2, new, view.blocks),
    )
    return find(replace(material(view), versions={1: versions}), FindingKind.PASSAGE_CHANGED)


class TestPassages:
    def test_a_changed_figure_with_the_claim_that_rests_on_it(self) -> None:
        new = OLD.replace("three pilots", "two pilots")
        row = said(new, "Lena Marsh", "said", "two pilots were warned about the fog")
        view = article(1, new, row, outlet="Sennat Courier", version=2)
        versions = (VersionText(1, 1, OLD, article(1, OLD).blocks),)
        given = material(view, claims=[claim(7, member(view, 0))])
        given = replace(given, versions={1: (*versions, VersionText(1, 2, new, view.blocks))})
        (found,) = find(given, FindingKind.PASSAGE_CHANGED)
        assert found.claims == (7,)
        assert [(e.version, "three" in e.exact) for e in found.evidence] == [(1, True), (2, False)]
        for one, text in zip(found.evidence, (OLD, new), strict=True):
            assert text[one.span.start : one.span.end] == one.exact

    def test_a_passage_that_is_gone(self) -> None:
        (found,) = changed(OLD.split("\n", maxsplit=1)[0])
        assert found.message.startswith("Sennat Courier took out: Lena Marsh said")

    @pytest.mark.parametrize(
        "new",
        [
            f"{OLD}\nThe quay is open again since Friday morning.",
            OLD.replace("harbour", "harbor"),
            "\n".join(reversed(OLD.split("\n"))),
            OLD.replace("Monday.", "Monday . "),
        ],
    )
    def test_not_what_was_added_moved_or_spelt_otherwise(self, new: str) -> None:
        assert not changed(new)
