from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from statistics import mean

import pytest
import torch

from claims.extraction.network import ClaimsModel
from claims.training.corpus import build
from claims.training.labels import IGNORE, Example
from claims.training.loop import LOSS_WEIGHTS, Trainer, class_weights
from claims.training.plan import Plan
from tests.extraction.making import network, reader
from tests.training.making import article, news

PLAN = Plan(epochs=4, batch=4, warmup=4, head_rate=3e-3, average=0.9, nested=1, bfloat16=False)
NEWS = [news(i) for i in range(8)]
EXAMPLES = build(NEWS, reader(), nested=1, seed=1)


def trainer(folder: Path, plan: Plan = PLAN, seed: int = 0) -> Trainer:
    """On the same encoder for each seed, with heads of their own."""
    model = network(0)
    torch.manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if seed and not name.startswith("encoder.embeddings."):
                parameter.add_(torch.randn_like(parameter))
    return Trainer(model, list(EXAMPLES), plan, folder)


def run(made: Trainer, **more: int) -> list[dict[str, float]]:
    losses: list[dict[str, float]] = []
    made.run(lambda _step, _total, found: losses.append(found), **more)
    return losses


def total(losses: Mapping[str, float]) -> float:
    return sum(LOSS_WEIGHTS[k] * v for k, v in losses.items())


def weights(model: ClaimsModel) -> dict[str, torch.Tensor]:
    return {n: p.detach().clone() for n, p in model.named_parameters()}


def same(a: Mapping[str, torch.Tensor], b: Mapping[str, torch.Tensor]) -> bool:
    return a.keys() == b.keys() and all(torch.equal(a[n], b[n]) for n in a)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Trainer, list[dict[str, float]]]:
    made = trainer(tmp_path_factory.mktemp("whole"))
    return made, run(made)


def test_the_loss_falls(whole: tuple[Trainer, list[dict[str, float]]]) -> None:
    made, losses = whole
    assert made.step == made.total == len(losses) == round(-(-len(EXAMPLES) // 4) * 4)
    first, last = losses[:6], losses[-6:]
    assert sum(map(total, last)) < 0.8 * sum(map(total, first))
    for name in ("cue", "role"):
        assert mean(x[name] for x in last if name in x) < mean(x[name] for x in first if name in x)
    assert all(set(x) <= set(LOSS_WEIGHTS) for x in losses)


def test_the_word_embeddings_stay_as_they_were(
    whole: tuple[Trainer, list[dict[str, float]]],
) -> None:
    after, before = weights(whole[0].model), weights(network(0))
    frozen = {n for n in before if n.startswith("encoder.embeddings.")}
    assert frozen
    assert {n for n in before if torch.equal(before[n], after[n])} == frozen


@pytest.mark.parametrize("stop", [1, 7, 13])
def test_an_interrupted_run_ends_as_one_that_was_not(
    whole: tuple[Trainer, list[dict[str, float]]], tmp_path: Path, stop: int
) -> None:
    first = trainer(tmp_path)
    run(first, stop=stop)
    assert first.step == stop
    second = trainer(tmp_path, seed=5)  # other weights: all of them must come from the checkpoint
    assert second.resume()
    assert second.step == stop
    losses = run(second)
    assert losses == whole[1][stop:]
    assert same(weights(second.model), weights(whole[0].model))
    assert same(second.average, whole[0].average)


def test_a_run_that_breaks_off_goes_on_from_its_last_checkpoint(
    whole: tuple[Trainer, list[dict[str, float]]], tmp_path: Path
) -> None:
    def interrupt(step: int, _total: int, _losses: dict[str, float]) -> None:
        if step == 9:
            raise KeyboardInterrupt

    first = trainer(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        first.run(interrupt, every=4)
    second = trainer(tmp_path)
    assert second.resume()
    assert second.step == 8
    run(second)
    assert same(weights(second.model), weights(whole[0].model))


def test_a_finished_run_has_nothing_left_to_do(
    whole: tuple[Trainer, list[dict[str, float]]],
) -> None:
    again = trainer(whole[0].folder, seed=5)
    assert again.resume()
    assert run(again) == []
    assert same(weights(again.model), weights(whole[0].model))


@pytest.mark.parametrize(
    "change", [{"seed": 7}, {"epochs": 5.0}, {"head_rate": 1e-4}, {"nested": 0}]
)
def test_a_checkpoint_of_another_plan_is_not_taken_up(
    whole: tuple[Trainer, list[dict[str, float]]], change: dict[str, float]
) -> None:
    other = trainer(whole[0].folder, replace(PLAN, **change))  # type: ignore[arg-type]
    before = weights(other.model)
    assert not other.resume()
    assert other.step == 0
    assert same(weights(other.model), before)


def test_without_a_checkpoint_nothing_is_taken_up(tmp_path: Path) -> None:
    assert not trainer(tmp_path / "none").resume()


def test_another_seed_gives_other_batches_and_every_example_once(tmp_path: Path) -> None:
    a, b = trainer(tmp_path), trainer(tmp_path, replace(PLAN, seed=7))

    def order(made: Trainer, epoch: int) -> list[int]:
        return [id(e) for batch in made._batches(epoch) for e in batch]

    assert order(a, 0) == order(a, 0)
    assert len({tuple(order(*args)) for args in ((a, 0), (a, 1), (b, 0))}) == 3
    for epoch in range(3):
        assert sorted(order(a, epoch)) == sorted(map(id, EXAMPLES))


def test_the_average_is_what_ships(whole: tuple[Trainer, list[dict[str, float]]]) -> None:
    again = trainer(whole[0].folder)
    again.resume()
    last = weights(again.model)
    again.use_average()
    found = weights(again.model)
    assert same({n: found[n] for n in again.average}, whole[0].average)
    assert not same(found, last)


def test_batches_without_a_cue_or_a_sentence_are_trained_on(tmp_path: Path) -> None:
    bare = build([article("Nothing is said here.")], reader(), nested=2, seed=1)
    made = Trainer(network(), bare, replace(PLAN, negatives_from=9, epochs=3), tmp_path)
    losses = run(made)
    assert [set(x) for x in losses] == [{"cue", "hint", "kind", "worth"}] * 3
    second = Trainer(network(), bare, replace(PLAN, negatives_from=9, epochs=3), tmp_path)
    assert second.resume()


def test_found_cues_are_taught_as_wrong_only_where_none_can_be(tmp_path: Path) -> None:
    """An untrained tagger finds cues everywhere; inside contents they may be real ones."""
    gold = article("<s1>Ana</s1> <q1>said</q1> <c1>that the bridge was closed</c1>. It is not.")
    found = build([gold], reader(), nested=0, seed=1)
    made = Trainer(network(), found, replace(PLAN, negatives_from=0, candidate_bias=9), tmp_path)
    cues = captured(made, found)
    words = found[0].window.words
    wrong = [c for c, (keep, *_) in cues if not keep]
    right = [c for c, (keep, *_) in cues if keep]
    content = gold.attributions[0].content[0]
    assert wrong
    assert all(words[e - 1].end <= content.start or words[s].start >= content.end for s, e in wrong)
    assert (1, 2) in right
    assert all(s < 2 and e > 1 for s, e in right)
    assert all(labels == (0, IGNORE, IGNORE, IGNORE) for c, labels in cues if c in wrong)


def captured(
    made: Trainer, found: list[Example]
) -> list[tuple[tuple[int, int], tuple[int, int, int, int]]]:
    from claims.extraction.network import collate

    batch = collate([e.window for e in found], **made.tokens)
    looked_at = made._cues(made.model.encode(batch), found)
    for one in looked_at:
        assert one.roles is not None
        assert not any(one.roles[one.cue.start : one.cue.end])
    return [((o.cue.start, o.cue.end), (o.keep, *o.labels)) for o in looked_at]


def test_hidden_pieces_are_never_the_special_ones(tmp_path: Path) -> None:
    from claims.extraction.network import collate

    made = trainer(tmp_path, replace(PLAN, mask=0.5))
    batch = collate([e.window for e in EXAMPLES[:4]], **made.tokens)
    masked = made._masked(batch).ids
    changed = masked != batch.ids
    assert 0.3 < changed.sum() / batch.mask.sum() < 0.7
    assert (masked[changed] == 4).all()
    assert not (changed & ((batch.ids == 2) | (batch.ids == 3) | (batch.ids == 0))).any()


def test_rare_labels_weigh_more_and_all_of_them_one_on_average() -> None:
    golds = [news(0)] * 9 + [news(1)]
    found = build(golds, reader(), nested=0, seed=1)
    weight = class_weights(found).stance
    assert weight[1] > weight[0]
    counts = torch.ones(5)
    for example in found:
        for cue in example.cues:
            counts[cue.stance] += 1
    assert float((weight * counts).sum() / counts.sum()) == pytest.approx(1)
    assert class_weights([]).act.tolist() == pytest.approx([1.0] * 10)


def test_frozen_layers_and_word_embeddings_stay_as_they_are(tmp_path: Path) -> None:
    made = trainer(tmp_path, replace(PLAN, epochs=1, frozen=1))
    before = weights(made.model)
    run(made, stop=3)
    changed = {n for n, value in weights(made.model).items() if not torch.equal(value, before[n])}
    kept = ("encoder.embeddings.", "encoder.encoder.layer.0.")
    assert not {n for n in changed if n.startswith(kept)}
    assert {n for n in changed if n.startswith("encoder.encoder.layer.1.")}


def test_whole_sequences_have_their_share_in_the_loss_of_roles(tmp_path: Path) -> None:
    def first(share: float) -> float:
        """Loss of roles in the first step that has any: the weights are the same until then."""
        losses = run(trainer(tmp_path / str(share), replace(PLAN, structured=share)), stop=3)
        return next(found["role"] for found in losses if "role" in found)

    words, both, sequences = first(0.0), first(0.5), first(1.0)
    assert both == pytest.approx((words + sequences) / 2)
    assert sequences != words
