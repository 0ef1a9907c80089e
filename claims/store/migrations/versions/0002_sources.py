"""Who stands behind a source, where its row comes from, and the log of decisions about sources."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SOURCE_KINDS = "'person', 'organization', 'government', 'media', 'document', 'unnamed'"
ALIAS_KINDS = "'name', 'acronym', 'transliteration', 'short', 'title', 'metonym', 'demonym'"


def upgrade() -> None:
    _extend_source()
    _extend_source_alias()
    op.create_table(
        "registry_load",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("program", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_load")),
    )
    _create_source_decision()


def _extend_source() -> None:
    # Rows that somebody wrote under the first schema are theirs; they had no control.
    with op.batch_alter_table("source") as batch:
        batch.add_column(sa.Column("country", sa.String(), nullable=True))
        batch.add_column(sa.Column("owner_id", sa.String(), nullable=True))
        batch.add_column(sa.Column("control", sa.String(), nullable=True))
        batch.add_column(sa.Column("basis", sa.String(), nullable=True))
        batch.add_column(sa.Column("basis_date", sa.Date(), nullable=True))
        batch.add_column(sa.Column("derived_from", sa.String(), nullable=True))
        batch.add_column(sa.Column("origin", sa.String(), nullable=True))
        batch.add_column(sa.Column("registry_version", sa.String(), nullable=True))
    op.execute("UPDATE source SET control = 'unknown', origin = 'user'")
    with op.batch_alter_table("source") as batch:
        batch.alter_column("control", existing_type=sa.String(), nullable=False)
        batch.alter_column("origin", existing_type=sa.String(), nullable=False)
        batch.create_foreign_key(op.f("fk_source_owner_id"), "source", ["owner_id"], ["id"])
        batch.create_check_constraint(op.f("ck_source_kind"), f"kind IN ({SOURCE_KINDS})")
        batch.create_check_constraint(
            op.f("ck_source_control"), "control IN ('state', 'public', 'private', 'unknown')"
        )
        batch.create_check_constraint(op.f("ck_source_origin"), "origin IN ('registry', 'user')")
        batch.create_check_constraint(op.f("ck_source_country"), "length(country) = 2")
        batch.create_check_constraint(op.f("ck_source_owner"), "owner_id <> id")
        batch.create_check_constraint(
            op.f("ck_source_basis"),
            "basis IS NOT NULL OR (owner_id IS NULL AND control = 'unknown')",
        )
        batch.create_check_constraint(
            op.f("ck_source_basis_date"), "basis_date IS NOT NULL OR control = 'unknown'"
        )
        batch.create_check_constraint(
            op.f("ck_source_registry_version"),
            "(registry_version IS NOT NULL) = (origin = 'registry')",
        )
    op.create_index(op.f("ix_source_owner_id"), "source", ["owner_id"], unique=False)


def _extend_source_alias() -> None:
    with op.batch_alter_table("source_alias") as batch:
        batch.add_column(sa.Column("ambiguous", sa.Boolean(), nullable=True))
        batch.add_column(sa.Column("derived_from", sa.String(), nullable=True))
        batch.add_column(sa.Column("origin", sa.String(), nullable=True))
    op.execute("UPDATE source_alias SET ambiguous = false, origin = 'user'")
    with op.batch_alter_table("source_alias") as batch:
        batch.alter_column("ambiguous", existing_type=sa.Boolean(), nullable=False)
        batch.alter_column("origin", existing_type=sa.String(), nullable=False)
        batch.create_check_constraint(op.f("ck_source_alias_kind"), f"kind IN ({ALIAS_KINDS})")
        batch.create_check_constraint(
            op.f("ck_source_alias_origin"), "origin IN ('registry', 'user')"
        )


def _create_source_decision() -> None:
    op.create_table(
        "source_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=True),
        sa.Column("target_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("name_kind", sa.String(), nullable=True),
        sa.Column("ambiguous", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("reverts", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('merge', 'split', 'alias', 'revert')", name=op.f("ck_source_decision_kind")
        ),
        sa.CheckConstraint(
            f"name_kind IN ({ALIAS_KINDS})", name=op.f("ck_source_decision_name_kind")
        ),
        sa.CheckConstraint(
            "(kind = 'revert') = (reverts IS NOT NULL)", name=op.f("ck_source_decision_reverts")
        ),
        sa.CheckConstraint("reverts < id", name=op.f("ck_source_decision_order")),
        sa.CheckConstraint(
            "(kind = 'revert') = (source_id IS NULL)", name=op.f("ck_source_decision_source")
        ),
        sa.CheckConstraint("target_id <> source_id", name=op.f("ck_source_decision_target")),
        sa.CheckConstraint(
            "kind <> 'merge' OR target_id IS NOT NULL", name=op.f("ck_source_decision_merge")
        ),
        sa.CheckConstraint(
            "target_id IS NULL OR kind IN ('merge', 'split')",
            name=op.f("ck_source_decision_target_kind"),
        ),
        sa.CheckConstraint(
            "(kind IN ('alias', 'split')) = (name IS NOT NULL)",
            name=op.f("ck_source_decision_name"),
        ),
        sa.CheckConstraint(
            "(kind = 'alias') = (name_kind IS NOT NULL)", name=op.f("ck_source_decision_alias")
        ),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_source_decision_dates")),
        sa.CheckConstraint("length(decided_by) > 0", name=op.f("ck_source_decision_decided_by")),
        sa.ForeignKeyConstraint(
            ["reverts"], ["source_decision.id"], name=op.f("fk_source_decision_reverts")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_source_decision_source_id")
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["source.id"], name=op.f("fk_source_decision_target_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_decision")),
        sa.UniqueConstraint("reverts", name=op.f("uq_source_decision_reverts")),
    )
    op.create_index(
        op.f("ix_source_decision_source_id"), "source_decision", ["source_id"], unique=False
    )
