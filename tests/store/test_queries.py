"""Filters, order, and which run and version are shown."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from claims.records import UNKNOWN, Fact, ModelInfo, Stance
from claims.store import Filter, Store
from tests.store.making import MODEL, NEWER, TEXT, document, found, found_in

KEEPER = "Keeper Odo Pell said the lighthouse will stay dark."
MAYOR = "Mayor Ása Örn said 100% of the pier_fund is spent."


@pytest.fixture(scope="module")
def desk(lasting_store: Store) -> Store:
    """A filled store that tests only read."""
    return filled(lasting_store)


def filled(store: Store) -> Store:
    """Three articles: two outlets, two days, and one without either."""
    store.save(
        document(outlet=Fact("Harbour Post", "given"), published=Fact("2024-09-21", "given")),
        found(),
    )
    store.save(
        document(
            KEEPER,
            "keeper.txt",
            outlet=Fact("Tideway Gazette", "given"),
            published=Fact("2024-10-02T08:00:00+00:00", "given"),
        ),
        found_in(KEEPER, speaker="Odo Pell"),
    )
    store.save(
        document(MAYOR, "mayor.txt", outlet=UNKNOWN, published=Fact("autumn", "given")),
        found_in(MAYOR, speaker="Ása Örn; UNNAMED: 100% of_them"),
    )
    return store


@pytest.mark.parametrize(
    ("wanted", "rows"),
    [
        (Filter(), [(1, 0), (1, 1), (1, 2), (2, 0), (3, 0)]),
        (Filter(speaker="BRANDMOOR"), [(1, 0)]),
        (Filter(speaker="ása ÖRN"), [(3, 0)]),
        (Filter(speaker="0% of_"), [(3, 0)]),
        (Filter(speaker="%"), [(3, 0)]),
        (Filter(speaker="_"), [(3, 0)]),
        (Filter(speaker="nobody"), []),
        (Filter(speaker="'; DROP TABLE span --"), []),
        (Filter(stance=Stance.DENIES), [(1, 1)]),
        (Filter(since=date(2024, 9, 21)), [(1, 0), (1, 1), (1, 2), (2, 0)]),
        (Filter(since=date(2024, 9, 22)), [(2, 0)]),
        (Filter(outlet="gazette"), [(2, 0)]),
        (Filter(article=3), [(3, 0)]),
        (Filter(article=9), []),
        (Filter(min_confidence=0.9), [(1, 0)]),
        (Filter(limit=2), [(1, 0), (1, 1)]),
        (Filter(limit=0), []),
        (Filter(outlet="post", stance=Stance.ASSERTS, limit=1), [(1, 0)]),
    ],
)
def test_filters(desk: Store, wanted: Filter, rows: list[tuple[int, int]]) -> None:
    assert [(row.article_id, row.ordinal) for row in desk.attributions(wanted)] == rows


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Filter(), [1, 2, 3]),
        (Filter(stance=Stance.DENIES), [1]),
        (Filter(speaker="pell"), [2]),
        (Filter(outlet="a"), [1, 2]),
        (Filter(since=date(2024, 9, 30)), [2]),
        (Filter(limit=1), [1]),
        (Filter(article=2), [2]),
    ],
)
def test_articles_are_filtered_too(desk: Store, wanted: Filter, ids: list[int]) -> None:
    assert [row.id for row in desk.articles(wanted)] == ids


def test_only_the_newest_run_of_the_newest_version_is_shown(store: Store) -> None:
    changed = TEXT + " Later, more."
    store.save(document(), found())
    store.save(document(changed), found_in(changed, speaker="second"))
    store.save(document(changed), found_in(changed, NEWER, speaker="third"))
    # An older version read anew isn't newer than the version that took its place.
    assert store.save(document(), found_in(TEXT, NEWER, speaker="fourth")).status == "rerun"
    assert [row.speaker for row in store.attributions()] == ["third"]
    (row,) = store.articles()
    assert (row.version, row.versions, row.runs, row.attributions) == (2, 2, 4, 1)
    assert row.model == NEWER
    assert [run.version for run in store.article(1).runs] == [1, 2, 2, 1]


def test_counts_of_one_article(desk: Store) -> None:
    row = desk.articles()[0]
    assert (row.sentences, row.attributions, row.versions, row.runs) == (2, 3, 1, 1)
    assert (row.name, row.chars, row.outlet) == ("quay.txt", len(TEXT), "Harbour Post")
    assert row.model == MODEL


def test_moments_are_in_utc(store: Store) -> None:
    before = datetime.now(UTC)
    store.save(document(), found())
    row = store.attributions()[0]
    assert row.run_at.tzinfo is UTC
    assert before <= row.run_at <= datetime.now(UTC)


def test_more_attributions_than_one_query_takes(store: Store) -> None:
    from dataclasses import replace

    from claims.records import Span
    from tests.store.making import attribution

    many = tuple(
        attribution((Span(n % 100, n % 100 + 3),), cue=(Span(4, 7),), speaker=f"s{n}")
        for n in range(1234)
    )
    store.save(document(), replace(found(), attributions=many))
    rows = store.attributions()
    assert [row.speaker for row in rows] == [f"s{n}" for n in range(1234)]
    assert all(row.content[0].start == row.ordinal % 100 for row in rows)


def test_info_counts_models(store: Store) -> None:
    desk = filled(store)
    desk.save(document(), found(ModelInfo("large", "c" * 64)))
    info = desk.info()
    assert [(row.model.name, row.runs) for row in info.models] == [("small", 3), ("large", 1)]
    assert info.counts["article"] == 3
    assert info.counts["attribution"] == 8
    assert info.models[0].last_run <= info.models[1].last_run


def test_all_texts_of_what_was_changed(store: Store) -> None:
    filled(store)
    newer = KEEPER.replace("will stay dark", "will be lit on Friday")
    given = document(newer, "keeper.txt", outlet=Fact("Tideway Gazette", "given"))
    store.save(given, found_in(newer, speaker="Odo Pell"))
    store.save(given, found_in(newer, NEWER, speaker="Odo Pell"))
    changed = store.changed_texts()
    assert [(v.version, v.text) for v in changed[2]] == [(1, KEEPER), (2, newer)]
    assert changed[2][1].blocks == given.blocks and list(changed) == [2]
    store.purge(2, reason="court order", by="Ilse")
    assert store.changed_texts() == {}


def test_all_articles_read_at_once_are_those_read_one_by_one(desk: Store) -> None:
    alone = {row.id: desk.article(row.id) for row in desk.articles()}
    assert desk.whole_articles() == alone
    assert [len(view.attributions) for view in alone.values()] == [3, 1, 1]
