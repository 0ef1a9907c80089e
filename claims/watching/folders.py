"""A folder that fills: new and changed files, once they are written to their end.

It is looked at again and again, which works on every file system, over networks too, and misses
nothing that changed while nobody watched. What is known of a file is its size and its time.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePath
from typing import NamedTuple

from claims import documents
from claims.errors import DocumentError, StoreError
from claims.pipeline import Outcome
from claims.watching.arrivals import Arrival

SETTLE_SECONDS = 2.0
"""A file that hasn't changed for so long is taken to be complete."""
_STORE_TRIES = 3
_UNFINISHED = frozenset({".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".swp"})


class _State(NamedTuple):
    """By what a file is known to have changed."""

    size: int
    modified: int
    inode: int


@dataclass(slots=True)
class FolderWatch:
    """The files below a folder, and what of them was read.

    `still_written` are the files that the last look left alone because they were changing.
    """

    folder: Path
    clock: Callable[[], float] = time.time
    group: int = 32
    still_written: list[Path] = field(default_factory=list)
    _read: dict[Path, _State] = field(default_factory=dict)
    _seen: dict[Path, tuple[_State, float]] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)
    _refused: Counter[Path] = field(default_factory=Counter)

    def arrivals(self) -> Iterator[Arrival]:
        """Articles of the files that are new or have changed, and are complete.

        What is wrong with a file or a folder is told once, until it changes.
        """
        self.still_written = []
        present: set[Path] = set()
        told: set[str] = set()
        for item in documents.below(self.folder):
            if isinstance(item, DocumentError):
                told.add(str(item))
                if str(item) not in self._told:
                    yield Arrival(str(self.folder), item, _ignore)
                continue
            if _is_unfinished(item):
                continue
            present.add(item)
            state = self._ready(item)
            if state is not None:
                self._read[item] = state
                for read in documents.read([item]):
                    yield Arrival(str(item), read, partial(self._settle, item))
        self._told = told
        for known in (self._read, self._seen):
            for gone in known.keys() - present:
                del known[gone]

    def _ready(self, path: Path) -> _State | None:
        """The state of a file that is to be read now."""
        try:
            status = path.stat()
        except OSError:
            return None  # gone, or a link to nothing
        state = _State(status.st_size, status.st_mtime_ns, status.st_ino)
        if self._read.get(path) == state:
            return None
        now = self.clock()
        before, since = self._seen.get(path, (None, now))
        self._seen[path] = (state, since if before == state else now)
        # The time of a file on another machine may lie in the future: two looks decide as well.
        rests = now - status.st_mtime >= SETTLE_SECONDS
        if rests or (before == state and now - since >= SETTLE_SECONDS):
            return state
        self.still_written.append(path)
        return None

    def _settle(self, path: Path, outcome: Outcome) -> None:
        """Read a file again next time whose article the database didn't take, within reason."""
        if isinstance(outcome.error, StoreError):
            self._refused[path] += 1
            if self._refused[path] < _STORE_TRIES:
                self._read.pop(path, None)


def _ignore(_outcome: Outcome) -> None:
    """Nothing is remembered of it."""


def _is_unfinished(path: PurePath) -> bool:
    """Whether the name is one that programs give to a file while they write it."""
    return path.name.startswith(("~", "#")) or any(
        suffix.lower() in _UNFINISHED for suffix in path.suffixes
    )
