"""`claims db`: the database itself."""

from __future__ import annotations

from typing import Annotated

import typer

from claims import terminal
from claims.commands.common import (
    FAILED,
    DbOption,
    JsonOption,
    count,
    database,
    existing_store,
    place,
)
from claims.store.rows import StoreInfo

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="The database: what it holds, and bringing it to this version.",
)

UPGRADE_EXAMPLES = """\b
Examples:
  cp claims.db claims.db.backup
  claims db upgrade
"""
CHECK_EXAMPLES = """\b
Examples:
  claims db check
  claims db check --rebuild
"""
INFO_EXAMPLES = """\b
Examples:
  claims db info
  claims db info --db postgresql://desk@db.example.org/claims --json
"""


@app.command(epilog=UPGRADE_EXAMPLES)
def upgrade(ctx: typer.Context, db: DbOption = None, as_json: JsonOption = False) -> None:
    """Bring a database that an older version made to this version's schema.

    All in one transaction: it is upgraded whole, or stays as it was. Make a copy all the same.
    """
    from claims import store

    url = database(ctx, db)
    done = store.upgrade(url)
    if done.before != done.after:
        with existing_store(ctx, db) as opened:
            opened.refresh()  # what the desk has of the runs that are there
    if as_json:
        terminal.json_line({"before": done.before, "after": done.after})
    elif done.before == done.after:
        terminal.output().print(
            terminal.plain(f"{place(url)} has schema {done.after} already"), soft_wrap=True
        )
    else:
        terminal.output().print(
            terminal.plain(f"{place(url)}: schema {done.before} is now {done.after}"),
            soft_wrap=True,
        )


@app.command(epilog=INFO_EXAMPLES)
def info(ctx: typer.Context, db: DbOption = None, as_json: JsonOption = False) -> None:
    """Tell where the database is, what it holds, which models read it, and what was taken down."""
    with existing_store(ctx, db) as store:
        held = store.info()
    if as_json:
        terminal.json_line(_data(held), indent=2)
        return
    console = terminal.output()
    for line in _lines(held):
        console.print(terminal.plain(line), soft_wrap=True)


@app.command(epilog=CHECK_EXAMPLES)
def check(
    ctx: typer.Context,
    db: DbOption = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make it anew from runs and log where it isn't.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Tell whether the record of the desk is what the models' runs and the log of decisions say.

    Exits with 1 where an item differs, unless it was made anew.
    """
    with existing_store(ctx, db) as store:
        found = store.differences()
        if rebuild:
            store.refresh()
    if as_json:
        data = [{"item": d.item, "stored": d.stored, "derived": d.derived} for d in found]
        terminal.json_line({"differences": data, "rebuilt": rebuild}, indent=2)
    else:
        console = terminal.output()
        for one in found:
            line = f"{one.item}: stored {one.stored}; by runs and log {one.derived}"
            console.print(terminal.plain(line), soft_wrap=True)
        told = "the record is as runs and log say"
        if found:
            told = f"{count(len(found), 'item')} not as runs and log say"
        console.print(terminal.plain(told + (", made anew" if rebuild else "")), soft_wrap=True)
    if found and not rebuild:
        raise typer.Exit(FAILED)


def _data(held: StoreInfo) -> dict[str, object]:
    return {
        "url": held.url,
        "database": held.database,
        "path": held.path,
        "bytes": held.bytes,
        "schema": held.schema,
        "rows": held.counts,
        "models": [
            {
                "model": row.model.name,
                "model_version": row.model.version,
                "runs": row.runs,
                "last_run": row.last_run.isoformat(),
            }
            for row in held.models
        ],
        "taken_down": [
            {
                "article": row.article_id,
                "reason": row.reason,
                "by": row.by,
                "at": row.at.isoformat(),
            }
            for row in held.purges
        ],
    }


def _lines(held: StoreInfo) -> list[str]:
    size = f", {held.bytes / 1e6:,.1f} MB" if held.bytes is not None else ""
    lines = [
        f"{held.database} at {held.path or held.url}{size}",
        f"schema {held.schema}",
        "",
        "rows",
        *(f"  {name:16}{number:>10,}" for name, number in held.counts.items()),
    ]
    if held.models:
        lines += ["", "models"]
        lines += [
            f"  {row.model.name} {row.model.version}  {count(row.runs, 'run')}, "
            f"last {row.last_run:%Y-%m-%d %H:%M}"
            for row in held.models
        ]
    if held.purges:
        lines += ["", "taken down"]
        lines += [
            terminal.one_line(f"  #{row.article_id} {row.at:%Y-%m-%d} by {row.by}: {row.reason}")
            for row in held.purges
        ]
    return lines
