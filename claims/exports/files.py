"""Files that appear whole or not at all."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO, TextIO

from claims.errors import ExportError


@contextmanager
def replaced(path: Path) -> Iterator[TextIO]:
    """As `replaced_bytes`, for UTF-8 text; line ends aren't translated."""
    with replaced_bytes(path) as raw, _as_text(raw) as out:
        yield out


@contextmanager
def standard_output() -> Iterator[TextIO]:
    """Standard output for UTF-8 text, past the terminal's own encoding and line ends."""
    sys.stdout.flush()
    with _as_text(sys.stdout.buffer) as out:
        yield out


@contextmanager
def _as_text(raw: IO[bytes]) -> Iterator[TextIO]:
    out = io.TextIOWrapper(raw, encoding="utf-8", newline="")
    try:
        yield out
    finally:
        out.flush()
        out.detach()


@contextmanager
def replaced_bytes(path: Path) -> Iterator[BinaryIO]:
    """A file to write, moved to `path` when all went well and removed when not.

    A device or a pipe (`/dev/stdout`, a shell's `>(…)`) is written
    into: moving a file there would destroy it. Raises `ExportError` when the file can't be
    written.
    """
    target = path.expanduser()
    if target.is_dir():
        raise ExportError(f"{path} is a folder", repair="name a file in it")
    if target.exists() and not target.is_file():
        with _written_into(path, target) as out:
            yield out
        return
    target = target.resolve()  # a link stays a link: what it points at is replaced
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise _refused(path, error) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.chmod(_mode(target))
        part.replace(target)
    except BaseException as error:
        with suppress(OSError):
            part.unlink()
        if isinstance(error, OSError):
            raise _refused(path, error) from error
        raise


@contextmanager
def _written_into(path: Path, target: Path) -> Iterator[BinaryIO]:
    try:
        with target.open("wb") as out:
            yield out
    except BrokenPipeError:
        raise  # the reader has gone, as after `| head`
    except OSError as error:
        raise _refused(path, error) from error


def _mode(target: Path) -> int:
    """The rights of the file that is replaced, else those of any new file."""
    if target.exists():
        return target.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _refused(path: Path, error: OSError) -> ExportError:
    reason = error.strerror or type(error).__name__
    return ExportError(
        f"{path} can't be written: {reason}", repair="check that its folder is there and yours"
    )
