"""JSON lines: fields, offsets into the given text, and broken lines."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from claims.documents import read, to_given
from claims.documents.text import sha256
from claims.errors import DocumentError
from claims.records import Document, Span
from claims.settings import Settings

STORY = "The harbour ministry said on Tuesday that no fuel had leaked from the tanker."


def rows(path: Path, *lines: str | bytes) -> list[Document | DocumentError]:
    path.write_bytes(b"\n".join(x.encode() if isinstance(x, str) else x for x in lines) + b"\n")
    return list(read([path]))


def test_fields_are_taken_over_and_unknown_ones_ignored(tmp_path: Path) -> None:
    line = json.dumps(
        {
            "id": "n-1",
            "text": STORY,
            "title": "No leak, says ministry",
            "url": "https://ledger.example/n-1",
            "outlet": "The Coast Ledger",
            "published": "2024-03-05T09:30:00Z",
            "section": ["world"],
        }
    )
    (item,) = rows(tmp_path / "a.jsonl", line)
    assert isinstance(item, Document)
    assert (item.name, item.title, item.url) == (
        "n-1",
        "No leak, says ministry",
        "https://ledger.example/n-1",
    )
    assert (item.outlet.value, item.outlet.basis) == ("The Coast Ledger", "given")
    assert (item.published.value, item.published.basis) == ("2024-03-05T09:30:00", "given")
    assert item.raw_sha256 == sha256(line)
    assert item.sha256 == sha256(STORY)


def test_offsets_lead_back_to_exactly_the_given_text(tmp_path: Path) -> None:
    given = (
        "\ufeffMinister Ando\u0302 said:\r\n\r\n"
        "“Cafe\u0301s stay open,” he told reporters on the quay.\r\n"
    )
    (item,) = rows(tmp_path / "a.jsonl", json.dumps({"id": "1", "text": given}))
    assert isinstance(item, Document)
    for words, raw in (("Andô", "Ando\u0302"), ("“Cafés stay open,”", "“Cafe\u0301s stay open,”")):
        at = item.text.index(words)
        assert given[slice(*to_given(item, Span(at, at + len(words))))] == raw


def test_a_broken_line_is_named_and_the_rest_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = json.dumps({"id": "g", "text": STORY})
    items = rows(
        path,
        good,
        '{"id": "x", "text": ',
        "",
        '{"text": "No id, but some words that were said."}',
        '{"id": "y"}',
        '{"id": "z", "text": 7}',
        '["no", "object"]',
        b'{"id": "l", "text": "Caf\xe9"}',
        '{"id": "n", "text": "a\\u0000b was said"}',
        '{"id": "s", "text": "a \\ud83d was said"}',
        '{"id": "t", "text": "It was said.", "title": 3}',
        "[" * 100_000,
        good,
    )
    told = [
        item.message.split(": ", 1) if isinstance(item, DocumentError) else item.name
        for item in items
    ]
    assert told[0] == told[-1] == "g"
    says = {
        2: "is not JSON",
        4: "`id` is missing",
        5: "`text` is missing",
        6: "`text` is empty or not a string",
        7: "is not a JSON object",
        8: "is not UTF-8",
        9: "NUL",
        10: "surrogate",
        11: "`title` is not a string",
        12: "is not JSON",
    }
    assert len(told) == len(says) + 2
    for (where, what), (number, expected) in zip(told[1:-1], says.items(), strict=True):
        assert where == f"{path}, line {number}"
        assert expected in what
    assert all(item.repair for item in items if isinstance(item, DocumentError))


def test_a_mark_at_the_start_of_the_file_and_a_number_as_id(tmp_path: Path) -> None:
    line = b"\xef\xbb\xbf" + json.dumps({"id": 12, "text": STORY}).encode()
    (item,) = rows(tmp_path / "a.jsonl", line)
    assert isinstance(item, Document)
    assert item.name == "12"


def test_an_empty_file_is_an_error(tmp_path: Path) -> None:
    (item,) = rows(tmp_path / "a.jsonl", "", "")
    assert isinstance(item, DocumentError)


def test_a_gigantic_line_is_skipped_and_the_next_one_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.documents.jsonl.settings", lambda: Settings(max_file_bytes=400))
    big, good = (json.dumps({"id": i, "text": STORY * n}) for i, n in (("big", 50), ("g", 1)))
    first, second = rows(tmp_path / "a.jsonl", big, good)
    assert isinstance(first, DocumentError)
    assert "line 1: is longer than 400 bytes" in first.message
    assert isinstance(second, Document)


class Endless(io.RawIOBase):
    """Lines without end, as long as someone reads."""

    def __init__(self) -> None:
        self.lines: Iterator[bytes] = (
            json.dumps({"id": str(i), "text": STORY}).encode() + b"\n" for i in range(10**9)
        )
        self.served = 0

    def readable(self) -> bool:
        return True

    def readline(self, size: int | None = -1, /) -> bytes:
        self.served += 1
        return next(self.lines)


def test_lines_are_read_one_at_a_time() -> None:
    stream = Endless()
    items = read(["-"], stdin=stream)  # type: ignore[arg-type]
    names = [
        item.name for item, _ in zip(items, range(3), strict=False) if isinstance(item, Document)
    ]
    assert names == ["0", "1", "2"]
    assert stream.served <= 5
