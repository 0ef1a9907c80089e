"""Training the model of pairs (`claims.matching.pairs`) on pairs that were read and labelled.

Two sources: a table of labelled pairs, and labelled claims, whose members are pairs of one claim
and whose other combinations are pairs of two. Figures come from cross-validation over events: no
pair of an event is judged by a model that saw another pair of it.
"""

from __future__ import annotations

import csv
import math
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 (its usual name)
from torch import nn

from claims.errors import CorpusError
from claims.evaluation.claims import ClaimScores, GoldClaims, Key, load_claims, score_claims
from claims.evaluation.gold import GoldArticle
from claims.matching.baseline import by_cosine
from claims.matching.candidates import candidates, joint
from claims.matching.files import Given as GivenArticle
from claims.matching.files import GivenAttribution
from claims.matching.given import Completer
from claims.matching.grouping import Relation, group
from claims.matching.pairs import LABELS, PairLabel, PairModel, Scores
from claims.matching.statements import Statement, read_statements
from claims.records import Stance
from claims.sources.registry import Registry
from claims.training.corpus import Corpora

HIDDEN, PENALTY, STEPS, RATE, MEMBERS = 24, 3e-3, 300, 0.02, 4
FOLDS = 8
CELLS = 256
CHANCE, LIKELY = 2500, 0.6
"""So many unlabelled pairs are taken to be different, none of a cosine above the second."""
LEAST = 0.3
"""Cosine from which two labelled statements of different claims are taken as a pair."""
WEIGHTS = {
    PairLabel.DIFFERENT: 0.6,
    PairLabel.SAME: 1.0,
    PairLabel.OPPOSES: 2.0,
    PairLabel.UPDATES: 1.0,
    PairLabel.NARROWER: 1.0,
}
THRESHOLDS = [step / 4 for step in range(-6, 3)]
TILTS = [step / 2 for step in range(4)]


@dataclass(frozen=True, slots=True)
class Material:
    """The statements of some articles by attribution, with their vectors (S, 2, D)."""

    statements: list[Statement]
    vectors: np.ndarray
    place: dict[Key, int]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Pairs (places in the material), their labels, and the events that each belongs to."""

    pairs: list[tuple[int, int]]
    labels: list[PairLabel]
    events: list[frozenset[str]]


def material(
    articles: Sequence[GivenArticle],
    vectors_of: Callable[[Sequence[Statement]], np.ndarray],
    *,
    progress: Callable[[int], None] | None = None,
) -> Material:
    """Read and encode the statements of articles."""
    complete, registry = Completer(None), Registry.shipped()
    statements: list[Statement] = []
    place: dict[Key, int] = {}
    for number, article in enumerate(articles):
        for statement in read_statements(
            number, article.text, complete(article), published=article.published,
            registry=registry,
        ):  # fmt: skip
            if statement.attribution is not None:
                place[article.id, statement.attribution] = len(statements)
            statements.append(statement)
        if progress:
            progress(1)
    return Material(statements, vectors_of(statements), place)


def read_pairs(path: Path) -> list[tuple[Key, Key, PairLabel]]:
    """Labelled pairs: article, index, article, index, label; tab-separated. `CorpusError`."""
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t"), 1):
            try:
                a, i, b, j, label = row
                found.append(((a, int(i)), (b, int(j)), PairLabel(label)))
            except ValueError as error:
                raise CorpusError(
                    f"{path}, line {number}: {error}",
                    repair="give article, index, article, index and label, with tabs between",
                ) from error
    return found


def of_table(rows: Iterable[tuple[Key, Key, PairLabel]], given: Material) -> Labelled:
    """The pairs of a table whose statements are in the material; each is its own event."""
    pairs, labels, events = [], [], []
    for a, b, label in rows:
        i, j = given.place.get(a), given.place.get(b)
        if i is not None and j is not None:
            pairs.append((min(i, j), max(i, j)))
            labels.append(label)
            events.append(frozenset({f"{a[0]} {b[0]}"}))
    return Labelled(pairs, labels, events)


def of_chance(given: Material, table: Labelled, *, count: int = CHANCE, seed: int = 4) -> Labelled:
    """Candidate pairs of different articles that nobody labelled, taken to be different claims.

    The labelled ones were picked among the likest; in use nearly all candidates are different, and
    a model that hasn't seen it joins what merely has a topic in common.
    """
    known = set(table.pairs)
    pairs = [
        (a, b)
        for a, b in candidates(given.vectors, cells(given.vectors))
        if (a, b) not in known
        and given.statements[a].article != given.statements[b].article
        and float(joint(given.vectors[[a]])[0] @ joint(given.vectors[[b]])[0]) < LIKELY
    ]
    random.Random(seed).shuffle(pairs)  # noqa: S311 (nothing secret)
    taken = sorted(pairs[:count])
    labels = [PairLabel.DIFFERENT] * len(taken)
    return Labelled(taken, labels, [frozenset()] * len(taken))


def of_claims(gold: GoldClaims, given: Material) -> Labelled:
    """All pairs of labelled attributions: of one claim, or of two that are not too unlike."""
    homes: dict[int, set[int]] = {}
    event: dict[int, str] = {}
    side: dict[tuple[int, int], bool] = {}
    for number, claim in enumerate(gold.claims):
        for key, opposes in claim.members.items():
            place = given.place.get(key)
            if place is not None:
                homes.setdefault(place, set()).add(number)
                event.setdefault(place, claim.event)
                side[place, number] = opposes
    near = {
        (min(a, b), max(a, b))
        for first, second in gold.near_misses
        if (a := given.place.get(first)) is not None and (b := given.place.get(second)) is not None
    }
    flat = joint(given.vectors)
    pairs, labels, events = [], [], []
    for a, b in combinations(sorted(set(homes) | {p for pair in near for p in pair}), 2):
        common = homes.get(a, set()) & homes.get(b, set())
        if common:
            same = all(side[a, n] == side[b, n] for n in common)
            label = PairLabel.SAME if same else PairLabel.OPPOSES
        elif (a, b) in near or (a in homes and b in homes and float(flat[a] @ flat[b]) >= LEAST):
            label = PairLabel.DIFFERENT
        else:
            continue
        pairs.append((a, b))
        labels.append(label)
        events.append(frozenset(event[p] for p in (a, b) if p in event))
    return Labelled(pairs, labels, events)


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


def cells(vectors: np.ndarray, *, rounds: int = 8, seed: int = 0) -> np.ndarray:
    """(`CELLS`, 2 * D) unit vectors among which statements are filed: spherical k-means."""
    flat = joint(vectors)
    chooser = np.random.default_rng(seed)
    centres = flat[chooser.choice(len(flat), min(CELLS, len(flat)), replace=False)].copy()
    for _ in range(rounds):
        nearest = np.concatenate(
            [(flat[s : s + 2048] @ centres.T).argmax(1) for s in range(0, len(flat), 2048)]
        )
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, flat)
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(norms > 0, sums / np.maximum(norms, 1e-9), centres)
    return np.asarray(centres, np.float32)


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
    known: Mapping[str, float],
) -> CrossValidated:
    """Group *all* statements of the material, each labelled pair by a model that saw neither event.

    Pairs that nobody labelled have the mean of all models. `more` are rows and labels that are
    always learned from. The threshold is chosen so that near misses stay apart (0.85) and B-cubed
    F1 is largest.
    """
    rows = rows_of(given, own, known)
    rest = sorted(set(candidates(given.vectors, cells(given.vectors))) - set(own.pairs))
    every = [*own.pairs, *rest]
    features_of_rest = PairModel({}, known).features(given.statements, rest, given.vectors)
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
    scores = {p: Scores(*map(float, x)) for p, x in zip(every, total, strict=True) if x.sum()}
    asked = dict(enumerate(given.statements))
    name = {place: key for key, place in given.place.items()}
    found = {t: _scored(gold, asked, scores, name, t) for t in THRESHOLDS}
    apart = {t: s for t, s in found.items() if (s.near_misses_apart or 1) >= 0.85}
    best = max(apart or found, key=lambda t: (apart or found)[t].f1)
    tilted = {t: _scored(gold, asked, scores, name, best, t) for t in TILTS}
    tilt = max(TILTS, key=lambda t: tilted[t].opposition or 0.0)
    return CrossValidated(best, tilt, tilted[tilt], found)


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


def rows_of(given: Material, labelled: Labelled, known: Mapping[str, float]) -> np.ndarray:
    """(N, F) features of labelled pairs."""
    model = PairModel({}, known)
    return model.features(given.statements, labelled.pairs, given.vectors)


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
    learned = material([_given(a) for a in corpora.part("train") if a.id in named], vectors_of)
    say("reading and encoding the dev part")
    held = material([_given(a) for a in corpora.part("dev")], vectors_of)
    known = rarity(learned.statements)
    gold = load_claims(given.claims)
    table = of_table(rows_given, learned)
    own = of_claims(gold, held)
    chance = of_chance(learned, table)
    more = (
        np.concatenate([rows_of(learned, table, known), rows_of(learned, chance, known)]),
        [*table.labels, *chance.labels],
    )
    rows = rows_of(held, own, known)
    say(f"cross-validating: {len(table.pairs)} labelled pairs, {len(own.pairs)} of claims")
    chosen = cross_validate(gold, held, own, more, known)
    weights = fit(np.concatenate([rows, more[0]]), [*own.labels, *more[1]])
    save(weights, known, cells(learned.vectors), chosen, out)
    figures = {
        "cosine alone": cosine_baseline(gold, held),
        "cross-validated": chosen.scores,
    }
    (out / "README.md").write_text(card(chosen, figures, table, own), encoding="utf-8")
    return figures


def _given(article: GoldArticle) -> GivenArticle:
    return GivenArticle(
        id=article.id,
        text=article.text,
        published=_day_of(article.id),
        attributions=tuple(
            GivenAttribution(
                a.source,
                a.cue,
                a.content,
                Stance(a.stance) if a.stance else None,
                a.speaker,
                None,
            )
            for a in article.attributions
        ),
        sentences=(),
    )


def _day_of(name: str) -> date | None:
    """The day in an article's id, as PolNeAR's have it."""
    found = _DAY.search(name)
    return date.fromisoformat(found.group()) if found else None


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


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CARD = """\
# pairs

Tells whether two statements are one claim, and on which sides of it they stand: a small network
over features that can be read (`claims.matching.features`). Part of [Claims](../../README.md).

Trained on pairs of attributions of PolNeAR 1.0.0's train part that were labelled for this project
by language-model annotators, one pass (`seeds/pairs.tsv`: ids, places and labels, no text), and on
labelled claims of its dev part: {pairs}. What follows for its use: [LICENSE.md](../LICENSE.md).
`claims train-pairs --help` shows how to repeat it.

All attributions of the dev part are grouped, given their spans, stances and speakers; scored are
the labelled ones. {folds}-fold cross-validated over events: no labelled pair is judged by a model
that saw another pair of its event; the thresholds were chosen on the same figures. The written
model learned from all events.

| | B-cubed F1 | precision | recall | near misses apart | opposition F1 |
|---|---|---|---|---|---|
{figures}

A claim's mean pair must reach log-odds of {threshold:g}; two members oppose each other under
{tilt:g}.

It knows US politics of 2016. Same topic for same claim is its usual mistake, and an opposition that
no word marks is mostly missed: a claim's members are there to be read.
"""
