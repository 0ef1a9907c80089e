"""The editor's desk: what is queued, what editors decided, and what follows for the record.

Nothing in this package but `claims.review.screen` imports the terminal application's library.
"""
