"""The editor's queue on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims.reports.said import spoken_name
from claims.store.queue_rows import Progress, Queued
from claims.terminal import one_line, plain

_WORDS = 160


def print_queue(console: Console, rows: Sequence[Queued], progress: Progress) -> None:
    """The head of the queue, a line an item: its key, why it waits, who says what."""
    if not rows:
        console.print("Nothing waits for an editor.")
        return
    width = min(24, max(len(str(row.key)) for row in rows))
    table = Table.grid(padding=(0, 1), expand=True)
    for one in (width, 9, 5):
        table.add_column(overflow="fold", width=one)
    table.add_column(overflow="fold", ratio=1)
    table.add_row(*(Text(head, "underline") for head in ("Item", "Why", "Value", "Words")))
    for row in rows:
        table.add_row(
            Text(str(row.key), "cyan"), Text(row.why), Text(f"{row.value:.2f}"), _words(row)
        )
    console.print(table)
    console.print()
    console.print(Text(f"{len(rows):,} of {progress.open:,} open", "dim"))


def _words(row: Queued) -> Text:
    who = spoken_name(row.speaker) if row.speaker else "claim"
    words = Text.assemble(
        plain(one_line(who), "bold"),
        (f" {row.stance}: " if row.stance else ": ", "dim"),
        plain(one_line(row.words, _WORDS)),
    )
    about = [
        f"#{row.article_id} {one_line(row.article_name or '', 40)}" if row.article_id else "",
        f"given to {one_line(row.assigned)}" if row.assigned else "",
        f"on the screen of {one_line(row.held)}" if row.held else "",
    ]
    if any(about):
        words.append_text(plain("\n" + "  ".join(filter(None, about)), "dim"))
    return words
