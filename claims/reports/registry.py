"""Sources of the registry as lines for a terminal and as data for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from claims.reports.sources import Tally
from claims.sources.decisions import Change, Decision, DecisionKind
from claims.sources.entries import Alias, Control, Hit, Match, Source, SourceKind
from claims.sources.registry import Registry
from claims.terminal import one_line

_ID, _KIND = 34, 13  # columns
_NAMES, _ARTICLES = 8, 5  # how many are listed


def source_data(source: Source) -> dict[str, Any]:
    """One source."""
    return {
        "id": source.id,
        "name": source.name,
        "kind": source.kind.value,
        "country": source.country,
        "owner": source.owner,
        "control": source.control.value,
        "basis": source.basis,
        "basis_date": source.basis_date.isoformat() if source.basis_date else None,
        "derived_from": source.derived_from,
    }


def alias_data(alias: Alias) -> dict[str, Any]:
    """One name of a source."""
    return {
        "source": alias.source_id,
        "alias": alias.alias,
        "kind": alias.kind.value,
        "ambiguous": alias.ambiguous,
        "valid_from": alias.valid_from.isoformat() if alias.valid_from else None,
        "valid_to": alias.valid_to.isoformat() if alias.valid_to else None,
    }


def whole_data(registry: Registry, source: Source, tally: Tally) -> dict[str, Any]:
    """One source with its names, what is behind it and what was heard from it."""
    return source_data(source) | {
        "aliases": [alias_data(alias) for alias in registry.aliases(source.id)],
        "merged": registry.merged_into(source.id),
        "owners": [owner.id for owner in registry.owner_chain(source)],
        "independent_origin": registry.root(source).id,
        "heard": tally_data(tally),
    }


def tally_data(tally: Tally) -> dict[str, Any]:
    """What was heard."""
    return {
        "attributions": tally.said,
        "carried": tally.carried,
        "articles": sorted(tally.articles),
        "names": dict(tally.names.most_common()),
    }


def hit_data(hit: Hit) -> dict[str, Any]:
    """A source that a search found."""
    return source_data(hit.source) | {"alias": hit.alias, "score": hit.score}


def decision_data(decision: Decision, counts: bool) -> dict[str, Any]:
    """One line of the log; `counts`: whether it is in force."""
    change = decision.change
    return {
        "decision": decision.id,
        "kind": change.kind.value,
        "source": change.source_id,
        "target": change.target_id,
        "name": change.name,
        "name_kind": change.name_kind.value if change.name_kind else None,
        "ambiguous": change.ambiguous,
        "valid_from": change.valid_from.isoformat() if change.valid_from else None,
        "valid_to": change.valid_to.isoformat() if change.valid_to else None,
        "reverts": change.reverts,
        "by": decision.by,
        "note": decision.note,
        "at": decision.at.isoformat(),
        "in_force": counts,
    }


def source_line(source: Source) -> str:
    """One source in one line."""
    return f"{one_line(source.id):{_ID}} {source.kind:{_KIND}} {one_line(source.name)}"


def source_lines(registry: Registry, source: Source, tally: Tally) -> list[str]:
    """One source whole."""
    where = f", {source.country}" if source.country else ""
    lines = [one_line(f"{source.name}  ({source.id}; {source.kind}{where})")]
    owners = registry.owner_chain(source)
    lines += [_field("owner", f"{owner.name} ({owner.id})") for owner in owners]
    if source.control is not Control.UNKNOWN or source.kind is SourceKind.MEDIA:
        lines.append(_field("control", source.control))
    if source.basis:
        as_of = f" (as of {source.basis_date})" if source.basis_date else ""
        lines.append(_field("basis", source.basis + as_of))
    root = registry.root(source)
    if root != source:
        lines.append(_field("origin", f"one with all that {root.name} ({root.id}) stands behind"))
    merged = registry.merged_into(source.id)
    if merged:
        lines.append(_field("merged", ", ".join(merged)))
    lines += ["", "names"]
    lines += [f"  {one_line(_alias(alias))}" for alias in registry.aliases(source.id)]
    return [*lines, "", *_heard(tally)]


def _field(label: str, text: str) -> str:
    return f"{label:8} {one_line(text)}"


def _alias(alias: Alias) -> str:
    notes: list[str] = [alias.kind.value]
    if alias.ambiguous:
        notes.append("ambiguous")
    if alias.valid_from or alias.valid_to:
        notes.append(f"{alias.valid_from or ''}–{alias.valid_to or ''}")
    return f"{alias.alias}  ({', '.join(notes)})"


def _heard(tally: Tally) -> list[str]:
    if not tally.articles:
        return [_field("heard", "never")]
    articles = f"{len(tally.articles):,} article{'s' if len(tally.articles) > 1 else ''}"
    counts = f"{tally.said:,} attributed, {tally.carried:,} carried, in {articles}"
    lines = [_field("heard", f"{counts} ({_articles(tally)})")]
    names = tally.names.most_common(_NAMES)
    return lines + [f"  {number:,} as {one_line(name)}" for name, number in names]


def _articles(tally: Tally) -> str:
    numbers = sorted(tally.articles)
    more = ", …" if len(numbers) > _ARTICLES else ""
    return ", ".join(f"#{number}" for number in numbers[:_ARTICLES]) + more


def unknown_lines(name: str, tally: Tally, like: Sequence[Hit]) -> list[str]:
    """A name that no source is known for, how often it is heard, and what is like it.

    Under it, why nobody is named, one line a reason.
    """
    near = f"  like {like[0].source.id} ({like[0].alias})" if like else ""
    number = tally.said + tally.carried
    return [
        f"{number:5,}  {one_line(f'{name}  ({_articles(tally)}){near}')}",
        *(
            f"{'':7}{one_line(f'#{article} {why}')}" + (f"  ({count:,} times)" if count > 1 else "")
            for (article, why), count in sorted(tally.reasons.items())
        ),
    ]


def reasons_data(tally: Tally) -> list[dict[str, Any]]:
    """Why nobody was named, by article."""
    return [
        {"article": article, "why": why, "attributions": count}
        for (article, why), count in sorted(tally.reasons.items())
    ]


def match_line(match: Match) -> str:
    """A source that a name may stand for."""
    return f"{match.source.id} ({match.source.name})"


def change_words(change: Change) -> str:
    """A decision in words."""
    if change.kind is DecisionKind.MERGE:
        return f"{change.source_id} stands for {change.target_id}"
    if change.kind is DecisionKind.REVERT:
        return f"decision {change.reverts} is undone"
    if change.kind is DecisionKind.SPLIT:
        instead = f", but {change.target_id}" if change.target_id else ""
        return f"{change.name!r} doesn't name {change.source_id}{instead}"
    dates = f"{change.valid_from or ''}–{change.valid_to or ''}"
    when = f", {dates}" if change.valid_from or change.valid_to else ""
    unsure = ", ambiguous" if change.ambiguous else ""
    return f"{change.name!r} names {change.source_id} ({change.name_kind}{unsure}{when})"


def log_lines(decisions: Iterable[Decision]) -> list[str]:
    """The log, oldest first."""
    log = list(decisions)
    counting = counted(log)
    return [
        one_line(
            f"{one.id}  {one.at:%Y-%m-%d}  {change_words(one.change)}  by {one.by}"
            + (f": {one.note}" if one.note else "")
            + ("" if one.id in counting else "  (undone)")
        )
        for one in log
    ]


def counted(log: Sequence[Decision]) -> set[int]:
    """Ids of the decisions that are in force, reverts among them."""
    undone: set[int] = set()
    for one in sorted(log, key=lambda one: -one.id):
        if one.id not in undone and one.change.reverts is not None:
            undone.add(one.change.reverts)
    return {one.id for one in log} - undone
