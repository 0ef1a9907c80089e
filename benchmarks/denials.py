"""Recall of the rare stances, pooled over five folds of all labelled attributions.

    python benchmarks/denials.py FOLDER --labels FOLDER [--model NAME] [--json]

Dev alone has some twenty denials and doubts. Here train and dev are put together and split by
article into five folds; for each a fresh stance head is trained on the other four, on top of the
shipped network, which stays as it is. Cues are given. The network itself has seen the train part's
labels, so the figures are an upper bound of what it finds in new text.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from claims.extraction import load
from claims.extraction.network import ClaimsModel, collate
from claims.extraction.roles.network import STANCES
from claims.extraction.shapes import Cue
from claims.extraction.words import WordReader
from claims.training import Corpora
from claims.training.labels import IGNORE, examples

FOLDS, EPOCHS, SIZE = 5, 12, 128


def main() -> None:
    """Print recall, precision and number of each stance."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("corpus", type=Path, help="folder with train.jsonl and dev.jsonl")
    parser.add_argument("--labels", type=Path, required=True, help="folder with train.tsv, dev.tsv")
    parser.add_argument("--model", default="minilm")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    torch.manual_seed(1)
    extractor = load(arguments.model, precision="float32")
    corpora = Corpora(arguments.corpus, arguments.labels)
    points, stances, articles = summaries(extractor.model, extractor.reader, corpora)
    found = torch.zeros_like(stances)
    for fold in range(FOLDS):
        held = articles % FOLDS == fold
        found[held] = predict(points[~held], stances[~held], points[held])
    figures = {
        label.value: {
            "recall": round(float((found[stances == i] == i).float().mean()), 3),
            "precision": round(float((stances[found == i] == i).float().mean()), 3),
            "n": int((stances == i).sum()),
        }
        for i, label in enumerate(STANCES)
    }
    print(
        json.dumps(figures) if arguments.json else "\n".join(f"{k} {v}" for k, v in figures.items())
    )


def summaries(
    model: ClaimsModel, reader: WordReader, corpora: Corpora
) -> tuple[Tensor, Tensor, Tensor]:
    """What the network knows of each labelled cue: (N, D), its stance (N,), its article (N,)."""
    seen: list[Tensor] = []
    hook = model.role_tagger.judge.register_forward_hook(
        lambda _module, inputs, _output: seen.append(inputs[0])
    )
    stances: list[int] = []
    articles: list[int] = []
    labelled = [a for part in ("train", "dev") for a in corpora.part(part)]
    with torch.inference_mode():
        for number, article in enumerate(labelled):
            for example in examples(article, reader, frozenset(), 254):
                marked = [c for c in example.cues if c.stance != IGNORE]
                if not marked:
                    continue
                tokens: dict[str, Any] = model.config.special_tokens
                batch = collate([example.window], **tokens)
                region = example.window.region
                cues = [Cue(0, c.start, c.end, *region(c.start, c.end)) for c in marked]
                model.roles(model.encode(batch), batch, cues)
                stances += [c.stance for c in marked]
                articles += [number] * len(marked)
    hook.remove()
    return torch.cat(seen).clone(), torch.tensor(stances), torch.tensor(articles)


def predict(points: Tensor, stances: Tensor, held: Tensor) -> Tensor:
    """Stances (M,) of `held` (M, D) by a head trained on the rest."""
    head = nn.Sequential(
        nn.Linear(points.shape[1], 160), nn.GELU(), nn.Dropout(0.2), nn.Linear(160, len(STANCES))
    )
    counts = torch.bincount(stances, minlength=len(STANCES)).clamp(min=1)
    weight = (counts.sum() / counts).sqrt().clamp(max=8)
    steps = EPOCHS * (-(-len(points) // SIZE))
    optimizer = torch.optim.AdamW(head.parameters(), lr=1e-3, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.02, steps)
    for _ in range(EPOCHS):
        for some in torch.randperm(len(points)).split(SIZE):
            loss = F.cross_entropy(head(points[some]), stances[some], weight=weight)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    head.eval()
    with torch.no_grad():
        found: Tensor = head(held).argmax(-1)
    return found


if __name__ == "__main__":
    main()
