"""One claim, and the log of decisions about claims: as data and on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims.matching.deciding import ClaimDecision
from claims.reports.standing import known_name
from claims.reports.verdicts import print_verdict, verdict_data
from claims.store.claim_rows import ClaimRow, MemberRow
from claims.terminal import one_line, plain


def claim_data(row: ClaimRow) -> dict[str, Any]:
    """A claim with its members, ready for JSON; text stands in it verbatim."""
    return {
        "claim": row.id,
        "wording": row.wording,
        "reworded": row.reworded,
        "event": [day.isoformat() for day in row.event] if row.event else None,
        "event_words": row.event_words,
        "since": row.since.isoformat() if row.since else None,
        "verdict": row.verdict and verdict_data(row.verdict),
        "members": [_member_data(row, member) for member in row.members],
    }


def _member_data(row: ClaimRow, member: MemberRow) -> dict[str, Any]:
    said = member.attribution
    return {
        "statement": member.statement_id,
        "relation": member.relation.value,
        "canonical": member.statement_id == row.canonical,
        "speaker": known_name(said) if said else None,
        "stance": member.stance.value,
        "attribution": said.id if said else None,
        "confidence": said.confidence if said else None,
        "article": member.article.id,
        "outlet": member.article.outlet,
        "url": member.article.url,
        "published": member.article.published,
        "quote": {
            "start": member.quote.start,
            "end": member.quote.end,
            "exact": member.quote.exact,
        },
    }


def print_claim(console: Console, row: ClaimRow) -> None:
    """A claim's wording, and a line for each member."""
    heading = Text.assemble(
        (f"claim {row.id}  ", "bold cyan"), plain(one_line(row.wording), "bold")
    )
    console.print(heading)
    if row.event_words:
        console.print(Text(f"about {row.event_words}", "dim"))
    if row.verdict is not None:
        print_verdict(console, row.verdict, row.rated_as)
    table = Table.grid(padding=(0, 1), expand=True)
    for width in (6, 9, 20):
        table.add_column(overflow="fold", width=width)
    table.add_column(overflow="fold", ratio=1)
    for member in row.members:
        said = member.attribution
        name = known_name(said) if said else member.article.outlet or "the outlet itself"
        where = f"#{member.article.id} {member.article.outlet or member.article.name}"
        words = plain(one_line(member.quote.exact, 240))
        words.append_text(plain(f"\n{one_line(where)}", "dim"))
        colour = "red" if member.opposes else ""
        table.add_row(
            str(member.statement_id),
            Text(member.relation.value, colour),
            plain(one_line(name), "bold"),
            words,
        )
    console.print(table)


def decision_data(decision: ClaimDecision) -> dict[str, Any]:
    """A decision, ready for JSON."""
    return {
        "decision": decision.id,
        "kind": decision.kind.value,
        "place": _place(decision.place),
        "other": _place(decision.other),
        "words": decision.words,
        "finding": decision.finding,
        "reverts": decision.reverts,
        "note": decision.note,
        "by": decision.by,
        "at": decision.at.isoformat(),
    }


def _place(place: Any) -> dict[str, int] | None:
    if place is None:
        return None
    return {"text": place.text_id, "start": place.span.start, "end": place.span.end}


def print_decisions(console: Console, decisions: Sequence[ClaimDecision]) -> None:
    """The log, a line a decision."""
    if not decisions:
        console.print("Nothing was decided yet.")
    for one in decisions:
        about = one.words or one.finding or (one.reverts and f"takes back {one.reverts}") or ""
        line = f"{one.id:>4}  {one.at:%Y-%m-%d %H:%M}  {one.by}  {one.kind.value}  {about}"
        note = f"  ({one.note})" if one.note else ""
        console.print(plain(one_line(line + note)), soft_wrap=True)
