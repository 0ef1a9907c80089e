"""Stand-ins for the models: "SOURCE said|denied|accused|claimed CONTENT." by a pattern, and who
says the same by the words they share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np

from claims.matching.clustering import Pair
from claims.matching.pairs import Scores
from claims.matching.statements import Statement
from claims.records import (
    Act,
    Attribution,
    Document,
    Extraction,
    Framing,
    ModelInfo,
    Sentence,
    SentenceKind,
    Span,
    Stance,
)

_SAID = re.compile(
    r"(?P<source>[A-Z][^.\n]*?) (?P<cue>said|denied|accused|claimed) (?P<content>[^.\n]+?)"
    r"(?P<outer>, according to (?P<agency>[A-Z]\w+))?\."
)
_LABELS = {
    "said": (Stance.ASSERTS, Act.STATEMENT, Framing.NEUTRAL, 0.9),
    "denied": (Stance.DENIES, Act.DENIAL, Framing.NEUTRAL, 0.8),
    "accused": (Stance.ASSERTS, Act.ACCUSATION, Framing.NEUTRAL, 0.3),
    "claimed": (Stance.ASSERTS, Act.STATEMENT, Framing.DISTANCES, 0.7),
}


class StubExtractor:
    """Finds attributions by a pattern; remembers which documents it was given."""

    def __init__(self, version: str = "1") -> None:
        self.info = ModelInfo("stub", version)
        self.read: list[str] = []

    def extract(
        self, documents: Iterable[Document], *, progress: Callable[[int], None] | None = None
    ) -> Iterator[Extraction]:
        for document in documents:
            self.read.append(document.name)
            yield self._extraction(document)
            if progress:
                progress(len(document.text))

    def _extraction(self, document: Document) -> Extraction:
        sentences: list[Sentence] = []
        found: list[Attribution] = []
        for match in _SAID.finditer(document.text):
            sentences.append(Sentence(*match.span(), SentenceKind.ATTRIBUTED, 0.5))
            parent = len(found) + 1 if match["outer"] else None
            found.append(_attribution(match, ("source", "cue", "content"), match["cue"], parent))
            if match["outer"]:
                found.append(_outer(match))
        return Extraction(tuple(sentences), tuple(found), self.info)


def _attribution(
    match: re.Match[str], roles: tuple[str, str, str], verb: str, parent: int | None
) -> Attribution:
    stance, act, framing, confidence = _LABELS[verb]
    source, cue, content = ((Span(*match.span(role)),) for role in roles)
    return Attribution(source, cue, content, stance, act, framing, confidence, parent=parent)


def _outer(match: re.Match[str]) -> Attribution:
    """The agency by which the inner one is heard; its content is the whole clause before it."""
    cue = Span(match.start("outer") + 2, match.start("agency") - 1)
    return Attribution(
        (Span(*match.span("agency")),),
        (cue,),
        (Span(match.start("source"), match.end("content")),),
        *_LABELS["said"],
    )


class StubMatcher:
    """Takes statements for one claim that share all stems but one; a denial opposes."""

    version, threshold, tilt = "stub", 0.0, 0.0

    def vectors(self, statements: Sequence[Statement]) -> np.ndarray:
        return np.ones((len(statements), 2, 2), np.float32)

    def compare(
        self, statements: Sequence[Statement], vectors: np.ndarray, new: np.ndarray
    ) -> dict[Pair, Scores]:
        found = {}
        for a, b in combinations(range(len(statements)), 2):
            mine, theirs = statements[a].contents.stems, statements[b].contents.stems
            if (new[a] or new[b]) and mine and len(mine ^ theirs) <= 1:
                denies = [statements[i].stance is Stance.DENIES for i in (a, b)]
                opposed = denies[0] != denies[1]
                found[a, b] = Scores(0.05, 0.05 + 0.9 * (not opposed), 0.9 * opposed, 0.0, 0.0)
        return found
