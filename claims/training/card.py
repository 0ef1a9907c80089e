"""The model card: what the weights were trained on, under which terms, and what they can do.

After Mitchell et al. (2019), "Model Cards for Model Reporting".
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from claims.evaluation.report import Report
from claims.extraction import catalogue
from claims.training.calibrate import Chosen
from claims.training.plan import Plan

_CARD = """\
# {name}

Finds who says what in English news: cue, source and content of each attribution, with stance,
act, framing and confidence; and for each sentence its kind and check-worthiness. Part of
[Claims](../../README.md), which loads it from this folder; it runs offline.

## What it is
The lower {layers} layers of the encoder {base} with a cue tagger and, for each cue, a role tagger
over the cue's paragraph; {size:.1f} million parameters in all, as float16 safetensors{parts}. An
article is read in windows of whole paragraphs of at most 254 word pieces.

## What it was trained on
| data | use | terms |
|---|---|---|
| {base} | the encoder it starts from | Apache-2.0, see NOTICE |
| PolNeAR 1.0.0, train part, 840 articles | sources, cues, contents | no licence text, see below |
| stance, act and framing of 3,464 of its attributions | the three labels | made for this project |
| kind and worth of 1,447 of its sentences | the sentence labels | made for this project |

PolNeAR (Newell, Margolin and Ruths, LREC 2018) holds articles of seven US outlets on the
presidential election, 2015–2016. It carries no licence text; its authors offer it for research,
and the articles are their publishers'. See [LICENSE.md](../LICENSE.md) for what follows.

**The stance, act, framing and sentence labels were made by language-model annotators** reading
each article against written guidelines, one pass. A second pass of the same kind over 458
attributions agreed on stance in 97 %, act 90 %, framing 99 %. That is agreement of like
annotators, not of people. The sentence labels have no second pass.

PolNeAR marks no attribution inside another's content. Words that are often cues are therefore
left out of the loss there, and up to {nested} paragraphs of each article were put into the mouth
of a second source while training, so that the model learns to nest.{retold} These sentences exist
in memory only.

{training} `claims train --help` shows how to repeat it.

## Figures
Of the weights in this folder, on PolNeAR's dev part (84 articles, 2,192 attributions), end to
end from the text. Thresholds and confidence were chosen on the same part; the calibration line
is cross-validated over articles.

| figure | value |
|---|---|
{figures}

{denials}

## Limits
- Trained on US political news of 2015–2016 in English. Other subjects, other Englishes and
  translated wire copy are read less well; how much less is measured on the sample articles only
  (`claims evaluate seeds/gold.jsonl`).
- Attributions without a source ("is suspected of …") are the weakest part, denials and doubts
  the rarest class: {rare}
- About one attribution in three is missed or wrong in some part. A confidence of 0.8 means that
  about one in five such attributions is wrong. Nested attributions have no measured calibration.

## What it must not be used for
- To print that somebody said something without a person having checked it against the article.
- To judge whether a claim is true: it tells who says what, nothing more.
- To score or rank people, or to monitor what private persons say.

What may be done with the weights: [LICENSE.md](../LICENSE.md).
"""

_BASES = {"bert": "all-MiniLM-L6-v2", "mpnet": "all-mpnet-base-v2"}
"""What is trained from, by the kind of its encoder."""
_RETOLD = (
    " Denials and doubts are rare\nin it: in up to {} paragraphs of each article a plain"
    ' "said" was told as a denial, a doubt, a\nrefusal to say.'
)
_ROWS = (
    ("who_said_what F1", "attributions.who_said_what.f1"),
    ("… precision", "attributions.who_said_what.p"),
    ("… recall", "attributions.who_said_what.r"),
    ("exact source F1", "attributions.exact.source.f1"),
    ("exact cue F1", "attributions.exact.cue.f1"),
    ("exact content F1", "attributions.exact.content.f1"),
    ("recall, quoted", "attributions.recall.quoted.r"),
    ("recall, indirect", "attributions.recall.indirect.r"),
    ("recall, without a source", "attributions.recall.unsourced.r"),
    ("stance accuracy (matched)", "labels.stance.acc"),
    ("stance macro-F1 (matched)", "labels.stance.macro_f1"),
    ("act accuracy (matched)", "labels.act.acc"),
    ("framing macro-F1 (matched)", "labels.framing.macro_f1"),
    ("speaker accuracy (matched, with models/speakers)", "labels.speaker.acc"),
    ("fully right F1", "labels.fully_right"),
    ("sentence kind macro-F1", "sentences.kind.macro_f1"),
    ("worth average precision (2)", "sentences.worth.ap"),
    ("… by sentence length alone", "sentences.length.ap"),
)


def _training(plan: Plan) -> str:
    """What the card says of how the weights came about."""
    if plan.mean:
        told = [_told(catalogue.find(name)) for name in plan.mean]
        return "Training: the weights are the mean of " + ",\n".join(told) + "."
    return f"Training: {_run(plan)}{_taught(plan)}."


def _run(plan: Plan) -> str:
    words = (
        f"{_epochs(plan.epochs)}, batches of {plan.batch} windows, AdamW, moving average of the"
        f" weights,\nseed {plan.seed}"
    )
    if plan.structured:
        words += f", {plan.structured:.0%} of the loss of roles that of whole sequences"
    return words


def _epochs(number: float) -> str:
    return f"{number:g} epoch" + ("" if number == 1 else "s")


def _told(folder: Path) -> str:
    """One of the models that a mean is of, by what its own figures say of it."""
    try:
        plan = catalogue.read_object(folder / "metrics.json")["plan"]
        began = f" from {plan['start']} as it was then" if plan.get("start") else ""
        return f"{folder.name} ({_epochs(plan['epochs'])}{began}, seed {plan['seed']})"
    except (OSError, ValueError, KeyError):  # an own model, or one that was made by other means
        return folder.name


def _taught(plan: Plan) -> str:
    """What the card says of teachers; nothing where there were none."""
    if not plan.teachers:
        return _started(plan)
    counted = Counter(Path(name).name for name in plan.teachers)
    told = [name if times == 1 else f"{name} ({times} times)" for name, times in counted.items()]
    words = (
        f".\nIt began as {Path(plan.teachers[0]).name} as that was before, and {plan.taught:.0%} of"
        f" the loss was to say what its teachers say\n(the mean of {', '.join(told)})"
    )
    if plan.blend < 1:
        words += (
            f"; what ships is {plan.blend:.0%} of the way from the former to the learned weights"
        )
    return words


def _started(plan: Plan) -> str:
    """What the card says of a model that went on from a trained one."""
    if not plan.start:
        return ""
    words = f".\nIt went on from {Path(plan.start).name} as that was before"
    if plan.frozen:
        words += f", whose lowest {plan.frozen} layers stayed as they were"
    if plan.blend < 1:
        words += f"; what ships is {plan.blend:.0%} of the way to the learned weights"
    return words


def write_card(folder: Path, report: Report, chosen: Chosen, plan: Plan) -> None:
    """Write `README.md` into a model's folder, with the figures of the weights in it."""
    found = report.figures()
    rows = [f"| {label} | {found[key]:.3f} |" for label, key in _ROWS if found.get(key) is not None]
    crossed = chosen.cross_validated
    rows.append(f"| expected calibration error, cross-validated | {crossed.ece:.3f} |")
    if crossed.auroc is not None:
        rows.append(f"| AUROC of the confidence, cross-validated | {crossed.auroc:.3f} |")
    per = report.labels.stance.per_label if report.labels else {}
    classes = ", ".join(f"{label} {value:.2f}" for label, value in per.items())
    rare = ", ".join(f"{label} {per[label]:.2f}" for label in ("denies", "doubts") if label in per)
    weights = catalogue.weights_of(folder)
    card = _CARD.format(
        name=folder.resolve().name,
        layers=plan.layers,
        base=_BASES[catalogue.read_object(folder / "config.json")["encoder"]["model_type"]],
        size=sum(path.stat().st_size for path in weights) / 2e6,
        parts=f" in {len(weights)} files" if len(weights) > 1 else "",
        nested=plan.nested,
        retold=_RETOLD.format(plan.retold) if plan.retold else "",
        training=_training(plan),
        figures="\n".join(rows),
        denials=f"Stance F1 by class: {classes}." if classes else "",
        rare=f"F1 {rare} on dev, from few examples." if rare else "not measured here.",
    )
    (folder / "README.md").write_text(card, encoding="utf-8")
