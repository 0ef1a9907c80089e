"""Decisions that hold for a newer text of an article: where the words are the same, they stand.

An outlet changes a line, and all else is what an editor has read already. What was decided about
an attribution carries over where its words, from the first to the last character of source, cue
and content, stand in the newer text once and only once. Where they were touched, it is read anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from claims.records import Span
from claims.review.decisions import Decision
from claims.review.items import ItemKey, ItemKind
from claims.review.values import Values

ROLES = ("source", "cue", "content")


def carried(decision: Decision, old: str, new: str, text_id: int) -> Decision | None:
    """The decision as one about the text `text_id` with the characters `new`; None where it isn't.

    `old` are the characters of the text that it is about. A revert carries over as it is: it names
    a decision, no place.
    """
    if decision.item.kind is not ItemKind.ATTRIBUTION or decision.item.span is None:
        return None
    if decision.reverts is not None:
        return decision
    shift = _shift([decision.values, decision.seen], decision.item.span, old, new)
    if shift is None:
        return None
    span = decision.item.span
    return replace(
        decision,
        item=ItemKey(
            ItemKind.ATTRIBUTION,
            text_id,
            Span(span.start + shift, span.end + shift),
            decision.item.nth,
        ),
        seen=decision.seen and _moved(decision.seen, shift),
        patch=decision.patch and _moved_patch(decision.patch, shift),
        # No run over the newer text was seen, so that none is said to have lost it.
        run_id=None,
        attribution_id=None,
    )


def _shift(values: list[Values | None], cue: Span, old: str, new: str) -> int | None:
    """How far the words stand from where they stood; None where they stand nowhere or twice."""
    spans = [cue]
    for one in values:
        if one is not None:
            spans += [*one.source, *one.cue, *one.content]
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    words = old[start:end]
    first = new.find(words)
    if not words or first < 0 or new.find(words, first + 1) >= 0:
        return None
    return first - start


def _moved(values: Values, shift: int) -> Values:
    moved = {
        role: tuple(Span(s.start + shift, s.end + shift) for s in getattr(values, role))
        for role in ROLES
    }
    return replace(values, source=moved["source"], cue=moved["cue"], content=moved["content"])


def _moved_patch(patch: Mapping[str, Any], shift: int) -> dict[str, object]:
    return {
        name: [[start + shift, end + shift] for start, end in value] if name in ROLES else value
        for name, value in patch.items()
    }
