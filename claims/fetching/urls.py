"""Which URLs may be asked for, and their parts; nothing here touches the network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote, urljoin, urlsplit

from claims.errors import FetchError

_PORTS = {"http": 80, "https": 443}
_LONGEST = 4096
_FIRST_FREE_PORT = 1024
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*\.?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_UNSAFE = re.compile(r"[\x00-\x20\x7f]")
# What may stand unquoted in path and query (RFC 3986), and "%" of what is quoted already.
_KEPT = "/?:@!$&'()*+,;=-._~%[]"


@dataclass(frozen=True, slots=True)
class Url:
    """A URL that may be asked for; `host` is a name in ASCII or an address without brackets."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def netloc(self) -> str:
        """Host and port as the `Host` header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.netloc}"

    def __str__(self) -> str:
        """The whole."""
        return self.origin + self.path

    def names(self, allowed: frozenset[str]) -> bool:
        """Whether its host, or host and port, is among those `allowed`."""
        return bool({self.host, self.netloc, f"{self.host}:{self.port}"} & allowed)


def parse(given: str, base: Url | None = None) -> Url:
    """Read a URL, without its fragment; one relative to `base` is made whole.

    Raises:
        FetchError: for another scheme, a name or password in it, a host that is a number in
            disguise (`0x7f.1`), a port of another service, and what is no URL.
    """
    words = given.strip()
    try:
        if len(words) > _LONGEST or _UNSAFE.search(words):
            raise ValueError("it is too long or has control characters or spaces")
        parts = urlsplit(urljoin(str(base), words) if base else words)
        port = parts.port
    except ValueError as error:
        raise _refused(given, f"can't be read as a URL ({error})") from error
    if parts.scheme not in _PORTS:
        raise _refused(given, "is no http or https URL")
    if "@" in parts.netloc:
        raise _refused(given, "has a user name or password in it")
    if port is not None and port < _FIRST_FREE_PORT and port not in _PORTS.values():
        raise _refused(given, f"has port {port}, which is none of the web")
    path = quote(parts.path or "/", safe=_KEPT, errors="replace")
    query = f"?{quote(parts.query, safe=_KEPT, errors='replace')}" if parts.query else ""
    host = _host(parts.hostname or "", given)
    return Url(parts.scheme, host, port or _PORTS[parts.scheme], path + query)


def _host(name: str, given: str) -> str:
    """The host in ASCII; an address in its usual form."""
    if ":" in name:
        try:
            if "%" in name:
                raise AddressValueError("a zone")
            return str(IPv6Address(name))
        except AddressValueError as error:
            raise _refused(given, "has a host that is no IPv6 address") from error
    try:
        ascii_name = name.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise _refused(given, "has a host that is no name") from error
    last = ascii_name.rstrip(".").rpartition(".")[2]
    if _NUMBER.fullmatch(last):
        # A name can't end in a number, and systems read many forms of one as an address.
        try:
            return str(IPv4Address(ascii_name))
        except AddressValueError as error:
            raise _refused(given, "has a number for a host") from error
    if not _NAME.fullmatch(ascii_name):
        raise _refused(given, "has a host that is no name")
    return ascii_name


def _refused(given: str, why: str) -> FetchError:
    shown = given if len(given) <= 200 else given[:200] + "…"
    if "@" in shown:
        shown = re.sub(r"//[^/]*@", "//…@", shown)  # a password has no place in a message
    return FetchError(
        f"{shown}: {why}", repair="give a plain address, such as https://HOST/PATH", is_lasting=True
    )
