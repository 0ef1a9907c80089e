"""What a search found, each hit with a line ready to paste: who, what, where, when, offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from claims.reports.claim_facts import ClaimFacts, Side, side_of, who_says
from claims.reports.said import is_doubtful, spoken_name
from claims.reports.standing import known_name
from claims.sources.origins import chain_of
from claims.store.claim_rows import MemberRow
from claims.store.rows import ArticleRow, AttributionRow, Quote
from claims.terminal import one_line

MEMBERS = 5
"""Members shown under a claim."""


def quote_line(row: AttributionRow) -> str:
    """One attribution in one line. The words are the article's: reported speech is no quotation."""
    cue = f", “{row.cue_words}”" if row.cue else ""
    who = spoken_name(known_name(row))
    chain = chain_of(known_name(row), row.carriers, row.cites)
    return _line(
        f"{who} ({row.stance}{cue}): {row.content_words}",
        row,
        row.content,
        f" [{chain}]" if chain else "",
        _standing(row),
    )


def member_line(member: MemberRow) -> str:
    """The same of a member of a claim."""
    if member.attribution is not None:
        return quote_line(member.attribution)
    who = "; ".join(who_says(member)) or "the article"
    return _line(f"{who} (states it itself): {member.quote.exact}", member.article, [member.quote])


def _line(
    said: str,
    where: AttributionRow | ArticleRow,
    quotes: Sequence[Quote],
    chain: str = "",
    standing: str = "",
) -> str:
    article, name = (
        (where.article_id, where.article_name)
        if isinstance(where, AttributionRow)
        else (where.id, where.name)
    )
    title = f"“{where.title}”" if where.title else name
    day = where.published_on.isoformat() if where.published_on else where.published or "undated"
    place = ", ".join(part for part in (where.outlet, title, day, where.url) if part)
    offsets = ", ".join(f"{q.start}-{q.end}" for q in quotes)
    known = f", {standing}" if standing else ""
    return one_line(f"{said}{chain} — {place} (article {article}, characters {offsets}{known})")


def _standing(row: AttributionRow) -> str:
    """What a reader of the pasted line must know: whether anybody looked at it."""
    if row.status.is_checked:
        return f"{row.status.value} by {row.reviewer}"
    return "doubtful" if is_doubtful(row) else "unchecked"


def claim_lines(facts: ClaimFacts) -> Iterator[str]:
    """A claim's wording and counts, then its members, indented."""
    claim = facts.claim
    counts = ", ".join(f"{len(facts.on(side))} {word}" for side, word in _WORDS.items())
    since = f" since {claim.since}" if claim.since else ""
    origins = facts.corroboration.independent
    yield one_line(
        f"claim {claim.id}: {claim.wording} — {counts}; independent origins: {origins};"
        f" articles: {len(claim.articles)}{since}"
    )
    for member in claim.members[:MEMBERS]:
        yield f"  {side_of(member)}: {member_line(member)}"
    if len(claim.members) > MEMBERS:
        yield f"  and {len(claim.members) - MEMBERS} more"


_WORDS = {Side.SUPPORTS: "support it", Side.HEDGES: "hedge", Side.OPPOSES: "oppose it"}


def quote_data(row: AttributionRow) -> dict[str, Any]:
    """One hit for `--json`; text verbatim but in `line`."""
    return _place(row.article_id, row, row.content) | {
        "attribution": row.id,
        "speaker": known_name(row),
        "stance": row.stance.value,
        "confidence": row.confidence,
        "status": row.status.value,
        "reviewer": row.reviewer,
        "item": row.item,
        "source": row.source_words,
        "cue": row.cue_words,
        "words": row.content_words,
        "line": quote_line(row),
    }


def claim_data(facts: ClaimFacts) -> dict[str, Any]:
    """One claim for `--json`, with all its members."""
    claim = facts.claim
    return {
        "claim": claim.id,
        "wording": claim.wording,
        "since": claim.since and claim.since.isoformat(),
        "origins": list(facts.corroboration.origins),
        "independent_origins": facts.corroboration.independent,
        "members": [
            _place(m.article.id, m.article, [m.quote])
            | {
                "side": side_of(m).value,
                "relation": m.relation.value,
                "stance": m.stance.value,
                "attribution": m.attribution and m.attribution.id,
                "speakers": who_says(m),
                "words": m.quote.exact,
                "line": member_line(m),
            }
            for m in claim.members
        ],
    }


def _place(
    article: int, row: AttributionRow | ArticleRow, quotes: Sequence[Quote]
) -> dict[str, Any]:
    return {
        "article": article,
        "outlet": row.outlet,
        "title": row.title,
        "url": row.url,
        "published": row.published,
        "offsets": [[quote.start, quote.end] for quote in quotes],
    }
