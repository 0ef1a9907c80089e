"""Reading claims with their members."""

from __future__ import annotations

import json
from collections import defaultdict

from sqlalchemy import Connection, select

from claims.matching.deciding import ClaimDecisionKind, Passage, in_force
from claims.matching.grouping import LinkKind, Relation
from claims.records import Span, Stance
from claims.store import articles, claim_log, queries, tables
from claims.store.claim_rows import ClaimLinkRow, ClaimRow, CopyRow, MemberRow
from claims.store.grouping import CLAIM, LINK, MEMBER, STATEMENT
from claims.store.identity import TEXT
from claims.store.queries import RUN
from claims.store.rows import AttributionRow, Filter, Quote
from claims.store.tables import table

COPY = table(tables.TextCopy)


def claims(connection: Connection, filter: Filter) -> list[ClaimRow]:
    """Claims by id, each with all its members in the order of publication, arrival and text.

    The filter asks for at least one member that passes it; `limit` counts claims.
    """
    said = {row.id: row for row in queries.attributions(connection, Filter())}
    held = {row.id: row for row in articles.articles(connection, Filter())}
    wanted = _wanted(connection, filter, said)
    members: dict[int, list[MemberRow]] = defaultdict(list)
    query = (
        select(
            MEMBER.c.claim_id, MEMBER.c.relation, STATEMENT.c.id, STATEMENT.c.attribution_id,
            STATEMENT.c.start, STATEMENT.c.end, STATEMENT.c.data, TEXT.c.id.label("text_id"),
            TEXT.c.article_id, TEXT.c.text,
        )
        .join(STATEMENT, STATEMENT.c.id == MEMBER.c.statement_id)
        .join(RUN, RUN.c.id == STATEMENT.c.run_id)
        .join(TEXT, TEXT.c.id == RUN.c.text_id)
        .order_by(STATEMENT.c.id)
    )  # fmt: skip
    for row in connection.execute(query):
        data = json.loads(row.data)
        members[row.claim_id].append(
            MemberRow(
                statement_id=row.id,
                claim_id=row.claim_id,
                relation=Relation(row.relation),
                article=held[row.article_id],
                text_id=row.text_id,
                quote=Quote(row.start, row.end, row.text[row.start : row.end]),
                wording=data["wording"],
                stance=Stance(data["stance"]),
                attribution=said.get(row.attribution_id),
            )
        )
    reworded = _reworded(connection)
    found = []
    for row in connection.execute(select(CLAIM).order_by(CLAIM.c.id)):
        own = sorted(members.get(row.id, ()), key=_order)
        if not own or (wanted is not None and not any(m.statement_id in wanted for m in own)):
            continue
        words = next((w for m in own if (w := _words_of(m, reworded))), None)
        found.append(
            ClaimRow(
                id=row.id,
                wording=words or row.wording,
                canonical=row.statement_id,
                event=(row.event_start, row.event_end) if row.event_start else None,
                event_words=row.event_words,
                reworded=words is not None,
                members=tuple(own),
            )
        )
    return found if filter.limit is None else found[: filter.limit]


def claim(connection: Connection, claim_id: int) -> ClaimRow | None:
    """One claim, or the one that it was joined with; None if there is none."""
    seen: set[int] = set()
    while claim_id not in seen:
        seen.add(claim_id)
        into = connection.execute(
            select(CLAIM.c.merged_into).where(CLAIM.c.id == claim_id)
        ).scalar()
        if into is None:
            break
        claim_id = into
    return next((row for row in claims(connection, Filter()) if row.id == claim_id), None)


def _wanted(
    connection: Connection, filter: Filter, said: dict[int, AttributionRow]
) -> set[int] | None:
    """The statements that pass the filter; None where it asks for nothing."""
    if filter == Filter(limit=filter.limit):
        return None
    asked = queries.attributions(connection, filter)
    passing = {row.id for row in asked}
    query = select(STATEMENT.c.id, STATEMENT.c.attribution_id)
    return {
        statement for statement, attribution in connection.execute(query) if attribution in passing
    }


def _order(member: MemberRow) -> tuple[str, int, int]:
    return (member.article.published or "9999", member.article.id, member.quote.start)


def _reworded(connection: Connection) -> list[tuple[Passage, str]]:
    """Places whose claim an editor worded, the last decision first."""
    held = in_force(claim_log.decisions(connection))
    return [
        (d.place, d.words)
        for d in reversed(held)
        if d.kind is ClaimDecisionKind.REWORD and d.place and d.words
    ]


def _words_of(member: MemberRow, reworded: list[tuple[Passage, str]]) -> str | None:
    for place, words in reworded:
        if place.text_id == member.text_id and (
            place.span.start < member.quote.end and member.quote.start < place.span.end
        ):
            return words
    return None


def links(connection: Connection) -> list[ClaimLinkRow]:
    """What claims are to each other."""
    query = select(LINK).order_by(LINK.c.claim_id, LINK.c.other_id)
    return [
        ClaimLinkRow(row.claim_id, row.other_id, LinkKind(row.kind))
        for row in connection.execute(query)
    ]


def copies(connection: Connection) -> list[CopyRow]:
    """Which newest texts of articles share words."""
    newest = {
        row.id: row.article_id
        for row in connection.execute(
            select(TEXT.c.id, TEXT.c.article_id).order_by(TEXT.c.article_id, TEXT.c.version)
        )
    }
    last = {article: text for text, article in newest.items()}
    found = []
    for row in connection.execute(select(COPY).order_by(COPY.c.a_id, COPY.c.b_id)):
        a, b = newest[row.a_id], newest[row.b_id]
        if a == b or last[a] != row.a_id or last[b] != row.b_id:
            continue
        spans = tuple((Span(*x), Span(*y)) for x, y in json.loads(row.spans))
        found.append(CopyRow(a, b, row.share_a, row.share_b, spans))
    return found
