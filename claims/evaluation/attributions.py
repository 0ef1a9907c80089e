"""Are the attributions the right ones: spans, words, and who said what.

Over all gold articles; an article without a prediction counts as predicted empty.

- exact.ROLE: F1 of whole spans of the role. A discontinuous role is one set of spans; edge
  punctuation is not held against either side.
- token.ROLE: F1 over the words that bear the role, whichever attribution they belong to.
- who_said_what: F1 of attributions, matched one to one, best overlap first. Two match when their
  contents share at least half of their joint words (Jaccard), and their sources share a word or
  both are absent.
- who_said_what.sourced: the same among attributions that have a source.
- recall.unsourced, recall.quoted, recall.indirect: recall of who_said_what over gold attributions
  without a source, with a quotation mark in or at the content, and without one.
- calibration: how well `confidence` says whether a prediction is right.

PolNeAR (Newell et al. 2018) never marks an attribution inside another's content. So the flat
figures leave attributions with a parent out on both sides; the nested ones count all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from claims.evaluation.calibration import Calibration, calibrate
from claims.evaluation.counting import Share, Tally, Words, best_first, overlaps, trim, words_of
from claims.evaluation.gold import GoldArticle, MarkedAttribution, Prediction

ROLES = ("source", "cue", "content")
_QUOTES = frozenset('"“”„«»')
_MIN_OVERLAP = 0.5


@dataclass(slots=True)
class AttributionFigures:
    """Scores by name, recalls by kind of gold attribution, and calibration.

    `confidences` holds (confidence, right) of each prediction that has one, and `calibration` is
    None where none has.
    """

    scores: dict[str, Tally] = field(default_factory=dict)
    recalls: dict[str, Share] = field(default_factory=dict)
    confidences: list[tuple[float, bool]] = field(default_factory=list)
    calibration: Calibration | None = None

    def as_dict(self) -> dict[str, Any]:
        """Name of the figure to its values: f1, p (precision), r (recall), n (gold items)."""
        out: dict[str, Any] = {
            name: {"f1": t.f1, "p": t.precision, "r": t.recall, "n": t.gold}
            for name, t in self.scores.items()
        }
        out |= {name: {"r": s.value, "n": s.whole} for name, s in self.recalls.items()}
        if self.calibration is not None:
            out["calibration"] = self.calibration.as_dict()
        return out


@dataclass(frozen=True, slots=True)
class _Side:
    """The attributions of one side with the words of their sources and contents."""

    marked: Sequence[MarkedAttribution]
    sources: list[frozenset[int]]
    contents: list[frozenset[int]]

    @classmethod
    def of(cls, words: Words, marked: Sequence[MarkedAttribution]) -> _Side:
        return cls(
            marked,
            [words.under(a.source) for a in marked],
            [words.under(a.content) for a in marked],
        )

    def scored(self, *, sourced: bool) -> list[int]:
        """Indices of those that have content (and a source, if `sourced`)."""
        return [
            i
            for i, content in enumerate(self.contents)
            if content and (self.sources[i] or not sourced)
        ]


def flat(marked: Sequence[MarkedAttribution]) -> list[MarkedAttribution]:
    """Those that stand in no other's content."""
    return [a for a in marked if a.parent is None]


def score_attributions(
    gold: Sequence[GoldArticle], predicted: Mapping[str, Prediction], *, nested: bool = False
) -> AttributionFigures:
    """The figures of this module; with `nested`, over attributions of every depth."""
    figures = AttributionFigures()
    for article in gold:
        found = predicted.get(article.id, Prediction()).attributions
        marked = article.attributions
        if not nested:
            found, marked = tuple(flat(found)), tuple(flat(marked))
        words = words_of(article.text)
        _score_roles(figures, article.text, words, marked, found)
        figures.confidences += _score_pairs(figures, article.text, words, marked, found)
    if figures.confidences:
        figures.calibration = calibrate(figures.confidences)
    return figures


def _score_roles(
    figures: AttributionFigures,
    text: str,
    words: Words,
    gold: Sequence[MarkedAttribution],
    predicted: Sequence[MarkedAttribution],
) -> None:
    """Count exact spans and tokens of each role of one article."""
    for role in ROLES:
        for measure, gold_items, found_items in (
            ("exact", _exact(text, gold, role), _exact(text, predicted, role)),
            ("token", _tokens(words, gold, role), _tokens(words, predicted, role)),
        ):
            tally = figures.scores.setdefault(f"{measure}.{role}", Tally())
            tally.add(len(gold_items & found_items), len(found_items), len(gold_items))


def _exact(text: str, marked: Iterable[MarkedAttribution], role: str) -> frozenset[Any]:
    return frozenset(trim(text, a.role(role)) for a in marked) - {()}


def _tokens(words: Words, marked: Iterable[MarkedAttribution], role: str) -> frozenset[Any]:
    return frozenset[int]().union(*(words.under(a.role(role)) for a in marked))


def _score_pairs(
    figures: AttributionFigures,
    text: str,
    words: Words,
    gold: Sequence[MarkedAttribution],
    predicted: Sequence[MarkedAttribution],
) -> list[tuple[float, bool]]:
    """Count who said what in one article; gives (confidence, right) of its predictions."""
    gold_side, found_side = _Side.of(words, gold), _Side.of(words, predicted)
    matched = _count_matches(figures, "who_said_what", gold_side, found_side, sourced=False)
    _count_matches(figures, "who_said_what.sourced", gold_side, found_side, sourced=True)
    hit = {i for i, _ in matched}
    for i in gold_side.scored(sourced=False):
        for kind in _kinds(text, gold[i]):
            figures.recalls.setdefault(f"recall.{kind}", Share()).add(i in hit)
    right = {j for _, j in matched}
    return [
        (confidence, j in right)
        for j in found_side.scored(sourced=False)
        if (confidence := predicted[j].confidence) is not None
    ]


def _count_matches(
    figures: AttributionFigures, name: str, gold: _Side, found: _Side, *, sourced: bool
) -> list[tuple[int, int]]:
    gold_scored, found_scored = gold.scored(sourced=sourced), found.scored(sourced=sourced)
    matched = _match(gold, found, gold_scored, found_scored)
    tally = figures.scores.setdefault(name, Tally())
    tally.add(len(matched), len(found_scored), len(gold_scored))
    return matched


def who_said_what(
    text: str, gold: Sequence[MarkedAttribution], found: Sequence[MarkedAttribution]
) -> list[tuple[int, int]]:
    """Which of `found` are which of `gold`, as pairs of indices, whatever their depth."""
    words = words_of(text)
    sides = _Side.of(words, gold), _Side.of(words, found)
    return _match(*sides, *(side.scored(sourced=False) for side in sides))


def _match(
    gold: _Side, found: _Side, gold_scored: Sequence[int], found_scored: Sequence[int]
) -> list[tuple[int, int]]:
    pairs = overlaps(
        [gold.contents[i] for i in gold_scored], [found.contents[j] for j in found_scored]
    )
    placed = ((overlap, gold_scored[i], found_scored[j]) for overlap, i, j in pairs)
    return best_first(
        (overlap, i, j)
        for overlap, i, j in placed
        if overlap >= _MIN_OVERLAP and _same_source(gold.sources[i], found.sources[j])
    )


def _same_source(gold: frozenset[int], predicted: frozenset[int]) -> bool:
    return bool(gold & predicted) or not (gold or predicted)


def _kinds(text: str, gold: MarkedAttribution) -> list[str]:
    """Which recalls a gold attribution counts in."""
    kinds = [] if gold.source else ["unsourced"]
    return [*kinds, "quoted" if _is_quoted(text, gold) else "indirect"]


def _is_quoted(text: str, gold: MarkedAttribution) -> bool:
    """Whether a quotation mark stands in the content or beside it."""
    return any(
        not _QUOTES.isdisjoint(text[max(0, start - 1) : end + 1])
        or "''" in text[max(0, start - 2) : end + 2]
        for start, end in gold.content
    )
