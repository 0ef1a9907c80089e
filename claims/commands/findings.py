"""`claims findings`: what an editor should look at before printing."""

from __future__ import annotations

from typing import Annotated

import typer

from claims import terminal
from claims.commands.common import (
    DbOption,
    FilterOption,
    JsonOption,
    existing_store,
    filter_of,
    login,
)
from claims.commands.filters import asked_for
from claims.matching.finding_kinds import FindingKind

EXAMPLES = """\b
Examples:
  claims findings
  claims findings --kind quote_differs --article 3
  claims findings --json | jq '.findings[].message'
  claims findings dismiss 5f0c12ab --note "two translations"
  claims claim undo 4
"""

app = typer.Typer(
    help="Findings: contradictions, denials left out, attributions dropped, firmer headlines, "
    "quotations, dates and names that differ, changed passages, claims on one origin.\n\n"
    "Each is shown with the places it rests on. A finding is a reason to read, no verdict; what "
    "is none is dismissed by its key, and stays so when articles are read anew.\n\n" + EXAMPLES,
    invoke_without_command=True,
    rich_markup_mode=None,
)


@app.callback()
def findings(
    ctx: typer.Context,
    *,
    kind: Annotated[FindingKind | None, typer.Option(help="Only this kind.")] = None,
    article: Annotated[
        int | None, typer.Option(metavar="N", help="Only findings that rest on this article.")
    ] = None,
    claim: Annotated[
        int | None, typer.Option(metavar="N", help="Only findings that touch this claim.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also those that were dismissed.")
    ] = False,
    saved: FilterOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the findings, the gravest kinds first.

    With --filter, those that rest on an article with something that passes it.
    """
    if ctx.invoked_subcommand is not None:
        return
    from claims.reports.findings import collect_findings, finding_data, narrowed, print_findings

    with existing_store(ctx, db) as store:
        found = narrowed(
            collect_findings(store, kind), article=article, claim=claim, dismissed=everything
        )
        if saved is not None:
            wanted = asked_for(store, store.sources(), saved, filter_of(article=article))
            passing = {row.id for row in store.articles(wanted)}
            found = [one for one in found if passing.intersection(one.finding.articles)]
    if as_json:
        terminal.json_line({"findings": [finding_data(one) for one in found]}, indent=2)
    else:
        print_findings(terminal.output(), found)


@app.command()
def dismiss(
    ctx: typer.Context,
    key: Annotated[
        str, typer.Argument(metavar="KEY", help="The finding's key, or its first digits.")
    ],
    *,
    note: Annotated[str, typer.Option(metavar="TEXT", help="Why, for the log.")] = "",
    by: Annotated[
        str | None,
        typer.Option("--as", metavar="NAME", help="Who decides; the login name if not given."),
    ] = None,
    db: DbOption = None,
) -> None:
    """A finding is none: it is listed no more. `claims claim undo` takes that back."""
    from claims.errors import StoreError
    from claims.matching.deciding import ClaimDecisionKind
    from claims.reports.findings import SHORT, by_key, collect_findings

    with existing_store(ctx, db) as store:
        one = by_key(collect_findings(store), key)
        if one.dismissed:
            raise StoreError(
                f"finding {one.finding.key[:SHORT]} was dismissed before, "
                f"by {terminal.one_line(one.dismissed.by)}",
                repair=f"claims claim undo {one.dismissed.id} puts it on the list again",
            )
        made = store.decide_claim(
            ClaimDecisionKind.DISMISS, finding=one.finding.key, by=by or login(), note=note
        )
    line = f"decision {made.id}: finding {one.finding.key[:SHORT]} is dismissed"
    terminal.output().print(terminal.plain(line), soft_wrap=True)
