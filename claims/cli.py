"""The command line: what commands there are. Each is a module of `claims.commands`."""

from __future__ import annotations

from typing import Annotated

import typer

from claims import __version__
from claims.commands import (
    agreement,
    assign,
    claim,
    db,
    decide,
    dossier,
    evaluate,
    export,
    extract,
    filters,
    findings,
    group,
    ingest,
    models,
    purge,
    report,
    review,
    search,
    sources,
    status,
    train,
    train_pairs,
    verdict,
    watch,
)
from claims.commands.common import FAILED, Choices, Program, tell_if_full

HELP = """Who asserts what, on whose word: attributions in news articles.

\b
  claims ingest articles/     read articles into claims.db
  claims watch incoming/      the same for what arrives in a folder or feed
  claims status               what there is, and what waits
  claims report               who asserts what, by speaker
  claims report conflicts     claims of which both sides are heard
  claims show 1               one article with its attributions marked
  claims review               go through what waits for an editor
  claims decide 12 reject     what an editor decides is what is printed
  claims search bridge        quotes and claims by their words
  claims export claims.csv    everything as a table

Exit codes: 0 all done, 1 something failed and the rest is done, 2 wrong use, 130 interrupted.
"""

app = typer.Typer(
    cls=Program,
    help=HELP,
    no_args_is_help=True,
    rich_markup_mode=None,
    # Tracebacks with local variables would print article text past the terminal's guard.
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(epilog=ingest.EXAMPLES)(ingest.ingest)
app.command(epilog=watch.EXAMPLES)(watch.watch)
app.command(epilog=status.EXAMPLES)(status.status)
app.command(epilog=report.REPORT_EXAMPLES)(report.report)
app.command(epilog=report.SHOW_EXAMPLES)(report.show)
app.command(epilog=review.EXAMPLES)(review.review)
app.command(epilog=decide.EXAMPLES)(decide.decide)
app.command(epilog=assign.EXAMPLES)(assign.assign)
app.command(epilog=agreement.EXAMPLES)(agreement.agreement)
app.command(epilog=search.EXAMPLES, context_settings=search.SETTINGS)(search.search)
app.command(epilog=export.EXAMPLES)(export.export)
app.command(epilog=extract.EXAMPLES)(extract.extract)
app.command(epilog=group.EXAMPLES)(group.group)
app.command(epilog=evaluate.EXAMPLES)(evaluate.evaluate)
app.command(epilog=train.EXAMPLES)(train.train)
app.command("train-speakers", epilog=train.SPEAKERS_EXAMPLES)(train.train_speakers)
app.command("train-pairs", epilog=train_pairs.EXAMPLES)(train_pairs.train_pairs)
app.command(epilog=purge.EXAMPLES)(purge.purge)
app.command(epilog=verdict.EXAMPLES)(verdict.verdict)
app.command(epilog=dossier.EXAMPLES)(dossier.dossier)
app.add_typer(claim.app, name="claim")
app.add_typer(findings.app, name="findings")
app.add_typer(filters.app, name="filter")
app.add_typer(sources.app, name="sources")
app.add_typer(models.app, name="model")
app.add_typer(db.app, name="db")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"claims {__version__}")
        raise typer.Exit


@app.callback()
def program(
    ctx: typer.Context,
    db: Annotated[
        str | None,
        typer.Option(
            "--db",
            envvar="CLAIMS_DB",
            metavar="URL",
            help="Database: a file, sqlite:///FILE or postgresql://USER@HOST/NAME; "
            "claims.db here if not given.",
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--model",
            envvar="CLAIMS_MODEL",
            metavar="NAME",
            help="Model: a name that `claims model list` has, or a folder.",
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Keep what stands before the command's name."""
    ctx.obj = Choices(db=db, model=model)


def main() -> None:
    """Entry point of the `claims` program."""
    try:
        app(prog_name="claims")
    except OSError as error:  # of help, which is printed before any command runs
        if not tell_if_full(error):
            raise
        raise SystemExit(FAILED) from error
