"""`claims assign`: who is to look at what."""

from __future__ import annotations

from typing import Annotated

import typer

from claims import terminal
from claims.commands.common import DbOption, count, existing_store, login

EXAMPLES = """\b
Examples:
  claims assign a12:340-344 c7 --to ann
  claims assign --article 12 --to bob          all that waits in an article
  claims review --list --json | jq -r '.queue[:20][].item' | xargs claims assign --to ann
  claims assign a12:340-344                    nobody's again
  claims review --as ann --mine
"""


def assign(
    ctx: typer.Context,
    items: Annotated[
        list[str] | None, typer.Argument(metavar="ITEM", help="Keys of items.")
    ] = None,
    *,
    to: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who is to decide; nobody if not given.")
    ] = None,
    article: Annotated[
        int | None, typer.Option(metavar="N", help="All that waits in this article.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--as", metavar="NAME", help="Who assigns; the login name if not given."),
    ] = None,
    db: DbOption = None,
) -> None:
    """Give items to an editor: the queue offers them to nobody else."""
    from claims.review.items import ItemKey
    from claims.store.queue_rows import Wanted

    if not items and article is None:
        raise typer.BadParameter("name items, or an --article", param_hint="ITEM")
    keys = [ItemKey.parse(item) for item in items or ()]
    with existing_store(ctx, db) as store:
        if article is not None:
            keys += [one.key for one in store.waiting(Wanted(article=article))]
        given = store.assign(keys, to, by=by or login()) if keys else 0
    line = (
        f"{count(given, 'item')} given to {to}" if to else f"{count(given, 'item')} nobody's again"
    )
    terminal.output().print(terminal.plain(line), soft_wrap=True)
