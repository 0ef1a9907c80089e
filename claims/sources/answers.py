"""What the stage of speakers asks for and answers: protocols, special answers, one reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from claims.records import Span
from claims.sources.cast import Kind
from claims.sources.references import Reference

AUTHOR, NONE, UNRESOLVED, UNNAMED = "AUTHOR", "NONE", "UNRESOLVED", "UNNAMED: "


class Attributed(Protocol):
    """Anything with the spans of an attribution."""

    @property
    def source(self) -> Sequence[Span]: ...  # noqa: D102
    @property
    def cue(self) -> Sequence[Span]: ...  # noqa: D102
    @property
    def content(self) -> Sequence[Span]: ...  # noqa: D102


class Registry(Protocol):
    """What is needed to know that a name is a body's (see `claims.sources.registry`)."""

    def resolve(self, name: str) -> object | None:
        """The source of a name, None if it is unknown or not plain."""
        ...


class Scorer(Protocol):
    """Weighs the answers of a reference (see `claims.sources.ranking`)."""

    threshold: float

    def weigh(
        self,
        number: int,
        reference: Reference,
        answers: Sequence[str],
        features: Sequence[Sequence[str]],
    ) -> Sequence[float]:
        """P of each answer to a reference of attribution `number`."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """Who speaks in one attribution, and on what that rests.

    `kind` is None for AUTHOR and NONE; `confidence` that the speaker is right; `evidence` the
    place in the text that names or describes the speaker, or whoever came nearest to it. `why`
    says of UNRESOLVED what was lacking.
    """

    speaker: str
    kind: Kind | None
    confidence: float
    evidence: Span | None
    why: str | None = None
