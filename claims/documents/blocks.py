"""Label every stretch of an article's text: headline, dateline, body, caption, credit, boilerplate.

The story is the run of lines with the greatest sum of weights, in which sentences count for and
titles, links and captions against (the maximum subsequence of Pasternack & Roth, WWW 2009). What
stands before it is the article's head, what stands after is its foot; in each, a line's shape
decides, and inside the story a line is body unless its shape leaves little doubt.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace

from claims.documents.captions import caption_score
from claims.documents.credits import credit_score, is_stamp
from claims.documents.edges import closing_start, date_edges, dateline_end
from claims.documents.furniture import furniture_score, stray_label
from claims.documents.head import choose_headlines
from claims.documents.lines import Unit, units
from claims.records import Block, BlockKind

FURNITURE = 4
"""Score from which a line is page furniture wherever it stands."""
CAPTION = 3
"""Score from which a line is a caption wherever it stands; one less outside the story."""
LONG = 1500
"""Characters of a line above which it is nothing but prose."""
PULL_QUOTE_LIMIT = 100_000
"""Characters of a text above which no quotations pulled out of it are looked for."""
LIST_RUN = 3
"""So many lines in a row without an end of sentence are a list of links."""


@dataclass(frozen=True, slots=True)
class Line:
    """A unit without its edges, with the scores of its shape and, once known, its kind."""

    unit: Unit
    caption: int
    furniture: int
    credit: int
    weight: float
    kind: BlockKind | None = None


def label(text: str, title: str | None = None) -> tuple[Block, ...]:
    """Blocks of `text` in order; `title` is the article's title where it is known.

    Every character that isn't white space lies in exactly one block.
    """
    found = units(text)
    parts = [_trim(unit) for unit in found]
    middles = [middle for _, middle, _ in parts]
    counts = Counter(unit.plain for unit in middles)
    lines = [
        _measure(unit, before, counts)
        for unit, before in zip(middles, [None, *middles], strict=False)
    ]
    low, high = story(lines)
    lines = _label_story(text, lines, low, high)
    head = choose_headlines(
        [(line.unit, line.furniture, line.caption, line.credit) for line in lines[:low]],
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


def _measure(unit: Unit, before: Unit | None, counts: Counter[str]) -> Line:
    """Scores of a line's shape and its weight for or against being part of the story."""
    if unit.end - unit.start > LONG:
        return Line(unit, 0, 0, 0, _weight(unit, before))
    twice = counts[unit.plain] > 1
    caption = caption_score(unit.text)
    caption += bool(caption) and twice
    furniture = furniture_score(unit.text)
    furniture += 2 * (bool(furniture) and twice)
    credit = credit_score(unit.text)
    if credit < 2 and is_stamp(unit.text):
        furniture, credit = max(furniture, FURNITURE), 0
    if furniture >= FURNITURE:
        weight = -15.0
    elif caption >= CAPTION or credit == 2:
        weight = -5.0
    else:
        weight = _weight(unit, before)
    return Line(unit, caption, furniture, credit, weight)


def _weight(unit: Unit, before: Unit | None) -> float:
    """In words, how much a line that may be prose speaks for the story, or against it."""
    words = unit.words
    if _ended(unit):
        return float(words) if words >= 6 else 2.0
    if unit.text.endswith(":"):
        return words / 2
    if words >= 25:
        return words / 4
    if before is not None and unit.text[0].islower() and not before.ends:
        return words / 2  # a sentence that a line end broke
    if before is not None and before.text.endswith(":") and before.words > 3:
        return -1.0  # the first item of what the sentence above announces
    return -10.0


def _ended(unit: Unit) -> bool:
    """Whether its prose is a whole sentence, a closing credit apart."""
    return unit.ends or closing_start(unit.text, last=True) < len(unit.text)


def story(lines: list[Line]) -> tuple[int, int]:
    """Half-open range of the lines that make the story: the run of the greatest weight."""
    best, total = 0.0, 0.0
    start, found = 0, (0, 0)
    for i, line in enumerate(lines):
        if total <= 0:
            start, total = i, 0.0
        total += line.weight
        if total > best:
            best, found = total, (start, i + 1)
    if found == (0, 0):
        return _bare_story(lines)
    return _widen(lines, *found)


def _bare_story(lines: list[Line]) -> tuple[int, int]:
    """Of a text without one whole sentence: all after its first line that no shape rules out."""
    rest = [
        i
        for i, line in enumerate(lines)
        if line.furniture < FURNITURE and line.caption < CAPTION and line.credit < 2
    ]
    if not rest:
        return len(lines), len(lines)
    return (rest[1] if len(rest) > 1 else rest[0]), rest[-1] + 1


def _widen(lines: list[Line], low: int, high: int) -> tuple[int, int]:
    """Take in a last line that lacks its full stop but is written as a sentence."""
    if high == len(lines) - 1:
        line = lines[high]
        small = sum(word[0].islower() for word in line.unit.text.split())
        plainly = line.furniture == line.caption == line.credit == 0 and not line.unit.bullet
        if plainly and line.unit.words >= 8 and small * 2 >= line.unit.words:
            return low, high + 1
    return low, high


def _label_story(text: str, lines: list[Line], low: int, high: int) -> list[Line]:
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
        and not _ended(unit)
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
    return BlockKind.BOILERPLATE if stray or _pull_quote(text, line.unit) else BlockKind.BODY


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
    for i, ((before, _, after), line) in enumerate(zip(parts, lines, strict=True)):
        kind = line.kind or BlockKind.BODY
        unit = line.unit
        if kind is BlockKind.BODY and _goes_on(blocks, text, unit):
            unit = _rejoined(text, blocks.pop(), unit)
        else:
            paragraph += 1
        if before:
            blocks.append(Block(before.start, before.end, BlockKind.BOILERPLATE, paragraph))
        if kind is BlockKind.BODY:
            order, last = bisect_left(body, i), i == body[-1]
            blocks.extend(_body_blocks(unit, paragraph, order, last=last))
        else:
            blocks.append(Block(line.unit.start, line.unit.end, kind, paragraph))
        if after:
            blocks.append(Block(after.start, after.end, BlockKind.BOILERPLATE, paragraph))
    return tuple(blocks)


def _goes_on(blocks: list[Block], text: str, unit: Unit) -> bool:
    """Whether `unit` is the rest of the sentence that the last block broke off."""
    if not blocks or blocks[-1].kind is not BlockKind.BODY:
        return False
    before = text[blocks[-1].start : blocks[-1].end]
    broken = before[-1].isalnum() or before[-1] in ",—–-"
    return broken and unit.text[0].islower() and len(before.split()) >= 4


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
