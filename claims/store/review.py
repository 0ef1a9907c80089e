"""The projection of the desk: what stands of each item, kept beside the log it follows from.

It is written in the transaction of whatever changes it: a saved run, a decision, a takedown. It
can be made again from runs and log at any time, and `differences` tells where it isn't equal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from claims.records import Act, Framing, Span, Speaker, Stance
from claims.review import order
from claims.review.carrying import carried
from claims.review.decisions import Decision
from claims.review.items import Status
from claims.review.projection import Item, Reading, project, shared
from claims.review.values import Values
from claims.store import candidates, decision_log, queue_order, tables
from claims.store.identity import PURGE, TEXT
from claims.store.queries import ATTRIBUTION, DECISION, ITEM, RUN, SPAN, SPEAKER, newest
from claims.store.tables import table

SENTENCE = table(tables.Sentence)
_CHUNK = 500
_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Difference:
    """An item that is stored otherwise than runs and log say, as `stored` and `derived` words."""

    item: str
    stored: str
    derived: str


def refresh(connection: Connection, texts: Iterable[int] | None = None) -> None:
    """Make the items of some texts, or of all newest ones, and of claims, anew."""
    ids = _newest_texts(connection) if texts is None else list(texts)
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        items = derive(connection, part)
        known = _values(connection, part)
        worths = _worths(connection, items)
        connection.execute(delete(ITEM).where(ITEM.c.text_id.in_(part)))
        rows = [_row(item, worths.get(str(item.key), 0.0), known) for item in items]
        for at in range(0, len(rows), _ROWS):
            connection.execute(insert(ITEM), rows[at : at + _ROWS])
    if texts is None:
        old = select(ITEM.c.text_id).where(ITEM.c.text_id.is_not(None), ITEM.c.text_id.not_in(ids))
        connection.execute(delete(ITEM).where(ITEM.c.text_id.in_(old)))
        queue_order.refresh_claims(connection)
        queue_order.value(connection)


def derive(connection: Connection, texts: Collection[int]) -> list[Item]:
    """What runs and log say of the items of some texts; nothing of those that aren't newest."""
    if not texts:
        return []
    query = (
        select(TEXT.c.id, RUN.c.id.label("run_id"))
        .select_from(newest())
        .where(PURGE.c.id.is_(None), TEXT.c.id.in_(texts))
    )
    runs: dict[int, int] = {row.id: row.run_id for row in connection.execute(query)}
    found = _readings(connection, runs.values())
    missed = candidates.candidates(connection, list(runs.values()))
    log = defaultdict(list)
    for decision in (*_carried(connection, runs), *decision_log.decisions(connection, texts=runs)):
        log[decision.item.owner].append(decision)
    items: list[Item] = []
    for text_id, run_id in sorted(runs.items()):
        under = [Reading(v, c, run_id, candidate_id=n) for n, v, c in missed.get(run_id, ())]
        items += project(text_id, found.get(run_id, []), under, log[text_id], run_id)
    return items


def _carried(connection: Connection, texts: Collection[int]) -> Iterator[Decision]:
    """What was decided about older texts of the same articles and holds for these, oldest first."""
    older = TEXT.alias("older")
    query = (
        select(TEXT.c.id, older.c.id.label("older_id"))
        .join(older, (older.c.article_id == TEXT.c.article_id) & (older.c.id != TEXT.c.id))
        .where(TEXT.c.id.in_(texts), older.c.id.in_(select(DECISION.c.text_id).distinct()))
    )
    newer = {row.older_id: row.id for row in connection.execute(query)}
    if not newer:
        return
    asked = select(TEXT.c.id, TEXT.c.text).where(TEXT.c.id.in_({*newer, *newer.values()}))
    words = {row.id: row.text for row in connection.execute(asked)}
    found: dict[int, Decision] = {}
    for decision in decision_log.decisions(connection, texts=newer):
        text_id = newer[decision.item.owner]
        held = carried(decision, words[decision.item.owner], words[text_id], text_id)
        if held is not None and held.reverts is not None:
            # It is about whatever item the reverted decision is about now.
            named = found.get(held.reverts)
            held = None if named is None else replace(held, item=named.item)
        if held is not None:
            found[held.id] = held
            yield held


def _newest_texts(connection: Connection) -> list[int]:
    query = select(TEXT.c.id).select_from(newest()).where(PURGE.c.id.is_(None))
    return sorted(connection.execute(query).scalars())


def _readings(connection: Connection, runs: Iterable[int]) -> dict[int, list[Reading]]:
    """The attributions of some runs, in the order of the text."""
    ids = list(runs)
    of_runs = ATTRIBUTION.c.run_id.in_(ids)
    spans: dict[tuple[int, str], list[Span]] = defaultdict(list)
    query = (
        select(SPAN.c.attribution_id, SPAN.c.role, SPAN.c.start, SPAN.c.end)
        .join(ATTRIBUTION, ATTRIBUTION.c.id == SPAN.c.attribution_id)
        .where(of_runs)
        .order_by(SPAN.c.attribution_id, SPAN.c.role, SPAN.c.ordinal)
    )
    for part in connection.execute(query):
        spans[part.attribution_id, part.role].append(Span(part.start, part.end))
    speakers: dict[int, list[Speaker]] = defaultdict(list)
    query = (
        select(*(SPEAKER.c[n] for n in ("attribution_id", "name", "source_id", "confidence")))
        .join(ATTRIBUTION, ATTRIBUTION.c.id == SPEAKER.c.attribution_id)
        .where(of_runs)
        .order_by(SPEAKER.c.attribution_id, SPEAKER.c.position)
    )
    for one in connection.execute(query):
        named = Speaker(one.name, one.source_id, confidence=one.confidence)
        speakers[one.attribution_id].append(named)
    found: dict[int, list[Reading]] = defaultdict(list)
    query = select(ATTRIBUTION).where(of_runs).order_by(ATTRIBUTION.c.run_id, ATTRIBUTION.c.ordinal)
    rows: Sequence[Any] = connection.execute(query).all()
    for row in rows:
        source, cue, content = (tuple(spans[row.id, r]) for r in ("source", "cue", "content"))
        values = Values(
            source, cue, content, Stance(row.stance), Act(row.act), Framing(row.framing),
            row.speaker, tuple(s.source_id for s in speakers[row.id]),
        )  # fmt: skip
        who = tuple(speakers[row.id])
        found[row.run_id].append(Reading(values, row.confidence, row.run_id, row.id, speakers=who))
    return found


def _values(connection: Connection, texts: Collection[int]) -> dict[str, float]:
    """The stored values of the items of some texts: they hold until all are weighed anew."""
    query = select(ITEM.c.item, ITEM.c.value).where(ITEM.c.text_id.in_(texts))
    return {row.item: row.value for row in connection.execute(query)}


def _worths(connection: Connection, items: Sequence[Item]) -> dict[str, float]:
    """The check-worthiness of the sentences that items' cues and contents are in."""
    runs = {item.reading.run_id for item in items if item.reading}
    sentences: dict[int, list[tuple[Span, float]]] = defaultdict(list)
    query = select(SENTENCE).where(SENTENCE.c.run_id.in_(runs), SENTENCE.c.worth.is_not(None))
    rows: Iterable[Any] = connection.execute(query)
    for row in rows:
        sentences[row.run_id].append((Span(row.start, row.end), row.worth))
    found = {}
    for item in items:
        if item.reading and item.values:
            spans = [*item.values.cue, *item.values.content]
            of_run = sentences[item.reading.run_id]
            held = [worth for span, worth in of_run if shared([span], spans)]
            found[str(item.key)] = max(held, default=0.0)
    return found


def _row(item: Item, worth: float, known: dict[str, float]) -> dict[str, Any]:
    reading, state, kept = item.reading, item.state, item.kept
    uncertain = uncertainty(item)
    span = item.key.span
    return {
        "item": str(item.key),
        "kind": item.key.kind.value,
        "text_id": item.key.text_id,
        "claim_id": None,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "run_id": reading.run_id if reading else None,
        "attribution_id": reading.attribution_id if reading else None,
        "candidate_id": reading.candidate_id if reading else None,
        "status": state.status.value,
        "decision_id": state.decision.id if state.decision else None,
        "decided_by": state.decision.by if state.decision else None,
        "kept": kept.json if kept else None,
        "stance": kept.stance.value if kept else None,
        "speaker": kept.speaker if kept else None,
        "is_open": item.is_open,
        "why": item.why,
        "uncertainty": uncertain,
        "worth": worth,
        "value": known.get(str(item.key), order.value(uncertain, worth, 1, 0.0)),
    }


def uncertainty(item: Item) -> float:
    """How likely a decision will change the record: by what the model is sure of where nobody
    decided yet; where editors disagree, with a model or with each other, it is an even chance."""
    reading = item.reading
    if item.state.decision is not None or reading is None:
        return 0.5 if item.is_open else 0.0
    return order.uncertainty(
        reading.confidence,
        is_missed=item.state.status is Status.MISSED,
        stance=reading.values.stance,
        speakers=reading.speakers,
    )


def differences(connection: Connection) -> Iterator[Difference]:
    """Where the stored projection isn't what runs and log say."""
    texts = _newest_texts(connection)
    stored: dict[str, Any] = {
        row.item: row for row in connection.execute(select(ITEM).where(ITEM.c.text_id.is_not(None)))
    }
    for start in range(0, len(texts), _CHUNK):
        for item in derive(connection, texts[start : start + _CHUNK]):
            derived = _row(item, 0.0, {})
            row = stored.pop(str(item.key), None)
            here = _words(row._mapping) if row is not None else "nothing"
            if here != _words(derived):
                yield Difference(str(item.key), here, _words(derived))
    for key, row in stored.items():
        yield Difference(key, _words(row._mapping), "nothing")


_COMPARED = ("status", "decision_id", "attribution_id", "candidate_id", "run_id", "why", "kept")


def _words(row: Any) -> str:
    return ", ".join(f"{name} {row[name]}" for name in _COMPARED if row[name] not in (None, ""))


def drop(connection: Connection, texts: Collection[int]) -> None:
    """Drop the items of texts that were taken down."""
    connection.execute(delete(ITEM).where(ITEM.c.text_id.in_(texts)))
