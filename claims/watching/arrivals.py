"""One thing that arrived, and a round that takes in all that did."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from claims import pipeline
from claims.errors import DocumentError
from claims.pipeline import Extractor, Outcome, Store
from claims.records import Document


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article, or why it is none; `settle` is told what became of it."""

    place: str
    item: Document | DocumentError
    settle: Callable[[Outcome], None]


class Target(Protocol):
    """What is watched."""

    group: int
    """How many arrivals are handed to the model together."""

    def arrivals(self) -> Iterator[Arrival]:
        """What is new since the last time; each is read when it is its turn."""
        ...


def take_in(
    targets: Sequence[Target], store: Store, extractor: Extractor
) -> Generator[tuple[Arrival, Outcome], None, None]:
    """One round: all that arrived, each in a transaction of its own and settled before the next.

    Whoever stops iterating keeps what was yielded; the rest arrives again the next time.
    """
    for target in targets:
        arrivals = target.arrivals()
        while group := list(islice(arrivals, target.group)):
            items = (arrival.item for arrival in group)
            # Closed at once on Ctrl-C, so that no transaction stays open.
            with closing(pipeline.ingest_documents(items, store, extractor)) as outcomes:
                for arrival, outcome in zip(group, outcomes, strict=True):
                    arrival.settle(outcome)
                    yield arrival, outcome
