"""Headless Chromium for tests: opens a page in frames of given widths, and says what it saw."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# A frame is as wide as a phone, which a window of its own can't be: browsers have a least width.
HARNESS = """<!doctype html><meta charset="utf-8"><title>frames</title><body><pre id="out"></pre>
<script>
const widths = %s, seen = [];
let left = widths.length;
function look(frame, place) {
  const page = frame.contentDocument, root = page.documentElement;
  const box = node => node.getBoundingClientRect();
  const outside = [...page.body.querySelectorAll("*")].filter(node =>
    box(node).right > root.clientWidth + 1 && !node.closest(".matrix, .chains, .vh, nav"));
  seen[place] = {
    width: root.clientWidth, content: root.scrollWidth,
    outside: outside.slice(0, 5).map(node => node.outerHTML.slice(0, 120)),
    broken: [...page.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute("href"))
      .filter(href => !page.getElementById(href.slice(1))),
    links: page.querySelectorAll('a[href^="#"]').length,
    loaded: frame.contentWindow.performance.getEntriesByType("resource").map(e => e.name),
    background: getComputedStyle(page.body).backgroundColor,
    color: getComputedStyle(page.body).color,
    soft: getComputedStyle(page.querySelector(".caution")).color,
    marks: ["asserts", "opposes", "hedges"].map(name => {
      const mark = page.querySelector(".key .mk." + name);
      return mark && [getComputedStyle(mark).color, getComputedStyle(mark).backgroundColor];
    }),
  };
  if (--left === 0)
    document.getElementById("out").textContent = JSON.stringify(seen);
}
for (const [place, width] of widths.entries()) {
  const frame = document.createElement("iframe");
  frame.style = `width:${width}px;height:900px;border:0;display:block`;
  frame.onload = () => look(frame, place);
  frame.src = "page.html";
  document.body.append(frame);
}
</script>"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What each frame measured, and what the browser wrote to its console."""

    frames: list[dict[str, Any]]
    console: list[str]


def find_browser() -> str | None:
    """A browser's command; None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def look(browser: str, page: str, folder: Path, widths: list[int], *, dark: bool = False) -> Seen:
    """Open a page in one frame a width, light or dark, without any network."""
    (folder / "page.html").write_text(page, encoding="utf-8")
    (folder / "frames.html").write_text(HARNESS % json.dumps(widths), encoding="utf-8")
    done = subprocess.run(
        [
            browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--no-first-run", "--hide-scrollbars", "--disable-extensions",
            "--disable-background-networking",
            "--host-resolver-rules=MAP * ~NOTFOUND", "--allow-file-access-from-files",
            "--enable-logging=stderr", "--virtual-time-budget=5000", "--window-size=1400,1000",
            f"--blink-settings=preferredColorScheme={0 if dark else 1}",
            f"--user-data-dir={folder / 'profile'}", "--dump-dom",
            (folder / "frames.html").as_uri(),
        ],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    found = re.search(r'<pre id="out">(.*?)</pre>', done.stdout, re.S)
    assert found is not None, done.stderr
    assert found[1], done.stderr
    console = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    return Seen(json.loads(html.unescape(found[1])), console)
