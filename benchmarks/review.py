"""How fast a desk finds errors: the queue's order against chance, with the gold as the reviewer.

usage: python benchmarks/review.py GOLD.jsonl [--labels TSV] [--model NAME] [--seeds N] [--json]

GOLD.jsonl holds labelled articles (stance and speaker), such as /…/polnear/dev.jsonl with its
labels. An item is an attribution, or a candidate under the threshold; an error is an attribution
that isn't fully right (content, stance and speaker, as `claims evaluate` has it), or a candidate
that is one of the gold attributions which no attribution matches. Gold attributions that neither
finds can't be found by reviewing, and are given apart. Nested ones are left out, since the gold
has none.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from typing import Any

from claims import pipeline
from claims.documents import from_text
from claims.evaluation.gold import GoldArticle, prediction_of
from claims.evaluation.labels import review
from claims.evaluation.reading import load_gold
from claims.extraction import load
from claims.records import Attribution, Document, Extraction
from claims.review.order import spread, uncertainty, value

SHARES = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7)
STEP = 100
"""Decisions after which the errors that are left are counted."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the queue, in the order in which articles came."""

    article: int
    is_missed: bool
    is_error: bool
    uncertainty: float
    plain: float
    worth: float
    speaker: str


@dataclass(frozen=True, slots=True)
class Queue:
    """All items, and how many gold attributions stand in none of them."""

    items: list[Item]
    unseen: int


def queue_of(articles: Sequence[GoldArticle], model: str) -> Queue:
    """Read the articles and hold every item against the gold."""
    extractor = load(model)
    documents = [from_text(article.text, name=article.id) for article in articles]
    items: list[Item] = []
    unseen = 0
    for n, (article, document, extraction) in enumerate(
        zip(articles, documents, pipeline.understand(documents, extractor), strict=True)
    ):
        found = [a for a in extraction.attributions if a.parent is None]
        offered = [a for a in extraction.candidates if a.parent is None]
        reviewed = review(article, _marked(document, extraction, found))
        recovered = reviewed.recovers(article.text, _marked(document, extraction, offered))
        unseen += len(reviewed.missed) - sum(recovered)
        worths = _Worths(extraction)
        items += [
            _item(n, a, worths, is_missed=False, is_error=not right)
            for a, right in zip(found, reviewed.right, strict=True)
            if right is not None
        ]
        items += [
            _item(n, a, worths, is_missed=True, is_error=is_real)
            for a, is_real in zip(offered, recovered, strict=True)
        ]
    return Queue(items, unseen)


def _marked(document: Document, extraction: Extraction, chosen: Sequence[Attribution]) -> Any:
    return prediction_of(document, replace(extraction, attributions=tuple(chosen))).attributions


class _Worths:
    def __init__(self, extraction: Extraction) -> None:
        self._sentences = extraction.sentences

    def of(self, one: Attribution) -> float:
        at = one.cue[0].start
        return next((s.worth for s in self._sentences if s.start <= at < s.end), 0.0)


def _item(n: int, one: Attribution, worths: _Worths, *, is_missed: bool, is_error: bool) -> Item:
    return Item(
        article=n,
        is_missed=is_missed,
        is_error=is_error,
        uncertainty=uncertainty(
            one.confidence, is_missed=is_missed, stance=one.stance, speakers=one.speakers
        ),
        plain=uncertainty(one.confidence, is_missed=is_missed),
        worth=worths.of(one),
        speaker=one.speaker,
    )


def orders(items: Sequence[Item]) -> dict[str, list[int]]:
    """Indices of the items in each order but chance."""
    values = [value(i.uncertainty, i.worth, 1, 0.0) for i in items]
    worth = spread(values, [i.speaker for i in items])

    def best(scores: Sequence[float]) -> list[int]:
        return sorted(range(len(items)), key=lambda i: -scores[i])

    return {
        "uncertainty": best([i.uncertainty for i in items]),
        "confidence alone": best([i.plain for i in items]),
        "value": best(worth),
        "newest": best([float(i.article) for i in items]),
    }


def curve(items: Sequence[Item], order: Sequence[int]) -> list[int]:
    """Errors found after each decision; the first entry is that of none."""
    found = [0]
    for i in order:
        found.append(found[-1] + items[i].is_error)
    return found


def at_random(items: Sequence[Item], seeds: int) -> list[float]:
    """The mean curve of so many shuffled orders."""
    curves = []
    for seed in range(seeds):
        order = list(range(len(items)))
        random.Random(seed).shuffle(order)
        curves.append(curve(items, order))
    return [fmean(points) for points in zip(*curves, strict=True)]


def area(items: Sequence[Item], scores: Sequence[float]) -> float:
    """Chance that an error has a higher score than what is none (AUC); ties count half."""
    ranked = sorted(zip(scores, (i.is_error for i in items), strict=True))
    below = 0
    total = 0.0
    k = 0
    while k < len(ranked):
        end = k
        while end < len(ranked) and ranked[end][0] == ranked[k][0]:
            end += 1
        errors = sum(is_error for _, is_error in ranked[k:end])
        others = end - k - errors
        total += errors * (below + others / 2)
        below += others
        k = end
    errors = sum(i.is_error for i in items)
    return total / (errors * (len(items) - errors))


def simulate(queue: Queue, seeds: int) -> dict[str, Any]:
    """All figures."""
    items = queue.items
    chance = at_random(items, seeds)
    curves = {name: curve(items, order) for name, order in orders(items).items()}
    every: dict[str, Sequence[float]] = {**curves, "random": chance}
    errors = sum(i.is_error for i in items)
    kept = [i for i in items if not i.is_missed]
    return {
        "items": len(items),
        "candidates": len(items) - len(kept),
        "errors": errors,
        "missed_found": sum(i.is_error for i in items if i.is_missed),
        "in_no_item": queue.unseen,
        "auc": {
            "all": area(items, [i.uncertainty for i in items]),
            "all, confidence alone": area(items, [i.plain for i in items]),
            "attributions": area(kept, [i.uncertainty for i in kept]),
            "attributions, confidence alone": area(kept, [i.plain for i in kept]),
        },
        "ratio": {
            name: {str(s): c[round(s * len(items))] / chance[round(s * len(items))] for s in SHARES}
            for name, c in curves.items()
        },
        "found": {
            name: {str(s): c[round(s * len(items))] / errors for s in SHARES}
            for name, c in every.items()
        },
        "left": {
            name: [round(errors - c[n], 1) for n in range(0, len(items), STEP)]
            for name, c in every.items()
        },
    }


def show(figures: dict[str, Any]) -> None:
    """Print the figures as tables."""
    print(
        f"{figures['items']} items, {figures['candidates']} of them candidates;"
        f" {figures['errors']} errors, {figures['missed_found']} of them missed attributions."
        f" In no item: {figures['in_no_item']} gold attributions."
    )
    for name, area_ in figures["auc"].items():
        print(f"  AUC {name}: {area_:.3f}")
    print("\nshare of the errors found, and how many times as many as at random:")
    print(f"{'order':18}" + "".join(f"{float(s):>14.0%}" for s in figures["found"]["random"]))
    for name, row in figures["found"].items():
        ratios = figures["ratio"].get(name)
        cells = (f"{v:.3f}" + (f" ×{ratios[s]:.2f}" if ratios else "") for s, v in row.items())
        print(f"{name:18}" + "".join(f"{cell:>14}" for cell in cells))
    print("\nerrors left after so many decisions:")
    steps = range(0, figures["items"], 2 * STEP)
    print(f"{'order':18}" + "".join(f"{n:>7}" for n in steps))
    for name, left in figures["left"].items():
        print(f"{name:18}" + "".join(f"{left[n // STEP]:>7.0f}" for n in steps))


def main() -> None:
    """Read the command line, simulate, print."""
    parser = argparse.ArgumentParser(description="Errors found against decisions made.")
    parser.add_argument("gold", type=Path, help="labelled articles, JSON lines")
    parser.add_argument("--labels", type=Path, help="stance and speaker by article and index")
    parser.add_argument("--model", default="minilm")
    parser.add_argument("--seeds", type=int, default=20, help="shuffled orders to take the mean of")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    articles = [a for a in load_gold(options.gold, labels=options.labels) if a.labelled]
    figures = simulate(queue_of(articles, options.model), options.seeds)
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        show(figures)


if __name__ == "__main__":
    main()
