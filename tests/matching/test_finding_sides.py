"""Contradictions, missing denials, dropped attributions, claims on one origin."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.matching.copies import Copy
from claims.matching.findings import FindingKind, find
from claims.matching.grouping import Relation
from claims.records import Act, Stance
from claims.store.claim_rows import CopyRow
from claims.store.rows import ArticleView
from tests.matching.material import article, claim, material, member, said

CLAIM = "the harbour pilots were warned twice about the fog"
SAID = f"Lena Marsh said {CLAIM}."
DENIED = "Orrin Vale denied that the harbour pilots were warned about any fog."


def carrying(number: int, outlet: str = "Sennat Courier", day: str = "2024-03-05") -> ArticleView:
    return article(
        number, SAID, said(SAID, "Lena Marsh", "said", CLAIM), outlet=outlet, published=day
    )


def denying(number: int, day: str = "2024-03-05", speaker: str = "Orrin Vale") -> ArticleView:
    text = DENIED.replace("Orrin Vale", speaker)
    content = "the harbour pilots were warned about any fog"
    row = said(text, speaker, "denied", content, stance=Stance.DENIES, act=Act.DENIAL)
    return article(number, text, row, outlet="Tavira Post", published=day)


class TestContradiction:
    kind = FindingKind.CONTRADICTION

    def test_two_sources_on_two_sides(self) -> None:
        one, other = carrying(1), denying(2)
        both = claim(7, member(one, 0), member(other, 0, Relation.OPPOSES))
        (found,) = find(material(one, other, claims=[both]), self.kind)
        assert found.claims == (7,)
        assert "Orrin Vale" in found.message and "Lena Marsh" in found.message
        assert [e.exact for e in found.evidence] == [m.quote.exact for m in both.members]
        assert [e.article_id for e in found.evidence] == [1, 2]

    def test_a_denial_counts_where_grouping_has_it_on_the_same_side(self) -> None:
        one, other = carrying(1), denying(2)
        both = claim(7, member(one, 0), member(other, 0))
        assert find(material(one, other, claims=[both]), self.kind)

    def test_not_of_one_speaker(self) -> None:
        one, other = carrying(1), denying(2, speaker="Lena Marsh")
        both = claim(7, member(one, 0), member(other, 0, Relation.OPPOSES))
        assert not find(material(one, other, claims=[both]), self.kind)

    def test_not_where_the_words_bear_nothing_out(self) -> None:
        text = "Orrin Vale said the harbour will open again on Friday."
        other = article(2, text, said(text, "Orrin Vale", "said", text[16:-1]))
        one = carrying(1)
        both = claim(7, member(one, 0), member(other, 0, Relation.OPPOSES))
        assert not find(material(one, other, claims=[both]), self.kind)

    @pytest.mark.parametrize(
        ("words", "fires"),
        [
            ("the harbour pilots were not warned twice about the fog", True),
            ("the harbour pilots were warned twice about the thick fog", False),
            ("no storm came", False),
        ],
    )
    def test_a_statement_that_is_negated(self, words: str, fires: bool) -> None:
        text = f"Orrin Vale said {words}."
        one, other = carrying(1), article(2, text, said(text, "Orrin Vale", "said", words))
        both = claim(7, member(one, 0), member(other, 0, Relation.OPPOSES))
        assert bool(find(material(one, other, claims=[both]), self.kind)) == fires

    def test_not_with_an_doubtful_attribution(self) -> None:
        one, other = carrying(1), denying(2)
        weak = tuple(replace(row, confidence=0.3) for row in other.attributions)
        other = replace(other, attributions=weak)
        both = claim(7, member(one, 0), member(other, 0, Relation.OPPOSES))
        assert not find(material(one, other, claims=[both]), self.kind)

    def test_a_key_outlives_new_numbers_and_offsets(self) -> None:
        one, other = carrying(1), denying(2)
        both = claim(7, member(one, 0), member(other, 0, Relation.OPPOSES))
        before = find(material(one, other, claims=[both]), self.kind)[0].key
        moved = article(1, f"Fog again.\n{SAID}", *one.attributions, outlet="Sennat Courier")
        row = said(moved.text, "Lena Marsh", "said", CLAIM)
        moved = article(1, moved.text, row, outlet="Sennat Courier", version=2)
        anew = claim(31, member(moved, 0), member(other, 0, Relation.OPPOSES))
        after = find(material(moved, other, claims=[anew]), self.kind)[0]
        assert (after.key, after.claims) == (before, (31,))


class TestMissingDenial:
    kind = FindingKind.DENIAL_MISSING

    @pytest.mark.parametrize(
        ("carried", "denied", "fires"),
        [
            ("2024-03-06", "2024-03-05", True),
            ("2024-03-05", "2024-03-05", True),
            ("2024-03-04", "2024-03-05", False),  # couldn't have known
        ],
    )
    def test_only_of_who_could_know(self, carried: str, denied: str, fires: bool) -> None:
        one, other = carrying(1, day=carried), denying(2, day=denied)
        both = claim(7, member(one, 0), member(other, 0, Relation.OPPOSES))
        assert bool(find(material(one, other, claims=[both]), self.kind)) == fires

    def test_words_count_whatever_their_endings(self) -> None:
        words, denied = "Orrin Vale shot at the patrol boats", "shooting at any patrol boat"
        for content, fires in ((denied, True), ("shooting at any buoys", False)):
            text = f"Orrin Vale denied {content}."
            row = said(text, "Orrin Vale", "denied", content, stance=Stance.DENIES, act=Act.DENIAL)
            accused = f"Lena Marsh said {words.replace('shot', 'was shooting')}."
            one = article(
                1, accused, said(accused, "Lena Marsh", "said", accused[16:-1]),
                published="2024-03-06",
            )  # fmt: skip
            other = article(2, text, row, published="2024-03-05")
            both = claim(7, member(one, 0), member(other, 0, Relation.OPPOSES))
            assert bool(find(material(one, other, claims=[both]), self.kind)) == fires

    def test_not_without_a_day(self) -> None:
        one = article(1, SAID, said(SAID, "Lena Marsh", "said", CLAIM))
        both = claim(7, member(one, 0), member(denying(2), 0, Relation.OPPOSES))
        assert not find(material(one, denying(2), claims=[both]), self.kind)

    def test_not_where_the_article_has_the_denier_deny_anything(self) -> None:
        text = f"{SAID} Orrin Vale denied it."
        rows = (
            said(text, "Lena Marsh", "said", CLAIM),
            said(text, "Orrin Vale", "denied", "it", stance=Stance.DENIES),
        )
        one = article(1, text, *rows, published="2024-03-06")
        both = claim(7, member(one, 0), member(denying(2), 0, Relation.OPPOSES))
        assert not find(material(one, denying(2), claims=[both]), self.kind)


class TestDroppedAttribution:
    kind = FindingKind.ATTRIBUTION_DROPPED
    fact = "The harbour pilots were warned twice about the fog."

    def agency(self) -> ArticleView:
        row = said(SAID, "Lena Marsh", "said", CLAIM)
        return article(1, SAID, row, outlet="Tavira", wire="Tavira")

    def test_stated_by_who_has_it_from_the_agency(self) -> None:
        one = self.agency()
        other = article(2, self.fact, outlet="Sennat Courier", wire="Tavira")
        both = claim(7, member(one, 0), member(other, self.fact))
        (found,) = find(material(one, other, claims=[both]), self.kind)
        assert found.message.startswith("Sennat Courier states as fact what Tavira attributes")
        assert [e.note for e in found.evidence] == ["stated as fact", "attributed to Lena Marsh"]

    def test_stated_by_a_copy(self) -> None:
        one, other = self.agency(), article(2, self.fact, outlet="Sennat Courier")
        both = claim(7, member(one, 0), member(other, self.fact))
        given = material(one, other, claims=[both])
        assert not find(given, self.kind)  # it may know it by itself
        given = replace(
            given, copies=[CopyRow(1, 2, Copy("1", "2", 0.4, 0.9, 0.4, 0.9, 90, 90, ()))]
        )
        assert find(given, self.kind)

    def test_not_by_the_same_outlet_or_in_other_words(self) -> None:
        one = self.agency()
        same = article(2, self.fact, outlet="Tavira", wire="Tavira")
        both = claim(7, member(one, 0), member(same, self.fact))
        assert not find(material(one, same, claims=[both]), self.kind)
        fact = "Fog lay over the harbour and the ferries of Sennat stayed at their quays."
        other = article(2, fact, outlet="Sennat Courier", wire="Tavira")
        both = claim(7, member(one, 0), member(other, fact))
        assert not find(material(one, other, claims=[both]), self.kind)

    def test_not_where_the_article_attributes_the_claim_elsewhere(self) -> None:
        text = f"{SAID} {self.fact}"
        other = article(2, text, said(text, "Lena Marsh", "said", CLAIM), wire="Tavira")
        one = self.agency()
        both = claim(7, member(one, 0), member(other, 0), member(other, self.fact))
        assert not find(material(one, other, claims=[both]), self.kind)


class TestSingleOrigin:
    kind = FindingKind.SINGLE_ORIGIN

    def test_two_outlets_on_one_speaker(self) -> None:
        one, other = carrying(1), carrying(2, outlet="Tavira Post")
        both = claim(7, member(one, 0), member(other, 0))
        (found,) = find(material(one, other, claims=[both]), self.kind)
        assert "2 outlets" in found.message and "Lena Marsh" in found.message

    def test_not_one_outlet_twice(self) -> None:
        one, other = carrying(1), carrying(2)
        both = claim(7, member(one, 0), member(other, 0))
        assert not find(material(one, other, claims=[both]), self.kind)

    def test_not_with_a_second_origin_or_one_that_is_unknown(self) -> None:
        for speaker in ("Orrin Vale", "UNRESOLVED"):
            text = SAID.replace("Lena Marsh", speaker)
            row = said(text, speaker, "said", CLAIM)
            other = article(2, text, row, outlet="Tavira Post")
            both = claim(7, member(carrying(1), 0), member(other, 0))
            assert not find(material(carrying(1), other, claims=[both]), self.kind)

    def test_a_further_outlet_keeps_the_key(self) -> None:
        views = [carrying(i, outlet=name) for i, name in enumerate(("A Post", "B Post", "C Post"))]
        keys = {
            find(
                material(*views, claims=[claim(7, *(member(v, 0) for v in views[:n]))]), self.kind
            )[0].key
            for n in (2, 3)
        }
        assert len(keys) == 1
