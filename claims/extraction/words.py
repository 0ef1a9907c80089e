"""Words of a paragraph as the network sees them: offsets, word pieces, shape and quotation state.

A word is a run of word characters or a single other printing character. The base encoder is
uncased, so the shape of each word (capitals, digits) is given to the network beside its pieces,
together with whether it stands inside quotation marks: both tell much about who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.records import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WORD = re.compile(r"\w+|[^\w\s]")
MAX_PIECES_PER_WORD = 8
"""Longer words (URLs run together, long numbers) are cut; their offsets stay whole."""

SHAPES = 5
FEATURES = SHAPES * 2
"""Number of values of `Words.features`: shape × inside quotation marks."""

_OPENING, _CLOSING, _EITHER = frozenset("“„«"), frozenset("”»"), '"'


@dataclass(frozen=True, slots=True)
class Words:
    """Parallel lists, one entry a word: offsets, word-piece ids, feature (0 ≤ f < FEATURES).

    `open_quote` tells whether the paragraph ends inside a quotation: by the newspaper's
    convention the next paragraph then goes on with it.
    """

    spans: list[Span]
    pieces: list[list[int]]
    features: list[int]
    open_quote: bool


def shape(word: str) -> int:
    """0 punctuation, 1 digit first, 2 all capitals, 3 capital first, 4 other."""
    if not word[0].isalnum():
        return 0
    if word[0].isdigit():
        return 1
    if word.isupper() and len(word) > 1:
        return 2
    return 3 if word[0].isupper() else 4


def quotation_states(words: Sequence[str]) -> tuple[list[bool], bool]:
    """For each word whether it is a quotation mark or stands between two; and the state at the end.

    A straight mark opens when none is open. Single quotation marks are not followed: they can't be
    told from apostrophes.
    """
    inside, states = False, []
    for word in words:
        if word in _OPENING or (word == _EITHER and not inside):
            inside = True
            states.append(True)
        elif word in _CLOSING or word == _EITHER:
            states.append(inside)
            inside = False
        else:
            states.append(inside)
    return states, inside


class WordReader:
    """Splits text into `Words`, remembering the pieces of every word it has met."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Use `tokenizer` (of the `tokenizers` library) without its special tokens."""
        self._tokenizer = tokenizer
        self._unknown = tokenizer.token_to_id("[UNK]") or 0
        self._pieces: dict[str, list[int]] = {}

    def read(self, text: str, start: int, end: int) -> Words:
        """Words of `text[start:end]`, with offsets into `text`."""
        spans = [Span(m.start(), m.end()) for m in WORD.finditer(text, start, end)]
        words = [text[s:e] for s, e in spans]
        states, open_quote = quotation_states(words)
        features = [shape(w) * 2 + q for w, q in zip(words, states, strict=True)]
        return Words(spans, self._encode(words), features, open_quote)

    def _encode(self, words: list[str]) -> list[list[int]]:
        new = sorted({w for w in words if w not in self._pieces})
        if new:
            if len(self._pieces) > 200_000:  # bounded memory on endless feeds
                self._pieces.clear()
                new = sorted(set(words))
            for word, encoding in zip(
                new, self._tokenizer.encode_batch(new, add_special_tokens=False), strict=True
            ):
                self._pieces[word] = encoding.ids[:MAX_PIECES_PER_WORD] or [self._unknown]
        return [self._pieces[w] for w in words]
