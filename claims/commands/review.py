"""`claims review`: the queue of what waits for an editor, on the screen or as a list."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from claims import terminal
from claims.commands.common import (
    DbOption,
    FilterOption,
    JsonOption,
    SinceOption,
    existing_store,
    filter_of,
    login,
)
from claims.review.choices import Only, Order

if TYPE_CHECKING:
    from claims.store import Filter, Store
    from claims.store.queue_rows import Wanted

EXAMPLES = """\b
Examples:
  claims review
  claims review --as Ann --only stance
  claims review --speaker "Foreign Ministry" --since 2024-10-01
  claims review --overlap 0.1
  claims review --list --only conflicts --limit 50
  claims review --json --order uncertainty | jq -r '.queue[].item'
  claims review --log
"""
LISTED = 20
"""Rows of `--list` where no limit is given."""


def review(
    ctx: typer.Context,
    *,
    by: Annotated[
        str | None,
        typer.Option("--as", metavar="NAME", help="Who decides; the login name if not given."),
    ] = None,
    order: Annotated[
        Order,
        typer.Option(help="What stands first: worth to the desk, likeliest wrong, or read last."),
    ] = Order.VALUE,
    only: Annotated[Only | None, typer.Option(help="Only this part of the queue.")] = None,
    speaker: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only speakers with this in their name.")
    ] = None,
    article: Annotated[
        int | None, typer.Option(metavar="ID", help="Only this article, by its number.")
    ] = None,
    since: SinceOption = None,
    saved: FilterOption = None,
    mine: Annotated[bool, typer.Option("--mine", help="Only what was given to you.")] = False,
    overlap: Annotated[
        float,
        typer.Option(
            min=0.0,
            max=1.0,
            metavar="SHARE",
            help="This share of the items are decided ones of others, to be read a second time "
            "without sight of the decision.",
        ),
    ] = 0.0,
    as_list: Annotated[
        bool, typer.Option("--list", help="Print what waits instead of opening it.")
    ] = False,
    log: Annotated[bool, typer.Option("--log", help="Print all decisions about items.")] = False,
    limit: Annotated[
        int | None,
        typer.Option(
            min=1, metavar="N", help=f"At most N rows; {LISTED} of --list, else all, if not given."
        ),
    ] = None,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Go through what waits for an editor: accept, correct, reject, and add what was missed.

    One item at a time, the worthiest first; `?` shows the keys. Each decision is written at once
    and can be undone. --list, --json and --log print without the application.
    """
    from claims.store.queue_rows import Wanted

    if log and as_list:
        raise typer.BadParameter("--log and --list print different things: choose one")
    is_printed = as_list or as_json or log
    if not is_printed and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise typer.BadParameter(
            "the application needs a terminal; claims review --list prints what waits"
        )
    with existing_store(ctx, db) as store:
        if log:
            _print_log(store, limit, as_json)
            return
        # Whoever only lists sees what others hold, too.
        reviewer = by or login() if mine or not is_printed else by
        asked = filter_of(speaker=speaker, since=since, article=article)
        if saved or speaker:
            asked = _asked_for(store, saved, asked)
        wanted = Wanted(
            order=order,
            only=only,
            speaker=asked.speaker,
            source_ids=asked.source_ids,
            article=asked.article,
            since=asked.since,
            reviewer=reviewer,
            mine=mine,
        )
        if is_printed:
            _print_list(store, wanted, limit, as_json)
        else:
            _open(store, wanted, overlap)


def _asked_for(store: Store, saved: str | None, given: Filter) -> Filter:
    """What the options and a saved filter ask for. What a queue can't be asked is told."""
    from claims.commands.filters import asked_for

    asked = asked_for(store, store.sources(), saved, given)
    beside = {
        "--stance": asked.stance, "--outlet": asked.outlet, "--min-confidence": asked.min_confidence
    }  # fmt: skip
    left_out = [name for name, value in beside.items() if value is not None]
    if left_out:
        terminal.say(f"the queue doesn't go by {', '.join(left_out)} of filter {saved}")
    return asked


def _print_list(store: Store, wanted: Wanted, limit: int | None, as_json: bool) -> None:
    from claims.reports.decisions import queued_data
    from claims.reports.queue import print_queue

    rows = store.waiting(wanted, limit=limit if as_json else limit or LISTED)
    progress = store.progress(wanted)
    if as_json:
        queue = [queued_data(row) for row in rows]
        terminal.json_line({"open": progress.open, "queue": queue}, indent=2)
    else:
        print_queue(terminal.output(), rows, progress)


def _print_log(store: Store, limit: int | None, as_json: bool) -> None:
    from claims.reports.decisions import decision_data, print_log

    decisions = store.decisions()[-limit if limit else 0 :]
    if as_json:
        terminal.json_line({"decisions": [decision_data(d) for d in decisions]}, indent=2)
    else:
        print_log(terminal.output(), decisions)


def _open(store: Store, wanted: Wanted, overlap: float) -> None:
    """Run the application; then tell what was done, and group anew what changed."""
    from claims.review import tally
    from claims.review.screen import ReviewApp
    from claims.review.session import Session

    session = Session(store, wanted, overlap=overlap)
    try:
        ReviewApp(session).run()
    finally:
        session.leave()
    for line in tally.lines(session.summary()):
        terminal.output().print(terminal.plain(line), soft_wrap=True)
    if session.made:
        _regroup(store, any_claims=bool(session.summary().claims))


def _regroup(store: Store, *, any_claims: bool) -> None:
    """Group anew what decisions changed, as `claims claim` does after each."""
    from claims import pipeline
    from claims.commands.model import open_matcher
    from claims.errors import ModelError

    matcher = open_matcher()
    waiting = len(store.unmatched(matcher.version))
    if not waiting and not any_claims:
        return
    try:
        with terminal.progress("grouping claims anew", "articles", waiting) as advance:
            pipeline.match(store, matcher, progress=lambda _done, _all: advance(1))
    except ModelError as error:
        terminal.say(f"claims aren't grouped anew yet: {error.message}")
        terminal.say("  repair: claims claim regroup, once the model is there")
