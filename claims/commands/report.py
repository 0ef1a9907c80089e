"""`claims report` and `claims show`: what the store holds, to read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from claims import terminal
from claims.commands.common import DbOption, JsonOption, existing_store
from claims.records import Stance

if TYPE_CHECKING:
    from claims.reports.weighing import Weighed
    from claims.sources.registry import Registry
    from claims.store import Filter, Store

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
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print who asserts what: by speaker, by article, or claim by claim.

    Each line is what a source says, by the words of the article, with the source's stance to it.
    Nothing here is checked against the world. Where the program itself is unsure that it read
    the article rightly, the line is marked `?`. Of claims, filters ask for one member that passes
    them; all members are shown, because one side alone would mislead.
    """
    from claims.store import Filter

    if html is not None and as_json:
        raise typer.BadParameter("--html and --json are two forms: choose one")
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
        if html is None and view in (View.SPEAKERS, View.ARTICLES):
            _print_said(store, registry, wanted, view, min_confidence, top, as_json)
            return
        weighed = _weigh(store, registry, wanted, view, min_confidence, only_confident)
        if html is not None:
            _write_page(html, store, registry, weighed, view, min_confidence, top)
            return
    _print_claims(registry, weighed, view, min_confidence, top, as_json)


def _print_said(
    store: Store,
    registry: Registry,
    wanted: Filter,
    view: View,
    min_confidence: float,
    top: int | None,
    as_json: bool,
) -> None:
    from claims import reports

    said = reports.collect(store, wanted, min_confidence=min_confidence, registry=registry)
    if view is View.SPEAKERS:
        speakers = reports.by_speaker(said, name=wanted.speaker, registry=registry)
        if as_json:
            terminal.json_line(reports.speakers_data(speakers[:top], min_confidence), indent=2)
        else:
            reports.print_speakers(terminal.output(), speakers, min_confidence, top=top)
        return
    articles = reports.by_article(said, store.articles(wanted), registry)
    if as_json:
        terminal.json_line(reports.articles_data(articles, min_confidence), indent=2)
    else:
        reports.print_articles(terminal.output(), articles, min_confidence)


def _weigh(
    store: Store,
    registry: Registry,
    wanted: Filter,
    view: View,
    min_confidence: float,
    only_confident: bool,
) -> list[Weighed]:
    from claims.reports.claim_facts import by_origin
    from claims.reports.weighing import conflicts, weigh

    weighed = weigh(
        store,
        wanted,
        registry,
        by_origin(registry),
        min_confidence=min_confidence,
        only_confident=only_confident,
    )
    return conflicts(weighed) if view is View.CONFLICTS else weighed


def _print_claims(
    registry: Registry,
    weighed: list[Weighed],
    view: View,
    min_confidence: float,
    top: int | None,
    as_json: bool,
) -> None:
    from claims.reports import claim_tables, unfolding, unfolding_tables, weighed_data

    console = terminal.output()
    if view is View.TIMELINE:
        days = unfolding.timeline(weighed[:top])
        if as_json:
            terminal.json_line(weighed_data.timeline_data(days, min_confidence), indent=2)
        else:
            unfolding_tables.print_timeline(console, days, min_confidence)
    elif view is View.ORIGINS:
        origins = unfolding.by_origin(weighed, registry)
        if as_json:
            terminal.json_line(weighed_data.origins_data(origins[:top], min_confidence), indent=2)
        else:
            unfolding_tables.print_origins(console, origins, top=top)
    elif as_json:
        terminal.json_line(weighed_data.claims_data(weighed[:top], min_confidence), indent=2)
    else:
        title = "What is disputed" if view is View.CONFLICTS else "What is put forward"
        claim_tables.print_claims(console, weighed, min_confidence, top=top, title=title)


def _write_page(
    file: str,
    store: Store,
    registry: Registry,
    weighed: list[Weighed],
    view: View,
    min_confidence: float,
    top: int | None,
) -> None:
    """One page to a file, whole or not at all; `-` is standard output."""
    import sys
    from datetime import UTC
    from pathlib import Path

    from claims.exports.files import replaced
    from claims.reports import page, unfolding

    built = page.build_page(
        weighed,
        store.article,
        view=page.View(view.value),
        days=unfolding.timeline,
        origins=lambda shown: unfolding.by_origin(shown, registry),
        min_confidence=min_confidence,
        made=datetime.now(UTC).date(),
        top=top,
    )
    text = page.render_page(built)
    if file == "-":
        sys.stdout.write(text)
        return
    with replaced(Path(file)) as out:
        out.write(text)
    terminal.say(f"page written to {file}: {len(built.entries):,} claims")


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
