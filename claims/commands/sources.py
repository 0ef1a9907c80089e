"""`claims sources`: who the names stand for, to read. What changes it is in `source_changes`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from claims import terminal
from claims.commands import source_changes
from claims.commands.common import DbOption, JsonOption, choices, database, existing_store
from claims.commands.source_changes import SourceArgument, pick
from claims.sources.entries import Control, SourceKind

if TYPE_CHECKING:
    from claims.sources.registry import Registry
    from claims.store.rows import Heard

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Sources: who speaks, under which names, owned and controlled by whom.",
)

LIST_EXAMPLES = """\b
Examples:
  claims sources list --kind media --control state
  claims sources list --country KP
"""
SHOW_EXAMPLES = """\b
Examples:
  claims sources show Yonhap
  claims sources show "South Korea's intelligence agency"
  claims sources show state:KR/nis --json
"""
SEARCH_EXAMPLES = """\b
Examples:
  claims sources search "korean central"
  claims sources search Yonhp --limit 3
"""
UNRESOLVED_EXAMPLES = """\b
Examples:
  claims sources unresolved
  claims sources unresolved --top 20 --json
"""
LOG_EXAMPLES = """\b
Examples:
  claims sources log
  claims sources log --json
"""


def registry_of(ctx: typer.Context, db: str | None) -> Registry:
    """The registry of the database; the shipped one where there is no database yet."""
    from claims.sources.registry import Registry
    from claims.store import open_store

    if _no_database(ctx, db):
        return Registry.shipped()
    with open_store(database(ctx, db), create=False) as store:
        return store.sources()


def _heard(ctx: typer.Context, db: str | None) -> list[Heard]:
    """What the database heard; nothing where there is none yet."""
    from claims.store import open_store

    if _no_database(ctx, db):
        return []
    with open_store(database(ctx, db), create=False) as store:
        return store.heard()


def _no_database(ctx: typer.Context, db: str | None) -> bool:
    """Whether none was named and there is none here: the shipped registry is to be read."""
    from claims.store.engine import locate

    place = locate(database(ctx, db))
    named = db or choices(ctx).db
    return named is None and place.path is not None and not place.path.exists()


def _print(lines: Iterable[str]) -> None:
    console = terminal.output()
    for line in lines:
        console.print(terminal.plain(line), soft_wrap=True)


@app.command("list", epilog=LIST_EXAMPLES)
def list_(
    ctx: typer.Context,
    *,
    kind: Annotated[SourceKind | None, typer.Option(help="Only this kind.")] = None,
    country: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only this country, as KR.")
    ] = None,
    control: Annotated[Control | None, typer.Option(help="Only under this control.")] = None,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """List sources by id: those of the registry, and those loaded into the database."""
    from claims.reports.registry import source_data, source_line

    found = [
        source
        for source in registry_of(ctx, db).sources
        if (kind is None or source.kind is kind)
        and (country is None or source.country == country.upper())
        and (control is None or source.control is control)
    ]
    if as_json:
        terminal.json_line([source_data(source) for source in found], indent=2)
        return
    _print(source_line(source) for source in found)


@app.command(epilog=SHOW_EXAMPLES)
def show(
    ctx: typer.Context, source: SourceArgument, db: DbOption = None, as_json: JsonOption = False
) -> None:
    """Show one source: names, owner, control with its basis and date, and what was heard from it.

    Two sources of one owner or government count as one independent origin.
    """
    from claims.reports.registry import source_lines, whole_data
    from claims.reports.sources import Tally, hearing

    registry = registry_of(ctx, db)
    found = pick(registry, source)
    found = registry.stands_for(found.id) or found
    heard = hearing(registry, _heard(ctx, db)).known.get(found.id, Tally())
    if as_json:
        terminal.json_line(whole_data(registry, found, heard), indent=2)
        return
    _print(source_lines(registry, found, heard))


@app.command(epilog=SEARCH_EXAMPLES)
def search(
    ctx: typer.Context,
    *,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="A name, or something like it.")],
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many.")] = 10,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find sources by names that are like the words, best first."""
    from claims.reports.registry import hit_data, source_line

    hits = registry_of(ctx, db).search(words, limit)
    if as_json:
        terminal.json_line([hit_data(hit) for hit in hits], indent=2)
        return
    _print(f"{hit.score:5.1f}  {source_line(hit.source)}" for hit in hits)
    if not hits:
        terminal.say("nothing is like that")


@app.command(epilog=UNRESOLVED_EXAMPLES)
def unresolved(
    ctx: typer.Context,
    *,
    top: Annotated[int | None, typer.Option(min=1, metavar="N", help="Only so many.")] = None,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """List names that are heard and stand for no known source, most heard first.

    With the articles, and the source with a name most like it, if there is one. UNRESOLVED are
    those whom the program could not tell, each with the reason.
    """
    from claims.reports.registry import hit_data, reasons_data, tally_data, unknown_lines
    from claims.reports.sources import UNRESOLVED, hearing

    with existing_store(ctx, db) as store:
        registry, rows = store.sources(), store.heard()
    unknown = hearing(registry, rows).unknown
    ranked = sorted(unknown.items(), key=lambda one: (-one[1].said - one[1].carried, one[0]))
    lines = [
        (name, tally, registry.search(name, 1) if name != UNRESOLVED else [])
        for name, tally in ranked[:top]
    ]
    if as_json:
        data = [
            {
                "name": name,
                **tally_data(tally),
                "like": [hit_data(hit) for hit in like],
                "why": reasons_data(tally),
            }
            for name, tally, like in lines
        ]
        terminal.json_line(data, indent=2)
        return
    _print(line for one in lines for line in unknown_lines(*one))
    if not lines:
        terminal.say("every speaker stands for a known source")


@app.command(epilog=LOG_EXAMPLES)
def log(ctx: typer.Context, db: DbOption = None, as_json: JsonOption = False) -> None:
    """List the decisions about sources, oldest first, with their numbers."""
    from claims.reports.registry import counted, decision_data, log_lines

    with existing_store(ctx, db) as store:
        decisions = store.source_decisions()
    if as_json:
        counting = counted(decisions)
        data = [decision_data(one, one.id in counting) for one in decisions]
        terminal.json_line(data, indent=2)
        return
    _print(log_lines(decisions))


app.command(epilog=source_changes.MERGE_EXAMPLES)(source_changes.merge)
app.command(epilog=source_changes.SPLIT_EXAMPLES)(source_changes.split)
app.command(epilog=source_changes.ALIAS_EXAMPLES)(source_changes.alias)
app.command(epilog=source_changes.UNDO_EXAMPLES)(source_changes.undo)
app.command(epilog=source_changes.LOAD_EXAMPLES)(source_changes.load)
