"""Claims: statements, their pairs and groups, copies of texts, and the log of decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_decisions()
    _create_copies()
    _create_statements()
    _create_claims()


def _create_decisions() -> None:
    op.create_table(
        "claim_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("other_text_id", sa.Integer(), nullable=True),
        sa.Column("other_start", sa.Integer(), nullable=True),
        sa.Column("other_end", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("finding", sa.String(), nullable=True),
        sa.Column("reverts", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(finding IS NOT NULL) = (kind = 'dismiss')", name=op.f("ck_claim_decision_finding")
        ),
        sa.CheckConstraint(
            "(other_text_id IS NOT NULL) = (kind IN ('merge', 'split'))",
            name=op.f("ck_claim_decision_pair"),
        ),
        sa.CheckConstraint(
            "(reverts IS NOT NULL) = (kind = 'revert')", name=op.f("ck_claim_decision_reverts")
        ),
        sa.CheckConstraint(
            "(text_id IS NOT NULL) = (kind IN ('merge', 'split', 'reword'))",
            name=op.f("ck_claim_decision_places"),
        ),
        sa.CheckConstraint(
            "(words IS NOT NULL) = (kind = 'reword')", name=op.f("ck_claim_decision_words")
        ),
        sa.CheckConstraint(
            "kind IN ('merge', 'split', 'reword', 'dismiss', 'revert')",
            name=op.f("ck_claim_decision_kind"),
        ),
        sa.CheckConstraint(
            '("other_start" IS NULL) = ("other_end" IS NULL) AND "other_start" >= 0 AND "other_start" < "other_end"',
            name=op.f("ck_claim_decision_other_range"),
        ),
        sa.CheckConstraint(
            '("start" IS NULL) = ("end" IS NULL) AND "start" >= 0 AND "start" < "end"',
            name=op.f("ck_claim_decision_range"),
        ),
        sa.CheckConstraint(
            "(other_text_id IS NULL) = (other_start IS NULL)",
            name=op.f("ck_claim_decision_other_place"),
        ),
        sa.CheckConstraint(
            "(text_id IS NULL) = (start IS NULL)", name=op.f("ck_claim_decision_place")
        ),
        sa.CheckConstraint("length(decided_by) > 0", name=op.f("ck_claim_decision_decided_by")),
        sa.CheckConstraint("reverts < id", name=op.f("ck_claim_decision_revert_order")),
        sa.ForeignKeyConstraint(
            ["other_text_id"], ["article_text.id"], name=op.f("fk_claim_decision_other_text_id")
        ),
        sa.ForeignKeyConstraint(
            ["reverts"], ["claim_decision.id"], name=op.f("fk_claim_decision_reverts")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["article_text.id"], name=op.f("fk_claim_decision_text_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_decision")),
        sa.UniqueConstraint("reverts", name=op.f("uq_claim_decision_reverts")),
    )
    op.create_index(op.f("ix_claim_decision_finding"), "claim_decision", ["finding"], unique=False)


def _create_copies() -> None:
    op.create_table(
        "text_copy",
        sa.Column("a_id", sa.Integer(), nullable=False),
        sa.Column("b_id", sa.Integer(), nullable=False),
        sa.Column("share_a", sa.Float(), nullable=False),
        sa.Column("share_b", sa.Float(), nullable=False),
        sa.Column("own_a", sa.Float(), nullable=False),
        sa.Column("own_b", sa.Float(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("own", sa.Integer(), nullable=False),
        sa.Column("spans", sa.String(), nullable=False),
        sa.CheckConstraint("a_id < b_id", name=op.f("ck_text_copy_order")),
        sa.CheckConstraint("own_a BETWEEN 0 AND 1", name=op.f("ck_text_copy_own_a")),
        sa.CheckConstraint("own_b BETWEEN 0 AND 1", name=op.f("ck_text_copy_own_b")),
        sa.CheckConstraint("share_a BETWEEN 0 AND 1", name=op.f("ck_text_copy_share_a")),
        sa.CheckConstraint("share_b BETWEEN 0 AND 1", name=op.f("ck_text_copy_share_b")),
        sa.ForeignKeyConstraint(["a_id"], ["article_text.id"], name=op.f("fk_text_copy_a_id")),
        sa.ForeignKeyConstraint(["b_id"], ["article_text.id"], name=op.f("fk_text_copy_b_id")),
        sa.PrimaryKeyConstraint("a_id", "b_id", name=op.f("pk_text_copy")),
    )
    op.create_index(op.f("ix_text_copy_b_id"), "text_copy", ["b_id"], unique=False)
    op.create_table(
        "compared_text",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["text_id"], ["article_text.id"], name=op.f("fk_compared_text_text_id")
        ),
        sa.PrimaryKeyConstraint("text_id", name=op.f("pk_compared_text")),
    )


def _create_statements() -> None:
    op.create_table(
        "matched_run",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_matched_run_run_id")),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_matched_run")),
    )
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("attribution_id", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("data", sa.String(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("compared", sa.Boolean(), nullable=False),
        sa.CheckConstraint('start >= 0 AND start < "end"', name=op.f("ck_statement_range")),
        sa.ForeignKeyConstraint(
            ["attribution_id"], ["attribution.id"], name=op.f("fk_statement_attribution_id")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_statement_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("run_id", "ordinal", name=op.f("uq_statement_run_id_ordinal")),
    )
    op.create_index(
        op.f("ix_statement_attribution_id"), "statement", ["attribution_id"], unique=False
    )
    op.create_table(
        "statement_pair",
        sa.Column("a_id", sa.Integer(), nullable=False),
        sa.Column("b_id", sa.Integer(), nullable=False),
        sa.Column("same", sa.Float(), nullable=False),
        sa.Column("opposes", sa.Float(), nullable=False),
        sa.Column("updates", sa.Float(), nullable=False),
        sa.Column("narrower", sa.Float(), nullable=False),
        sa.CheckConstraint("a_id < b_id", name=op.f("ck_statement_pair_order")),
        sa.CheckConstraint("narrower BETWEEN 0 AND 1", name=op.f("ck_statement_pair_narrower")),
        sa.CheckConstraint("opposes BETWEEN 0 AND 1", name=op.f("ck_statement_pair_opposes")),
        sa.CheckConstraint("same BETWEEN 0 AND 1", name=op.f("ck_statement_pair_same")),
        sa.CheckConstraint("updates BETWEEN 0 AND 1", name=op.f("ck_statement_pair_updates")),
        sa.ForeignKeyConstraint(["a_id"], ["statement.id"], name=op.f("fk_statement_pair_a_id")),
        sa.ForeignKeyConstraint(["b_id"], ["statement.id"], name=op.f("fk_statement_pair_b_id")),
        sa.PrimaryKeyConstraint("a_id", "b_id", name=op.f("pk_statement_pair")),
    )
    op.create_index(op.f("ix_statement_pair_b_id"), "statement_pair", ["b_id"], unique=False)


def _create_claims() -> None:
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=True),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("event_start", sa.Date(), nullable=True),
        sa.Column("event_end", sa.Date(), nullable=True),
        sa.Column("event_words", sa.String(), nullable=True),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(statement_id IS NULL) = (wording = '')", name=op.f("ck_claim_wording")
        ),
        sa.CheckConstraint(
            "(event_start IS NULL) = (event_end IS NULL)", name=op.f("ck_claim_event")
        ),
        sa.CheckConstraint("event_start <= event_end", name=op.f("ck_claim_event_order")),
        sa.ForeignKeyConstraint(["merged_into"], ["claim.id"], name=op.f("fk_claim_merged_into")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_claim_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    op.create_index(op.f("ix_claim_merged_into"), "claim", ["merged_into"], unique=False)
    op.create_index(op.f("ix_claim_statement_id"), "claim", ["statement_id"], unique=False)
    op.create_table(
        "claim_member",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.CheckConstraint(
            "relation IN ('same', 'opposes', 'updates')", name=op.f("ck_claim_member_relation")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_claim_member_claim_id")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_claim_member_statement_id")
        ),
        sa.PrimaryKeyConstraint("statement_id", name=op.f("pk_claim_member")),
    )
    op.create_index(op.f("ix_claim_member_claim_id"), "claim_member", ["claim_id"], unique=False)
    op.create_table(
        "claim_link",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('contradicts', 'updates', 'narrower')", name=op.f("ck_claim_link_kind")
        ),
        sa.CheckConstraint("claim_id <> other_id", name=op.f("ck_claim_link_two")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_claim_link_claim_id")),
        sa.ForeignKeyConstraint(["other_id"], ["claim.id"], name=op.f("fk_claim_link_other_id")),
        sa.PrimaryKeyConstraint("claim_id", "other_id", name=op.f("pk_claim_link")),
    )
    op.create_index(op.f("ix_claim_link_other_id"), "claim_link", ["other_id"], unique=False)
