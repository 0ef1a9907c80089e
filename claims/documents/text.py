"""The stored form of a text, and the way back from it to the text as given.

Stored text is Unicode normalisation form C (UAX #15) with LF line ends and without a leading byte
order mark. Nothing else is changed, so every stored character has a place in the given text.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from claims.errors import DocumentError
from claims.records import Document, Span

_BOM = "\ufeff"
# Only these stretches can differ from their stored form: a line end with CR, or characters
# beyond ASCII with the one before them, since ASCII never combines with what stands before it.
_CHANGEABLE = re.compile(r"\r\n?|[\x00-\x7f]?[^\x00-\x7f]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def normalise(raw: str) -> tuple[str, tuple[int, ...] | None]:
    """Stored form of `raw`, and for each of its characters the offset in `raw` it comes from.

    The offsets have one entry more than the text has characters (the end of `raw`); they are
    None where nothing was changed. Characters that were composed or reordered together all map
    to the start of their group: use `to_given` to map a span.
    """
    bom = raw.startswith(_BOM)
    if not bom and "\r" not in raw and unicodedata.is_normalized("NFC", raw):
        return raw, None
    pieces: list[str] = []
    origin: list[int] = []
    at = 1 if bom else 0
    for match in _CHANGEABLE.finditer(raw, at):
        pieces.append(raw[at : match.start()])
        origin.extend(range(at, match.start()))
        at = match.end()
        if match.group()[0] == "\r":
            pieces.append("\n")
            origin.append(match.start())
            continue
        for start, end in _groups(raw, match.start(), at):
            given = raw[start:end]
            stored = unicodedata.normalize("NFC", given)
            pieces.append(stored)
            origin.extend(range(start, end) if stored == given else [start] * len(stored))
    pieces.append(raw[at:])
    origin.extend(range(at, len(raw) + 1))
    return "".join(pieces), tuple(origin)


def _groups(raw: str, start: int, end: int) -> list[tuple[int, int]]:
    """Shortest ranges of `raw[start:end]` that can be normalised each on its own."""
    if unicodedata.is_normalized("NFC", raw[start:end]):
        return [(start, end)]
    cuts = [start]
    for i in range(start + 1, end):
        head, char = raw[cuts[-1] : i], raw[i]
        # A character that starts with a combining mark reorders with what stands before it; one
        # that does not may still combine with it (Hangul vowels, some Indic vowel signs).
        if unicodedata.combining(unicodedata.normalize("NFD", char)[0]) == 0 and (
            unicodedata.normalize("NFC", head + char)
            == unicodedata.normalize("NFC", head) + unicodedata.normalize("NFC", char)
        ):
            cuts.append(i)
    return list(zip(cuts, [*cuts[1:], end], strict=True))


def to_given(document: Document, span: Span) -> Span:
    """Where `span` of the stored text lies in the given text.

    The range is widened to whole groups of characters that were composed together, so that its
    own stored form always contains the span's characters.
    """
    origin = document.origin
    if origin is None:
        return span
    start = origin[span.start]
    if span.start >= span.end:
        return Span(start, start)
    end, last = span.end, origin[span.end - 1]
    while origin[end] == last and end < len(origin) - 1:
        end += 1
    return Span(start, origin[end])


def check(raw: str, where: str) -> None:
    """Refuse characters that no article has and no database stores.

    Raises:
        DocumentError: for NUL characters and for surrogates without their pair.
    """
    if "\x00" in raw:
        raise DocumentError(
            f"{where}: has a NUL character at offset {raw.index(chr(0))}",
            repair="remove it (tr -d '\\000'), or save the text again as UTF-8",
        )
    if found := _SURROGATE.search(raw):
        raise DocumentError(
            f"{where}: has half a surrogate pair (U+{ord(found.group()):04X}) "
            f"at offset {found.start()}",
            repair="write the character whole; in JSON as both halves, \\ud83d\\ude00",
        )


def sha256(data: str | bytes) -> str:
    """Hexadecimal SHA-256 of bytes, or of a text in UTF-8."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()
