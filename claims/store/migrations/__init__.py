"""Alembic migrations, run from inside the program; there is no alembic.ini.

To add one: change `claims.store.tables`, write the next number's file in `versions/` with the
operations (`op.batch_alter_table` where SQLite has to rebuild a table), and raise
`claims.store.migrate.SCHEMA`. The guards are taken off before and renewed after every upgrade; the
tests compare the migrated schema with the described one on both databases.
"""
