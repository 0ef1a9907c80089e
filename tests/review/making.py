"""A store with a queue for tests of reviewing. All people and places are invented."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from claims.records import Extraction, Sentence, SentenceKind, Span
from claims.review.session import Session
from claims.store import Store, open_store
from claims.store.queue_rows import Wanted
from tests.making_claims import Filled, fill
from tests.store.making import MODEL, NEWER, attribution, document, found

NAMES = ("Ilse Brandmoor", "Odo Pell", "Lena Marsh", "Corva Dent", "Ida Lund")


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def template(folder: Path) -> Path:
    """A SQLite file with four articles, grouped, and the quay's."""
    path = folder / "template.db"
    with open_store(str(path)) as store:
        fill(store)
        store.save(document(), found())
        store.refresh()
    return path


def copied(path: Path, folder: Path) -> Store:
    """A store of a test's own."""
    mine = folder / "claims.db"
    shutil.copy(path, mine)
    return open_store(str(mine), create=False)


def session(store: Store, reviewer: str = "ann", **more: object) -> Session:
    """A session with its first item on the screen."""
    overlap = more.pop("overlap", 0.0)
    clock = more.pop("clock", Clock())
    made = Session(store, Wanted(reviewer=reviewer, **more), overlap=overlap, clock=clock)  # type: ignore[arg-type]
    made.next()
    return made


def read_anew(store: Store) -> None:
    """A newer model reads the quay's article: it takes the first attribution for a denial, and
    finds no "reported"."""
    from claims.records import Stance

    older = found()
    first, denied, _ = older.attributions
    newer = (replace(first, stance=Stance.HEDGES), replace(denied, parent=None))
    store.save(document(), replace(older, attributions=newer, model=NEWER))


def many(store: Store, number: int, *, a_text: int = 100) -> None:
    """So many attributions, in texts of `a_text` sentences."""
    for first in range(0, number, a_text):
        sentences, spans = [], []
        at = 0
        for n in range(first, min(number, first + a_text)):
            words = f"{NAMES[n % len(NAMES)]} said that pier {n} is closed."
            sentences.append(words)
            spans.append((at, n, words))
            at += len(words) + 1
        text = " ".join(sentences)
        said = []
        for start, n, words in spans:
            name = NAMES[n % len(NAMES)]
            cue = start + len(name) + 1
            said.append(
                attribution(
                    (Span(cue + 5, start + len(words) - 1),),
                    source=(Span(start, start + len(name)),),
                    cue=(Span(cue, cue + 4),),
                    speaker=name,
                    confidence=0.05 + 0.9 * ((n * 7919) % 1000) / 1000,
                )
            )
        marked = tuple(
            Sentence(start, start + len(words), SentenceKind.ATTRIBUTED, 0.5)
            for start, _, words in spans
        )
        store.save(document(text, f"piers-{first}.txt"), Extraction(marked, tuple(said), MODEL))


__all__ = ["Clock", "Filled", "copied", "many", "read_anew", "session", "template"]
