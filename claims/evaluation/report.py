"""All figures of one run together: as an object, as a JSON-able dict, as plain lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claims.evaluation.attributions import AttributionFigures, score_attributions
from claims.evaluation.blocks import BlockFigures, score_blocks
from claims.evaluation.chains import ChainFigures, score_chains
from claims.evaluation.claims import ClaimScores
from claims.evaluation.gold import GoldArticle, Prediction
from claims.evaluation.labels import LabelFigures, score_labels
from claims.evaluation.sentences import SentenceFigures, score_sentences


@dataclass(frozen=True, slots=True)
class Report:
    """Figures by section; a section is None where the gold has nothing to score it by.

    `attributions` leaves nested attributions out on both sides; `nested` counts all, and is there
    only when the gold has nested ones. `claims` are of the gold's attributions, grouped;
    `claims_by_cosine` of the same by the plain likeness of their words.
    """

    articles: int
    attributions: AttributionFigures
    nested: AttributionFigures | None
    labels: LabelFigures | None
    carriers: ChainFigures | None
    sentences: SentenceFigures | None
    blocks: BlockFigures | None
    claims: ClaimScores | None = None
    claims_by_cosine: ClaimScores | None = None

    def as_dict(self) -> dict[str, Any]:
        """Section to figures, ready for JSON; a missing section is left out."""
        sections = {
            "attributions": self.attributions,
            "nested": self.nested,
            "labels": self.labels,
            "carriers": self.carriers,
            "sentences": self.sentences,
            "blocks": self.blocks,
            "claims": self.claims,
            "claims_by_cosine": self.claims_by_cosine,
        }
        return {"articles": self.articles} | {
            name: figures.as_dict() for name, figures in sections.items() if figures is not None
        }

    def figures(self) -> dict[str, float | None]:
        """Dotted name ("attributions.who_said_what.f1", "labels.stance.acc") to the value."""
        flat: dict[str, float | None] = {}
        _flatten("", self.as_dict(), flat)
        return flat


def evaluate(gold: Sequence[GoldArticle], predicted: Mapping[str, Prediction]) -> Report:
    """Score predictions (by article id) against gold articles.

    An article without a prediction counts as predicted empty; predictions of other articles are
    ignored.
    """
    has_nested = any(a.parent is not None for article in gold for a in article.attributions)
    return Report(
        articles=len(gold),
        attributions=score_attributions(gold, predicted),
        nested=score_attributions(gold, predicted, nested=True) if has_nested else None,
        labels=score_labels(gold, predicted),
        carriers=score_chains(gold, predicted),
        sentences=score_sentences(gold, predicted),
        blocks=score_blocks(gold, predicted),
    )


def render(report: Report) -> list[str]:
    """The report as lines of plain text, one figure a line under its section."""
    lines = [f"{report.articles} articles"]
    for section, figures in report.as_dict().items():
        if isinstance(figures, dict):
            lines += ["", section]
            lines += [f"  {name:24s} {_shown(value)}".rstrip() for name, value in figures.items()]
    return lines


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "  ".join(f"{name} {_shown(part)}" for name, part in value.items())
    if isinstance(value, float):
        return f"{value:.3f}"
    return "-" if value is None else str(value)


def _flatten(prefix: str, value: Any, into: dict[str, float | None]) -> None:
    if isinstance(value, dict):
        for name, part in value.items():
            _flatten(f"{prefix}.{name}" if prefix else name, part, into)
    else:
        into[prefix] = value
