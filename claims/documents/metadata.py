"""Title, address, outlet, wire agency and date of an article, each with where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.records import UNKNOWN, Block, Fact

if TYPE_CHECKING:
    from claims.documents.build import Given


@dataclass(frozen=True, slots=True)
class Facts:
    """The metadata of one article."""

    title: str | None
    url: str | None
    outlet: Fact
    wire: Fact
    published: Fact


def find(text: str, blocks: Sequence[Block], given: Given) -> Facts:
    """Facts of the article, given ones first."""
    outlet = Fact(given.outlet, "given") if given.outlet else UNKNOWN
    published = Fact(given.published, "given") if given.published else UNKNOWN
    return Facts(given.title, given.url, outlet, UNKNOWN, published)
