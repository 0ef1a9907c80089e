"""What the database itself refuses, whoever asks: on SQLite and PostgreSQL alike."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from claims.matching.deciding import ClaimDecisionKind, Passage
from claims.records import Span
from claims.review.decisions import DecisionKind as Kind
from claims.review.scales import FIVE
from claims.review.verdicts import WebEvidence
from claims.sources.decisions import Change, DecisionKind
from claims.store import Store, verdicts
from claims.store.decision_log import Draft
from claims.store.engine import writing
from claims.store.guards import GUARDS
from claims.store.tables import Base
from tests.store.making import document, found

GUARDED = [guard.table for guard in GUARDS]


@pytest.fixture(scope="module")
def filled(lasting_store: Store) -> Store:
    """A store with a row in every guarded table: one article purged, one not.

    Shared: what is tried on it is refused, or rolled back.
    """
    store = lasting_store
    gone = store.save(document(name="gone.txt"), found())
    accept(store)
    store.purge(gone.article_id, reason="a court's order", by="the desk")
    longer = document().text + " More was not said."
    store.save(document(longer, name="kept.txt"), found())
    accept(store)
    merge = Change(DecisionKind.MERGE, "media:sputnik", "media:ria-novosti")
    store.decide_source(merge, by="the desk", note="one house")
    store.decide_claim(ClaimDecisionKind.DISMISS, finding="a finding", by="the desk")
    add_verdict(store)
    return store


def accept(store: Store) -> None:
    """Decide on the first item that waits."""
    first = store.waiting(limit=1)[0]
    store.decide(Draft(first.key, Kind.ACCEPT, "the desk", note="as it says"))


def add_verdict(store: Store) -> None:
    """A verdict on an article that was not purged."""
    evidence = (WebEvidence("https://register.example/"),)
    with writing(store._engine, store._place) as connection:
        place = Passage(2, Span(0, 3))  # the second text is the second article's
        verdicts.add(
            connection, place, "words", FIVE.ratings[0], FIVE,
            because="why", evidence=evidence, by="the desk",
        )  # fmt: skip


def refused(store: Store, statement: str) -> str:
    """Run a statement that must fail; the driver's message."""
    with store._engine.connect() as connection, connection.begin() as transaction:
        with pytest.raises(DBAPIError) as caught:
            connection.execute(text(statement))
        transaction.rollback()
    return str(caught.value.orig)


def dump(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    return {
        name: [
            tuple(row)
            for row in connection.execute(table.select().order_by(*table.primary_key.columns))
        ]
        for name, table in Base.metadata.tables.items()
    }


@pytest.mark.parametrize("table", GUARDED)
def test_no_row_can_be_changed_or_deleted(filled: Store, table: str) -> None:
    with filled._engine.connect() as connection:
        before = dump(connection)
    assert before[table], "the test needs a row here"
    for column in Base.metadata.tables[table].columns:
        for value in (f'"{column.name}"', "NULL"):
            message = refused(filled, f'UPDATE "{table}" SET "{column.name}" = {value}')
            # An id set to NULL is refused before any trigger is asked.
            assert "immutable" in message or "mismatch" in message or "null" in message
    assert "immutable" in refused(filled, f'DELETE FROM "{table}"')
    with filled._engine.connect() as connection:
        assert dump(connection) == before


@pytest.mark.parametrize(
    ("table", "blanking"),
    [
        ("article_text", "text = ''"),
        ("span", "exact = ''"),
        ("sentence", "kind = NULL, worth = NULL"),
        ("block", "kind = NULL"),
        (
            "attribution",
            "speaker = '', stance = NULL, act = NULL, framing = NULL, confidence = NULL",
        ),
        ("speaker", "name = ''"),
        ("chain_link", "name = '', role = ''"),
        ("candidate", "data = ''"),
        ("decision", "seen = '', note = ''"),
    ],
)
def test_blanking_passes_only_for_an_article_in_the_log(
    store: Store, table: str, blanking: str
) -> None:
    saved = store.save(document(), found())
    accept(store)
    statement = f"UPDATE {table} SET {blanking}"
    assert "immutable" in refused(store, statement)
    with store._engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO purge (article_id, reason, ordered_by, created_at)"
                f" VALUES ({saved.article_id}, 'r', 'b', '2024-01-01 00:00:00')"
            )
        )
    assert "immutable" in refused(store, f"{statement}, id = id + 100")
    with store._engine.begin() as connection:
        assert connection.execute(text(statement)).rowcount > 0


def test_a_purged_text_cannot_be_filled_again(filled: Store) -> None:
    message = refused(filled, "UPDATE article_text SET text = 'x' WHERE text = ''")
    assert "immutable" in message
    assert "immutable" in refused(filled, "UPDATE span SET exact = 'x' WHERE exact = ''")


SPAN = 'INSERT INTO span (attribution_id, role, ordinal, start, "end", exact) VALUES '


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        (SPAN + "(4, 'cue', 9, 3, 7, 'sai')", "ck_span_exact"),
        (SPAN + "(4, 'cue', 9, 3, 7, 'said!')", "ck_span_exact"),
        (SPAN + "(4, 'cue', 9, 7, 7, 'x')", "ck_span_"),
        (SPAN + "(4, 'cue', 9, 7, 3, 'x')", "ck_span_"),
        (SPAN + "(4, 'cue', 9, -2, 2, 'said')", "ck_span_range"),
        (SPAN + "(4, 'verb', 9, 3, 7, 'said')", "ck_span_role"),
        (SPAN + "(4, 'cue', 0, 3, 7, 'said')", "span"),
        (SPAN + "(999, 'cue', 0, 3, 7, 'said')", ""),
        (SPAN + "(4, 'cue', 9, 3, 7, '')", "blank"),
        (
            "INSERT INTO attribution (run_id, ordinal, speaker, stance, act, framing, confidence)"
            " VALUES (2, 9, 'x', 'insists', 'statement', 'neutral', 0.5)",
            "ck_attribution_stance",
        ),
        (
            "INSERT INTO attribution (run_id, ordinal, speaker, act, framing, confidence)"
            " VALUES (2, 9, 'x', 'statement', 'neutral', 0.5)",
            "blank",
        ),
        (
            "INSERT INTO chain_link (attribution_id, position, name, role)"
            " VALUES (5, 0, 'Tideway Gazette', 'cited')",
            "chain_link",
        ),
        (
            "INSERT INTO chain_link (attribution_id, position, name, role, start)"
            " VALUES (5, 7, 'Tideway Gazette', 'cited', 3)",
            "ck_chain_link_range",
        ),
    ],
)
def test_wrong_rows_are_refused(filled: Store, statement: str, reason: str) -> None:
    assert reason in refused(filled, statement)


def test_a_right_span_is_taken(filled: Store) -> None:
    """So that the refusals above are for the reason they name, with every character counted."""
    with filled._engine.connect() as connection, connection.begin() as transaction:
        connection.execute(text(SPAN + "(4, 'cue', 9, 3, 7, 'é𝔘e\u0301')"))
        transaction.rollback()


def test_replace_cannot_slip_past_on_sqlite(filled: Store) -> None:
    if filled.info().database != "SQLite":
        pytest.skip("PostgreSQL has no REPLACE")
    assert "immutable" in refused(
        filled,
        "INSERT OR REPLACE INTO model (id, name, version, created_at) VALUES (1, 'x', 'y', 0)",
    )


def test_truncate_is_refused_on_postgresql(filled: Store) -> None:
    if filled.info().database != "PostgreSQL":
        pytest.skip("SQLite has no TRUNCATE")
    for table in GUARDED:
        assert "immutable" in refused(filled, f"TRUNCATE {table} CASCADE")
