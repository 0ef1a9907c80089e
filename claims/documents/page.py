"""HTML pages: the article's text by trafilatura (Barbaresi, ACL 2021), its date by htmldate."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, Any

from claims.documents.build import Given, build
from claims.documents.decode import decode
from claims.documents.text import check
from claims.errors import DocumentError
from claims.records import Document, Fact

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset({"p", "head", "item", "quote", "row", "code", "list", "table"})
_FEWEST_WORDS = 8
"""A page with fewer words has no article but only the remains of its menus."""
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title", re.I | re.S)
_TITLE_PARTS = re.compile(r"\s+[-–—|·»]\s+")
_LAST_DATE = "2200-01-01"
_SPACE = re.compile(r"[ \t\n\r\f]+")


def read_page(
    data: bytes, name: str, where: str, given: Given, *, charset: str | None = None
) -> Document:
    """Article of an HTML page. The stored text is its title and what was extracted.

    Paragraphs are set apart by an empty line, line breaks within one are kept. `charset` is what
    a server named; facts in `given.page` count where the page states none.

    Raises:
        DocumentError: if the page can't be decoded or holds no article.
    """
    import trafilatura

    source = decode(data, where, html=True, charset=charset)
    check(source, where)
    try:
        found: Any = trafilatura.bare_extraction(
            source, with_metadata=True, include_comments=False, include_tables=True
        )
    except Exception as error:  # whatever a broken page makes the parser do, the batch goes on
        raise DocumentError(
            f"{where}: can't be parsed as HTML ({error})", repair=_REPAIR
        ) from error
    text = "" if found is None else _text(found.body)
    if len(text.split()) < _FEWEST_WORDS:
        raise DocumentError(f"{where}: no article was found in this page", repair=_REPAIR)
    title = given.title or _title(source, found.title, text)
    if title and not _opens_with(text, title):
        text = f"{title}\n\n{text}"
    facts = dict(given.page) | dict(_facts(source, found))
    url = given.url or _clean(found.url)
    given = replace(given, title=title, url=url, page=tuple(facts.items()))
    return build(text, data, name, "html", given, where=where, keep_origin=False)


_REPAIR = "save the article's own page, not an index or a log-in page, or its text as .txt"


def _text(body: _Element) -> str:
    """Text of trafilatura's tree, paragraphs apart."""
    parts: list[str] = []

    def walk(element: _Element) -> None:
        block = element.tag in _BLOCKS
        if element.tag == "lb":
            parts.append("\n")
        elif block:
            parts.append("\n\n")
        parts.append(_SPACE.sub(" ", element.text or ""))
        for child in element:
            walk(child)
        if block:
            parts.append("\n\n")
        parts.append(_SPACE.sub(" ", element.tail or ""))

    walk(body)
    lines = "".join(parts).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in lines)).strip()


def _clean(value: str | None) -> str | None:
    return _SPACE.sub(" ", value).strip() or None if value else None


def _title(source: str, found: str | None, text: str) -> str | None:
    """The part of the page's title that its text repeats, else the title trafilatura found."""
    element = _TITLE.search(source)
    lines = {line.casefold(): line for line in text[:3000].split("\n") if line}
    for part in _TITLE_PARTS.split(_clean(unescape(element.group(1))) or "") if element else ():
        if len(part.split()) > 2 and part.casefold() in lines:
            return lines[part.casefold()]
    return _clean(found)


def _opens_with(text: str, title: str) -> bool:
    return title.casefold() in _SPACE.sub(" ", text[: 2 * len(title) + 200]).casefold()


def _facts(source: str, found: Any) -> tuple[tuple[str, Fact], ...]:
    """What the page's metadata states: `outlet` and `published`, where they are there."""
    from htmldate import find_date

    facts = []
    if site := _clean(found.sitename):
        facts.append(("outlet", Fact(site, "page metadata (site name)")))
    # Only what the page marks up as its date: a date somewhere in its text may be any date.
    date = find_date(
        source,
        extensive_search=False,
        original_date=True,
        url=found.url,
        max_date=_LAST_DATE,  # the default is today, and the same page must read the same always
    )
    if date:
        facts.append(("published", Fact(date, "page metadata")))
    return tuple(facts)
