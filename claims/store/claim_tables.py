"""The tables of claims: what was compared and grouped, and the log of what editors decided of it.

All but `claim_decision` is a projection: it can be thrown away and is made again from the runs,
the model of pairs and the log (`claims regroup`). A purge deletes what an article left in it. The
log names statements by their place in a stored text, so that it holds for every later run.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from claims.matching.deciding import ClaimDecisionKind
from claims.matching.grouping import LinkKind, Relation
from claims.store.base import Base, UtcDateTime, evidence, one_of, range_of_text, share


class MatchedRun(Base, table=True):
    """A run whose statements are in `statement`, as the model of this version reads them."""

    __tablename__ = "matched_run"
    run_id: int = Field(primary_key=True, foreign_key="run.id")
    version: str


class Statement(Base, table=True):
    """What a source, or the outlet, puts forward at one place (`claims.matching.statements`).

    `data` is the statement as JSON, `vector` its two vectors in float16, one after the other.
    `compared` tells that its pairs with all others are in `statement_pair`. `decision_id` is set
    for what an editor stands for and the newest run doesn't have.
    """

    __table_args__ = (
        UniqueConstraint("run_id", "ordinal"),
        range_of_text(),
    )
    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="run.id")
    ordinal: int
    attribution_id: int | None = Field(default=None, foreign_key="attribution.id", index=True)
    decision_id: int | None = Field(default=None, foreign_key="decision.id")
    start: int
    end: int
    data: str
    vector: bytes = Field(sa_type=LargeBinary)
    compared: bool = False


class StatementPair(Base, table=True):
    """Two statements that were compared: probabilities of what they are to each other."""

    __tablename__ = "statement_pair"
    __table_args__ = (
        CheckConstraint("a_id < b_id", name="order"),
        *(share(name) for name in ("same", "opposes", "updates", "narrower")),
        Index(None, "b_id"),
    )
    a_id: int = Field(primary_key=True, foreign_key="statement.id")
    b_id: int = Field(primary_key=True, foreign_key="statement.id")
    same: float
    opposes: float
    updates: float
    narrower: float


class Claim(Base, table=True):
    """What several statements say. Its id is for ever; one that was joined names the other.

    `wording` is that of its clearest member, `statement_id`, unless an editor reworded it.
    """

    __table_args__ = (
        CheckConstraint("(event_start IS NULL) = (event_end IS NULL)", name="event"),
        CheckConstraint("event_start <= event_end", name="event_order"),
        CheckConstraint("(statement_id IS NULL) = (wording = '')", name="wording"),
    )
    id: int | None = Field(default=None, primary_key=True)
    statement_id: int | None = Field(default=None, foreign_key="statement.id", index=True)
    wording: str
    event_start: date | None = None
    event_end: date | None = None
    event_words: str | None = None
    merged_into: int | None = Field(default=None, foreign_key="claim.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)


class ClaimMember(Base, table=True):
    """A statement of a claim and where it stands to it."""

    __tablename__ = "claim_member"
    __table_args__ = (one_of("relation", Relation), Index(None, "claim_id"))
    statement_id: int = Field(primary_key=True, foreign_key="statement.id")
    claim_id: int = Field(foreign_key="claim.id")
    relation: str


class ClaimLink(Base, table=True):
    """What one claim is to another: `claim_id` contradicts, updates or is narrower than it."""

    __tablename__ = "claim_link"
    __table_args__ = (one_of("kind", LinkKind), CheckConstraint("claim_id <> other_id", name="two"))
    claim_id: int = Field(primary_key=True, foreign_key="claim.id")
    other_id: int = Field(primary_key=True, foreign_key="claim.id", index=True)
    kind: str


class TextCopy(Base, table=True):
    """Two texts that share words (`claims.matching.copies.Copy`), and where, as JSON."""

    __tablename__ = "text_copy"
    __table_args__ = (
        CheckConstraint("a_id < b_id", name="order"),
        *(share(name) for name in ("share_a", "share_b", "own_a", "own_b")),
        Index(None, "b_id"),
    )
    a_id: int = Field(primary_key=True, foreign_key="article_text.id")
    b_id: int = Field(primary_key=True, foreign_key="article_text.id")
    share_a: float
    share_b: float
    own_a: float
    own_b: float
    words: int
    own: int
    spans: str


class ComparedText(Base, table=True):
    """A text that was compared with all others for copies, by the method of this version."""

    __tablename__ = "compared_text"
    text_id: int = Field(primary_key=True, foreign_key="article_text.id")
    version: str


class ClaimDecision(Base, table=True):
    """The log of what editors decided about claims; nothing in it is ever changed.

    `merge` and `split` hold two places that belong together, or never do; `reword` one place and
    the words; `dismiss` the key of a finding; `revert` the decision that it takes back.
    """

    __tablename__ = "claim_decision"
    __table_args__ = (
        one_of("kind", ClaimDecisionKind),
        evidence(),
        evidence("other_"),
        CheckConstraint("(text_id IS NULL) = (start IS NULL)", name="place"),
        CheckConstraint("(other_text_id IS NULL) = (other_start IS NULL)", name="other_place"),
        CheckConstraint(
            "(text_id IS NOT NULL) = (kind IN ('merge', 'split', 'reword'))", name="places"
        ),
        CheckConstraint("(other_text_id IS NOT NULL) = (kind IN ('merge', 'split'))", name="pair"),
        CheckConstraint("(words IS NOT NULL) = (kind = 'reword')", name="words"),
        CheckConstraint("(finding IS NOT NULL) = (kind = 'dismiss')", name="finding"),
        CheckConstraint("(reverts IS NOT NULL) = (kind = 'revert')", name="reverts"),
        CheckConstraint("reverts < id", name="revert_order"),
        CheckConstraint("length(decided_by) > 0", name="decided_by"),
    )
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    text_id: int | None = Field(default=None, foreign_key="article_text.id")
    start: int | None = None
    end: int | None = None
    other_text_id: int | None = Field(default=None, foreign_key="article_text.id")
    other_start: int | None = None
    other_end: int | None = None
    words: str | None = None
    finding: str | None = Field(default=None, index=True)
    reverts: int | None = Field(default=None, foreign_key="claim_decision.id", unique=True)
    note: str
    decided_by: str
    created_at: datetime = Field(sa_type=UtcDateTime)
