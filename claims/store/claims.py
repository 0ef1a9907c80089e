"""Reading claims with their members."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from claims.matching.copies import Copy
from claims.matching.deciding import ClaimDecision, ClaimDecisionKind, Passage, in_force
from claims.matching.grouping import LinkKind, Relation
from claims.records import Span, Stance
from claims.store import articles, attributions, claim_log, places, queries, verdicts
from claims.store.claim_rows import ClaimLinkRow, ClaimRow, CopyRow, MemberRow
from claims.store.comparing import CLAIM, MEMBER, STATEMENT
from claims.store.copying import COPY
from claims.store.grouping import LINK
from claims.store.identity import TEXT
from claims.store.queries import ATTRIBUTION, ITEM, RUN
from claims.store.rows import AttributionRow, Filter, Quote

_FEW = 500  # ids in one IN (...)


def claims(
    connection: Connection,
    filter: Filter,
    ids: Collection[int] | None = None,
    *,
    said: Mapping[int, AttributionRow] | None = None,
) -> list[ClaimRow]:
    """Claims by id, each with all its members in the order of publication, arrival and text.

    The filter asks for at least one member that passes it; `limit` counts claims. `ids` asks for
    these claims only. What an older reading of an article found is left out, grouped or not.
    `said` are attributions that were read before, by their ids.
    """
    asked = [] if ids is None else [MEMBER.c.claim_id.in_(ids)]
    held = {row.id: row for row in articles.articles(connection, Filter())}
    wanted = _wanted(connection, filter)
    members: dict[int, list[MemberRow]] = defaultdict(list)
    query = (
        select(
            MEMBER.c.claim_id, MEMBER.c.relation, STATEMENT.c.id, STATEMENT.c.attribution_id,
            STATEMENT.c.decision_id,
            STATEMENT.c.start, STATEMENT.c.end, STATEMENT.c.data, TEXT.c.id.label("text_id"),
            TEXT.c.article_id,
            # Not the text itself, which would come once for each member.
            func.substr(
                TEXT.c.text, STATEMENT.c.start + 1, STATEMENT.c.end - STATEMENT.c.start
            ).label("exact"),
        )
        .select_from(queries.newest())
        .join(STATEMENT, STATEMENT.c.run_id == RUN.c.id)
        .join(MEMBER, MEMBER.c.statement_id == STATEMENT.c.id)
        .where(*asked)
        .order_by(STATEMENT.c.id)
    )  # fmt: skip
    rows: Sequence[Any] = connection.execute(query).all()
    keys = {row.id: _said_id(row.attribution_id, row.decision_id) for row in rows}
    spoken = _spoken(connection, set(keys.values()), said or {}, ids is None)
    for row in rows:
        key = keys[row.id]
        if key is not None and key not in spoken:
            continue  # rejected since it was grouped
        data, own_row = json.loads(row.data), None if key is None else spoken[key]
        members[row.claim_id].append(
            MemberRow(
                statement_id=row.id,
                claim_id=row.claim_id,
                relation=Relation(row.relation),
                article=held[row.article_id],
                text_id=row.text_id,
                quote=Quote(row.start, row.end, row.exact),
                wording=data["wording"],
                stance=own_row.stance if own_row else Stance(data["stance"]),
                attribution=own_row,
            )
        )
    reworded = _reworded(connection)
    here = {m.article.id for own in members.values() for m in own} if ids is not None else None
    governing = verdicts.governing(connection, here)
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
                verdict=governing.get(row.id),
            )
        )
    return found if filter.limit is None else found[: filter.limit]


def _spoken(
    connection: Connection,
    ids: Collection[int | None],
    said: Mapping[int, AttributionRow],
    is_all: bool,
) -> Mapping[int, AttributionRow]:
    """The attributions of these ids; only what wasn't read before is read."""
    lacking = [number for number in ids if number is not None and number not in said]
    if not lacking:
        return said
    # Most of the store's are asked for by what they belong to: ids would be too many.
    many = is_all and len(lacking) > _FEW
    found = attributions.attributions(connection, Filter(), None if many else lacking)
    return {**{row.id: row for row in found}, **said}


def claim(connection: Connection, claim_id: int) -> ClaimRow | None:
    """One claim, or the one that it was joined with; None if there is none."""
    claim_id = number_now(connection, claim_id)
    return next(iter(claims(connection, Filter(), [claim_id])), None)


def number_now(connection: Connection, claim_id: int) -> int:
    """The number of a claim, or of the one that it was joined with."""
    seen: set[int] = set()
    while claim_id not in seen:
        seen.add(claim_id)
        into = connection.execute(
            select(CLAIM.c.merged_into).where(CLAIM.c.id == claim_id)
        ).scalar()
        if into is None:
            break
        claim_id = into
    return claim_id


def decisions_about(connection: Connection, claim_id: int) -> list[ClaimDecision]:
    """The decisions that name a place of a claim, with what took them back, oldest first."""
    number = number_now(connection, claim_id)
    log = claim_log.decisions(connection)
    at = places.claims_at(connection, {p for d in log for p in (d.place, d.other) if p})
    found: dict[int, ClaimDecision] = {}
    for one in log:
        here = any(at[place] == number for place in (one.place, one.other) if place)
        if here or one.reverts in found:
            found[one.id] = one
    return list(found.values())


def _wanted(connection: Connection, filter: Filter) -> set[int] | None:
    """The statements that pass the filter; None where it asks for nothing.

    What an outlet states itself has neither speaker nor confidence, and asserts.
    """
    if filter == Filter(limit=filter.limit):
        return None
    of_article = list(queries.article_conditions(filter))
    asked = list(queries.attribution_conditions(filter))
    query = (
        select(STATEMENT.c.id)
        .select_from(queries.newest())
        .join(STATEMENT, STATEMENT.c.run_id == RUN.c.id)
        .outerjoin(ATTRIBUTION, ATTRIBUTION.c.id == STATEMENT.c.attribution_id)
        .outerjoin(ITEM, ITEM.c.attribution_id == STATEMENT.c.attribution_id)
        .where(*of_article)
    )
    own = not filter.speaker and filter.min_confidence is None
    own = own and filter.stance in (None, Stance.ASSERTS)
    own = own and not filter.confirmed_only
    if not asked:
        return set(connection.execute(query).scalars())
    passes = STATEMENT.c.attribution_id.is_not(None) & and_(*asked)
    its_own = STATEMENT.c.attribution_id.is_(None) & STATEMENT.c.decision_id.is_(None)
    wanted = set(connection.execute(query.where(or_(passes, its_own) if own else passes)).scalars())
    return wanted | _added(connection, filter)


def _added(connection: Connection, filter: Filter) -> set[int]:
    """The statements of what editors stand for and no run has, as far as it passes the filter."""
    query = select(STATEMENT.c.id, STATEMENT.c.decision_id).where(
        STATEMENT.c.decision_id.is_not(None)
    )
    ids = {-row.decision_id: row.id for row in connection.execute(query)}
    rows = attributions.attributions(connection, filter, list(ids)) if ids else []
    return {ids[row.id] for row in rows}


def _said_id(attribution_id: int | None, decision_id: int | None) -> int | None:
    """The id of the attribution that a statement was read from; None of what an outlet asserts."""
    if attribution_id is not None:
        return attribution_id
    return None if decision_id is None else -decision_id


def passing(connection: Connection, filter: Filter) -> set[int] | None:
    """The claims that have a member that passes the filter; None where it asks for nothing."""
    wanted = _wanted(connection, filter)
    if wanted is None:
        return None
    query = select(MEMBER.c.statement_id, MEMBER.c.claim_id)
    return {row.claim_id for row in connection.execute(query) if row.statement_id in wanted}


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
        first, second = (a, row.share_a, row.own_a), (b, row.share_b, row.own_b)
        if str(a) > str(b):  # a copy's keys are sorted as words
            first, second, spans = second, first, tuple((y, x) for x, y in spans)
        copy = Copy(
            str(first[0]), str(second[0]), first[1], second[1], first[2], second[2],
            row.words, row.own, spans,
        )  # fmt: skip
        found.append(CopyRow(a, b, copy))
    return found
