"""Where an article's story lies among its lines.

The story is the run of lines with the greatest sum of weights, in which sentences count for and
titles, links and captions against (the maximum subsequence of Pasternack & Roth, WWW 2009).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.documents.captions import caption_score
from claims.documents.credits import credit_score, is_stamp
from claims.documents.edges import closing_start
from claims.documents.furniture import furniture_score
from claims.documents.lines import Unit
from claims.records import BlockKind

FURNITURE = 4
"""Score from which a line is page furniture wherever it stands."""
CAPTION = 3
"""Score from which a line is a caption wherever it stands; one less outside the story."""
DOUBLED = 0.4
"""Share of the words in repeated lines above which repetition says nothing."""
LONG = 1500
"""Characters of a line above which it is nothing but prose."""


@dataclass(frozen=True, slots=True)
class Line:
    """A unit without its edges, with the scores of its shape and, once known, its kind."""

    unit: Unit
    caption: int = 0
    furniture: int = 0
    credit: int = 0
    twice: bool = False
    weight: float = 0.0
    kind: BlockKind | None = None


def measure(found: Sequence[Unit]) -> list[Line]:
    """Scores of each line's shape, and its weight, in words, for being part of the story."""
    repeated = _repeated(found)
    lines: list[Line] = []
    announced = False
    for i, unit in enumerate(found):
        before = found[i - 1] if i else None
        after = found[i + 1] if i + 1 < len(found) else None
        line = _scores(unit, twice=unit.plain in repeated)
        announced = _announces(before) or (announced and unit.bullet)
        lines.append(replace(line, weight=_weight(line, before, after, announced=announced)))
    return lines


def _repeated(found: Sequence[Unit]) -> frozenset[str]:
    """Lines that the text has more than once; none if it is the whole text that is doubled."""
    counts = Counter(unit.plain for unit in found)
    words = sum(unit.words for unit in found)
    twice = sum(unit.words for unit in found if counts[unit.plain] > 1)
    if twice > DOUBLED * words:
        return frozenset()
    return frozenset(line for line, count in counts.items() if count > 1)


def _scores(unit: Unit, *, twice: bool) -> Line:
    if unit.end - unit.start > LONG:
        return Line(unit)
    caption = caption_score(unit.text)
    caption += bool(caption) and twice
    furniture = furniture_score(unit.text)
    furniture += 2 * (bool(furniture) and twice)
    credit = credit_score(unit.text)
    if credit < 2 and caption < 2 and is_stamp(unit.text):
        furniture, credit = max(furniture, FURNITURE), 0
    return Line(unit, caption, furniture, credit, twice)


def _announces(unit: Unit | None) -> bool:
    """Whether `unit` leads up to a list: "It has three demands:"."""
    return unit is not None and unit.text.endswith(":") and unit.words > 3


def _weight(line: Line, before: Unit | None, after: Unit | None, *, announced: bool) -> float:
    """In words, how much a line speaks for being in the story, or against it."""
    unit = line.unit
    if line.furniture >= FURNITURE:
        return -8.0 if any(c.isalpha() for c in unit.text) else -1.0
    if line.caption >= CAPTION or line.credit == 2:
        return -5.0
    words = float(unit.words)
    if line.twice and words >= 8 and ended(unit):
        return -1.0  # a story seldom says a sentence twice; the page around it does
    if ended(unit):
        return words + 6 if words >= 6 else 2.0
    if unit.text.endswith(":"):
        weight = words
    elif words >= 25:
        weight = words / 4
    elif broken_off(before, unit) or broken_off(unit, after):
        weight = words / 2
    else:
        weight = -1.0 if announced else -6.0
    return weight


def ended(unit: Unit) -> bool:
    """Whether its prose is a whole sentence, a closing credit apart."""
    return unit.ends or closing_start(unit.text, last=True) < len(unit.text)


def broken_off(unit: Unit | None, after: Unit | None) -> bool:
    """Whether `after` goes on with a sentence that `unit` breaks off."""
    if unit is None or after is None or unit.words < 4:
        return False
    last = unit.text[-1]
    return (last.isalnum() or last in ",—–-") and after.text[0].islower()


def story(lines: Sequence[Line]) -> tuple[int, int]:
    """Half-open range of the lines that make the story: the run of the greatest weight."""
    best, total = 0.0, 0.0
    start, found = 0, (0, 0)
    for i, line in enumerate(lines):
        if total <= 0:
            start, total = i, 0.0
        total += line.weight
        if total > best:
            best, found = total, (start, i + 1)
    return _widen(lines, *found) if found != (0, 0) else _bare_story(lines)


def _bare_story(lines: Sequence[Line]) -> tuple[int, int]:
    """Of a text without one whole sentence: all after its first line that no shape rules out."""
    rest = [
        i
        for i, line in enumerate(lines)
        if line.furniture < FURNITURE and line.caption < CAPTION and line.credit < 2
    ]
    if not rest:
        return len(lines), len(lines)
    return (rest[1] if len(rest) > 1 else rest[0]), rest[-1] + 1


def _widen(lines: Sequence[Line], low: int, high: int) -> tuple[int, int]:
    """Take in a last line that lacks its full stop but is written as a sentence."""
    if high == len(lines) - 1:
        line = lines[high]
        small = sum(word[0].islower() for word in line.unit.text.split())
        plainly = line.furniture == line.caption == line.credit == 0 and not line.unit.bullet
        if plainly and line.unit.words >= 8 and small * 2 >= line.unit.words:
            return low, high + 1
    return low, high
