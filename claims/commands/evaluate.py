"""`claims evaluate`: figures of a model on marked articles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claims import terminal
from claims.commands.common import FAILED, JsonOption, ModelOption, count, model_name

if TYPE_CHECKING:
    from claims.evaluation import Prediction, Report

EXAMPLES = """\b
Examples:
  claims evaluate gold.jsonl
  claims evaluate gold.jsonl --labels labels.tsv --sentences sentences.tsv --json
  claims evaluate gold.jsonl --predictions other-program.jsonl
  claims evaluate gold.jsonl --floors floors.json
  claims evaluate gold.jsonl --claims labelled-claims.jsonl
"""


def evaluate(
    ctx: typer.Context,
    *,
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD.jsonl", help="Marked articles, one a line.")
    ],
    labels: Annotated[
        Path | None,
        typer.Option(
            metavar="TSV",
            help="Stance, act, framing and speaker by article id and attribution index.",
        ),
    ] = None,
    sentences: Annotated[
        Path | None,
        typer.Option(metavar="TSV", help="Kind and worth of sentences by article id and offsets."),
    ] = None,
    predictions: Annotated[
        Path | None,
        typer.Option(
            metavar="JSONL", help="Score these, as `claims extract` prints them, not a model."
        ),
    ] = None,
    claims: Annotated[
        Path | None,
        typer.Option(
            metavar="JSONL",
            help="Also score how the marked attributions are grouped, against these claims.",
        ),
    ] = None,
    floors: Annotated[
        Path | None,
        typer.Option(
            metavar="JSON", help="Exit with 1 if a figure is more than 0.01 short of this file's."
        ),
    ] = None,
    model: ModelOption = None,
    as_json: JsonOption = False,
) -> None:
    """Score a model against articles that people have marked.

    Among the figures: polarity.flips, how often a denial is read as an assertion or an assertion as
    a denial; polarity.lost, how often either is read as neither; polarity.invented, how often what
    is neither is read as either. The definitions of all stand in the modules of claims.evaluation.
    """
    from claims import evaluation

    marked = evaluation.load_gold(gold, labels=labels, sentences=sentences)
    bounds = evaluation.load_floors(floors) if floors else None
    failed = 0
    if predictions is not None:
        found = evaluation.load_predictions(predictions)
    else:
        found, failed = _predict(gold, model_name(ctx, model), len(marked))
    report = evaluation.evaluate(marked, found)
    if claims is not None:
        report = _grouped(report, model_name(ctx, model), gold, claims)
    elif bounds is not None and bounds.without("claims") != bounds:
        bounds = bounds.without("claims")
        terminal.say("floors of grouping are not checked: --claims LABELLED measures it")
    short = evaluation.check_floors(report, bounds) if bounds else []
    if as_json:
        terminal.json_line(
            report.as_dict() | ({"short": [str(one) for one in short]} if bounds else {}), indent=2
        )
    else:
        console = terminal.output()
        for line in evaluation.render(report):
            console.print(terminal.plain(line), soft_wrap=True)
    for one in short:
        terminal.say(f"short: {one}")
    if failed:
        terminal.say(f"{count(failed, 'article')} could not be read: counted as found empty")
    if short or failed:
        raise typer.Exit(FAILED)


def _predict(gold: Path, model: str, total: int) -> tuple[dict[str, Prediction], int]:
    """What the model finds in the texts of the gold file, and how many can't be read."""
    from claims import pipeline
    from claims.commands.model import open_extractor
    from claims.errors import DocumentError
    from claims.evaluation import prediction_of

    found: dict[str, Prediction] = {}
    failed = 0
    extractor = open_extractor(model)
    with terminal.progress("evaluating", "articles", total) as advance:
        for item in pipeline.extract([gold], extractor):
            if isinstance(item, DocumentError):
                terminal.complain(item)
                failed += 1
            else:
                found[item[0].name] = prediction_of(*item)
            advance(1)
    return found, failed


def _grouped(report: Report, model_folder: str, gold: Path, labelled: Path) -> Report:
    """The report with figures of how the marked attributions are grouped into claims."""
    from claims.errors import CorpusError
    from claims.evaluation.claims import load_claims
    from claims.evaluation.grouping import score_grouping
    from claims.extraction import load
    from claims.matching.given import Completer, lacks_stance, read_given

    wanted = load_claims(labelled)
    articles = []
    for item in read_given(str(gold)):
        if isinstance(item, CorpusError):
            raise item
        articles.append(item)
    labels = load(model_folder) if any(lacks_stance(a) for a in articles) else None
    with terminal.progress("reading", "articles", len(articles)) as advance:
        ours, plain = score_grouping(wanted, articles, Completer(labels), progress=advance)
    return replace(report, claims=ours, claims_by_cosine=plain)
