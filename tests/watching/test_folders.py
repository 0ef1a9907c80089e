"""Folders that fill while they are watched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from claims.errors import DocumentError, StoreError
from claims.pipeline import Outcome
from claims.records import Document
from claims.watching import Arrival, FolderWatch

TEXT = "Lena Marsh said the harbour of Sennat would open again on Tuesday.\n"


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(tmp_path: Path, clock: Clock) -> FolderWatch:
    return FolderWatch(tmp_path, clock)


def write(path: Path, text: str, when: float) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (when, when))
    return path


def names(arrivals: list[Arrival]) -> list[str]:
    return [Path(one.place).name for one in arrivals]


def look(watch: FolderWatch) -> list[Arrival]:
    return list(watch.arrivals())


def test_files_come_once_and_again_when_they_change(watch: FolderWatch, clock: Clock) -> None:
    path = write(watch.folder / "deep" / "a.txt", TEXT, clock.now - 60)
    assert names(look(watch)) == ["a.txt"]
    assert look(watch) == []
    write(path, TEXT + "More.\n", clock.now - 30)
    (again,) = look(watch)
    assert isinstance(again.item, Document) and again.item.text.endswith("More.\n")
    path.unlink()
    assert look(watch) == []
    write(path, TEXT, clock.now - 60)
    assert names(look(watch)) == ["a.txt"]


def test_a_file_is_read_once_it_rests(watch: FolderWatch, clock: Clock) -> None:
    path = write(watch.folder / "a.txt", TEXT[:20], clock.now)
    assert look(watch) == [] and watch.still_written == [path]
    clock.now += 1
    write(path, TEXT, clock.now)
    assert look(watch) == [] and watch.still_written == [path]
    clock.now += 2
    (one,) = look(watch)
    assert isinstance(one.item, Document) and one.item.text == TEXT
    assert watch.still_written == []


def test_a_clock_that_is_ahead_stops_nothing(watch: FolderWatch, clock: Clock) -> None:
    write(watch.folder / "a.txt", TEXT, clock.now + 3600)
    assert look(watch) == []
    clock.now += 1
    assert look(watch) == []
    clock.now += 1
    assert names(look(watch)) == ["a.txt"]


def test_unfinished_and_hidden_files_are_left_alone(watch: FolderWatch, clock: Clock) -> None:
    for name in (
        ".a.txt", "~a.txt", "#a.txt", "a.txt.part", "b.part.txt", "c.tmp.html", ".git/d.txt",
        "e.doc", "f.txt~", "g.txt.crdownload", "h.rtf",
    ):  # fmt: skip
        write(watch.folder / name, TEXT, clock.now - 60)
    assert look(watch) == []
    (watch.folder / "a.txt.part").rename(watch.folder / "a.txt")
    assert names(look(watch)) == ["a.txt"]


def test_a_broken_file_is_told_once_until_it_changes(watch: FolderWatch, clock: Clock) -> None:
    path = write(watch.folder / "a.txt", "", clock.now - 60)
    (one,) = look(watch)
    assert isinstance(one.item, DocumentError) and "is empty" in one.item.message
    assert look(watch) == []
    write(path, TEXT, clock.now - 60)
    (one,) = look(watch)
    assert isinstance(one.item, Document)


def test_lines_of_a_file_are_articles(watch: FolderWatch, clock: Clock) -> None:
    lines = '{"id": "1", "text": "The port said it is open."}\n{"id": 2}\n'
    write(watch.folder / "a.jsonl", lines, clock.now - 60)
    assert [type(one.item) for one in look(watch)] == [Document, DocumentError]
    assert look(watch) == []


def test_a_folder_that_goes_and_comes_back(watch: FolderWatch, clock: Clock) -> None:
    path = write(watch.folder / "in" / "a.txt", TEXT, clock.now - 60)
    watch.folder = watch.folder / "in"
    assert names(look(watch)) == ["a.txt"]
    path.unlink()
    watch.folder.rmdir()
    (error,) = look(watch)
    assert isinstance(error.item, DocumentError) and "no such file or folder" in error.item.message
    assert look(watch) == []
    write(path, TEXT, clock.now - 60)
    assert names(look(watch)) == ["a.txt"]


def test_what_a_busy_database_refused_is_read_again_but_not_for_ever(
    watch: FolderWatch, clock: Clock
) -> None:
    write(watch.folder / "a.txt", TEXT, clock.now - 60)
    for _ in range(3):
        (one,) = look(watch)
        one.settle(Outcome("a.txt", error=StoreError("in use")))
    assert look(watch) == []


def test_links_to_nothing_and_in_circles(watch: FolderWatch, clock: Clock) -> None:
    write(watch.folder / "a.txt", TEXT, clock.now - 60)
    (watch.folder / "gone.txt").symlink_to(watch.folder / "nowhere.txt")
    (watch.folder / "again").symlink_to(watch.folder)
    assert names(look(watch)) == ["a.txt"]
