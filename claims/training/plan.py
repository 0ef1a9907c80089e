"""How to train: every number that the outcome depends on, in one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Plan:
    """Settings of a training run; a checkpoint is only taken up by a run with an equal plan.

    `layers` is how many of the encoder's lower layers are kept: on this task the upper ones, made
    for the similarity of whole sentences, add time and no accuracy (see benchmarks/README.md).
    `inner` is how many units of each layer's feed-forward network are kept, None all of them;
    `role_layers`, `role_heads`, `role_width` are the role tagger's. `teachers` names models that
    this one learns from beside the corpus, and starts from the first of; their share of the loss
    is `taught`. `blend` is how far the weights that ship go from the first teacher's, or those
    of `start` (0), to the learned ones (1), where both are of one size.
    `batch` is in windows, the rates are per step, `warmup` in steps; `average` is the decay of
    the moving average of the weights; `mask` the share of word pieces hidden; `negatives_from`
    the epoch from which the model's own wrong cues are used; `candidate_bias` how freely they are
    found; `nested` and `retold` are the numbers of wrapped and of retold paragraphs an article.
    `structured` is the share of the loss of whole role sequences in that of roles; `start` names a
    trained model to go on from, `frozen` is how many of the encoder's lowest layers stay the same.
    `mean` names the models whose mean this one is: it isn't trained then (`averaging`).
    `recalls` are the shares of the indirect attributions, and of those without a source, for which
    thresholds are lowered (see `calibrate`).
    """

    layers: int = 4
    inner: int | None = None
    role_layers: int = 2
    role_heads: int = 4
    role_width: int = 160
    teachers: tuple[str, ...] = ()
    taught: float = 0.7
    blend: float = 1.0
    epochs: float = 3.0
    batch: int = 16
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    warmup: int = 60
    average: float = 0.998
    mask: float = 0.05
    negatives_from: float = 0.5
    candidate_bias: float = 1.0
    nested: int = 2
    retold: int = 2
    structured: float = 0.5
    start: str = ""
    frozen: int = 0
    mean: tuple[str, ...] = ()
    recalls: tuple[float, float] = (0.68, 0.4)
    seed: int = 2
    bfloat16: bool = True


SMALL = Plan()
"""For all-MiniLM-L6-v2, whose upper layers are left out."""
ACCURATE = Plan(
    layers=9,
    role_width=256,
    encoder_rate=6e-5,
    head_rate=6e-4,
    epochs=2.0,
    recalls=(0.72, 0.45),
    seed=1,
)
"""For all-mpnet-base-v2, three times as deep and twice as wide, which learns at lower rates."""


def going_on(plan: Plan, start: str) -> Plan:
    """The plan for a model that is trained already: lower rates, its own wrong cues at once."""
    return replace(
        plan,
        start=start,
        encoder_rate=plan.encoder_rate / 2,
        head_rate=plan.head_rate / 2,
        negatives_from=0.0,
        epochs=1.0,
    )
