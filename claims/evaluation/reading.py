"""Reading gold, labels and predictions from files, with every offset checked.

Gold is JSON lines, one article a line: `{"id", "text", "attributions": [{"source", "cue",
"content", ...}], "sentences": [...], "blocks": [...]}`. Each role is a list of `[start, end)`
character spans of `text`. Attributions may carry `stance`, `act`, `framing`, `speaker`,
`parent` and `carriers` (each `{"name", "role", "evidence"}`); sentences are `{"start", "end",
"kind", "worth"}`, blocks `{"start", "end", "kind"}`. Further fields are ignored. Predictions have
the same form, plus `confidence`; what `claims extract` prints is one.

Labels may also stand in tab-separated lists without a header, as PolNeAR's labels here do:
article id, attribution index, stance, act, framing, speaker; and for sentences article id, start,
end, kind, worth.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from claims.errors import CorpusError
from claims.evaluation.fields import Row, read_rows
from claims.evaluation.gold import Chain, GoldArticle, GoldSentence, MarkedAttribution, Prediction
from claims.records import (
    Act,
    Block,
    BlockKind,
    Carrier,
    CarrierRole,
    Framing,
    Sentence,
    SentenceKind,
    Stance,
)

_LABEL_COLUMNS = ("article id", "attribution index", "stance", "act", "framing", "speaker")
_SENTENCE_COLUMNS = ("article id", "start", "end", "kind", "worth")
_WORTHS = ("0", "1", "2")


def load_gold(
    path: Path, *, labels: Path | None = None, sentences: Path | None = None
) -> list[GoldArticle]:
    """Gold articles of a `.jsonl` file, in its order, with labels of further lists if given.

    A list replaces what the articles carry of its kind; an article that the label list lacks is
    scored without labels. Raises `CorpusError`, naming file, line and field, for anything that is
    not in the format, spans outside the text among it.
    """
    articles: dict[str, GoldArticle] = {}
    for row in read_rows(path):
        article = _gold_article(row)
        if article.id in articles:
            raise row.error("id", f"{article.id!r} stands twice")
        articles[article.id] = article
    if not articles:
        raise CorpusError(f"{path}: holds no article", repair="give a file of JSON lines")
    if labels is not None:
        articles = _with_labels(articles, labels)
    if sentences is not None:
        articles = _with_sentences(articles, sentences)
    return list(articles.values())


def load_predictions(path: Path) -> dict[str, Prediction]:
    """Predictions by article id from a `.jsonl` file, such as `claims extract` prints.

    Raises `CorpusError` as `load_gold` does.
    """
    predictions: dict[str, Prediction] = {}
    for row in read_rows(path):
        name, text = row.text("id"), row.optional_text("text")
        if name in predictions:
            raise row.error("id", f"{name!r} stands twice")
        length = None if text is None else len(text)
        predictions[name] = Prediction(
            attributions=_attributions(row, length),
            sentences=tuple(_predicted_sentence(r, length) for r in row.rows("sentences")),
            blocks=_blocks(row, length),
        )
    return predictions


def _gold_article(row: Row) -> GoldArticle:
    text = row.text("text")
    return GoldArticle(
        id=row.text("id"),
        text=text,
        attributions=_attributions(row, len(text)),
        sentences=tuple(_gold_sentence(r, len(text)) for r in row.rows("sentences")),
        blocks=_blocks(row, len(text)),
    )


def _attributions(row: Row, length: int | None) -> tuple[MarkedAttribution, ...]:
    rows = row.rows("attributions", required=True)
    return tuple(_attribution(r, length, len(rows)) for r in rows)


def _attribution(row: Row, length: int | None, count: int) -> MarkedAttribution:
    parent = row.integer("parent")
    if parent is not None and not 0 <= parent < count:
        raise row.error("parent", f"{parent} is not the index of an attribution of this article")
    return MarkedAttribution(
        source=row.spans("source", length),
        cue=row.spans("cue", length),
        content=row.spans("content", length),
        stance=row.one_of("stance", Stance),
        act=row.one_of("act", Act),
        framing=row.one_of("framing", Framing),
        speaker=row.optional_text("speaker"),
        confidence=row.number("confidence"),
        parent=parent,
        carriers=_carriers(row, length),
    )


def _carriers(row: Row, length: int | None) -> Chain | None:
    """The chain of an attribution; None where the file says nothing of it."""
    if row.values.get("carriers") is None:
        return None
    links = []
    for link in row.rows("carriers"):
        role = link.one_of("role", CarrierRole)
        if role is None:
            raise link.error("role", "is missing")
        links.append(Carrier(link.text("name"), role, link.optional_span("evidence", length)))
    return tuple(links)


def _gold_sentence(row: Row, length: int) -> GoldSentence:
    worth = row.integer("worth")
    if worth is not None and str(worth) not in _WORTHS:
        raise row.error("worth", f"{worth} is not 0, 1 or 2")
    return GoldSentence(*row.span(length), kind=row.one_of("kind", SentenceKind), worth=worth)


def _predicted_sentence(row: Row, length: int | None) -> Sentence:
    kind = row.one_of("kind", SentenceKind)
    if kind is None:
        raise row.error("kind", "is missing")
    return Sentence(*row.span(length), SentenceKind(kind), row.number("worth") or 0.0)


def _blocks(row: Row, length: int | None) -> tuple[Block, ...]:
    blocks = []
    for number, item in enumerate(row.rows("blocks")):
        kind = item.one_of("kind", BlockKind)
        if kind is None:
            raise item.error("kind", "is missing")
        blocks.append(Block(*item.span(length), BlockKind(kind), number))
    return tuple(blocks)


def _table(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """(where, cells) of each line of a tab-separated list with these columns."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            for number, cells in enumerate(lines, 1):
                where = f"{path}, line {number}"
                if len(cells) != len(columns):
                    raise CorpusError(
                        f"{where}: has {len(cells)} columns instead of {len(columns)}",
                        repair=f"give tab-separated {', '.join(columns)}",
                    )
                yield where, cells
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: cannot be read: {error}", repair="give a UTF-8 file") from error


def _chosen(where: str, column: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise CorpusError(
            f"{where}, {column}: {value!r} is none of {', '.join(allowed)}",
            repair="correct the line",
        )
    return value


def _number(where: str, column: str, value: str, below: int) -> int:
    if not value.isascii() or not value.isdigit() or int(value) >= below:
        raise CorpusError(
            f"{where}, {column}: {value!r} is not a number from 0 to {below - 1}",
            repair="check that the list belongs to these articles",
        )
    return int(value)


def _with_labels(articles: Mapping[str, GoldArticle], path: Path) -> dict[str, GoldArticle]:
    bare = {
        name: [
            replace(a, stance=None, act=None, framing=None, speaker=None) for a in g.attributions
        ]
        for name, g in articles.items()
    }
    labelled: set[str] = set()
    for where, (name, index, stance, act, framing, speaker) in _table(path, _LABEL_COLUMNS):
        if name not in bare:
            continue
        labelled.add(name)
        k = _number(where, "attribution index", index, len(bare[name]))
        bare[name][k] = replace(
            bare[name][k],
            stance=_chosen(where, "stance", stance, tuple(Stance)),
            act=_chosen(where, "act", act, tuple(Act)),
            framing=_chosen(where, "framing", framing, tuple(Framing)),
            speaker=speaker,
        )
    if not labelled:
        raise CorpusError(
            f"{path}: labels no article of the gold", repair="give the list of these articles"
        )
    return {
        name: replace(g, attributions=tuple(bare[name]), labelled=name in labelled)
        for name, g in articles.items()
    }


def _with_sentences(articles: Mapping[str, GoldArticle], path: Path) -> dict[str, GoldArticle]:
    found: dict[str, list[GoldSentence]] = {}
    for where, (name, first, last, kind, worth) in _table(path, _SENTENCE_COLUMNS):
        if name not in articles:
            continue
        length = len(articles[name].text)
        start = _number(where, "start", first, length)
        end = _number(where, "end", last, length + 1)
        if start >= end:
            raise CorpusError(f"{where}, end: stands before start", repair="correct the line")
        sentence = GoldSentence(
            start,
            end,
            kind=_chosen(where, "kind", kind, tuple(SentenceKind)),
            worth=int(_chosen(where, "worth", worth, _WORTHS)),
        )
        found.setdefault(name, []).append(sentence)
    if not found:
        raise CorpusError(
            f"{path}: has no sentence of the gold", repair="give the list of these articles"
        )
    return {name: replace(g, sentences=tuple(found.get(name, ()))) for name, g in articles.items()}
