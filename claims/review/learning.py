"""What editors decided, text by text, as training reads it. Plain data; a store makes it."""

from __future__ import annotations

from dataclasses import dataclass

from claims.records import Block, Span
from claims.review.items import Status
from claims.review.values import Values


@dataclass(frozen=True, slots=True)
class DecidedItem:
    """An attribution of a text, decided about or not.

    `values` are those in force: the editor's, where one stands for them, else what was seen or
    found. `is_disputed`: a second reading disagrees and nobody has settled it.
    """

    values: Values
    status: Status
    is_disputed: bool = False

    @property
    def is_right(self) -> bool:
        """Whether it may be learned: an editor stands for it, and no other objects."""
        return self.status.is_checked and not self.is_disputed

    @property
    def is_wrong(self) -> bool:
        """Whether that it is no attribution may be learned."""
        return self.status is Status.REJECTED and not self.is_disputed

    @property
    def is_open(self) -> bool:
        """Whether it may be learned neither as right nor as wrong."""
        return not (self.is_right or self.is_wrong)


@dataclass(frozen=True, slots=True)
class DecidedText:
    """A stored text with all items that stand in it now, decided or not.

    `name` is the article's, the same for all its versions. `closed` are the spans of which an
    editor said that all that is said in them is in the record: sentences, or the text whole.
    Candidates under the threshold (`missed`) that nobody decided about belong to `items` where
    nothing is closed: where it is, they were looked at, and left out.
    """

    name: str
    text: str
    blocks: tuple[Block, ...]
    items: tuple[DecidedItem, ...]
    closed: tuple[Span, ...] = ()
