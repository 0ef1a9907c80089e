"""An item as somebody sees it who must not know what was decided about it."""

from __future__ import annotations

from dataclasses import replace

from claims.records import Speaker
from claims.review.items import Status
from claims.review.values import Values
from claims.store.queue_rows import ItemView
from claims.store.rows import AttributionRow, Quote

SECOND = "second reading"
"""Why such an item is shown."""


def blinded(view: ItemView) -> ItemView:
    """The item as the model read it, without status and decisions, in article and claim too."""
    machine = view.machine or view.values
    row = None
    if view.row is not None and machine is not None:
        row = _as_read(view.row, machine, view.article.text if view.article else "")
    article = view.article
    if article is not None and row is not None:
        said = tuple(row if one.id == row.id else one for one in article.attributions)
        article = replace(article, attributions=said)
    claim = view.claim
    if claim is not None and row is not None:
        members = tuple(
            replace(one, stance=row.stance, attribution=row)
            if one.attribution is not None and one.attribution.id == row.id
            else one
            for one in claim.members
        )
        claim = replace(claim, members=members)
    return replace(
        view,
        status=Status.MACHINE,
        why=SECOND,
        values=machine,
        row=row,
        article=article,
        claim=claim,
        decisions=(),
    )


def _as_read(row: AttributionRow, values: Values, text: str) -> AttributionRow:
    known = {speaker.name: speaker for speaker in row.speakers}
    quotes = {
        role: tuple(Quote(a, b, text[a:b]) for a, b in getattr(values, role))
        for role in ("source", "cue", "content")
    }
    return replace(
        row,
        source=quotes["source"],
        cue=quotes["cue"],
        content=quotes["content"],
        speaker=values.speaker,
        speakers=tuple(known.get(n) or Speaker(n, i) for n, i in values.named),
        stance=values.stance,
        act=values.act,
        framing=values.framing,
        status=Status.MACHINE,
        decision=None,
        reviewer=None,
        kept=None,
    )
