"""Targets of the network, window by window, from annotated articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.evaluation.gold import GoldArticle, MarkedAttribution
from claims.extraction.windows import Window, windows
from claims.extraction.words import WORD, WordReader
from claims.records import Act, Framing, SentenceKind, Span, Stance

if TYPE_CHECKING:
    from claims.training.lessons import Lesson

IGNORE = -100
"""Label of what has no target, as in torch's cross-entropy."""
_STANCES, _ACTS, _FRAMINGS, _KINDS = (
    [str(label.value) for label in labels] for labels in (Stance, Act, Framing, SentenceKind)
)


@dataclass(frozen=True, slots=True)
class MarkedCue:
    """A cue of a window (word range) with its roles (one label a word) and its three labels."""

    start: int
    end: int
    roles: list[int]
    stance: int
    act: int
    framing: int


@dataclass(frozen=True, slots=True)
class Example:
    """A window with its targets.

    `cue_labels` is IGNORE where a cue may stand that the annotators were not to mark; `hints` has
    for each word whether it belongs to any source, and to any content; `closed[i]` is False where
    a found cue at word i may be a real one, so that it must not be taught as wrong; `sentences`
    holds (first word, word after, kind, worth); `lesson` what trained models say of the window.
    `rejected` are word ranges of cues that somebody said are none. `hints` are IGNORE where nobody
    knows.
    """

    window: Window
    cues: list[MarkedCue]
    cue_labels: list[int]
    hints: list[tuple[float, float]]
    closed: list[bool]
    sentences: list[tuple[int, int, int, int]]
    lesson: Lesson | None = None
    rejected: tuple[tuple[int, int], ...] = ()


def paragraphs(text: str) -> list[Span]:
    """Lines of `text` that aren't blank: the corpora have one paragraph a line."""
    return [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if m.group().strip()]


def cue_lexicon(articles: Iterable[GoldArticle], *, share: float = 0.15) -> frozenset[str]:
    """Words which, outside of contents, are part of a cue in at least `share` of their uses.

    PolNeAR is flat: no cue inside another's content is marked. Inside contents such words are
    left out of the loss, and the others remain as examples of what isn't a cue.
    """
    seen: Counter[str] = Counter()
    cues: Counter[str] = Counter()
    for article in articles:
        contents = _covered(article.text, (s for a in article.attributions for s in a.content))
        marked = _covered(article.text, (s for a in article.attributions for s in a.cue))
        for match in WORD.finditer(article.text):
            word = match.group().lower()
            if marked[match.start()]:
                cues[word] += 1
                seen[word] += 1
            elif not contents[match.start()]:
                seen[word] += 1
    return frozenset(w for w, n in cues.items() if n >= 2 and n >= share * seen[w])


def examples(
    article: GoldArticle,
    reader: WordReader,
    lexicon: Collection[str],
    max_pieces: int,
    read: Sequence[Span] | None = None,
) -> list[Example]:
    """All windows of an article with their targets; `read` are its paragraphs, if not its lines."""
    spans = paragraphs(article.text) if read is None else read
    return [
        _example(article, window, lexicon)
        for window in windows(article.text, spans, reader, max_pieces)
    ]


def _example(article: GoldArticle, window: Window, lexicon: Collection[str]) -> Example:
    count = len(window.words)
    cue_labels = [0] * count
    hints = [[0.0, 0.0] for _ in range(count)]
    closed = [True] * count
    for attribution in article.attributions:
        for low, high in _ranges(window, attribution.content):
            for i in range(low, high):
                closed[i] = False
                start, end = window.words[i]
                if article.text[start:end].lower() in lexicon:
                    cue_labels[i] = IGNORE
    cues = []
    for attribution in article.attributions:
        cue = _marked_cue(window, attribution)
        if cue is None:
            # A cue whose content lies elsewhere is still a cue: not taught as one, nor as none.
            for low, high in _ranges(window, attribution.cue):
                cue_labels[low:high] = [IGNORE] * (high - low)
                closed[low:high] = [False] * (high - low)
            continue
        cues.append(cue)
        for i in range(cue.start, cue.end):
            cue_labels[i] = 1 if i == cue.start else 2
        for i, label in enumerate(cue.roles):
            if label:
                hints[i][0 if label < 3 else 1] = 1.0
    sentences = _sentences(article, window)
    return Example(window, cues, cue_labels, [(a, b) for a, b in hints], closed, sentences)


def _sentences(article: GoldArticle, window: Window) -> list[tuple[int, int, int, int]]:
    """The labelled sentences that lie in the window whole."""
    sentences = []
    for sentence in article.sentences:
        if sentence.kind is None or sentence.worth is None:
            continue
        span = Span(sentence.start, sentence.end)
        found = window.word_range(span) if window.holds(span) else None
        if found:
            sentences.append((*found, _KINDS.index(sentence.kind), sentence.worth))
    return sentences


def _marked_cue(window: Window, attribution: MarkedAttribution) -> MarkedCue | None:
    """The attribution's targets, or None if its cue or all of its content lies elsewhere."""
    if not attribution.cue:
        return None
    whole = Span(attribution.cue[0].start, attribution.cue[-1].end)
    found = window.word_range(whole) if window.holds(whole) else None
    if found is None:
        return None
    start, end = found
    roles = [0] * len(window.words)
    for spans, begin in ((attribution.source, 1), (attribution.content, 3)):
        for low, high in _ranges(window, spans):
            for i in range(low, high):
                if not start <= i < end:
                    roles[i] = begin if i == low else begin + 1
    if max(roles) < 3:
        return None
    return MarkedCue(
        start,
        end,
        roles,
        _index(_STANCES, attribution.stance),
        _index(_ACTS, attribution.act),
        _index(_FRAMINGS, attribution.framing),
    )


def _index(labels: Sequence[str], label: str | None) -> int:
    return IGNORE if label is None else labels.index(label)


def _ranges(window: Window, spans: Sequence[Span]) -> list[tuple[int, int]]:
    return [r for r in map(window.word_range, spans) if r]


def _covered(text: str, spans: Iterable[Span]) -> bytearray:
    """One byte a character: 1 where some span covers it."""
    covered = bytearray(len(text))
    for start, end in spans:
        covered[start:end] = b"\1" * (end - start)
    return covered
