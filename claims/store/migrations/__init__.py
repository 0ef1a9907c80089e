"""Alembic migrations, run from inside the program; there is no alembic.ini."""
