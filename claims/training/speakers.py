"""Training the scorer of speakers (`claims.sources.ranking`) on articles with named speakers.

Each pronoun, definite noun and missing source of a labelled attribution is an example: the answers
around it with their features, and which of them mean the labelled speaker. The weights maximise
the penalised log likelihood of the right answers (Denis and Baldridge 2008); how often they are
right is told by cross-validation over articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor

from claims.errors import CorpusError
from claims.evaluation.gold import GoldArticle
from claims.evaluation.names import same_speaker
from claims.sources.answers import UNRESOLVED
from claims.sources.ranking import Ranker
from claims.sources.references import PRONOUNS, Asked, Reference
from claims.sources.speakers import name_speakers
from claims.sources.wording import bare

PENALTY = 5.0
FOLDS = 5
MIN_USES = 3
"""A feature must occur with so many examples, or it teaches a name and not a rule."""
LEAST = 0.45
"""Probability under which a reference is left unresolved."""
_CARD = """\
# {name}

Tells whom a pronoun ("he", "it"), a role ("the senator"), a body ("the council") or a missing
source stands for: a log-linear model over the candidates that the article names around it. Part of
[Claims](../../README.md); its features, and so its weights, can be read: `claims.sources.features`.

Trained on the articles of PolNeAR 1.0.0's train part with the speaker labels that were made for
this project by language-model annotators to written guidelines, one pass. What follows for its
use: [LICENSE.md](../LICENSE.md). `claims train-speakers --help` shows how to repeat it.

Cross-validated over the articles; a reference whose best answer has a probability under {least} is
left unresolved. "Wrong" is the share of wrong answers among those that are given.

| reference | n | best answer right | given | wrong |
|---|---|---|---|---|
{rows}

It knows English news of 2015–2016 about US politics. Bodies and things ("the group", "the report")
are its weakest part. Whoever prints a name on its word has to look at the article first.
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """One reference: the features of its answers, which of them are right, and its article."""

    article: str
    kind: str
    features: list[list[str]]
    right: list[bool]


@dataclass(slots=True)
class _Teacher:
    """Answers in place of the scorer with what is right, and takes notes."""

    article: GoldArticle
    choices: list[Choice] = field(default_factory=list)
    threshold: float = 0.0

    def weigh(
        self,
        number: int,
        reference: Reference,
        answers: Sequence[str],
        features: Sequence[Sequence[str]],
    ) -> list[float]:
        gold = self.article.attributions[number].speaker
        is_right = _is_owner if reference.owner else _is_right
        right = [is_right(gold, answer) for answer in answers]
        if gold is not None:
            if not any(right) and reference.asked in PRONOUNS:
                right[-1] = True  # somebody, and none of the candidates
            own = [list(f) for f in features]
            self.choices.append(Choice(self.article.id, str(reference.asked), own, right))
        best = right.index(True) if any(right) else len(answers) - 1
        return [float(i == best) for i in range(len(answers))]


def _is_right(gold: str | None, answer: str) -> bool:
    return gold is not None and answer != UNRESOLVED and same_speaker(gold, answer)


def _is_owner(gold: str | None, answer: str) -> bool:
    """Whether a speaker such as "Lund campaign" is named after the answer."""
    words = [bare(w) for w in (gold or "").split()]
    return answer != UNRESOLVED and bare(answer.rsplit(maxsplit=1)[-1]) in words


def choices(articles: Iterable[GoldArticle]) -> list[Choice]:
    """All references of the labelled attributions, read with the right answers before them."""
    found: list[Choice] = []
    for article in articles:
        if any(a.speaker is not None for a in article.attributions):
            teacher = _Teacher(article)
            name_speakers(article.text, article.attributions, scorer=teacher)
            found += teacher.choices
    return found


def fit(examples: Sequence[Choice], *, penalty: float = PENALTY, steps: int = 60) -> Ranker:
    """The weights that make the right answers likeliest; where none is right, none is taught."""
    examples = [e for e in examples if any(e.right)]
    uses: Counter[str] = Counter()
    for example in examples:
        uses.update({f for own in example.features for f in own})
    index = {f: i for i, f in enumerate(sorted(f for f, n in uses.items() if n >= MIN_USES))}
    flat: list[int] = []
    offsets: list[int] = []
    for example in examples:
        for own in example.features:
            offsets.append(len(flat))
            flat += [index[f] for f in own if f in index]
    sizes = [len(e.features) for e in examples]
    group = torch.repeat_interleave(torch.arange(len(examples)), torch.tensor(sizes))
    right = torch.tensor([r for e in examples for r in e.right])
    rows, places = torch.tensor(flat), torch.tensor(offsets)
    weights = torch.zeros(len(index), 1, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=steps, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        bag = torch.nn.functional.embedding_bag(rows, weights, places, mode="sum").squeeze(1)
        every = _log_sum(bag, group, len(examples))
        hit = _log_sum(bag.masked_fill(~right, -1e9), group, len(examples))
        value = (every - hit).sum() + penalty / 2 * (weights**2).sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    found = weights.detach().squeeze(1).tolist()
    return Ranker({f: round(found[i], 4) for f, i in index.items() if abs(found[i]) >= 5e-4})


def _log_sum(values: Tensor, group: Tensor, count: int) -> Tensor:
    """log Σ exp over the values of each group."""
    most = torch.full((count,), -1e9).scatter_reduce(0, group, values.detach(), "amax")
    sums = torch.zeros(count).index_add(0, group, (values - most[group]).exp())
    return sums.log() + most


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision in cross-validation: the kind, P(answer), whether it is right."""

    kind: str
    sure: float
    right: bool


def cross_validated(examples: Sequence[Choice], *, penalty: float = PENALTY) -> list[Judged]:
    """Each example judged by weights from the articles of the other folds."""
    articles = sorted({e.article for e in examples})
    fold_of = {article: i % FOLDS for i, article in enumerate(articles)}
    judged = []
    for fold in range(FOLDS):
        ranker = fit([e for e in examples if fold_of[e.article] != fold], penalty=penalty)
        for example in (e for e in examples if fold_of[e.article] == fold):
            odds = ranker.probabilities(example.features)
            best = max(range(len(odds)), key=odds.__getitem__)
            judged.append(Judged(example.kind, odds[best], example.right[best]))
    return judged


@dataclass(frozen=True, slots=True)
class TrainedSpeakers:
    """Where the scorer lies, and how it does in cross-validation."""

    folder: Path
    judged: list[Judged]
    threshold: float


def train_speakers(
    articles: Iterable[GoldArticle], out: Path, *, least: float = LEAST
) -> TrainedSpeakers:
    """Train on articles with named speakers and write the scorer with its card to `out`.

    Under the probability `least` a reference is left unresolved. Raises `CorpusError` when no
    speaker is marked.
    """
    examples = choices(articles)
    if not examples:
        raise CorpusError(
            "no speaker is marked in these articles",
            repair="give --labels FOLDER, whose train.tsv has speakers in its last column",
        )
    judged = cross_validated(examples)
    ranker = fit(examples)
    ranker.threshold = least
    ranker.save(out)
    (out / "README.md").write_text(card(out, judged, least), encoding="utf-8")
    return TrainedSpeakers(out, judged, least)


def card(folder: Path, judged: Sequence[Judged], least: float) -> str:
    """The model card, with the figures of cross-validation."""
    rows = []
    for kind in (None, *Asked):
        own = [j for j in judged if kind is None or j.kind == kind]
        if own:
            kept = [j for j in own if j.sure >= least]
            right = sum(j.right for j in own) / len(own)
            wrong = sum(not j.right for j in kept) / max(1, len(kept))
            share = len(kept) / len(own)
            rows.append(
                f"| {kind or 'all'} | {len(own)} | {right:.3f} | {share:.3f} | {wrong:.3f} |"
            )
    return _CARD.format(name=folder.resolve().name, least=least, rows="\n".join(rows))
