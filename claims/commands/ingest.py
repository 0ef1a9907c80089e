"""`claims ingest`: articles into the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claims import terminal
from claims.commands.common import (
    FAILED,
    INTERRUPTED,
    DbOption,
    JsonOption,
    ModelOption,
    PathsArgument,
    count,
    database,
    model_name,
    place,
)
from claims.pipeline import Outcome, StatementMatcher

if TYPE_CHECKING:
    from claims.store.claim_rows import Grouped

EXAMPLES = """\b
Examples:
  claims ingest articles/
  claims ingest dispatch.txt page.html --db newsroom.db
  claims ingest https://example.org/story
  curl -s https://example.org/story | claims ingest -
"""


def ingest(
    ctx: typer.Context,
    paths: PathsArgument,
    *,
    db: DbOption = None,
    model: ModelOption = None,
    group: Annotated[
        bool,
        typer.Option(
            "--group/--no-group",
            help="Group what is said into claims at the end, or leave that to the next time.",
        ),
    ] = True,
    as_json: JsonOption = False,
) -> None:
    """Read articles, find who says what, group it into claims, and keep it in the database.

    A text that is stored already is skipped. A file that can't be read is named, the rest is
    ingested, and the command exits with 1. Ctrl-C keeps what was ingested so far.
    """
    from claims import pipeline
    from claims.commands.model import open_extractor, open_matcher
    from claims.store import open_store

    url = database(ctx, db)
    extractor = open_extractor(model_name(ctx, model))
    tally: Counter[str] = Counter()
    found = 0
    try:
        with (
            open_store(url) as store,
            terminal.progress(
                "ingesting", "articles", articles_in(paths), while_printing=as_json
            ) as advance,
            # Closed at once on Ctrl-C, so that no transaction stays open.
            closing(pipeline.ingest(paths, store, extractor)) as outcomes,
        ):
            for outcome in outcomes:
                tally[outcome.status] += 1
                found += outcome.saved.attributions if outcome.saved else 0
                tell_outcome(outcome, as_json)
                advance(1)
        grouped = group_waiting(url, open_matcher()) if group else None
    except KeyboardInterrupt:
        kept = sum(tally.values()) - tally["failed"]
        terminal.say(
            f"interrupted: {count(kept, 'article')} done and kept in {place(url)}; "
            "run the same command again to go on"
        )
        raise typer.Exit(INTERRUPTED) from None
    if not as_json:
        _sum_up(tally, found, f"{extractor.info.name} {extractor.info.version}", place(url))
        if grouped is not None:
            tell_claims(grouped)
    if tally["failed"]:
        raise typer.Exit(FAILED)


def group_waiting(url: str, matcher: StatementMatcher) -> Grouped | None:
    """Make claims of what is stored; None where nothing waits to be compared."""
    from claims import pipeline
    from claims.store import open_store

    with open_store(url) as store, ExitStack() as stack:
        waiting = len(store.unmatched(matcher.version))
        if not waiting:
            return None
        advance = stack.enter_context(terminal.progress("comparing", "articles", waiting))
        return pipeline.match(store, matcher, progress=lambda _done, _all: advance(1))


def tell_claims(grouped: Grouped) -> None:
    """A line about what grouping came to."""
    terminal.output().print(
        terminal.plain(
            f"{count(grouped.statements, 'statement')} in {count(grouped.claims, 'claim')}, "
            f"{grouped.changed:,} of them new or changed"
        ),
        soft_wrap=True,
    )


def tell_outcome(outcome: Outcome, as_json: bool) -> None:
    """An error on standard error, and with `as_json` a line for every article."""
    if outcome.error is not None:
        terminal.complain(outcome.error)
    if as_json:
        terminal.json_line(_data(outcome))


def _data(outcome: Outcome) -> dict[str, Any]:
    saved, error = outcome.saved, outcome.error
    return {
        "name": outcome.name or None,
        "status": outcome.status,
        "article": saved.article_id if saved else None,
        "version": saved.version if saved else None,
        "attributions": saved.attributions if saved else None,
        "error": error.message if error else None,
        "repair": error.repair if error else None,
    }


def _sum_up(tally: Counter[str], found: int, model: str, where: str) -> None:
    words = {
        "added": "added",
        "changed": "in a new version",
        "rerun": "read anew by another model, speaker model or registry",
        "unchanged": "known already",
        "purged": "taken down before and left out",
        "failed": "failed",
    }
    parts = [f"{tally[status]:,} {word}" for status, word in words.items() if tally[status]]
    console = terminal.output()
    console.print(
        terminal.plain(
            f"{count(sum(tally.values()), 'article')}: {', '.join(parts) or 'nothing to do'}"
        ),
        soft_wrap=True,
    )
    console.print(
        terminal.plain(f"{count(found, 'attribution')} found by {model}, kept in {where}"),
        soft_wrap=True,
    )


def articles_in(paths: Sequence[str]) -> int | None:
    """How many articles the paths hold, for a progress bar; None with standard input.

    Lines of `.jsonl` files are counted, which takes far less than reading them.
    """
    from claims import documents

    total = 0
    for given in paths:
        if given == "-":
            return None
        files = documents.expand([given])
        # A folder without articles counts as well: an error is told for it.
        total += sum(_lines(f) if f.suffix.lower() == ".jsonl" else 1 for f in files) or 1
    return total


def _lines(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return max(1, sum(1 for line in file if line.strip()))
    except OSError:
        return 1
