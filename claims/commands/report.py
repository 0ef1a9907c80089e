"""`claims report` and `claims show`: what the store holds, to read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from claims import terminal
from claims.commands.common import DbOption, JsonOption, existing_store
from claims.records import Stance

REPORT_EXAMPLES = """\b
Examples:
  claims report
  claims report --speaker "Foreign Ministry" --stance denies
  claims report articles --since 2024-10-01 --outlet Reuters
  claims report --json | jq '.speakers[].speaker'
"""
SHOW_EXAMPLES = """\b
Examples:
  claims show 3
  claims show 3 --json
"""


class View(StrEnum):
    """How a report is ordered."""

    SPEAKERS = "speakers"
    ARTICLES = "articles"


def report(
    ctx: typer.Context,
    *,
    view: Annotated[
        View, typer.Argument(metavar="[speakers|articles]", help="By speaker, or by article.")
    ] = View.SPEAKERS,
    speaker: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only speakers with this in their name.")
    ] = None,
    stance: Annotated[Stance | None, typer.Option(help="Only this stance.")] = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="YYYY-MM-DD",
            help="Only articles published on this day or later; undated ones are left out.",
        ),
    ] = None,
    outlet: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only outlets with this in their name.")
    ] = None,
    min_confidence: Annotated[
        float,
        typer.Option(
            min=0.0, max=1.0, help="Attributions under this confidence are marked `?`: unchecked."
        ),
    ] = 0.5,
    only_confident: Annotated[
        bool, typer.Option("--only-confident", help="Leave unchecked attributions out.")
    ] = False,
    top: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Only the N speakers who are heard most."),
    ] = None,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print who asserts what: by speaker, or by article.

    Each line is what a source says, by the words of the article, with the source's stance to it.
    Nothing here is checked against the world. Where the program itself is unsure that it read
    the article rightly, the line is marked `?`.
    """
    from claims import reports
    from claims.store import Filter

    wanted = Filter(
        speaker=speaker,
        stance=stance,
        since=since.date() if since else None,
        outlet=outlet,
        min_confidence=min_confidence if only_confident else None,
    )
    with existing_store(ctx, db) as store:
        registry = store.sources()
        wanted = replace(wanted, source_ids=registry.merged_under(speaker) if speaker else ())
        said = reports.collect(store, wanted, min_confidence=min_confidence, registry=registry)
        if view is View.SPEAKERS:
            speakers = reports.by_speaker(said, name=speaker, registry=registry)
            if as_json:
                data = reports.speakers_data(speakers[:top], min_confidence)
                terminal.json_line(data, indent=2)
            else:
                reports.print_speakers(terminal.output(), speakers, min_confidence, top=top)
            return
        articles = reports.by_article(said, store.articles(wanted), registry)
    if as_json:
        terminal.json_line(reports.articles_data(articles, min_confidence), indent=2)
    else:
        reports.print_articles(terminal.output(), articles, min_confidence)


def show(
    ctx: typer.Context,
    article: Annotated[
        int, typer.Argument(metavar="ID", help="Number of the article, as reports give it.")
    ],
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one article with its attributions marked in the text."""
    from claims import reports

    with existing_store(ctx, db) as store:
        view = store.article(article)
        view = replace(view, attributions=reports.as_known_now(view.attributions, store.sources()))
    if as_json:
        terminal.json_line(reports.article_data(view), indent=2)
    else:
        reports.print_article(terminal.output(), view)
