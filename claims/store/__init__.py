"""The database: tables, migrations, reading and writing."""
