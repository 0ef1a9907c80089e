"""`claims agreement`: how far editors who read the same items agree."""

from __future__ import annotations

from typing import Annotated

import typer

from claims import terminal
from claims.commands.common import DbOption, JsonOption, existing_store

EXAMPLES = """\b
Examples:
  claims review --overlap 0.1            every tenth decided item is read twice, blind
  claims agreement
  claims agreement --disagreements       what to adjudicate, the most disagreed first
  claims review --only disagreements     and doing so
"""


def agreement(
    ctx: typer.Context,
    disagreements: Annotated[
        bool, typer.Option("--disagreements", help="List the items on which editors differ.")
    ] = False,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print how far editors agree: the share, Krippendorff's alpha, Cohen's kappa of each two.

    Per label, over the items that several editors decided on, be it by a second reading or one
    over the other. 1 is full agreement, 0 what chance would give; - where there is nothing to
    compare.
    """
    from claims.reports.agreement import (
        agreement_data,
        disagreement_data,
        print_agreement,
        print_disagreements,
    )
    from claims.review import agreement as measures

    with existing_store(ctx, db) as store:
        log = store.decisions()
    console = terminal.output()
    if disagreements:
        differing = measures.disagreements(log)
        if as_json:
            data = [disagreement_data(one) for one in differing]
            terminal.json_line({"disagreements": data}, indent=2)
        else:
            print_disagreements(console, differing)
        return
    found = measures.agreement(log)
    if as_json:
        terminal.json_line({"labels": [agreement_data(one) for one in found]}, indent=2)
    else:
        print_agreement(console, found)
