"""What named the speakers of a run, and why a speaker is unresolved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("run") as batch:
        batch.add_column(sa.Column("speaker_model", sa.String(), nullable=True))
        batch.add_column(sa.Column("registry_version", sa.String(), nullable=True))
    # Nobody noted it of the runs that are there: the same text is read again when it comes.
    op.execute("UPDATE run SET speaker_model = '', registry_version = ''")
    with op.batch_alter_table("run") as batch:
        batch.alter_column("speaker_model", existing_type=sa.String(), nullable=False)
        batch.alter_column("registry_version", existing_type=sa.String(), nullable=False)
        batch.drop_constraint(op.f("uq_run_text_id_model_id"), type_="unique")
    op.create_index(op.f("ix_run_text_id_model_id"), "run", ["text_id", "model_id"], unique=False)
    _add_why()


def _add_why() -> None:
    why = sa.Column("why", sa.String(), nullable=True)
    if op.get_bind().dialect.name != "sqlite":
        op.add_column("speaker", why)
        return
    # The table is built anew, and Alembic doesn't take its checks over by itself.
    checks = (
        sa.CheckConstraint(
            '("start" IS NULL) = ("end" IS NULL) AND "start" >= 0 AND "start" < "end"',
            name=op.f("ck_speaker_range"),
        ),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_speaker_confidence")),
    )
    with op.batch_alter_table("speaker", recreate="always", table_args=checks) as batch:
        batch.add_column(why)
