"""`claims model`: which models there are, which is used, and how two of them compare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claims import terminal
from claims.commands.common import JsonOption, model_name

if TYPE_CHECKING:
    from claims.extraction.listing import Listed

EXAMPLES = """\b
Examples:
  claims model list
  claims model use desk-2026-11-25
  claims model use minilm
  claims model compare minilm desk-2026-11-25
  claims model compare minilm models/mine --gold marked.jsonl --json
"""
COMPARED = (
    "attributions.who_said_what.f1",
    "attributions.who_said_what.p",
    "attributions.who_said_what.r",
    "attributions.recall.quoted.r",
    "attributions.recall.indirect.r",
    "attributions.calibration.ece",
    "nested.who_said_what.f1",
    "labels.stance.acc",
    "labels.stance.macro_f1",
    "labels.act.acc",
    "labels.speaker.acc",
    "labels.fully_right",
    "sentences.kind.macro_f1",
)

app = typer.Typer(
    help="Models: those that ship, and those that were trained here from decisions.\n\n"
    "The one that is used is the one of --model, else of CLAIMS_MODEL, else the one that `use` "
    "chose, else minilm.\n\n" + EXAMPLES,
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list")
def list_models(ctx: typer.Context, as_json: JsonOption = False) -> None:
    """List the models with version, day, figures, and which is used."""
    from claims.extraction.listing import listed

    used = model_name(ctx, None)
    found = listed()
    if as_json:
        terminal.json_line({"used": used, "models": [_data(one, used) for one in found]}, indent=2)
        return
    console = terminal.output()
    for one in found:
        mark = "*" if one.name == used else " "
        day = one.made or "ships"
        line = f"{mark} {one.name:20} {one.version}  {day:10}  {_shown(one)}".rstrip()
        console.print(terminal.plain(line), soft_wrap=True)
    if used not in [one.name for one in found]:
        console.print(terminal.plain(f"* {used}"), soft_wrap=True)


def _data(one: Listed, used: str) -> dict[str, Any]:
    return {
        "name": one.name,
        "version": one.version,
        "made": one.made,
        "ships": not one.is_own,
        "folder": str(one.folder),
        "figures": one.figures,
        "is_used": one.name == used,
    }


def _shown(one: Listed) -> str:
    if "held_out" in one.figures:
        return (
            f"held-out decisions {one.figures['held_out']:.3f}"
            f" (shipped {one.figures.get('held_out_shipped', 0):.3f})"
        )
    names = {"who_said_what": "who said what", "fully_right": "fully right"}
    return ", ".join(f"{names.get(k, k)} {v:.3f}" for k, v in one.figures.items())


@app.command()
def use(
    name: Annotated[str, typer.Argument(help="A name that `claims model list` has, or a folder.")],
) -> None:
    """Choose the model that is used where none is named; it is loaded once, to be sure."""
    from claims.extraction import catalogue, load
    from claims.extraction.choosing import choice_file, choose

    folder = catalogue.find(name)
    load(folder)
    is_named = name in (*catalogue.available(), *catalogue.own()) and not Path(name).is_dir()
    choose(name if is_named else str(folder.resolve()))
    terminal.say(f"{name} is used from now on ({choice_file()})")


@app.command()
def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="A model's name or folder.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another's.")],
    *,
    gold: Annotated[
        Path | None,
        typer.Option(
            metavar="GOLD.jsonl", help="Marked articles; the samples that ship if not given."
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Score two models on the same marked articles."""
    from claims.extraction import load
    from claims.resources import seeds_dir
    from claims.training.learning import figures

    path = gold or seeds_dir() / "gold.jsonl"
    extractors = [load(first), load(second)]
    found = []
    with terminal.progress("comparing", "models", 2) as advance:
        for extractor in extractors:
            found.append(figures(extractor, path).figures())
            advance(1)
    rows = {
        name: (found[0][name], found[1][name])
        for name in COMPARED
        if found[0].get(name) is not None and found[1].get(name) is not None
    }
    if as_json:
        data = {name: {"a": a, "b": b} for name, (a, b) in rows.items()}
        models = [{"name": e.info.name, "version": e.info.version} for e in extractors]
        terminal.json_line({"a": models[0], "b": models[1], "figures": data}, indent=2)
        return
    console = terminal.output()
    head = f"{'':32} {extractors[0].info.name:>20} {extractors[1].info.name:>20}"
    console.print(terminal.plain(head), soft_wrap=True)
    for name, (a, b) in rows.items():
        assert a is not None and b is not None
        line = f"{name:32} {a:>20.3f} {b:>20.3f}  {b - a:+.3f}"
        console.print(terminal.plain(line), soft_wrap=True)
