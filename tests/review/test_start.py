"""The first item comes by an index however long the queue is, and the search stays bounded."""

from __future__ import annotations

import pytest
from sqlalchemy.dialects import sqlite

from claims.review.choices import Only, Order
from claims.store import Store
from claims.store.queue import query
from claims.store.queue_rows import Wanted

INDEXES = {
    Order.VALUE: "ix_review_item_queue",
    Order.UNCERTAINTY: "ix_review_item_uncertain",
    Order.NEWEST: "ix_review_item_newest",
}


def plan(store: Store, wanted: Wanted) -> list[str]:
    """How SQLite goes about the first items."""
    made = query(wanted).limit(20)
    words = str(made.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    with store._engine.connect() as connection:
        return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}")]


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("reviewer", [None, "ann"])
def test_each_order_is_read_from_its_index_and_never_sorted(
    desk: Store, order: Order, reviewer: str | None
) -> None:
    steps = plan(desk, Wanted(order=order, reviewer=reviewer))
    assert steps[0] == f"SEARCH review_item USING INDEX {INDEXES[order]} (is_open=?)"
    assert not [step for step in steps if "TEMP B-TREE" in step]
    # Nothing but the short lists of who has what is read from end to end.
    assert {step for step in steps if step.startswith("SCAN")} <= {"SCAN assignment", "SCAN lease"}


@pytest.mark.parametrize("only", [one for one in Only if one is not Only.CONFLICTS])
def test_parts_of_the_queue_are_read_in_order_too(desk: Store, only: Only) -> None:
    steps = plan(desk, Wanted(only=only, reviewer="ann"))
    assert "ix_review_item_queue" in steps[0]
    assert not [step for step in steps if "TEMP B-TREE" in step]
