"""How soon the first item of the queue stands on the screen: `python -m benchmarks.desk`.

Makes stores of 500 and 50,000 queued attributions (`--folder` keeps them), then measures, each in a
process of its own and after imports, from the opening of the database to the first screen that is
drawn. Prints the median and the slowest of `--times`, and the processor's time, which a busy
machine doesn't lengthen.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ITEMS = (500, 50_000)


def make(path: Path, number: int) -> None:
    """A store with so many attributions in the queue; nobody in it is real."""
    from claims.store import open_store
    from tests.review.making import many

    with open_store(str(path)) as store:
        many(store, number, a_text=50)
        store.refresh()


def once(path: str) -> tuple[float, float]:
    """Seconds until the first item stands on the screen: by the clock, and of the processor."""
    from claims.review.screen import ReviewApp
    from claims.review.session import Session
    from claims.store import open_store
    from claims.store.queue_rows import Wanted

    begun, used = time.perf_counter(), time.process_time()
    store = open_store(path, create=False)
    app = ReviewApp(Session(store, Wanted(reviewer="bench")))

    async def run() -> tuple[float, float]:
        async with app.run_test(size=(80, 24)):
            while app.session.view is None or "said" not in _shown(app):
                await asyncio.sleep(0.001)
            return time.perf_counter() - begun, time.process_time() - used

    taken = asyncio.run(run())
    app.session.leave()
    store.close()
    return taken


def _shown(app: object) -> str:
    strips = app.screen._compositor.render_strips()  # type: ignore[attr-defined]
    return "".join(segment.text for strip in strips for segment in strip)


def main() -> None:
    """Measure, or be measured (`--once`)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--once", metavar="DATABASE")
    given = parser.parse_args()
    if given.once:
        print(*once(given.once))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(exist_ok=True)
        for number in ITEMS:
            path = folder / f"{number}.db"
            if not path.exists():
                begun = time.perf_counter()
                make(path, number)
                print(f"{number:,} items made in {time.perf_counter() - begun:.0f} s")
            command = [sys.executable, "-m", "benchmarks.desk", "--once", str(path)]
            found = [[float(part) for part in _run(command).split()] for _ in range(given.times)]
            clock, processor = zip(*found, strict=True)
            print(
                f"{number:>6,} queued: {median(clock):.3f} s, at most {max(clock):.3f} s;"
                f" of the processor {median(processor):.3f} s"
            )


def _run(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
