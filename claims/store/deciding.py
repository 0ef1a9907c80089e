"""Adding to the log of decisions about sources. What can't hold is refused before it is written."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, insert

from claims.errors import StoreError
from claims.sources.decisions import Change, Decision, DecisionKind, in_force, replay
from claims.sources.entries import AliasKind
from claims.sources.keys import key
from claims.sources.registry import Registry
from claims.store import loading
from claims.store.sources import DECISION, decisions, registry

_NO_NAME = "claims sources show SOURCE lists its names"


def decide(connection: Connection, change: Change, *, by: str, note: str) -> Decision:
    """Write a decision; `StoreError` says why it can't be made."""
    if not by.strip():
        raise StoreError("a decision needs the name of whoever decides", repair="add --as NAME")
    loading.load_shipped(connection)
    log, known = decisions(connection), registry(connection)
    for source_id in (change.source_id, change.target_id):
        if source_id is not None and known.get(source_id) is None:
            raise StoreError(
                f"there is no source {source_id!r}",
                repair="claims sources search WORDS finds one; claims sources load adds one",
            )
    loading.ensure(connection, filter(None, (change.source_id, change.target_id)))
    if change.kind is DecisionKind.REVERT:
        _check_revert(log, change)
    elif change.kind is DecisionKind.SPLIT:
        _check_split(known, change)
    elif change.kind is DecisionKind.ALIAS:
        _check_alias(known, change)
    made = Decision(
        max((one.id for one in log), default=0) + 1, change, by, note, datetime.now(UTC)
    )
    conflicts = replay((), [*log, made]).conflicts
    if conflicts:
        raise StoreError(
            f"the decision can't be made: {'; '.join(conflicts)}",
            repair="claims sources split SOURCE parts what was merged",
        )
    values = {
        "id": made.id,
        "kind": change.kind.value,
        "source_id": change.source_id,
        "target_id": change.target_id,
        "name": change.name,
        "name_kind": change.name_kind.value if change.name_kind else None,
        "ambiguous": change.ambiguous,
        "valid_from": change.valid_from,
        "valid_to": change.valid_to,
        "reverts": change.reverts,
        "note": note,
        "decided_by": by,
        "created_at": made.at,
    }
    connection.execute(insert(DECISION).values(values))
    return made


def part(connection: Connection, source_id: str, *, by: str, note: str) -> Decision:
    """Let a merged source stand for itself again, by a revert of its merge."""
    for decision in in_force(decisions(connection)):
        change = decision.change
        if change.kind is DecisionKind.MERGE and change.source_id == source_id:
            revert = Change(DecisionKind.REVERT, reverts=decision.id)
            return decide(connection, revert, by=by, note=note)
    raise StoreError(
        f"{source_id} isn't merged into another source",
        repair="to take a name from it: claims sources split SOURCE NAME",
    )


def _check_revert(log: list[Decision], change: Change) -> None:
    if not any(one.id == change.reverts for one in log):
        raise StoreError(
            f"there is no decision {change.reverts}", repair="claims sources log lists them"
        )
    for one in log:
        if one.change.reverts == change.reverts:
            raise StoreError(
                f"decision {change.reverts} was undone before, by decision {one.id}",
                repair=f"claims sources undo {one.id} puts it in force again",
            )


def _check_split(known: Registry, change: Change) -> None:
    assert change.source_id is not None and change.name is not None
    words, source = key(change.name), known.get(change.source_id)
    if source is not None and key(source.name) == words:
        raise StoreError(
            f"{change.name!r} is the name of {source.id} itself",
            repair="another name can be taken from it; a source of that name can be loaded",
        )
    if not any(
        key(alias.alias) == words and alias.source_id == change.source_id
        for alias in known.aliases(change.source_id)
    ):
        raise StoreError(f"{change.source_id} has no name {change.name!r}", repair=_NO_NAME)


def _check_alias(known: Registry, change: Change) -> None:
    """Refuse a name that would say nothing new, or would make another's name ambiguous."""
    assert change.source_id is not None and change.name is not None
    words = key(change.name)
    if not words:
        raise StoreError("a name needs a letter or a digit")
    if change.valid_from and change.valid_to and change.valid_from > change.valid_to:
        raise StoreError("the name would end before it begins", repair="exchange --from and --to")
    own = [a for a in known.aliases(change.source_id) if key(a.alias) == words]
    same = (change.name_kind, change.ambiguous, change.valid_from, change.valid_to)
    if any((a.kind, a.ambiguous, a.valid_from, a.valid_to) == same for a in own):
        raise StoreError(f"{change.source_id} has the name {change.name!r} already")
    other = known.resolve(change.name)
    if (
        other is not None
        and other != known.stands_for(change.source_id)
        and not change.ambiguous
        and change.name_kind is not AliasKind.TITLE
    ):
        raise StoreError(
            f"{change.name!r} is a name of {other.id}",
            repair=f"claims sources split {other.id} NAME takes it away; --ambiguous shares it",
        )
