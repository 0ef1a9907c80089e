"""JSON lines: one article a line, with `id` and `text`, and what else is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from claims.documents.build import Given, build
from claims.errors import DocumentError
from claims.records import Document
from claims.settings import settings


def read_lines(
    stream: BinaryIO, where: str, head: bytes = b""
) -> Iterator[Document | DocumentError]:
    """An article, or what is wrong with it, for each line of `stream` that isn't empty.

    One line is in memory at a time. `head` is what was already read of the first line.
    """
    found = False
    for number, line in _lines(stream, head):
        place = f"{where}, line {number}"
        if line is None:
            found = True
            limit = settings().max_file_bytes
            yield DocumentError(
                f"{place}: is longer than {limit:,} bytes",
                repair="write one article a line, or raise CLAIMS_MAX_FILE_BYTES",
            )
        elif line.strip():
            found = True
            try:
                yield read_line(line, place)
            except DocumentError as error:
                yield error
    if not found:
        yield DocumentError(f"{where}: is empty", repair="write one JSON object a line")


def _lines(stream: BinaryIO, head: bytes) -> Iterator[tuple[int, bytes | None]]:
    """Number and bytes of each line; None for one over the size limit, which is skipped."""
    limit = settings().max_file_bytes
    number = 0
    while True:
        line = head if head.endswith(b"\n") else head + stream.readline(limit + 1)
        head = b""
        if not line:
            return
        number += 1
        if len(line) <= limit or (line.endswith(b"\n") and len(line) <= limit + 1):
            yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 20)
        yield number, None


def read_line(line: bytes, place: str) -> Document:
    """Article of one line; `place` names file and line in messages.

    Raises:
        DocumentError: if it is no JSON object, or `id` or `text` is missing or no string.
    """
    row = _object(line, place)
    name = row.get("id")
    if isinstance(name, int) and not isinstance(name, bool):
        name = str(name)
    text = row.get("text")
    for field, value in (("id", name), ("text", text)):
        if not isinstance(value, str) or not value.strip():
            state = "is missing" if field not in row else "is empty or not a string"
            raise DocumentError(
                f"{place}: `{field}` {state}",
                repair='give {"id": "…", "text": "…"} on every line',
            )
    assert isinstance(name, str)
    assert isinstance(text, str)
    given = Given(
        title=_optional(row, "title", place),
        url=_optional(row, "url", place),
        outlet=_optional(row, "outlet", place),
        published=_optional(row, "published", place),
    )
    return build(text, line.rstrip(b"\r\n"), name, "jsonl", given, where=place)


def _optional(row: dict[str, Any], field: str, place: str) -> str | None:
    value = row.get(field)
    if value is not None and not isinstance(value, str):
        raise DocumentError(
            f"{place}: `{field}` is not a string", repair=f"give `{field}` as a string"
        )
    return value or None


def _object(line: bytes, place: str) -> dict[str, Any]:
    repair = "write each article as one JSON object on one line, in UTF-8"
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{place}: is not UTF-8 (byte {error.start} can't be read)", repair=repair
        ) from None
    except json.JSONDecodeError as error:
        raise DocumentError(
            f"{place}: is not JSON ({error.msg} at character {error.pos + 1})", repair=repair
        ) from None
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{place}: is not JSON ({error})", repair=repair) from None
    if not isinstance(row, dict):
        raise DocumentError(f"{place}: is not a JSON object", repair=repair)
    return row
