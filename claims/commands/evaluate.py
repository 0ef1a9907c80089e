"""`claims evaluate`: figures of a model on marked articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claims import terminal
from claims.commands.common import FAILED, JsonOption, ModelOption, count, model_name

if TYPE_CHECKING:
    from claims.evaluation import Prediction

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
            help="Score the grouping of the marked attributions against these labelled claims.",
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

    The definitions of all figures stand in the modules of claims.evaluation.
    """
    from claims import evaluation

    if claims is not None:
        _score_claims(model_name(ctx, model), gold, claims, as_json)
        return
    marked = evaluation.load_gold(gold, labels=labels, sentences=sentences)
    bounds = evaluation.load_floors(floors) if floors else None
    failed = 0
    if predictions is not None:
        found = evaluation.load_predictions(predictions)
    else:
        found, failed = _predict(gold, model_name(ctx, model), len(marked))
    report = evaluation.evaluate(marked, found)
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


def _score_claims(model_folder: str, gold: Path, labelled: Path, as_json: bool) -> None:
    """Print how the marked attributions are grouped, beside the plain cosine of their words."""
    from dataclasses import asdict

    from claims.errors import CorpusError
    from claims.evaluation.claims import load_claims, score_claims
    from claims.extraction import load
    from claims.matching import matcher
    from claims.matching.baseline import by_cosine
    from claims.matching.files import grouped_keys, read_articles
    from claims.matching.given import Completer, lacks_stance, read_given
    from claims.matching.grouping import group

    wanted = load_claims(labelled)
    articles = []
    for item in read_given(str(gold)):
        if isinstance(item, CorpusError):
            raise item
        articles.append(item)
    model = matcher.load()
    labels = load(model_folder) if any(lacks_stance(a) for a in articles) else None
    with terminal.progress("reading", "articles", len(articles)) as advance:
        statements = read_articles(articles, Completer(labels), progress=advance)
    vectors = model.vectors(statements)
    asked = dict(enumerate(statements))
    scores = model.compare(statements, vectors)
    plain = by_cosine(scores, vectors)
    found = {
        "claims": group(asked, scores, threshold=model.threshold, tilt=model.tilt),
        "cosine alone": group(asked, plain, threshold=0.0, cautious=False),
    }
    figures = {
        name: score_claims(wanted, grouped_keys(articles, statements, grouping))
        for name, grouping in found.items()
    }
    if as_json:
        terminal.json_line({name: asdict(scores) for name, scores in figures.items()}, indent=2)
        return
    console = terminal.output()
    for name, one in figures.items():
        line = (
            f"{name:13} B-cubed F1 {one.f1:.3f} (P {one.precision:.3f} R {one.recall:.3f})"
            f"  near misses apart {one.near_misses_apart or 0:.3f}"
            f"  opposition F1 {one.opposition or 0:.3f}"
        )
        console.print(terminal.plain(line), soft_wrap=True)
