"""A web server of a test's own, on this machine: answers are functions of the request."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from claims.fetching import Fetcher
from claims.settings import Settings

Handler = BaseHTTPRequestHandler


@dataclass
class Site:
    """Pages by their paths, and what was asked for: (path, headers with lower-case names)."""

    port: int = 0
    pages: dict[str, Callable[[Handler], None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, robots.txt apart."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def give(
        self, path: str, body: bytes | str, kind: str = "text/html; charset=utf-8", **headers: str
    ) -> None:
        """Answer `path` with a body."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = lambda handler: answer(handler, 200, data, kind, **headers)

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        """Answer `path` with a redirect."""
        self.pages[path] = lambda handler: answer(handler, status, b"", location=to)

    def fail(self, path: str, status: int) -> None:
        """Answer `path` with a status."""
        self.pages[path] = lambda handler: answer(handler, status, b"no")


def answer(
    handler: Handler, status: int, body: bytes, kind: str = "text/html", **headers: str
) -> None:
    """A whole answer; `content_type` in `headers` becomes `content-type`."""
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def serving() -> Iterator[Site]:
    """Serve a site until the end of the block."""
    site = Site()

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            page = site.pages.get(self.path)
            try:
                if page is None:
                    answer(self, 404, b"nothing here")
                else:
                    page(self)
            except OSError:
                return  # the reader has gone

        def log_message(self, format: str, *args: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        server.daemon_threads = True
        site.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


def fetcher(site: Site | None = None, **knobs: object) -> Fetcher:
    """A fetcher that may ask the site, and waits for nobody."""
    allowed = {"fetch_allow": site.host} if site else {}
    settings = Settings.model_validate(
        {"fetch_delay_seconds": 0.0, "fetch_feed_seconds": 0.0} | allowed | knobs
    )
    return Fetcher(settings)
