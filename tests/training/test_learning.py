"""From decisions to a model of one's own, on a tiny network."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import torch

from claims.errors import CorpusError
from claims.evaluation.floors import Floors
from claims.extraction.loading import load
from claims.review.items import Status
from claims.training.corpus import Corpora
from claims.training.labels import IGNORE
from claims.training.learning import FINE_TUNING, Compared, Learned, learn
from claims.training.losses import tagging_losses
from tests.extraction.making import network, reader, save
from tests.training.deciding import closed_news, decided_text, items_of
from tests.training.making import news, write_corpus

PLAN = replace(FINE_TUNING, epochs=2, batch=4, warmup=2, bfloat16=False)
TEXTS = [closed_news(n) for n in range(8)]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(tmp_path_factory.mktemp("models") / "small")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Marked samples and floors, in place of those that ship."""
    folder = tmp_path_factory.mktemp("samples")
    corpus = write_corpus(folder)
    floors = folder / "floors.json"
    floors.write_text(json.dumps({"at_least": {"attributions.who_said_what.f1": 0.0}}))
    return {"gold": corpus / "attributions" / "dev.jsonl", "floors": floors}


@pytest.fixture(scope="module")
def learned(
    tmp_path_factory: pytest.TempPathFactory, base: Path, samples: dict[str, Path]
) -> Learned:
    folder = tmp_path_factory.mktemp("own")
    return learn(
        TEXTS, folder / "desk-1", base=base, plan=PLAN, work=folder / "runs",
        made=date(2026, 11, 25), **samples,
    )  # fmt: skip


@pytest.mark.slow
def test_the_model_loads_and_has_a_card_and_figures(learned: Learned, base: Path) -> None:
    own = load(learned.folder, precision="float32")
    assert own.decoding == load(base, precision="float32").decoding
    assert own.info.name == "desk-1"
    metrics = json.loads((learned.folder / "metrics.json").read_text())
    assert metrics["made"] == "2026-11-25"
    assert metrics["version"] == own.info.version
    assert metrics["base"]["name"] == "small"
    held = metrics["held_out"]
    assert held["items"]["right"] == held["own"]["items"] > 0
    assert metrics["learned_from"]["right"] + held["items"]["right"] == 32
    card = (learned.folder / "README.md").read_text()
    assert card.startswith("# desk-1\n")
    assert "{" not in card
    assert not list((learned.folder.parent / "runs").iterdir())


@pytest.mark.slow
def test_it_starts_from_the_base_and_moves_little(learned: Learned, base: Path) -> None:
    from safetensors.torch import load_file

    old, new = (load_file(f / "model.safetensors") for f in (base, learned.folder))
    moved = {n: float((new[n].float() - old[n].float()).abs().max()) for n in old}
    assert 0 < max(moved.values()) < 0.1
    assert moved["encoder.embeddings.word_embeddings.weight"] < 1e-1


@pytest.mark.slow
def test_an_interrupted_run_goes_on(
    learned: Learned,
    base: Path,
    samples: dict[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("claims.training.learning.CHECKPOINT", 2)

    def interrupt(step: int, _total: int, _losses: dict[str, float]) -> None:
        if step == 3:
            raise KeyboardInterrupt

    out, work = tmp_path / "desk-1", tmp_path / "runs"
    more = {"base": base, "plan": PLAN, "work": work, "made": date(2026, 11, 25), **samples}
    with pytest.raises(KeyboardInterrupt):
        learn(TEXTS, out, report=interrupt, **more)  # type: ignore[arg-type]
    assert not out.exists()
    assert len(list(work.iterdir())) == 1
    said: list[str] = []
    learn(TEXTS, out, say=said.append, **more)  # type: ignore[arg-type]
    assert "going on from step 2 of" in "\n".join(said)
    for name in ("model.safetensors", "metrics.json", "README.md"):
        assert (out / name).read_bytes() == (learned.folder / name).read_bytes(), name


@pytest.mark.slow
def test_a_corpus_is_replayed_and_sets_the_thresholds(
    base: Path, samples: dict[str, Path], tmp_path: Path
) -> None:
    corpora = Corpora(samples["gold"].parent)
    said: list[str] = []
    made = learn(
        TEXTS, tmp_path / "own", base=base, plan=replace(PLAN, epochs=1), corpora=corpora,
        work=tmp_path / "runs", made=date(2026, 11, 25), say=said.append, **samples,
    )  # fmt: skip
    assert any("of the corpus" in line for line in said)
    assert load(made.folder).model.config.calibration


def test_too_few_articles_are_refused(base: Path, tmp_path: Path) -> None:
    more = {"base": base, "work": tmp_path, "made": date(2026, 11, 25)}
    with pytest.raises(CorpusError, match="1 articles only"):
        learn(TEXTS[:1], tmp_path / "own", **more)  # type: ignore[arg-type]
    assert not (tmp_path / "own").exists()


def test_why_a_model_is_not_made_the_default(learned: Learned) -> None:
    from claims.evaluation.counting import Tally
    from claims.evaluation.floors import check_floors
    from claims.training.decisions import DecidedFigures

    def figures(right: int, gold: int = 100) -> DecidedFigures:
        return DecidedFigures(Tally(right, gold, gold), Tally(right, gold, gold))

    report = learned.compared.samples

    def compared(own: DecidedFigures, shipped: DecidedFigures, floor: float = 0.0) -> Compared:
        floors = Floors({"attributions.who_said_what.f1": floor})
        return Compared(own, shipped, report, report, check_floors(report, floors))

    assert compared(figures(80), figures(79)).is_better
    rival = replace(compared(figures(80), figures(79)), current=figures(81))
    assert rival.reasons == ["on held-out decisions 0.800, the model that is used now 0.810"]
    assert compared(figures(80), figures(80)).reasons == [
        "on held-out decisions 0.800, the shipped model 0.800"
    ]
    assert "fewer than 20" in compared(figures(9, 10), figures(1, 10)).reasons[0]
    assert "not at least 1.5" in compared(figures(80), figures(79), floor=1.5).reasons[0]


def test_what_is_not_taught_has_no_loss() -> None:
    from claims.extraction.network import collate
    from claims.training.decisions import examples_of

    made = news(1)
    some = decided_text(made, items_of(made, Status.CONFIRMED)[:1])
    model = network(0)
    (example, *_) = examples_of(some, reader())
    batch = collate([example.window], **model.config.special_tokens)
    encoded = model.encode(batch)
    before = tagging_losses(encoded, batch, [example])
    free = [i for i, label in enumerate(example.cue_labels) if label == IGNORE]
    with torch.no_grad():
        encoded.cue_logits[0, free] += torch.randn(len(free), 3)
        free = [i for i, hint in enumerate(example.hints) if hint[0] == IGNORE]
        encoded.hint_logits[0, free] += 3
    after = tagging_losses(encoded, batch, [example])
    assert all(torch.equal(before[name], after[name]) for name in ("cue", "hint"))
    nothing = replace(
        example,
        cues=[],
        cue_labels=[IGNORE] * len(example.cue_labels),
        hints=[(IGNORE, IGNORE)] * len(example.hints),
    )
    (left,) = tagging_losses(encoded, batch, [nothing]).items()
    assert (left[0], float(left[1].detach())) == ("cue", 0.0)
