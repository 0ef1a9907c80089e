"""How the cost of grouping grows: `python benchmarks/grouping.py [SIZES…]` (1000 10000 by default).

Statements come from a generator that varies actors, acts, places, numbers and days, and restates
each event a few times, so that claims have several members and near neighbours that are others.
Each step is timed by itself; the last column is the time a statement, as a ratio to that of the
smallest size: near-linear is a ratio that stays near 1.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from claims.matching import matcher
from claims.matching.grouping import group
from claims.matching.statements import Statement, read_statements
from claims.records import Act, Attribution, Framing, Span, Stance

GIVEN = ("Ada", "Boris", "Clara", "Dario", "Elin", "Faro", "Greta", "Hugo", "Iris", "Jonas", "Kira")
SYLLABLES = ("bar", "dol", "fen", "gar", "hal", "kor", "lin", "mer", "nor", "pal", "ros", "tam")
ACTS = (
    ("closed", "the {} bridge"),
    ("signed", "a contract worth {} million crowns for the {} plant"),
    ("sent", "{} inspectors to {}"),
    ("lost", "{} boats in the storm off {}"),
    ("will build", "{} flats in {}"),
    ("raised", "the price of water in {} by {} percent"),
    ("met", "the governor of {} on the {} of the month"),
    ("stopped", "the shipment of {} tonnes of grain to {}"),
)
FORMS = (
    "{who} {act} {what}",
    "{what} was what {who} {act}",
    "it is true that {who} {act} {what}",
    "{who} never {act} {what}",
)


def name(chooser: random.Random, parts: int = 2) -> str:
    """A made-up name."""
    return "".join(chooser.choice(SYLLABLES) for _ in range(parts)).capitalize()


def statements(count: int, seed: int = 1) -> list[Statement]:
    """`count` statements, about four an event, three an article."""
    found: list[Statement] = []
    for number, (text, attributions, day) in enumerate(_articles(count, random.Random(seed))):
        found += read_statements(number, text, attributions, published=day)
    return found[:count]


def _articles(count: int, chooser: random.Random) -> Iterator[tuple[str, list[Attribution], date]]:
    events: list[tuple[str, str, str, int]] = []
    made = 0
    while made < count:
        if not events or chooser.random() < 0.3:
            act, what = chooser.choice(ACTS)
            slots = [
                str(chooser.randint(2, 900)) if chooser.random() < 0.5 else name(chooser)
                for _ in range(what.count("{}"))
            ]
            who = f"{chooser.choice(GIVEN)} {name(chooser)}"
            events.append((who, act, what.format(*slots), chooser.randint(0, 3650)))
        text, attributions = "", []
        recent = events[-12:]
        for _ in range(3):
            who, act, what, _day = chooser.choice(recent)
            content = chooser.choice(FORMS).format(who=who, act=act, what=what)
            speaker = f"{chooser.choice(GIVEN)} {name(chooser)}"
            start = len(text)
            text += f"{speaker} said {content}. "
            cue = start + len(speaker) + 1
            attributions.append(
                Attribution(
                    (Span(start, cue - 1),),
                    (Span(cue, cue + 4),),
                    (Span(cue + 5, cue + 5 + len(content)),),
                    Stance.ASSERTS,
                    Act.STATEMENT,
                    Framing.NEUTRAL,
                    0.9,
                    speaker=speaker,
                )
            )
        made += 3
        yield text, attributions, date(2020, 1, 1) + timedelta(days=recent[-1][3])


def main(sizes: list[int]) -> None:
    """Print a row of seconds a size."""
    model = matcher.load()
    steps = ("read", "vectors", "compare", "group", "total")
    print("statements", *(f"{step:>8}" for step in steps), "    pairs   claims  per statement")
    first = 0.0
    for size in sizes:
        marks = [time.perf_counter()]
        made = statements(size)
        marks.append(time.perf_counter())
        vectors = model.vectors(made)
        marks.append(time.perf_counter())
        scores = model.compare(made, vectors)
        marks.append(time.perf_counter())
        asked = dict(enumerate(made))
        grouping = group(asked, scores, threshold=model.threshold, tilt=model.tilt)
        marks.append(time.perf_counter())
        seconds = [after - before for before, after in pairwise(marks)]
        each = sum(seconds) / len(made)
        first = first or each
        shown = " ".join(f"{step:>8.1f}" for step in (*seconds, sum(seconds)))
        counts = f"{len(scores):>9} {len(grouping.groups):>8} {each / first:>14.2f}"
        print(f"{len(made):>10} {shown} {counts}", flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1000, 10_000])
