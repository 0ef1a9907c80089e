"""Pages and feeds from the network: the only code of the program that touches one.

Nothing is asked for but what was named by an http(s) URL, and what a feed that was named lists. A
server's answer is hostile until it is read: time, size, redirects and kind are limited, and only
public addresses are connected to (`addresses`), each checked when it is used (`transport`).
"""

from __future__ import annotations

from claims.fetching.fetcher import Answer, Fetcher, Kind

__all__ = ["Answer", "Fetcher", "Kind"]
