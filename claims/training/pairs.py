"""Training the model of pairs (`claims.matching.pairs`) on pairs that were read and labelled.

Two sources: a table of labelled pairs, and labelled claims, whose members are pairs of one claim
and whose other combinations are pairs of two. Figures come from cross-validation over events: no
pair of an event is judged by a model that saw another pair of it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 (its usual name)
from torch import nn

from claims.evaluation.claims import ClaimScores, GoldClaims, Key, load_claims, score_claims
from claims.matching.baseline import by_cosine
from claims.matching.candidates import candidates
from claims.matching.grouping import Relation, group
from claims.matching.pairs import LABELS, PairLabel, PairModel, Scores
from claims.matching.statements import Statement
from claims.training.corpus import Corpora
from claims.training.pair_material import (
    Labelled,
    Material,
    cells,
    evening,
    given_article,
    material,
    of_chance,
    of_claims,
    of_table,
    read_pairs,
)

HIDDEN, PENALTY, STEPS, RATE, MEMBERS = 24, 3e-3, 300, 0.02, 4
FOLDS = 8
WEIGHTS = {
    PairLabel.DIFFERENT: 0.6,
    PairLabel.SAME: 1.0,
    PairLabel.OPPOSES: 2.0,
    PairLabel.UPDATES: 1.0,
    PairLabel.NARROWER: 1.0,
}
THRESHOLDS = [step / 4 for step in range(-6, 3)]
TILTS = [step / 2 for step in range(4)]
LEAST_APART, LEAST_PRECISION = 0.85, 0.9
"""Near misses apart and B-cubed precision under which no threshold is taken."""


def rarity(statements: Iterable[Statement]) -> dict[str, float]:
    """Inverse document frequency of the stems that occur, scaled to 0…1."""
    counts: Counter[str] = Counter()
    total = 0
    for statement in statements:
        counts.update(statement.contents.stems)
        total += 1
    return {
        stem: round(math.log(total / (1 + n)) / math.log(total), 3) if total > 2 else 1.0
        for stem, n in counts.items()
        if n > 1
    }


def fit(rows: np.ndarray, labels: Sequence[PairLabel], *, seed: int = 0) -> dict[str, np.ndarray]:
    """Weights as `PairModel` takes them: `MEMBERS` networks whose logits are averaged."""
    mean, scale = rows.mean(0), rows.std(0) + 0.05
    inputs = torch.tensor((rows - mean) / scale)
    targets = torch.tensor([LABELS.index(label) for label in labels])
    weight = torch.tensor([WEIGHTS[label] for label in labels])
    parts = []
    for member in range(MEMBERS):
        torch.manual_seed(seed + member)
        net = nn.Sequential(
            nn.Linear(rows.shape[1], HIDDEN), nn.Tanh(), nn.Linear(HIDDEN, len(LABELS))
        )
        optimizer = torch.optim.Adam(net.parameters(), lr=RATE)
        for _ in range(STEPS):
            optimizer.zero_grad()
            losses = F.cross_entropy(net(inputs), targets, reduction="none")
            loss = (losses * weight).sum() / weight.sum()
            loss = loss + PENALTY * sum((p**2).sum() for p in net.parameters())
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
        parts.append({name: p.detach().numpy() for name, p in net.named_parameters()})
    return {
        "mean": mean,
        "scale": scale,
        "hidden": np.concatenate([p["0.weight"].T for p in parts], 1),
        "hidden_bias": np.concatenate([p["0.bias"] for p in parts]),
        "out": np.concatenate([p["2.weight"].T for p in parts]) / MEMBERS,
        "out_bias": np.mean([p["2.bias"] for p in parts], 0),
    }


@dataclass(frozen=True, slots=True)
class CrossValidated:
    """What held-out pairs say, and the threshold that they favour."""

    threshold: float
    tilt: float
    scores: ClaimScores
    by_threshold: dict[float, ClaimScores]


def cross_validate(
    gold: GoldClaims,
    given: Material,
    own: Labelled,
    more: tuple[np.ndarray, list[PairLabel]],
    reader: PairModel,
) -> CrossValidated:
    """Group *all* statements of the material, each labelled pair by a model that saw neither event.

    Pairs that nobody labelled have the mean of all models; only pairs that would be compared count.
    `more` are rows and labels that are always learned from. The threshold is chosen so that B-cubed
    F1 is largest where near misses stay apart and precision is high.
    """
    rows = rows_of(given, own, reader)
    compared = set(candidates(given.vectors, cells(given.vectors)))
    rest = sorted(compared - set(own.pairs))
    every = [*own.pairs, *rest]
    features_of_rest = reader.features(given.statements, rest, given.vectors)
    events = sorted({event for each in own.events for event in each})
    fold = {event: n % FOLDS for n, event in enumerate(events)}
    total = np.zeros((len(every), len(LABELS)))
    for number in range(FOLDS):
        held = np.array([any(fold[e] == number for e in each) for each in own.events])
        learned = [label for label, out in zip(own.labels, held, strict=True) if not out]
        weights = fit(np.concatenate([rows[~held], more[0]]), [*learned, *more[1]])
        model = PairModel(weights, {})
        total[: len(rows)][held] += model.probabilities(rows[held])
        total[len(rows) :] += model.probabilities(features_of_rest)
    total /= np.maximum(total.sum(1, keepdims=True), 1e-9)
    scores = {p: Scores(*map(float, x)) for p, x in zip(every, total, strict=True) if p in compared}
    asked = dict(enumerate(given.statements))
    name = {place: key for key, place in given.place.items()}
    found = {t: _scored(gold, asked, scores, name, t) for t in THRESHOLDS}
    fit_ones = {t: s for t, s in found.items() if _is_careful(s)} or found
    best = max(fit_ones, key=lambda t: fit_ones[t].f1)
    tilted = {t: _scored(gold, asked, scores, name, best, t) for t in TILTS}
    tilt = max(TILTS, key=lambda t: tilted[t].opposition or 0.0)
    return CrossValidated(best, tilt, tilted[tilt], found)


def _is_careful(scores: ClaimScores) -> bool:
    apart = scores.near_misses_apart
    return (apart is None or apart >= LEAST_APART) and scores.precision >= LEAST_PRECISION


def _scored(  # noqa: PLR0917 (private)
    gold: GoldClaims,
    asked: Mapping[int, Statement],
    scores: Mapping[tuple[int, int], Scores],
    name: Mapping[int, Key],
    threshold: float,
    tilt: float = 0.0,
) -> ClaimScores:
    grouping = group(asked, scores, threshold=threshold, tilt=tilt)
    grouped = {
        name[member]: (number, one.relations[member] is Relation.OPPOSES)
        for number, one in enumerate(grouping.groups)
        for member in one.members
    }
    return score_claims(gold, grouped)


def rows_of(given: Material, labelled: Labelled, reader: PairModel) -> np.ndarray:
    """(N, F) features of labelled pairs."""
    return reader.features(given.statements, labelled.pairs, given.vectors)


def save(
    weights: Mapping[str, np.ndarray],
    known: Mapping[str, float],
    centres: np.ndarray,
    chosen: CrossValidated,
    out: Path,
) -> PairModel:
    """Write the model to a folder."""
    as_float16 = {name: w.astype(np.float16) for name, w in {**weights, "cells": centres}.items()}
    model = PairModel(as_float16, known, chosen.threshold, chosen.tilt)
    model.save(out)
    return model


@dataclass(frozen=True, slots=True)
class Given:
    """Where the material lies: corpus and label folders, labelled pairs and labelled claims."""

    corpus: Path
    labels: Path
    pairs: Path
    claims: Path


def train(
    given: Given,
    vectors_of: Callable[[Sequence[Statement]], np.ndarray],
    out: Path,
    *,
    say: Callable[[str], None],
) -> dict[str, ClaimScores]:
    """Train, write the model with its card to `out`, and give the figures by what they are of.

    Raises `CorpusError`.
    """
    corpora = Corpora(given.corpus, labels=given.labels)
    rows_given = read_pairs(given.pairs)
    named = {key[0] for a, b, _ in rows_given for key in (a, b)}
    say(f"reading and encoding {len(named)} articles of the train part")
    learned = material(
        [given_article(a) for a in corpora.part("train") if a.id in named], vectors_of
    )
    say("reading and encoding the dev part")
    held = material([given_article(a) for a in corpora.part("dev")], vectors_of)
    known = rarity(learned.statements)
    even = evening(learned.vectors)
    reader = PairModel(even, known)
    gold = load_claims(given.claims)
    table = of_table(rows_given, learned)
    own = of_claims(gold, held)
    chance = of_chance(learned, table)
    more = (
        np.concatenate([rows_of(learned, table, reader), rows_of(learned, chance, reader)]),
        [*table.labels, *chance.labels],
    )
    rows = rows_of(held, own, reader)
    say(f"cross-validating: {len(table.pairs)} labelled pairs, {len(own.pairs)} of claims")
    chosen = cross_validate(gold, held, own, more, reader)
    weights = fit(np.concatenate([rows, more[0]]), [*own.labels, *more[1]])
    save({**weights, **even}, known, cells(learned.vectors), chosen, out)
    figures = {
        "cosine alone": cosine_baseline(gold, held),
        "cross-validated": chosen.scores,
    }
    (out / "README.md").write_text(card(chosen, figures, table, own), encoding="utf-8")
    return figures


def cosine_baseline(gold: GoldClaims, given: Material) -> ClaimScores:
    """The plain baseline over all statements: the words' cosine, at the best threshold for it."""
    asked = dict(enumerate(given.statements))
    name = {place: key for key, place in given.place.items()}
    pairs = candidates(given.vectors, cells(given.vectors))
    found = [
        _scored(gold, asked, by_cosine(pairs, given.vectors, least), name, 0.0)
        for least in (0.45, 0.5, 0.55, 0.6, 0.65)
    ]
    return max(found, key=lambda s: s.f1)


def card(
    chosen: CrossValidated, figures: Mapping[str, ClaimScores], table: Labelled, own: Labelled
) -> str:
    """The model card, with the figures of cross-validation."""
    lines = "\n".join(
        f"| {name} | {s.f1:.3f} | {s.precision:.3f} | {s.recall:.3f} |"
        f" {s.near_misses_apart or 0:.3f} | {s.opposition or 0:.3f} |"
        for name, s in figures.items()
    )
    counts = Counter(str(label) for label in (*table.labels, *own.labels))
    told = ", ".join(f"{n} {label}" for label, n in counts.most_common())
    return _CARD.format(
        figures=lines, pairs=told, threshold=chosen.threshold, tilt=chosen.tilt, folds=FOLDS
    )


_CARD = """\
# pairs

Tells whether two statements are one claim, and on which sides of it they stand: a small network
over features that can be read (`claims.matching.features`). Part of [Claims](../../README.md).

Trained on pairs of attributions of PolNeAR 1.0.0's train part that were labelled for this project
by language-model annotators, one pass (`seeds/pairs.tsv`: ids, places and labels, no text), and on
labelled claims of its dev part: {pairs}. What follows for its use: [LICENSE.md](../LICENSE.md).
`claims train-pairs --help` shows how to repeat it.

All attributions of the dev part are grouped, given their spans, stances and speakers; scored are
the labelled ones, by the pairs that the program would compare. {folds}-fold cross-validated over
events: no labelled pair is judged by a model that saw another pair of its event; the thresholds
were chosen on the same figures. The written model learned from all events.

| | B-cubed F1 | precision | recall | near misses apart | opposition F1 |
|---|---|---|---|---|---|
{figures}

A claim's mean pair must reach log-odds of {threshold:g}; two members oppose each other under
{tilt:g}.

It knows US politics of 2016. Same topic for same claim is its usual mistake, and an opposition that
no word marks is mostly missed: a claim's members are there to be read.
"""
