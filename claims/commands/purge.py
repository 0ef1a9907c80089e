"""`claims purge`: the one sanctioned takedown."""

from __future__ import annotations

from typing import Annotated

import typer

from claims import terminal
from claims.commands.common import DbOption, JsonOption, count, existing_store, login

EXAMPLES = """\b
Examples:
  claims purge 12 --reason "withdrawn by the agency"
  claims purge 12 --reason "court order 7 O 12/24" --as "Legal desk" --yes
"""


def purge(
    ctx: typer.Context,
    *,
    article: Annotated[
        int, typer.Argument(metavar="ARTICLE", help="Number of the article, as reports give it.")
    ],
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why, for the log.", show_default=False)
    ],
    ordered_by: Annotated[
        str | None,
        typer.Option(
            "--as", metavar="NAME", help="Who orders it, for the log; else the user's login name."
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take an article down: blank its text, the quoted words, and what was derived from them.

    Hash, ids, offsets, file name and URL stay, so that the same text isn't taken in again. It is
    logged with reason and name, and can't be undone.
    """
    with existing_store(ctx, db) as store:
        row = store.article(article).row
        if not yes:
            typer.confirm(
                f"Take down article {article} "
                f"({terminal.one_line(row.title or row.name, 60)}) for good?",
                abort=True,
                err=True,
            )
        done = store.purge(article, reason=reason, by=ordered_by or login())
    if as_json:
        terminal.json_line(
            {
                "article": done.article_id,
                "texts": done.texts,
                "sentences": done.sentences,
                "attributions": done.attributions,
                "spans": done.spans,
            }
        )
        return
    terminal.output().print(
        f"Article {done.article_id} is taken down: {count(done.texts, 'text')}, "
        f"{count(done.attributions, 'attribution')} and {count(done.spans, 'span')} blanked.",
        soft_wrap=True,
    )
