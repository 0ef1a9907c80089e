"""Bytes to characters, strictly: a wrong guess would put wrong words into somebody's mouth."""

from __future__ import annotations

import codecs
import re

from claims.errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_JSONL = re.compile(rb"\s*\{\s*(?:\"|$)")
# Starts of files that people hand over instead of their text.
_BINARY = (
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"{\\rtf", "a rich-text document"),
    (b"SQLite format 3", "a SQLite database"),
)


def sniff(data: bytes) -> str:
    """Format of `data` by its first bytes: `pdf`, `html`, `jsonl` or `txt`."""
    head = data[:4096]
    if head.startswith(b"%PDF-"):
        return "pdf"
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            head = head.decode(encoding, "ignore").encode()
            break
    if _HTML.match(head):
        return "html"
    return "jsonl" if _JSONL.match(head.split(b"\n", 1)[0]) else "txt"


def decode(data: bytes, where: str, *, html: bool = False, charset: str | None = None) -> str:
    """Characters of `data`: by its byte order mark, by the charset a page declares, else UTF-8.

    `charset` is what a server named; it is believed before what the page declares.

    Raises:
        DocumentError: for an empty, binary or differently encoded file.
    """
    if not data.strip():
        raise DocumentError(f"{where}: is empty", repair="give a file with an article's text")
    for start, what in _BINARY:
        if data.startswith(start):
            raise DocumentError(
                f"{where}: is {what}, not text",
                repair="save the article as .txt, .html or .pdf",
            )
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, where)
    named = _known(charset) if charset else None
    for declared in (named, _declared(data) if html else None):
        try:
            if declared:
                return data.decode(declared)
        except (UnicodeDecodeError, LookupError):
            pass  # pages are often UTF-8 whatever they declare
    head = data[:2000]
    for encoding, zeros in (("UTF-16LE", head[1::2]), ("UTF-16BE", head[::2])):
        if len(head) > 3 and zeros.count(0) * 2 > len(zeros):
            raise DocumentError(
                f"{where}: looks like {encoding} without its byte order mark",
                repair=f"convert it: iconv -f {encoding} -t UTF-8 FILE > NEW",
            )
    return _strict(data, "utf-8", where)


def _declared(data: bytes) -> str | None:
    """Charset that a page names in its first bytes, if Python knows it."""
    found = _CHARSET.search(data[:4096])
    return _known(found.group(1).decode("ascii", "ignore")) if found else None


def _known(charset: str) -> str | None:
    """The codec of a charset's name, as browsers read it."""
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return None
    # The Encoding Standard of the web reads these labels as Windows-1252; a page that could be
    # read as ASCII can't be UTF-16.
    if name in ("iso8859-1", "ascii"):
        return "cp1252"
    return None if name.startswith(("utf-16", "utf-32")) else name


def _strict(data: bytes, encoding: str, where: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if _looks_binary(data):
            raise DocumentError(
                f"{where}: is binary data, not text",
                repair="save the article as .txt, .html or .pdf",
            ) from None
        raise DocumentError(
            f"{where}: is not {encoding.removesuffix('-sig').upper()} text "
            f"(byte {error.start} can't be read)",
            repair="convert it: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW (-f is a guess)",
        ) from None
    return text


def _looks_binary(data: bytes) -> bool:
    """Whether control characters that no text has make up more than a hundredth of the start."""
    head = data[:8192]
    odd = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head)
    return odd * 100 > len(head)
