"""What editors decided, as pairs of present statements that are one claim, or never are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, select

from claims.matching.clustering import Pair
from claims.matching.deciding import ClaimDecisionKind, Passage, in_force
from claims.store import claim_log
from claims.store.claim_rows import StoredStatement
from claims.store.identity import TEXT


def constraints(
    connection: Connection, stored: Sequence[StoredStatement]
) -> tuple[list[Pair], list[Pair]]:
    """Must-link and cannot-link pairs of statement ids, from the decisions that are in force.

    A decision holds for the statement that a newer run finds at the same place of the text, and
    for one with the same words in a newer version of it.
    """
    find = _Finder(connection, stored)
    must: list[Pair] = []
    cannot: list[Pair] = []
    for decision in in_force(claim_log.decisions(connection)):
        if decision.place is None or decision.other is None:
            continue
        a, b = find.at(decision.place), find.at(decision.other)
        if a is not None and b is not None and a != b:
            # A later decision about the same two takes the place of an earlier one.
            pair = (min(a, b), max(a, b))
            must, cannot = ([p for p in kept if p != pair] for kept in (must, cannot))
            into = must if decision.kind is ClaimDecisionKind.MERGE else cannot
            into.append(pair)
    return must, cannot


class _Finder:
    """Finds the present statement of a place in a stored text."""

    def __init__(self, connection: Connection, stored: Sequence[StoredStatement]) -> None:
        self._connection = connection
        self._by_text: dict[int, list[StoredStatement]] = defaultdict(list)
        self._by_article: dict[int, list[StoredStatement]] = defaultdict(list)
        for one in stored:
            self._by_text[one.text_id].append(one)
            self._by_article[one.article_id].append(one)

    def at(self, place: Passage) -> int | None:
        """Id of the statement that shares most of a place; at least half of either."""
        start, end = place.span
        best: tuple[float, int] | None = None
        for one in self._by_text.get(place.text_id, ()):
            own = one.statement.place
            shared = min(end, own.end) - max(start, own.start)
            share = shared / min(end - start, own.end - own.start)
            if share >= 0.5 and (best is None or (share, -one.id) > best):
                best = (share, -one.id)
        return -best[1] if best is not None else self._same_words(place)

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
            if one.statement.words.replace(" … ", " ") in words and one.statement.words
        ]
        return same[0] if len(same) == 1 else None
