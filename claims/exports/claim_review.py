"""Verdicts as schema.org `ClaimReview`: one alone, for a page that carries it, or in the graph.

- `claimReviewed` is the claim as it was worded when it was rated, `itemReviewed` the claim with who
  puts it forward and where it appeared.
- `reviewRating` is the rating by the newsroom's own word (`alternateName`), with its number where
  it has one; beside it the same on the common scale from 1 (false) to 5 (true).
- `author` is the newsroom; the editor where none is set.
- `citation` is the evidence: web pages, and the words of articles.

Search engines ask for `url`, the address of the page that carries the review, too; only the
newsroom knows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from claims.addresses import web_address
from claims.errors import ExportError
from claims.reports.positions import Position
from claims.reports.said import AUTHOR, NONE, UNRESOLVED
from claims.reports.weighing import Stand, Weighed
from claims.review.scales import BEST, WORST
from claims.review.verdicts import TextEvidence, Verdict, WebEvidence
from claims.store.claim_rows import ClaimRow
from claims.store.rows import ArticleRow
from claims.terminal import json_text

Node = dict[str, Any]
_TYPES = {
    "person": "Person",
    "organization": "Organization",
    "government": "GovernmentOrganization",
    "media": "NewsMediaOrganization",
}


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes reviews, and where: a name and a home page, and the address of a review.

    In `review_url`, `{claim}` and `{verdict}` stand for the numbers of both.
    """

    name: str = ""
    url: str = ""
    review_url: str = ""

    def checked(self) -> Publisher:
        """The same; `ExportError` where an address is none."""
        addresses = (("CLAIMS_PUBLISHER_URL", self.url), ("CLAIMS_REVIEW_URL", self.review_url))
        for name, url in addresses:
            if url and web_address(url) is None:
                raise ExportError(
                    f"{name} is no http address: {url}", repair="correct or unset the variable"
                )
        return self

    def address(self, claim: ClaimRow, verdict: Verdict) -> str | None:
        """The page that carries the review of a claim; None where none is set."""
        numbers = {"{claim}": str(claim.id), "{verdict}": str(verdict.id)}
        url = self.review_url
        for mark, number in numbers.items():
            url = url.replace(mark, number)
        return url or None


def review(claim: ClaimRow, verdict: Verdict, publisher: Publisher) -> Node:
    """What a review has in either form; without the claim, its evidence and the context."""
    day = verdict.at.date().isoformat()
    return full(
        {
            "@type": "ClaimReview",
            "url": publisher.address(claim, verdict),
            "claimReviewed": verdict.words or claim.wording,
            "reviewRating": ratings(verdict),
            "reviewBody": verdict.because or None,
            "author": author(verdict, publisher),
            "datePublished": day,
        }
    )


def ratings(verdict: Verdict) -> list[Node]:
    """The rating as the newsroom gives it, and the same on the common scale."""
    scale, rating = verdict.scale, verdict.rating
    assert scale is not None and rating is not None
    own: Node = {
        "@type": "Rating",
        "name": f"rating on the scale “{scale.name}”",
        "alternateName": rating.label,
        "ratingExplanation": verdict.because or None,
    }
    common: Node = {
        "@type": "Rating",
        "name": "normalised rating",
        "alternateName": scale.normal_label(rating),
    }
    value = scale.normalised(rating)
    if rating.value is not None and value is not None:
        own |= _numbers(rating.value, scale.worst, scale.best)
        common |= _numbers(value, WORST, BEST)
    return [full(own), common]


def _numbers(value: float, worst: float, best: float) -> Node:
    return {
        name: int(number) if number == int(number) else number
        for name, number in (
            ("ratingValue", value),
            ("worstRating", worst),
            ("bestRating", best),
        )
    }


def author(verdict: Verdict, publisher: Publisher) -> Node:
    """The newsroom, or the editor where it has no name."""
    if publisher.name:
        node = {"@type": "NewsMediaOrganization", "name": publisher.name, "url": publisher.url}
        return {key: value for key, value in node.items() if value}
    return {"@type": "Person", "name": verdict.by}


def embedded(
    one: Weighed, verdict: Verdict, publisher: Publisher, articles: Mapping[int, ArticleRow]
) -> Node:
    """One review alone, in schema.org's own context and no other, as search engines read it.

    Who puts the claim forward are those who assert it by a name, in readings that reach the
    threshold: nobody is named for what may have been misread. `articles` are those of the
    evidence.
    """
    asserting = [s for s in one.firm if s.position is Position.ASSERTS]
    appearing = [s for s in one.firm if s.position is not Position.OPPOSES]
    claim: Node = {
        "@type": "Claim",
        "text": verdict.words or one.claim.wording,
        "author": _unique(node for stand in asserting for node in _authors(stand)),
        "datePublished": one.since and one.since.isoformat(),
        "appearance": _unique(_article(stand.member.article) for stand in appearing),
        "firstAppearance": _article(appearing[0].member.article) if appearing else None,
    }
    node = review(one.claim, verdict, publisher)
    citations = [
        _page(one)
        if isinstance(one, WebEvidence)
        else _passage(one, _article(articles[one.article_id]))
        for one in verdict.evidence
    ]
    return full(
        {"@context": "https://schema.org", **node, "itemReviewed": full(claim)}
        | {"citation": citations}
    )


def embedded_text(node: Node) -> str:
    """JSON that can stand in a script element: nothing in it ends or begins an element."""
    text = json_text(node, indent=2)
    for mark in "<>&":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


def _authors(stand: Stand) -> list[Node]:
    row = stand.member.attribution
    if row is None:
        outlet = stand.member.article.outlet
        return [{"@type": "NewsMediaOrganization", "name": outlet}] if outlet else []
    return [
        {"@type": _TYPES[one.kind], "name": one.canonical or one.name}
        for one in row.speakers
        if one.kind in _TYPES and one.name not in (AUTHOR, NONE, UNRESOLVED)
    ]


def _article(row: ArticleRow) -> Node:
    return full(
        {
            "@type": "NewsArticle",
            "headline": row.title or row.name,
            "url": web_address(row.url),
            "datePublished": row.published_on and row.published_on.isoformat(),
            "publisher": row.outlet and {"@type": "NewsMediaOrganization", "name": row.outlet},
        }
    )


def _page(one: WebEvidence) -> Node:
    return {"@type": "WebPage", "url": one.url}


def _passage(one: TextEvidence, article: Node) -> Node:
    return full({"@type": "Quotation", "text": one.exact or None, "isPartOf": article})


def full(node: Node) -> Node:
    """Without what isn't known."""
    return {key: value for key, value in node.items() if value is not None and value != []}


def _unique(nodes: Iterable[Node]) -> list[Node]:
    return list({json_text(node): node for node in nodes}.values())
