"""How well and how fast the models read marked articles, side by side with textacy, in one run.

usage: python -m benchmarks.extractor GOLD.jsonl [--labels TSV] [--model NAME ...]
                                      [--textacy-python PYTHON] [--side SIDE] [--articles N]
                                      [--rounds N] [--json]

Each model, and textacy, runs in a process of its own on one thread (`sides`). A first round reads
all articles and tells what it found, which is scored as `claims evaluate` scores; then come the
rounds that count, in which the sides take turns. All read the whole texts of the gold, and words
are counted at their white space; words of captions, credits and navigation, which Claims labels
and doesn't read on, count for it as for textacy (how many they are is told).

textacy's `direct_quotations` gives the tokens of speaker and cue and the quotation with its marks.
PolNeAR's contents hold their marks too, where all of the content is quoted, and the scorer holds
none against either side. What it tells is taken in its favour (`sides`): neighbouring
tokens make one span, quotations with the same speaker and cue are one attribution, and for the
scores it is asked paragraph by paragraph, since it refuses a whole text for an odd number of
quotation marks; its time is that of whole texts, as a user would run it. It has no stances and
names no speakers, so that what needs them is left open, "–"; so are ratios to a figure of textacy
that is nought.

The machine's limit is its rate of matrix products, taken between the rounds on one thread, over the
operations per word that the network must do (`limit` says what counts). The share of it is given
for the whole (blocks, the model, speakers and chains) and for the extractor alone.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.speed import Side
from claims.errors import ClaimsError, ModelError
from claims.evaluation import GoldArticle, evaluate, load_gold, load_predictions
from claims.evaluation.fields import read_rows
from claims.extraction import catalogue

MODELS = ("minilm", "accurate")
"""Those that are measured unless others are named; one that isn't there is left out."""
TEXTACY = "textacy"
SCORES = {
    "who_said_what, F1": "attributions.who_said_what.f1",
    "recall, unsourced": "attributions.recall.unsourced.r",
    "recall, indirect": "attributions.recall.indirect.r",
    "source, exact F1": "attributions.exact.source.f1",
    "cue, exact F1": "attributions.exact.cue.f1",
    "content, exact F1": "attributions.exact.content.f1",
    "stance, macro-F1": "labels.stance.macro_f1",
    "stance, accuracy": "labels.stance.acc",
    "fully_right, F1": "labels.fully_right",
}
"""Figures of the report by how the table names them."""
SPEED = "words per CPU-second"
ALONE = "… the extractor alone"
SHARE = "share of the machine's limit"
ALONE_SHARE = "… the extractor alone, of the limit"
LIMIT = "the limit, words per CPU-second"
OPERATIONS = "million operations per word"
RATE = "matrix products, GFLOP/s"
PADDING = "places of the encoder left empty"
FORMS = dict.fromkeys(SCORES, "{:.3f}") | {
    SPEED: "{:,.0f}",
    ALONE: "{:,.0f}",
    SHARE: "{:.1%}",
    ALONE_SHARE: "{:.1%}",
    LIMIT: "{:,.0f}",
    OPERATIONS: "{:.1f}",
    RATE: "{:.1f}",
    PADDING: "{:.1%}",
}
"""Rows of the table, each with how its values are written."""

Figures = dict[str, float | None]


def scores(
    gold: Sequence[GoldArticle], told: Sequence[Mapping[str, Any]], *, labels: bool
) -> Figures:
    """What `claims evaluate` says of attributions as a side tells them, by name in the table.

    Without `labels`, for a side that gives none, what needs them is left open.
    """
    texts = {article.id: article.text for article in gold}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predictions.jsonl"
        write_rows(path, [row | {"text": texts[row["id"]]} for row in map(dict, told)])
        report = evaluate(gold, load_predictions(path)).figures()
    return {
        name: report.get(key) if labels or not key.startswith("labels.") else None
        for name, key in SCORES.items()
    }


def against_limit(
    words: int, counted: Mapping[str, Any], rate: float, whole: float, alone: float
) -> Figures:
    """Speed against the machine's limit; `whole` and `alone` are words per CPU-second."""
    per_word = counted["operations"] / words
    limit = rate / per_word
    return {
        SPEED: whole,
        ALONE: alone,
        SHARE: whole / limit,
        ALONE_SHARE: alone / limit,
        LIMIT: limit,
        OPERATIONS: per_word / 1e6,
        RATE: rate / 1e9,
        PADDING: counted["encoder_padding"],
    }


def ratios(figures: Mapping[str, Figures]) -> dict[str, Figures]:
    """Each model's figures over textacy's, None where textacy has none or nought."""
    theirs = figures.get(TEXTACY, {})
    return {
        side: {
            name: value / other if value is not None and (other := theirs.get(name)) else None
            for name, value in ours.items()
        }
        for side, ours in figures.items()
        if side != TEXTACY
    }


def table(figures: Mapping[str, Figures]) -> list[str]:
    """Lines of a Markdown table: figures, a column for each side, ratios to textacy in brackets."""
    against = ratios(figures)
    rows = [["", *figures]]
    for name, form in FORMS.items():
        row = [name]
        for side, values in figures.items():
            value, ratio = values.get(name), against.get(side, {}).get(name)
            shown = "–" if value is None else form.format(value)
            row.append(shown if ratio is None else f"{shown} (×{ratio:.2f})")
        if any(cell != "–" for cell in row[1:]):
            rows.append(row)
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (w + 2) for w in widths) + "|")
    return lines


def write_rows(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write a file of JSON lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """All sides in turns, and all their figures."""
    gold = load_gold(options.gold, labels=options.labels)[: options.articles]
    models = chosen_models(options.model) if "claims" in options.side else []
    if not models and TEXTACY not in options.side:
        sys.exit("There is nothing to measure.")
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "articles.jsonl"
        write_rows(corpus, [row.values for row in islice(read_rows(options.gold), len(gold))])
        settings = {
            "texts": [article.text for article in gold],
            "names": [article.id for article in gold],
            "corpus": str(corpus),
            "threads": 1,
        }
        sides = {
            model: Side("claims", sys.executable, settings | {"model": model}) for model in models
        }
        if TEXTACY in options.side:
            sides[TEXTACY] = Side(TEXTACY, options.textacy_python, settings)
        told, rates = take_turns(sides, options.rounds)
    words = sum(len(article.text.split()) for article in gold)
    found = {
        name: figures_of(side, words, gold, told[name], rates[name]) for name, side in sides.items()
    }
    against = ratios({name: one["figures"] for name, one in found.items()})
    for name, figures in against.items():
        known = {figure: ratio for figure, ratio in figures.items() if ratio is not None}
        found[name]["ratio_to_textacy"] = known
    return {
        "articles": len(gold),
        "words": words,
        "rounds": options.rounds,
        "torch": version("torch"),
        "sides": found,
    }


def take_turns(
    sides: Mapping[str, Side], rounds: int
) -> tuple[dict[str, dict[str, Any]], dict[str, list[dict[str, Any]]]]:
    """What each side tells in the round that doesn't count, and each model's rates of products."""
    told: dict[str, dict[str, Any]] = {}
    rates: dict[str, list[dict[str, Any]]] = {name: [] for name in sides}
    for number in range(rounds + 1):
        for name, side in sides.items():
            say(f"round {number} of {rounds}: {name}")
            if number:
                side.run(keep=True)
            else:
                told[name] = side.ask("tell")
            if name != TEXTACY:
                rates[name].append(side.ask("rate"))
    for side in sides.values():
        side.close()
    return told, rates


def figures_of(
    side: Side,
    words: int,
    gold: Sequence[GoldArticle],
    told: Mapping[str, Any],
    rates: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """All that was measured of one side; `figures` holds what the table shows."""
    speed = side.figures(words)
    figures = scores(gold, told["found"], labels=bool(rates))
    if not rates:
        figures[SPEED] = speed["words_per_cpu_second"]
        return {**speed, "refused": side.rounds[-1]["refused"], "figures": figures}
    best = max(rates, key=lambda one: float(one["found"]["layer"]))
    alone = median(words / one["extractor"] for one in side.rounds)
    figures |= against_limit(
        words, told["counted"], best["found"]["layer"], speed["words_per_cpu_second"], alone
    )
    return {
        **speed,
        "dtype": best["dtype"],
        "rates": best["found"],
        "counted": told["counted"],
        "words_not_read": told["words_not_read"],
        "figures": figures,
    }


def chosen_models(named: Sequence[str] | None) -> list[str]:
    """The models to measure; one that was named must be there, of the others what is."""
    models = []
    for name in named or MODELS:
        try:
            catalogue.find(name)
        except ModelError as error:
            if named:
                raise
            say(f"left out: {error.message}")
            continue
        models.append(name)
    return models


def say(line: str) -> None:
    """A line on standard error."""
    print(line, file=sys.stderr, flush=True)


def show(result: Mapping[str, Any]) -> None:
    """Print the table, with what it was measured on."""
    print(
        f"{result['articles']} articles, {result['words']:,} words, {result['rounds']} rounds,"
        f" one thread, torch {result['torch']}; in brackets: times textacy's figure\n"
    )
    print("\n".join(table({name: side["figures"] for name, side in result["sides"].items()})))
    print()
    for name, side in result["sides"].items():
        line = (
            f"{name}: {side['side']}; {side['slowest']:,} to {side['fastest']:,} words"
            f" per CPU-second, {side['loading_cpu_seconds']} s to load"
        )
        if "counted" in side:
            counted = side["counted"]
            roles = counted["of_roles"] / counted["operations"]
            line += (
                f"; {side['dtype']}, {counted['rows']} rows a batch, {roles:.0%} of the operations"
                f" for roles; {side['words_not_read']:,} words in blocks that aren't read"
            )
        else:
            line += f"; refuses {side['refused']} of the articles as a whole"
        print(line)


def at_least_one(text: str) -> int:
    """A whole number from 1 on."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.extractor",
        description="How well and how fast the models read marked articles, beside textacy.",
    )
    parser.add_argument("gold", type=Path, help="marked articles, JSON lines")
    parser.add_argument("--labels", type=Path, help="stance and speaker by article and index")
    parser.add_argument(
        "--model",
        nargs="+",
        metavar="NAME",
        help=f"default: {' and '.join(MODELS)}, where they are there",
    )
    parser.add_argument(
        "--textacy-python",
        default=sys.executable,
        metavar="PYTHON",
        help="interpreter of the environment with benchmarks/requirements.txt",
    )
    parser.add_argument("--side", action="append", choices=["claims", TEXTACY], help="only this")
    parser.add_argument("--articles", type=at_least_one, help="only so many, from the first on")
    parser.add_argument("--rounds", type=at_least_one, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    options.side = options.side or ["claims", TEXTACY]
    return options


def main() -> None:
    """Measure and print."""
    options = arguments()
    try:
        result = measure(options)
    except ClaimsError as error:
        sys.exit(str(error))
    if options.json:
        print(json.dumps(result, indent=2))
    else:
        show(result)


if __name__ == "__main__":
    main()
