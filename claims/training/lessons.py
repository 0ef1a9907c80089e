"""Lessons: what trained models say of the training windows, for a smaller model to learn from.

Soft targets (Hinton, Vinyals and Dean 2015, "Distilling the Knowledge in a Neural Network"): the
mean of the teachers' probabilities, of each word's cue label, and for the marked cues and those
that the teachers themselves would look at, of each word's role and of the cue's labels. They hold
what the corpus doesn't mark: how sure a cue is, and cues inside another's content.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from tokenizers import Tokenizer
from torch import Tensor

from claims.errors import ModelError
from claims.extraction import catalogue
from claims.extraction.batching import dense_groups
from claims.extraction.decode import cue_candidates
from claims.extraction.network import (
    ClaimsModel,
    collate,
    read_network,
)
from claims.extraction.shapes import Batch, Cue, Roles
from claims.extraction.windows import Window
from claims.training.labels import Example

CANDIDATE_BIASES = (0.0, 1.0)
"""How freely the teachers' own cues are taken: see `decode.cue_candidates`."""
LABELS = ("keep", "stance", "act", "framing")


@dataclass(frozen=True, slots=True)
class Lesson:
    """The teachers' probabilities for one window of W words and N cues.

    `cue` is (W, 3); `cues` holds word ranges, those marked in the corpus first and in its order;
    `roles[i]` is (L, 5) over the words from `low[i]` on; `labels` has a tensor (N, classes) for
    each of `LABELS`, of one class, P(attribution), for "keep".
    """

    cue: Tensor
    cues: list[tuple[int, int]]
    low: list[int]
    roles: list[Tensor]
    labels: dict[str, Tensor]


@dataclass(frozen=True, slots=True)
class Teacher:
    """A trained network, and how much its word counts.

    `pieces` has its own number of each of the learner's word pieces, None where they are the same.
    """

    model: ClaimsModel
    pieces: Tensor | None = None
    weight: float = 1.0

    def batch(self, windows: Sequence[Window]) -> Batch:
        """The learner's windows as this network reads them."""
        batch = collate(windows, **self.model.config.special_tokens)
        if self.pieces is None:
            return batch
        # The special tokens are the teacher's already: only what stands between is translated.
        inner = torch.zeros_like(batch.ids, dtype=torch.bool)
        for row, window in enumerate(windows):
            inner[row, 1 : len(window.pieces) + 1] = True
        ids = batch.ids.clone()
        ids[inner] = self.pieces[batch.ids[inner]]
        return batch._replace(ids=ids)


def teachers(names: Sequence[str], tokenizer: Tokenizer) -> list[Teacher]:
    """The networks of trained models, which must have the learner's word pieces.

    They may number them otherwise, as MPNet does those of BERT. One that is named twice counts
    twice.
    """
    found = []
    for name, times in Counter(names).items():
        folder = catalogue.find(name)
        model, missing = read_network(folder)
        own = Tokenizer.from_file(str(folder / "tokenizer.json"))
        pieces = _numbers(tokenizer, own)
        if missing or pieces is None:
            raise ModelError(
                f"{name} can't teach this model: it reads other word pieces",
                repair="name a model whose encoder has the same vocabulary",
            )
        model.eval()  # type: ignore[no-untyped-call]
        same = torch.equal(pieces, torch.arange(len(pieces)))
        found.append(Teacher(model, None if same else pieces, times))
    return found


def _numbers(learner: Tokenizer, teacher: Tokenizer) -> Tensor | None:
    """The teacher's number of each of the learner's pieces, by its text; None if it lacks many.

    Special tokens go by other names and never stand inside a window: they may be missing.
    """
    vocabulary, known = learner.get_vocab(), teacher.get_vocab()
    unknown = known.get("[UNK]", 0)
    lacking = [piece for piece in vocabulary if piece not in known and piece[:1] not in "[<"]
    if lacking:
        return None
    numbers = torch.full((max(vocabulary.values()) + 1,), unknown)
    for piece, number in vocabulary.items():
        numbers[number] = known.get(piece, unknown)
    return numbers


def taught(
    examples: Sequence[Example],
    asked: Sequence[Teacher],
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    bfloat16: bool = True,
) -> list[Example]:
    """The examples, each with its lesson; `progress(done, total)` in windows after each batch.

    The teachers are laid out for use, in bfloat16 if so said: they can't be trained afterwards.
    """
    for teacher in asked:
        if teacher.model.packed is None:
            teacher.model.prepare(bfloat16=bfloat16)
    result, done = list(examples), 0
    sizes = [len(e.window.words) for e in examples]
    for group in dense_groups(sizes, most=4096, small=512, padding=0.1):
        with torch.no_grad():
            for i, lesson in zip(group, _lessons([examples[i] for i in group], asked), strict=True):
                result[i] = replace(examples[i], lesson=lesson)
        done += len(group)
        progress(done, len(examples))
    return result


def _lessons(examples: Sequence[Example], asked: Sequence[Teacher]) -> Iterator[Lesson]:
    windows = [e.window for e in examples]
    batches = [teacher.batch(windows) for teacher in asked]
    seen = [
        (teacher.model, teacher.model.encode(batch))
        for teacher, batch in zip(asked, batches, strict=True)
    ]
    weights = [teacher.weight for teacher in asked]
    cue = _mean([e.cue_logits.float().softmax(-1) for _, e in seen], weights)
    cues = [_cues(e, cue[b]) for b, e in enumerate(examples)]
    flat = [
        Cue(b, start, end, *example.window.region(start, end))
        for b, example in enumerate(examples)
        for start, end in cues[b]
    ]
    answers = [_answers(*one, batches[0], flat) for one in seen] if flat else []
    at = 0
    for b, example in enumerate(examples):
        own = range(at, at + len(cues[b]))
        at += len(own)
        yield Lesson(
            cue=cue[b, : len(example.window.words)].half().clone(),
            cues=cues[b],
            low=[answers[0][i][0] for i in own],
            roles=[_mean([a[i][1] for a in answers], weights).half() for i in own],
            labels={
                name: torch.stack([_mean([a[i][2][name] for a in answers], weights) for i in own])
                for name in (LABELS if own else ())
            },
        )


def _mean(values: Sequence[Tensor], weights: Sequence[float]) -> Tensor:
    """Weighted mean of tensors of one shape."""
    total = sum(weights)
    return torch.stack([v * (w / total) for v, w in zip(values, weights, strict=True)]).sum(0)


def _cues(example: Example, probability: Tensor) -> list[tuple[int, int]]:
    """The marked cues, and those of the teachers that are none of them."""
    marked = [(c.start, c.end) for c in example.cues]
    log = probability[: len(example.window.words)].clamp(min=1e-9).log().numpy()
    return marked + [c for c in cue_candidates(log, CANDIDATE_BIASES) if c not in set(marked)]


Answer = tuple[int, Tensor, dict[str, Tensor]]


def _answers(model: ClaimsModel, encoded: object, batch: Batch, cues: list[Cue]) -> list[Answer]:
    """For each cue the first word of its region, the roles' probabilities, and its labels'."""
    found: dict[int, Answer] = {}
    for chunk in model.role_chunks(cues):
        roles: Roles = model.roles(encoded, batch, [cues[i] for i in chunk])  # type: ignore[arg-type]
        share = roles.logits.float().softmax(-1)
        labels = {
            "keep": roles.keep.float().sigmoid()[:, None],
            **{n: getattr(roles, n).float().softmax(-1) for n in LABELS[1:]},
        }
        lengths = roles.valid.sum(1).tolist()
        for k, i in enumerate(chunk):
            own = {name: value[k] for name, value in labels.items()}
            found[i] = (int(roles.position[k, 0]), share[k, : lengths[k]], own)
    return [found[i] for i in range(len(cues))]
