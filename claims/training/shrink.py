"""A smaller network from a trained one: fewer layers, narrower feed-forward networks.

Layers are dropped at even distances, the first and the last kept (Sanh et al. 2019, "DistilBERT");
of each feed-forward network those units are kept that move its output most on the training
windows, by mean absolute activation times the norm of their outgoing weights. What is left is a
start for training with lessons, not a model to use.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from claims.extraction.config import ClaimsConfig
from claims.extraction.network import ClaimsModel, collate
from claims.training.labels import Example
from claims.training.plan import Plan

_LAYER = re.compile(r"(encoder\.encoder\.layer|role_tagger\.layers)\.(\d+)\.(.*)")
_SEEN = 64
"""Windows on which the use of each unit is measured."""


def shrunk(teacher: ClaimsModel, plan: Plan, examples: Sequence[Example]) -> ClaimsModel:
    """A network of the plan's size that starts from the teacher's weights."""
    old = teacher.config
    inner = plan.inner or old.encoder["intermediate_size"]
    encoder = old.encoder | {"num_hidden_layers": plan.layers, "intermediate_size": inner}
    encoder.pop("_name_or_path", None)
    config = ClaimsConfig(
        encoder=encoder,
        role_width=old.role_width,
        role_layers=plan.role_layers,
        role_heads=plan.role_heads,
        reach=old.reach,
        dropout=old.dropout,
        special_tokens=old.special_tokens,
        mask_token=old.mask_token,
    )
    kept = {
        "encoder.encoder.layer": evenly(old.encoder["num_hidden_layers"], plan.layers),
        "role_tagger.layers": evenly(old.role_layers, plan.role_layers),
    }
    model = ClaimsModel(config)
    weights = _of_layers(teacher.state_dict(), kept)
    if inner < old.encoder["intermediate_size"]:
        use = _use(teacher, examples[:_SEEN])
        units = [use[i].topk(inner).indices.sort().values for i in kept["encoder.encoder.layer"]]
        weights = _of_units(weights, units)
    model.load_state_dict(weights)
    return model


def blended(learned: ClaimsModel, teacher: ClaimsModel, share: float) -> None:
    """Move the learned weights to `share` of the way from the teacher's to them.

    The mean of a model and of what it became by further training is often better than both, on
    other texts above all (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models"). The
    sentence head, of which lessons say nothing, stays the teacher's. Both are of one size.
    """
    old = teacher.state_dict()
    with torch.no_grad():
        for name, value in learned.state_dict().items():
            if value.is_floating_point():
                own = 0.0 if name.startswith("sentence_judge.") else share
                value.copy_(torch.lerp(old[name].to(value.dtype), value, own))


def evenly(have: int, want: int) -> list[int]:
    """Numbers of `want` of `have` layers at even distances, with the first and the last.

    >>> evenly(6, 3)
    [0, 2, 5]
    """
    if want == 1:
        return [have - 1]
    return [round(i * (have - 1) / (want - 1)) for i in range(min(want, have))]


def _of_layers(
    weights: Mapping[str, Tensor], kept: Mapping[str, Sequence[int]]
) -> dict[str, Tensor]:
    """The weights with the kept layers numbered anew and the others left out."""
    result: dict[str, Tensor] = {}
    for name, value in weights.items():
        found = _LAYER.fullmatch(name)
        if found is None:
            result[name] = value
            continue
        stack, number, rest = found.groups()
        for new, old in enumerate(kept[stack]):
            if old == int(number):
                result[f"{stack}.{new}.{rest}"] = value
    return result


def _of_units(weights: dict[str, Tensor], units: Sequence[Tensor]) -> dict[str, Tensor]:
    """The weights with only these units of each layer's feed-forward network."""
    for number, chosen in enumerate(units):
        layer = f"encoder.encoder.layer.{number}."
        for part in ("intermediate.dense.weight", "intermediate.dense.bias"):
            weights[layer + part] = weights[layer + part][chosen]
        weights[layer + "output.dense.weight"] = weights[layer + "output.dense.weight"][:, chosen]
    return weights


def _use(model: ClaimsModel, examples: Sequence[Example]) -> list[Tensor]:
    """For each layer of the encoder how much each unit moves the output: (units,)."""
    seen: list[Tensor] = []

    def watch(_module: Any, _given: Any, activation: Tensor) -> None:
        seen.append(activation.abs().mean((0, 1)))

    layers: list[Any] = list(model.encoder.encoder.layer)
    hooks = [layer.intermediate.register_forward_hook(watch) for layer in layers]
    total = [torch.zeros(layer.intermediate.dense.out_features) for layer in layers]
    with torch.no_grad():
        for example in examples:
            seen.clear()
            model.encode(collate([example.window], **model.config.special_tokens))
            total = [a + b for a, b in zip(total, seen, strict=True)]
    for hook in hooks:
        hook.remove()
    outgoing = [layer.output.dense.weight.detach().norm(dim=0) for layer in layers]
    return [a * b for a, b in zip(total, outgoing, strict=True)]
