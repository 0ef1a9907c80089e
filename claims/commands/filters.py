"""`claims filter`: options that are used again and again, under a name."""

from __future__ import annotations

import shlex
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claims import terminal
from claims.commands.common import (
    DbOption,
    JsonOption,
    OutletOption,
    SpeakerOption,
    StanceOption,
    existing_store,
    login,
)
from claims.commands.days import FORMS, check_day, day_of
from claims.errors import StoreError

if TYPE_CHECKING:
    from claims.sources.registry import Registry
    from claims.store import Filter, Store
    from claims.store.filters import FilterRow, Options

EXAMPLES = """\b
Examples:
  claims filter save velmora --speaker Velmora --since "7 days"
  claims filter save denials --stance denies --min-confidence 0.6
  claims report claims --filter velmora
  claims export week.xlsx --filter velmora --since "30 days"
  claims filter list
  claims filter drop denials
"""

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Filters: options that are used again and again, kept in the database under a name.\n\n"
    "report, search, export and findings take one by --filter NAME. An option that is given "
    "besides goes before the one that is kept.\n\n" + EXAMPLES,
)


@app.command()
def save(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Letters, digits, - and _.")],
    *,
    speaker: SpeakerOption = None,
    stance: StanceOption = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            parser=check_day,
            help=f"Only articles published on this day or later: {FORMS}. A time before today "
            "is counted from the day on which the filter is used.",
        ),
    ] = None,
    outlet: OutletOption = None,
    article: Annotated[
        int | None, typer.Option(metavar="ID", help="Only this article, by its number.")
    ] = None,
    min_confidence: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Only attributions of this or more.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--as", metavar="NAME", help="Who saves it; the login name if not given."),
    ] = None,
    db: DbOption = None,
) -> None:
    """Keep options under a name; what was kept under it before is gone."""
    from claims.store.filters import Options

    if not name.replace("-", "").replace("_", "").isalnum():
        raise typer.BadParameter("a filter's name has letters, digits, - and _ only")
    options = Options(speaker, stance, since, outlet, article, min_confidence)
    if not options.data:
        raise typer.BadParameter("a filter needs at least one option, such as --speaker NAME")
    with existing_store(ctx, db) as store:
        replaced = store.save_filter(name, options, by=by or login())
    verb = "replaced" if replaced else "saved"
    _print(f"filter {name} {verb}: {_options(options)}")


@app.command("list")
def list_filters(ctx: typer.Context, db: DbOption = None, as_json: JsonOption = False) -> None:
    """List the filters with their options."""
    with existing_store(ctx, db) as store:
        rows = store.filters()
    if as_json:
        terminal.json_line({"filters": [_data(row) for row in rows]}, indent=2)
        return
    for row in rows:
        _print(f"{row.name}: {_options(row.options)}")
    if not rows:
        terminal.say("no filters; claims filter save NAME --speaker WHO … makes one")


@app.command()
def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the options of one filter, who saved it, and when."""
    with existing_store(ctx, db) as store:
        row = saved(store, name)
    if as_json:
        terminal.json_line(_data(row), indent=2)
        return
    _print(f"{row.name}: {_options(row.options)}")
    _print(f"saved by {row.saved_by} on {row.saved_at.astimezone():%Y-%m-%d %H:%M}")


@app.command()
def drop(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    db: DbOption = None,
) -> None:
    """Forget a filter."""
    with existing_store(ctx, db) as store:
        row = saved(store, name)
        store.drop_filter(row.name)
    _print(f"filter {row.name} dropped; it was: {_options(row.options)}")


def saved(store: Store, name: str) -> FilterRow:
    """The filter of this name; `StoreError` lists those that there are."""
    rows = store.filters()
    found = next((row for row in rows if row.name == name), None)
    if found is None:
        names = ", ".join(row.name for row in rows) or "none are saved yet"
        raise StoreError(f"there is no filter {name!r}", repair=f"the filters: {names}")
    return found


def asked_for(store: Store, registry: Registry, name: str | None, given: Filter) -> Filter:
    """What a command is to give: `given`, and where that asks for nothing, what filter `name` does.

    Sources that were merged under a speaker pass for it.
    """
    if name is not None:
        options = saved(store, name).options
        kept: dict[str, Any] = options.data
        if options.since is not None:
            kept["since"] = day_of(options.since, date.today())
        unset = {field: value for field, value in kept.items() if getattr(given, field) is None}
        given = replace(given, **unset)
    return replace(given, source_ids=registry.merged_under(given.speaker) if given.speaker else ())


def _options(options: Options) -> str:
    """As they are given on the command line."""
    return " ".join(
        f"--{name.replace('_', '-')} {shlex.quote(str(value))}"
        for name, value in options.data.items()
    )


def _data(row: FilterRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "options": row.options.data,
        "saved_by": row.saved_by,
        "saved_at": row.saved_at.isoformat(),
    }


def _print(line: str) -> None:
    terminal.output().print(terminal.plain(terminal.one_line(line)), soft_wrap=True)
