"""Renders the sample articles and their gold from the markup: `python -m tests.gold.build`.

For HTML the stored text is what the project's own reader extracts; marked words are looked up in
it, so a change of the reader needs only a new run.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from claims.records import Act, Document, Framing, Stance
from tests.gold.markup_reader import Article, MarkupError, read_markup

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "seeds" / "articles"
GOLD = SAMPLES.parent / "gold.jsonl"
CLAIMS = SAMPLES.parent / "claims.jsonl"
READ = ("headline", "body")  # a dateline says nothing, and its block has no sentences
Row = dict[str, Any]
Spans = dict[int, dict[str, list[list[int]]]]


def articles() -> list[Article]:
    """All marked articles, by file name."""
    return [a for path in sorted((HERE / "markup").iterdir()) for a in read_markup(path)]


def files(marked: list[Article]) -> dict[str, str]:
    """File name to text of every article file."""
    out: dict[str, str] = {}
    for article in marked:
        if article.file.endswith(".jsonl"):
            line = json.dumps({**article.fields, "text": article.text}, ensure_ascii=False)
            out[article.file] = out.get(article.file, "") + line + "\n"
        else:
            out[article.file] = article.text
    return out


def stored_text(article: Article) -> str:
    """The text that offsets count in."""
    if not article.file.endswith(".html"):
        return article.text
    from claims.documents import read

    (document,) = read([SAMPLES / article.file])
    if not isinstance(document, Document):
        raise document
    return document.text


def locate(article: Article, text: str) -> tuple[list[Row], Spans, list[Row]]:
    """Blocks, spans by attribution, and sentences, in offsets of the stored `text`."""
    blocks: list[Row] = []
    spans: Spans = {}
    sentences: list[Row] = []
    cursor = 0
    for paragraph, marked in enumerate(article.blocks):
        piece = marked.piece
        base = text.find(piece.text, cursor)
        if base < 0:
            if marked.kind in READ:
                raise MarkupError(f"{article.id}: not in the stored text: {piece.text[:70]!r}")
            continue
        cursor = base + len(piece.text)
        for kind, start, end in split_block(marked.kind, piece.text, piece.parts):
            blocks.append(block(base + start, base + end, kind, paragraph))
            if kind in READ:
                sentences += label_sentences(article.id, piece.text, start, end, piece.stops, base)
        for number, role, start, end in piece.spans:
            roles = spans.setdefault(number, {"source": [], "cue": [], "content": []})
            roles[role].append([base + start, base + end])
    return fill(text, blocks), spans, sentences


def block(start: int, end: int, kind: str, paragraph: int) -> Row:
    """One block of the gold."""
    return {"start": start, "end": end, "kind": kind, "paragraph": paragraph}


def split_block(
    kind: str, text: str, parts: list[tuple[str, int, int]]
) -> list[tuple[str, int, int]]:
    """The block's own stretch and the datelines and credits marked in it, without outer space."""
    out, at = [], 0
    for name, start, end in [*sorted(parts, key=lambda p: p[1]), ("", len(text), len(text))]:
        lead = len(text[at:start]) - len(text[at:start].lstrip())
        if text[at:start].strip():
            out.append((kind, at + lead, at + len(text[at:start].rstrip())))
        if name:
            out.append((name, start, end))
        at = end
    return out


def label_sentences(
    name: str, text: str, start: int, end: int, stops: list[tuple[int, str, int]], base: int
) -> list[Row]:
    """sentencex's sentences of one block, each with the label of the mark that closes it."""
    from sentencex import segment

    out: list[Row] = []
    at = start
    used = set()
    for sentence in segment("en", text[start:end]):
        words = sentence.strip()
        if not words:
            continue
        at = text.index(words, at)
        stop = next((s for s in stops if s[0] >= at + len(words)), None)
        inner = [s for s in stops if at < s[0] < at + len(words)]
        if stop is None or inner:
            raise MarkupError(f"{name}: sentence marks don't fit {words!r}")
        used.add(stop)
        row = {"start": base + at, "end": base + at + len(words), "kind": stop[1], "worth": stop[2]}
        out.append(row)
        at += len(words)
    return out


def fill(text: str, blocks: list[Row]) -> list[Row]:
    """Adds what the markup doesn't name, line by line, as boilerplate; numbers paragraphs anew."""
    out: list[Row] = []
    cursor, number, last = 0, -1, None
    edge = block(len(text), len(text), "end", -1)
    for item in [*blocks, edge]:
        for line in text[cursor : item["start"]].split("\n"):
            if words := line.strip():
                number += 1
                at = text.index(words, cursor)
                out.append(block(at, at + len(words), "boilerplate", number))
                cursor = at + len(words)
        cursor = item["end"]
        if item is not edge:
            number += item["paragraph"] != last
            last = item["paragraph"]
            out.append({**item, "paragraph": number})
    return out


def merge(spans: list[list[int]]) -> list[list[int]]:
    """Ordered spans, those that touch as one."""
    out: list[list[int]] = []
    for start, end in sorted(spans):
        if out and out[-1][1] == start:
            out[-1][1] = end
        else:
            out.append([start, end])
    return out


def holds(content: list[list[int]], cue: list[list[int]]) -> bool:
    """Whether every cue span lies inside some content span."""
    return all(any(s <= a and b <= e for s, e in content) for a, b in cue)


def check(name: str, text: str, number: int, row: Row) -> None:
    """Refuses spans that are empty, cut words, run over a paragraph, or overlap their own cue."""
    taken: list[tuple[int, int]] = []
    for role in ("source", "cue", "content"):
        if role != "source" and not row[role]:
            raise MarkupError(f"{name}: attribution {number} has no {role}")
        for start, end in row[role]:
            words = text[start:end]
            cut = start > 0 and text[start - 1 : start + 1].isalnum()
            cut |= end < len(text) and text[end - 1 : end + 1].isalnum()
            if cut or not words or words != words.strip() or "\n\n" in words:
                raise MarkupError(f"{name}: attribution {number}, {role}: {words!r}")
            if any(start < e and s < end for s, e in taken):
                raise MarkupError(f"{name}: attribution {number} overlaps itself at {words!r}")
            taken.append((start, end))


def carriers(article: Article, text: str, number: int, row: Row) -> list[Row]:
    """The chain of one attribution: its own links, then the article's that it does not name yet.

    Evidence is where the words stand nearest to the cue; the article's own stand first in it.
    """
    links = [link for link in article.links if link.number == number]
    own = {link.name for link in links}
    links += [link for link in article.links if link.number is None and link.name not in own]
    out: list[Row] = []
    for link in links:
        words = link.words
        whole = rf"(?<!\w){re.escape(words or '')}(?!\w)"
        places = [m.start() for m in re.finditer(whole, text)] if words else []
        if words and not places:
            raise MarkupError(f"{article.id}: carrier not in the stored text: {words!r}")
        if link.number is not None:
            places.sort(key=lambda at: abs(at - row["cue"][0][0]))
        span = [places[0], places[0] + len(words or "")] if places else None
        out.append({"name": link.name, "role": link.role, "evidence": span})
    return out


def attributions(article: Article, text: str, spans: Spans) -> list[Row]:
    """The gold's attributions, by place of the cue, with their parents."""
    if set(spans) != set(article.labels):
        odd = set(spans) ^ set(article.labels)
        raise MarkupError(f"{article.id}: marked or labelled only: {sorted(odd)}")
    rows = []
    for number, roles in spans.items():
        row: Row = {role: merge(roles[role]) for role in ("source", "cue", "content")}
        check(article.id, text, number, row)
        label = article.labels[number]
        row["speaker"] = label.speaker
        row["stance"] = Stance(label.stance).value
        row["act"] = Act(label.act).value
        row["framing"] = Framing(label.framing).value
        row["carriers"] = carriers(article, text, number, row)
        rows.append(row)
    rows.sort(key=lambda r: (r["cue"][0], r["content"]))
    for row in rows:
        outer = [
            (sum(e - s for s, e in other["content"]), i)
            for i, other in enumerate(rows)
            if other is not row and holds(other["content"], row["cue"])
        ]
        row["parent"] = min(outer)[1] if outer else None
    return rows


def gold(article: Article) -> Row:
    """The gold row of one article, in the format of `claims extract` and with its blocks."""
    text = stored_text(article)
    blocks, spans, sentences = locate(article, text)
    # What the text doesn't say has to be given with it.
    outlet = [link.name for link in article.links if link.role == "published" and not link.words]
    return {
        "id": article.id,
        "text": text,
        **({"outlet": outlet[0]} if outlet else {}),
        "blocks": blocks,
        "sentences": sentences,
        "attributions": attributions(article, text, spans),
    }


def main() -> None:
    """Writes the files and the gold, and prints what they hold."""
    marked = articles()
    for name, text in files(marked).items():
        (SAMPLES / name).write_text(text, encoding="utf-8", newline="")
    rows = [gold(article) for article in marked]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    GOLD.write_text(lines, encoding="utf-8", newline="")
    every = [a for row in rows for a in row["attributions"]]
    nested = sum(a["parent"] is not None for a in every)
    unsourced = sum(not a["source"] for a in every)
    counts = f"{len(rows)} articles, {len(every)} attributions, {nested} nested, "
    counts += f"{unsourced} without a source\n{Counter(a['stance'] for a in every)}\n"
    sys.stdout.write(counts + f"{Counter(a['act'] for a in every)}\n")


if __name__ == "__main__":
    main()
