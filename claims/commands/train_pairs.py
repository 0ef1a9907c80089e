"""`claims train-pairs`: training the model that tells which statements are one claim."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claims import terminal

if TYPE_CHECKING:
    from claims.evaluation.claims import ClaimScores

EXAMPLES = """\b
Example:
  claims train-pairs polnear --labels stance --pairs seeds/pairs.tsv --claims claims/dev.jsonl \\
    --out models/pairs
"""


def train_pairs(
    corpus: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="Holds train.jsonl and dev.jsonl with attributions."),
    ],
    *,
    labels: Annotated[
        Path,
        typer.Option(metavar="FOLDER", help="Holds train.tsv and dev.tsv with stances, speakers."),
    ],
    pairs: Annotated[
        Path, typer.Option(metavar="FILE", help="Labelled pairs of attributions of the train part.")
    ],
    claims: Annotated[Path, typer.Option(metavar="FILE", help="Labelled claims of the dev part.")],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the model is written.")],
) -> None:
    """Train the model that tells which statements are the same claim, and who opposes it.

    Takes some minutes. The printed figures are cross-validated over the events of the labelled
    claims; the written model has learned from all of them.
    """
    from claims.matching import network
    from claims.matching.matcher import SENTENCES, as_texts
    from claims.resources import models_dir
    from claims.training.pairs import Given, train

    encoder = network.load(models_dir() / SENTENCES)
    found = train(
        Given(corpus, labels, pairs, claims),
        lambda statements: as_texts(encoder, statements),
        out,
        say=terminal.say,
    )
    console = terminal.output()
    for name, scores in found.items():
        console.print(terminal.plain(_line(name, scores)), soft_wrap=True)
    console.print(terminal.plain(f"the model is in {out}"), soft_wrap=True)


def _line(name: str, scores: ClaimScores) -> str:
    apart, opposed = scores.near_misses_apart or 0.0, scores.opposition or 0.0
    return (
        f"{name:18} B-cubed F1 {scores.f1:.3f} (P {scores.precision:.3f} R {scores.recall:.3f})"
        f"  near misses apart {apart:.3f}  opposition F1 {opposed:.3f}"
    )
