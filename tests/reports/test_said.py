"""Reports as data: grouping, order, thresholds, and what is heard through whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from claims.records import Act, Framing, ModelInfo, Speaker, Stance
from claims.reports import by_speaker
from claims.reports.said import Said, commitment, in_context, speakers_of, spoken_name
from claims.sources.entries import Source, SourceKind
from claims.sources.registry import Registry
from claims.store.rows import AttributionRow, Quote

ROW = AttributionRow(
    id=1, article_id=1, version=1, run_id=1, ordinal=0, article_name="a.txt", url=None,
    title=None, outlet=None, wire=None, published=None, published_on=None,
    source=(Quote(0, 4, "Vale"),), cue=(Quote(5, 9, "said"),), content=(Quote(10, 12, "no"),),
    speaker="Orrin Vale", speakers=(), carriers=(), stance=Stance.ASSERTS, act=Act.STATEMENT,
    framing=Framing.NEUTRAL, confidence=0.9, parent=None, model=ModelInfo("m", "1"),
    run_at=datetime(2024, 1, 1, tzinfo=UTC),
)  # fmt: skip


def rows(*speakers: str) -> list[AttributionRow]:
    return [replace(ROW, id=i, ordinal=i, speaker=name) for i, name in enumerate(speakers)]


def test_the_most_heard_come_first_and_the_nameless_last() -> None:
    said = in_context(
        rows("NONE", "UNRESOLVED", "B", "AUTHOR", "A", "UNNAMED: an aide", "A", "NONE"), []
    )
    assert [report.speaker for report in by_speaker(said)] == [
        "A", "B", "UNNAMED: an aide", "AUTHOR", "NONE", "UNRESOLVED",
    ]  # fmt: skip


def test_joint_statements_stand_under_each_speaker() -> None:
    said = in_context(rows("A; B", "B"), [])
    assert [(r.speaker, len(r.said)) for r in by_speaker(said)] == [("B", 2), ("A", 1)]
    assert [r.speaker for r in by_speaker(said, name="a")] == ["A"]


def test_unnamed_sources_of_two_articles_are_not_one() -> None:
    one, two = rows("UNNAMED: officials", "UNNAMED: officials")
    said = in_context([one, replace(two, article_id=2, run_id=2)], [])
    assert [(r.speaker, r.article_id, r.articles) for r in by_speaker(said)] == [
        ("UNNAMED: officials", 1, 1),
        ("UNNAMED: officials", 2, 1),
    ]


def test_doubtful_ones_do_not_count_for_the_order() -> None:
    low = [replace(row, confidence=0.2) for row in rows("A", "A", "A")]
    high = [replace(row, id=9, ordinal=9, speaker="B") for row in rows("B")]
    reports = by_speaker(in_context([*low, *high], []))
    assert [(r.speaker, r.firm, len(r.said)) for r in reports] == [("B", 1, 1), ("A", 0, 3)]


@pytest.mark.parametrize(
    ("stance", "act", "confidence", "shown"),
    [
        (Stance.ASSERTS, Act.STATEMENT, 0.5, "asserts"),
        (Stance.DENIES, Act.DENIAL, 0.5, "denies"),
        (Stance.DENIES, Act.DENIAL, 0.49, "denies ?"),
        (Stance.ASSERTS, Act.ACCUSATION, 0.9, "asserts\naccusation"),
        (Stance.ASSERTS, Act.ACCUSATION, 0.1, "asserts ?\naccusation ?"),
        (Stance.HEDGES, Act.DENIAL, 0.9, "hedges\ndenial"),
    ],
)
def test_doubtful_denials_and_accusations_are_marked(
    stance: Stance, act: Act, confidence: float, shown: str
) -> None:
    row = replace(ROW, stance=stance, act=act, confidence=confidence)
    assert commitment(in_context([row], [])[0]) == shown


def test_nesting_is_followed_outward_and_ends_at_a_ring() -> None:
    inner, middle, outer = rows("A", "B", "C")
    inner, middle = replace(inner, parent=1), replace(middle, parent=2)
    found = in_context([inner], [inner, middle, outer])
    assert (found[0].via, found[0].depth) == ("B", 2)
    ring = in_context([inner], [inner, replace(middle, parent=0)])
    assert (ring[0].via, ring[0].depth) == ("B", 1)
    assert in_context([inner], [inner]) == [Said(inner, False)]


def test_speaker_strings() -> None:
    assert speakers_of("A; B") == ["A", "B"]
    assert speakers_of("UNNAMED: aides; clerks") == ["UNNAMED: aides; clerks"]
    assert speakers_of("; ") == ["; "]
    assert spoken_name("UNNAMED: two aides") == "unnamed: two aides"
    assert spoken_name("NONE") == "no source given"
    assert spoken_name("Nonesuch") == "Nonesuch"


def test_whom_the_registry_knows_is_one_speaker_however_called() -> None:
    one, two = rows("KCNA", "Korean Central News Agency")
    known = [
        replace(row, speakers=(Speaker(row.speaker, "media:kcna", "KCNA", "media", 0.9),))
        for row in (one, two)
    ]
    said = in_context(known, [])
    assert [(r.speaker, len(r.said)) for r in by_speaker(said)] == [("KCNA", 2)]
    assert [len(r.said) for r in by_speaker(said, name="central news")] == [1]
    merged = Registry(
        [Source("media:kcna", "KCNA", SourceKind.MEDIA), Source("x", "X", SourceKind.MEDIA)],
        standing={"media:kcna": "x"},
    )
    assert [r.speaker for r in by_speaker(said, registry=merged)] == ["X"]
