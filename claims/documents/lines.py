"""Units of a text: its lines, or the paragraphs that hard-wrapped lines make up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.records import Span

_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"(?:[-*•‣▪●◦–·>]|\d{1,2}[.)])\s+")
_ENDS = re.compile(r"[.!?…][\"'”’»)\]*_]*$|[\"”’»]$")
_MARKUP = re.compile(r"<[^<>\n]{1,80}>|\*\*|__|\]\([^()\s]*\)|[\[\]]")

WRAP_SHARE = 0.3
"""Share of lines that go on in lower case from which a text counts as hard-wrapped."""
FULL_LINE = 0.75
"""A line this long, as a share of the usual width, may have been broken for want of room."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A line or a joined paragraph: its place, and whether an empty line stands before it."""

    start: int
    end: int
    text: str
    apart: bool

    @property
    def words(self) -> int:
        """Number of blank-separated words."""
        return len(self.text.split())

    @property
    def ends(self) -> bool:
        """Whether it ends as a sentence does: with a stop, or a closing quotation mark."""
        return ends_sentence(self.text)

    @property
    def bullet(self) -> bool:
        """Whether it opens with the mark of a list."""
        return _BULLET.match(self.text) is not None

    @property
    def plain(self) -> str:
        """Words without markup, for comparison with other units."""
        return plain(self.text)


def plain(text: str) -> str:
    """`text` without tags, emphasis and link marks, in lower case, single-spaced."""
    return " ".join(_MARKUP.sub(" ", text).casefold().split()).replace(" ,", ",")


def ends_sentence(text: str) -> bool:
    """Whether `text` ends with a stop or a closing quotation mark."""
    return _ENDS.search(text.rstrip()) is not None


def units(text: str) -> list[Unit]:
    """Units of `text` in order, stripped of white space; empty lines part them always."""
    lines: list[Unit] = []
    last = 0
    for match in _LINE.finditer(text):
        line = match.group()
        body = line.strip("\ufeff\u200b " + _SPACES)
        if not body:
            continue
        start = match.start() + line.index(body)
        apart = not lines or text.count("\n", last, start) > 1
        lines.append(Unit(start, start + len(body), body, apart))
        last = lines[-1].end
    return _join(text, lines) if is_wrapped(lines) else lines


_SPACES = "".join(chr(c) for c in range(0x3001) if chr(c).isspace())


def is_wrapped(lines: Sequence[Unit]) -> bool:
    """Whether the lines were broken at a width: many go on in the middle of a sentence."""
    pairs = [(a, b) for a, b in pairwise(lines) if not b.apart]
    if not pairs:
        return False
    width = _width(lines)
    going_on = sum(b.text[0].islower() and not a.ends for a, b in pairs)
    return width <= 140 and going_on >= WRAP_SHARE * len(pairs)


def _width(lines: Sequence[Unit]) -> int:
    """Length that nine of ten lines keep to."""
    lengths = sorted(line.end - line.start for line in lines)
    return lengths[min(len(lengths) - 1, len(lengths) * 9 // 10)]


def _join(text: str, lines: Sequence[Unit]) -> list[Unit]:
    width = _width(lines)
    joined: list[Span] = []
    apart: list[bool] = []
    previous: Unit | None = None
    for line in lines:
        if previous is not None and _goes_on(previous, line, width):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(Span(line.start, line.end))
            apart.append(line.apart)
        previous = line
    return [
        Unit(start, end, text[start:end], gap)
        for (start, end), gap in zip(joined, apart, strict=True)
    ]


def _goes_on(line: Unit, following: Unit, width: int) -> bool:
    """Whether `following` is the same paragraph's next line."""
    if following.apart or following.bullet:
        return False
    if following.text[0].islower() and not line.ends:
        return True
    length = line.end - line.start
    first = len(following.text.split(None, 1)[0])
    if line.ends:
        # A sentence that ends with its line ends the paragraph too, unless the line is full.
        return length + 1 + first > width
    return length + 1 + first > FULL_LINE * width
