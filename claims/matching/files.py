"""Grouping without a database: articles with their attributions in, memberships out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from claims.matching.grouping import Grouping, Relation, group
from claims.matching.matcher import Matcher
from claims.matching.statements import Statement, read_statements
from claims.records import Attribution, Document, Sentence, Span, Stance
from claims.sources.registry import Registry


class Labels(Protocol):
    """What fills in the stance of an attribution that came without one."""

    def stances(
        self, document: Document, cues: Sequence[Sequence[Span]], /
    ) -> Sequence[Stance | None]:
        """The stance that goes with each cue."""
        ...


@dataclass(frozen=True, slots=True)
class Given:
    """One article as a line gives it; `stance` and `speaker` of an attribution may be missing."""

    id: str
    text: str
    published: date | None
    attributions: tuple[GivenAttribution, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class GivenAttribution:
    """An attribution by its spans, with what else is known of it."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    stance: Stance | None
    speaker: str | None
    confidence: float | None


def read_articles(
    articles: Sequence[Given],
    complete: Callable[[Given], Sequence[Attribution]],
    *,
    registry: Registry | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[Statement]:
    """The statements of all articles; each one's `article` is its place among them."""
    statements: list[Statement] = []
    for number, article in enumerate(articles):
        statements += read_statements(
            number,
            article.text,
            complete(article),
            article.sentences,
            published=article.published,
            registry=registry,
        )
        if progress:
            progress(1)
    return statements


def grouped_keys(
    articles: Sequence[Given], statements: Sequence[Statement], grouping: Grouping
) -> dict[tuple[str, int], tuple[int, bool]]:
    """The claim of each attribution, by article id and index, and whether it opposes it."""
    return {
        (articles[statements[m].article].id, number): (
            claim,
            one.relations[m] is Relation.OPPOSES,
        )
        for claim, one in enumerate(grouping.groups)
        for m in one.members
        if (number := statements[m].attribution) is not None
    }


def group_articles(
    articles: Sequence[Given],
    matcher: Matcher,
    complete: Callable[[Given], Sequence[Attribution]],
    *,
    registry: Registry | None = None,
    progress: Callable[[int], None] | None = None,
) -> tuple[list[Statement], Grouping]:
    """The statements of all articles and their grouping, whose members are places in that list.

    `complete` gives the attributions of an article with stance and speaker.
    """
    statements = read_articles(articles, complete, registry=registry, progress=progress)
    vectors = matcher.vectors(statements)
    scores = matcher.compare(statements, vectors)
    grouping = group(
        dict(enumerate(statements)), scores, threshold=matcher.threshold, tilt=matcher.tilt
    )
    return statements, grouping


def lines(
    articles: Sequence[Given], statements: Sequence[Statement], grouping: Grouping
) -> Iterator[dict[str, Any]]:
    """One line a statement, in the order of the articles; an attribution without content has one
    too, as a claim of its own."""
    found: list[tuple[tuple[int, int, int], dict[str, Any]]] = []
    seen: set[tuple[int, int]] = set()
    for claim, one in enumerate(grouping.groups, 1):
        for member in one.members:
            statement = statements[member]
            article = articles[statement.article]
            line: dict[str, Any] = {"article": article.id}
            if statement.attribution is None:
                line["sentence"] = list(statement.place)
            else:
                line["attribution"] = statement.attribution
                seen.add((statement.article, statement.attribution))
            line |= {
                "claim": claim,
                "relation": one.relations[member].value,
                "wording": statements[one.canonical].wording,
            }
            number = statement.attribution
            order = (statement.article, number is None, number or 0)
            found.append(((order[0], int(order[1]), order[2]), line))
    alone = len(grouping.groups)
    for place, article in enumerate(articles):
        for number in range(len(article.attributions)):
            if (place, number) not in seen:
                alone += 1
                line = {
                    "article": article.id, "attribution": number, "claim": alone,
                    "relation": "same", "wording": "",
                }  # fmt: skip
                found.append(((place, 0, number), line))
    yield from (line for _, line in sorted(found, key=lambda item: item[0]))
