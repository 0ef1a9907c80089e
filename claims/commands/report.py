"""`claims report` and `claims show`: what the store holds, to read."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from claims import terminal
from claims.commands import report_claims
from claims.commands.common import (
    ConfirmedOption,
    DbOption,
    FilterOption,
    JsonOption,
    OutletOption,
    SinceOption,
    SpeakerOption,
    StanceOption,
    existing_store,
    filter_of,
)
from claims.commands.filters import asked_for
from claims.commands.report_claims import Asked

if TYPE_CHECKING:
    from claims.sources.registry import Registry
    from claims.store import Store

REPORT_EXAMPLES = """\b
Examples:
  claims report
  claims report --speaker "Foreign Ministry" --stance denies
  claims report articles --since 2024-10-01 --outlet Reuters
  claims report claims --top 20
  claims report conflicts --html disputed.html
  claims report timeline --since 2024-10-01
  claims report origins --json | jq '.origins[].origin'
  claims report --html report.html
  claims report claims --filter velmora --since "7 days"
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
    CLAIMS = "claims"
    CONFLICTS = "conflicts"
    TIMELINE = "timeline"
    ORIGINS = "origins"


def report(
    ctx: typer.Context,
    *,
    view: Annotated[
        View,
        typer.Argument(
            metavar="[speakers|articles|claims|conflicts|timeline|origins]",
            help="By speaker or article; or claims: all, those with two sides, day by day, or by "
            "the origin they rest on.",
        ),
    ] = View.SPEAKERS,
    speaker: SpeakerOption = None,
    stance: StanceOption = None,
    since: SinceOption = None,
    outlet: OutletOption = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(
            min=0.0,
            max=1.0,
            help="Attributions under this confidence are marked `?`: doubtful; 0.5 if not given.",
        ),
    ] = None,
    only_confident: Annotated[
        bool, typer.Option("--only-confident", help="Leave doubtful attributions out.")
    ] = False,
    confirmed_only: ConfirmedOption = False,
    top: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Only the first N: speakers, claims or origins."),
    ] = None,
    html: Annotated[
        str | None,
        typer.Option(
            "--html",
            metavar="FILE",
            help="Write one web page that needs nothing but itself; - for standard output.",
        ),
    ] = None,
    saved: FilterOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print who asserts what: by speaker, by article, or claim by claim.

    Each line is what a source says, by the words of the article, with the source's stance to it.
    Nothing here is checked against the world. Where the program itself is unsure that it read
    the article rightly, the line is marked `?`. Of claims, filters ask for one member that passes
    them; all members are shown, because one side alone would mislead.
    """
    from claims.reports.said import MIN_CONFIDENCE

    if html is not None and as_json:
        raise typer.BadParameter("--html and --json are two forms: choose one")
    given = filter_of(
        speaker=speaker,
        stance=stance,
        since=since,
        outlet=outlet,
        min_confidence=min_confidence,
        confirmed_only=confirmed_only,
    )
    with existing_store(ctx, db) as store:
        registry = store.sources()
        wanted = asked_for(store, registry, saved, given)
        least = MIN_CONFIDENCE if wanted.min_confidence is None else wanted.min_confidence
        wanted = replace(wanted, min_confidence=least if only_confident else None)
        asked = Asked(view.value, wanted, least, only_confident, top)
        if html is not None:
            report_claims.write_page(html, store, registry, asked)
        elif view in (View.SPEAKERS, View.ARTICLES):
            _print_said(store, registry, asked, as_json)
        else:
            report_claims.print_claims(store, registry, asked, as_json)


def _print_said(store: Store, registry: Registry, asked: Asked, as_json: bool) -> None:
    from claims import reports

    least, top = asked.min_confidence, asked.top
    said = reports.collect(store, asked.wanted, min_confidence=least, registry=registry)
    if asked.view == View.SPEAKERS:
        speakers = reports.by_speaker(said, name=asked.wanted.speaker, registry=registry)
        if as_json:
            terminal.json_line(reports.speakers_data(speakers[:top], least), indent=2)
        else:
            reports.print_speakers(terminal.output(), speakers, least, top=top)
        return
    articles = reports.by_article(said, store.articles(asked.wanted), registry)
    if as_json:
        terminal.json_line(reports.articles_data(articles, least), indent=2)
    else:
        reports.print_articles(terminal.output(), articles, least)


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
