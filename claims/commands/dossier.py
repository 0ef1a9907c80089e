"""`claims dossier`: all about one claim, to read, to print or to hand on."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from claims import terminal
from claims.commands.common import DbOption, existing_store

EXAMPLES = """\b
Examples:
  claims dossier 12
  claims dossier 12 --html claim-12.html
  claims dossier 12 --md - | less
"""


def dossier(
    ctx: typer.Context,
    *,
    claim: Annotated[int, typer.Argument(metavar="CLAIM", help="Number of a claim.")],
    html: Annotated[
        str | None,
        typer.Option(
            "--html",
            metavar="FILE",
            help="Write one web page to print, with the articles; - for standard output.",
        ),
    ] = None,
    markdown: Annotated[
        str | None,
        typer.Option("--md", metavar="FILE", help="Write Markdown; - for standard output."),
    ] = None,
    min_confidence: Annotated[
        float,
        typer.Option(
            min=0.0, max=1.0, help="Attributions under this confidence are marked `?`: doubtful."
        ),
    ] = 0.5,
    db: DbOption = None,
) -> None:
    """Print all about one claim: the verdict, who says it and who denies it, on what it rests.

    Wording, verdict with reasons and evidence, each side with its words, chains and places, days,
    origins, copies, related claims, findings, decisions, and the models that read it.
    """
    from claims.reports.dossier import collect_dossier

    if html is not None and markdown is not None:
        raise typer.BadParameter("--html and --md are two forms: choose one")
    with existing_store(ctx, db) as store:
        today = datetime.now(UTC).date()
        found = collect_dossier(store, claim, made=today, min_confidence=min_confidence)
        if html is not None:
            from claims.reports.page import build_dossier, render_dossier

            _write(html, render_dossier(build_dossier(found, store.article)))
        elif markdown is not None:
            from claims.reports.dossier_markdown import dossier_markdown

            _write(markdown, dossier_markdown(found))
        else:
            from claims.reports.dossier_tables import print_dossier

            print_dossier(terminal.output(), found)


def _write(file: str, text: str) -> None:
    from claims.exports.files import replaced

    if file == "-":
        sys.stdout.write(text)
        return
    with replaced(Path(file)) as out:
        out.write(text)
    terminal.say(f"dossier written to {file}")
