"""The editor's desk: the log of decisions, candidates, the queue, verdicts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_log()
    _create_queue()
    _create_verdicts()
    _create_rest()
    _add_decision()


def _create_log() -> None:
    op.create_table(
        "candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("data", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_candidate_confidence")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_candidate_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
        sa.UniqueConstraint("run_id", "ordinal", name=op.f("uq_candidate_run_id_ordinal")),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=True),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("attribution_id", sa.Integer(), nullable=True),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("patch", sa.String(), nullable=True),
        sa.Column("reverts", sa.Integer(), nullable=True),
        sa.Column("is_opinion", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(patch IS NOT NULL) = (kind IN ('correct', 'add'))", name=op.f("ck_decision_patch")
        ),
        sa.CheckConstraint(
            "(reverts IS NOT NULL) = (kind = 'revert')", name=op.f("ck_decision_reverts")
        ),
        sa.CheckConstraint(
            "kind IN ('accept', 'correct', 'reject', 'unsure', 'add', 'complete', 'revert')",
            name=op.f("ck_decision_kind"),
        ),
        sa.CheckConstraint(
            "(text_id IS NULL) <> (claim_id IS NULL)", name=op.f("ck_decision_owner")
        ),
        sa.CheckConstraint("length(decided_by) > 0", name=op.f("ck_decision_decided_by")),
        sa.CheckConstraint("reverts < id", name=op.f("ck_decision_revert_order")),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_decision_seq")),
        sa.ForeignKeyConstraint(
            ["attribution_id"], ["attribution.id"], name=op.f("fk_decision_attribution_id")
        ),
        sa.ForeignKeyConstraint(["reverts"], ["decision.id"], name=op.f("fk_decision_reverts")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_decision_run_id")),
        sa.ForeignKeyConstraint(["text_id"], ["article_text.id"], name=op.f("fk_decision_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("item", "seq", name=op.f("uq_decision_item_seq")),
        sa.UniqueConstraint("reverts", name=op.f("uq_decision_reverts")),
    )
    op.create_index(op.f("ix_decision_claim_id"), "decision", ["claim_id"], unique=False)
    op.create_index(op.f("ix_decision_decided_by"), "decision", ["decided_by"], unique=False)
    op.create_index(op.f("ix_decision_text_id"), "decision", ["text_id"], unique=False)


def _create_queue() -> None:
    op.create_table(
        "review_item",
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=True),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("attribution_id", sa.Integer(), nullable=True),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("kept", sa.String(), nullable=True),
        sa.Column("stance", sa.String(), nullable=True),
        sa.Column("speaker", sa.String(), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("uncertainty", sa.Float(), nullable=False),
        sa.Column("worth", sa.Float(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('attribution', 'sentence', 'text', 'claim')", name=op.f("ck_review_item_kind")
        ),
        sa.CheckConstraint(
            "status IN ('machine', 'confirmed', 'corrected', 'added', 'rejected', 'unsure', 'missed', 'complete')",
            name=op.f("ck_review_item_status"),
        ),
        sa.CheckConstraint(
            '("start" IS NULL) = ("end" IS NULL) AND "start" >= 0 AND "start" < "end"',
            name=op.f("ck_review_item_range"),
        ),
        sa.CheckConstraint(
            "stance IN ('asserts', 'denies', 'hedges', 'doubts', 'uncommitted')",
            name=op.f("ck_review_item_stance"),
        ),
        sa.CheckConstraint("uncertainty BETWEEN 0 AND 1", name=op.f("ck_review_item_uncertainty")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_review_item_value")),
        sa.ForeignKeyConstraint(
            ["attribution_id"], ["attribution.id"], name=op.f("fk_review_item_attribution_id")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidate.id"], name=op.f("fk_review_item_candidate_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_review_item_decision_id")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_review_item_run_id")),
        sa.ForeignKeyConstraint(
            ["text_id"], ["article_text.id"], name=op.f("fk_review_item_text_id")
        ),
        sa.PrimaryKeyConstraint("item", name=op.f("pk_review_item")),
    )
    op.create_index(
        op.f("ix_review_item_attribution_id"), "review_item", ["attribution_id"], unique=False
    )
    op.create_index(op.f("ix_review_item_claim_id"), "review_item", ["claim_id"], unique=False)
    op.create_index(
        "ix_review_item_newest", "review_item", ["is_open", "run_id", "item"], unique=False
    )
    op.create_index(
        "ix_review_item_queue", "review_item", ["is_open", "value", "item"], unique=False
    )
    op.create_index(op.f("ix_review_item_text_id"), "review_item", ["text_id"], unique=False)
    op.create_index(
        "ix_review_item_uncertain", "review_item", ["is_open", "uncertainty", "item"], unique=False
    )


def _create_verdicts() -> None:
    op.create_table(
        "verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("rating", sa.String(), nullable=True),
        sa.Column("scale", sa.String(), nullable=True),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("reverts", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            '("start" IS NULL) = ("end" IS NULL) AND "start" >= 0 AND "start" < "end"',
            name=op.f("ck_verdict_range"),
        ),
        sa.CheckConstraint("(rating IS NULL) = (scale IS NULL)", name=op.f("ck_verdict_scale")),
        sa.CheckConstraint("(rating IS NULL) = (text_id IS NULL)", name=op.f("ck_verdict_place")),
        sa.CheckConstraint(
            "(reverts IS NULL) = (rating IS NOT NULL)", name=op.f("ck_verdict_reverts")
        ),
        sa.CheckConstraint("length(decided_by) > 0", name=op.f("ck_verdict_decided_by")),
        sa.CheckConstraint("reverts < id", name=op.f("ck_verdict_revert_order")),
        sa.ForeignKeyConstraint(["reverts"], ["verdict.id"], name=op.f("fk_verdict_reverts")),
        sa.ForeignKeyConstraint(["text_id"], ["article_text.id"], name=op.f("fk_verdict_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
        sa.UniqueConstraint("reverts", name=op.f("uq_verdict_reverts")),
    )
    op.create_index(op.f("ix_verdict_text_id"), "verdict", ["text_id"], unique=False)


def _create_rest() -> None:
    op.create_table(
        "assignment",
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.Column("assigned_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("item", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_reviewer"), "assignment", ["reviewer"], unique=False)
    op.create_table(
        "lease",
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("item", name=op.f("pk_lease")),
    )
    op.create_index(op.f("ix_lease_reviewer"), "lease", ["reviewer"], unique=False)
    op.create_table(
        "saved_filter",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("options", sa.String(), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_saved_filter")),
    )
    op.create_table(
        "fetched",
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("feed", sa.String(), nullable=True),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column("modified", sa.String(), nullable=True),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_fetched_article_id")),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_fetched")),
    )
    op.create_index(op.f("ix_fetched_feed"), "fetched", ["feed"], unique=False)


def _add_decision() -> None:
    decision = sa.Column("decision_id", sa.Integer(), nullable=True)
    key = op.f("fk_statement_decision_id")
    if op.get_bind().dialect.name != "sqlite":
        op.add_column("statement", decision)
        op.create_foreign_key(key, "statement", "decision", ["decision_id"], ["id"])
        return
    # The table is built anew, and Alembic doesn't take its checks over by itself.
    checks = (sa.CheckConstraint('start >= 0 AND start < "end"', name=op.f("ck_statement_range")),)
    with op.batch_alter_table("statement", recreate="always", table_args=checks) as batch:
        batch.add_column(decision)
        batch.create_foreign_key(key, "decision", ["decision_id"], ["id"])
