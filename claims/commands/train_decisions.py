"""`claims train --from-decisions`: a model of one's own from what editors decided."""

from __future__ import annotations

import re
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import typer

from claims import terminal
from claims.commands.common import INTERRUPTED, existing_store
from claims.errors import CorpusError, ModelError

if TYPE_CHECKING:
    from claims.training.corpus import Corpora
    from claims.training.learning import Learned
    from claims.training.plan import Plan

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def train_from_decisions(
    ctx: typer.Context,
    *,
    db: str | None,
    out: Path | None,
    name: str | None,
    corpora: Corpora | None,
    work: Path | None,
    plan: Plan,
    as_json: bool,
) -> None:
    """Learn, compare, tell; a model that is better becomes the default."""
    from claims.commands.train import bar
    from claims.extraction import catalogue
    from claims.extraction.choosing import SHIPPED, choose
    from claims.training.decisions import Decider, decided
    from claims.training.learning import learn

    folder, base = _folder(out, name), catalogue.find(SHIPPED)
    with existing_store(ctx, db) as store:
        texts = decided(cast(Decider, store))
    if not texts:
        raise CorpusError(
            "nothing was decided yet that could be learned from",
            repair="decide with claims review; what is unsure or disputed doesn't count",
        )
    try:
        with ExitStack() as stack:
            learned = learn(
                texts,
                folder,
                base=base,
                current=_current(base),
                corpora=corpora,
                plan=plan,
                work=work or catalogue.own_models_dir().parent / "runs",
                made=date.today(),
                report=bar(stack, "training", "steps"),
                say=terminal.say,
            )
    except KeyboardInterrupt:
        terminal.say(
            "interrupted: the last checkpoint is kept; run the same command again to go on"
        )
        raise typer.Exit(INTERRUPTED) from None
    if learned.compared.is_better:
        is_named = folder.parent == catalogue.own_models_dir()
        choose(folder.name if is_named else str(folder.resolve()))
    if as_json:
        terminal.json_line(_data(learned), indent=2)
    else:
        _print(learned)


def _current(base: Path) -> Path | None:
    """The model that was chosen before, where it is another one and still there."""
    from claims.extraction import catalogue
    from claims.extraction.choosing import default_model

    try:
        chosen = catalogue.find(default_model())
    except ModelError:
        return None
    return None if chosen.resolve() == base.resolve() else chosen


def _folder(out: Path | None, name: str | None) -> Path:
    """Where the model goes: `out`, or a new folder among the user's own models."""
    from claims.extraction import catalogue

    if out is not None:
        return out
    home = catalogue.own_models_dir()
    if name is not None:
        if not _NAME.fullmatch(name) or name in catalogue.available():
            raise ModelError(
                f"{name!r} can't be a model's name here",
                repair="letters, digits, - _ and . will do; names of models that ship won't",
            )
        if (home / name).exists():
            raise ModelError(
                f"there is a model {name!r} already", repair="give another --name, or --out FOLDER"
            )
        return home / name
    first = f"desk-{date.today().isoformat()}"
    names = [first, *(f"{first}-{n}" for n in range(2, 1000))]
    return next(home / one for one in names if not (home / one).exists())


def _data(learned: Learned) -> dict[str, Any]:
    compared = learned.compared
    return {
        "model": learned.folder.name,
        "folder": str(learned.folder),
        "is_default": compared.is_better,
        "reasons": compared.reasons,
        "held_out": {"own": compared.own.as_dict(), "shipped": compared.shipped.as_dict()},
        "short": [str(one) for one in compared.short],
    }


def _print(learned: Learned) -> None:
    compared = learned.compared
    console = terminal.output()
    own, shipped = compared.own.as_dict(), compared.shipped.as_dict()
    lines = [f"{'held-out decisions':24} {'this model':>12} {'shipped':>12}"]
    lines += [f"{name:24} {value:>12} {shipped[name]:>12}" for name, value in own.items()]
    lines.append(f"the model is in {learned.folder}")
    if compared.is_better:
        lines.append("it is better and used from now on; `claims model use minilm` takes that back")
    else:
        lines += ["it is not made the default:", *(f"  {reason}" for reason in compared.reasons)]
        lines.append(f"use it all the same: claims model use {learned.folder.name}")
    for line in lines:
        console.print(terminal.plain(line), soft_wrap=True)
