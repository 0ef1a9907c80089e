"""What the owner of a site asks robots not to read (RFC 9309)."""

from __future__ import annotations

import time
from dataclasses import dataclass
from urllib.robotparser import RobotFileParser

AGENT = "claims"
"""Name under which `robots.txt` may speak to this program."""
_DAY = 24 * 3600
_LONGEST_DELAY = 30.0
_MOST_BYTES = 512_000


@dataclass(frozen=True, slots=True)
class Rules:
    """The `robots.txt` of one site, as it was at a moment of `time.monotonic`."""

    parser: RobotFileParser
    read_at: float

    @property
    def is_fresh(self) -> bool:
        """Whether it needn't be asked for again."""
        return time.monotonic() - self.read_at < _DAY

    def allows(self, url: str) -> bool:
        """Whether this program may read the page."""
        return self.parser.can_fetch(AGENT, url)

    @property
    def delay(self) -> float:
        """Seconds between requests that the site asks for, within reason."""
        asked = self.parser.crawl_delay(AGENT)
        try:
            return max(0.0, min(float(asked or 0), _LONGEST_DELAY))
        except ValueError:
            return 0.0


def rules_of(status: int, body: bytes) -> Rules | None:
    """The rules in the answer to a request for `robots.txt`.

    A site without one allows everything; None where the site has trouble, and nothing may be
    assumed.
    """
    if status == 429 or status >= 500:
        return None
    parser = RobotFileParser()
    text = body[:_MOST_BYTES].decode("utf-8", "replace") if status == 200 else ""
    parser.parse(text.lstrip("\ufeff").splitlines())
    return Rules(parser, time.monotonic())
