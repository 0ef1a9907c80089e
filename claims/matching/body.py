"""The words of an article's body, as copies are looked for in it.

Kept are hashes and offsets, no words: the text itself lies in the store. Letter case, punctuation,
line breaks and the shape of quotation marks don't count, for copies change them.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from claims.records import BlockKind, Document, Span

SHORTEST = 8
"""Words of a passage, at least; a shorter sentence is taken together with the next one."""

PROSE, PROSE_SHARE = 25, 0.125
"""Words in paragraphs that end like a sentence, at least, and their least share of all, for the
others not to count as prose. With fewer, the text is one that is written without full stops."""

_TOKEN = re.compile(r"(?P<word>[^\W_]+(?:['’][^\W_]+)*)|(?P<quote>[“”\"„])")
_SENTENCE_END = re.compile(r"[.!?…][^\w\s]*\s")
_PROSE_END = re.compile(r"[.!?…:;,—–]")
_HEADER = struct.Struct("<4sII")
_MAGIC = b"body"


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """The n words of an article's body.

    `words` (n, uint32) are hashes of the words, `starts` and `ends` (n, uint32) their half-open
    offsets in the stored text, `aside` (n, bool) tells which are not the article's own prose: in
    quotation marks, or of a line that is no sentence, such as a menu's or a headline. `passages`
    (m, uint32) are where each sentence or so begins, as indexes of words, ascending from 0.
    """

    words: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]
    aside: NDArray[np.bool_]
    passages: NDArray[np.uint32]

    def __len__(self) -> int:
        """How many words it has."""
        return len(self.words)

    @property
    def own(self) -> int:
        """How many words are the article's own prose."""
        return len(self) - int(np.count_nonzero(self.aside))

    def span(self, first: int, count: int) -> Span:
        """Where `count` words from word `first` on stand in the stored text."""
        return Span(int(self.starts[first]), int(self.ends[first + count - 1]))

    def to_bytes(self) -> bytes:
        """All of it in 13 bytes a word, little-endian, the same on every machine."""
        parts = (self.words, self.starts, self.ends, self.passages)
        head = _HEADER.pack(_MAGIC, len(self.words), len(self.passages))
        return b"".join([head, *(p.astype("<u4").tobytes() for p in parts), self.aside.tobytes()])

    @staticmethod
    def from_bytes(data: bytes) -> Body:
        """What `to_bytes` wrote.

        Raises:
            ValueError: if the bytes are none of it.
        """
        if len(data) < _HEADER.size:
            raise ValueError("no body of an article: too short")
        magic, n, m = _HEADER.unpack_from(data)
        if magic != _MAGIC or len(data) != _HEADER.size + 13 * n + 4 * m:
            raise ValueError("no body of an article: wrong mark or length")
        numbers = np.frombuffer(data, "<u4", 3 * n + m, _HEADER.size).astype(np.uint32)
        words, starts, ends, passages = np.split(numbers, [n, 2 * n, 3 * n])
        aside = np.frombuffer(data, np.bool_, n, _HEADER.size + 4 * (3 * n + m))
        return Body(words, starts, ends, aside, passages)


def body_of(document: Document) -> Body:
    """The body of an article.

    Headlines and datelines are left out, for every outlet writes its own; where an article has
    nothing else that is read, they are its body.
    """
    kept = [block for block in document.blocks if block.kind is BlockKind.BODY]
    kept = kept or [block for block in document.blocks if block.kind.is_read]
    return read(document.text, (Span(block.start, block.end) for block in kept))


def read(text: str, parts: Iterable[Span]) -> Body:
    """The words of some parts of a text (offsets in it), in the order given.

    A part is a paragraph or a line: no passage and no quotation runs over its end.
    """
    words: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    quoted: list[bool] = []
    loose: list[bool] = []
    passages: list[int] = []
    for part in parts:
        fresh, is_quoted, last = True, False, part.start
        for token in _TOKEN.finditer(text, part.start, part.end):
            if token.lastgroup == "quote":
                mark = token.group()
                is_quoted = not is_quoted if mark == '"' else mark != "”"
                continue
            is_long = not passages or len(words) - passages[-1] >= SHORTEST
            if fresh or (is_long and _SENTENCE_END.search(text, last, token.start())):
                passages.append(len(words))
            words.append(crc32(token.group().casefold().replace("’", "'").encode()))
            fresh, last = False, token.end()
            starts.append(token.start())
            ends.append(last)
            quoted.append(is_quoted)
        is_sentence = _PROSE_END.search(text[last : part.end]) is not None
        loose.extend([not is_sentence] * (len(words) - len(loose)))
    if loose.count(False) < max(PROSE, len(words) * PROSE_SHARE):
        loose = [False] * len(words)
    return Body(
        np.array(words, np.uint32),
        np.array(starts, np.uint32),
        np.array(ends, np.uint32),
        np.array(quoted, np.bool_) | np.array(loose, np.bool_),
        np.array(passages, np.uint32),
    )


def shingles(words: NDArray[np.uint32], size: int) -> NDArray[np.uint64]:
    """A hash of each run of `size` words: (n - size + 1,), empty for shorter texts.

    A polynomial of the words' hashes, mixed at the end (the finaliser of SplitMix64), so that
    runs which differ in a word differ in all bits.
    """
    count = max(0, len(words) - size + 1)
    mixed = np.zeros(count, np.uint64)
    for at in range(size):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + words[at : at + count] + np.uint64(1)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))
