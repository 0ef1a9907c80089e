"""How claims unfold, and whose word they rest on, on a terminal; readable at 80 columns."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from claims.reports.claim_tables import COLOURS, MAX_WORDS, NOTHING, POSITION, counted, grid, legend
from claims.reports.unfolding import Day, Happening, OriginReport
from claims.reports.weighing import Stand, outlet_of
from claims.terminal import one_line, plain

_ARTICLE = 19


def print_timeline(console: Console, days: Sequence[Day], min_confidence: float) -> None:
    """Day by day: what first appears, who denies, what is updated, what is repeated."""
    if not days:
        console.print(NOTHING)
        return
    console.print(Text("Day by day", "bold") + Text(", by the articles' days of publication"))
    for day in days:
        console.print()
        console.print(Text(str(day.day or "undated"), "bold underline"))
        table = grid(POSITION + 4, None, _ARTICLE)
        for one in day.happenings:
            table.add_row(_turn(one), _happening(one), _article(one.stand))
        console.print(table)
    legend(console, (h.weighed for day in days for h in day.happenings), min_confidence)


def _turn(one: Happening) -> Text:
    mark = " ?" if one.stand.is_doubtful else ""
    style = "dim" if one.stand.is_doubtful else COLOURS[one.stand.position]
    return Text(one.turn.value + mark, style)


def _happening(one: Happening) -> Text:
    style = "dim" if one.stand.is_doubtful else ""
    text = Text.assemble(
        plain(one_line(one.stand.speaker), f"bold {style}"),
        (f" {one.stand.position.label}: ", style),
    )
    return text.append_text(plain(one_line(one.weighed.wording, MAX_WORDS), style)).append(
        f" (claim {one.weighed.claim.id})", "dim"
    )


def _article(stand: Stand) -> Text:
    """Number and outlet of the article."""
    article = stand.member.article
    return Text.assemble((f"#{article.id} ", "cyan"), plain(one_line(outlet_of(article), 40)))


def print_origins(
    console: Console, origins: Sequence[OriginReport], *, top: int | None = None
) -> None:
    """Each independent origin, the claims that rest on it, and through which outlets."""
    if not origins:
        console.print(NOTHING)
        return
    claims = {rest.weighed.claim.id for one in origins for rest in one.rests}
    console.print(
        Text.assemble(
            ("On whose word", "bold"),
            f": {counted(len(claims), 'claim')} on {counted(len(origins), 'independent origin')}",
        )
    )
    shown = origins[:top]
    for one in shown:
        console.print()
        console.print(
            Text.assemble(
                plain(one_line(one.name), "bold"),
                (f"  {counted(len(one.rests), 'claim')}, {one.alone:,} on it alone", "dim"),
            )
        )
        if len(one.names) > 1:
            console.print(plain(f"  one with: {one_line(', '.join(one.names[1:]))}", "dim"))
        console.print(plain(f"  through: {one_line(', '.join(one.outlets))}", "dim"))
        table = grid(POSITION, None)
        for rest in one.rests:
            alone = "\nsingle" if rest.weighed.is_single_origin else ""
            mark = rest.stands[0].position
            table.add_row(
                Text(f"{mark.label}{alone}", COLOURS[mark]),
                plain(one_line(rest.weighed.wording, MAX_WORDS)).append(
                    f" (claim {rest.weighed.claim.id})", "dim"
                ),
            )
        console.print(table)
    if len(shown) < len(origins):
        console.print()
        console.print(f"{counted(len(origins) - len(shown), 'more origin')} without --top")
