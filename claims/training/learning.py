"""From decisions to a model of one's own: fine-tuned from the shipped weights, and compared.

1. the decided articles are parted into those to learn from and those held out; 2. a few epochs at a
low rate, beside windows of a corpus if one is given, so that nothing else is forgotten; 3. the
averaged weights to float16, as far from the shipped ones as no floor on the samples is missed, with
the shipped thresholds and calibration, or those chosen on the corpus's dev part; 4. the model as
written is held against the shipped one on the held-out decisions; 5. figures and card beside the
weights.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import torch

from claims.documents import from_text
from claims.errors import CorpusError, DocumentError
from claims.evaluation.floors import Shortfall, check_floors, load_floors
from claims.evaluation.gold import Prediction, prediction_of
from claims.evaluation.reading import load_gold
from claims.evaluation.report import Report, evaluate
from claims.extraction import catalogue
from claims.extraction.loading import load
from claims.extraction.network import ClaimsModel, read_network
from claims.extraction.predict import Extractor
from claims.pipeline import extract
from claims.records import Document
from claims.resources import floors_file, seeds_dir
from claims.review.learning import DecidedText
from claims.training.calibrate import choose
from claims.training.corpus import Corpora, build
from claims.training.decisions import (
    DecidedFigures,
    Material,
    examples_of,
    fingerprint,
    score,
    split,
)
from claims.training.labels import Example
from claims.training.loop import Trainer
from claims.training.plan import Plan
from claims.training.shrink import blended

StepReport = Callable[[int, int, dict[str, float]], None]
FINE_TUNING = Plan(
    epochs=5.0,
    encoder_rate=2e-5,
    head_rate=1e-4,
    warmup=10,
    average=0.98,
    negatives_from=0.0,
    nested=0,
    retold=0,
    structured=0.0,
)
"""A few epochs at a low rate: the weights have learned all this before, from more."""
BLENDS = (1.0, 0.5, 0.25)
"""How far the written weights go from the shipped to the learned ones: the first of these with
which no floor is missed, else the last. Less of the way forgets less of what the decisions don't
show (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models")."""
REPLAY = 3
"""Windows of the corpus for each window of decisions."""
LEAST_HELD_OUT = 20
"""Held-out items under which no comparison makes a model the default."""
CHECKPOINT = 20
"""Steps between two checkpoints."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A model and the shipped one on the same ground; `short` are floors that the model misses.

    `current` is the model that is used now, where it is neither; its held-out decisions are the
    same ones, whatever it learned from.
    """

    own: DecidedFigures
    shipped: DecidedFigures
    samples: Report
    samples_shipped: Report
    short: list[Shortfall]
    current: DecidedFigures | None = None

    @property
    def is_better(self) -> bool:
        """Whether the model may become the default."""
        return not self.reasons

    @property
    def reasons(self) -> list[str]:
        """Why it may not."""
        own, shipped, items = self.own.right.f1, self.shipped.right.f1, self.own.right.gold
        found = [str(one) for one in self.short]
        if items < LEAST_HELD_OUT:
            found.append(f"only {items} held-out decisions, fewer than {LEAST_HELD_OUT}")
        if own <= shipped:
            found.append(f"on held-out decisions {own:.3f}, the shipped model {shipped:.3f}")
        if self.current is not None and own <= self.current.right.f1:
            used = self.current.right.f1
            found.append(f"on held-out decisions {own:.3f}, the model that is used now {used:.3f}")
        return found


@dataclass(frozen=True, slots=True)
class Learned:
    """Where a model lies, and how it compares."""

    folder: Path
    compared: Compared


def learn(
    texts: Sequence[DecidedText],
    out: Path,
    *,
    base: Path,
    current: Path | None = None,
    corpora: Corpora | None = None,
    plan: Plan = FINE_TUNING,
    work: Path,
    gold: Path | None = None,
    floors: Path | None = None,
    made: date,
    report: StepReport = lambda _step, _total, _losses: None,
    say: Callable[[str], None] = lambda _line: None,
) -> Learned:
    """Fine-tune the model in `base` on decisions and write it to `out`, with its comparison.

    `work` holds the checkpoints: started again with the same decisions after an interruption, the
    run goes on. `current` is the model that is used now, where it isn't the one in `base`, and has
    to be beaten as well. `gold` and `floors` are the marked samples that ship, if none are given.
    Raises `CorpusError` where there is too little, and `ModelError`.
    """
    taught, held = split(texts)
    if not taught or not held:
        raise CorpusError(
            f"there are decisions on {len({t.name for t in texts})} articles only",
            repair="decide about items of at least two: one is held out for the comparison",
        )
    say(f"learning from {_told(taught)}; held out: {_told(held)}")
    torch.manual_seed(plan.seed)
    first = load(base, precision="float32")
    examples = [e for text in taught for e in examples_of(text, first.reader)]
    if not examples:
        raise CorpusError(
            "nothing that was decided lies in text that is read",
            repair="decide about items of the body of articles, not of captions",
        )
    if corpora is not None:
        replayed = _replayed(corpora, first, len(examples) * REPLAY, plan)
        say(f"{len(examples)} windows of decisions and {len(replayed)} of the corpus")
        examples += replayed
    model, _ = read_network(base)
    trainer = Trainer(model, examples, plan, work / fingerprint(texts))
    if trainer.resume():
        say(f"going on from step {trainer.step} of {trainer.total}")
    trainer.run(report, every=CHECKPOINT)
    trainer.use_average()
    made_in = trainer.folder / out.name  # moved when whole, so that no half model is ever listed
    # Grouping starts from marked attributions: no extractor moves its figures.
    bounds = load_floors(floors or floors_file()).without("claims")
    gold = gold or seeds_dir() / "gold.jsonl"
    for share in BLENDS:
        say(f"writing the model, {share:.0%} of the way to what was learned, and measuring it")
        own = _written(model, base, made_in, share=share, corpora=corpora)
        samples = figures(own, gold)
        if not (short := check_floors(samples, bounds)):
            break
    plan = replace(plan, blend=share)
    say("comparing with the shipped model")
    shipped = load(base)
    compared = Compared(
        score(held, _found(own, held)),
        score(held, _found(shipped, held)),
        samples,
        figures(shipped, gold),
        short,
    )
    if current is not None:
        compared = replace(compared, current=score(held, _found(load(current), held)))
    _write(made_in, base, (taught, held), compared, plan=plan, made=made)
    shutil.copytree(made_in, out, dirs_exist_ok=True)
    shutil.rmtree(trainer.folder, ignore_errors=True)
    return Learned(out, compared)


def _written(
    model: ClaimsModel, base: Path, folder: Path, *, share: float, corpora: Corpora | None
) -> Extractor:
    """Write the learned weights, some of the way back to the shipped ones; the model as it loads.

    Thresholds and calibration are the shipped ones, or chosen on the corpus's dev part.
    """
    blend = read_network(base)[0]
    blend.load_state_dict(model.state_dict())
    blended(blend, read_network(base)[0], share)
    folder.mkdir(parents=True, exist_ok=True)
    blend.half().save_pretrained(folder)  # type: ignore[no-untyped-call]
    shutil.copyfile(base / "tokenizer.json", folder / "tokenizer.json")
    own = load(folder)
    if corpora is None:
        return own
    dev = corpora.part("dev")
    choose(own, dev, [from_text(a.text, name=a.id) for a in dev])
    own.model.config.save_pretrained(folder)
    return load(folder)


def figures(extractor: Extractor, gold: Path) -> Report:
    """All figures of a model on marked articles."""
    found: dict[str, Prediction] = {}
    for item in extract([gold], extractor):
        if not isinstance(item, DocumentError):
            found[item[0].name] = prediction_of(*item)
    return evaluate(load_gold(gold), found)


def _found(extractor: Extractor, texts: Sequence[DecidedText]) -> list[Any]:
    documents = [_document(text) for text in texts]
    return [extraction.attributions for extraction in extractor.extract(documents)]


def _document(text: DecidedText) -> Document:
    """The stored text as the model reads it: with the blocks that it was stored with."""
    digest = hashlib.sha256(text.text.encode()).hexdigest()
    return Document(text.name, text.text, digest, digest, "stored", text.blocks)


def _replayed(corpora: Corpora, extractor: Extractor, count: int, plan: Plan) -> list[Example]:
    every = build(corpora.part("train"), extractor.reader, nested=plan.nested, seed=plan.seed)
    rng = random.Random(plan.seed)  # noqa: S311 (nothing secret)
    return rng.sample(every, min(count, len(every)))


def _told(texts: Sequence[DecidedText]) -> str:
    counts = _counts(texts)
    return (
        f"{counts['right']} attributions, {counts['wrong']} rejected,"
        f" {counts['articles']} articles, {counts['closed']} spans closed as complete"
    )


def _counts(texts: Iterable[DecidedText]) -> dict[str, int]:
    seen = [(text.name, len(text.closed), Material.of(text)) for text in texts]
    return {
        "articles": len({name for name, _, _ in seen}),
        "closed": sum(closed for _, closed, _ in seen),
        "right": sum(len(m.right) for _, _, m in seen),
        "wrong": sum(len(m.wrong) for _, _, m in seen),
    }


_SAMPLES = (
    "attributions.who_said_what.f1",
    "attributions.who_said_what.p",
    "attributions.who_said_what.r",
    "labels.stance.acc",
    "labels.fully_right",
)


def _write(
    out: Path,
    base: Path,
    parts: tuple[Sequence[DecidedText], Sequence[DecidedText]],
    compared: Compared,
    *,
    plan: Plan,
    made: date,
) -> None:
    """Figures and card of a model beside its weights; `parts` are learned from, and held out."""
    taught, held = parts
    info, shipped = catalogue.info(out), catalogue.info(base)
    own, old = compared.samples.figures(), compared.samples_shipped.figures()
    metrics: dict[str, Any] = {
        "version": info.version,
        "made": made.isoformat(),
        "base": {"name": shipped.name, "version": shipped.version},
        "plan": asdict(plan),
        "learned_from": _counts(taught),
        "held_out": {
            "items": _counts(held),
            "own": compared.own.as_dict(),
            "shipped": compared.shipped.as_dict(),
        },
        "samples": {
            name: {"own": own.get(name), "shipped": old.get(name)}
            for name in _SAMPLES
            if own.get(name) is not None
        },
        "better": compared.is_better,
        "reasons": compared.reasons,
    }
    (out / "metrics.json").write_text(
        json.dumps(metrics, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    (out / "README.md").write_text(_card(out.name, metrics), encoding="utf-8")


_CARD = """\
# {name}

Made on {made} from {base} (version {version}) by fine-tuning on editors' decisions with `claims
train --from-decisions`. It finds who says what in English news, as that model does; what that one
was trained on and must not be used for holds for this one too (see its card).

## What it learned from
{right} attributions that editors confirmed, corrected or added, {wrong} that they rejected, in
{articles} articles; {closed} spans were closed as complete. What was unsure, disputed or undecided
was left out. The weights lie {blend:.0%} of the way from the shipped to the learned ones: the most
with which no floor on the samples is missed, else the least that is tried. The texts stay in the
newsroom's database: these weights have learned from them, so treat them as you treat the texts.

## Figures
On {held} attributions in {held_articles} other articles with decisions, and on the marked samples
that ship with the program:

| figure | this model | {base} |
|---|---|---|
{rows}

{verdict}
"""


def _card(name: str, metrics: dict[str, Any]) -> str:
    held, learned = metrics["held_out"], metrics["learned_from"]
    rows = [
        f"| {label}, held-out decisions | {held['own'][key]:.3f} | {held['shipped'][key]:.3f} |"
        for label, key in (
            ("who said what, F1", "who_said_what"),
            ("… precision", "precision"),
            ("… recall", "recall"),
            ("… with the stance right, F1", "with_stance"),
        )
    ]
    rows += [
        f"| {figure}, samples | {pair['own']:.3f} | {pair['shipped']:.3f} |"
        for figure, pair in metrics["samples"].items()
        if pair["shipped"] is not None
    ]
    verdict = (
        "It is better on held-out decisions and under none of the floors."
        if metrics["better"]
        else "It wasn't made the default: " + "; ".join(metrics["reasons"]) + "."
    )
    return _CARD.format(
        name=name,
        made=metrics["made"],
        base=metrics["base"]["name"],
        version=metrics["base"]["version"],
        **learned,
        blend=metrics["plan"]["blend"],
        held=held["own"]["items"],
        held_articles=held["items"]["articles"],
        rows="\n".join(rows),
        verdict=verdict,
    )
