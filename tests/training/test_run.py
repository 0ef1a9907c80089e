"""`claims.training.train` from corpus files to a folder that loads, on a tiny base model."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from claims.documents import from_text
from claims.errors import CorpusError, ModelError
from claims.extraction import catalogue
from claims.extraction.confidence import FEATURES
from claims.extraction.loading import load
from claims.training import Corpora, Plan, Trained, train
from claims.training.calibrate import _CUE_BIASES, _LOWEST, _THRESHOLDS, Read, choose, fit
from claims.training.plan import going_on
from claims.training.run import new_model
from tests.training.making import news, write_base, write_corpus

PLAN = Plan(epochs=3, batch=4, warmup=4, head_rate=3e-3, average=0.9, nested=1, bfloat16=False)
FILES = {"config.json", "model.safetensors", "tokenizer.json", "metrics.json", "README.md"}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_base(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Corpora:
    folder = write_corpus(tmp_path_factory.mktemp("corpus"))
    return Corpora(folder / "attributions", folder / "labels", folder / "sentences")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory, base: Path, corpora: Corpora) -> Trained:
    folder = tmp_path_factory.mktemp("trained")
    return train(corpora, folder / "tiny", plan=PLAN, base=base, work=folder / "work")


@pytest.mark.slow
def test_what_is_written(trained: Trained) -> None:
    assert {p.name for p in trained.folder.iterdir()} == FILES
    tensors = load_file(trained.folder / "model.safetensors")
    assert {t.dtype for t in tensors.values()} == {torch.float16}
    config = json.loads((trained.folder / "config.json").read_text())
    assert config["decoding"] == trained.chosen.decoding
    assert config["calibration"] == trained.chosen.calibration
    assert config["model_type"] == "claims-extractor"
    text = (trained.folder / "config.json").read_text()
    assert str(trained.folder.parent) not in text


@pytest.mark.slow
def test_metrics_are_those_of_the_weights_in_the_folder(trained: Trained) -> None:
    metrics = json.loads((trained.folder / "metrics.json").read_text())
    assert metrics["version"] == catalogue.info(trained.folder).version
    assert metrics["plan"]["epochs"] == PLAN.epochs
    assert metrics["decoding"] == trained.chosen.decoding
    assert metrics["dev"] == json.loads(json.dumps(trained.report.as_dict()))
    assert 0 <= metrics["cross_validated"]["ece"] <= 1


@pytest.mark.slow
def test_the_card_gives_the_figures(trained: Trained) -> None:
    card = (trained.folder / "README.md").read_text()
    assert card.startswith("# tiny\n")
    figures = trained.report.figures()
    value = figures["attributions.who_said_what.f1"]
    assert f"| who_said_what F1 | {value:.3f} |" in card
    assert f"cross-validated | {trained.chosen.cross_validated.ece:.3f} |" in card
    assert "{" not in card


@pytest.mark.slow
def test_the_folder_loads_and_reads(trained: Trained) -> None:
    extractor = load(trained.folder, precision="float32")
    assert extractor.decoding.items() >= trained.chosen.decoding.items()
    (extraction,) = extractor.extract([from_text(news(3).text)])
    assert extraction.sentences
    assert extraction.model == catalogue.info(trained.folder)


@pytest.mark.slow
def test_an_interrupted_training_gives_the_same_files(
    trained: Trained, tmp_path: Path, base: Path, corpora: Corpora
) -> None:
    def interrupt(step: int, _total: int, _losses: dict[str, float]) -> None:
        if step == 5:
            raise KeyboardInterrupt

    out, work = tmp_path / "tiny", tmp_path / "work"
    with pytest.raises(KeyboardInterrupt):
        train(corpora, out, plan=PLAN, base=base, work=work, report=interrupt)
    assert not out.exists()
    said: list[str] = []
    train(corpora, out, plan=PLAN, base=base, work=work, say=said.append)
    for name in FILES:
        assert (out / name).read_bytes() == (trained.folder / name).read_bytes(), name
    assert any("windows" in line for line in said)


@pytest.mark.slow
def test_a_trained_model_goes_on(trained: Trained, tmp_path: Path, corpora: Corpora) -> None:
    plan = going_on(replace(PLAN, frozen=1), str(trained.folder))
    assert (plan.epochs, plan.head_rate) == (1, PLAN.head_rate / 2)
    out = train(corpora, tmp_path / "longer", plan=plan, work=tmp_path / "work").folder
    assert {p.name for p in out.iterdir()} == FILES
    old, new = (load_file(f / "model.safetensors") for f in (trained.folder, out))
    same = {name for name in old if torch.equal(old[name], new[name])}
    assert {name for name in old if name.startswith("encoder.encoder.layer.0.")} <= same
    assert not {name for name in old if name.startswith("role_tagger.layers.")} <= same
    card = (out / "README.md").read_text()
    assert "went on from tiny" in card
    assert "lowest 1 layers" in card
    assert str(trained.folder.parent) not in (out / "metrics.json").read_text()


@pytest.mark.slow
def test_a_trained_model_goes_some_of_the_way(
    trained: Trained, tmp_path: Path, corpora: Corpora
) -> None:
    plan = replace(going_on(PLAN, str(trained.folder)), blend=0.0)
    out = train(corpora, tmp_path / "back", plan=plan, work=tmp_path / "work").folder
    old, new = (load_file(f / "model.safetensors") for f in (trained.folder, out))
    assert all(torch.equal(old[name], new[name]) for name in old)


@pytest.mark.slow
def test_choosing_sets_the_extractor_up(trained: Trained) -> None:
    extractor = load(trained.folder, precision="float32")
    gold = [news(i) for i in range(20, 25)]
    chosen = choose(extractor, gold, [from_text(g.text, name=g.id) for g in gold])
    assert chosen.decoding == extractor.decoding == extractor.model.config.decoding
    assert chosen.decoding["cue_bias"] in _CUE_BIASES
    assert _LOWEST <= chosen.decoding["unsourced"] <= chosen.decoding["threshold"]
    assert chosen.decoding["threshold"] <= max(_THRESHOLDS)
    assert extractor.model.config.calibration == chosen.calibration
    assert len(chosen.calibration["weights"]) == len(FEATURES)
    assert 0 <= chosen.who_said_what <= 1
    assert 0 <= chosen.cross_validated.ece <= 1


@pytest.mark.slow
def test_fitting_with_nothing_found(trained: Trained) -> None:
    gold = news(1)
    weights = fit([Read(gold, from_text(gold.text), [], [])])
    assert weights["weights"] == [0.0] * len(FEATURES)


def test_a_missing_part_is_named(tmp_path: Path, base: Path, corpora: Corpora) -> None:
    with pytest.raises(CorpusError, match=r"train\.jsonl"):
        train(Corpora(tmp_path), tmp_path / "out", plan=PLAN, base=base)
    with pytest.raises(CorpusError, match=r"train\.tsv"):
        replace(corpora, labels=tmp_path).part("train")
    assert not (tmp_path / "out").exists()


def test_labels_are_optional(corpora: Corpora) -> None:
    (first, *_) = Corpora(corpora.attributions).part("train")
    assert first.attributions[0].stance is None
    assert first.sentences == ()
    (first, *_) = corpora.part("train")
    assert first.attributions[0].stance == "asserts"
    assert first.sentences


def test_a_new_model_has_the_base_encoders_weights(base: Path) -> None:
    model, tokenizer = new_model(base, PLAN)
    weights = load_file(base / "model.safetensors")
    own = model.encoder.state_dict()
    assert weights
    assert all(torch.equal(own[name], value) for name, value in weights.items())
    assert model.config.special_tokens == {"start": 2, "end": 3, "pad": 0}
    assert model.config.mask_token == 4
    assert tokenizer.truncation is None


@pytest.mark.parametrize("lost", ["config.json", "model.safetensors", "tokenizer.json"])
def test_a_base_that_is_not_whole_is_refused(base: Path, tmp_path: Path, lost: str) -> None:
    for name in {"config.json", "model.safetensors", "tokenizer.json"} - {lost}:
        (tmp_path / name).write_bytes((base / name).read_bytes())
    (tmp_path / "pytorch_model.bin").write_bytes(b"a pickle, perhaps")
    with pytest.raises(ModelError) as caught:
        new_model(tmp_path, PLAN)
    assert str(tmp_path) in caught.value.message
    assert "--base" in caught.value.repair
