"""The page in headless Chromium: on a phone and a desk, light and dark, offline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from claims.store import Store
from tests.reports.browser import find_browser, look
from tests.reports.conftest import html

BROWSER = find_browser()
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium here: apt-get install chromium, then test again"
)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(n) / 255 for n in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_page_fits_links_and_asks_for_nothing(
    filled: Store, tmp_path: Path, dark: bool
) -> None:
    assert BROWSER is not None
    seen = look(BROWSER, html(filled), tmp_path, [390, 1280], dark=dark)
    assert seen.console == []
    assert [frame["width"] for frame in seen.frames] == [390, 1280]
    for frame in seen.frames:
        assert frame["content"] <= frame["width"], frame["outside"]
        assert frame["outside"] == []
        assert frame["broken"] == []
        assert frame["links"] > 20
        assert frame["loaded"] == []
        assert (luminance(frame["background"]) < 0.1) is dark
        for words in (frame["color"], frame["soft"]):
            assert contrast(words, frame["background"]) >= 4.5
        for letter, ground in frame["marks"]:
            assert contrast(letter, ground) >= 4.5
