"""Label every stretch of an article's text: headline, dateline, body, caption, credit, boilerplate.

What stands before the story is the article's head, what stands after it its foot; in each, a
line's shape decides, and inside the story a line is body unless its shape leaves little doubt.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from claims.documents.credits import is_stamp
from claims.documents.edges import closing_start, date_edges, dateline_end
from claims.documents.furniture import stray_label
from claims.documents.head import choose_headlines
from claims.documents.lines import Unit, units
from claims.documents.story import CAPTION, FURNITURE, LONG, Line, broken_off, ended, measure, story
from claims.records import Block, BlockKind

LIST_RUN = 3
"""So many lines in a row without an end of sentence are a list of links."""
PULL_QUOTE_LIMIT = 100_000
"""Characters of a text above which no quotations pulled out of it are looked for."""


def label(text: str, title: str | None = None) -> tuple[Block, ...]:
    """Blocks of `text` in order; `title` is the article's title where it is known.

    Every character that isn't white space lies in exactly one block.
    """
    found = units(text)
    parts = [_trim(unit) for unit in found]
    lines = measure([middle for _, middle, _ in parts])
    low, high = story(lines)
    lines = _label_story(text, lines, low, high)
    head = choose_headlines(
        lines[:low],
        None if low >= len(lines) else lines[low].unit,
        title,
    )
    for i in range(low):
        lines[i] = replace(lines[i], kind=head[i])
    if low < high and len(head) > low:
        lines[low] = replace(lines[low], kind=head[low])
    for i in range(high, len(lines)):
        lines[i] = replace(lines[i], kind=_foot_kind(lines[i]))
    return _assemble(text, parts, lines)


def _trim(unit: Unit) -> tuple[Unit | None, Unit, Unit | None]:
    """The unit without the date stamps at its edges, and those."""
    if unit.end - unit.start > LONG or is_stamp(unit.text):
        return None, unit, None
    a, b = date_edges(unit.text)
    if (a, b) == (0, len(unit.text)):
        return None, unit, None
    return (
        _part(unit, 0, a) if a else None,
        _part(unit, a, b),
        _part(unit, b, len(unit.text)) if b < len(unit.text) else None,
    )


def _part(unit: Unit, start: int, end: int) -> Unit:
    piece = unit.text[start:end]
    start += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    at = unit.start + start
    return Unit(at, at + len(piece), piece, unit.apart)


def _label_story(text: str, lines: Sequence[Line], low: int, high: int) -> list[Line]:
    """Kinds of the lines of the story itself."""
    result = list(lines)
    for i in range(low, high):
        result[i] = replace(lines[i], kind=_story_kind(text, lines[i], last=i == high - 1))
    i = low
    while i < high:
        j = i
        while j < high and _link_like(result[j]):
            j += 1
        colon = i > low and lines[i - 1].unit.text.endswith(":") and lines[i - 1].unit.words > 3
        if j - i >= LIST_RUN and not colon:
            for k in range(i, j):
                result[k] = replace(result[k], kind=BlockKind.BOILERPLATE)
        i = max(j, i + 1)
    return result


def _link_like(line: Line) -> bool:
    unit = line.unit
    return (
        line.kind is not BlockKind.CAPTION
        and not ended(unit)
        and unit.words < 25
        and not unit.text.endswith((":", ",", ";"))
        and not unit.text[0].islower()
    )


def _story_kind(text: str, line: Line, *, last: bool) -> BlockKind:
    if line.furniture >= FURNITURE:
        return BlockKind.BOILERPLATE
    if line.credit == 2:
        return BlockKind.CREDIT
    if line.caption >= CAPTION + last:
        return BlockKind.CAPTION
    word = stray_label(line.unit.text)
    stray = word is not None and text.count(word) == 1
    # What a page prints again and again without an end: running heads, advertisements.
    running = line.twice and not ended(line.unit) and not line.unit.text.endswith(":")
    if stray or running or _pull_quote(text, line.unit):
        return BlockKind.BOILERPLATE
    return BlockKind.BODY


def _pull_quote(text: str, unit: Unit) -> bool:
    """Whether a line without an end of its own is taken word for word from another paragraph."""
    if unit.ends or not 3 <= unit.words <= 40 or len(text) > PULL_QUOTE_LIMIT:
        return False
    return text.casefold().count(unit.text.casefold()) > 1


def _foot_kind(line: Line) -> BlockKind:
    """Kind of a line after the story's end."""
    if line.credit == 2:
        return BlockKind.CREDIT
    if line.caption >= CAPTION and line.furniture < FURNITURE:
        return BlockKind.CAPTION
    return BlockKind.BOILERPLATE


def _assemble(
    text: str, parts: list[tuple[Unit | None, Unit, Unit | None]], lines: list[Line]
) -> tuple[Block, ...]:
    """Blocks of the labelled lines, with datelines and closing credits cut off."""
    blocks: list[Block] = []
    body = [i for i, line in enumerate(lines) if line.kind is BlockKind.BODY]
    paragraph = -1
    broken: Unit | None = None
    for i, ((before, _, after), line) in enumerate(zip(parts, lines, strict=True)):
        kind = line.kind or BlockKind.BODY
        unit = line.unit
        if kind is BlockKind.BODY and broken and broken_off(broken, unit):
            unit = _rejoined(text, blocks.pop(), unit)
        else:
            paragraph += 1
        if before:
            blocks.append(Block(before.start, before.end, BlockKind.BOILERPLATE, paragraph))
        if kind is BlockKind.BODY:
            order, last = bisect_left(body, i), i == body[-1]
            blocks.extend(_body_blocks(unit, paragraph, order, last=last))
        else:
            blocks.append(Block(unit.start, unit.end, kind, paragraph))
        if after:
            blocks.append(Block(after.start, after.end, BlockKind.BOILERPLATE, paragraph))
        broken = unit if blocks[-1].kind is BlockKind.BODY else None
    return tuple(blocks)


def _rejoined(text: str, block: Block, unit: Unit) -> Unit:
    """One unit of a broken-off block and its rest."""
    return Unit(block.start, unit.end, text[block.start : unit.end], True)


def _body_blocks(unit: Unit, paragraph: int, order: int, *, last: bool) -> list[Block]:
    start = dateline_end(unit.text, order)
    end = closing_start(unit.text, last=last)
    spans = [
        (0, start, BlockKind.DATELINE),
        (start, end, BlockKind.BODY),
        (end, len(unit.text), BlockKind.CREDIT),
    ]
    blocks = []
    for a, b, kind in spans:
        part = _part(unit, a, b)
        if part.text:
            blocks.append(Block(part.start, part.end, kind, paragraph))
    return blocks


def block_at(blocks: tuple[Block, ...], offset: int) -> Block | None:
    """The block that holds the character at `offset`, or None between blocks."""
    i = bisect_right(blocks, offset, key=lambda b: b.start) - 1
    return blocks[i] if i >= 0 and offset < blocks[i].end else None
