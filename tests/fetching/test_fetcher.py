"""Fetching from servers that are slow, huge, endless, or lead somewhere else."""

from __future__ import annotations

import ast
import gzip
import time
import zlib
from pathlib import Path

import pytest

import claims
from claims.errors import FetchError
from claims.fetching import Fetcher
from claims.fetching.transport import resolve
from claims.settings import Settings
from tests.fetching.server import Handler, Site, answer, fetcher

PACKAGE = Path(claims.__file__).parent
NETWORK = {
    "socket", "ssl", "http", "urllib3", "httpx", "httpx2", "httpcore", "httpcore2", "requests",
    "aiohttp", "asyncio", "ftplib", "smtplib", "imaplib", "poplib", "telnetlib", "xmlrpc",
    "socketserver", "webbrowser", "huggingface_hub",
}  # fmt: skip


def refusal(site: Site | None, path: str, **knobs: object) -> FetchError:
    with pytest.raises(FetchError) as error:
        fetcher(site, **knobs).page(site.url(path) if site else path)
    assert error.value.message
    return error.value


def test_a_page_with_its_kind_charset_and_headers(site: Site) -> None:
    site.give("/a", "Grüße", "text/html; Charset='UTF-8'", etag='"1"', last_modified="Mon")
    found = fetcher(site).page(site.url("/a#part"))
    assert (found.data.decode(), found.form, found.charset) == ("Grüße", "html", "UTF-8")
    assert (found.url, found.etag, found.modified) == (site.url("/a"), '"1"', "Mon")
    sent = dict(site.asked)["/a"]
    assert sent["host"] == site.host
    assert sent["user-agent"].startswith(f"claims/{claims.__version__} ")
    assert "cookie" not in sent and "referer" not in sent


def test_nothing_but_public_addresses_unless_allowed(site: Site) -> None:
    site.give("/a", "inside")
    with pytest.raises(FetchError, match=r"127\.0\.0\.1 is no public address") as error:
        fetcher().page(site.url("/a"))
    assert error.value.is_lasting and f"CLAIMS_FETCH_ALLOW={site.host}" in error.value.repair
    for host in ("localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"):
        with pytest.raises(FetchError, match="is no public address"):
            fetcher(site).page(f"http://{host}:{site.port}/a")
    assert site.asked == []


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("http://127.0.0.1/inner", "127.0.0.1 is no public address"),
        ("http://localhost:{port}/inner", "is no public address"),
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254 is no public address"),
        ("http://[::1]:{port}/inner", "::1 is no public address"),
        ("http://2130706433/", "has a number for a host"),
        ("http://0177.0.0.1/", "has a number for a host"),
        ("file:///etc/passwd", "is no http or https URL"),
        ("//user@127.0.0.1/", "has a user name or password"),
        ("gopher://example.org/", "is no http or https URL"),
    ],
)
def test_every_hop_is_checked(site: Site, to: str, why: str) -> None:
    site.redirect("/a", to.format(port=site.port))
    site.give("/inner", "secret")
    error = refusal(site, "/a")
    assert why in error.message and error.is_lasting
    assert site.paths == ["/a"]


def test_the_address_that_was_checked_is_the_one_that_is_asked(site: Site) -> None:
    """A name server that answers otherwise the second time (DNS rebinding) is asked once."""
    site.give("/a", "inside")
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["169.254.169.254"]

    knobs = Settings(fetch_allow=f"news.example:{site.port}", fetch_delay_seconds=0)
    one = Fetcher(knobs, resolver=rebinding)
    answer_ = one.feed(f"http://news.example:{site.port}/a")
    assert answer_.data == b"inside" and asked == ["news.example"]
    assert dict(site.asked)["/a"]["host"] == f"news.example:{site.port}"
    with pytest.raises(FetchError, match=r"169\.254\.169\.254 is no public"):
        Fetcher(Settings(fetch_delay_seconds=0), resolver=rebinding).feed("http://other.example/")
    mixed = Fetcher(Settings(), resolver=lambda *_: ["93.184.215.14", "10.0.0.1"])
    with pytest.raises(FetchError, match=r"10\.0\.0\.1 is no public"):
        mixed.feed("http://mixed.example/")


def test_redirects_are_followed_and_counted(site: Site) -> None:
    site.redirect("/1", "/2", 301)
    site.redirect("/2", "3?a=b", 307)
    site.give("/3?a=b", "here")
    assert fetcher(site).page(site.url("/1")).url == site.url("/3?a=b")
    site.redirect("/loop", "/loop")
    error = refusal(site, "/loop", fetch_redirects=3)
    assert "more than 3 redirects" in error.message and error.is_lasting
    assert site.paths.count("/loop") == 4


def test_a_huge_body_is_cut_off(site: Site) -> None:
    site.give("/told", b"x" * 5000)
    assert "larger than 1,000 bytes" in refusal(site, "/told", fetch_bytes=1000).message

    def endless(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65536)

    site.pages["/endless"] = endless
    error = refusal(site, "/endless", fetch_bytes=1_000_000)
    assert "larger than 1,000,000 bytes" in error.message and error.is_lasting


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_a_bomb_is_counted_as_it_unpacks(site: Site, packing: str) -> None:
    zeros = b"\0" * 200_000_000
    bomb = gzip.compress(zeros, 9) if packing == "gzip" else zlib.compress(zeros, 9)
    del zeros
    site.give("/bomb", bomb, content_encoding=packing)
    assert len(bomb) < 300_000
    assert "larger than 1,000,000 bytes" in refusal(site, "/bomb", fetch_bytes=1_000_000).message
    site.give("/small", gzip.compress(b"text"), content_encoding="gzip")
    assert fetcher(site).page(site.url("/small")).data == b"text"
    site.give("/twice", gzip.compress(gzip.compress(b"x")), content_encoding="gzip, gzip")
    assert "which wasn't asked for" in refusal(site, "/twice").message
    site.give("/broken", b"no archive", content_encoding="gzip")
    assert "can't be read" in refusal(site, "/broken").message


def drip(handler: Handler, head: bytes, piece: bytes) -> None:
    handler.wfile.write(head)
    for _ in range(200):
        handler.wfile.write(piece)
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        (b"", b"H"),
    ],
)
def test_whoever_drips_is_left_at_the_end_of_the_time(
    site: Site, head: bytes, piece: bytes
) -> None:
    site.pages["/slow"] = lambda handler: drip(handler, head, piece)
    start = time.monotonic()
    error = refusal(site, "/slow", fetch_total_seconds=0.6)
    assert "takes too long" in error.message and not error.is_lasting
    assert time.monotonic() - start < 5


def test_a_server_that_says_nothing(site: Site) -> None:
    site.pages["/silent"] = lambda handler: time.sleep(1)
    assert "takes too long" in refusal(site, "/silent", fetch_read_seconds=0.2).message


def test_a_name_server_that_says_nothing() -> None:
    def silent(host: str, port: int) -> list[str]:
        time.sleep(5)
        return []

    start = time.monotonic()
    with pytest.raises(FetchError, match="name server doesn't answer"):
        Fetcher(Settings(fetch_connect_seconds=0.2), resolver=silent).page("http://a.example/")
    assert time.monotonic() - start < 3


def test_nobody_there() -> None:
    knobs = Settings(fetch_allow="127.0.0.1:9999")
    with pytest.raises(FetchError, match="can't be reached") as error:
        Fetcher(knobs).page("http://127.0.0.1:9999/")
    assert not error.value.is_lasting
    with pytest.raises(FetchError, match="has no address"):
        Fetcher(Settings(), resolver=resolve).page("http://nowhere.invalid/")


def test_no_http_at_all(site: Site) -> None:
    site.pages["/ssh"] = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")
    assert "can't be read" in refusal(site, "/ssh").message


@pytest.mark.parametrize(
    ("status", "is_lasting"), [(404, True), (410, True), (403, True), (429, False), (503, False)]
)
def test_statuses(site: Site, status: int, is_lasting: bool) -> None:
    site.fail("/a", status)
    error = refusal(site, "/a")
    assert f"answers {status}" in error.message and error.is_lasting is is_lasting


def test_kinds(site: Site) -> None:
    for number, kind in enumerate(("image/png", "application/zip", "application/octet-stream")):
        site.give(f"/{number}", "x", kind)
        assert f"is {kind}, no page" in refusal(site, f"/{number}").message
    site.give("/feed", "<rss/>", "application/rss+xml")
    assert "claims watch --once" in refusal(site, "/feed").repair
    assert fetcher(site).feed(site.url("/feed")).data == b"<rss/>"
    with pytest.raises(FetchError, match="no feed"):
        fetcher(site).feed(site.url("/0"))


def test_a_feed_that_is_what_it_was(site: Site) -> None:
    def feed(handler: Handler) -> None:
        known = handler.headers.get("If-None-Match") == '"7"'
        answer(handler, 304 if known else 200, b"" if known else b"<rss/>", "text/xml", etag='"7"')

    site.pages["/feed"] = feed
    one = fetcher(site)
    first = one.feed(site.url("/feed"))
    assert (first.etag, first.is_unchanged) == ('"7"', False)
    assert one.feed(site.url("/feed"), etag=first.etag, modified="Mon").is_unchanged
    assert site.asked[-1][1]["if-modified-since"] == "Mon"


def test_marks_that_can_not_be_sent_back_are_dropped(site: Site) -> None:
    site.give("/feed", "<rss/>", "text/xml", etag='"a\tb"', last_modified="x" * 1000)
    found = fetcher(site).feed(site.url("/feed"))
    assert (found.etag, found.modified) == (None, None)


def test_addresses_in_redirects_are_utf_8(site: Site) -> None:
    site.redirect("/a", "/gr\u00c3\u00bc\u00c3\u009fe")  # UTF-8 as Latin-1 shows it
    site.give("/gr%C3%BC%C3%9Fe", "here")
    assert fetcher(site).page(site.url("/a")).data == b"here"


def test_robots_are_heeded_for_pages_and_asked_once(site: Site) -> None:
    site.give(
        "/robots.txt",
        "User-agent: *\nAllow: /\n\nUser-agent: claims\nDisallow: /private\nCrawl-delay: 1\n",
        "text/plain",
    )
    site.give("/a", "page")
    site.give("/private/a", "page")
    waited: list[float] = []
    one = Fetcher(fetcher(site).knobs, sleep=waited.append)
    assert one.page(site.url("/a")).data == b"page"
    with pytest.raises(FetchError, match=r"robots\.txt") as error:
        one.page(site.url("/private/a"))
    assert error.value.is_lasting
    one.feed(site.url("/private/a"))  # a feed is named by a person
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a", "/private/a"]
    assert waited and all(0 < seconds <= 1 for seconds in waited)
    site.redirect("/to", "/private/a")
    with pytest.raises(FetchError, match=r"robots\.txt"):
        one.page(site.url("/to"))


def test_a_site_in_trouble_is_left_alone(site: Site) -> None:
    site.fail("/robots.txt", 503)
    site.give("/a", "page")
    error = refusal(site, "/a")
    assert "robots.txt can't be had" in error.message and not error.is_lasting
    assert site.paths == []


def test_one_host_is_not_asked_too_often(site: Site) -> None:
    site.give("/a", "page")
    waited: list[float] = []
    one = Fetcher(fetcher(site, fetch_delay_seconds=30).knobs, sleep=waited.append)
    one.page(site.url("/a"))
    one.page(site.url("/a"))
    assert len(waited) == 2 and all(28 < seconds <= 30 for seconds in waited)


def test_proxies_of_the_environment_are_not_asked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.give("/a", "page")
    assert fetcher(site).page(site.url("/a")).data == b"page"


def test_a_proxy_that_is_named_is_asked_and_private_addresses_are_not(site: Site) -> None:
    site.give("http://news.example/a", "through the proxy")
    one = fetcher(fetch_proxy=site.url(""))
    assert one.page("http://news.example/a").data == b"through the proxy"
    assert dict(site.asked)["http://news.example/a"]["host"] == "news.example"
    with pytest.raises(FetchError, match="no public address"):
        one.page("http://10.0.0.1/a")


def network_imports(path: Path) -> set[str]:
    """What a module imports that can open a connection, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            module = node.module or ""
            names = [module, *(f"{module}.{alias.name}" for alias in node.names)]
        for name in names:
            if name.split(".")[0] in NETWORK or name.startswith(("urllib.request", "urllib.robot")):
                found.add(name)
    return found


def test_nothing_else_of_the_program_can_touch_a_network() -> None:
    touching = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if network_imports(path)
    }
    assert touching == {"fetching/transport.py", "fetching/robots.py"}


def test_the_check_sees_imports_of_all_kinds(tmp_path: Path) -> None:
    module = tmp_path / "a.py"
    module.write_text(
        "import os, socket\nfrom urllib import request, parse\ndef f():\n    import http.client\n"
        "from urllib.parse import quote\nfrom urllib.request import urlopen\n"
    )
    assert network_imports(module) == {
        "socket", "urllib.request", "http.client", "urllib.request.urlopen",
    }  # fmt: skip
