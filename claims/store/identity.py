"""Which stored article a document is: found again by URL, by its text, or by its file's name.

1. An article with the same URL (but for scheme, `www.`, tracking, fragment) is that article; a
   text that it doesn't have yet is a new version of it.
2. The same text, where not both sides have a URL, is the same article: a file read twice, or
   under two names, adds nothing. Two URLs with one text stay two articles, because two outlets
   published it; that they are copies is for matching to say.
3. Without a URL, a file of the same name is a new version only when most of the shorter text's
   wording is kept: `article.txt`, `-` or the id `1` may be anything.

A text that comes back to an earlier wording is the version it was: nothing is added.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import Connection, func, select

from claims.records import Document
from claims.store import tables
from claims.store.tables import table

SAME_WORDING = 0.5
"""Share of the shorter text's word triples that a new version keeps of the old one."""
_NAMESAKES = 20
_WORD = re.compile(r"\w+")

ARTICLE = table(tables.Article)
TEXT = table(tables.ArticleText)
PURGE = table(tables.Purge)


@dataclass(frozen=True, slots=True)
class Known:
    """What the store has of a document.

    `text_id` and `version` are None when the article is known and this text isn't. `lacks_url`:
    the article came without a URL, and the document has one.
    """

    article_id: int
    text_id: int | None = None
    version: int | None = None
    purged: bool = False
    lacks_url: bool = False


def url_key(url: str | None) -> str | None:
    """What of a URL tells articles apart; None for none.

    >>> url_key("HTTP://www.example.com/a/?utm_source=x&id=3#top")
    'example.com/a?id=3'
    """
    if not url or not url.strip():
        return None
    from courlan import normalize_url

    given = url.strip()
    try:
        parts = urlsplit(normalize_url(given))
    except ValueError:
        return given
    if not parts.netloc:
        return given
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}{query}"


def find(connection: Connection, document: Document) -> Known | None:
    """The stored article that `document` is, or None."""
    key = url_key(document.url)
    if key is not None:
        article_id = connection.execute(
            select(ARTICLE.c.id).where(ARTICLE.c.url_key == key)
        ).scalar()
        if article_id is not None:
            return _of_article(connection, article_id, document)
    known = _by_text(connection, document, key)
    if known is None and key is None:
        known = _by_name(connection, document)
    return known


def _of_article(connection: Connection, article_id: int, document: Document) -> Known:
    row = connection.execute(
        select(TEXT.c.id, TEXT.c.version).where(
            TEXT.c.article_id == article_id, TEXT.c.sha256 == document.sha256
        )
    ).first()
    purged = _is_purged(connection, article_id)
    text_id, version = row or (None, None)
    return Known(article_id, text_id, version, purged)


def _by_text(connection: Connection, document: Document, key: str | None) -> Known | None:
    """The oldest article with this text; with a URL in hand, only one that has none."""
    query = (
        select(TEXT.c.article_id, TEXT.c.id, TEXT.c.version)
        .join(ARTICLE, ARTICLE.c.id == TEXT.c.article_id)
        .where(TEXT.c.sha256 == document.sha256)
        .order_by(TEXT.c.article_id)
        .limit(1)
    )
    if key is not None:
        query = query.where(ARTICLE.c.url_key.is_(None))
    row = connection.execute(query).first()
    if row is None:
        return None
    article_id, text_id, version = row
    purged = _is_purged(connection, article_id)
    return Known(article_id, text_id, version, purged, lacks_url=key is not None and not purged)


def _by_name(connection: Connection, document: Document) -> Known | None:
    """An article without URL of the same name, the newest wording of which is kept."""
    newer = TEXT.alias("newer")
    query = (
        select(TEXT.c.article_id, TEXT.c.text)
        .join(ARTICLE, ARTICLE.c.id == TEXT.c.article_id)
        .where(
            TEXT.c.name == document.name,
            ARTICLE.c.url_key.is_(None),
            TEXT.c.version
            == select(func.max(newer.c.version))
            .where(newer.c.article_id == TEXT.c.article_id)
            .scalar_subquery(),
        )
        .order_by(TEXT.c.article_id.desc())
        .limit(_NAMESAKES)
    )
    for article_id, text in connection.execute(query):
        if keeps_wording(document, text):
            return Known(article_id)
    return None


def keeps_wording(document: Document, text: str) -> bool:
    """Whether `document` is a new wording of `text`, by the words of its read blocks.

    Navigation doesn't count: two articles of one site share it.
    """
    body = " ".join(
        document.text[block.start : block.end] for block in document.blocks if block.kind.is_read
    )
    new, old = _triples(body), _triples(text)
    return bool(new and old) and len(new & old) >= SAME_WORDING * min(len(new), len(old))


def _triples(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return set(zip(words, words[1:], words[2:], strict=False)) or {tuple(words)}


def _is_purged(connection: Connection, article_id: int) -> bool:
    return (
        connection.execute(select(PURGE.c.id).where(PURGE.c.article_id == article_id)).first()
        is not None
    )
