"""From corpus files to training examples, and the three files a training run needs."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from claims.errors import CorpusError
from claims.evaluation.gold import GoldArticle
from claims.evaluation.reading import load_gold
from claims.extraction.windows import MAX_PIECES
from claims.extraction.words import WordReader
from claims.training.labels import Example, cue_lexicon, examples
from claims.training.nesting import nested_article, source_phrases
from claims.training.retelling import retold_article


@dataclass(frozen=True, slots=True)
class Corpora:
    """Folders with `train` and `dev` parts: attributions (`.jsonl`), and two label tables.

    The formats are those of `claims.evaluation.reading`. The two label folders are optional: the
    heads they train stay untrained without them.
    """

    attributions: Path
    labels: Path | None = None
    sentences: Path | None = None

    def part(self, name: str) -> list[GoldArticle]:
        """Articles of part `name` ("train", "dev") with their labels; raises `CorpusError`."""
        path = self.attributions / f"{name}.jsonl"
        if not path.is_file():
            raise CorpusError(
                f"{path} isn't there",
                repair="give the folder that holds train.jsonl and dev.jsonl",
            )
        return load_gold(
            path, labels=self._table(self.labels, name), sentences=self._table(self.sentences, name)
        )

    @staticmethod
    def _table(folder: Path | None, name: str) -> Path | None:
        if folder is None:
            return None
        path = folder / f"{name}.tsv"
        if not path.is_file():
            raise CorpusError(f"{path} isn't there", repair="give the folder that holds it")
        return path


def build(
    articles: Sequence[GoldArticle],
    reader: WordReader,
    *,
    nested: int,
    retold: int = 0,
    seed: int,
) -> list[Example]:
    """All windows of `articles`, of up to `nested` wrapped and `retold` retold paragraphs of each.

    See `nesting` and `retelling`.
    """
    rng = random.Random(seed)  # noqa: S311 (nothing secret)
    lexicon = cue_lexicon(articles)
    phrases = source_phrases(articles)
    wrapped = (nested_article(a, phrases, rng, nested) for a in articles) if phrases else ()
    told = (retold_article(a, rng, retold) for a in articles) if retold else ()
    every = [*articles, *(a for a in (*wrapped, *told) if a)]
    return [e for a in every for e in examples(a, reader, lexicon, MAX_PIECES)]
