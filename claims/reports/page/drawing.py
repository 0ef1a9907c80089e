"""Where the boxes and lines of drawings stand: chains as a small graph, lanes of a timeline.

Plain numbers; the template makes SVG of them. Lengths are in pixels of the drawing.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from claims.reports.positions import Position
from claims.reports.weighing import Stand

BOX, GAP, LINE, PAD, ROW = 108, 24, 13, 6, 8
_CHARACTERS, _LINES = 17, 3  # of a name in a box
LANE, LANE_HEIGHT, MARGIN = 320, 22, 8


@dataclass(frozen=True, slots=True)
class Box:
    """A link of a chain. `kind`: `origin`, `carrier` or `outlet`."""

    name: str
    kind: str
    lines: tuple[str, ...]
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Edge:
    """Words that go from one box to the next: an SVG path."""

    path: str
    position: str
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """The chains of one claim, drawn from left (who knows) to right (who prints)."""

    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    width: float
    height: float


def chain_graph(stands: Sequence[Stand]) -> Graph:
    """Speakers on the left, outlets on the right, whoever passes the words on in between.

    A name is one box, as far from the outlets as its longest way to one is. What an outlet states
    itself goes nowhere: its box stands alone.
    """
    steps: dict[tuple[str, str], list[Stand]] = {}
    names: dict[str, int] = {}
    for stand in stands:
        for name in stand.chain:
            names.setdefault(name, 0)
        for a, b in zip(stand.chain, stand.chain[1:], strict=False):
            steps.setdefault((a, b), []).append(stand)
    layers = _layers(names, steps)
    outlets = {stand.chain[-1] for stand in stands}
    last = max(layers.values(), default=0)
    for name in outlets:
        if not any(a == name for a, _ in steps):
            layers[name] = last
    boxes = _boxes(layers, outlets, {b for _, b in steps})
    edges = tuple(
        Edge(_curve(boxes[a], boxes[b]), position, all(s.is_doubtful for s in held))
        for (a, b), found in steps.items()
        for position, held in _by_position(found)
    )
    return Graph(
        tuple(boxes.values()),
        edges,
        (last + 1) * BOX + last * GAP,
        max((box.y + box.height for box in boxes.values()), default=0),
    )


def _layers(names: Iterable[str], steps: Iterable[tuple[str, str]]) -> dict[str, int]:
    """How many boxes stand before each name; circles (A cites B, B cites A) end after one round."""
    layers = dict.fromkeys(names, 0)
    held = list(steps)
    for _ in range(len(layers)):
        moved = False
        for a, b in held:
            if layers[b] <= layers[a] < len(layers) - 1:
                layers[b] = layers[a] + 1
                moved = True
        if not moved:
            break
    used = sorted(set(layers.values()))
    return {name: used.index(layer) for name, layer in layers.items()}


def _boxes(layers: dict[str, int], outlets: set[str], reached: set[str]) -> dict[str, Box]:
    heights: dict[int, float] = {}
    boxes = {}
    for name, layer in layers.items():
        lines = tuple(
            textwrap.wrap(
                " ".join(name.split()), _CHARACTERS, max_lines=_LINES, placeholder="…",
                break_on_hyphens=False,
            )
        ) or ("–",)  # fmt: skip
        height = len(lines) * LINE + 2 * PAD
        y = heights.get(layer, 0.0)
        heights[layer] = y + height + ROW
        kind = "outlet" if name in outlets else "carrier" if name in reached else "origin"
        boxes[name] = Box(name, kind, lines, layer * (BOX + GAP), y, height)
    tallest = max((h - ROW for h in heights.values()), default=0)
    return {
        name: Box(
            box.name, box.kind, box.lines, box.x,
            box.y + (tallest - heights[layers[name]] + ROW) / 2, box.height,
        )
        for name, box in boxes.items()
    }  # fmt: skip


def _curve(a: Box, b: Box) -> str:
    x, y = a.x + BOX, a.y + a.height / 2
    u, v = b.x, b.y + b.height / 2
    bend = max((u - x) / 2, GAP / 2)
    return f"M{x:.0f} {y:.1f}C{x + bend:.0f} {y:.1f} {u - bend:.0f} {v:.1f} {u:.0f} {v:.1f}"


def _by_position(stands: Sequence[Stand]) -> list[tuple[str, list[Stand]]]:
    return [
        (position.value, held)
        for position in Position
        if (held := [s for s in stands if s.position is position])
    ]


@dataclass(frozen=True, slots=True)
class Dot:
    """All who stand alike on one day, by one of them."""

    x: float
    stand: Stand


@dataclass(frozen=True, slots=True)
class Scale:
    """Days as places on a lane, in proportion to the time between them."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Place of a day, in pixels from the left."""
        days = (self.last - self.first).days
        share = (day - self.first).days / days if days else 0.5
        return MARGIN + share * (LANE - 2 * MARGIN)


def scale_of(stands: Iterable[Stand]) -> Scale | None:
    """A scale for the days of these members; None where no article is dated."""
    days = [stand.day for stand in stands if stand.day]
    return Scale(min(days), max(days)) if days else None


def lane(stands: Iterable[Stand], scale: Scale) -> tuple[Dot, ...]:
    """Where sources stand on each day, in order; what would hide each other stands aside."""
    dots: list[Dot] = []
    free = 0.0
    shown = {(s.day, s.position, s.is_doubtful): s for s in stands if s.day}
    for stand in sorted(shown.values(), key=lambda s: s.day or date.min):
        assert stand.day is not None
        x = max(scale.x(stand.day), free)
        dots.append(Dot(x, stand))
        free = x + 11
    over = dots[-1].x - (LANE - MARGIN) if dots else 0
    return tuple(Dot(dot.x - max(over, 0), dot.stand) for dot in dots)
