"""Run by Alembic on the connection and in the transaction that `claims.store.migrate` hands it."""

from __future__ import annotations

from alembic import context

from claims.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=context.config.attributes["version_table"],
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
