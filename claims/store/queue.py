"""The queue: what waits for an editor, in order, and who has what on the screen.

The order stands in the rows, so that the first items come by an index however many wait.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from claims.errors import StoreError
from claims.records import Act, Span, Stance
from claims.review.decisions import DecisionKind
from claims.review.items import ItemKey, ItemKind, Status
from claims.review.projection import DISAGREES, MISSED, OPINION
from claims.review.values import Values
from claims.store import claims, decision_log, review, tables, whole
from claims.store.comparing import CLAIM, MEMBER, STATEMENT
from claims.store.identity import ARTICLE, TEXT
from claims.store.queries import ATTRIBUTION, DECISION, ITEM, SPAN, SPEAKER, article_conditions
from claims.store.queue_rows import ItemView, Only, Order, Progress, Queued, Wanted
from claims.store.rows import Filter
from claims.store.tables import table

LEASE = table(tables.Lease)
ASSIGNMENT = table(tables.Assignment)
CANDIDATE = table(tables.Candidate)
HELD_SECONDS = 600
"""How long an item stays with whoever has it on the screen, unless asked for again."""
UNSURE_SPEAKER = 0.6
"""Speakers under this confidence are offered by `--only speaker`."""

_ORDERS: dict[Order, ColumnElement[Any]] = {
    Order.VALUE: ITEM.c.value,
    Order.UNCERTAINTY: ITEM.c.uncertainty,
    Order.NEWEST: ITEM.c.run_id,
}


def waiting(
    connection: Connection, wanted: Wanted, *, limit: int | None = None
) -> Iterator[Queued]:
    """The open items in order, as many as are asked for."""
    rows: Sequence[Any] = connection.execute(query(wanted).limit(limit)).all()
    for row in rows:
        values = Values.from_json(row.kept or row.data) if row.kept or row.data else None
        yield Queued(
            key=ItemKey.parse(row.item),
            status=Status(row.status),
            why=row.why,
            value=row.value,
            uncertainty=row.uncertainty,
            article_id=row.article_id,
            article_name=row.article_name,
            speaker=values.speaker if values else row.said_speaker or "",
            stance=values.stance.value if values else row.said_stance,
            words=_words(connection, row, values),
            assigned=row.assigned,
            held=row.holder,
        )


def _words(connection: Connection, row: Any, values: Values | None) -> str:
    if values is None:
        return row.wording or row.exact or ""
    span = next(iter(values.content or values.cue), values.hull)
    part = func.substr(TEXT.c.text, span.start + 1, span.end - span.start)
    return str(connection.execute(select(part).where(TEXT.c.id == row.text_id)).scalar() or "")


def query(wanted: Wanted) -> Select[Any]:
    """The open items that are wanted, first ones first."""
    now = datetime.now(UTC)
    column = _ORDERS[wanted.order]
    held = LEASE.alias("held")
    first = (
        select(SPAN.c.exact)
        .where(
            SPAN.c.attribution_id == ITEM.c.attribution_id,
            SPAN.c.role == "content",
            SPAN.c.ordinal == 0,
        )
        .scalar_subquery()
    )
    return (
        select(
            ITEM,
            TEXT.c.article_id,
            TEXT.c.name.label("article_name"),
            ATTRIBUTION.c.speaker.label("said_speaker"),
            ATTRIBUTION.c.stance.label("said_stance"),
            CLAIM.c.wording,
            CANDIDATE.c.data,
            first.label("exact"),
            ASSIGNMENT.c.reviewer.label("assigned"),
            held.c.reviewer.label("holder"),
        )
        .select_from(
            ITEM.outerjoin(TEXT, TEXT.c.id == ITEM.c.text_id)
            .outerjoin(ATTRIBUTION, ATTRIBUTION.c.id == ITEM.c.attribution_id)
            .outerjoin(CANDIDATE, CANDIDATE.c.id == ITEM.c.candidate_id)
            .outerjoin(CLAIM, CLAIM.c.id == ITEM.c.claim_id)
            .outerjoin(ASSIGNMENT, ASSIGNMENT.c.item == ITEM.c.item)
            .outerjoin(held, (held.c.item == ITEM.c.item) & (held.c.until > now))
        )
        .where(ITEM.c.is_open, *_conditions(wanted, now))
        .order_by(column.desc(), ITEM.c.item.desc())
    )


def _conditions(wanted: Wanted, now: datetime) -> Iterator[ColumnElement[bool]]:
    if wanted.only is Only.MISSED:
        yield ITEM.c.why == MISSED
    else:
        yield ITEM.c.why != MISSED
    if wanted.only is not None:
        yield from _part(wanted.only)
    if wanted.speaker:
        named = func.coalesce(ITEM.c.speaker, ATTRIBUTION.c.speaker)
        registered = select(SPEAKER.c.id).where(
            SPEAKER.c.attribution_id == ATTRIBUTION.c.id,
            SPEAKER.c.source_id.in_(wanted.source_ids),
        )
        yield named.icontains(wanted.speaker, autoescape=True) | registered.exists()
    if wanted.article is not None or wanted.since is not None:
        ids = (
            select(TEXT.c.id)
            .select_from(TEXT.join(ARTICLE, ARTICLE.c.id == TEXT.c.article_id))
            .where(*article_conditions(Filter(article=wanted.article, since=wanted.since)))
        )
        yield ITEM.c.text_id.in_(ids)
    for word in (wanted.words or "").split():
        yield _holds(word)
    if wanted.reviewer:
        me = wanted.reviewer
        # Few are given to somebody or held: two short lists are cheaper than a join for each row.
        given = select(ASSIGNMENT.c.item).where(ASSIGNMENT.c.reviewer != me)
        on_screen = select(LEASE.c.item).where(LEASE.c.reviewer != me, LEASE.c.until > now)
        yield ITEM.c.item.not_in(given)
        yield ITEM.c.item.not_in(on_screen)
        yield ~((ITEM.c.status == Status.UNSURE.value) & (ITEM.c.decided_by == me))
        if wanted.mine:
            yield ITEM.c.item.in_(select(ASSIGNMENT.c.item).where(ASSIGNMENT.c.reviewer == me))


_NEAR = 300
"""Characters around the cue that are searched where a content isn't kept as words."""


def _holds(word: str) -> ColumnElement[bool]:
    """Whether a word, or a part of one, stands in what the queue shows of an item."""
    said = (
        select(SPAN.c.id)
        .where(SPAN.c.attribution_id == ITEM.c.attribution_id, SPAN.c.role == "content")
        .where(SPAN.c.exact.icontains(word, autoescape=True))
    )
    around = func.substr(
        TEXT.c.text,
        case((ITEM.c.start > _NEAR, ITEM.c.start - _NEAR), else_=1),
        ITEM.c.end - ITEM.c.start + 2 * _NEAR,
    )
    names = (func.coalesce(ITEM.c.speaker, ATTRIBUTION.c.speaker), CLAIM.c.wording, TEXT.c.name)
    return or_(
        *(name.icontains(word, autoescape=True) for name in names),
        said.exists(),
        ITEM.c.attribution_id.is_(None) & around.icontains(word, autoescape=True),
    )


def _part(only: Only) -> Iterator[ColumnElement[bool]]:
    stance = func.coalesce(ITEM.c.stance, ATTRIBUTION.c.stance)
    if only is Only.STANCE:
        yield (stance != Stance.ASSERTS.value) | (ATTRIBUTION.c.act == Act.ACCUSATION.value)
    elif only is Only.SPEAKER:
        doubtful = select(SPEAKER.c.id).where(
            SPEAKER.c.attribution_id == ITEM.c.attribution_id,
            (SPEAKER.c.name == "UNRESOLVED") | (SPEAKER.c.confidence < UNSURE_SPEAKER),
        )
        yield doubtful.exists()
    elif only is Only.CLAIMS:
        yield ITEM.c.kind == ItemKind.CLAIM.value
    elif only is Only.CONFLICTS:
        opposed = select(MEMBER.c.claim_id).where(MEMBER.c.relation == "opposes")
        said = (
            select(STATEMENT.c.attribution_id)
            .join(MEMBER, MEMBER.c.statement_id == STATEMENT.c.id)
            .where(MEMBER.c.claim_id.in_(opposed), STATEMENT.c.attribution_id.is_not(None))
        )
        yield ITEM.c.attribution_id.in_(said) | ITEM.c.claim_id.in_(opposed)
    elif only is Only.DISAGREEMENTS:
        yield ITEM.c.why.in_((OPINION, DISAGREES))


def view(connection: Connection, key: ItemKey) -> ItemView:
    """One item whole. Raises `StoreError` if there is none of this key."""
    row: Any = connection.execute(select(ITEM).where(ITEM.c.item == str(key))).first()
    about = tuple(decision_log.decisions(connection, item=key))
    if row is None:
        raise StoreError(
            f"there is no item {key}", repair="claims review --list prints those there are"
        )
    if key.kind is ItemKind.CLAIM:
        claim = claims.claim(connection, key.owner)
        status = Status(row.status)
        return ItemView(key, status, row.why, None, None, None, None, None, None, claim, about)
    item = next((i for i in review.derive(connection, [key.owner]) if i.key == key), None)
    article_id = connection.execute(
        select(TEXT.c.article_id).where(TEXT.c.id == key.owner)
    ).scalar_one()
    article = whole.article(connection, article_id)
    said = next((a for a in article.attributions if a.item == str(key)), None) if article else None
    values = item.values if item else None
    falls_under = _claim_of(connection, row)
    reading = item.reading if item else None
    return ItemView(
        key=key,
        status=Status(row.status),
        why=row.why,
        values=values,
        machine=reading.values if reading else None,
        confidence=reading.confidence if reading else None,
        row=said,
        article=article,
        paragraph=_paragraph(article.text, key.span) if article and key.span else None,
        claim=None if falls_under is None else claims.claim(connection, falls_under),
        decisions=about,
    )


def _paragraph(text: str, span: Span) -> Span:
    """From the empty line before a span to the one after it."""
    start = text.rfind("\n\n", 0, span.start)
    end = text.find("\n\n", span.end)
    return Span(0 if start < 0 else start + 2, len(text) if end < 0 else end)


def _claim_of(connection: Connection, row: Any) -> int | None:
    query = (
        select(MEMBER.c.claim_id)
        .join(STATEMENT, STATEMENT.c.id == MEMBER.c.statement_id)
        .join(ITEM, ITEM.c.item == row.item)
        .where(STATEMENT.c.attribution_id == ITEM.c.attribution_id)
        .order_by(STATEMENT.c.id)
        .limit(1)
    )
    found = connection.execute(query).scalar()
    return None if found is None else int(found)


def item_of(connection: Connection, attribution_id: int) -> ItemKey | None:
    """The item that an attribution of a newest run is; what no run has goes by the negative number
    of the first decision about it."""
    if attribution_id < 0:
        asked = select(DECISION.c.item).where(DECISION.c.id == -attribution_id)
    else:
        asked = select(ITEM.c.item).where(ITEM.c.attribution_id == attribution_id)
    found = connection.execute(asked).scalar()
    return None if found is None else ItemKey.parse(found)


def hold(connection: Connection, key: ItemKey, reviewer: str) -> str | None:
    """Have an item on the screen for a while; who has it instead, None where it was free."""
    now = datetime.now(UTC)
    row: Any = connection.execute(select(LEASE).where(LEASE.c.item == str(key))).first()
    if row is not None and row.until > now and row.reviewer != reviewer:
        return str(row.reviewer)
    values = {"reviewer": reviewer, "until": now + timedelta(seconds=HELD_SECONDS)}
    if row is None:
        connection.execute(insert(LEASE).values(item=str(key), **values))
    else:
        connection.execute(update(LEASE).where(LEASE.c.item == str(key)).values(values))
    return None


def release(connection: Connection, reviewer: str, key: ItemKey | None = None) -> None:
    """Give back an item, or all that a reviewer holds."""
    mine = LEASE.c.reviewer == reviewer
    which = mine if key is None else mine & (LEASE.c.item == str(key))
    connection.execute(delete(LEASE).where(which))


def assign(connection: Connection, keys: Sequence[ItemKey], reviewer: str | None, by: str) -> int:
    """Give items to a reviewer, or to nobody; the number of items. Unknown ones are refused."""
    words = [str(key) for key in keys]
    known = set(connection.execute(select(ITEM.c.item).where(ITEM.c.item.in_(words))).scalars())
    for word in words:
        if word not in known:
            raise StoreError(
                f"there is no item {word}", repair="claims review --list prints those there are"
            )
    connection.execute(delete(ASSIGNMENT).where(ASSIGNMENT.c.item.in_(words)))
    if reviewer and words:
        now = datetime.now(UTC)
        rows = [
            {"item": w, "reviewer": reviewer, "assigned_by": by, "created_at": now}
            for w in dict.fromkeys(words)
        ]
        connection.execute(insert(ASSIGNMENT), rows)
    return len(known)


def progress(connection: Connection, wanted: Wanted, *, since: datetime | None = None) -> Progress:
    """How much is open of what is wanted, and how much was decided."""
    # Only what the conditions name is joined: of a long queue each join is felt.
    tables: FromClause = ITEM
    if wanted.only or wanted.speaker or wanted.words:
        tables = tables.outerjoin(ATTRIBUTION, ATTRIBUTION.c.id == ITEM.c.attribution_id)
    if wanted.words:
        tables = tables.outerjoin(TEXT, TEXT.c.id == ITEM.c.text_id)
        tables = tables.outerjoin(CLAIM, CLAIM.c.id == ITEM.c.claim_id)
    asked = (
        select(func.count(ITEM.c.item))
        .select_from(tables)
        .where(ITEM.c.is_open, *_conditions(wanted, datetime.now(UTC)))
    )
    made = select(func.count(DECISION.c.id)).where(DECISION.c.kind != DecisionKind.REVERT.value)
    own = made.where(DECISION.c.decided_by == (wanted.reviewer or ""))
    if since is not None:
        own = own.where(DECISION.c.created_at >= since)
    is_open, decided, mine = (connection.execute(q).scalar_one() for q in (asked, made, own))
    return Progress(int(is_open), int(decided), int(mine), since)


def second_readings(
    connection: Connection, reviewer: str, share: float, limit: int
) -> list[ItemKey]:
    """Decided items that a reviewer may read again without sight of the decision.

    Which ones is settled by their keys, so that the same share is read twice whoever asks.
    """
    own = (
        select(DECISION.c.id)
        .where(DECISION.c.item == ITEM.c.item, DECISION.c.decided_by == reviewer)
        .exists()
    )
    query = (
        select(ITEM.c.item)
        .where(
            ITEM.c.decision_id.is_not(None),
            ITEM.c.kind == ItemKind.ATTRIBUTION.value,
            ITEM.c.attribution_id.is_not(None),
            ~own,
        )
        .order_by(ITEM.c.decision_id)
    )
    found: list[ItemKey] = []
    for item in connection.execute(query).scalars():
        if _drawn(item, share):
            found.append(ItemKey.parse(item))
        if len(found) == limit:
            break
    return found


def _drawn(item: str, share: float) -> bool:
    """Whether an item is among the share that is read twice: by a hash of its key."""
    return int.from_bytes(hashlib.sha256(item.encode()).digest()[:4], "big") < share * 2**32
