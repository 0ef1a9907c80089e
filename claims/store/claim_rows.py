"""What the store hands out and takes in about claims: plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from claims.matching.copies import Copy
from claims.matching.deciding import Passage
from claims.matching.grouping import LinkKind, Relation
from claims.matching.statements import Statement
from claims.records import Span, Stance
from claims.review.verdicts import Verdict
from claims.store.rows import ArticleRow, AttributionRow, Quote


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """A statement of a newest run, with its ids."""

    id: int
    run_id: int
    text_id: int
    article_id: int
    statement: Statement
    compared: bool


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member of a claim: an attribution, or a sentence that the outlet itself asserts.

    `attribution` is None for an assertion. `quote` is the content: from its first to its last
    character, with the words that stand there; `wording` is the self-contained form.
    """

    statement_id: int
    claim_id: int
    relation: Relation
    article: ArticleRow
    text_id: int
    quote: Quote
    wording: str
    stance: Stance
    attribution: AttributionRow | None

    @property
    def opposes(self) -> bool:
        """Whether it stands against the claim."""
        return self.relation is Relation.OPPOSES

    @property
    def passage(self) -> Passage:
        """Its place in the stored text, by which decisions name it."""
        return Passage(self.text_id, Span(self.quote.start, self.quote.end))


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim with its members, in the order of publication.

    `event` is the day, or the first and last day, of what is claimed, where its members name one;
    `reworded` tells that an editor gave the wording; `verdict` is the one in force, if editors
    gave any.
    """

    id: int
    wording: str
    canonical: int
    event: tuple[date, date] | None
    event_words: str | None
    reworded: bool
    members: tuple[MemberRow, ...]
    verdict: Verdict | None = None

    @property
    def clearest(self) -> MemberRow:
        """The member that words it; the first where that one is gone."""
        return next((m for m in self.members if m.statement_id == self.canonical), self.members[0])

    @property
    def rated_as(self) -> str | None:
        """The words that were rated, where the claim is worded otherwise now."""
        words = self.verdict.words if self.verdict else None
        return words if words != self.wording else None

    @property
    def articles(self) -> tuple[int, ...]:
        """Ids of the articles that carry it, in order."""
        return tuple(dict.fromkeys(m.article.id for m in self.members))

    @property
    def since(self) -> date | None:
        """Day of the first dated article that carries it."""
        days = [m.article.published_on for m in self.members if m.article.published_on]
        return min(days, default=None)


@dataclass(frozen=True, slots=True)
class ClaimLinkRow:
    """One claim contradicts, updates or is narrower than another."""

    claim_id: int
    other_id: int
    kind: LinkKind


@dataclass(frozen=True, slots=True)
class CopyRow:
    """Two articles' newest texts that share words; `copy` has their ids as its keys."""

    article_id: int
    other_id: int
    copy: Copy

    @property
    def share(self) -> float:
        """Share of the first one's body that stands in the other."""
        return self.copy.share_a if self.copy.a == str(self.article_id) else self.copy.share_b

    @property
    def other_share(self) -> float:
        """Share of the second one's body that stands in the first."""
        return self.copy.share_b if self.copy.a == str(self.article_id) else self.copy.share_a

    @property
    def spans(self) -> tuple[tuple[Span, Span], ...]:
        """The common runs: where in the first, where in the second."""
        if self.copy.a == str(self.article_id):
            return self.copy.spans
        return tuple((b, a) for a, b in self.copy.spans)


@dataclass(frozen=True, slots=True)
class Grouped:
    """What a grouping changed: counts of statements read and pairs compared, claims now."""

    statements: int
    pairs: int
    claims: int
    changed: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, best first: as many as were asked for, and how many there are in all."""

    quotes: tuple[AttributionRow, ...]
    all_quotes: int
    claims: tuple[ClaimRow, ...]
    all_claims: int
