"""Training data from what editors decided.

Learned is what an editor stands for (confirmed, corrected, added) and what one rejected; not what
is unsure, disputed, or undecided. A span that is closed as complete is training data whole, of
other text only the sentences in which something was decided: elsewhere nobody said what is missing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from claims.evaluation.attributions import who_said_what
from claims.evaluation.counting import Tally
from claims.evaluation.gold import GoldArticle, MarkedAttribution
from claims.extraction.sentences import sentences
from claims.extraction.windows import MAX_PIECES, Window, read_paragraphs
from claims.extraction.words import WordReader
from claims.records import Attribution, Span
from claims.review.learning import DecidedItem, DecidedText
from claims.training.labels import IGNORE, Example, examples

HELD_OUT = 0.2
"""Share of the articles that are kept for comparing models."""


class Decider(Protocol):
    """What is needed of a store."""

    def decided_texts(self) -> list[DecidedText]:
        """All texts about which something was decided."""
        ...


def decided(store: Decider) -> list[DecidedText]:
    """The texts of a store from which something can be learned, in order of name and text."""
    found = [text for text in store.decided_texts() if teaches(text)]
    return sorted(found, key=lambda text: (text.name, text.text))


def teaches(text: DecidedText) -> bool:
    """Whether anything in it was decided for good."""
    return bool(text.closed) or any(not item.is_open for item in text.items)


def split(texts: Sequence[DecidedText]) -> tuple[list[DecidedText], list[DecidedText]]:
    """Those to learn from, and those held out: by article, and the same for ever.

    The article's name draws its lot, so that no model is compared on what an earlier one learned.
    """
    lots = {text.name: _lot(text.name) for text in texts}
    held = {name for name, lot in lots.items() if lot < HELD_OUT}
    if len(lots) > 1 and len(held) in (0, len(lots)):
        held = {min(lots, key=lambda name: (lots[name], name))}
    return (
        [text for text in texts if text.name not in held],
        [text for text in texts if text.name in held],
    )


def _lot(name: str) -> float:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") / 2**32


def fingerprint(texts: Iterable[DecidedText]) -> str:
    """A hash of all that is learned from: other decisions, another run of training."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(repr((text.name, text.text, text.closed)).encode())
        for item in text.items:
            digest.update(repr((item.values.json, item.status.value, item.is_disputed)).encode())
    return digest.hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Material:
    """A text's spans as training and comparison look at them.

    `complete` is closed, `taught` is that and the sentences with a decision; `unknown` are the
    cues of what is open, about which nothing is taught.
    """

    right: list[DecidedItem]
    wrong: list[DecidedItem]
    unsettled: list[DecidedItem]
    complete: list[Span]
    taught: list[Span]
    unknown: list[Span]

    @classmethod
    def of(cls, text: DecidedText) -> Material:
        """Look at a text."""
        right = [item for item in text.items if item.is_right]
        wrong = [item for item in text.items if item.is_wrong]
        unsettled = [item for item in text.items if item.is_open]
        hulls = [item.values.hull for item in (*right, *wrong)]
        touched = [s for s in sentences(text.text, text.blocks) if _overlaps(s, hulls)]
        complete = sorted(text.closed)
        unknown = [span for item in unsettled for span in item.values.cue]
        return cls(right, wrong, unsettled, complete, sorted({*complete, *touched}), unknown)

    def teaches(self, span: Span) -> bool:
        """Whether something is known of the cues at a span."""
        return _overlaps(span, self.taught) and not _overlaps(span, self.unknown)

    def refutes(self, cue: Sequence[Span]) -> bool:
        """Whether a cue that is none of the right ones is known to be wrong.

        Inside a content others may stand, unless an editor said that none is missing.
        """
        contents = [span for item in self.right for span in item.values.content]
        rejected = [item.values.hull for item in self.wrong]
        return all(
            self.teaches(span)
            and (
                _overlaps(span, self.complete)
                or _overlaps(span, rejected)
                or not _overlaps(span, contents)
            )
            for span in cue
        )


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def marked(item: DecidedItem) -> MarkedAttribution:
    """An item as a person marked it."""
    v = item.values
    return MarkedAttribution(
        v.source, v.cue, v.content, v.stance.value, v.act.value, v.framing.value, v.speaker
    )


def examples_of(text: DecidedText, reader: WordReader) -> list[Example]:
    """The windows of a text in which something is taught, with the rest left out of the losses."""
    material = Material.of(text)
    gold = GoldArticle(text.name, text.text, tuple(marked(item) for item in material.right))
    read = read_paragraphs(text.blocks)
    windows = examples(gold, reader, (), MAX_PIECES, read)
    return [e for example in windows if (e := _masked(example, material)) is not None]


def _masked(example: Example, material: Material) -> Example | None:
    """An example without what nobody decided; None if nothing is left."""
    window = example.window
    complete = [_overlaps(word, material.complete) for word in window.words]
    taught = [material.teaches(word) for word in window.words]
    marked_cue = {i for cue in example.cues for i in range(cue.start, cue.end)}
    if not example.cues and not any(taught):
        return None
    open_words = [
        span for item in material.unsettled for span in (*item.values.source, *item.values.content)
    ]
    hints = [
        hint if any(hint) or (whole and not _overlaps(word, open_words)) else (IGNORE, IGNORE)
        for hint, whole, word in zip(example.hints, complete, window.words, strict=True)
    ]
    rejected = tuple(_rejected(window, material.wrong))
    decided_cues = marked_cue | {i for low, high in rejected for i in range(low, high)}
    # Inside a content others may stand, unless an editor said that none is missing.
    known = [
        said and (whole or closed)
        for said, whole, closed in zip(taught, complete, example.closed, strict=True)
    ]
    return replace(
        example,
        cue_labels=[
            label if known[i] or i in decided_cues else IGNORE
            for i, label in enumerate(example.cue_labels)
        ],
        hints=hints,
        closed=[word or i in decided_cues for i, word in enumerate(known)],
        rejected=rejected,
    )


def _rejected(window: Window, wrong: Iterable[DecidedItem]) -> Iterator[tuple[int, int]]:
    for item in wrong:
        found = window.word_range(item.values.hull) if window.holds(item.values.hull) else None
        if found:
            yield found


@dataclass(slots=True)
class DecidedFigures:
    """How a model does on decided texts: `found` are those whose content and source are right,
    `right` those whose stance is as well. Predictions about which nobody decided don't count."""

    found: Tally = field(default_factory=Tally)
    right: Tally = field(default_factory=Tally)

    def as_dict(self) -> dict[str, float | int]:
        """Figures by name."""
        return {
            "items": self.found.gold,
            "who_said_what": round(self.found.f1, 4),
            "precision": round(self.found.precision, 4),
            "recall": round(self.found.recall, 4),
            "with_stance": round(self.right.f1, 4),
        }


def score(texts: Sequence[DecidedText], found: Sequence[Sequence[Attribution]]) -> DecidedFigures:
    """Hold what a model finds in texts against what was decided about them."""
    figures = DecidedFigures()
    for text, attributions in zip(texts, found, strict=True):
        material = Material.of(text)
        gold = [marked(item) for item in material.right]
        given = [
            MarkedAttribution(a.source, a.cue, a.content, a.stance.value) for a in attributions
        ]
        matched = who_said_what(text.text, gold, given)
        hits = {j for _, j in matched}
        known = [j in hits or material.refutes(a.cue) for j, a in enumerate(attributions)]
        right = sum(gold[i].stance == given[j].stance for i, j in matched)
        figures.found.add(len(matched), sum(known), len(gold))
        figures.right.add(right, sum(known), len(gold))
    return figures
