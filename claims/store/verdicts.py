"""The log of verdicts: reading it, telling which claim each is about, and adding to it."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, func, insert, select

from claims.errors import StoreError
from claims.matching.deciding import Passage
from claims.records import Span
from claims.review.scales import Rating, Scale
from claims.review.verdicts import (
    Evidence,
    Given,
    PlaceGiven,
    Ruled,
    TextEvidence,
    Verdict,
    WebEvidence,
    in_force,
)
from claims.store import tables
from claims.store.identity import PURGE, TEXT
from claims.store.places import claims_at
from claims.store.tables import table

VERDICT = table(tables.Verdict)
_CHUNK = 500


def verdicts(connection: Connection, articles: Collection[int] | None = None) -> list[Verdict]:
    """The whole log, oldest first.

    `articles` asks for verdicts whose place is in these only, with all that takes others back.
    """
    query = select(VERDICT).order_by(VERDICT.c.id)
    if articles is not None:
        texts = select(TEXT.c.id).where(TEXT.c.article_id.in_(articles))
        query = query.where(VERDICT.c.text_id.is_(None) | VERDICT.c.text_id.in_(texts))
    rows = connection.execute(query).all()
    evidence = [json.loads(row.evidence) for row in rows]
    held = _texts(connection, {one[1] for each in evidence for one in each if len(one) == 4})
    found = []
    for row, each in zip(rows, evidence, strict=True):
        scale = _scale(row.scale) if row.scale is not None else None
        found.append(
            Verdict(
                row.id,
                Passage(row.text_id, Span(row.start, row.end)) if row.text_id is not None else None,
                row.words,
                scale.rating(row.rating) if scale else None,
                scale,
                row.because,
                tuple(_evidence(one, held) for one in each),
                row.reverts,
                row.decided_by,
                row.created_at,
            )
        )
    return found


@lru_cache(maxsize=64)
def _scale(stored: str) -> Scale:
    return Scale.from_data(json.loads(stored))


def _texts(connection: Connection, ids: Collection[int]) -> dict[int, tuple[int, bool, str]]:
    """Version, whether it is the newest, and the words of stored texts."""
    found: dict[int, tuple[int, bool, str]] = {}
    wanted = sorted(ids)
    for i in range(0, len(wanted), _CHUNK):
        later = TEXT.alias("later")
        is_older = (
            select(later.c.id)
            .where(later.c.article_id == TEXT.c.article_id, later.c.version > TEXT.c.version)
            .exists()
        )
        query = select(TEXT.c.id, TEXT.c.version, (~is_older).label("is_newest"), TEXT.c.text)
        for row in connection.execute(query.where(TEXT.c.id.in_(wanted[i : i + _CHUNK]))):
            found[row.id] = (row.version, bool(row.is_newest), row.text)
    return found


def _evidence(data: Sequence[Any], held: dict[int, tuple[int, bool, str]]) -> Evidence:
    if len(data) == 1:
        return WebEvidence(data[0])
    article, text_id, start, end = data
    version, is_newest, text = held[text_id]
    return TextEvidence(article, text_id, version, is_newest, Span(start, end), text[start:end])


def ruled(connection: Connection, articles: Collection[int] | None = None) -> list[Ruled]:
    """The log, each line with the claim it is about now, and whether it holds.

    `articles` leaves out what is about claims at places in others.
    """
    log = verdicts(connection, articles)
    at = claims_at(connection, {one.place for one in log if one.place})
    about = {one.id: at[one.place] for one in log if one.place}
    for one in log:  # what takes another back is about that one's claim
        if one.reverts in about:
            about[one.id] = about[one.reverts]
    log = [one for one in log if one.id in about]
    held = {one.id for one in in_force(log)}
    last = {claim: one.id for one in log if one.id in held and (claim := about[one.id])}
    governing = set(last.values())
    return [Ruled(one, about[one.id], one.id in held, one.id in governing) for one in log]


def governing(
    connection: Connection, articles: Collection[int] | None = None
) -> dict[int, Verdict]:
    """The verdict of each claim that has one; of claims in some articles only, where given."""
    log = ruled(connection, articles)
    return {one.claim_id: one.verdict for one in log if one.governs and one.claim_id is not None}


def add(
    connection: Connection,
    place: Passage,
    words: str,
    rating: Rating,
    scale: Scale,
    *,
    because: str,
    evidence: Sequence[Given],
    by: str,
) -> Verdict:
    """Write a verdict on the claim whose member stands at `place`.

    `StoreError` says why it can't be: no name, no reason, no evidence, or evidence that isn't
    there.
    """
    _check_name(by)
    if not because.strip():
        raise StoreError("a verdict needs its reasons", repair="add --because TEXT")
    if not evidence:
        raise StoreError(
            "a verdict needs evidence", repair="add --evidence URL or --evidence ARTICLE:START-END"
        )
    rests_on = list(dict.fromkeys(_checked(connection, one) for one in evidence))
    return _write(
        connection,
        text_id=place.text_id,
        start=place.span.start,
        end=place.span.end,
        words=words,
        rating=rating.label,
        scale=scale.json,
        because=because.strip(),
        evidence=json.dumps(rests_on, separators=(",", ":"), ensure_ascii=False),
        by=by,
    )


def revert(connection: Connection, number: int, *, by: str, because: str) -> Verdict:
    """Take a verdict back, or put one in force again by taking back what took it back."""
    _check_name(by)
    log = verdicts(connection)
    if not any(one.id == number for one in log):
        raise StoreError(f"there is no verdict {number}", repair="claims verdict lists them")
    by_reverted = {one.reverts: one.id for one in log}
    if number in by_reverted:
        last = number
        while last in by_reverted:
            last = by_reverted[last]
        stands = any(one.id == number for one in in_force(log))
        raise StoreError(
            f"verdict {number} was taken back before, by {by_reverted[number]}",
            repair=f"claims verdict --undo {last} "
            + ("takes it back again" if stands else "puts it in force again"),
        )
    return _write(connection, reverts=number, because=because.strip(), evidence="[]", by=by)


def _check_name(by: str) -> None:
    if not by.strip():
        raise StoreError("a verdict needs the name of whoever gives it", repair="add --as NAME")


def _write(connection: Connection, *, by: str, **values: Any) -> Verdict:
    number = (connection.execute(select(func.max(VERDICT.c.id))).scalar() or 0) + 1
    connection.execute(
        insert(VERDICT).values(id=number, decided_by=by, created_at=datetime.now(UTC), **values)
    )
    return next(one for one in verdicts(connection) if one.id == number)


def _checked(connection: Connection, given: Given) -> tuple[Any, ...]:
    """The stored form of a piece of evidence, which is there; `StoreError` where it isn't."""
    if isinstance(given, PlaceGiven):
        return _checked_place(connection, given)
    return (given.url,)


def _checked_place(connection: Connection, given: PlaceGiven) -> tuple[int, int, int, int]:
    row = connection.execute(
        select(TEXT.c.id, TEXT.c.text, PURGE.c.id.label("purge"))
        .outerjoin(PURGE, PURGE.c.article_id == TEXT.c.article_id)
        .where(TEXT.c.article_id == given.article_id)
        .order_by(TEXT.c.version.desc())
        .limit(1)
    ).first()
    article, (start, end) = given.article_id, given.span
    if row is None:
        raise StoreError(
            f"there is no article {article} to be evidence",
            repair="claims report articles lists them",
        )
    if row.purge is not None:
        raise StoreError(
            f"article {article} was taken down and can't be evidence",
            repair="name another article or its URL",
        )
    if not 0 <= start < end <= len(row.text) or not row.text[start:end].strip():
        raise StoreError(
            f"article {article} has no words at {start}-{end}",
            repair=f"its text has {len(row.text):,} characters, counted from 0; the end is "
            f"excluded: claims show {article} --json has all places",
        )
    return article, row.id, start, end
