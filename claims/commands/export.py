"""`claims export`: attributions as a CSV file."""

from __future__ import annotations

from typing import Annotated

import typer

from claims import terminal
from claims.commands.common import DbOption, count, existing_store

EXAMPLES = """\b
Examples:
  claims export claims.csv
  claims export claims.csv --excel-safe
  claims export - | head -3
"""


def export(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE.csv", help="File to write, or - for standard output.")
    ],
    excel_safe: Annotated[
        bool,
        typer.Option(
            "--excel-safe",
            help="Put an apostrophe before text that a spreadsheet would run as a formula.",
        ),
    ] = False,
    db: DbOption = None,
) -> None:
    """Write all attributions to a CSV file (UTF-8), one row each, with offsets and model.

    Text is verbatim, so a spreadsheet may run text of an article that looks like a formula;
    --excel-safe prevents that, and changes such texts.
    """
    from claims.exports import export_csv
    from claims.reports import as_known_now

    with existing_store(ctx, db) as store:
        rows = as_known_now(store.attributions(), store.sources())
        written = export_csv(file, rows, excel_safe=excel_safe)
    if file == "-":
        return
    guard = (
        "guarded against formulas: an apostrophe stands before such text"
        if excel_safe
        else "text is verbatim; for a spreadsheet use --excel-safe"
    )
    terminal.say(f"{count(written, 'row')} written to {file} ({guard})")
