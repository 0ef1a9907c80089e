"""Reads the markup of a sample article: text, blocks, spans and labels (see README.md)."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KINDS = {
    "h": "headline",
    "b": "body",
    "c": "caption",
    "k": "credit",
    "x": "boilerplate",
    "d": "dateline",
}
ROLES = {"s": "source", "c": "cue", "t": "content"}
SENTENCES = {"a": "attributed", "s": "asserted", "o": "other"}
LINE = re.compile(r"([hbckx+])\| ?")
OPEN = re.compile(r"\[(\d+[sct](?:\+\d+[sct])*) ")
PART = re.compile(r"\{([dkx]):")
STOP = re.compile(r"\^([aso])([012])")
TAG = re.compile(r"<[^<>]+>")
LINK = re.compile(r"(\d+|\*) < (cited|carried|published) (.+?)(?: = (.+))?")
DEFAULT = ("asserts", "statement", "neutral")


class MarkupError(ValueError):
    """A markup file that can't be rendered; names the file and the place."""


@dataclass
class Piece:
    """A rendered line: its plain words and, in offsets of them, what was marked."""

    text: str = ""
    spans: list[tuple[int, str, int, int]] = field(default_factory=list)
    parts: list[tuple[str, int, int]] = field(default_factory=list)
    stops: list[tuple[int, str, int]] = field(default_factory=list)


@dataclass
class MarkedBlock:
    """One marked line (or several hard-wrapped ones) and its kind."""

    kind: str
    piece: Piece


@dataclass
class Label:
    """The labels of one attribution."""

    speaker: str
    stance: str
    act: str
    framing: str


@dataclass
class Link:
    """A carrier of one attribution, or of all (`number` None), with the words that name it."""

    number: int | None
    role: str
    name: str
    words: str | None


@dataclass
class Article:
    """One article as marked: the text of its file, its blocks in order, labels and carriers."""

    id: str
    file: str
    text: str
    blocks: list[MarkedBlock]
    labels: dict[int, Label]
    links: list[Link]
    fields: dict[str, Any] = field(default_factory=dict)


def render(marked: str) -> Piece:
    """The plain text of `marked` with the places of its marks; unbalanced marks raise."""
    piece = Piece()
    out: list[str] = []
    length = 0
    stack: list[tuple[str, str, int]] = []
    at = 0
    while at < len(marked):
        if found := OPEN.match(marked, at):
            stack.append(("[", found[1], length))
        elif found := PART.match(marked, at):
            stack.append(("{", found[1], length))
        elif found := STOP.match(marked, at):
            piece.stops.append((length, SENTENCES[found[1]], int(found[2])))
        if found:
            at = found.end()
            continue
        char = marked[at]
        at += 1
        if char == "[":
            stack.append(("literal", "", length))
        elif char in "]}" and stack and stack[-1][0] != "literal":
            close(piece, stack.pop(), char, length)
            continue
        elif char == "]" and stack:
            stack.pop()
        out.append(char)
        length += 1
    if stack:
        raise MarkupError(f"not closed: {stack[-1]} in {marked[:80]!r}")
    piece.text = "".join(out)
    return piece


def close(piece: Piece, opened: tuple[str, str, int], char: str, end: int) -> None:
    """Records the mark that `char` closes."""
    sort, names, start = opened
    if (sort, char) not in {("[", "]"), ("{", "}")}:
        raise MarkupError(f"{char} closes {opened}")
    if sort == "{":
        piece.parts.append((KINDS[names], start, end))
        return
    for name in names.split("+"):
        piece.spans.append((int(name[:-1]), ROLES[name[-1]], start, end))


def read_table(lines: list[str]) -> tuple[dict[int, Label], list[Link]]:
    """Labels, `number | speaker [| stance act framing]`, and carriers, `number < role name`."""
    labels: dict[int, Label] = {}
    links: list[Link] = []
    for line in filter(None, map(str.strip, lines)):
        if found := LINK.fullmatch(line):
            number, role, name, words = found.groups()
            links.append(Link(None if number == "*" else int(number), role, name, words))
            continue
        number, speaker, *rest = (cell.strip() for cell in line.split("|"))
        stance, act, framing = rest[0].split() if rest else DEFAULT
        if int(number) in labels:
            raise MarkupError(f"label {number} is given twice")
        labels[int(number)] = Label(speaker, stance, act, framing)
    if odd := {link.number for link in links} - {None, *labels}:
        raise MarkupError(f"carriers of what has no label: {odd}")
    return labels, links


def read_article(name: str, file: str, source: str, fields: dict[str, Any]) -> Article:
    """One article from its markup."""
    body, _, table = source.partition("\n====\n")
    lines: list[str] = []
    blocks: list[tuple[str, str]] = []
    for line in body.split("\n"):
        found = LINE.match(line)
        rest = line[found.end() :] if found else line
        lines.append(render(rest).text if found else line)
        if found and found[1] == "+":
            blocks[-1] = (blocks[-1][0], blocks[-1][1] + "\n" + rest)
        elif found:
            blocks.append((KINDS[found[1]], rest))
    if file.endswith(".html"):
        blocks = [(kind, html.unescape(TAG.sub("", words)).strip()) for kind, words in blocks]
    marked = [MarkedBlock(kind, render(words)) for kind, words in blocks]
    labels, links = read_table(table.split("\n"))
    return Article(name, file, "\n".join(lines), marked, labels, links, fields)


def read_markup(path: Path) -> list[Article]:
    """The articles of one markup file, in order."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".jsonl":
        return [read_article(path.name, path.name, source, {})]
    articles = []
    for part in source.split("%%%% ")[1:]:
        head, _, rest = part.partition("\n")
        fields = json.loads(head)
        article = read_article(fields["id"], path.name, rest, fields)
        article.text = article.text.strip("\n")
        articles.append(article)
    return articles
