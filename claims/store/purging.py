"""The one sanctioned takedown. The guards let its updates pass once its line in the log stands."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from datetime import UTC, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    case,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError

from claims.errors import StoreError
from claims.store import comparing, review, review_tables, tables
from claims.store.guards import blanks
from claims.store.identity import ARTICLE, PURGE, TEXT
from claims.store.rows import Purged
from claims.store.tables import table

RUN = table(tables.Run)
_BLANKED = (
    "article_text", "span", "attribution", "speaker", "chain_link", "candidate", "decision",
    "verdict",
)  # fmt: skip
ATTRIBUTION = table(tables.Attribution)


def purge(connection: Connection, article_id: int, *, reason: str, by: str) -> Purged | None:
    """Log the takedown and blank the article; None if there is no such article."""
    if not reason.strip() or not by.strip():
        raise StoreError(
            "a takedown needs its reason and the name of whoever ordered it",
            repair="claims purge ARTICLE --reason TEXT --as NAME",
        )
    if connection.execute(select(ARTICLE.c.id).where(ARTICLE.c.id == article_id)).first() is None:
        return None
    if connection.execute(select(PURGE.c.id).where(PURGE.c.article_id == article_id)).first():
        raise StoreError(
            f"article {article_id} was purged before", repair="claims db info tells when"
        )
    connection.execute(
        insert(PURGE).values(
            article_id=article_id, reason=reason, ordered_by=by, created_at=datetime.now(UTC)
        )
    )
    comparing.drop(connection, article_id)
    texts = select(TEXT.c.id).where(TEXT.c.article_id == article_id)
    review.drop(connection, connection.execute(texts).scalars().all())
    runs = select(RUN.c.id).where(RUN.c.text_id.in_(texts))
    found = select(ATTRIBUTION.c.id).where(ATTRIBUTION.c.run_id.in_(runs))
    _blank_decisions(connection, texts)
    counts = {
        "span": _blank(connection, tables.Span, "attribution_id", found),
        "speaker": _blank(
            connection,
            tables.Speaker,
            "attribution_id",
            found,
            source_id=None,
            canonical=None,
            kind=None,
            confidence=None,
            why=None,
        ),
        "chain_link": _blank(connection, tables.ChainLink, "attribution_id", found, source_id=None),
        "attribution": _blank(connection, tables.Attribution, "run_id", runs),
        "candidate": _blank(connection, review_tables.Candidate, "run_id", runs),
        "verdict": _blank(
            connection, tables.Verdict, "text_id", texts, words=None, because="", evidence="[]"
        ),
        "sentence": _blank(connection, tables.Sentence, "run_id", runs),
        "block": _blank(connection, tables.Block, "run_id", runs),
        "article_text": _blank_texts(connection, article_id),
    }
    return Purged(
        article_id,
        texts=counts["article_text"],
        attributions=counts["attribution"],
        spans=counts["span"],
        sentences=counts["sentence"],
    )


def _blank(
    connection: Connection,
    model: type[tables.Base],
    owner: str,
    owners: Select[tuple[int]],
    **more: str | None,
) -> int:
    kept = table(model)
    values = blanks(kept.name) | more
    return connection.execute(update(kept).where(kept.c[owner].in_(owners)).values(values)).rowcount


def _blank_decisions(connection: Connection, texts: Select[tuple[int]]) -> None:
    """Blank what was seen, corrected and noted; who decided what kind of thing when stays."""
    log = table(tables.Decision)
    patch = case((log.c.patch.is_(None), None), else_=literal("{}"))
    connection.execute(
        update(log).where(log.c.text_id.in_(texts)).values(seen="", patch=patch, note="")
    )


def _blank_texts(connection: Connection, article_id: int) -> int:
    """Blank text and title, and those facts that the text was the evidence for.

    What a page's metadata or the user gave (an outlet, a date) isn't the article's text: it stays.
    """
    values: dict[str, object] = {"text": "", "title": None}
    for fact, columns in (
        ("outlet", ("outlet_id",)),
        ("wire", ("wire",)),
        ("published", ("published", "published_on")),
    ):
        from_text: ColumnElement[bool] = TEXT.c[f"{fact}_start"].is_not(None)
        for column in (*columns, f"{fact}_start", f"{fact}_end"):
            values[column] = case((from_text, None), else_=TEXT.c[column])
        basis = f"{fact}_basis"
        values[basis] = case((from_text, literal("purged")), else_=TEXT.c[basis])
    return connection.execute(
        update(TEXT).where(TEXT.c.article_id == article_id).values(values)
    ).rowcount


def forget(engine: Engine) -> None:
    """Drop what the database keeps of overwritten rows: SQLite's log, PostgreSQL's dead rows.

    A reader that is at work can prevent it; the next checkpoint or autovacuum then does it.
    """
    with suppress(DBAPIError, sqlite3.Error), engine.connect() as raw:
        if raw.dialect.name == "sqlite":
            driver = raw.connection.driver_connection
            if driver is not None:
                driver.execute("PRAGMA busy_timeout = 1000")
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            raw.invalidate()  # its short timeout goes with it
            return
        connection = raw.execution_options(isolation_level="AUTOCOMMIT")
        for name in _BLANKED:
            connection.exec_driver_sql(f"VACUUM {name}")
