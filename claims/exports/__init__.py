"""The store's tables as files for other programs."""

from claims.exports.csv import COLUMNS, export_csv, write_csv

__all__ = ["COLUMNS", "export_csv", "write_csv"]
