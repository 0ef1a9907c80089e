"""All that the store has of one claim, gathered: what a dossier shows, in whatever form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from claims.errors import StoreError
from claims.matching.deciding import ClaimDecision, ClaimDecisionKind, in_force
from claims.matching.grouping import LinkKind
from claims.records import ModelInfo, Naming
from claims.reports.claim_facts import Corroborate, by_origin_and_copies
from claims.reports.claim_tables import counted, origins_words, standing
from claims.reports.decisions import decision_line
from claims.reports.findings import SHORT, Found, collect_findings, narrowed
from claims.reports.positions import Position
from claims.reports.said import MIN_CONFIDENCE
from claims.reports.weighing import Stand, Weighed, outlet_of, weigh_claim
from claims.review.decisions import Decision
from claims.review.items import Status
from claims.review.verdicts import Ruled, TextEvidence, Verdict
from claims.store.claim_rows import ClaimRow, CopyRow
from claims.store.rows import ArticleRow

if TYPE_CHECKING:
    from claims.sources.registry import Registry
    from claims.store import Store

_FORWARD = {
    LinkKind.CONTRADICTS: "contradicts",
    LinkKind.UPDATES: "updates",
    LinkKind.NARROWER: "is narrower than",
}
_BACKWARD = {
    LinkKind.CONTRADICTS: "contradicts",
    LinkKind.UPDATES: "is updated by",
    LinkKind.NARROWER: "is wider than",
}
_DECIDED = {
    ClaimDecisionKind.MERGE: "two passages are one claim",
    ClaimDecisionKind.SPLIT: "two passages are never one claim",
    ClaimDecisionKind.REWORD: "worded by an editor",
    ClaimDecisionKind.DISMISS: "a finding was dismissed",
}


@dataclass(frozen=True, slots=True)
class Related:
    """What the claim is to another: "contradicts", "updates", "is narrower than" …"""

    phrase: str
    weighed: Weighed


@dataclass(frozen=True, slots=True)
class SharedText:
    """Two articles of which one has a part of the other's text; shares are of each one's body."""

    article: ArticleRow
    other: ArticleRow
    share: float
    other_share: float

    @property
    def words(self) -> str:
        """The same in words."""
        return (
            f"{self.share:.0%} of #{self.article.id} {outlet_of(self.article)} stand in "
            f"#{self.other.id} {outlet_of(self.other)}, {self.other_share:.0%} the other way"
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """By which models articles of the claim were read."""

    model: ModelInfo
    naming: Naming
    articles: tuple[int, ...]

    @property
    def words(self) -> str:
        """The same in words; versions by their first digits."""
        parts = [f"{self.model.name} {self.model.version[:12]}"]
        if self.naming.speaker_model:
            parts.append(f"speakers {self.naming.speaker_model[:12]}")
        if self.naming.registry:
            parts.append(f"registry {self.naming.registry[:12]}")
        return f"{', '.join(parts)}: " + ", ".join(f"#{number}" for number in self.articles)


@dataclass(frozen=True, slots=True)
class Dossier:
    """One claim whole. `log` are its verdicts, `decisions` those about its grouping and wording,
    each with whether it holds, `edits` those about its members' readings; `articles` are all rows
    by number."""

    weighed: Weighed
    log: tuple[Ruled, ...]
    related: tuple[Related, ...]
    shared: tuple[SharedText, ...]
    decisions: tuple[tuple[ClaimDecision, bool], ...]
    findings: tuple[Found, ...]
    readings: tuple[Reading, ...]
    matchers: tuple[str, ...]
    articles: Mapping[int, ArticleRow]
    min_confidence: float
    made: date
    edits: tuple[Decision, ...] = ()

    @property
    def verdict(self) -> Verdict | None:
        """The one in force."""
        return self.weighed.claim.verdict

    @property
    def earlier(self) -> tuple[Ruled, ...]:
        """All lines of the log but the one in force."""
        return tuple(one for one in self.log if not one.governs)

    @property
    def groups(self) -> list[tuple[Position, tuple[Stand, ...]]]:
        """The members by where they stand, positions without any left out."""
        held = [
            (position, tuple(s for s in self.weighed.stands if s.position is position))
            for position in Position
        ]
        return [(position, stands) for position, stands in held if stands]

    @property
    def doubtful(self) -> int:
        """How many members are readings under the threshold."""
        return sum(stand.is_doubtful for stand in self.weighed.stands)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What its checked members come to, as names and values."""
        one = self.weighed
        event = " to ".join(dict.fromkeys(day.isoformat() for day in one.claim.event or ()))
        words = f" (“{one.claim.event_words}”)" if one.claim.event_words else ""
        who = [
            standing(position, number)
            for position in Position
            if (number := len(one.who(position)))
        ]
        found = [
            ("stands", ", ".join(who) or "nobody in a checked reading"),
            ("since", one.since.isoformat() if one.since else "no dated article"),
            ("event", event + words if event or words else ""),
            ("carried", f"{counted(one.articles, 'article')}, {counted(one.outlets, 'outlet')}"),
            ("rests on", ": ".join(filter(None, (origins_words(one), "; ".join(one.origins))))),
            ("wording", "given by an editor" if one.claim.reworded else ""),
            ("doubtful", f"{counted(self.doubtful, 'reading')} under {self.min_confidence:g}, "
             "left out of all counts" if self.doubtful else ""),
        ]  # fmt: skip
        return [(name, value) for name, value in found if value]

    def evidence_places(self) -> Iterator[tuple[str, TextEvidence]]:
        """The verdict's evidence that stands in newest texts, each with a name for its place."""
        if self.verdict is None:
            return
        for number, one in enumerate(self.verdict.evidence, 1):
            if isinstance(one, TextEvidence) and one.is_newest and one.exact:
                yield f"e{number}", one


def edit_words(one: Decision) -> str:
    """A decision of an editor about a reading, in one line."""
    return f"{one.at:%Y-%m-%d}  {decision_line(one)}"


def place_words(stand: Stand) -> str:
    """Where a member stands: article, outlet, day, offsets."""
    article, quote = stand.member.article, stand.member.quote
    day = f", {stand.day.isoformat()}" if stand.day else ", undated"
    return f"#{article.id} {outlet_of(article)}{day}, characters {quote.start}–{quote.end}"


def reading_words(stand: Stand) -> str:
    """How it was read: the stance and act of its source, and how sure the program is."""
    row = stand.member.attribution
    if row is None:
        return "stated by the outlet itself"
    act = "" if row.act.value in ("statement", "denial") else f", {row.act.value}"
    mark = "DOUBTFUL, " if stand.is_doubtful else ""
    read = f"{mark}{row.stance.value}{act}"
    if row.status is not Status.MACHINE:
        return f"{read}, {row.status.value} by {row.reviewer}"
    return f"{read}, confidence {row.confidence:.2f}, unchecked by any editor"


def decision_words(one: ClaimDecision, holds: bool) -> str:
    """A decision in one line."""
    if one.kind is ClaimDecisionKind.REVERT:
        what = f"takes back {one.reverts}"
    else:
        about = one.words or (one.finding or "")[:SHORT]
        what = _DECIDED[one.kind] + (f": {about}" if about else "")
        what += "" if holds else ", taken back"
    note = f" ({one.note})" if one.note else ""
    return f"{one.id}  {one.at:%Y-%m-%d}  {one.by}: {what}{note}"


def edits_of(log: Iterable[Decision], claim: ClaimRow) -> tuple[Decision, ...]:
    """What editors decided about the readings that are members of a claim, and about it itself."""
    items = {m.attribution.item for m in claim.members if m.attribution}
    own = f"c{claim.id}"
    return tuple(one for one in log if str(one.item) in items or str(one.item) == own)


def collect_dossier(
    store: Store, claim_id: int, *, made: date, min_confidence: float = MIN_CONFIDENCE
) -> Dossier:
    """Gather all about one claim. `StoreError` if there is none of this number."""
    row = store.claim(claim_id)
    if row is None:
        raise StoreError(f"there is no claim {claim_id}", repair="claims report claims lists them")
    registry = store.sources()
    articles = {one.id: one for one in store.articles()}
    copies = store.copies()
    corroborate = by_origin_and_copies(registry, copies, articles.values())
    links = store.claim_links()
    weighed = weigh_claim(row, links, registry, corroborate, min_confidence=min_confidence)
    log = store.claim_decisions()
    held = {one.id for one in in_force(log)}
    findings = narrowed(
        collect_findings(store, around=_around(row.id, store)), claim=row.id, dismissed=True
    )
    about = {one.id: one for one in store.decisions_about(row.id)}
    about |= {one.dismissed.id: one.dismissed for one in findings if one.dismissed}
    return Dossier(
        weighed,
        tuple(store.verdicts(row.id)),
        tuple(_related(store, row.id, registry, corroborate, min_confidence)),
        tuple(_shared(row.articles, copies, articles)),
        tuple((about[number], number in held) for number in sorted(about)),
        tuple(findings),
        tuple(_readings(weighed)),
        tuple(store.matchers()),
        articles,
        min_confidence,
        made,
        edits_of(store.decisions(), row),
    )


def _around(claim_id: int, store: Store) -> set[int]:
    """The claim and those that are linked to it."""
    linked = {
        number
        for link in store.claim_links()
        if claim_id in (link.claim_id, link.other_id)
        for number in (link.claim_id, link.other_id)
    }
    return {claim_id, *linked}


def _related(
    store: Store,
    claim_id: int,
    registry: Registry,
    corroborate: Corroborate,
    min_confidence: float,
) -> Iterator[Related]:
    seen: set[tuple[str, int]] = set()
    for link in store.claim_links():
        if claim_id not in (link.claim_id, link.other_id):
            continue
        is_from = link.claim_id == claim_id
        other = link.other_id if is_from else link.claim_id
        phrase = (_FORWARD if is_from else _BACKWARD)[link.kind]
        row = store.claim(other)
        if row is None or (phrase, row.id) in seen:
            continue
        seen.add((phrase, row.id))
        yield Related(
            phrase, weigh_claim(row, (), registry, corroborate, min_confidence=min_confidence)
        )


def _shared(
    mine: Iterable[int], copies: Iterable[CopyRow], articles: Mapping[int, ArticleRow]
) -> Iterator[SharedText]:
    """Copies of which one or both carry the claim."""
    own = set(mine)
    for copy in copies:
        if copy.article_id in own or copy.other_id in own:
            yield SharedText(
                articles[copy.article_id], articles[copy.other_id], copy.share, copy.other_share
            )


def _readings(weighed: Weighed) -> Iterator[Reading]:
    held: dict[tuple[ModelInfo, Naming], list[int]] = defaultdict(list)
    for stand in weighed.stands:
        row, article = stand.member.attribution, stand.member.article
        key = (row.model, row.naming) if row else (article.model, Naming())
        held[key].append(article.id)
    for (model, naming), numbers in held.items():
        yield Reading(model, naming, tuple(dict.fromkeys(numbers)))
