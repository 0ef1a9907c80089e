"""From scores of pairs to claims with sides, and to lines of `claims group`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from claims.matching.caution import common_words
from claims.matching.files import Given, GivenAttribution, lines
from claims.matching.grouping import LinkKind, Relation, group
from claims.matching.pairs import Scores
from claims.matching.statements import Statement, read_statements
from claims.records import Act, Attribution, Framing, Span, Stance

TEXT = "Lena Marsh said the port is closed."
SAME = Scores(0.05, 0.95, 0.0, 0.0, 0.0)
AGAINST = Scores(0.05, 0.05, 0.9, 0.0, 0.0)
LATER = Scores(0.05, 0.1, 0.0, 0.85, 0.0)
APART = Scores(0.95, 0.05, 0.0, 0.0, 0.0)


SPEAKERS = ("Lena Marsh", "Orrin Vale", "Karl Berg")


def statement(article: int, *, day: int = 1, stance: Stance = Stance.ASSERTS) -> Statement:
    attribution = Attribution(
        (Span(0, 10),), (Span(11, 15),), (Span(16, 34),), stance, Act.STATEMENT,
        Framing.NEUTRAL, 0.9, speaker=SPEAKERS[article],
    )  # fmt: skip
    found = read_statements(article, TEXT, [attribution], published=date(2031, 5, day))
    return found[0]


def test_who_stands_against_a_claim_is_its_member() -> None:
    asked = {i: statement(i) for i in range(3)}
    found = group(asked, {(0, 1): SAME, (0, 2): AGAINST, (1, 2): AGAINST}, threshold=0)
    assert [g.members for g in found.groups] == [(0, 1, 2)]
    assert found.groups[0].relations == {
        0: Relation.SAME,
        1: Relation.SAME,
        2: Relation.OPPOSES,
    }


def test_a_later_figure_updates_and_does_not_oppose() -> None:
    asked = {0: statement(0, day=1), 1: statement(1, day=3)}
    found = group(asked, {(0, 1): LATER}, threshold=0)
    assert set(found.groups[0].relations.values()) == {Relation.SAME, Relation.UPDATES}


def test_nobody_stands_against_himself() -> None:
    asked = {i: statement(0) for i in range(2)}
    found = group(asked, {(0, 1): AGAINST}, threshold=0)
    assert set(found.groups[0].relations.values()) == {Relation.SAME}


def test_no_opposition_is_guessed_that_no_word_marks() -> None:
    asked = {i: statement(i) for i in range(2)}
    found = group(asked, {(0, 1): Scores(0.1, 0.4, 0.5, 0.0, 0.0)}, threshold=0)
    assert set(found.groups[0].relations.values()) == {Relation.SAME}


def test_the_tilt_makes_opposition_easier() -> None:
    asked = {0: statement(0), 1: statement(1, stance=Stance.DENIES)}
    torn = Scores(0.05, 0.5, 0.45, 0.0, 0.0)
    plain = group(asked, {(0, 1): torn}, threshold=0)
    tilted = group(asked, {(0, 1): torn}, threshold=0, tilt=1.0)
    assert plain.groups[0].relations[1] is Relation.SAME
    assert tilted.groups[0].relations[1] is Relation.OPPOSES


def test_claims_kept_apart_by_an_editor_are_linked_by_what_they_are() -> None:
    asked = {i: statement(i) for i in range(2)}
    found = group(asked, {(0, 1): AGAINST}, threshold=0, cannot=[(0, 1)])
    assert [(x.a, x.b, x.kind) for x in found.links] == [(0, 1, LinkKind.CONTRADICTS)]


def test_the_editors_word_outweighs_the_models() -> None:
    asked = {i: statement(i) for i in range(2)}
    assert len(group(asked, {(0, 1): APART}, threshold=0).groups) == 2
    assert len(group(asked, {(0, 1): APART}, threshold=0, must=[(0, 1)]).groups) == 1


def test_every_attribution_has_a_line() -> None:
    empty = GivenAttribution((), (), (), None, None, None)
    whole = GivenAttribution(
        (Span(0, 10),), (Span(11, 15),), (Span(16, 34),), Stance.ASSERTS, "Lena Marsh", None
    )
    articles = [Given("a", TEXT, None, (whole, empty), ()), Given("b", TEXT, None, (whole,), ())]
    asked = [statement(0), replace(statement(1), article=1)]
    grouping = group(dict(enumerate(asked)), {(0, 1): SAME}, threshold=0)
    found = list(lines(articles, asked, grouping))
    assert [(x["article"], x["attribution"], x["claim"], x["relation"]) for x in found] == [
        ("a", 0, 1, "same"),
        ("a", 1, 2, "same"),
        ("b", 0, 1, "same"),
    ]
    assert found[0]["wording"] == "the port is closed"


def told(words: str, *, day: date = date(2031, 5, 1)) -> Statement:
    """What one Lena Marsh says in an article of that day."""
    text = f"Lena Marsh said {words}."
    attribution = Attribution(
        (Span(0, 10),), (Span(11, 15),), (Span(16, len(text) - 1),), Stance.ASSERTS, Act.STATEMENT,
        Framing.NEUTRAL, 0.9, speaker="Lena Marsh",
    )  # fmt: skip
    return read_statements(0, text, [attribution], published=day)[0]


LIKELY = Scores(0.4, 0.6, 0.0, 0.0, 0.0)


def test_names_alone_make_no_claim() -> None:
    workers = "Kordania is sending lumberjacks to Velmora"
    arms = "Kordania supplied Velmora with rifles"
    for other, groups in (("Velmora took in lumberjacks of Kordania", 1), (arms, 2)):
        asked = {0: told(workers), 1: told(other)}
        assert len(group(asked, {(0, 1): LIKELY}, threshold=0).groups) == groups


def test_the_same_words_a_year_later_tell_of_another_event() -> None:
    words = "the two sides signed the agreement"
    asked = {0: told(words), 1: told(words, day=date(2032, 5, 1))}
    assert len(group(asked, {(0, 1): LIKELY}, threshold=0).groups) == 2
    assert len(group(asked, {(0, 1): LIKELY}, threshold=0, cautious=False).groups) == 1
    assert len(group(asked, {(0, 1): SAME}, threshold=0).groups) == 1


def test_words_of_everything_are_no_words_of_a_claim() -> None:
    assert common_words(told("the People of Kordania support dredging")) == {"dredgi"}
