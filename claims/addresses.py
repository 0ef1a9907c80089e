"""Addresses from outside that may be linked to, or named as evidence."""

from __future__ import annotations

from urllib.parse import urlsplit


def web_address(url: str | None) -> str | None:
    """`url` if it is a plain http or https address of a named host, else None.

    White space and control characters are refused, because browsers drop some of them before they
    read the scheme ("java\\nscript:").
    """
    if not url or not url.isprintable() or any(c.isspace() for c in url):
        return None
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and host and not parts.username else None
