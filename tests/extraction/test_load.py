from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from claims.errors import ModelError
from claims.extraction import catalogue
from claims.extraction.loading import load
from tests.extraction.making import BODY, document, network, reader

DOC = document(
    [(BODY, "The ministry said that the bridge was closed. Abe denied it, officials said.")]
)


@pytest.fixture
def folder(model_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(model_folder, tmp_path / "copy"))


def test_a_saved_model_says_the_same_as_the_one_in_memory(model_folder: Path) -> None:
    from claims.extraction.predict import Extractor

    info = catalogue.info(model_folder)
    memory = Extractor(network(), reader(), info)
    (a,), (b,) = memory.extract([DOC]), load(model_folder, precision="float32").extract([DOC])
    assert a == b
    assert a.attributions
    assert info.name == "tiny"
    assert len(info.version) == 12


def test_float16_weights_are_read_in_float32(folder: Path) -> None:
    network().half().save_pretrained(folder)
    loaded = load(folder, precision="float32")
    assert {p.dtype for p in loaded.model.parameters()} == {torch.float32}
    assert not loaded.model.training
    assert list(loaded.extract([DOC]))


def test_weights_may_lie_in_several_files(folder: Path) -> None:
    whole = list(load(folder, precision="float32").extract([DOC]))
    (folder / "model.safetensors").unlink()
    network().save_pretrained(folder, max_shard_size=40_000)
    parts = catalogue.weights_of(folder)
    assert len(parts) > 1
    assert not (folder / "model.safetensors").exists()
    (found,) = load(folder, precision="float32").extract([DOC])
    assert found.attributions == whole[0].attributions
    before = catalogue.info(folder).version
    data = parts[-1].read_bytes()
    parts[-1].write_bytes(data + b" ")
    assert catalogue.info(folder).version != before
    parts[-1].unlink()
    with pytest.raises(ModelError, match=parts[-1].name):
        load(folder)


def test_a_damaged_list_of_parts_gives_a_clear_error(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    (folder / catalogue.PARTS).write_text("no list")
    with pytest.raises(ModelError) as caught:
        load(folder)
    assert str(folder) in caught.value.message


def test_an_encoder_of_another_kind_reads_the_same_words(folder: Path) -> None:
    network(kind="mpnet").save_pretrained(folder)
    (found,) = load(folder, precision="float32").extract([DOC])
    assert found.attributions
    alone = load(folder, precision="float32")
    others = [document([(BODY, f"The mayor said {n} talks.")], f"b{n}") for n in range(3)]
    assert list(alone.extract([*others, DOC]))[-1] == found


def test_an_unknown_kind_of_encoder_is_named(folder: Path) -> None:
    path = folder / "config.json"
    config = json.loads(path.read_text())
    config["encoder"]["model_type"] = "abacus"
    path.write_text(json.dumps(config))
    with pytest.raises(ModelError, match="abacus"):
        load(folder)


def test_truncation_of_the_base_tokenizer_is_off(model_folder: Path) -> None:
    """The saved tokenizer cuts at 16 pieces; a long paragraph must be read to its end."""
    doc = document([(BODY, "the " * 100 + "end.")])
    _, (found,) = load(model_folder, precision="float32").find(doc)
    assert found.window.words[-1].end == len(doc.text)


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no-such-model") as caught:
        load("no-such-model")
    assert "model.safetensors" in caught.value.repair
    with pytest.raises(ModelError, match="nowhere"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize("name", catalogue.FILES)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name) as caught:
        load(folder)
    assert str(folder) in caught.value.message


@pytest.mark.parametrize("name", catalogue.FILES)
@pytest.mark.parametrize("damage", ["cut", "empty", "garbage"])
def test_a_damaged_file_gives_a_clear_error(folder: Path, name: str, damage: str) -> None:
    path = folder / name
    data = path.read_bytes()
    path.write_bytes({"cut": data[: len(data) // 2], "empty": b"", "garbage": b"\xff" * 99}[damage])
    with pytest.raises(ModelError) as caught:
        load(folder)
    assert str(folder) in caught.value.message
    assert caught.value.repair


def test_weights_that_are_not_all_there_are_refused(folder: Path) -> None:
    tensors = load_file(folder / "model.safetensors")
    lost = "role_tagger.out.weight"
    del tensors[lost]
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelError, match=lost):
        load(folder)


@pytest.mark.parametrize("change", [{"role_width": 64}, {"special_tokens": None}, {"encoder": {}}])
def test_a_config_of_another_network_is_refused(folder: Path, change: dict[str, Any]) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(ModelError):
        load(folder)


def test_a_tokenizer_of_another_network_is_refused(folder: Path) -> None:
    path = folder / "tokenizer.json"
    made = json.loads(path.read_text())
    made["model"]["vocab"] |= {f"more{i}": len(made["model"]["vocab"]) + i for i in range(9)}
    path.write_text(json.dumps(made))
    with pytest.raises(ModelError, match="tokenizer"):
        load(folder)


def test_a_bad_precision_is_refused(model_folder: Path) -> None:
    with pytest.raises(ModelError, match="float99") as caught:
        load(model_folder, precision="float99")
    assert "bfloat16" in caught.value.repair


@pytest.mark.parametrize("name", catalogue.FILES)
def test_the_version_changes_with_each_file(folder: Path, name: str) -> None:
    before = catalogue.info(folder)
    assert catalogue.info(folder) == before
    (folder / "README.md").write_text("no part of it")
    assert catalogue.info(folder) == before
    with (folder / name).open("ab") as file:
        file.write(b" ")
    assert catalogue.info(folder).version != before.version


def test_the_version_does_not_depend_on_where_the_folder_lies(
    folder: Path, model_folder: Path
) -> None:
    assert catalogue.info(folder).version == catalogue.info(model_folder).version


class _Trap:
    """Unpickling this writes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self.path,))


PICKLES = ("pytorch_model.bin", "model.bin", "training_args.bin", "tokenizer.pkl")


@pytest.mark.parametrize("weights", ["good", "damaged"])
def test_no_pickle_is_ever_loaded(
    folder: Path, tmp_path: Path, weights: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / "sprung"
    for name in PICKLES:
        (folder / name).write_bytes(pickle.dumps(_Trap(trap)))
    torch.save({"trap": _Trap(trap)}, folder / "pytorch_model.bin")

    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("a pickle was opened")

    monkeypatch.setattr(torch, "load", refuse)
    if weights == "good":
        assert list(load(folder).extract([DOC]))
    else:
        (folder / "model.safetensors").write_bytes(b"no weights")
        with pytest.raises(ModelError) as caught:
            load(folder)
        assert "pickle was opened" not in str(caught.value)
    assert not trap.exists()


def test_models_are_found_by_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(catalogue, "models_dir", lambda: tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert catalogue.find("copy") == folder
    assert catalogue.find(folder) == folder
    assert catalogue.available() == ["copy"]
    with pytest.raises(ModelError) as caught:
        catalogue.find("other")
    assert "copy" in caught.value.repair
