"""Claims on a terminal: what is put forward, by whom, against whom; readable at 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims.reports.positions import Position
from claims.reports.verdicts import verdict_mark
from claims.reports.weighing import Stand, Weighed, outlet_of
from claims.terminal import one_line, plain

MAX_WORDS = 160
POSITION, _ARTICLE = 11, 19
COLOURS = {
    Position.ASSERTS: "green",
    Position.OPPOSES: "red",
    Position.HEDGES: "yellow",
    Position.UNCOMMITTED: "cyan",
    Position.BY_DENIAL: "magenta",
}
NOTHING = "Nothing in the database matches."


def print_claims(
    console: Console,
    weighed: Sequence[Weighed],
    min_confidence: float,
    *,
    top: int | None = None,
    title: str = "What is put forward",
) -> None:
    """Claims with their members; `top` says how many. Nothing printed here is said to be so."""
    if not weighed:
        console.print(NOTHING)
        return
    disputed = sum(one.is_conflict for one in weighed)
    articles = {s.member.article.id for one in weighed for s in one.stands}
    console.print(
        Text.assemble(
            (title, "bold"),
            f": {counted(len(weighed), 'claim')} in {counted(len(articles), 'article')}",
            f", {disputed:,} disputed" if disputed < len(weighed) else "",
        )
    )
    shown = weighed[:top]
    for one in shown:
        console.print()
        _print_claim(console, one)
    legend(console, shown, min_confidence)
    if len(shown) < len(weighed):
        console.print()
        console.print(f"{counted(len(weighed) - len(shown), 'more claim')} without --top")


def _print_claim(console: Console, one: Weighed) -> None:
    console.print(heading(one))
    console.print(Text(tally(one), "dim"))
    if mark := verdict_mark(one.claim):
        console.print(plain(one_line(mark), "bold"))
    if links := link_words(one):
        console.print(Text(links, "dim"))
    table = grid(POSITION, None, _ARTICLE)
    for stand in one.by_side:
        table.add_row(_position(stand), _said(stand), article_label(stand))
    console.print(table)


def heading(one: Weighed) -> Text:
    """Number and wording; `?` before a wording that was guessed."""
    mark = "? " if one.is_doubtful else ""
    style = "dim" if one.is_doubtful else "bold"
    return Text.assemble(
        (f"claim {one.claim.id}  {mark}", "bold cyan"), plain(one_line(one.wording), style)
    )


def tally(one: Weighed) -> str:
    """How many stand where, since when, in how many articles, on how many origins."""
    parts = [
        f"{standing(position, number)}"
        for position in Position
        if (number := len(one.who(position)))
    ]
    if one.since:
        parts.append(f"since {one.since}")
    parts.append(counted(one.articles, "article"))
    parts.append(counted(one.outlets, "outlet"))
    return "; ".join((", ".join(parts), origins_words(one)))


def origins_words(one: Weighed) -> str:
    """ "3 origins, 2 independent"; the single one by its name."""
    origins = len(one.grounds.origins)
    if not origins:
        return "no origin known"
    if one.is_single_origin:
        return "SINGLE ORIGIN" + (f" ({origins:,} names)" if origins > 1 else "")
    same = one.grounds.independent == origins
    return counted(origins, "origin") + (
        "" if same else f", {one.grounds.independent:,} of them independent"
    )


def link_words(one: Weighed) -> str:
    """Other claims that this one contradicts, updates or is narrower than."""
    kinds = dict.fromkeys(link.kind for link in one.links)
    return "; ".join(
        ("narrower than" if kind == "narrower" else kind.value)
        + " claim "
        + ", ".join(str(link.claim) for link in one.links if link.kind is kind)
        for kind in kinds
    )


def standing(position: Position, number: int) -> str:
    """ "1 asserts", "2 deny"."""
    return f"{number:,} {_form(position, number)}"


def _form(position: Position, number: int) -> str:
    if position in (Position.BY_DENIAL, Position.UNCOMMITTED) or number == 1:
        return position.label
    return position.value.removesuffix("s")


def position_words(stand: Stand) -> str:
    """Position, "updates" where it does, `?` where the reading is doubtful."""
    mark = " ?" if stand.is_doubtful else ""
    return f"{stand.position.label}{mark}" + ("\nupdates" if stand.updates else "")


def _position(stand: Stand) -> Text:
    style = "dim" if stand.is_doubtful else COLOURS[stand.position]
    return Text(position_words(stand), style)


def _said(stand: Stand) -> Text:
    """Who says it, the words of the article, and the chain under them."""
    style = "dim" if stand.is_doubtful else ""
    own = stand.member.attribution is None
    text = Text.assemble(
        plain(one_line(stand.speaker), f"bold {style}"), (" states" if own else "", style)
    )
    if stand.cue:
        text.append_text(plain(f" {one_line(stand.cue, 60)}", f"italic {style}"))
    text.append(": ", style)
    text.append_text(plain(one_line(stand.words, MAX_WORDS), style))
    if len(stand.chain) > 2:
        text.append_text(plain(f"\n{one_line(' → '.join(stand.chain))}", "dim"))
    if stand.standing:
        mark = "✓ " if stand.is_checked else ""
        text.append_text(plain(f"\n{mark}{one_line(stand.standing)}", "dim"))
    return text


def article_label(stand: Stand) -> Text:
    """Number and outlet of the article, with its day under it."""
    article = stand.member.article
    text = Text.assemble((f"#{article.id} ", "cyan"), plain(one_line(outlet_of(article), 40)))
    return text.append(f"\n{stand.day}", "dim") if stand.day else text


def grid(*widths: int | None) -> Table:
    """Columns of these widths; None takes what is left."""
    table = Table.grid(padding=(0, 1), expand=True)
    for width in widths:
        if width is None:
            table.add_column(overflow="fold", ratio=1)
        else:
            table.add_column(overflow="fold", width=width)
    return table


def legend(console: Console, weighed: Iterable[Weighed], min_confidence: float) -> None:
    """What the marks mean, where there are any."""
    stands = {s.member.statement_id: s for one in weighed for s in one.stands}.values()
    doubtful = sum(s.is_doubtful for s in stands)
    if doubtful:
        console.print()
        console.print(
            Text(
                f"? doubtful ({doubtful:,}): the program's confidence is under "
                f"{min_confidence:g}. Read the article before you use the line; "
                "counts leave it out.",
                "dim",
            )
        )
    if any(s.position is Position.BY_DENIAL for s in stands):
        console.print()
        console.print(
            Text(
                "by denial: it was grouped with those who assert, but its words deny something. "
                "Read them.",
                "dim",
            )
        )


def counted(number: int, noun: str) -> str:
    """`1 claim`, `2 claims`; thousands with commas."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
