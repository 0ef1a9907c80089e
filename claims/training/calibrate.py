"""What is chosen on dev after training: the confidence's weights, and the decoding thresholds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import mean

from claims.evaluation.attributions import AttributionFigures, score_attributions
from claims.evaluation.calibration import Calibration, calibrate
from claims.evaluation.counting import best_first, overlaps, words_of
from claims.evaluation.gold import GoldArticle, Prediction, prediction_of
from claims.extraction import confidence
from claims.extraction.conflicts import Candidate, parents, settle, weigh
from claims.extraction.predict import Extractor, Found
from claims.extraction.windows import Window
from claims.records import Document, Span
from claims.training.plan import Plan

FOLDS = 5
_CUE_BIASES = (1.5, 2.5, 3.5)
_AS_GOOD = 0.003
RECALLS = Plan().recalls
_COSTS = (0.006, 0.01)
"""F1 that finding the wanted shares of the indirect attributions, and of those without a source,
may cost.

The threshold of best F1 weighs a lost one and a false one alike. A lost one is a missed story,
while what is found too much has a low confidence that is printed and stands high in the queue: so
thresholds are lowered."""
_LOWEST = 0.12
_THRESHOLDS = tuple(x / 100 for x in range(24, 61, 2))
_LEAST, _SURE = 0.15, 0.4
"""Candidates below the first guess are left out of the fits: they would only teach what is plain.
Of candidates that may contradict each other only those above the second count as nested."""


@dataclass(frozen=True, slots=True)
class Read:
    """A dev article with what the network found in it, before thresholds."""

    gold: GoldArticle
    document: Document
    sentences: Sequence[Span]
    found: Sequence[Found]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The settings that were chosen, and how they do on articles they weren't chosen on."""

    decoding: dict[str, float]
    calibration: dict[str, list[float]]
    cross_validated: Calibration
    who_said_what: float


def choose(
    extractor: Extractor,
    gold: Sequence[GoldArticle],
    documents: Sequence[Document],
    recalls: tuple[float, float] = RECALLS,
) -> Chosen:
    """Set `extractor` up with the decoding and the calibration that do best on `gold`.

    `recalls` are the wanted shares of the indirect attributions and of those without a source.

    ECE and AUROC are cross-validated over articles; `who_said_what` is on all of dev, with the
    settings that ship.
    """
    tried: list[tuple[float, float, list[Read], dict[str, list[float]], float]] = []
    for bias in _CUE_BIASES:
        extractor.decoding["cue_bias"] = bias
        read = [Read(g, d, *extractor.find(d)) for g, d in zip(gold, documents, strict=True)]
        weights = fit(read)
        threshold, score = best_threshold(extractor, read, weights)
        extractor.decoding.pop("unsourced", None)
        tried.append((score, bias, read, weights, threshold))
    most = max(score for score, *_ in tried)
    # Each candidate costs a pass of the role tagger: the smallest bias that is as good.
    _, bias, read, weights, threshold = next(t for t in tried if t[0] >= most - _AS_GOOD)
    crossed = _cross_validated(extractor, read, recalls)
    extractor.decoding["cue_bias"] = bias
    threshold, unsourced, score = lowered(extractor, read, weights, threshold, recalls)
    extractor.decoding |= {"threshold": threshold, "unsourced": unsourced}
    extractor.model.config.decoding = dict(extractor.decoding)
    extractor.model.config.calibration = weights
    return Chosen(dict(extractor.decoding), weights, crossed, score)


def fit(read: Iterable[Read]) -> dict[str, list[float]]:
    """Confidence weights: `order` of all candidates, the others of those that then stand.

    Those that stand once conflicts are settled are what is printed, and are right more often than
    all that look alike; but who is to stand is told best by weights that have seen the others.
    Each in two rounds: which candidates are nested, and stand, depends on the first.
    """
    read = list(read)
    weights: dict[str, list[float]] = {}
    for _ in range(2):
        weights = _fitted(
            [p for item in read for p in _points(item, _likely(item, weights), _SURE)]
        )
    order = [*weights["weights"], *weights["bias"]]
    for _ in range(2):
        points = [p for item in read for p in _points(item, _standing(item, weights), 0)]
        weights = _fitted(points) | {"order": order}
    return weights


def _fitted(points: Sequence[tuple[tuple[float, ...], bool]]) -> dict[str, list[float]]:
    return confidence.fit([f for f, _ in points], [right for _, right in points])


def best_threshold(
    extractor: Extractor, read: Sequence[Read], weights: dict[str, list[float]]
) -> tuple[float, float]:
    """The threshold with the highest who_said_what F1 (mean with its neighbours), and its F1."""
    scores = []
    for threshold in _THRESHOLDS:
        figures = _figures(extractor, read, weights, threshold)
        scores.append(figures.scores["who_said_what"].f1)
    smooth = [mean(scores[max(0, i - 1) : i + 2]) for i in range(len(scores))]
    i = max(range(len(smooth)), key=smooth.__getitem__)
    return _THRESHOLDS[i], scores[i]


def lowered(
    extractor: Extractor,
    read: Sequence[Read],
    weights: dict[str, list[float]],
    threshold: float,
    recalls: tuple[float, float] = RECALLS,
) -> tuple[float, float, float]:
    """The highest thresholds that find the wanted shares: for all, for those without a source.

    With them the who_said_what F1.
    """
    extractor.decoding.pop("unsourced", None)

    def of_all(value: float) -> AttributionFigures:
        return _figures(extractor, read, weights, value)

    threshold, _ = _lowered(of_all, threshold, "recall.indirect", recalls[0], _COSTS[0])

    def of_unsourced(value: float) -> AttributionFigures:
        extractor.decoding["unsourced"] = value
        return _figures(extractor, read, weights, threshold)

    unsourced, score = _lowered(of_unsourced, threshold, "recall.unsourced", recalls[1], _COSTS[1])
    extractor.decoding["unsourced"] = unsourced
    return threshold, unsourced, score


def _lowered(
    figures: Callable[[float], AttributionFigures],
    threshold: float,
    recall: str,
    wanted: float,
    cost: float,
) -> tuple[float, float]:
    """The threshold, lowered by hundredths until the recall is as wanted, and the F1 with it.

    It goes down to `_LOWEST`, and no further than F1 falls by `cost`.
    """
    chosen, score, first = threshold, 0.0, 0.0
    for step in range(round(threshold * 100), round(_LOWEST * 100) - 1, -1):
        found = figures(step / 100)
        f1 = found.scores["who_said_what"].f1
        first = first or f1
        if f1 < first - cost:
            break
        chosen, score = step / 100, f1
        share = found.recalls.get(recall)
        if share is None or (share.value or 0) >= wanted:
            break
    return chosen, score


def _figures(
    extractor: Extractor, read: Sequence[Read], weights: dict[str, list[float]], threshold: float
) -> AttributionFigures:
    found = _predictions(extractor, read, weights, threshold)
    return score_attributions([r.gold for r in read], found)


def _predictions(
    extractor: Extractor,
    read: Iterable[Read],
    weights: dict[str, list[float]],
    threshold: float,
) -> dict[str, Prediction]:
    extractor.decoding["threshold"] = threshold
    extractor.model.config.calibration = weights
    return {
        r.gold.id: prediction_of(r.document, extractor.assemble(r.document, r.sentences, r.found))
        for r in read
    }


def _cross_validated(
    extractor: Extractor, read: Sequence[Read], recalls: tuple[float, float]
) -> Calibration:
    """Calibration of confidences by weights and thresholds fitted on the other articles."""
    points: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        held = read[fold::FOLDS]
        rest = [r for i, r in enumerate(read) if i % FOLDS != fold]
        weights = fit(rest)
        extractor.decoding.pop("unsourced", None)
        threshold, _ = best_threshold(extractor, rest, weights)
        threshold, _, _ = lowered(extractor, rest, weights, threshold, recalls)
        found = _predictions(extractor, held, weights, threshold)
        points += score_attributions([r.gold for r in held], found).confidences
    return calibrate(points)


Placed = tuple[Window, Candidate]


def _likely(item: Read, weights: dict[str, list[float]]) -> list[Placed]:
    """The candidates that aren't ruled out by themselves."""
    weighed = ((f.window, c) for f in item.found for c in weigh(f.candidates, weights))
    return [(window, c) for window, c in weighed if c.confidence >= _LEAST]


def _standing(item: Read, weights: dict[str, list[float]]) -> list[Placed]:
    """Those of them that stand beside each other."""
    return [(f.window, c) for f in item.found for c in settle(weigh(f.candidates, weights), _LEAST)]


def _points(
    item: Read, placed: Sequence[Placed], sure: float
) -> list[tuple[tuple[float, ...], bool]]:
    """(features, right) of those that aren't inside another's content; both at least so `sure`."""
    spans = [(_spans(w, [c.cue]), _spans(w, c.content)) for w, c in placed]
    likely = [i for i, (_, c) in enumerate(placed) if c.confidence >= sure]
    above = dict(zip(likely, parents([spans[i] for i in likely]), strict=True))
    free = [one for i, one in enumerate(placed) if above.get(i) is None]
    right = _right(item, free)
    return [(c.features, i in right) for i, (_, c) in enumerate(free)]


def _right(item: Read, candidates: Sequence[Placed]) -> set[int]:
    """Indices of the candidates that match a gold attribution, each gold one at most once."""
    words = words_of(item.document.text)
    gold = [
        (words.under(a.source), words.under(a.content))
        for a in item.gold.attributions
        if a.parent is None
    ]
    found = [
        (words.under(_spans(window, c.source)), words.under(_spans(window, c.content)))
        for window, c in candidates
    ]
    pairs = []
    for overlap, i, j in overlaps(
        [content for _, content in gold], [content for _, content in found]
    ):
        ours, theirs = found[j][0], gold[i][0]
        if overlap >= 0.5 and (ours & theirs or not (ours or theirs)):
            pairs.append((overlap + candidates[j][1].confidence, i, j))
    return {j for _, j in best_first(pairs)}


def _spans(window: Window, ranges: Iterable[tuple[int, int]]) -> list[Span]:
    return [Span(window.words[a].start, window.words[b - 1].end) for a, b in ranges]
