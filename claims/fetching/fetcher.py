"""Asking for pages and feeds: redirects, kinds, `robots.txt`, and not too often."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

from claims import __version__
from claims.errors import FetchError
from claims.fetching.robots import AGENT, Rules, rules_of
from claims.fetching.transport import Limits, Resolve, Response, get, resolve
from claims.fetching.urls import Url, parse
from claims.settings import Settings, settings

USER_AGENT = f"{AGENT}/{__version__} (article reader of a newsroom; reads what an editor names)"
_REDIRECTS = (301, 302, 303, 307, 308)
_NOT_MODIFIED = 304
_LONGEST_MARK = 500
_GONE = (400, 401, 403, 404, 405, 406, 410, 414, 451)


class Kind(StrEnum):
    """What is asked for."""

    PAGE = "page"
    FEED = "feed"
    ROBOTS = "robots"


_PAGES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "txt",
    "application/pdf": "pdf",
}
_FEEDS = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
    "application/feed+json",
    "application/json",
    "text/json",
)
_ACCEPT = {
    Kind.PAGE: "text/html, application/xhtml+xml, application/pdf;q=0.8, text/plain;q=0.8",
    Kind.FEED: f"{', '.join(_FEEDS)}, */*;q=0.1",
    Kind.ROBOTS: "text/plain, */*;q=0.1",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a URL gave.

    `url` is where the last redirect led. `is_unchanged`: the server says that it is what it was
    when it gave the `etag` or `modified` that were sent; `data` is empty then. `form` is `html`,
    `txt` or `pdf` of a page whose server told, `charset` the one that the server named.
    """

    url: str
    data: bytes
    form: str | None = None
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    is_unchanged: bool = False


@dataclass(slots=True)
class Fetcher:
    """Asks for one thing at a time, and remembers when each host was asked last."""

    knobs: Settings = field(default_factory=settings)
    resolver: Resolve = resolve
    sleep: Callable[[float], None] = time.sleep
    _asked: dict[str, float] = field(default_factory=dict)
    _rules: dict[str, Rules] = field(default_factory=dict)

    def page(self, url: str) -> Answer:
        """One page. Raises `FetchError`, also where the site's `robots.txt` asks for it."""
        return self._fetch(parse(url), Kind.PAGE, {})

    def feed(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Answer:
        """One feed, unless it is what it was. Raises `FetchError`."""
        asked = {"If-None-Match": etag, "If-Modified-Since": modified}
        return self._fetch(parse(url), Kind.FEED, {k: v for k, v in asked.items() if v})

    def _fetch(self, url: Url, kind: Kind, headers: Mapping[str, str]) -> Answer:
        until = time.monotonic() + self.knobs.fetch_total_seconds
        for _ in range(self.knobs.fetch_redirects + 1):
            if kind is Kind.PAGE:
                # The time that rules and politeness take isn't the page's.
                until += self._heed_rules(url)
            until += self._wait(url)
            response = self._get(url, kind, headers, until)
            if response.status not in _REDIRECTS:
                return _answer(url, kind, response)
            url = _next(response, url)
        raise FetchError(
            f"{url}: more than {self.knobs.fetch_redirects} redirects",
            repair="give the address that they end at",
            is_lasting=True,
        )

    def _get(self, url: Url, kind: Kind, headers: Mapping[str, str], until: float) -> Response:
        knobs = self.knobs
        size = knobs.fetch_bytes if kind is Kind.PAGE else knobs.fetch_feed_bytes
        limits = Limits(knobs.fetch_connect_seconds, knobs.fetch_read_seconds, until, size)
        named = {"User-Agent": USER_AGENT, "Accept": _ACCEPT[kind], "Accept-Language": "en"}
        try:
            return get(
                url,
                named | dict(headers),
                limits,
                allowed=frozenset(_listed(knobs.fetch_allow)),
                proxy=parse(knobs.fetch_proxy) if knobs.fetch_proxy else None,
                resolver=self.resolver,
            )
        finally:
            self._asked[url.host] = time.monotonic()

    def _wait(self, url: Url) -> float:
        """Let some time pass since the host was asked last; the seconds that took."""
        rules = self._rules.get(url.origin)
        pause = max(self.knobs.fetch_delay_seconds, rules.delay if rules else 0.0)
        left = self._asked.get(url.host, -pause) + pause - time.monotonic()
        if left <= 0:
            return 0.0
        self.sleep(left)
        return left

    def _heed_rules(self, url: Url) -> float:
        """`FetchError` where the site doesn't want the page read; the seconds that asking took."""
        start = time.monotonic()
        rules = self._rules.get(url.origin)
        if rules is None or not rules.is_fresh:
            rules = self._rules[url.origin] = self._read_rules(url)
        if not rules.allows(str(url)):
            raise FetchError(
                f"{url}: the site asks programs not to read it (robots.txt)",
                repair="save the page from your browser and ingest the file",
                is_lasting=True,
            )
        return time.monotonic() - start

    def _read_rules(self, url: Url) -> Rules:
        place = Url(url.scheme, url.host, url.port, "/robots.txt")
        until = time.monotonic() + self.knobs.fetch_total_seconds
        try:
            for _ in range(self.knobs.fetch_redirects + 1):
                until += self._wait(place)
                response = self._get(place, Kind.ROBOTS, {}, until)
                if response.status not in _REDIRECTS:
                    break
                place = _next(response, place)
        except FetchError as error:
            # It is the page that was asked for, and that now can't be had.
            reason = error.message.removeprefix(f"{place}: ")
            raise FetchError(
                f"{url}: {reason}", repair=error.repair, is_lasting=error.is_lasting
            ) from error
        rules = rules_of(response.status, response.body)
        if rules is None:
            raise FetchError(
                f"{url}: the site's robots.txt can't be had now ({response.status})",
                repair="try again later",
            )
        return rules


def _listed(hosts: str) -> list[str]:
    return [host.strip().lower() for host in hosts.split(",") if host.strip()]


def _answer(url: Url, kind: Kind, response: Response) -> Answer:
    status, headers = response.status, response.headers
    if status == _NOT_MODIFIED and kind is Kind.FEED:
        return Answer(str(url), b"", is_unchanged=True)
    if status != 200:
        raise FetchError(
            f"{url}: the server answers {status}",
            repair="check the address" if status in _GONE else "try again later",
            is_lasting=status in _GONE,
        )
    media, _, parameters = headers.get("content-type", "").partition(";")
    media = media.strip().lower()
    _check_kind(url, kind, media)
    return Answer(
        url=str(url),
        data=response.body,
        form=_PAGES.get(media),
        charset=_charset(parameters),
        etag=_mark(headers.get("etag")),
        modified=_mark(headers.get("last-modified")),
    )


def _next(response: Response, url: Url) -> Url:
    """Where a redirect leads. Headers come as Latin-1, and addresses in them are UTF-8."""
    location = response.headers.get("location", "")
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    return parse(location, url)


def _mark(value: str | None) -> str | None:
    """A header that is sent back as it came, if it is one line of reasonable length."""
    return value if value and value.isprintable() and len(value) <= _LONGEST_MARK else None


def _check_kind(url: Url, kind: Kind, media: str) -> None:
    """A page must be one; a feed may go by almost any name, since servers often name it wrongly."""
    if kind is Kind.PAGE and media in _FEEDS:
        raise FetchError(
            f"{url}: is a feed or data, no page",
            repair=f"claims watch --once {url} reads the pages of a feed",
            is_lasting=True,
        )
    known = {*_PAGES, *_FEEDS} if kind is Kind.FEED else set(_PAGES)
    if media and media not in known:
        raise FetchError(
            f"{url}: is {media[:60]}, no {kind.value}",
            repair="give the address of a page of text" if kind is Kind.PAGE else "",
            is_lasting=True,
        )


def _charset(parameters: str) -> str | None:
    for part in parameters.split(";"):
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None
