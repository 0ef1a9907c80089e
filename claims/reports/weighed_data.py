"""Reports about claims as plain JSON-able data; text stands in it verbatim."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claims.reports.positions import Position
from claims.reports.unfolding import Day, OriginReport
from claims.reports.verdicts import verdict_data
from claims.reports.weighing import Stand, Weighed

Data = dict[str, Any]


def claims_data(weighed: Sequence[Weighed], min_confidence: float) -> Data:
    """`claims report claims --json` and `claims report conflicts --json`."""
    return {"min_confidence": min_confidence, "claims": [_claim(one) for one in weighed]}


def timeline_data(days: Sequence[Day], min_confidence: float) -> Data:
    """`claims report timeline --json`."""
    return {
        "min_confidence": min_confidence,
        "days": [
            {
                "day": day.day and day.day.isoformat(),
                "happenings": [
                    {
                        "turn": one.turn.value,
                        "claim": one.weighed.claim.id,
                        "wording": one.weighed.claim.wording,
                        "doubtful_wording": one.weighed.is_doubtful,
                        "member": _stand(one.stand),
                    }
                    for one in day.happenings
                ],
            }
            for day in days
        ],
    }


def origins_data(origins: Sequence[OriginReport], min_confidence: float) -> Data:
    """`claims report origins --json`."""
    return {
        "min_confidence": min_confidence,
        "origins": [
            {
                "origin": one.name,
                "names": list(one.names),
                "outlets": list(one.outlets),
                "alone": one.alone,
                "claims": [
                    {
                        "claim": rest.weighed.claim.id,
                        "wording": rest.weighed.claim.wording,
                        "doubtful_wording": rest.weighed.is_doubtful,
                        "single_origin": rest.weighed.is_single_origin,
                        "members": [_stand(stand) for stand in rest.stands],
                    }
                    for rest in one.rests
                ],
            }
            for one in origins
        ],
    }


def _claim(one: Weighed) -> Data:
    claim = one.claim
    return {
        "claim": claim.id,
        "wording": claim.wording,
        "reworded": claim.reworded,
        "doubtful_wording": one.is_doubtful,
        "event": [day.isoformat() for day in claim.event] if claim.event else None,
        "event_words": claim.event_words,
        "since": one.since and one.since.isoformat(),
        "articles": one.articles,
        "outlets": one.outlets,
        "origins": list(one.grounds.origins),
        "independent_origins": one.grounds.independent,
        "single_origin": one.is_single_origin,
        "conflict": one.is_conflict,
        "verdict": claim.verdict and verdict_data(claim.verdict),
        "who": {position.value: list(one.who(position)) for position in Position},
        "links": [{"kind": link.kind.value, "claim": link.claim} for link in one.links],
        "members": [_stand(stand) for stand in one.stands],
    }


def _stand(stand: Stand) -> Data:
    member = stand.member
    row, article = member.attribution, member.article
    return {
        "statement": member.statement_id,
        "position": stand.position.value,
        "speaks_for": stand.speaks_for,
        "relation": member.relation.value,
        "stance": member.stance.value,
        "speakers": list(stand.who),
        "chain": list(stand.chain),
        "origin": stand.origin,
        "attribution": row and row.id,
        "confidence": row and row.confidence,
        "status": row.status.value if row else "machine",
        "reviewer": row and row.reviewer,
        "item": row and row.item,
        "doubtful": stand.is_doubtful,
        "quote": {
            "start": member.quote.start,
            "end": member.quote.end,
            "exact": member.quote.exact,
        },
        "article": {
            "id": article.id,
            "name": article.name,
            "title": article.title,
            "url": article.url,
            "outlet": article.outlet,
            "wire": article.wire,
            "published": article.published,
        },
    }
