"""The training loop: seeded, checkpointed, resumable.

One `Trainer.run` does it all: windows shuffled in groups of like length, a multi-task loss, AdamW
with linear warm-up and decay, an exponential moving average of the weights (which is what ships),
and from the first steps on the model's own wrong cues as negative examples of the role tagger.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812 (its usual name)
from safetensors.torch import load_file, save_file
from torch import Tensor

from claims.extraction.decode import cue_spans
from claims.extraction.network import (
    ClaimsModel,
    collate,
    cue_log_probabilities,
)
from claims.extraction.shapes import Batch, Encoded
from claims.training.labels import IGNORE, Example
from claims.training.losses import (
    LookedAt,
    RoleLosses,
    class_weights,
    looked_at,
    tagging_losses,
    taught_tagging_losses,
)
from claims.training.plan import Plan

_STEP = 16
"""Sides of a batch are multiples of it: a kernel is compiled for each new shape, which takes as
long as a step's products themselves."""
LOSS_WEIGHTS = {
    "cue": 1.0, "role": 1.0, "hint": 0.3, "keep": 0.3,
    "stance": 0.3, "act": 0.2, "framing": 0.1, "kind": 0.3, "worth": 0.3,
}  # fmt: skip


class Trainer:
    """Trains `model` on `examples`; checkpoints go to `folder`."""

    def __init__(
        self, model: ClaimsModel, examples: list[Example], plan: Plan, folder: Path
    ) -> None:
        """`model` comes with its base encoder's weights, of which some stay: see `Plan.frozen`."""
        self.model, self.examples, self.plan, self.folder = model, examples, plan, folder
        self.tokens = model.config.special_tokens
        # Backwards, torch's fused attention takes several times as long as plain products.
        model.encoder.set_attn_implementation("eager")
        for parameter in _kept(model, plan.frozen):
            parameter.requires_grad_(False)
        self.trained = {n: p for n, p in model.named_parameters() if p.requires_grad}
        encoder = [p for n, p in self.trained.items() if n.startswith("encoder.")]
        heads = [p for n, p in self.trained.items() if not n.startswith("encoder.")]
        self.optimizer = torch.optim.AdamW(
            [{"params": encoder}, {"params": heads}], weight_decay=0.01, fused=True
        )
        self.average = {n: p.detach().clone() for n, p in self.trained.items()}
        self.weights = class_weights(examples)
        self.steps_per_epoch = -(-len(examples) // plan.batch)
        self.total = round(self.steps_per_epoch * plan.epochs)
        self.step = 0

    def run(
        self,
        report: Callable[[int, int, dict[str, float]], None],
        *,
        every: int = 250,
        stop: int | None = None,
    ) -> None:
        """Train to the end (or to step `stop`), saving a checkpoint every `every` steps.

        `report(step, total, losses)` is called after each step. Interrupting loses no more than
        the steps since the last checkpoint.
        """
        self.model.train()
        last = min(self.total, stop or self.total)
        while self.step < last:
            epoch, done = divmod(self.step, self.steps_per_epoch)
            for batch in self._batches(epoch)[done:]:
                report(self.step + 1, self.total, self._step(batch))
                self.step += 1
                if self.step % every == 0 or self.step == last:
                    self.save()
                if self.step == last:
                    break

    def _batches(self, epoch: int) -> list[list[Example]]:
        """The epoch's batches: the same for the same seed, so that a resumed run goes on alike."""
        rng = random.Random(f"{self.plan.seed}:{epoch}")  # noqa: S311 (nothing secret)
        order = list(range(len(self.examples)))
        rng.shuffle(order)
        size, chunks = self.plan.batch, []
        for k in range(0, len(order), size * 40):
            near = sorted(order[k : k + size * 40], key=self._length)
            chunks += [near[j : j + size] for j in range(0, len(near), size)]
        rng.shuffle(chunks)
        return [[self.examples[i] for i in chunk] for chunk in chunks]

    def _length(self, i: int) -> int:
        return len(self.examples[i].window.pieces)

    def _step(self, batch: list[Example]) -> dict[str, float]:
        torch.manual_seed(self.plan.seed * 1_000_003 + self.step)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.plan.bfloat16):
            losses = self._losses(batch)
        total = torch.stack([LOSS_WEIGHTS[k] * v for k, v in losses.items()]).sum()
        total.backward()  # type: ignore[no-untyped-call]
        self._rates()
        torch.nn.utils.clip_grad_norm_(self.trained.values(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        decay = min(self.plan.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            torch._foreach_lerp_(
                list(self.average.values()), list(self.trained.values()), 1 - decay
            )
        return {k: float(v.detach()) for k, v in losses.items()}

    def _rates(self) -> None:
        warm = (self.step + 1) / self.plan.warmup
        left = (self.total - self.step) / max(1, self.total - self.plan.warmup)
        factor = max(0.002, min(warm, left, 1.0))
        rates = (self.plan.encoder_rate, self.plan.head_rate)
        for group, rate in zip(self.optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * factor

    def _losses(self, examples: list[Example]) -> dict[str, Tensor]:
        batch = collate([e.window for e in examples], **self.tokens, step=_STEP)
        encoded = self.model.encode(self._masked(batch))
        losses = self._mixed(
            tagging_losses(encoded, batch, examples), taught_tagging_losses(encoded, examples)
        )
        looked_at = self._cues(encoded, examples)
        if looked_at:
            losses |= self._role_losses(encoded, batch, looked_at)
        losses |= self._sentence_losses(encoded, examples)
        return losses

    def _mixed(self, own: dict[str, Tensor], taught: dict[str, Tensor]) -> dict[str, Tensor]:
        """The corpus's losses, with the teachers' share of those that they have a word on."""
        return {
            name: torch.lerp(value, taught[name], self.plan.taught) if name in taught else value
            for name, value in own.items()
        }

    def _masked(self, batch: Batch) -> Batch:
        """Some pieces hidden, so that the model leans on the context, not on known names."""
        hide = (torch.rand(batch.ids.shape) < self.plan.mask) & (batch.mask == 1)
        for token in self.tokens.values():
            hide &= batch.ids != token
        return batch._replace(ids=batch.ids.masked_fill(hide, self.model.config.mask_token))

    def _cues(self, encoded: Encoded, examples: list[Example]) -> list[LookedAt]:
        """Marked cues, those of the lessons, and the model's own wrong ones."""
        found = None
        if self.step >= self.plan.negatives_from * self.steps_per_epoch:
            found = cue_log_probabilities(encoded).detach().numpy()
        result = []
        for b, example in enumerate(examples):
            ranges = [(c.start, c.end) for c in example.cues]
            if example.lesson is not None:
                ranges = example.lesson.cues
            result += [looked_at(b, example, *r, number=i) for i, r in enumerate(ranges)]
            wrong = (looked_at(b, example, *r) for r in example.rejected)
            result += [cue for cue in wrong if cue.keep == 0]
            if found is None:
                continue
            known = {*ranges, *example.rejected, *((c.start, c.end) for c in example.cues)}
            count = len(example.window.words)
            for start, end in cue_spans(found[b, :count], self.plan.candidate_bias):
                if (start, end) not in known:
                    cue = looked_at(b, example, start, end)
                    if cue.keep != IGNORE:  # else perhaps one that a flat corpus doesn't mark
                        result.append(cue)
        return result

    def _role_losses(
        self, encoded: Encoded, batch: Batch, cues: list[LookedAt]
    ) -> dict[str, Tensor]:
        places = [c.cue for c in cues]
        own = RoleLosses(self.weights, structured=self.plan.structured)
        taught = RoleLosses(self.weights)
        for chunk in self.model.role_chunks(places):
            roles = self.model.roles(encoded, batch, [places[i] for i in chunk])
            own.add(roles, [cues[i] for i in chunk])
            taught.add_taught(roles, [cues[i] for i in chunk])
        return self._mixed(own.means(), taught.means())

    def _sentence_losses(self, encoded: Encoded, examples: list[Example]) -> dict[str, Tensor]:
        rows = [(b, *s) for b, e in enumerate(examples) for s in e.sentences]
        if not rows:
            return {}
        kind, worth = self.model.sentence_judge(encoded, [r[:3] for r in rows])
        wanted = torch.tensor(rows)
        steps = torch.stack([wanted[:, 4] >= 1, wanted[:, 4] >= 2], 1).float()
        return {
            "kind": F.cross_entropy(kind.float(), wanted[:, 3]),
            "worth": F.binary_cross_entropy_with_logits(worth.float(), steps),
        }

    def save(self) -> None:
        """Weights, average and optimiser state as safetensors; the step beside them as JSON."""
        tensors = {f"model.{n}": p.detach() for n, p in self.trained.items()}
        tensors |= {f"average.{n}": p for n, p in self.average.items()}
        for name, parameter in self.trained.items():
            for key, value in self.optimizer.state[parameter].items():
                tensors[f"optimizer.{key}.{name}"] = value.detach()
        self.folder.mkdir(parents=True, exist_ok=True)
        temporary = self.folder / "checkpoint.tmp"
        meta = {"step": str(self.step), "plan": json.dumps(asdict(self.plan))}
        save_file({k: v.contiguous() for k, v in tensors.items()}, temporary, metadata=meta)
        temporary.replace(self.folder / "checkpoint.safetensors")

    def resume(self) -> bool:
        """Take up the checkpoint in the folder, if there is one of the same plan."""
        from safetensors import safe_open

        path = self.folder / "checkpoint.safetensors"
        if not path.exists():
            return False
        with safe_open(path, "pt") as file:
            meta = file.metadata()
        if json.loads(meta["plan"]) != json.loads(json.dumps(asdict(self.plan))):
            return False
        tensors = load_file(path)
        self.step = int(meta["step"])
        with torch.no_grad():
            for name, parameter in self.trained.items():
                parameter.copy_(tensors[f"model.{name}"])
                self.average[name].copy_(tensors[f"average.{name}"])
                state = {
                    k.split(".")[1]: v
                    for k, v in tensors.items()
                    if k.startswith("optimizer.") and k.split(".", 2)[2] == name
                }
                self.optimizer.state[parameter] = state
        return True

    def use_average(self) -> None:
        """Put the averaged weights into the model: these are evaluated and shipped."""
        with torch.no_grad():
            for name, parameter in self.trained.items():
                parameter.copy_(self.average[name])


def _kept(model: ClaimsModel, frozen: int) -> Iterator[Tensor]:
    """The weights that aren't trained: the word embeddings, and the lowest layers."""
    yield from model.encoder.embeddings.parameters()
    stack = model.encoder.encoder
    for layer in stack.layer[:frozen]:
        yield from layer.parameters()
    if frozen and hasattr(stack, "relative_attention_bias"):  # all layers have it
        yield from stack.relative_attention_bias.parameters()
