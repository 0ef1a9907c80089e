"""Reading articles with their attributions from JSON lines, and filling in what they lack."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from claims.documents.build import Given as GivenFacts
from claims.documents.build import build
from claims.errors import CorpusError
from claims.evaluation.fields import Row
from claims.matching.files import Given, GivenAttribution, Labels
from claims.records import (
    Act,
    Attribution,
    Framing,
    Sentence,
    SentenceKind,
    Stance,
)
from claims.sources.linking import link_speakers
from claims.sources.registry import Registry

_REPAIR = "give what claims extract prints: one article a line"


def read_given(name: str) -> Iterator[Given | CorpusError]:
    """The articles of a file (`-`: standard input), or what is wrong with a line.

    Raises `CorpusError` where the file can't be read at all.
    """
    with ExitStack() as stack:
        if name == "-":
            stream = sys.stdin.buffer
        else:
            try:
                stream = stack.enter_context(Path(name).open("rb"))
            except OSError as error:
                why = error.strerror or str(error)
                raise CorpusError(f"{name} can't be read: {why}", repair=_REPAIR) from error
        seen: set[str] = set()
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            where = f"{'standard input' if name == '-' else name}, line {number}"
            try:
                article = _article(_row(line, where))
                if article.id in seen:
                    raise CorpusError(f"{where}: {article.id!r} stands twice", repair=_REPAIR)
            except CorpusError as error:
                yield error
                continue
            seen.add(article.id)
            yield article


def _row(line: bytes, where: str) -> Row:
    try:
        values: Any = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"{where}: is not JSON ({error})", repair=_REPAIR) from None
    if not isinstance(values, dict):
        raise CorpusError(f"{where}: is not a JSON object", repair=_REPAIR)
    if isinstance(values.get("id"), int):
        values["id"] = str(values["id"])
    return Row(where, values)


def _article(row: Row) -> Given:
    text = row.text("text")
    sentences = tuple(
        Sentence(*r.span(len(text)), SentenceKind(r.one_of("kind", SentenceKind) or "other"), 0.0)
        for r in row.rows("sentences")
    )
    return Given(
        id=row.text("id"),
        text=text,
        published=_day(row),
        attributions=tuple(
            _attribution(r, len(text)) for r in row.rows("attributions", required=True)
        ),
        sentences=sentences,
    )


def _day(row: Row) -> date | None:
    for field in ("published", "date"):
        value = row.optional_text(field)
        if value:
            try:
                return date.fromisoformat(value[:10])
            except ValueError:
                raise row.error(field, f"{value[:20]!r} is no ISO 8601 date") from None
    return None


def _attribution(row: Row, length: int) -> GivenAttribution:
    stance = row.one_of("stance", Stance)
    return GivenAttribution(
        source=row.spans("source", length),
        cue=row.spans("cue", length),
        content=row.spans("content", length),
        stance=Stance(stance) if stance else None,
        speaker=row.optional_text("speaker"),
        confidence=row.number("confidence"),
    )


def lacks_stance(article: Given) -> bool:
    """Whether the stance of an attribution is missing that a model could tell."""
    return any(a.stance is None and a.cue for a in article.attributions)


class Completer:
    """Fills in stance (with a model) and speaker (with the registry) where they are missing."""

    def __init__(self, labels: Labels | None, registry: Registry | None = None) -> None:
        """Without `labels` an attribution that lacks its stance is taken to assert."""
        self._labels, self._registry = labels, registry or Registry.shipped()

    def __call__(self, article: Given) -> list[Attribution]:
        """The attributions of an article, whole."""
        stances = self._stances(article)
        whole = [
            Attribution(
                source=a.source,
                cue=a.cue,
                content=a.content,
                stance=stance,
                act=Act.STATEMENT,
                framing=Framing.NEUTRAL,
                confidence=1.0 if a.confidence is None else a.confidence,
            )
            for a, stance in zip(article.attributions, stances, strict=True)
        ]
        if all(a.speaker for a in article.attributions):
            named = [str(a.speaker) for a in article.attributions]
        else:
            found = link_speakers(article.text, whole, self._registry, on=article.published)
            named = [
                a.speaker or one.speaker for a, one in zip(article.attributions, found, strict=True)
            ]
        return [replace(a, speaker=name) for a, name in zip(whole, named, strict=True)]

    def _stances(self, article: Given) -> list[Stance]:
        given: Sequence[Stance | None] = [a.stance for a in article.attributions]
        lacking = [i for i, stance in enumerate(given) if stance is None]
        found: dict[int, Stance | None] = {}
        if lacking and self._labels is not None:
            document = build(article.text, b"", article.id, "jsonl", GivenFacts(), where=article.id)
            if document.given is None:  # else the spans aren't those of the stored text
                cues = [article.attributions[i].cue for i in lacking]
                found = dict(zip(lacking, self._labels.stances(document, cues), strict=True))
        return [stance or found.get(i) or Stance.ASSERTS for i, stance in enumerate(given)]
