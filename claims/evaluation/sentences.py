"""Are sentences labelled right: their kind, and the ranking by check-worthiness.

Each gold sentence takes the predicted one that overlaps it most; one without any counts as
unlabelled, worth 0.

- kind.acc, kind.macro_f1: attributed, asserted, other.
- worth.ap: average precision of the predicted worth for gold worth 2 (check first);
  worth.ap_any: for gold worth 1 or 2.
- length.ap, length.ap_any: the same when ranked by the sentence's length alone, as a baseline.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from claims.evaluation.counting import Agreement, average_precision
from claims.evaluation.gold import GoldArticle, GoldSentence, Prediction
from claims.records import Sentence


@dataclass(slots=True)
class SentenceFigures:
    """Counts of this module's figures; `ranked` holds (gold worth, predicted worth, length)."""

    sentences: int = 0
    kind: Agreement = field(default_factory=Agreement)
    ranked: list[tuple[int, float, int]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Name of the figure to its value; None where nothing was there to score."""
        return {
            "sentences": self.sentences,
            "kind.acc": self.kind.accuracy,
            "kind.macro_f1": self.kind.macro_f1,
            "kind.per": self.kind.per_label,
            "worth.ap": average_precision([(p, g == 2) for g, p, _ in self.ranked]),
            "worth.ap_any": average_precision([(p, g >= 1) for g, p, _ in self.ranked]),
            "length.ap": average_precision([(n, g == 2) for g, _, n in self.ranked]),
            "length.ap_any": average_precision([(n, g >= 1) for g, _, n in self.ranked]),
        }


def score_sentences(
    gold: Sequence[GoldArticle], predicted: Mapping[str, Prediction]
) -> SentenceFigures | None:
    """The figures of this module; None when the gold has no sentences.

    A gold sentence without a kind, or without a worth, counts in the other figures only.
    """
    figures = SentenceFigures()
    for article in gold:
        found = predicted.get(article.id, Prediction()).sentences
        for sentence in article.sentences:
            match = _overlapping(sentence, found)
            figures.sentences += 1
            if sentence.kind is not None:
                figures.kind.add(sentence.kind, match.kind.value if match else None)
            if sentence.worth is not None:
                length = sentence.end - sentence.start
                figures.ranked.append((sentence.worth, match.worth if match else 0.0, length))
    return figures if figures.sentences else None


def _overlapping(gold: GoldSentence, found: Sequence[Sentence]) -> Sentence | None:
    """The first of the sentences that share the most characters with `gold`, if any does."""

    def overlap(sentence: Sentence) -> int:
        return min(gold.end, sentence.end) - max(gold.start, sentence.start)

    best = max(found, key=overlap, default=None)
    return best if best is not None and overlap(best) > 0 else None
