"""The extractor: documents in, attributions and labelled sentences out.

Each article is encoded by itself, so its output is the same, to the last digit, whatever else is
read with it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from claims.extraction import confidence
from claims.extraction.batching import dense_groups
from claims.extraction.conflicts import (
    Candidate,
    parents,
    parents_among,
    passed_over,
    settle,
    weigh,
)
from claims.extraction.decode import B_CONTENT, B_SOURCE, cue_candidates, role_labels, spans_of
from claims.extraction.sentences import sentences
from claims.extraction.shapes import Cue
from claims.extraction.spans import attribution_of
from claims.extraction.windows import MAX_PIECES, Window, read_paragraphs, windows
from claims.extraction.words import WordReader
from claims.records import (
    Attribution,
    BlockKind,
    Document,
    Extraction,
    ModelInfo,
    Sentence,
    SentenceKind,
    Span,
    Stance,
)

if TYPE_CHECKING:
    from claims.extraction.network import ClaimsModel
    from claims.extraction.shapes import Batch, Encoded, Roles

_KINDS = tuple(SentenceKind)
_STANCES = tuple(Stance)
DECODING = {"cue_bias": 2.5, "no_source": 0.0, "threshold": 0.4}
"""What a model's config may override: see `decode` and `conflicts.settle`."""
LEAST_OFFERED = 0.1
"""Confidence under which a candidate isn't worth anybody's look: of those of PolNeAR dev none was
right."""
MORE_OFFERED = 3
"""Candidates are as many as attributions and so many, at most."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the network says of one window, before anything is thresholded."""

    window: Window
    candidates: list[Candidate]
    sentences: list[tuple[int, SentenceKind, float]]
    """(index into the document's sentences, kind, worth)"""


class Extractor:
    """A loaded model. `extract` may be called any number of times."""

    def __init__(
        self, model: ClaimsModel, reader: WordReader, info: ModelInfo, *, bfloat16: bool = False
    ) -> None:
        """Take over a network, in float32; use `load` for one on disk."""
        self.model, self.info = model, info
        model.eval()  # type: ignore[no-untyped-call]
        model.prepare(bfloat16=bfloat16)
        self.reader = reader
        self._tokens: dict[str, int] = model.config.special_tokens
        self.decoding = DECODING | model.config.decoding

    def extract(
        self,
        documents: Iterable[Document],
        *,
        progress: Callable[[int], None] | None = None,
    ) -> Iterator[Extraction]:
        """One `Extraction` a document, in order; `progress(characters)` after each.

        `speaker` is left UNRESOLVED: who a source stands for is the next stage's business.
        """
        for document in documents:
            yield self.assemble(document, *self.find(document))
            if progress:
                progress(len(document.text))

    def find(self, document: Document) -> tuple[list[Span], list[Found]]:
        """Sentences of a document, and per window all candidates, before any is weighed."""
        spans = sentences(document.text, document.blocks)
        all_windows = windows(
            document.text, read_paragraphs(document.blocks), self.reader, MAX_PIECES
        )
        places = _place(spans, all_windows)
        found: list[Found] = []
        # Pieces stand one behind another; what is filled up is the table of words.
        sizes = [len(w.words) for w in all_windows]
        for batch in dense_groups(sizes, most=4096, small=2048, padding=0.3):
            found += self._pass([all_windows[i] for i in batch], [places[i] for i in batch])
        return spans, found

    def assemble(
        self, document: Document, spans: Sequence[Span], found: Sequence[Found]
    ) -> Extraction:
        """What `find` gave, weighed by the present calibration and thresholds, and settled."""
        weights = self.model.config.calibration
        datelines = [Span(b.start, b.end) for b in document.blocks if b.kind is BlockKind.DATELINE]
        raw: list[Attribution] = []
        under: list[Attribution] = []
        for item in found:
            weighed = weigh(item.candidates, weights)
            kept = settle(weighed, self.decoding["threshold"], self.decoding.get("unsourced"))
            raw += _attributions(document.text, item.window, kept, datelines)
            under += _attributions(
                document.text, item.window, passed_over(weighed, kept), datelines
            )
        raw.sort(key=_place_of)
        above = parents([(a.cue, a.content) for a in raw])
        labels = {i: (kind, worth) for item in found for i, kind, worth in item.sentences}
        judged = (
            Sentence(*span, *labels.get(i, (SentenceKind.OTHER, 0.0)))
            for i, span in enumerate(spans)
        )
        return Extraction(
            tuple(judged),
            tuple(replace(a, parent=p) for a, p in zip(raw, above, strict=True)),
            self.info,
            candidates=_offered(under, raw),
        )

    def stances(self, document: Document, cues: Sequence[Sequence[Span]]) -> list[Stance | None]:
        """The stance that goes with each cue that is given by its spans.

        None for one that stands in no paragraph that is read, or has no spans.
        """
        from claims.extraction.network import collate, inference

        found: list[Stance | None] = [None] * len(cues)
        for window in windows(
            document.text, read_paragraphs(document.blocks), self.reader, MAX_PIECES
        ):
            here = [
                (i, place)
                for i, spans in enumerate(cues)
                if spans and (place := window.word_range(Span(spans[0].start, spans[-1].end)))
            ]
            asked = [Cue(0, a, b, *window.region(a, b)) for _, (a, b) in here]
            if not asked:
                continue
            with inference():
                batch = collate([window], **self._tokens)
                encoded = self.model.encode(batch)
                for chunk in self.model.role_chunks(asked):
                    roles = self.model.roles(encoded, batch, [asked[n] for n in chunk])
                    best = roles.stance.float().argmax(-1).tolist()
                    for n, number in zip(chunk, best, strict=True):
                        found[here[n][0]] = _STANCES[number]
        return found

    def _pass(
        self, group: Sequence[Window], places: Sequence[Sequence[tuple[int, int, int]]]
    ) -> list[Found]:
        """One batch through the network; `places`: (sentence, first word, word after) a window."""
        from claims.extraction.network import collate, cue_log_probabilities, inference

        with inference():
            batch = collate(group, **self._tokens)
            encoded = self.model.encode(batch)
            log_cue = cue_log_probabilities(encoded).numpy()
            cues = [
                Cue(w, start, end, *window.region(start, end))
                for w, window in enumerate(group)
                for start, end in cue_candidates(
                    log_cue[w, : len(window.words)], (0.0, 1.0, self.decoding["cue_bias"])
                )
            ]
            candidates: list[list[Candidate]] = [[] for _ in group]
            for w, candidate in self._candidates(encoded, batch, cues, np.exp(log_cue[..., 0])):
                candidates[w].append(candidate)
            judged = self._judge(encoded, places)
        return [
            Found(w, sorted(c, key=lambda c: c.cue), j)
            for w, c, j in zip(group, candidates, judged, strict=True)
        ]

    def _candidates(
        self, encoded: Encoded, batch: Batch, cues: list[Cue], outside: np.ndarray
    ) -> Iterator[tuple[int, Candidate]]:
        """Roles of each cue, as a candidate if any content is found; `outside` is P(O), (B, W)."""

        for chunk in self.model.role_chunks(cues) if cues else ():
            part = [cues[i] for i in chunk]
            roles = self.model.roles(encoded, batch, part)
            probability, labels = _decoded(roles, self.decoding["no_source"])
            judged = [
                x.float().argmax(-1).tolist() for x in (roles.stance, roles.act, roles.framing)
            ]
            keep = roles.keep.float().sigmoid().tolist()
            low = roles.position[:, 0].tolist()
            for i, cue in enumerate(part):
                source, content = spans_of(labels[i], B_SOURCE), spans_of(labels[i], B_CONTENT)
                if not content:
                    continue
                sure = 1 - outside[cue.window, cue.start : cue.end].min()
                values = _features(probability[i], source, content, keep[i], sure)
                shift = low[i]
                yield (
                    cue.window,
                    Candidate(
                        tuple((a + shift, b + shift) for a, b in source),
                        (cue.start, cue.end),
                        tuple((a + shift, b + shift) for a, b in content),
                        tuple(
                            float(p) for a, b in content for p in probability[i, a:b, 3:].sum(-1)
                        ),
                        values,
                        (judged[0][i], judged[1][i], judged[2][i]),
                    ),
                )

    def _judge(
        self, encoded: Encoded, places: Sequence[Sequence[tuple[int, int, int]]]
    ) -> list[list[tuple[int, SentenceKind, float]]]:
        """Kind and worth of the sentences of each window."""
        result: list[list[tuple[int, SentenceKind, float]]] = [[] for _ in places]
        flat = [(w, *place) for w, window in enumerate(places) for place in window]
        if flat:
            kind, worth = self.model.sentence_judge(encoded, [(w, a, b) for w, _, a, b in flat])
            kinds = kind.argmax(-1).tolist()
            # Worth is 0, 1 or 2 in the labels: the expected value of it, halved.
            scores = worth.sigmoid().mean(-1).tolist()
            for (w, index, _, _), k, score in zip(flat, kinds, scores, strict=True):
                result[w].append((index, _KINDS[k], round(score, 4)))
        return result


def _attributions(
    text: str, window: Window, chosen: Iterable[Candidate], datelines: Sequence[Span]
) -> Iterator[Attribution]:
    for candidate in chosen:
        found = attribution_of(text, window, candidate, datelines)
        if found is not None:
            yield found


def _place_of(one: Attribution) -> tuple[int, int]:
    return (one.cue[0].start, one.cue[-1].end)


def _offered(under: Sequence[Attribution], kept: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The best of those that were passed over, in the order of the text.

    At most as many as were kept and `MORE_OFFERED`; none whose cue shares characters with that of
    one that was kept or is better. `parent` is an index of `kept`.
    """
    taken = sorted(span for one in kept for span in one.cue)
    best: list[Attribution] = []
    for one in sorted(under, key=lambda a: (-a.confidence, _place_of(a))):
        if one.confidence < LEAST_OFFERED or len(best) == len(kept) + MORE_OFFERED:
            break
        if all(_is_free(span, taken) for span in one.cue):
            best.append(one)
            for span in one.cue:
                insort(taken, span)
    best.sort(key=_place_of)
    above = parents_among([(a.cue, a.content) for a in best], [(a.cue, a.content) for a in kept])
    return tuple(replace(a, parent=p) for a, p in zip(best, above, strict=True))


def _is_free(span: Span, taken: Sequence[Span]) -> bool:
    """Whether `span` shares nothing with the sorted spans `taken`, which share nothing either."""
    at = bisect_left(taken, span.end, key=lambda s: s.start)
    return at == 0 or taken[at - 1].end <= span.start


def _decoded(roles: Roles, no_source: float) -> tuple[np.ndarray, np.ndarray]:
    """Role probabilities (N, L, 5) and best labels (N, L)."""
    # Words that only fill up the batch are no part of a role, and must not weigh in its features.
    nowhere = (roles.in_cue | ~roles.valid)[..., None]
    logits = roles.logits.float().masked_fill(nowhere, 0.0)
    logits[..., 1:] = logits[..., 1:].masked_fill(nowhere, -1e4)
    log = logits.log_softmax(-1).numpy()
    return np.exp(log), role_labels(log, roles.valid.numpy(), no_source)


def _features(
    probability: np.ndarray,
    source: Sequence[tuple[int, int]],
    content: Sequence[tuple[int, int]],
    keep: float,
    cue: float,
) -> tuple[float, ...]:
    """Confidence features of one candidate from its role probabilities (L, 5)."""
    of_content = probability[:, 3:].sum(-1)
    of_source = probability[:, 1:3].sum(-1)
    words = np.concatenate([of_content[a:b] for a, b in content])
    edges = [of_content[i] for a, b in content for i in (a, b - 1)]
    if source:
        sure = float(np.concatenate([of_source[a:b] for a, b in source]).mean())
    else:
        sure = 1 - float(of_source.max())
    return confidence.features(
        keep=keep,
        cue=float(cue),
        content=float(words.mean()),
        weakest=float(min(edges)),
        source=sure,
        sourced=bool(source),
    )


def _place(spans: Sequence[Span], group: Sequence[Window]) -> list[list[tuple[int, int, int]]]:
    """For each window its sentences as (index, first word, word after).

    A sentence that a window's end cuts in two belongs to the one that holds more of its words.
    """
    best: dict[int, tuple[int, int, int, int]] = {}
    for w, window in enumerate(group):
        first = bisect_right(spans, window.words[0].start, key=lambda s: s.end)
        after = bisect_left(spans, window.words[-1].end, key=lambda s: s.start)
        for i in range(first, after):
            found = window.word_range(spans[i])
            if found and (i not in best or found[1] - found[0] > best[i][2] - best[i][1]):
                best[i] = (w, *found, i)
    places: list[list[tuple[int, int, int]]] = [[] for _ in group]
    for w, low, high, i in best.values():
        places[w].append((i, low, high))
    return places
