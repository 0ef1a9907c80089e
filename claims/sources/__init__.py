"""Who the source spans stand for."""

from claims.sources.speakers import name_speakers

__all__ = ["name_speakers"]
