"""One model from several: the mean of their weights, with thresholds chosen anew.

Models that went on from the same weights lie in one valley of the loss; their mean often errs less
than any of them, at the cost of one (Wortsman et al. 2022, "Model soups").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import torch

from claims.errors import ModelError
from claims.extraction import catalogue
from claims.extraction.network import ClaimsModel
from claims.training.corpus import Corpora
from claims.training.plan import Plan
from claims.training.run import Trained, ship, size_of, trained_model


def average(
    corpora: Corpora,
    out: Path,
    names: Sequence[str],
    *,
    plan: Plan | None = None,
    say: Callable[[str], None] = lambda _line: None,
) -> Trained:
    """Write the mean of trained models of one size to `out`, as `train` writes a model.

    Nothing is trained; thresholds, confidence and figures are those of the mean on the corpus's
    dev part. Raises `CorpusError` and `ModelError`.
    """
    folders = [catalogue.find(name) for name in names]
    if out.resolve() in [folder.resolve() for folder in folders]:
        raise ModelError(
            f"the mean would be written over {out}, which it is made of",
            repair="give another folder with --out",
        )
    dev = corpora.part("dev")
    say(f"taking the mean of {len(folders)} models")
    model = mean(
        [trained_model(folder)[0] for folder in folders], [folder.name for folder in folders]
    )
    return ship(
        model, folders[0], dev, out, plan=replace(plan or Plan(), mean=tuple(names)), say=say
    )


def mean(models: Sequence[ClaimsModel], names: Sequence[str]) -> ClaimsModel:
    """The mean, in the place of the first; raises `ModelError` for one of another size."""
    first = models[0]
    for model, name in zip(models, names, strict=True):
        if size_of(model) != size_of(first):
            raise ModelError(
                f"{name} is of another size than {names[0]}",
                repair="name models that went on from the same one",
            )
    every = [model.state_dict() for model in models]
    with torch.no_grad():
        for key, value in first.state_dict().items():
            stacked = torch.stack([one[key] for one in every])
            # What all share stays as it is to the last bit, so that files that hold it do too.
            value.copy_(torch.where((stacked == value).all(0), value, stacked.mean(0)))
    return first
