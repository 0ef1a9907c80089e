"""One article on a terminal: its text with the attributions marked, then one line for each."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from rich.console import Console
from rich.text import Text

from claims.records import Fact
from claims.reports.said import MIN_CONFIDENCE, in_context
from claims.reports.tables import article_heading, said_table
from claims.store.rows import ArticleView
from claims.terminal import harmless, one_line, plain

_STYLES = (("content", "underline"), ("cue", "italic magenta"), ("source", "bold green"))


def print_article(
    console: Console, view: ArticleView, min_confidence: float = MIN_CONFIDENCE
) -> None:
    """Metadata with where it comes from, the marked text, and the attributions by number.

    Speakers go by the registry's names where the rows have them (see `standing.as_known_now`).
    """
    console.print(article_heading(view.row))
    for label, fact in (
        ("outlet", view.outlet),
        ("wire", view.wire),
        ("published", view.published),
    ):
        console.print(_fact(label, fact))
    if view.row.url:
        console.print(Text.assemble(("url        ", "dim"), plain(one_line(view.row.url))))
    if view.purge is not None:
        console.print()
        console.print(
            plain(
                f"Taken down on {view.purge.at:%Y-%m-%d} by {one_line(view.purge.by)}: "
                f"{one_line(view.purge.reason)}"
            )
        )
        return
    console.print()
    console.print(marked_text(view))
    console.print()
    said = in_context(view.attributions, view.attributions, min_confidence)
    if said:
        console.print(said_table(said, numbered=True))
    else:
        console.print(Text("no attribution found", "dim"))


def marked_text(view: ArticleView) -> Text:
    """The stored text with sources, cues and contents in their styles, `⟦n⟧` after each cue.

    Captions, credits and boilerplate, from which nothing is read, are dim. The numbers make the
    marks readable without colour.
    """
    painted = [
        (block.start, block.end, "dim") for block in view.blocks if not block.kind.is_read
    ] + [
        (quote.start, quote.end, style)
        for role, style in _STYLES
        for row in view.attributions
        for quote in getattr(row, role)
    ]
    numbers: dict[int, list[int]] = defaultdict(list)
    for row in view.attributions:
        spans = row.cue or row.content or row.source
        numbers[spans[-1].end].append(row.ordinal + 1)
    edges = {0, len(view.text), *numbers}
    edges.update(edge for start, end, _ in painted for edge in (start, end))
    # Harmless text can be longer than the stored one: pieces are put together between the edges
    # of all marks, and the marks then laid over them by where their edges came to stand.
    shown = Text()
    begins: dict[int, int] = {}
    ends: dict[int, int] = {}
    for start, end in pairwise([*sorted(edges), len(view.text)]):
        ends[start] = len(shown)
        shown.append("".join(f"⟦{number}⟧" for number in numbers[start]), "dim cyan")
        begins[start] = len(shown)
        shown.append(harmless(view.text[start:end]))
    for start, end, style in painted:
        shown.stylize(style, begins[start], ends[end])
    return shown


def _fact(label: str, fact: Fact) -> Text:
    """One field of the metadata, with its basis; "unknown" where nothing was sure."""
    return Text.assemble(
        (f"{label:11}", "dim"),
        plain(one_line(fact.value)) if fact.value else Text("unknown"),
        plain(f"  ({one_line(fact.basis)})", "dim"),
    )
