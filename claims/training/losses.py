"""The losses: of the corpus's labels, and of the teachers' where an example has a lesson."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812 (its usual name)
from torch import Tensor

from claims.extraction.shapes import Batch, Cue, Encoded, Roles
from claims.training.labels import IGNORE, Example
from claims.training.lessons import LABELS
from claims.training.sequences import WORDS, sequence_loss

UNSOURCED_WEIGHT = 2.0
"""Of the words of cues without a source ("is suspected of"): rare, and the easiest to miss."""
_NAMES = LABELS[1:]


@dataclass(frozen=True, slots=True)
class Weights:
    """Class weights of the three attribution labels, for rare stances and acts."""

    stance: Tensor
    act: Tensor
    framing: Tensor


def class_weights(examples: Sequence[Example]) -> Weights:
    """(N / n)^½ of each class, at most 4, so that denials and doubts are not drowned."""

    def of(pick: Callable[[Any], int], size: int) -> Tensor:
        counts = torch.ones(size)
        for example in examples:
            for cue in example.cues:
                if pick(cue) != IGNORE:
                    counts[pick(cue)] += 1
        weight = (counts.sum() / counts / size).sqrt().clamp(max=4)
        return weight / (weight * counts).sum() * counts.sum()

    return Weights(of(lambda c: c.stance, 5), of(lambda c: c.act, 10), of(lambda c: c.framing, 3))


def tagging_losses(
    encoded: Encoded, batch: Batch, examples: Sequence[Example]
) -> dict[str, Tensor]:
    """Of the cue labels, and of the hints at sources and contents."""
    shape = batch.first.shape
    cue = torch.full(shape, IGNORE)
    weight = torch.ones(shape)
    hint = torch.zeros((*shape, 2))
    for i, example in enumerate(examples):
        count = len(example.cue_labels)
        cue[i, :count] = torch.tensor(example.cue_labels)
        for marked in example.cues:
            if not any(label in (1, 2) for label in marked.roles):
                weight[i, marked.start : marked.end] = UNSOURCED_WEIGHT
        hint[i, :count] = torch.tensor(example.hints)
    there = (batch.paragraph >= 0) & (hint[..., 0] != IGNORE)
    words = F.cross_entropy(
        encoded.cue_logits.float().transpose(1, 2), cue, ignore_index=IGNORE, reduction="none"
    )
    losses = {"cue": (words * weight).sum() / (weight * (cue != IGNORE)).sum().clamp(min=1)}
    if there.any():
        logits = encoded.hint_logits.float()[there]
        losses["hint"] = F.binary_cross_entropy_with_logits(logits, hint[there])
    return losses


def taught_tagging_losses(encoded: Encoded, examples: Sequence[Example]) -> dict[str, Tensor]:
    """Cross-entropy of the cue labels with the teachers' probabilities; empty without lessons."""
    found = [
        (encoded.cue_logits[b, : len(e.lesson.cue)].float(), e.lesson.cue.float())
        for b, e in enumerate(examples)
        if e.lesson is not None
    ]
    if not found:
        return {}
    logits, wanted = (torch.cat(part) for part in zip(*found, strict=True))
    return {"cue": F.cross_entropy(logits, wanted)}


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A cue that the role tagger is asked about, with its targets.

    `keep` is 1, 0 or IGNORE where nobody knows; `labels` are (stance, act, framing); `number` is
    the cue's in the example's lesson, None where it has none.
    """

    cue: Cue
    example: Example
    roles: list[int] | None
    keep: int
    labels: tuple[int, int, int]
    number: int | None


def looked_at(
    b: int, example: Example, start: int, end: int, *, number: int | None = None
) -> LookedAt:
    """The targets of a cue of window `b`: its own if it is marked, as the first `number`s are.

    Else those of the one marked cue that it overlaps; nobody knows those of one that overlaps
    more, or that a flat corpus doesn't mark.
    """
    cue = Cue(b, start, end, *example.window.region(start, end))
    near = [c for c in example.cues if c.start < end and c.end > start]
    if number is not None and number < len(example.cues):
        near = [example.cues[number]]
    number = number if example.lesson is not None else None
    unknown = (IGNORE, IGNORE, IGNORE)
    if len(near) == 1:
        marked = near[0]
        roles = [0 if start <= i < end else r for i, r in enumerate(marked.roles)]
        labels = (marked.stance, marked.act, marked.framing)
        return LookedAt(cue, example, roles, 1, labels, number)
    if not near and all(example.closed[start:end]):
        return LookedAt(cue, example, [0] * len(example.window.words), 0, unknown, number)
    return LookedAt(cue, example, None, IGNORE, unknown, number)


class RoleLosses:
    """Sums up the losses of a batch's cues over the calls of the role tagger."""

    def __init__(self, weights: Weights, *, structured: float = 0.0) -> None:
        """Start at nothing; `structured` is the share of the loss of whole sequences."""
        self._weights, self._structured = weights, structured
        self._sums: dict[str, Tensor] = {}
        self._counts: dict[str, int] = {}

    def add(self, roles: Roles, cues: Sequence[LookedAt]) -> None:
        """Losses of the corpus's labels."""
        there = roles.valid & ~roles.in_cue
        wanted = torch.full(there.shape, IGNORE)
        for k, cue in enumerate(cues):
            if cue.roles is not None:
                own = torch.tensor(cue.roles)[roles.position[k]]
                wanted[k] = torch.where(there[k], own, IGNORE)
        self._add("role", int((wanted != IGNORE).sum()), F.cross_entropy(
            roles.logits.float().transpose(1, 2), wanted, ignore_index=IGNORE, reduction="sum"
        ))  # fmt: skip
        keep = torch.tensor([c.keep for c in cues])
        if self._structured and (real := keep == 1).any():
            loss, count = sequence_loss(roles.logits[real], wanted[real])
            self._add("sequence", count, loss)
        sure = keep != IGNORE
        self._add("keep", int(sure.sum()), F.binary_cross_entropy_with_logits(
            roles.keep.float()[sure], keep[sure].float(), reduction="sum"
        ))  # fmt: skip
        labels = torch.tensor([c.labels for c in cues])
        for column, name in enumerate(_NAMES):
            self._add(name, int((labels[:, column] != IGNORE).sum()), F.cross_entropy(
                getattr(roles, name).float(), labels[:, column],
                weight=getattr(self._weights, name), ignore_index=IGNORE, reduction="sum",
            ))  # fmt: skip

    def add_taught(self, roles: Roles, cues: Sequence[LookedAt]) -> None:
        """Cross-entropies with the probabilities of the teachers, for cues of a lesson."""
        there = roles.valid & ~roles.in_cue
        wanted = torch.zeros(roles.logits.shape)
        rows, labels = [], []
        for k, cue in enumerate(cues):
            lesson = cue.example.lesson
            if lesson is None or cue.number is None:
                there[k] = False
                continue
            share = lesson.roles[cue.number]
            wanted[k, : len(share)] = share.float()
            rows.append(k)
            labels.append({name: value[cue.number] for name, value in lesson.labels.items()})
        if not rows:
            return
        self._add("role", int(there.sum()), F.cross_entropy(
            roles.logits.float()[there], wanted[there], reduction="sum"
        ))  # fmt: skip
        wanted_keep = torch.cat([one["keep"] for one in labels])
        self._add("keep", len(rows), F.binary_cross_entropy_with_logits(
            roles.keep.float()[rows], wanted_keep, reduction="sum"
        ))  # fmt: skip
        for name in _NAMES:
            self._add(name, len(rows), F.cross_entropy(
                getattr(roles, name).float()[rows],
                torch.stack([one[name] for one in labels]),
                reduction="sum",
            ))  # fmt: skip

    def means(self) -> dict[str, Tensor]:
        """The mean of each loss over what it counts; that of roles with the sequences' share.

        Few cues carry the three labels: their number scales the loss down, so that one labelled
        cue in a batch doesn't pull as much as twenty.
        """
        means = {
            name: value
            / max(1, self._counts[name])
            * (min(1.0, self._counts[name] / 8) if name in _NAMES else 1.0)
            for name, value in self._sums.items()
        }
        if "sequence" in means:
            means["role"] = torch.lerp(
                means["role"], means.pop("sequence") / WORDS, self._structured
            )
        return means

    def _add(self, name: str, count: int, value: Tensor) -> None:
        self._sums[name] = self._sums[name] + value if name in self._sums else value
        self._counts[name] = self._counts.get(name, 0) + count
