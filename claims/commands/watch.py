"""`claims watch`: what arrives in folders and feeds goes into the store."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claims import terminal
from claims.commands.common import (
    FAILED,
    INTERRUPTED,
    DbOption,
    JsonOption,
    ModelOption,
    count,
    database,
    model_name,
    place,
)
from claims.commands.ingest import group_waiting, tell_claims, tell_outcome
from claims.errors import DocumentError, StoreError
from claims.pipeline import Extractor, Outcome, StatementMatcher, is_url

if TYPE_CHECKING:
    from claims.store import Store
    from claims.watching import Target

EXAMPLES = """\b
Examples:
  claims watch incoming/
  claims watch incoming/ https://example.org/news.rss --every 300
  claims watch https://example.org/news.rss --once --json

A feed is fetched because it is named here; nothing else ever is. Only public
addresses are asked; CLAIMS_FETCH_ALLOW=HOST,… allows hosts of an intranet.
"""
_WORDS = {
    "added": "added",
    "changed": "has a new version",
    "rerun": "read anew",
    "purged": "was taken down and is left out",
}
_LONGEST_WAIT = 30.0
"""Seconds that `--once` waits for files that are being written."""


def watch(
    ctx: typer.Context,
    *,
    places: Annotated[
        list[str],
        typer.Argument(
            metavar="FOLDER|FEED",
            help="Folders, and feeds (RSS, Atom, RDF, JSON Feed) by their http(s) URL.",
            show_default=False,
        ),
    ],
    once: Annotated[
        bool, typer.Option("--once", help="Take in what is there, and end: for cron.")
    ] = False,
    every: Annotated[
        float, typer.Option(min=1.0, metavar="SECONDS", help="Pause between two looks.")
    ] = 15.0,
    db: DbOption = None,
    model: ModelOption = None,
    group: Annotated[
        bool,
        typer.Option(
            "--group/--no-group",
            help="Group what is said into claims after each look that brought something, or "
            "leave that to another time.",
        ),
    ] = True,
    as_json: JsonOption = False,
) -> None:
    """Take in articles as they arrive in folders and feeds, until Ctrl-C.

    A file is read once it is written to its end, and again when it changes. Of a feed, each entry's
    page is fetched once, as robots.txt allows, and tried again later if that fails. What is known
    already is skipped. What can't be read is told once. Exits with 130 on Ctrl-C, which keeps all
    that was told; --once exits with 1 if something failed.
    """
    from claims.commands.model import open_extractor, open_matcher
    from claims.store import open_store

    _check(places)
    url = database(ctx, db)
    extractor, matcher = open_extractor(model_name(ctx, model)), open_matcher()
    tally: Counter[str] = Counter()
    try:
        with open_store(url) as store:
            targets = _targets(places, store)
            if not once:
                terminal.say(f"watching {', '.join(places)} for {place(url)}; Ctrl-C ends it")
            deadline = time.monotonic() + _LONGEST_WAIT
            is_grouping_due, trouble = group, ""
            while True:
                try:
                    brought = _look(targets, store, extractor, tally, as_json)
                    is_grouping_due = is_grouping_due or (brought and group)
                    if is_grouping_due:
                        _group(url, matcher, as_json)
                    is_grouping_due, trouble = False, ""
                except StoreError as error:
                    if once:
                        raise
                    # A server may be restarted; what arrived meanwhile arrives again.
                    if str(error) != trouble:
                        terminal.complain(error)
                    trouble = str(error)
                unfinished = _unfinished(targets)
                if once and (not unfinished or time.monotonic() > deadline):
                    break
                time.sleep(min(every, 1.0) if once else every)
    except KeyboardInterrupt:
        kept = sum(tally.values()) - tally["failed"]
        terminal.say(f"interrupted: {count(kept, 'article')} done and kept in {place(url)}")
        raise typer.Exit(INTERRUPTED) from None
    for path in unfinished:
        terminal.say(f"{path}: is still being written, and is left for the next time")
    if tally["failed"]:
        raise typer.Exit(FAILED)


def _check(places: Sequence[str]) -> None:
    for given in places:
        if not is_url(given) and not Path(given).is_dir():
            is_file = Path(given).exists()
            raise DocumentError(
                f"{given}: is {'a file' if is_file else 'no folder, and no http(s) URL'}",
                repair=f"claims ingest {given}" if is_file else "check the path",
            )


def _targets(places: Sequence[str], store: Store) -> list[Target]:
    from claims.watching import FeedWatch, FolderWatch

    feeds = [given for given in dict.fromkeys(places) if is_url(given)]
    folders = [given for given in dict.fromkeys(places) if not is_url(given)]
    targets: list[Target] = [FolderWatch(Path(given)) for given in folders]
    if feeds:
        from claims.fetching import Fetcher

        fetcher = Fetcher()
        targets += [FeedWatch(given, store, fetcher) for given in feeds]
    return targets


def _unfinished(targets: Sequence[Target]) -> list[Path]:
    from claims.watching import FolderWatch

    return [path for t in targets if isinstance(t, FolderWatch) for path in t.still_written]


def _look(
    targets: Sequence[Target],
    store: Store,
    extractor: Extractor,
    tally: Counter[str],
    as_json: bool,
) -> bool:
    """One round, told and counted as it goes; whether it brought something new."""
    from claims.watching import take_in

    known, brought = 0, False
    with closing(take_in(targets, store, extractor)) as outcomes:
        for arrival, outcome in outcomes:
            tally[outcome.status] += 1
            brought = brought or outcome.status in _WORDS
            known += outcome.status == "unchanged"
            told = replace(outcome, name=outcome.name or arrival.place)
            tell_outcome(told, as_json)
            if not as_json and told.status in _WORDS:
                _print(_line(told))
            sys.stdout.flush()  # into a pipe or a log, too, as it happens
    if known and not as_json:
        _print(f"{count(known, 'article')} known already")
    return brought


def _line(outcome: Outcome) -> str:
    saved = outcome.saved
    assert saved is not None
    found = "" if saved.status == "purged" else f", {count(saved.attributions, 'attribution')}"
    return f"{outcome.name}: article {saved.article_id} {_WORDS[saved.status]}{found}"


def _group(url: str, matcher: StatementMatcher, as_json: bool) -> None:
    grouped = group_waiting(url, matcher)
    if grouped is not None and not as_json:
        tell_claims(grouped)


def _print(line: str) -> None:
    terminal.output().print(terminal.plain(terminal.one_line(line)), soft_wrap=True)
