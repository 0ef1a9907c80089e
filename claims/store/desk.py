"""Deciding: a line in the log, and what follows from it, in one transaction."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, delete, select

from claims.errors import ClaimsError, StoreError
from claims.review.decisions import Decision, DecisionKind
from claims.review.items import ItemKey, ItemKind, Status
from claims.review.projection import NEW, Item
from claims.review.values import Values
from claims.store import decision_log, queue_order, review, sources
from claims.store.comparing import CLAIM, MATCHED
from claims.store.decision_log import Draft
from claims.store.identity import PURGE, TEXT
from claims.store.queries import RUN, newest

ABOUT_CLAIMS = (DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.UNSURE)


def decide(connection: Connection, draft: Draft) -> Decision:
    """Write a decision of an editor and bring the projection up to date.

    `draft.patch` has the corrected fields, or all of an addition; what was seen is filled in here.
    Raises `DecidedMeanwhileError` where somebody decided since, `StoreError` where there is no
    such item or the decision can't be about it.
    """
    key = draft.item
    if key.kind is ItemKind.CLAIM:
        return _about_claim(connection, draft)
    text = _text(connection, key)
    if draft.kind is DecisionKind.COMPLETE:
        return _complete(connection, draft)
    if key.kind is not ItemKind.ATTRIBUTION and draft.kind is not DecisionKind.ADD:
        raise StoreError(
            f"{key} can only be closed as complete", repair=f"claims decide {key} complete"
        )
    items = {item.key: item for item in review.derive(connection, [key.owner])}
    made = _add(draft, text, items) if draft.kind is DecisionKind.ADD else _on(draft, text, items)
    _check_sources(connection, made)
    decision = decision_log.add(connection, made)
    review.refresh(connection, [key.owner])
    if not draft.is_opinion and _prints_otherwise(connection, items.get(made.item), made.item):
        read_anew(connection, key.owner)
    return decision


def undo(connection: Connection, number: int, *, by: str, note: str = "") -> Decision:
    """Take a decision back; taking that back puts it in force again."""
    old = decision_log.decision(connection, number)
    key = old.item
    made = decision_log.add(
        connection,
        Draft(key, DecisionKind.REVERT, by, note, reverts=number, is_opinion=old.is_opinion),
    )
    if key.text_id is None:
        queue_order.refresh_claims(connection)
        return made
    # The text may have a newer version, for which the decision held.
    texts = _texts_of(connection, key.owner)
    review.refresh(connection, texts)
    if key.kind is ItemKind.ATTRIBUTION and not old.is_opinion:
        for text_id in texts:
            read_anew(connection, text_id)
    return made


def _texts_of(connection: Connection, text_id: int) -> list[int]:
    """All texts of the article that a text is one of."""
    article = select(TEXT.c.article_id).where(TEXT.c.id == text_id).scalar_subquery()
    query = select(TEXT.c.id).where(TEXT.c.article_id == article).order_by(TEXT.c.id)
    return list(connection.execute(query).scalars())


def read_anew(connection: Connection, text_id: int) -> None:
    """Have the statements of a text read again, since the record says something else now."""
    runs = select(RUN.c.id).where(RUN.c.text_id == text_id)
    connection.execute(delete(MATCHED).where(MATCHED.c.run_id.in_(runs)))


def _text(connection: Connection, key: ItemKey) -> str:
    query = select(TEXT.c.text).select_from(newest()).where(TEXT.c.id == key.owner)
    text = connection.execute(query.where(PURGE.c.id.is_(None))).scalar()
    if text is None:
        raise StoreError(
            f"{key}: there is no such text, or a newer version of it is stored",
            repair="claims review --list prints the items there are",
        )
    return str(text)


def _about_claim(connection: Connection, draft: Draft) -> Decision:
    if draft.kind not in ABOUT_CLAIMS:
        raise StoreError(
            f"a claim can't be decided by {draft.kind.value!r}",
            repair="accept, reject or unsure; claims claim merge|split|reword changes it",
        )
    living = select(CLAIM.c.id).where(
        CLAIM.c.id == draft.item.owner, CLAIM.c.statement_id.is_not(None)
    )
    if connection.execute(living).first() is None:
        raise StoreError(
            f"there is no claim {draft.item.owner}", repair="claims report claims lists them"
        )
    made = decision_log.add(connection, replace(draft, seen=None, patch=None))
    queue_order.refresh_claims(connection)
    return made


def _complete(connection: Connection, draft: Draft) -> Decision:
    """Close a sentence or a text: all that it says is in the record, so nothing may be open."""
    key = draft.item
    if key.kind is ItemKind.ATTRIBUTION:
        raise StoreError(
            f"{key} is an attribution: sentences and texts are closed",
            repair=f"claims decide t{key.owner} complete",
        )
    waiting = [
        item
        for item in review.derive(connection, [key.owner])
        if item.why == NEW and (key.span is None or _within(item, key))
    ]
    if waiting:
        raise StoreError(
            f"{key} has {len(waiting)} undecided: {', '.join(str(i.key) for i in waiting[:5])}",
            repair="decide on them first",
        )
    made = decision_log.add(connection, replace(draft, seen=None, patch=None))
    review.refresh(connection, [key.owner])
    return made


def _within(item: Item, key: ItemKey) -> bool:
    own, outer = item.key.span, key.span
    return bool(own and outer and outer.start <= own.start and own.end <= outer.end)


def _add(draft: Draft, text: str, items: dict[ItemKey, Item]) -> Draft:
    try:
        values = Values.from_data(draft.patch or {}).check(text)
    except ClaimsError as error:
        raise StoreError(f"it can't be added: {error.message}", repair=error.repair) from error
    # A candidate isn't in the record: marking it by hand puts it there.
    held = {key: item for key, item in items.items() if item.state.status is not Status.MISSED}
    for item in held.values():
        if item.values and item.values.cue == values.cue and item.values.content == values.content:
            raise StoreError(
                f"it is there already: {item.key} ({item.state.status.value})",
                repair=f"claims decide {item.key} accept",
            )
    key = ItemKey(ItemKind.ATTRIBUTION, draft.item.owner, values.hull)
    while key in held:
        key = replace(key, nth=key.nth + 1)
    return replace(draft, item=key, seen=None, patch=values.data, expect=None)


def _on(draft: Draft, text: str, items: dict[ItemKey, Item]) -> Draft:
    item = items.get(draft.item)
    if item is None or item.values is None:
        raise StoreError(
            f"there is no item {draft.item}", repair="claims review --list prints those there are"
        )
    reading = item.reading
    made = replace(
        draft,
        seen=item.values,
        run_id=reading.run_id if reading else None,
        attribution_id=reading.attribution_id if reading else None,
    )
    if draft.kind is not DecisionKind.CORRECT:
        return replace(made, patch=None)
    try:
        values = item.values.patched(draft.patch or {}).check(text)
    except ClaimsError as error:
        raise StoreError(f"{draft.item}: {error.message}", repair=error.repair) from error
    patch = item.values.difference(values)
    if not patch:
        raise StoreError(
            f"the correction changes nothing of {draft.item}",
            repair=f"claims decide {draft.item} accept",
        )
    return replace(made, patch=patch)


def _check_sources(connection: Connection, draft: Draft) -> None:
    """Refuse ids of sources that the registry doesn't know."""
    given = (draft.patch or {}).get("source_ids")
    ids = [one for one in given if one] if isinstance(given, list) else []
    if not ids:
        return
    registry = sources.registry(connection)
    for source_id in ids:
        if registry.get(source_id) is None:
            raise StoreError(
                f"there is no source {source_id!r}", repair="claims sources search WORDS finds one"
            )


def _prints_otherwise(connection: Connection, before: Item | None, key: ItemKey) -> bool:
    """Whether the record says something else since a decision."""
    now = {item.key: item for item in review.derive(connection, [key.owner])}.get(key)
    return _printed(before) != _printed(now)


def _printed(item: Item | None) -> Values | None:
    if item is None or not item.state.status.is_printed:
        return None
    return item.values if item.reading or item.kept else None
