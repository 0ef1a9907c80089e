"""What stands on the page of a dossier: one claim with its drawing, evidence and articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from claims.reports.dossier import Dossier
from claims.reports.page.build import Story, stories
from claims.reports.page.drawing import Graph, chain_graph
from claims.reports.page.marking import Passage
from claims.reports.weighing import outlet_of
from claims.review.verdicts import Evidence, WebEvidence
from claims.store.rows import ArticleView


@dataclass(frozen=True, slots=True)
class Cited:
    """A piece of evidence: an address, or words of an article.

    `place` names the passage on this page; None where the article's text isn't as it was.
    """

    url: str | None
    where: str
    words: str
    place: str | None


@dataclass(frozen=True, slots=True)
class DossierPage:
    """All that the template needs."""

    dossier: Dossier
    graph: Graph
    evidence: tuple[Cited, ...]
    stories: tuple[Story, ...]
    min_confidence: float
    made: date


def build_dossier(dossier: Dossier, article: Callable[[int], ArticleView]) -> DossierPage:
    """The page of a dossier; `article` gives an article whole, with its text."""
    one = dossier.weighed
    passages: dict[int, list[Passage]] = defaultdict(list)
    names: dict[Evidence, str] = {}
    for name, cited in dossier.evidence_places():
        passages[cited.article_id].append(Passage(*cited.span, name))
        names[cited] = name
    evidence = dossier.verdict.evidence if dossier.verdict else ()
    return DossierPage(
        dossier,
        chain_graph(one.stands),
        tuple(_cited(each, dossier, names.get(each)) for each in evidence),
        tuple(stories([(one, stand) for stand in one.stands], article, passages)),
        dossier.min_confidence,
        dossier.made,
    )


def _cited(one: Evidence, dossier: Dossier, place: str | None) -> Cited:
    if isinstance(one, WebEvidence):
        return Cited(one.url, "", "", None)
    row = dossier.articles[one.article_id]
    day = f", {row.published_on.isoformat()}" if row.published_on else ""
    older = "" if one.is_newest else f", version {one.version} of its text"
    where = f"#{row.id} {outlet_of(row)}{day}, characters {one.span.start}–{one.span.end}{older}"
    return Cited(None, where, one.exact, place)
