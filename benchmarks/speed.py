"""Words per CPU-second of `claims extract` and of textacy, measured in turns.

usage: python benchmarks/speed.py [PATH ...] [--textacy-python PYTHON] [--rounds N] [--words N]
                                  [--model NAME] [--threads N] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "seeds" / "articles"


class Side:
    """One side in its own process; see `sides`."""

    def __init__(self, name: str, python: str, settings: dict[str, Any]) -> None:
        """Start the process and load its model."""
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        if settings["threads"]:
            environment |= {"OMP_NUM_THREADS": str(settings["threads"])}
        try:
            self._process = subprocess.Popen(
                [python, str(Path(__file__).with_name("sides.py")), name],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                env=environment,
            )
        except OSError as error:
            sys.exit(f"{name}: there is no interpreter {python} ({error.strerror})")
        self.rounds: list[dict[str, float]] = []
        ready = self.ask(json.dumps(settings))
        self.title, self.loading = ready["name"], ready["cpu"]

    def run(self, *, keep: bool) -> None:
        """Read all texts once."""
        answer = self.ask("go")
        if keep:
            self.rounds.append(answer)

    def close(self) -> None:
        """Let the process end."""
        self._process.communicate()

    def figures(self, words: int) -> dict[str, Any]:
        """Median over the rounds, with the slowest and the fastest."""
        speeds = sorted(words / r["cpu"] for r in self.rounds)
        return {
            "side": self.title,
            "loading_cpu_seconds": round(self.loading, 2),
            "words_per_cpu_second": round(median(speeds)),
            "slowest": round(speeds[0]),
            "fastest": round(speeds[-1]),
            "words_per_second": round(median(words / r["wall"] for r in self.rounds)),
            "found": int(self.rounds[-1]["found"]),
        }

    def ask(self, line: str) -> dict[str, Any]:
        """Hand a line to the process (see `sides` for the tasks) and wait for its answer."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the process has no pipes")
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            sys.exit("One side ended early; its message stands above.")
        answer = self._process.stdout.readline()
        if not answer:
            sys.exit("One side ended early; its message stands above.")
        result: dict[str, Any] = json.loads(answer)
        return result


def read_texts(paths: Sequence[Path], at_least: int) -> list[str]:
    """The readable blocks of the articles under `paths`, repeated up to so many words.

    Captions, credits and navigation are left out beforehand, so that both sides read the same
    words.
    """
    from claims.documents import read
    from claims.errors import DocumentError

    texts = []
    for document in read(paths):
        if isinstance(document, DocumentError):
            print(f"left out: {document}", file=sys.stderr)
            continue
        blocks = [document.text[b.start : b.end] for b in document.blocks if b.kind.is_read]
        if blocks:
            texts.append("\n\n".join(blocks))
    if not texts:
        sys.exit("No article could be read.")
    words = sum(len(text.split()) for text in texts)
    return texts * max(1, -(-at_least // words))


def default_paths() -> list[Path]:
    """The sample articles; their gold is no article."""
    return sorted(SAMPLES.iterdir())


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Both sides in turns, after one round of each that does not count."""
    texts = read_texts(options.paths or default_paths(), options.words)
    words = sum(len(text.split()) for text in texts)
    settings = {"texts": texts, "model": options.model, "threads": options.threads}
    pythons = {"claims": sys.executable, "textacy": options.textacy_python}
    sides = {name: Side(name, pythons[name], settings) for name in options.side or pythons}
    for number in range(options.rounds + 1):
        for side in sides.values():
            side.run(keep=number > 0)
    for side in sides.values():
        side.close()
    figures = {name: side.figures(words) for name, side in sides.items()}
    result = {"words": words, "texts": len(texts), "rounds": options.rounds, "sides": figures}
    if len(figures) == 2:
        ours, theirs = (figures[n]["words_per_cpu_second"] for n in ("claims", "textacy"))
        result["ratio"] = round(ours / theirs, 2)
    return result


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Words per CPU-second, claims beside textacy.")
    parser.add_argument("paths", nargs="*", type=Path, help="articles; default: the samples")
    parser.add_argument(
        "--textacy-python",
        default=sys.executable,
        help="interpreter of the environment with benchmarks/requirements.txt",
    )
    parser.add_argument("--side", action="append", choices=["claims", "textacy"], help="only this")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--words", type=int, default=20_000, help="repeat the texts up to so many")
    parser.add_argument("--model", default="minilm")
    parser.add_argument("--threads", type=int, default=1, help="0: as many as there are cores")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    options = arguments()
    result = measure(options)
    if options.json:
        print(json.dumps(result))
        return
    print(f"{result['words']} words in {result['texts']} texts, {result['rounds']} rounds")
    for side in result["sides"].values():
        print(f"\n{side.pop('side')}")
        for name, value in side.items():
            print(f"  {name.replace('_', ' '):22s} {value}")
    if "ratio" in result:
        print(f"\nclaims / textacy, words per CPU-second: {result['ratio']}")


if __name__ == "__main__":
    main()
