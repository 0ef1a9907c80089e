"""What can be decided about, and the key that names it for ever.

An attribution is named by its place: the stored text and the hull of its cue, so that a decision
holds for whatever a newer model finds there. Texts are immutable, so the key never moves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from claims.errors import ClaimsError
from claims.records import Span


class ItemKind(StrEnum):
    """What an item is."""

    ATTRIBUTION = "attribution"
    SENTENCE = "sentence"  # closed as complete: all that is said in it is in the record
    TEXT = "text"  # an article's text closed as complete
    CLAIM = "claim"


class Status(StrEnum):
    """What stands behind a row of the record."""

    MACHINE = "machine"  # nobody has looked at it
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    ADDED = "added"  # an editor found it, no model did
    REJECTED = "rejected"  # never printed
    UNSURE = "unsure"  # an editor looked and couldn't tell: printed as unchecked
    MISSED = "missed"  # a candidate under the threshold: never printed, offered for review
    COMPLETE = "complete"  # of sentences and texts

    @property
    def is_checked(self) -> bool:
        """Whether an editor stands for it."""
        return self in (Status.CONFIRMED, Status.CORRECTED, Status.ADDED)

    @property
    def is_printed(self) -> bool:
        """Whether it stands in reports and exports."""
        return self not in (Status.REJECTED, Status.MISSED)


_FORMS = {
    ItemKind.ATTRIBUTION: re.compile(r"a(\d+):(\d+)-(\d+)(?:/(\d+))?"),
    ItemKind.SENTENCE: re.compile(r"s(\d+):(\d+)-(\d+)"),
    ItemKind.TEXT: re.compile(r"t(\d+)"),
    ItemKind.CLAIM: re.compile(r"c(\d+)"),
}


@dataclass(frozen=True, slots=True)
class ItemKey:
    """Name of an item: `a12:340-344` (attribution), `s12:300-420`, `t12` (text), `c7` (claim).

    `owner` is the id of the text, or of the claim; `span` the hull of the cue, or the sentence.
    `nth` tells apart attributions of one cue, in the order of their contents.
    """

    kind: ItemKind
    owner: int
    span: Span | None = None
    nth: int = 1

    def __str__(self) -> str:
        """Print the form that `parse` reads."""
        head = f"{self.kind.value[0]}{self.owner}"
        if self.span is None:
            return head
        tail = f"/{self.nth}" if self.nth > 1 else ""
        return f"{head}:{self.span.start}-{self.span.end}{tail}"

    @property
    def text_id(self) -> int | None:
        """The stored text it lies in; None of a claim."""
        return None if self.kind is ItemKind.CLAIM else self.owner

    @classmethod
    def parse(cls, words: str) -> ItemKey:
        """Read a key. Raises `ClaimsError` where it is none."""
        for kind, form in _FORMS.items():
            found = form.fullmatch(words.strip())
            if found is None:
                continue
            numbers = [int(part) if part else 1 for part in found.groups()]
            span = Span(numbers[1], numbers[2]) if len(numbers) > 1 else None
            if span is not None and span.start >= span.end:
                break
            return cls(kind, numbers[0], span, numbers[3] if len(numbers) > 3 else 1)
        raise ClaimsError(
            f"{words!r} is no item", repair="claims review --list prints them, such as a12:340-344"
        )
