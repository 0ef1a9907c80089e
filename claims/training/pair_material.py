"""What the model of pairs learns from: labelled pairs, labelled claims, and pairs by chance."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np

from claims.errors import CorpusError
from claims.evaluation.claims import GoldClaims, Key
from claims.evaluation.gold import GoldArticle
from claims.matching.candidates import candidates, joint
from claims.matching.files import Given as GivenArticle
from claims.matching.files import GivenAttribution
from claims.matching.given import Completer
from claims.matching.pairs import PairLabel
from claims.matching.statements import Statement, read_statements
from claims.records import Stance
from claims.sources.registry import Registry

CELLS = 256
DIRECTIONS, SHRINK = 256, 0.3
"""So many directions of vectors are evened out, and so little that the rarest aren't noise."""
CHANCE, LIKELY = 2500, 0.6
"""So many unlabelled pairs are taken to be different, none of a cosine above the second."""
LEAST = 0.3
"""Cosine from which two labelled statements of different claims are taken as a pair."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


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
    """All pairs of labelled attributions: of one claim, or of two that are not too unlike.

    A near miss of two that are in no claim is an event of its own.
    """
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
        both = frozenset(event[p] for p in (a, b) if p in event)
        events.append(both or frozenset({f"near miss {a} {b}"}))
    return Labelled(pairs, labels, events)


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


def evening(vectors: np.ndarray) -> dict[str, np.ndarray]:
    """What evens out the directions of vectors (S, 2, D): `centre` (2, D), `even` (2, D, E).

    Whitening by principal components (Su and others 2021), shrunk, of each of the two by itself.
    """
    centres, turns = [], []
    for own in np.moveaxis(vectors, 1, 0):
        spread, directions = np.linalg.eigh(np.cov(own.T))
        spread, directions = spread[::-1][:DIRECTIONS], directions[:, ::-1][:, :DIRECTIONS]
        centres.append(own.mean(0))
        turns.append(directions / np.sqrt(spread + SHRINK * spread.mean()))
    as_float16 = {"centre": np.stack(centres), "even": np.stack(turns)}
    return {name: w.astype(np.float16).astype(np.float32) for name, w in as_float16.items()}


def given_article(article: GoldArticle) -> GivenArticle:
    """A marked article as the grouping of files takes it."""
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
