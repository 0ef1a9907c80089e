"""Which present statement stands at a place that an editor decided about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from claims.matching.deciding import Passage
from claims.records import Span
from claims.store.identity import TEXT


@dataclass(frozen=True, slots=True)
class Standing:
    """A statement of a newest run: its id, and where it stands with which words."""

    id: int
    text_id: int
    article_id: int
    span: Span
    words: str


class Finder:
    """Finds the present statement of a place in a stored text.

    A decision holds for the statement that a newer run finds at the same place of the text, and
    for one with the same words in a newer version of it.
    """

    def __init__(self, connection: Connection, stored: Iterable[Standing]) -> None:
        """Keep the statements by text and by article."""
        self._connection = connection
        self._by_text: dict[int, list[Standing]] = defaultdict(list)
        self._by_article: dict[int, list[Standing]] = defaultdict(list)
        for one in stored:
            self._by_text[one.text_id].append(one)
            self._by_article[one.article_id].append(one)

    def at(self, place: Passage) -> int | None:
        """Id of the statement that shares most of a place; at least half of either.

        Where one lies in the other, the one whose ends are nearer.
        """
        start, end = place.span
        best: tuple[float, float, int] | None = None
        for one in self._by_text.get(place.text_id, ()):
            own = one.span
            shared = min(end, own.end) - max(start, own.start)
            share = shared / min(end - start, own.end - own.start)
            overlap = shared / (max(end, own.end) - min(start, own.start))
            if share >= 0.5 and (best is None or (share, overlap, -one.id) > best):
                best = (share, overlap, -one.id)
        return -best[2] if best is not None else self._same_words(place)

    def _same_words(self, place: Passage) -> int | None:
        row = self._connection.execute(
            select(TEXT.c.article_id, TEXT.c.text).where(TEXT.c.id == place.text_id)
        ).first()
        if row is None:
            return None
        words = " ".join(row.text[slice(*place.span)].split())
        same = [
            one.id
            for one in self._by_article.get(row.article_id, ())
            if one.words.replace(" … ", " ") in words and one.words
        ]
        return same[0] if len(same) == 1 else None
