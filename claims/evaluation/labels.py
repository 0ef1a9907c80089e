"""Are the labels right: stance, act, framing and speaker of attributions that were found.

Attributions are matched one to one on their contents alone (words, Jaccard of at least 0.5, best
first); nested ones are left out.

- matched: share of the labelled gold attributions with a match.
- stance.acc, stance.macro_f1, act.acc, framing.macro_f1: over matched pairs.
- polarity.flips: share of matched pairs that the prediction turns round, asserts or hedges into
  denies or doubts or the other way, among those whose gold is one of these four; polarity.lost:
  share of the same that are predicted uncommitted; polarity.n: how many they are;
  polarity.invented: share of pairs with uncommitted gold that are predicted otherwise (`polarity`).
- speaker.acc: over matched pairs whose gold has a source span; .name (a name without a
  determiner), .pronoun and .other by that span. Rules of equality: `names.same_speaker`.
- speaker.resolved, speaker.wrong_of_resolved: share that was given a speaker at all (anything but
  UNRESOLVED), and share of wrong ones among those.
- speaker.copied_span, speaker.nearest_name: the same over the same pairs for two plain ways of
  naming a speaker (`baselines`): the source's first words as they stand, the last name before.
- fully_right: F1 of attributions whose content, stance and speaker are all right.

Gold attributions without labels are neither counted nor held against a prediction that matches.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from claims.evaluation.attributions import flat
from claims.evaluation.baselines import copied, nearest_name
from claims.evaluation.counting import Agreement, Share, Tally, Words, best_first, overlaps
from claims.evaluation.gold import GoldArticle, MarkedAttribution, Prediction
from claims.evaluation.names import same_speaker, source_kind
from claims.evaluation.polarity import PolarityShares

_MIN_OVERLAP = 0.5
_UNRESOLVED = "UNRESOLVED"


@dataclass(slots=True)
class SpeakerShares:
    """How often speakers are right, by kind of source, and how often they are wrong if given."""

    kinds: dict[str, Share] = field(
        default_factory=lambda: {"name": Share(), "pronoun": Share(), "other": Share()}
    )
    resolved: Share = field(default_factory=Share)
    wrong: Share = field(default_factory=Share)

    def add(self, kind: str, gold: str | None, said: str) -> bool:
        """Count one answer; whether it is right."""
        right = same_speaker(gold, said)
        self.kinds[kind].add(right)
        is_resolved = said.upper() != _UNRESOLVED
        self.resolved.add(is_resolved)
        if is_resolved:
            self.wrong.add(not right)
        return right

    @property
    def accuracy(self) -> float | None:
        """Share of right ones of all kinds; None where there is none."""
        kinds = self.kinds.values()
        return Share(sum(s.part for s in kinds), sum(s.whole for s in kinds)).value

    def as_row(self) -> dict[str, float | None]:
        """Accuracy in all and by kind, and the share of wrong ones among those given."""
        by_kind = {kind: share.value for kind, share in self.kinds.items()}
        return {"acc": self.accuracy} | by_kind | {"wrong_of_resolved": self.wrong.value}


BASELINES = {"copied_span": copied, "nearest_name": nearest_name}


@dataclass(slots=True)
class LabelFigures:
    """Counts of this module's figures."""

    matched: Share = field(default_factory=Share)
    stance: Agreement = field(default_factory=Agreement)
    polarity: PolarityShares = field(default_factory=PolarityShares)
    act: Share = field(default_factory=Share)
    framing: Agreement = field(default_factory=Agreement)
    speakers: SpeakerShares = field(default_factory=SpeakerShares)
    baselines: dict[str, SpeakerShares] = field(
        default_factory=lambda: {name: SpeakerShares() for name in BASELINES}
    )
    fully_right: Tally = field(default_factory=Tally)

    def as_dict(self) -> dict[str, Any]:
        """Name of the figure to its value; None where nothing was there to score."""
        return {
            "gold": self.fully_right.gold,
            "predicted": self.fully_right.predicted,
            "matched": self.matched.value or 0,
            "stance.acc": self.stance.accuracy,
            "stance.macro_f1": self.stance.macro_f1,
            "stance.per": self.stance.per_label,
            **self.polarity.as_row(),
            "act.acc": self.act.value,
            "framing.macro_f1": self.framing.macro_f1,
            "speaker.acc": self.speakers.accuracy,
            **{f"speaker.{kind}": share.value for kind, share in self.speakers.kinds.items()},
            "speaker.n": {kind: share.whole for kind, share in self.speakers.kinds.items()},
            "speaker.resolved": self.speakers.resolved.value,
            "speaker.wrong_of_resolved": self.speakers.wrong.value,
            **{f"speaker.{name}": shares.as_row() for name, shares in self.baselines.items()},
            "fully_right": self.fully_right.f1,
        }


def score_labels(
    gold: Sequence[GoldArticle], predicted: Mapping[str, Prediction]
) -> LabelFigures | None:
    """The figures of this module; None when no gold attribution has labels."""
    figures = LabelFigures()
    for article in gold:
        if article.labelled:
            found = predicted.get(article.id, Prediction()).attributions
            _score_article(figures, article, flat(found))
    return figures if figures.fully_right.gold else None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a reviewer with the gold would say of one article's attributions, nested ones aside.

    `right` has for each of `found` whether content, stance and speaker are right; None where it
    matches a gold attribution without labels. `missed` are the gold attributions without a match.
    """

    found: list[MarkedAttribution]
    right: list[bool | None]
    missed: list[MarkedAttribution]

    def recovers(self, text: str, others: Sequence[MarkedAttribution]) -> list[bool]:
        """Which of `others` are among the missed, each of them once."""
        hit = {j for _, j in _match(Words(text), self.missed, others)}
        return [j in hit for j in range(len(others))]


def review(article: GoldArticle, found: Sequence[MarkedAttribution]) -> Reviewed:
    """Hold an article's attributions against the gold, as `fully_right` does."""
    found, gold = flat(found), flat(article.attributions)
    matched = {j: gold[i] for i, j in _match(Words(article.text), gold, found)}
    figures = LabelFigures()
    right = [
        False
        if (one := matched.get(j)) is None
        else (_score_pair(figures, article.text, one, found[j]) if one.stance else None)
        for j in range(len(found))
    ]
    hit = {id(one) for one in matched.values()}
    return Reviewed(found, right, [one for one in gold if id(one) not in hit])


def _score_article(
    figures: LabelFigures, article: GoldArticle, found: Sequence[MarkedAttribution]
) -> None:
    gold = flat(article.attributions)
    matched = _match(Words(article.text), gold, found)
    labelled = [(gold[i], found[j]) for i, j in matched if gold[i].stance]
    n_gold = sum(bool(g.stance) for g in gold)
    right = sum(_score_pair(figures, article.text, g, p) for g, p in labelled)
    figures.matched.part += len(labelled)
    figures.matched.whole += n_gold
    figures.fully_right.add(right, len(found) - (len(matched) - len(labelled)), n_gold)


def _match(
    words: Words, gold: Sequence[MarkedAttribution], found: Sequence[MarkedAttribution]
) -> list[tuple[int, int]]:
    contents = ([words.under(a.content) for a in side] for side in (gold, found))
    return best_first(pair for pair in overlaps(*contents) if pair[0] >= _MIN_OVERLAP)


def _score_pair(
    figures: LabelFigures, text: str, gold: MarkedAttribution, found: MarkedAttribution
) -> bool:
    """Count the labels of one matched pair; whether stance and speaker are both right."""
    if gold.stance:
        figures.stance.add(gold.stance, found.stance)
        figures.polarity.add(gold.stance, found.stance)
    if gold.act:
        figures.act.add(gold.act == found.act)
    if gold.framing:
        figures.framing.add(gold.framing, found.framing)
    said = found.speaker or _UNRESOLVED
    if gold.source:
        words = text[gold.source[0].start : gold.source[0].end]
        kind = source_kind(words, gold.speaker or "")
        right = figures.speakers.add(kind, gold.speaker, said)
        for name, baseline in BASELINES.items():
            figures.baselines[name].add(kind, gold.speaker, baseline(text, found.source))
    else:
        right = same_speaker(gold.speaker, said)
    return gold.stance == found.stance and right
