"""Figures of how marked attributions are grouped into claims, beside those of plain likeness."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from claims.evaluation.claims import ClaimScores, GoldClaims, score_claims
from claims.matching import matcher
from claims.matching.baseline import by_cosine
from claims.matching.files import Given, grouped_keys, read_articles
from claims.matching.grouping import group
from claims.records import Attribution


def score_grouping(
    gold: GoldClaims,
    articles: Sequence[Given],
    complete: Callable[[Given], Sequence[Attribution]],
    *,
    progress: Callable[[int], None] | None = None,
) -> tuple[ClaimScores, ClaimScores]:
    """Figures of the claims that all attributions of the articles make, and of cosine alone.

    `complete` gives the attributions of an article with stance and speaker.
    """
    model = matcher.load()
    statements = read_articles(articles, complete, progress=progress)
    vectors = model.vectors(statements)
    asked = dict(enumerate(statements))
    scores = model.compare(statements, vectors)
    plain = by_cosine(scores, vectors)
    groupings = (
        group(asked, scores, threshold=model.threshold, tilt=model.tilt),
        group(asked, plain, threshold=0.0, cautious=False),
    )
    ours, cosine = (
        score_claims(gold, grouped_keys(articles, statements, one)) for one in groupings
    )
    return ours, cosine
