"""Training corpora: PolNeAR rows, stance labels and sentence labels, read from paths a user gives.

- attributions: one JSON object a line with `id`, `text` and `attributions`, each of which has
  `source`, `cue` and `content` as lists of `[start, end)` character spans of `text`;
- stance labels: tab-separated `id, index, stance, act, framing, speaker`, no header;
- sentence labels: tab-separated `id, start, end, kind, worth`, no header.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from claims.errors import CorpusError
from claims.records import Act, Framing, SentenceKind, Span, Stance


@dataclass(frozen=True, slots=True)
class Marked:
    """An attribution as annotated; the three labels are None where nobody gave them."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    stance: Stance | None = None
    act: Act | None = None
    framing: Framing | None = None


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence as annotated, `worth` being 0, 1 or 2."""

    span: Span
    kind: SentenceKind
    worth: int


@dataclass(frozen=True, slots=True)
class Article:
    """An annotated article."""

    id: str
    text: str
    attributions: tuple[Marked, ...]
    sentences: tuple[MarkedSentence, ...] = ()


def read_articles(
    path: Path, *, stance: Path | None = None, sentences: Path | None = None
) -> list[Article]:
    """Articles of `path` with the labels of the two optional tables attached.

    Raises `CorpusError`, naming file and line, for anything that isn't in the format.
    """
    articles = {a.id: a for a in _articles(path)}
    if stance:
        for line, (name, index, *labels) in _rows(stance, 6):
            article = articles.get(name)
            if article is None:
                continue
            try:
                number = int(index)
                old = article.attributions[number]
                new = replace(
                    old, stance=Stance(labels[0]), act=Act(labels[1]), framing=Framing(labels[2])
                )
            except (ValueError, IndexError) as error:
                raise CorpusError(f"{stance}, line {line}: {error}") from error
            marked = (*article.attributions[:number], new, *article.attributions[number + 1 :])
            articles[name] = replace(article, attributions=marked)
    if sentences:
        labelled: dict[str, list[MarkedSentence]] = {}
        for line, (name, start, end, kind, worth) in _rows(sentences, 5):
            try:
                sentence = MarkedSentence(
                    Span(int(start), int(end)), SentenceKind(kind), int(worth)
                )
            except ValueError as error:
                raise CorpusError(f"{sentences}, line {line}: {error}") from error
            labelled.setdefault(name, []).append(sentence)
        for name in labelled.keys() & articles.keys():
            articles[name] = replace(articles[name], sentences=tuple(labelled[name]))
    return list(articles.values())


def _articles(path: Path) -> Iterator[Article]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(
            f"{path} can't be read: {error}", repair="give a JSON lines file in UTF-8"
        ) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = json.loads(line)
                yield Article(
                    row["id"], row["text"], tuple(_marked(a) for a in row["attributions"])
                )
            except (ValueError, KeyError, TypeError) as error:
                raise CorpusError(
                    f"{path}, line {number}: {error!r}",
                    repair="each line needs id, text and attributions with source, cue and content",
                ) from error


def _marked(row: dict[str, Any]) -> Marked:
    source, cue, content = (
        tuple(sorted(Span(int(s), int(e)) for s, e in row[role]))
        for role in ("source", "cue", "content")
    )
    return Marked(source, cue, content)


def _rows(path: Path, columns: int) -> Iterator[tuple[int, list[str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.reader(file, "excel-tab", quoting=csv.QUOTE_NONE), 1):
                if len(row) != columns:
                    raise CorpusError(
                        f"{path}, line {number}: {len(row)} columns in place of {columns}"
                    )
                yield number, row
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} can't be read: {error}") from error
