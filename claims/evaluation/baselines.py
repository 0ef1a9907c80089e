"""Plain ways to name a speaker, against which the figures of a program are to be read.

Both start from the spans that the program found, so that they differ from it in the naming alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.evaluation.names import source_kind
from claims.records import Span
from claims.sources.lexicon import NOT_NAMES
from claims.sources.wording import bare

_FURTHER = re.compile(r"(?<=\S)\s*(?:,(?!\d)|[(\[]|\s[—–])")
_WORD = r"[A-ZÀ-Þ](?:\.(?!\w)|[\w’'-]*(?:\.[\w’'-]+)*)"
_SMALL = r"(?:(?:of|for|the|de|van|von)[ \t]+)*"
_NAME = re.compile(rf"{_WORD}(?:[ \t]+{_SMALL}{_WORD})*")


def copied(text: str, source: Sequence[Span]) -> str:
    """The words of the source up to a comma or bracket; NONE where none was found.

    With the mark of those who have no name, unless it begins as a name does.
    """
    words = _FURTHER.split(" ".join(text[start:end].strip() for start, end in source))[0].strip()
    kind = source_kind(words, "")
    return (f"UNNAMED: {words}" if kind == "other" else words) if words else "NONE"


def nearest_name(text: str, source: Sequence[Span]) -> str:
    """The last name that begins before the source ends, so that a name is its own.

    A name is a run of capitalised words, small ones between them among it; words that are no
    names at a sentence's start ("He", "The", "But") are left out of it. NONE without a source,
    UNRESOLVED where no name stands before it.
    """
    if not source:
        return "NONE"
    found = "UNRESOLVED"
    for match in _NAME.finditer(text, 0, source[-1].end):
        words = match.group().split()
        while words and bare(words[0]) in NOT_NAMES:
            words.pop(0)
        if words:
            found = " ".join(words)
    return found
