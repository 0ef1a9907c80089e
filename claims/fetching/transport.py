"""One request over one connection: resolve, check, connect to what was checked, read with limits.

A name is resolved once, and what is connected to is the very address that was checked, so that a
name server can't answer with another one in between (DNS rebinding). Host header, server name
indication and certificate go by the name. A watch ends what takes too long, however slowly bytes
drip in; the size is counted after unpacking, bit by bit, so that a small archive can't fill memory.
"""

from __future__ import annotations

import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from ipaddress import ip_address

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NameResolutionError
from urllib3.response import BaseHTTPResponse

from claims.errors import FetchError
from claims.fetching.addresses import is_public
from claims.fetching.urls import Url

# Its warnings print what a server sent, past the guard of the terminal.
logging.getLogger("urllib3").setLevel(logging.ERROR)

_CHUNK = 1 << 16
_MOST_ADDRESSES = 4
_ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate")
_NO_CERTIFICATE = "certificate"

Resolve = Callable[[str, int], list[str]]
"""The addresses of a name, as the system's resolver gives them."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how large an answer may be; `until` is a moment of `time.monotonic`."""

    connect_seconds: float
    read_seconds: float
    until: float
    size: int

    def left(self, url: Url) -> float:
        """Seconds until the end; `FetchError` where none are left."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise _too_slow(url)
        return left


@dataclass(frozen=True, slots=True)
class Response:
    """Status, headers (names in lower case) and unpacked body of one answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def resolve(host: str, port: int) -> list[str]:
    """Ask the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def get(
    url: Url,
    headers: Mapping[str, str],
    limits: Limits,
    *,
    allowed: frozenset[str],
    proxy: Url | None = None,
    resolver: Resolve = resolve,
) -> Response:
    """Ask for `url`, once and without following redirects.

    Raises:
        FetchError: for an address that isn't public and whose host isn't `allowed`, a failed
            connection, an answer that is too large, too slow or no HTTP.
    """
    failure: Exception | None = None
    if proxy:
        # It resolves names itself; what is an address already can be checked all the same.
        _check(url, _literal(url.host), allowed)
        addresses = [proxy.host]
    else:
        found = _resolved(url, limits, resolver)
        _check(url, found, allowed)
        addresses = found[:_MOST_ADDRESSES]
    for address in addresses:
        limits.left(url)
        connection = _connection(url, address, limits, proxy)
        try:
            with _ended_in_time(connection, url, limits) as watched:
                try:
                    connection.connect()
                    watched.sock = connection.sock
                except (HTTPError, HTTPException, OSError, ValueError) as error:
                    if _NO_CERTIFICATE in str(error).lower():
                        raise _unproven(url, error) from error
                    failure = error  # another address may answer
                    continue
                return _exchange(connection, url, headers, limits, proxy)
        finally:
            connection.close()
    raise _unreachable(url, failure) from failure


def _check(url: Url, addresses: Iterable[str], allowed: frozenset[str]) -> None:
    """Refuse a host with an address that isn't public: one of them condemns it."""
    if url.names(allowed):
        return
    for address in addresses:
        if not is_public(ip_address(address)):
            raise FetchError(
                f"{url}: {address} is no public address",
                repair=f"if {url.host} is yours: CLAIMS_FETCH_ALLOW={url.netloc}",
                is_lasting=True,
            )


def _literal(host: str) -> list[str]:
    """The host, if it is an address."""
    return [host] if ":" in host or host.rpartition(".")[2].isdecimal() else []


def _resolved(url: Url, limits: Limits, resolver: Resolve) -> list[str]:
    """Resolve in a thread of its own: the system's resolver knows no time limit."""
    answer: list[list[str] | Exception] = []

    def ask() -> None:
        try:
            answer.append(resolver(url.host, url.port))
        except (OSError, UnicodeError) as error:
            answer.append(error)

    thread = threading.Thread(target=ask, daemon=True, name="claims-resolver")
    thread.start()
    thread.join(min(limits.connect_seconds, limits.left(url)))
    found = answer[0] if answer else TimeoutError("its name server doesn't answer")
    if isinstance(found, Exception) or not found:
        raise _unreachable(url, found if isinstance(found, Exception) else None)
    return found


def _connection(url: Url, address: str, limits: Limits, proxy: Url | None) -> HTTPConnection:
    port = proxy.port if proxy else url.port
    timeout = min(limits.connect_seconds, limits.left(url))
    if url.scheme == "http":
        return HTTPConnection(address, port, timeout=timeout)
    secure = HTTPSConnection(
        address,
        port,
        timeout=timeout,
        ssl_context=ssl.create_default_context(),
        server_hostname=url.host,
    )
    if proxy:
        secure.set_tunnel(url.host, url.port, scheme="http")
    return secure


@dataclass(slots=True)
class _Watched:
    """A connection under watch. `sock` is set once it is open; a response may take it over."""

    connection: HTTPConnection
    sock: socket.socket | None = None
    is_over: bool = False

    def end(self) -> None:
        """Time is up: whoever reads from the socket has reached its end."""
        self.is_over = True
        sock = self.sock or self.connection.sock
        if sock is not None:
            try:
                # Not SSLSocket's own, which would take the encryption off under its reader.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
            except OSError:
                return


@contextmanager
def _ended_in_time(connection: HTTPConnection, url: Url, limits: Limits) -> Iterator[_Watched]:
    """Shut the connection's socket down at the end of the time."""
    watched = _Watched(connection)
    timer = threading.Timer(limits.left(url), watched.end)
    timer.daemon = True
    timer.start()
    try:
        yield watched
    except Exception as error:
        if watched.is_over:
            raise _too_slow(url) from error
        raise
    finally:
        timer.cancel()
    if watched.is_over:  # a body that was cut off may look complete
        raise _too_slow(url)


def _exchange(
    connection: HTTPConnection,
    url: Url,
    headers: Mapping[str, str],
    limits: Limits,
    proxy: Url | None,
) -> Response:
    connection.timeout = limits.read_seconds
    target = str(url) if proxy and url.scheme == "http" else url.path
    try:
        connection.request(
            "GET",
            target,
            headers={"Host": url.netloc, "Accept-Encoding": "gzip, deflate", **headers},
            preload_content=False,
            decode_content=True,
        )
        response = connection.getresponse()
        names = {name.lower(): value for name, value in response.headers.items()}
        try:
            body = _body(response, names, url, limits)
        finally:
            response.close()  # it may have taken the connection over
    except TimeoutError as error:
        raise _too_slow(url) from error
    except FetchError:
        raise
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        raise FetchError(
            f"{url}: the answer can't be read ({_reason(error)})", repair=_LATER
        ) from error
    return Response(response.status, names, body)


def _body(
    response: BaseHTTPResponse, headers: Mapping[str, str], url: Url, limits: Limits
) -> bytes:
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding not in _ENCODINGS:
        raise FetchError(
            f"{url}: is packed as {encoding[:40]}, which wasn't asked for", is_lasting=True
        )
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > limits.size:
        raise _too_large(url, limits)
    parts: list[bytes] = []
    size = 0
    while part := response.read1(_CHUNK):
        size += len(part)
        if size > limits.size:
            raise _too_large(url, limits)
        parts.append(part)
    return b"".join(parts)


_LATER = "try again later"


def _too_slow(url: Url) -> FetchError:
    return FetchError(
        f"{url}: takes too long to answer", repair="try later, or raise CLAIMS_FETCH_TOTAL_SECONDS"
    )


def _too_large(url: Url, limits: Limits) -> FetchError:
    return FetchError(
        f"{url}: is larger than {limits.size:,} bytes",
        repair="raise CLAIMS_FETCH_BYTES or CLAIMS_FETCH_FEED_BYTES if you trust it",
        is_lasting=True,
    )


def _unproven(url: Url, error: Exception) -> FetchError:
    return FetchError(
        f"{url}: its certificate isn't valid ({_reason(error)})",
        repair="if your network has an authority of its own: SSL_CERT_FILE=FILE.pem",
        is_lasting=True,
    )


def _unreachable(url: Url, error: Exception | None) -> FetchError:
    named = isinstance(error, (socket.gaierror, UnicodeError, NameResolutionError))
    what = "has no address" if named else "can't be reached"
    reason = f" ({_reason(error)})" if error else ""
    return FetchError(f"{url}: {url.host} {what}{reason}", repair="check the name and the network")


def _reason(error: Exception) -> str:
    """The last words of a chain such as `<HTTPSConnection(…)>: Failed to …: [Errno 111] …`."""
    inner = error
    while inner.__cause__ is not None and isinstance(inner.__cause__, Exception):
        inner = inner.__cause__
    strerror = getattr(inner, "strerror", None)
    words = str(strerror or inner) or type(inner).__name__
    return words.rpartition(">: ")[2][:200]
