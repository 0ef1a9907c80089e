"""Who says what: rows of the store to plain data, and that data to terminal tables or JSON."""

from claims.reports.data import article_data, articles_data, speakers_data
from claims.reports.said import (
    MIN_CONFIDENCE,
    ArticleReport,
    Said,
    SpeakerReport,
    by_article,
    by_speaker,
    collect,
)
from claims.reports.show import print_article
from claims.reports.standing import as_known_now
from claims.reports.tables import print_articles, print_speakers

__all__ = [
    "MIN_CONFIDENCE",
    "ArticleReport",
    "Said",
    "SpeakerReport",
    "article_data",
    "articles_data",
    "as_known_now",
    "by_article",
    "by_speaker",
    "collect",
    "print_article",
    "print_articles",
    "print_speakers",
    "speakers_data",
]
