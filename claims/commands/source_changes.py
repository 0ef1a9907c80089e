"""`claims sources merge|split|alias|undo|load`: what changes who the names stand for."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claims import terminal
from claims.commands.common import DbOption, JsonOption, count, database, existing_store, login
from claims.errors import ClaimsError, StoreError
from claims.sources.entries import AliasKind

if TYPE_CHECKING:
    from claims.sources.decisions import Change, Decision
    from claims.sources.entries import Source
    from claims.sources.registry import Registry
    from claims.sources.tables import Tables

MERGE_EXAMPLES = """\b
Examples:
  claims sources merge media:ria-novosti media:sputnik --note "one newsroom"
"""
SPLIT_EXAMPLES = """\b
Examples:
  claims sources split media:sputnik
  claims sources split media:yonhap "Yonhap News TV" --to media:ytn
"""
ALIAS_EXAMPLES = """\b
Examples:
  claims sources alias KCNA "Pyongyang's news agency"
  claims sources alias person:marsh "harbour minister" --kind title --from 2023-01-01
"""
UNDO_EXAMPLES = """\b
Examples:
  claims sources log
  claims sources undo 4 --note "they were two after all"
"""
LOAD_EXAMPLES = """\b
Examples:
  claims sources load
  claims sources load people.csv offices.csv
  printf 'id,name,kind\\nperson:marsh,Lena Marsh,person\\n' | claims sources load -
"""

SourceArgument = Annotated[
    str, typer.Argument(metavar="SOURCE", help="Id of a source, or a name that tells which.")
]
NoteOption = Annotated[str, typer.Option(metavar="TEXT", help="Why, for the log.")]
AsOption = Annotated[
    str | None,
    typer.Option(
        "--as", metavar="NAME", help="Who decides, for the log; else the user's login name."
    ),
]
_DAY = ["%Y-%m-%d"]


def pick(registry: Registry, words: str) -> Source:
    """The source that an id or a name means; `StoreError` lists the candidates otherwise."""
    from claims.reports.registry import match_line

    source = registry.get(words) or registry.resolve(words)
    if source is not None:
        return source
    matches = registry.find(words)
    if matches:
        listed = ", ".join(match_line(match) for match in matches[:5])
        raise StoreError(f"{words!r} is ambiguous: {listed}", repair="name one by its id")
    near = [hit.source.id for hit in registry.search(words, 3)]
    raise StoreError(
        f"there is no source {words!r}" + (f"; like it: {', '.join(near)}" if near else ""),
        repair="claims sources search WORDS finds one; claims sources load adds one",
    )


def merge(
    ctx: typer.Context,
    *,
    kept: Annotated[str, typer.Argument(metavar="SOURCE", help="The source that stays.")],
    merged: Annotated[str, typer.Argument(metavar="OTHER", help="The one that is the same.")],
    note: NoteOption = "",
    by: AsOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that two sources are one: OTHER and its names stand for SOURCE from now on."""
    from claims.sources.decisions import Change, DecisionKind

    with existing_store(ctx, db) as store:
        registry = store.sources()
        change = Change(
            DecisionKind.MERGE, pick(registry, merged).id, target_id=pick(registry, kept).id
        )
        _tell(store.decide_source(_checked(change), by=by or login(), note=note), as_json)


def split(
    ctx: typer.Context,
    *,
    source: SourceArgument,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="A name that isn't this source's.", show_default=""),
    ] = None,
    to: Annotated[
        str | None, typer.Option(metavar="SOURCE", help="Whose name it is instead.")
    ] = None,
    note: NoteOption = "",
    by: AsOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Part a source from the one it was merged into; or take a NAME from it.

    With --to the name is given to another source.
    """
    from claims.sources.decisions import Change, DecisionKind

    if to is not None and name is None:
        raise typer.BadParameter("--to needs a NAME", param_hint="--to")
    with existing_store(ctx, db) as store:
        registry = store.sources()
        found = pick(registry, source)
        if name is None:
            parted = _merged(registry, found, source)
            made = store.part_source(parted, by=by or login(), note=note)
        else:
            target = pick(registry, to).id if to else None
            change = Change(DecisionKind.SPLIT, found.id, target, name)
            made = store.decide_source(change, by=by or login(), note=note)
    _tell(made, as_json)


def alias(
    ctx: typer.Context,
    *,
    source: SourceArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called as well.")],
    kind: Annotated[AliasKind, typer.Option(help="What sort of name.")] = AliasKind.NAME,
    ambiguous: Annotated[
        bool, typer.Option("--ambiguous", help="The name also means something else.")
    ] = False,
    start: Annotated[
        datetime | None,
        typer.Option("--from", formats=_DAY, metavar="YYYY-MM-DD", help="First day it holds."),
    ] = None,
    end: Annotated[
        datetime | None,
        typer.Option("--to", formats=_DAY, metavar="YYYY-MM-DD", help="Last day it holds."),
    ] = None,
    note: NoteOption = "",
    by: AsOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give a source a further name.

    An office is a name of kind title, with the days on which this source holds it.
    """
    from claims.sources.decisions import Change, DecisionKind

    with existing_store(ctx, db) as store:
        change = Change(
            DecisionKind.ALIAS,
            pick(store.sources(), source).id,
            name=name,
            name_kind=kind,
            ambiguous=ambiguous,
            valid_from=start.date() if start else None,
            valid_to=end.date() if end else None,
        )
        _tell(store.decide_source(change, by=by or login(), note=note), as_json)


def undo(
    ctx: typer.Context,
    *,
    decision: Annotated[int, typer.Argument(metavar="N", help="Number of the decision.")],
    note: NoteOption = "",
    by: AsOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Undo a decision about sources. An undo is a decision, too, and can itself be undone."""
    from claims.sources.decisions import Change, DecisionKind

    with existing_store(ctx, db) as store:
        change = Change(DecisionKind.REVERT, reverts=decision)
        _tell(store.decide_source(change, by=by or login(), note=note), as_json)


def load(
    ctx: typer.Context,
    *,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE.csv]...", help="Tables of sources or names; - for standard input."
        ),
    ] = None,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load sources and names from CSV files; without any, the registry that ships.

    A file has the header `id,name,kind` with, where known, `country,owner,control,basis,
    basis_date`; or `source_id,alias,kind` with `ambiguous,valid_from,valid_to`. An owner or a
    control needs its basis. All files are loaded together or, if a line is wrong, none.
    """
    from claims.store import open_store

    tables = _read(files) if files else None
    with open_store(database(ctx, db)) as store:
        done = store.load_sources(tables)
        version = store.sources().version
    if as_json:
        terminal.json_line(
            {
                "added": done.added,
                "changed": done.changed,
                "unchanged": done.unchanged,
                "version": version,
            }
        )
        return
    terminal.output().print(
        f"{count(done.added, 'row')} added, {done.changed:,} changed, "
        f"{done.unchanged:,} there already (version {version})",
        soft_wrap=True,
    )


def _read(files: list[str]) -> Tables:
    """The rows of all files; what is wrong with them stays with them."""
    import io

    from claims.sources.tables import Tables

    tables = Tables()
    for file in files:
        try:
            data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
            text = data.decode("utf-8-sig")
        except OSError as error:
            raise ClaimsError(
                f"{file} can't be read: {error.strerror or error}", repair="check the path"
            ) from error
        except UnicodeDecodeError as error:
            raise ClaimsError(f"{file} isn't UTF-8", repair="save it as CSV UTF-8") from error
        tables.read("standard input" if file == "-" else file, io.StringIO(text, newline=""))
    return tables


def _merged(registry: Registry, found: Source, words: str) -> str:
    """Id of the merged source that `words` name; they resolve to the one it was merged into."""
    from claims.sources.keys import key

    if words == found.id:
        return found.id
    merged = set(registry.merged_into(found.id))
    named = {a.source_id for a in registry.aliases(found.id) if key(a.alias) == key(words)}
    return min(named & merged, default=found.id)


def _checked(change: Change) -> Change:
    if change.source_id == change.target_id:
        raise StoreError(f"{change.source_id} is the same source already")
    return change


def _tell(made: Decision, as_json: bool) -> None:
    """Print a decision that was made, and how to undo it."""
    from claims.reports.registry import change_words, decision_data

    if as_json:
        terminal.json_line(decision_data(made, counts=True))
        return
    words = terminal.one_line(f"Decision {made.id}: {change_words(made.change)}.")
    terminal.output().print(terminal.plain(words), soft_wrap=True)
    terminal.say(f"to undo it: claims sources undo {made.id}")
