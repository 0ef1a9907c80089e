"""Items of the desk and decisions about them, in a terminal and as JSON-able data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from claims.records import Span
from claims.reports.said import spoken_name
from claims.review.decisions import Decision
from claims.review.values import Values
from claims.store.queue_rows import ItemView, Queued
from claims.terminal import harmless, one_line, plain

Data = dict[str, Any]
WHY = {
    "new": "nobody decided yet",
    "missed": "the model found it under its threshold",
    "disagrees": "a newer model reads it otherwise",
    "lost": "a newer model doesn't find it",
    "unsure": "an editor couldn't tell",
    "opinion": "two editors differ",
}
"""Why an item waits, in words."""


def decision_data(one: Decision) -> Data:
    """A line of the log."""
    return {
        "decision": one.id,
        "item": str(one.item),
        "seq": one.seq,
        "kind": one.kind.value,
        "seen": one.seen.data if one.seen else None,
        "patch": one.patch,
        "reverts": one.reverts,
        "run": one.run_id,
        "attribution": one.attribution_id,
        "is_opinion": one.is_opinion,
        "note": one.note,
        "by": one.by,
        "at": one.at.isoformat(),
    }


def decision_line(one: Decision, view: ItemView | None = None) -> str:
    """A decision in one line, with what stands since."""
    what = f"takes {one.reverts} back" if one.reverts else one.kind.value
    patch = "; ".join(f"{name} {_short(value)}" for name, value in (one.patch or {}).items())
    line = f"decision {one.id}: {one.item} {what}" + (f" ({patch})" if patch else "")
    line += f" by {one.by}" + (" as a second reading" if one.is_opinion else "")
    if one.note:
        line += f": {one.note}"
    return line + (f"; it is {view.status.value} now" if view else "")


def _short(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], list):
        return ",".join(f"{start}-{end}" for start, end in value)
    return str(value)


def queued_data(one: Queued) -> Data:
    """A row of the queue."""
    return {
        "item": str(one.key),
        "kind": one.key.kind.value,
        "status": one.status.value,
        "why": one.why,
        "value": round(one.value, 4),
        "uncertainty": round(one.uncertainty, 4),
        "article": one.article_id,
        "article_name": one.article_name,
        "speaker": one.speaker,
        "stance": one.stance,
        "words": one.words,
        "assigned": one.assigned,
        "held": one.held,
    }


def item_data(view: ItemView) -> Data:
    """An item whole: what stands, what the model reads, and the decisions."""
    text = view.article.text if view.article else ""
    return {
        "item": str(view.key),
        "kind": view.key.kind.value,
        "status": view.status.value,
        "why": view.why,
        "values": view.values.data if view.values else None,
        "machine": view.machine.data if view.machine else None,
        "confidence": view.confidence,
        "words": _roles(view.values, text) if view.values else None,
        "article": view.article.row.id if view.article else None,
        "paragraph": list(view.paragraph) if view.paragraph else None,
        "claim": view.claim.id if view.claim else None,
        "wording": view.claim.wording if view.claim else None,
        "decisions": [decision_data(one) for one in view.decisions],
    }


def _roles(values: Values, text: str) -> Data:
    return {
        role: [text[span.start : span.end] for span in spans]
        for role, spans in (
            ("source", values.source),
            ("cue", values.cue),
            ("content", values.content),
        )
    }


def print_item(console: Console, view: ItemView) -> None:
    """An item with its paragraph, what stands of it, its claim and its history."""
    head = Text.assemble((f"{view.key}", "bold"), f"  {view.status.value}")
    if view.why:
        head.append(f"  open: {WHY[view.why]}", "yellow")
    console.print(head)
    if view.article is not None and view.paragraph is not None:
        row = view.article.row
        console.print(plain(one_line(f"article {row.id}, {row.title or row.name}"), "dim"))
        console.print()
        console.print(_marked(view.article.text, view.paragraph, view.values))
        console.print()
    if view.values is not None:
        console.print(plain(_said(view.values)))
        if view.machine is not None and view.machine != view.values:
            console.print(plain(f"the model reads: {_said(view.machine)}", "dim"))
        if view.confidence is not None:
            console.print(plain(f"the model's confidence {view.confidence:.2f}", "dim"))
    if view.claim is not None:
        console.print(plain(one_line(f"claim {view.claim.id}: {view.claim.wording}", 160)))
    print_log(console, view.decisions)


def _said(values: Values) -> str:
    who = one_line(spoken_name(values.speaker))
    return f"{who}  {values.stance.value}, {values.act.value}, {values.framing.value}"


def _marked(text: str, paragraph: Span, values: Values | None) -> Text:
    """The paragraph with source, cue and content in brackets of their own: readable without
    colour."""
    marks: list[tuple[int, str, str]] = []
    for role, opening, closing, style in _ROLES:
        for span in getattr(values, role) if values else ():
            if paragraph.start <= span.start and span.end <= paragraph.end:
                marks += [(span.start, opening, style), (span.end, closing, style)]
    shown, at = Text(), paragraph.start
    for place, mark, style in sorted(marks, key=lambda m: (m[0], m[1] in "]>}")):
        shown.append(harmless(text[at:place]))
        shown.append(mark, style)
        at = place
    return shown.append(harmless(text[at : paragraph.end]))


_ROLES = (
    ("source", "<", ">", "bold green"),
    ("cue", "{", "}", "bold magenta"),
    ("content", "[", "]", "bold"),
)


def print_log(console: Console, decisions: Sequence[Decision]) -> None:
    """Decisions, one a line, oldest first."""
    for one in decisions:
        console.print(plain(one_line(f"{one.at:%Y-%m-%d %H:%M}  {decision_line(one)}")))
