"""What is under the threshold is kept beside a run, and shown by no report."""

from __future__ import annotations

from claims.review.values import Values
from claims.store import Store
from claims.store.candidates import candidates
from tests.store.making import NEWER, document, found, found_in


def read(store: Store, *run_ids: int) -> dict[int, list[tuple[Values, float]]]:
    with store._engine.connect() as connection:
        rows = candidates(connection, run_ids)
    return {run: [(values, sure) for _, values, sure in rows[run]] for run in rows}


def test_candidates_come_back_as_they_were_saved(store: Store) -> None:
    first = store.save(document(), found())
    second = store.save(document(), found(NEWER))
    bare = store.save(document("It rained."), found_in("It rained."))
    assert first.run_id and second.run_id and bare.run_id
    (one,) = found().candidates
    assert read(store, first.run_id, bare.run_id) == {
        first.run_id: [(Values.of(one), 0.2)],
        bare.run_id: [],
    }
    assert read(store, second.run_id)[second.run_id] == [(Values.of(one), 0.2)]
    assert read(store) == {}


def test_no_report_has_them(store: Store) -> None:
    saved = store.save(document(), found())
    assert len(store.article(saved.article_id).attributions) == 3
    assert len(list(store.attributions())) == 3


def test_a_takedown_leaves_nothing_of_them(store: Store) -> None:
    saved = store.save(document(), found())
    assert saved.run_id
    store.purge(saved.article_id, reason="a court's order", by="the desk")
    assert read(store, saved.run_id) == {saved.run_id: []}
