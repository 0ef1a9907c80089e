"""What is scored: articles as people marked them, and what a program says of them.

Both sides use one type for an attribution, so that systems other than this one can be scored:
every label may be missing, and labels are plain strings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.records import Attribution, Block, Carrier, Document, Extraction, Sentence, Span

Spans = tuple[Span, ...]
Chain = tuple[Carrier, ...]


@dataclass(frozen=True, slots=True)
class MarkedAttribution:
    """An attribution as a person or a program marked it; offsets are into the gold text.

    A role may be empty (no source) or have several spans. `parent` is the index of the
    attribution whose content holds this one, None for one at the top. `carriers` is None where
    nobody said through whom the words came.
    """

    source: Spans
    cue: Spans
    content: Spans
    stance: str | None = None
    act: str | None = None
    framing: str | None = None
    speaker: str | None = None
    confidence: float | None = None
    parent: int | None = None
    carriers: Chain | None = None

    def role(self, name: str) -> Spans:
        """The spans of `source`, `cue` or `content`."""
        return {"source": self.source, "cue": self.cue, "content": self.content}[name]


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A sentence with its kind and check-worthiness (0, 1 or 2); None where nobody judged it."""

    start: int
    end: int
    kind: str | None = None
    worth: int | None = None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One article with what people marked in it.

    `labelled` is False where labels come from a list that lacks this article: its attributions
    are then scored as spans only, and predictions in it are not held against the labels.
    """

    id: str
    text: str
    attributions: tuple[MarkedAttribution, ...]
    sentences: tuple[GoldSentence, ...] = ()
    blocks: tuple[Block, ...] = ()
    labelled: bool = True


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a program found in one article. `blocks` is empty for one that labels no blocks."""

    attributions: tuple[MarkedAttribution, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    blocks: tuple[Block, ...] = ()


def prediction_of(document: Document, extraction: Extraction) -> Prediction:
    """The extraction of a document as a prediction, with offsets into the text as it was given.

    Gold offsets count the characters of the given text; `document.origin` maps the normalised
    text back to it.
    """
    origin = document.origin

    def given(span: Span) -> Span:
        return span if origin is None else Span(origin[span.start], origin[span.end])

    def spans(role: Sequence[Span]) -> Spans:
        return tuple(given(span) for span in role)

    def marked(found: Attribution) -> MarkedAttribution:
        return MarkedAttribution(
            source=spans(found.source),
            cue=spans(found.cue),
            content=spans(found.content),
            stance=found.stance.value,
            act=found.act.value,
            framing=found.framing.value,
            speaker=found.speaker,
            confidence=found.confidence,
            parent=found.parent,
            carriers=tuple(
                replace(link, evidence=link.evidence and given(link.evidence))
                for link in found.carriers
            ),
        )

    return Prediction(
        attributions=tuple(marked(found) for found in extraction.attributions),
        sentences=tuple(
            Sentence(*given(Span(s.start, s.end)), s.kind, s.worth) for s in extraction.sentences
        ),
        blocks=tuple(
            Block(*given(Span(b.start, b.end)), b.kind, b.paragraph) for b in document.blocks
        ),
    )
