"""The tables of the editor's desk: the log of decisions, what follows from it, and verdicts.

`decision`, `candidate` and `verdict` are written once. `review_item` is a projection of the newest
runs and the log, made again at any time (`claims db check` compares); leases, assignments, filters
and what was fetched are no record and may change.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from claims.records import Stance
from claims.review.decisions import DecisionKind
from claims.review.items import ItemKind, Status
from claims.store.base import Base, UtcDateTime, evidence, one_of, share


class Decision(Base, table=True):
    """The log: one line a decision of an editor about an item (`claims.review.items`).

    UNIQUE(item, seq) is the lock: of two editors who decide on what they saw, the second is
    refused. `seen` holds the values that the editor saw as JSON, `patch` those changed by a
    correction, all of them for an addition. `is_opinion`: a second reading that was given without
    sight of the first; it counts for agreement and changes nothing.
    """

    __table_args__ = (
        UniqueConstraint("item", "seq"),
        one_of("kind", DecisionKind),
        CheckConstraint("seq >= 1", name="seq"),
        CheckConstraint("(patch IS NOT NULL) = (kind IN ('correct', 'add'))", name="patch"),
        CheckConstraint("(reverts IS NOT NULL) = (kind = 'revert')", name="reverts"),
        CheckConstraint("reverts < id", name="revert_order"),
        CheckConstraint("(text_id IS NULL) <> (claim_id IS NULL)", name="owner"),
        CheckConstraint("length(decided_by) > 0", name="decided_by"),
    )
    id: int | None = Field(default=None, primary_key=True)
    item: str
    seq: int
    kind: str
    text_id: int | None = Field(default=None, foreign_key="article_text.id", index=True)
    claim_id: int | None = Field(default=None, index=True)  # claims are a projection: no key to it
    run_id: int | None = Field(default=None, foreign_key="run.id")
    attribution_id: int | None = Field(default=None, foreign_key="attribution.id")
    seen: str
    patch: str | None = None
    reverts: int | None = Field(default=None, foreign_key="decision.id", unique=True)
    is_opinion: bool
    note: str
    decided_by: str = Field(index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)


class Candidate(Base, table=True):
    """What a model found under its threshold: stored, never reported, offered for review.

    `data` holds its values as JSON (`claims.review.values`).
    """

    __table_args__ = (UniqueConstraint("run_id", "ordinal"), share("confidence"))
    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="run.id")
    ordinal: int
    data: str
    confidence: float


class ReviewItem(Base, table=True):
    """What stands of an item now: its status, who decided, and its place in the queue.

    `attribution_id` is what the newest run has there, None where it has nothing; `kept` are
    those that an editor stands for as JSON, None where nobody does; `stance` and `speaker` are two
    of them, for filters. `why` says why it is
    open: new, disagrees, lost, unsure, missed or opinion. `value` is its worth to the desk after
    spreading over sources.
    """

    __tablename__ = "review_item"
    __table_args__ = (
        one_of("kind", ItemKind),
        one_of("status", Status),
        one_of("stance", Stance),
        evidence(),
        share("uncertainty"),
        CheckConstraint("value >= 0", name="value"),
        Index("ix_review_item_queue", "is_open", "value", "item"),
        Index("ix_review_item_uncertain", "is_open", "uncertainty", "item"),
        Index("ix_review_item_newest", "is_open", "run_id", "item"),
    )
    item: str = Field(primary_key=True)
    kind: str
    text_id: int | None = Field(default=None, foreign_key="article_text.id", index=True)
    claim_id: int | None = Field(default=None, index=True)
    start: int | None = None
    end: int | None = None
    run_id: int | None = Field(default=None, foreign_key="run.id")
    attribution_id: int | None = Field(default=None, foreign_key="attribution.id", index=True)
    candidate_id: int | None = Field(default=None, foreign_key="candidate.id")
    status: str
    decision_id: int | None = Field(default=None, foreign_key="decision.id")
    decided_by: str | None = None
    kept: str | None = None
    stance: str | None = None
    speaker: str | None = None
    is_open: bool
    why: str
    uncertainty: float
    worth: float
    value: float


class Lease(Base, table=True):
    """Who has an item on the screen, until when: others are given the next one."""

    item: str = Field(primary_key=True)
    reviewer: str = Field(index=True)
    until: datetime = Field(sa_type=UtcDateTime)


class Assignment(Base, table=True):
    """Whom an item was given to."""

    item: str = Field(primary_key=True)
    reviewer: str = Field(index=True)
    assigned_by: str
    created_at: datetime = Field(sa_type=UtcDateTime)


class Verdict(Base, table=True):
    """The log of verdicts: an editor's rating of a claim, with reasons and evidence.

    The claim is named by the place of a member in a stored text, as decisions about claims name
    it. `evidence` is a JSON list: of URLs, and of [article, text, start, end]. A line with
    `reverts` takes an earlier one back and has nothing else.
    """

    __table_args__ = (
        evidence(),
        CheckConstraint("(reverts IS NULL) = (rating IS NOT NULL)", name="reverts"),
        CheckConstraint("(rating IS NULL) = (scale IS NULL)", name="scale"),
        CheckConstraint("(rating IS NULL) = (text_id IS NULL)", name="place"),
        CheckConstraint("reverts < id", name="revert_order"),
        CheckConstraint("length(decided_by) > 0", name="decided_by"),
    )
    id: int | None = Field(default=None, primary_key=True)
    text_id: int | None = Field(default=None, foreign_key="article_text.id", index=True)
    start: int | None = None
    end: int | None = None
    words: str | None = None
    rating: str | None = None
    scale: str | None = None
    because: str
    evidence: str
    reverts: int | None = Field(default=None, foreign_key="verdict.id", unique=True)
    decided_by: str
    created_at: datetime = Field(sa_type=UtcDateTime)


class SavedFilter(Base, table=True):
    """Options of the queue and the reports under a name; `options` is a JSON object."""

    __tablename__ = "saved_filter"
    name: str = Field(primary_key=True)
    options: str
    saved_by: str
    created_at: datetime = Field(sa_type=UtcDateTime)


class Fetched(Base, table=True):
    """What was fetched for `claims watch`: a feed or a page, so that neither is asked for twice."""

    url: str = Field(primary_key=True)
    feed: str | None = Field(default=None, index=True)
    etag: str | None = None
    modified: str | None = None
    article_id: int | None = Field(default=None, foreign_key="article.id")
    error: str | None = None
    tries: int
    fetched_at: datetime = Field(sa_type=UtcDateTime)
