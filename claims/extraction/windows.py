"""Windows: runs of whole paragraphs, short enough for one pass of the encoder.

A paragraph longer than a window is cut after a sentence end. A paragraph that leads on to the
next (it is short, ends with a colon, or ends inside a quotation) is kept in one window with it
where that fits, since an attribution may run over the break.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from claims.extraction.words import WordReader, Words
from claims.records import Block, Span

MAX_PIECES = 254
"""Most word pieces of a window, without the two special tokens."""
FULL_PIECES = 126
"""Paragraphs are put together up to this size: more context costs time and adds little."""
SHORT_PARAGRAPH = 25
"""Words; the paragraph after a shorter one may hold its quotation."""


@dataclass(frozen=True, slots=True)
class Window:
    """One encoder input. All lists but `pieces` have one entry a word.

    `pieces` holds the ids without special tokens, `first[i]` the index in it of word i's first
    piece; `paragraph` numbers the article's read paragraphs; `leads_on` holds the numbers of
    those paragraphs whose attributions may reach into the next.
    """

    pieces: list[int]
    first: list[int]
    words: list[Span]
    features: list[int]
    paragraph: list[int]
    leads_on: frozenset[int]

    def region(self, start: int, end: int) -> tuple[int, int]:
        """Word range in which the roles of the cue `[start, end)` are looked for."""
        number = self.paragraph[start]
        low = bisect_left(self.paragraph, number)
        high = bisect_right(self.paragraph, self.paragraph[end - 1])
        if number in self.leads_on and high < len(self.paragraph):
            high = bisect_right(self.paragraph, self.paragraph[high])
        return low, high

    def word_range(self, span: Span | Sequence[int]) -> tuple[int, int] | None:
        """Range of the words that overlap the characters `span`, or None if there are none."""
        low = bisect_right(self.words, span[0], key=lambda w: w.end)
        high = bisect_left(self.words, span[1], key=lambda w: w.start)
        return (low, high) if low < high else None

    def holds(self, span: Span | Sequence[int]) -> bool:
        """Whether the characters `span` lie between the window's first and last word."""
        return self.words[0].start <= span[0] and span[1] <= self.words[-1].end


@dataclass(slots=True)
class _Unit:
    """A paragraph, or a part of one that had to be cut."""

    words: Words
    low: int
    high: int
    paragraph: int
    leads_on: bool
    size: int = field(init=False)

    def __post_init__(self) -> None:
        self.size = sum(len(p) for p in self.words.pieces[self.low : self.high])


def read_paragraphs(blocks: Iterable[Block]) -> list[Span]:
    """Character range of each paragraph that is read: its headline, dateline and body blocks.

    A paragraph with an unread block in its middle becomes two, so that no range covers that block.
    """
    ranges: list[Span] = []
    last: int | None = None
    for block in blocks:
        number = block.paragraph if block.kind.is_read else None
        if number is not None and number == last:
            ranges[-1] = Span(ranges[-1].start, block.end)
        elif number is not None:
            ranges.append(Span(block.start, block.end))
        last = number
    return ranges


def windows(
    text: str,
    paragraphs: Sequence[Span],
    reader: WordReader,
    max_pieces: int = MAX_PIECES,
) -> list[Window]:
    """Windows over the `paragraphs` of `text`, in order; every word is in exactly one."""
    units: list[_Unit] = []
    for number, (start, end) in enumerate(paragraphs):
        words = reader.read(text, start, end)
        if words.spans:
            units.extend(_cut(text, words, number, max_pieces))
    groups: list[list[_Unit]] = []
    full = min(FULL_PIECES, max_pieces)
    for unit in units:
        size = sum(u.size for u in groups[-1]) + unit.size if groups else 0
        if not groups or size > full:
            groups.append(_carried(groups, unit, max_pieces))
        groups[-1].append(unit)
    return [_window(group) for group in groups if group]


def _carried(groups: list[list[_Unit]], unit: _Unit, max_pieces: int) -> list[_Unit]:
    """Start of a new group: the last unit of the old one if it leads on to `unit` and fits."""
    if groups and groups[-1]:
        last = groups[-1][-1]
        if last.leads_on and last.size + unit.size <= max_pieces:
            return [groups[-1].pop()]
    return []


def _cut(text: str, words: Words, number: int, max_pieces: int) -> list[_Unit]:
    """The paragraph as units of at most `max_pieces`, cut after sentence ends where possible."""
    count = len(words.spans)
    last = words.spans[-1]
    leads_on = count < SHORT_PARAGRAPH or text[last.start] == ":" or words.open_quote
    units, low, size, after_stop = [], 0, 0, 0
    for i, pieces in enumerate(words.pieces):
        size += len(pieces)
        # Twice where what stands before the sentence end is shorter than the word that is too much.
        while size > max_pieces and i > low:
            cut = after_stop if after_stop > low else i
            units.append(_Unit(words, low, cut, number, False))
            low = cut
            size = sum(len(p) for p in words.pieces[low : i + 1])
        if _ends_sentence(text, words, i):
            after_stop = i + 1
    units.append(_Unit(words, low, count, number, leads_on))
    return units


def _ends_sentence(text: str, words: Words, i: int) -> bool:
    mark = text[words.spans[i].start]
    if mark in '"”' and i:
        mark = text[words.spans[i - 1].start]
    return mark in ".?!"


def _window(units: list[_Unit]) -> Window:
    window = Window([], [], [], [], [], frozenset(u.paragraph for u in units if u.leads_on))
    for unit in units:
        part = slice(unit.low, unit.high)
        for pieces in unit.words.pieces[part]:
            window.first.append(len(window.pieces))
            window.pieces.extend(pieces)
        window.words.extend(unit.words.spans[part])
        window.features.extend(unit.words.features[part])
        window.paragraph.extend([unit.paragraph] * (unit.high - unit.low))
    return window
