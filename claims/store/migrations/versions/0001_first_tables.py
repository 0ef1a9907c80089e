"""The first tables: articles with their texts, and what models found in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url_key", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("url_key", name=op.f("uq_article_url_key")),
    )
    op.create_index(op.f("ix_article_name"), "article", ["name"], unique=False)
    op.create_table(
        "model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_model_name_version")),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    op.create_table(
        "outlet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_outlet_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlet")),
        sa.UniqueConstraint("name", name=op.f("uq_outlet_name")),
    )
    op.create_table(
        "purge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ordered_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_purge_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purge")),
        sa.UniqueConstraint("article_id", name=op.f("uq_purge_article_id")),
    )
    op.create_table(
        "source_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_source_alias_dates")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_source_alias_source_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_alias")),
        sa.UniqueConstraint(
            "source_id",
            "alias",
            "kind",
            "valid_from",
            name=op.f("uq_source_alias_source_id_alias_kind_valid_from"),
        ),
    )
    op.create_index(op.f("ix_source_alias_alias"), "source_alias", ["alias"], unique=False)
    op.create_table(
        "article_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("raw_sha256", sa.String(), nullable=False),
        sa.Column("chars", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("outlet_id", sa.Integer(), nullable=True),
        sa.Column("outlet_basis", sa.String(), nullable=False),
        sa.Column("outlet_start", sa.Integer(), nullable=True),
        sa.Column("outlet_end", sa.Integer(), nullable=True),
        sa.Column("wire", sa.String(), nullable=True),
        sa.Column("wire_basis", sa.String(), nullable=False),
        sa.Column("wire_start", sa.Integer(), nullable=True),
        sa.Column("wire_end", sa.Integer(), nullable=True),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_basis", sa.String(), nullable=False),
        sa.Column("published_start", sa.Integer(), nullable=True),
        sa.Column("published_end", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "chars >= 1 AND (length(text) = chars OR text = '')", name=op.f("ck_article_text_chars")
        ),
        sa.CheckConstraint(
            '("outlet_start" IS NULL) = ("outlet_end" IS NULL) AND "outlet_start" >= 0 AND "outlet_start" < "outlet_end"',
            name=op.f("ck_article_text_outlet_range"),
        ),
        sa.CheckConstraint(
            '("published_start" IS NULL) = ("published_end" IS NULL) AND "published_start" >= 0 AND "published_start" < "published_end"',
            name=op.f("ck_article_text_published_range"),
        ),
        sa.CheckConstraint(
            '("wire_start" IS NULL) = ("wire_end" IS NULL) AND "wire_start" >= 0 AND "wire_start" < "wire_end"',
            name=op.f("ck_article_text_wire_range"),
        ),
        sa.CheckConstraint(
            "length(sha256) = 64 AND length(raw_sha256) = 64", name=op.f("ck_article_text_hashes")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_article_text_version")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_text_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["outlet_id"], ["outlet.id"], name=op.f("fk_article_text_outlet_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_text")),
        sa.UniqueConstraint("article_id", "sha256", name=op.f("uq_article_text_article_id_sha256")),
        sa.UniqueConstraint(
            "article_id", "version", name=op.f("uq_article_text_article_id_version")
        ),
    )
    op.create_index(op.f("ix_article_text_outlet_id"), "article_text", ["outlet_id"], unique=False)
    op.create_index(
        op.f("ix_article_text_published_on"), "article_text", ["published_on"], unique=False
    )
    op.create_index(op.f("ix_article_text_sha256"), "article_text", ["sha256"], unique=False)
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=False),
        sa.Column("program", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name=op.f("fk_run_model_id")),
        sa.ForeignKeyConstraint(["text_id"], ["article_text.id"], name=op.f("fk_run_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
        sa.UniqueConstraint("text_id", "model_id", name=op.f("uq_run_text_id_model_id")),
    )
    op.create_index(op.f("ix_run_model_id"), "run", ["model_id"], unique=False)
    op.create_table(
        "attribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("stance", sa.String(), nullable=True),
        sa.Column("act", sa.String(), nullable=True),
        sa.Column("framing", sa.String(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "act IN ('statement', 'accusation', 'denial', 'prediction', 'directive', 'commitment', 'question', 'evaluation', 'belief', 'withheld')",
            name=op.f("ck_attribution_act"),
        ),
        sa.CheckConstraint(
            "framing IN ('neutral', 'endorses', 'distances')", name=op.f("ck_attribution_framing")
        ),
        sa.CheckConstraint(
            "stance IN ('asserts', 'denies', 'hedges', 'doubts', 'uncommitted')",
            name=op.f("ck_attribution_stance"),
        ),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_attribution_confidence")),
        sa.CheckConstraint("parent <> ordinal", name=op.f("ck_attribution_parent")),
        sa.ForeignKeyConstraint(
            ["run_id", "parent"],
            ["attribution.run_id", "attribution.ordinal"],
            name=op.f("fk_attribution_run_id_parent"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_attribution_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attribution")),
        sa.UniqueConstraint("run_id", "ordinal", name=op.f("uq_attribution_run_id_ordinal")),
    )
    op.create_index(op.f("ix_attribution_speaker"), "attribution", ["speaker"], unique=False)
    op.create_table(
        "block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("paragraph", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('headline', 'dateline', 'body', 'caption', 'credit', 'boilerplate')",
            name=op.f("ck_block_kind"),
        ),
        sa.CheckConstraint('start >= 0 AND start < "end"', name=op.f("ck_block_range")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_block_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block")),
        sa.UniqueConstraint("run_id", "ordinal", name=op.f("uq_block_run_id_ordinal")),
    )
    op.create_table(
        "sentence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("worth", sa.Float(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('attributed', 'asserted', 'other')", name=op.f("ck_sentence_kind")
        ),
        sa.CheckConstraint('start >= 0 AND start < "end"', name=op.f("ck_sentence_range")),
        sa.CheckConstraint("worth BETWEEN 0 AND 1", name=op.f("ck_sentence_worth")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_sentence_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sentence")),
        sa.UniqueConstraint("run_id", "ordinal", name=op.f("uq_sentence_run_id_ordinal")),
    )
    op.create_table(
        "chain_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attribution_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            '("start" IS NULL) = ("end" IS NULL) AND "start" >= 0 AND "start" < "end"',
            name=op.f("ck_chain_link_range"),
        ),
        sa.ForeignKeyConstraint(
            ["attribution_id"], ["attribution.id"], name=op.f("fk_chain_link_attribution_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_chain_link_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_link")),
        sa.UniqueConstraint(
            "attribution_id", "position", name=op.f("uq_chain_link_attribution_id_position")
        ),
    )
    op.create_index(op.f("ix_chain_link_source_id"), "chain_link", ["source_id"], unique=False)
    op.create_table(
        "span",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attribution_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("exact", sa.String(), nullable=False),
        sa.CheckConstraint("role IN ('source', 'cue', 'content')", name=op.f("ck_span_role")),
        sa.CheckConstraint(
            "length(exact) = \"end\" - start OR exact = ''", name=op.f("ck_span_exact")
        ),
        sa.CheckConstraint('start >= 0 AND start < "end"', name=op.f("ck_span_range")),
        sa.ForeignKeyConstraint(
            ["attribution_id"], ["attribution.id"], name=op.f("fk_span_attribution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_span")),
        sa.UniqueConstraint(
            "attribution_id", "role", "ordinal", name=op.f("uq_span_attribution_id_role_ordinal")
        ),
    )
    op.create_table(
        "speaker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attribution_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=True),
        sa.Column("canonical", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            '("start" IS NULL) = ("end" IS NULL) AND "start" >= 0 AND "start" < "end"',
            name=op.f("ck_speaker_range"),
        ),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_speaker_confidence")),
        sa.ForeignKeyConstraint(
            ["attribution_id"], ["attribution.id"], name=op.f("fk_speaker_attribution_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_speaker_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker")),
        sa.UniqueConstraint(
            "attribution_id", "position", name=op.f("uq_speaker_attribution_id_position")
        ),
    )
    op.create_index(op.f("ix_speaker_source_id"), "speaker", ["source_id"], unique=False)
