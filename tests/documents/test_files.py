"""Paths to articles: what is read, in which order, and what is said of the rest."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from claims.documents import expand, read
from claims.errors import DocumentError
from claims.records import Document
from claims.settings import Settings

STORY = "The harbour ministry said on Tuesday that no fuel had leaked from the tanker.\n"


def one(path: Path) -> Document | DocumentError:
    (item,) = read([path])
    return item


def refusal(path: Path, data: bytes) -> DocumentError:
    path.write_bytes(data)
    item = one(path)
    assert isinstance(item, DocumentError), item
    assert str(path) in item.message
    assert item.repair
    return item


def test_a_text_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf" + STORY.replace("\n", "\r\n").encode())
    item = one(path)
    assert isinstance(item, Document)
    assert (item.name, item.format, item.text, item.origin) == (str(path), "txt", STORY, None)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_a_byte_order_mark_names_the_encoding(tmp_path: Path, encoding: str) -> None:
    mark = "\ufeff" if encoding.endswith(("le", "be")) else ""
    path = tmp_path / "a.txt"
    path.write_bytes((mark + STORY + "“Naïve,” she said.").encode(encoding))
    item = one(path)
    assert isinstance(item, Document)
    assert item.text.endswith("“Naïve,” she said.")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        ("“Naïve,” she said.".encode("cp1252"), "is not UTF-8"),
        ("The minister said so. ".encode("utf-16-le"), "looks like UTF-16LE"),
        ("The minister said so. ".encode("utf-16-be"), "looks like UTF-16BE"),
        (STORY.encode() + b"\x00", "NUL"),
        (b"PK\x03\x04 and more", "zip archive"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG image"),
        (bytes(range(256)) * 4, "binary"),
        ("Der Minister sagte am Dienstag, dass kein Öl ausgelaufen sei. ".encode() * 5, "English"),
        ("정부 대표단이 러시아를 방문했다고 밝혔다.".encode(), "Hangul"),
        (b"1234 5678", "no words"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, data: bytes, says: str) -> None:
    assert says in refusal(tmp_path / "bad.txt", data).message


def test_wrong_encoding_names_the_command_that_repairs_it(tmp_path: Path) -> None:
    assert "iconv" in refusal(tmp_path / "l1.txt", "Café, he said".encode("latin-1")).repair


def test_missing_path() -> None:
    (item,) = read(["no/such/file.txt"])
    assert isinstance(item, DocumentError)
    assert item.message == "no/such/file.txt: no such file or folder"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(STORY)

    def refuse(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    item = one(path)
    assert isinstance(item, DocumentError)
    assert "may not be read" in item.message
    assert "chmod" in item.repair


def test_a_link_to_itself_and_a_pipe(tmp_path: Path) -> None:
    loop, pipe = tmp_path / "loop.txt", tmp_path / "pipe.txt"
    loop.symlink_to(loop)
    os.mkfifo(pipe)
    for path in (loop, pipe):
        item = one(path)
        assert isinstance(item, DocumentError)
        assert str(path) in item.message


def test_too_large_a_file_and_too_long_a_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    for limits, says in (
        (Settings(max_file_bytes=100), "larger than 100 bytes"),
        (Settings(max_text_chars=100), "more than 100"),
    ):
        for module in ("files", "build"):
            monkeypatch.setattr(f"claims.documents.{module}.settings", lambda given=limits: given)
        error = refusal(path, STORY.encode() * 3)
        assert says in error.message
        assert "CLAIMS_MAX" in error.repair


def test_a_folder_is_read_by_name_and_one_bad_file_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("c.txt", "b/d.text", ".hidden/x.txt", ".e.txt", "notes.md", "A.TXT"):
        (tmp_path / name).write_text(STORY)
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\xfa\xfb\x00")
    names = [
        item.message.split(":")[0] if isinstance(item, DocumentError) else item.name
        for item in read([tmp_path])
    ]
    assert [str(Path(name).relative_to(tmp_path)) for name in names] == [
        "A.TXT",
        "bad.txt",
        "c.txt",
        "b/d.text",
    ]
    assert [str(path) for path in expand([tmp_path])] == names


def test_linked_folders_are_entered_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "self").symlink_to(tmp_path)
    assert len(list(read([tmp_path]))) == 1


def test_an_empty_folder_says_what_it_should_hold(tmp_path: Path) -> None:
    item = one(tmp_path)
    assert isinstance(item, DocumentError)
    assert ".jsonl" in item.repair


def test_reading_goes_on_after_an_error_and_is_lazy(tmp_path: Path) -> None:
    good = tmp_path / "a.txt"
    good.write_text(STORY)
    items = read([tmp_path / "none", good, tmp_path / "gone.txt"])
    assert isinstance(next(items), DocumentError)
    assert isinstance(next(items), Document)
    (tmp_path / "gone.txt").write_text(STORY)  # read only when it is reached
    assert isinstance(next(items), Document)


def test_a_name_without_suffix_is_known_by_its_content(tmp_path: Path) -> None:
    text, lines, page = tmp_path / "a", tmp_path / "b", tmp_path / "c"
    text.write_text(STORY)
    lines.write_text(json.dumps({"id": "x", "text": STORY}))
    page.write_text(
        f"<!DOCTYPE html><html><body><article><p>{STORY * 3}</p></article></body></html>"
    )
    found = [item.format for item in read([text, lines, page]) if isinstance(item, Document)]
    assert found == ["txt", "jsonl", "html"]


@pytest.mark.parametrize(
    ("data", "form", "name"),
    [
        (STORY.encode(), "txt", "-"),
        (("\ufeff" + STORY).encode("utf-16-le"), "txt", "-"),
        (b"\n\n" + json.dumps({"id": "x7", "text": STORY}).encode(), "jsonl", "x7"),
        (
            f"<html><head><title>T</title></head><body><p>{STORY * 4}</p></body></html>".encode(),
            "html",
            "-",
        ),
    ],
)
def test_standard_input_is_known_by_its_content(data: bytes, form: str, name: str) -> None:
    (item,) = read(["-"], stdin=io.BytesIO(data))
    assert isinstance(item, Document), item
    assert (item.format, item.name) == (form, name)
    assert STORY.strip() in item.text


def test_empty_standard_input_is_an_error() -> None:
    (item,) = read(["-"], stdin=io.BytesIO(b""))
    assert isinstance(item, DocumentError)
    assert "standard input" in item.message
