"""Feeds: RSS, RDF, Atom (by feedparser) and JSON Feed, for the addresses and days of their entries.

What a feed says of its entries besides is not read: the page is the article.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urldefrag, urljoin

from claims.documents.decode import decode
from claims.errors import DocumentError
from claims.records import Fact

_ENTITY = re.compile(r"<!ENTITY", re.I)
_BROKEN = re.compile(r"[\t\r\n]+")
_BASIS = "feed"
_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_REPAIR = "give the address of an RSS, Atom, RDF or JSON feed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the address of its page, and the day that the feed gives it, as ISO 8601."""

    url: str
    published: str | None = None

    @property
    def fact(self) -> Fact | None:
        """The day as metadata of the page."""
        return Fact(self.published, _BASIS) if self.published else None


def read_feed(data: bytes, url: str, *, limit: int | None = None) -> list[Entry]:
    """The entries of a feed that link to a page of the web, each once, in its order.

    Raises:
        DocumentError: if it is no feed, or declares entities, which no feed needs and by which
            a small file grows without end.
    """
    try:
        text = decode(data, url, html=True)
    except DocumentError:
        if not data.strip():
            raise
        text = data.decode("utf-8", "replace")  # a broken letter in a headline spoils no link
    if _ENTITY.search(text):
        raise DocumentError(
            f"{url}: the feed declares entities, and is not read", repair="ask its publisher"
        )
    is_json = text.lstrip("\ufeff \t\r\n").startswith("{")
    found = _json_entries(text, url) if is_json else _xml_entries(text, url)
    entries: dict[str, Entry] = {}
    for link, day in found:
        # As browsers do: line ends in an address are none of it, and spaces are quoted.
        whole = _BROKEN.sub("", link.strip()).replace(" ", "%20")
        try:
            whole = urldefrag(urljoin(url, whole)).url
        except ValueError:
            continue
        if whole.lower().startswith(("http://", "https://")) and whole not in entries:
            entries[whole] = Entry(whole, day)
        if len(entries) == limit:
            break
    return list(entries.values())


def _json_entries(text: str, url: str) -> Iterator[tuple[str, str | None]]:
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{url}: is not JSON ({error})", repair=_REPAIR) from None
    items = feed.get("items")
    if not str(feed.get("version", "")).startswith("https://jsonfeed.org/") or not isinstance(
        items, list
    ):
        raise DocumentError(f"{url}: is no JSON Feed", repair=_REPAIR)
    for item in items:
        if isinstance(item, dict):
            link = item.get("url") or item.get("external_url")
            if isinstance(link, str):
                yield link, _day(item.get("date_published"), None)


def _xml_entries(text: str, url: str) -> Iterator[tuple[str, str | None]]:
    import feedparser

    # In a stream: a string could be taken for an address or a file's name. The header outdoes
    # the encoding that the text declares, in which it isn't any more.
    try:
        feed: Any = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={
                "content-type": "application/xml; charset=utf-8",
                "content-location": url,
            },
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as error:  # whatever a broken feed makes the parser do, the watch goes on
        raise DocumentError(f"{url}: can't be read as a feed ({error})", repair=_REPAIR) from error
    if not feed.get("version"):
        named = ", ".join(_alternates(feed.get("feed", {}), url))
        repair = f"feeds that this page names: {named}" if named else _REPAIR
        raise DocumentError(f"{url}: is no feed", repair=repair)
    for entry in feed.entries:
        link = entry.get("link")
        if isinstance(link, str) and link:
            yield link, _entry_day(entry)


def _alternates(page: Any, url: str) -> list[str]:
    """The feeds that a page names in its head, a few of them."""
    found: list[str] = []
    for link in page.get("links", ()):
        if link.get("rel") == "alternate" and link.get("type") in _TYPES and link.get("href"):
            try:
                found.append(urljoin(url, str(link["href"]).strip()))
            except ValueError:
                continue
    return list(dict.fromkeys(found))[:5]


def _entry_day(entry: Any) -> str | None:
    """When the entry was published; when it was changed, where it doesn't tell that."""
    for name in ("published", "created", "updated"):
        if name in entry and (day := _day(entry[name], entry.get(f"{name}_parsed"))):
            return day
    return None


def _day(words: Any, parsed: Any) -> str | None:
    """A moment as ISO 8601 in the zone that it is given in, whose day is the article's.

    `parsed` is what feedparser made of it, in UTC; it knows more forms.
    """
    if isinstance(words, str):
        for read in (parsedate_to_datetime, datetime.fromisoformat):
            try:
                return read(words.strip()).isoformat()[:19]
            except (ValueError, TypeError, IndexError, OverflowError):
                continue
    if parsed:
        try:
            return datetime(*parsed[:6]).isoformat()
        except (ValueError, TypeError):
            return None
    return None
