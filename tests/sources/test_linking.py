"""From what an article calls its speakers to the registry. People are invented, facts are known."""

from __future__ import annotations

import pytest

from claims.records import Carrier, Span
from claims.sources.linking import Linked, link_carriers, link_speakers
from claims.sources.registry import Registry
from tests.sources.build import Marked, spans

REGISTRY = Registry.shipped()


def linked(text: str, *sources: str) -> list[Linked]:
    end = (Span(len(text) - 1, len(text)),)
    marked = [Marked(spans(text, s) if s else (), cue=end) for s in sources]
    return link_speakers(text, marked, REGISTRY)


@pytest.mark.parametrize(
    ("text", "source", "speaker", "ids"),
    [
        ("The U.S. and South Korea said so.", "The U.S. and South Korea", "U.S.; South Korea",
         ["state:US", "state:KR"]),
        ("Both Russia and North Korea denied it.", "Both Russia and North Korea",
         "Russia; North Korea", ["state:RU", "state:KP"]),
        ("KCNA said so.", "KCNA", "KCNA", ["media:kcna"]),
        ("The KCNA report said so.", "The KCNA report", "KCNA", ["media:kcna"]),
        ("Images released by KCNA showed it.", "Images released by KCNA", "KCNA", ["media:kcna"]),
        ("Ana Belo said so.", "Ana Belo", "Ana Belo", [None]),
        ("The Sea and Ice Committee said so.", "The Sea and Ice Committee",
         "Sea and Ice Committee", [None]),
    ],
)  # fmt: skip
def test_a_name_is_its_source(text: str, source: str, speaker: str, ids: list[str | None]) -> None:
    (found,) = linked(text, source)
    assert found.speaker == speaker
    assert [s.source_id for s in found.speakers] == ids
    for one in found.speakers:
        assert one.confidence is not None
        assert one.evidence is not None


def test_a_capital_takes_the_name_that_the_article_gives_its_state() -> None:
    text = "South Korea said yes. Seoul said more."
    first, second = linked(text, "South Korea", "Seoul")
    assert first.speaker == second.speaker == "South Korea"
    (alone,) = linked("Seoul said more.", "Seoul")
    assert alone.speaker == "Seoul"
    assert alone.speakers[0].source_id == "state:KR"
    assert alone.speakers[0].canonical == "South Korea"


def test_state_media_is_the_only_one_that_the_article_names() -> None:
    text = "KCNA showed the meeting. State media said it went well."
    (found,) = linked(text, "State media")
    assert (found.speaker, found.speakers[0].source_id) == ("KCNA", "media:kcna")
    two = "KCNA and TASS showed the meeting. State media said it went well."
    (unsure,) = linked(two, "State media")
    assert unsure.speaker == "UNNAMED: State media"
    told = "KCNA and TASS showed it. North Korean state media said it went well."
    (named,) = linked(told, "North Korean state media")
    assert named.speakers[0].source_id == "media:kcna"


def test_whoever_is_not_named_has_a_record_that_says_so() -> None:
    unnamed, nobody, unknown = linked(
        "Two aides said so. It is said. Nobody else. He said no.", "Two aides", "", "He"
    )
    assert [(s.name, s.kind) for s in unnamed.speakers] == [("Two aides", "unnamed")]
    assert nobody == Linked("NONE", ())
    assert unknown.speaker == "UNRESOLVED"
    assert [(s.name, s.source_id) for s in unknown.speakers] == [("UNRESOLVED", None)]


def test_links_of_a_chain_get_their_ids() -> None:
    chain = (Carrier("TASS", "cited"), Carrier("Lund Gazette", "published"))
    assert [c.source_id for c in link_carriers(chain, REGISTRY)] == ["media:tass", None]


def test_the_nameless_end_of_a_list_has_a_record_of_its_own() -> None:
    (found,) = linked("Russia and its allies said so.", "Russia and its allies")
    assert found.speaker == "Russia; UNNAMED: its allies"
    assert [(s.name, s.source_id, s.kind) for s in found.speakers] == [
        ("Russia", "state:RU", "government"),
        ("its allies", None, "unnamed"),
    ]


def test_the_end_of_a_longer_name_is_that_body_where_the_registry_knows_whose() -> None:
    text = "The United Nations Security Council met. On Monday the Security Council said so."
    assert linked(text, "the Security Council")[0].speaker == "United Nations Security Council"
    text = "The Lund Security Council met. On Monday the Security Council said so."
    assert linked(text, "the Security Council")[0].speaker == "Security Council"


def test_those_aside_are_read_by_the_others_and_tell_them_nothing() -> None:
    text = "Ana Belo said yes. She added more. Rita Sol, who came, thinks so. She said no."
    second = text.rindex("She")

    def marked(words: str, at: int) -> Marked:
        start = text.index(words, at)
        cue = Span(start + len(words) + 1, start + len(words) + 6)
        return Marked((Span(start, start + len(words)),), cue=(cue,))

    main = [marked("Ana Belo", 0), marked("She", 0), marked("She", second)]
    alone = link_speakers(text, main, REGISTRY)
    aside = [marked("She", 10), marked("Rita Sol", 0)]
    found = link_speakers(text, main, REGISTRY, aside=aside)
    assert found[:3] == alone
    assert [one.speaker for one in found[3:]] == ["Ana Belo", "Rita Sol"]
    assert [one.speaker for one in link_speakers(text, [], REGISTRY, aside=aside[1:])] == [
        "Rita Sol"
    ]
