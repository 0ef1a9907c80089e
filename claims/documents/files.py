"""Paths to articles: files, folders, and standard input; whatever fails is yielded, not raised."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from claims.documents.build import Given, build
from claims.documents.decode import decode, sniff
from claims.documents.jsonl import read_lines
from claims.documents.page import read_page
from claims.documents.pdf import read_pdf
from claims.errors import DocumentError
from claims.records import Document
from claims.settings import settings

SUFFIXES = {
    ".txt": "txt",
    ".text": "txt",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".jsonl": "jsonl",
}
"""File name endings that are looked for in folders, and the format each stands for."""
STDIN = Path("-")


def expand(paths: Iterable[str | Path]) -> list[Path]:
    """The files that `paths` stand for, folders opened; what is missing is left in as it is."""
    return [item for item in _walk(paths) if isinstance(item, Path)]


def read(
    paths: Iterable[str | Path], *, stdin: BinaryIO | None = None
) -> Iterator[Document | DocumentError]:
    """Articles of files, folders (recursively, by name) and `-`, one after the other.

    An item that can't be read is yielded as the error that says why, and reading goes on. One
    file, or one line of a `.jsonl` file, is in memory at a time.
    """
    for item in _walk(paths):
        if isinstance(item, DocumentError):
            yield item
            continue
        try:
            yield from _read_stdin(stdin) if item == STDIN else _read_file(item)
        except DocumentError as error:
            yield error
        except OSError as error:
            yield _failure(item, error)


def _walk(paths: Iterable[str | Path]) -> Iterator[Path | DocumentError]:
    for given in paths:
        path = Path(given)
        if str(given) != "-" and path.is_dir():
            yield from _folder(path)
        else:
            yield path


def _folder(top: Path) -> Iterator[Path | DocumentError]:
    """As `below`, with an error where there is nothing."""
    item = None
    for item in below(top):
        yield item
    if item is None:
        yield DocumentError(
            f"{top}: no articles in this folder",
            repair="give a folder with " + ", ".join(SUFFIXES) + " files",
        )


def below(top: Path) -> Iterator[Path | DocumentError]:
    """Known files below `top` in order of their names; linked folders are entered once.

    What can't be looked into is yielded at the end, as the error that says why.
    """
    seen: set[str] = set()
    failures: list[DocumentError] = []

    def note(error: OSError) -> None:
        failures.append(_failure(Path(error.filename or top), error))

    for folder, inner, names in os.walk(top, onerror=note, followlinks=True):
        real = os.path.realpath(folder)
        if real in seen:
            inner.clear()
            continue
        seen.add(real)
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES:
                yield Path(folder) / name
    yield from failures


def _read_file(path: Path) -> Iterator[Document | DocumentError]:
    where = str(path)
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        raise DocumentError(f"{where}: is not a regular file", repair="give a file or a folder")
    with path.open("rb") as stream:
        form = SUFFIXES.get(path.suffix.lower()) or sniff(stream.read(4096))
        stream.seek(0)
        if form == "jsonl":
            yield from read_lines(stream, where)
        else:
            yield _read_bytes(_all(stream, where), form, where)


def _read_stdin(stdin: BinaryIO | None) -> Iterator[Document | DocumentError]:
    if stdin is None:
        import sys

        stdin = sys.stdin.buffer
    where = "standard input"
    head = b"\n"
    while head and not head.strip():
        head = stdin.readline(1 << 16)
    form = sniff(head)
    if form == "jsonl":
        yield from read_lines(stdin, where, head)
        return
    data = _all(stdin, where, head)
    yield _read_bytes(data, sniff(data), where, name="-")


def _all(stream: BinaryIO, where: str, head: bytes = b"") -> bytes:
    limit = settings().max_file_bytes
    data = head + stream.read(limit + 1 - len(head))
    if len(data) > limit:
        raise DocumentError(
            f"{where}: is larger than {limit:,} bytes",
            repair="split it into its articles, or raise CLAIMS_MAX_FILE_BYTES",
        )
    return data


def _read_bytes(data: bytes, form: str, where: str, name: str | None = None) -> Document:
    name = name or where
    # A wrong suffix is common; these formats are certain from their first bytes.
    if sniff(data) == "pdf":
        form = "pdf"
    elif form == "pdf" and data.strip():
        raise DocumentError(f"{where}: is not a PDF file", repair="give it its right suffix")
    if form == "pdf" and data.strip():
        return read_pdf(data, name, where, Given())
    if form == "html":
        return read_page(data, name, where, Given())
    text = decode(data, where)
    return build(text, data, name, "txt", Given(), where=where, keep_origin=False)


def _failure(path: Path, error: OSError) -> DocumentError:
    """What the system said, with a repair."""
    if isinstance(error, FileNotFoundError):
        return DocumentError(f"{path}: no such file or folder", repair="check the path")
    if isinstance(error, PermissionError):
        return DocumentError(f"{path}: may not be read", repair=f"chmod +r {path}")
    reason = error.strerror or type(error).__name__
    return DocumentError(f"{path}: can't be read ({reason})", repair="check the file and its links")
