"""The mean of models: of their weights alone, and only where they are of one size."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from claims.errors import ModelError
from claims.training import Corpora
from claims.training.averaging import average, mean
from claims.training.card import _training
from claims.training.plan import ACCURATE, Plan
from tests.extraction.making import network, save


def test_each_weight_is_the_mean_of_its_own() -> None:
    models = [network(seed) for seed in (0, 1, 2)]
    every = [{k: v.clone() for k, v in model.state_dict().items()} for model in models]
    found = mean(models, ["a", "b", "c"]).state_dict()
    for key, value in found.items():
        torch.testing.assert_close(value, (every[0][key] + every[1][key] + every[2][key]) / 3)


def test_models_of_other_sizes_have_none() -> None:
    with pytest.raises(ModelError) as caught:
        mean([network(), network(kind="mpnet")], ["a", "b"])
    assert "b is of another size than a" in caught.value.message


def test_it_is_not_written_over_what_it_is_made_of(tmp_path: Path) -> None:
    folders = [save(tmp_path / name, seed) for seed, name in enumerate("ab")]
    before = (folders[1] / "model.safetensors").read_bytes()
    with pytest.raises(ModelError) as caught:
        average(Corpora(tmp_path), folders[1], [str(f) for f in folders])
    assert "--out" in caught.value.repair
    assert (folders[1] / "model.safetensors").read_bytes() == before


def test_the_card_tells_how_weights_came_about(tmp_path: Path) -> None:
    folder = save(tmp_path / "a")
    told = _training(Plan(mean=(str(folder), str(folder))))
    assert told == "Training: the weights are the mean of a,\na."
    (folder / "metrics.json").write_text('{"plan": {"epochs": 2.0, "seed": 7, "start": "b"}}')
    assert "a (2 epochs from b as it was then, seed 7)" in _training(
        Plan(mean=(str(folder), str(folder)))
    )
    alone = _training(ACCURATE)
    assert "2 epochs" in alone
    assert "50% of the loss of roles" in alone
