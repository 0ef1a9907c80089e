"""Agreement of editors in a terminal and as JSON-able data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims.review.agreement import Agreement, Disagreement
from claims.terminal import one_line, plain

Data = dict[str, Any]


def agreement_data(one: Agreement) -> Data:
    """One label."""
    return {
        "label": one.label,
        "items": one.items,
        "share": one.share,
        "alpha": one.alpha,
        "kappa": [
            {"editors": [a, b], "items": items, "kappa": value} for a, b, items, value in one.kappa
        ],
    }


def disagreement_data(one: Disagreement) -> Data:
    """One item with who says what."""
    return {
        "item": str(one.item),
        "differs": {label: dict(by) for label, by in one.differs},
    }


def print_agreement(console: Console, found: Sequence[Agreement]) -> None:
    """A row per label; κ of each two editors under it."""
    if not any(one.items for one in found):
        console.print("No item was decided on by two editors yet.")
        return
    table = Table.grid(padding=(0, 2))
    for title in ("Label", "Items", "Agree", "Alpha", "Kappa"):
        table.add_column(title, justify="left" if title in ("Label", "Kappa") else "right")
    table.add_row(*(Text(t, "underline") for t in ("Label", "Items", "Agree", "Alpha", "Kappa")))
    for one in found:
        pairs = ", ".join(f"{a} and {b} {_figure(value)}" for a, b, _, value in one.kappa)
        table.add_row(
            one.label,
            f"{one.items:,}",
            "-" if one.share is None else f"{one.share:.0%}",
            _figure(one.alpha),
            plain(one_line(pairs)),
        )
    console.print(table)


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def print_disagreements(console: Console, found: Sequence[Disagreement]) -> None:
    """The items on which editors differ, one a line with who says what."""
    if not found:
        console.print("No two editors differ.")
    for one in found:
        differs = "; ".join(
            f"{label}: " + ", ".join(f"{editor} {value}" for editor, value in by)
            for label, by in one.differs
        )
        console.print(plain(one_line(f"{one.item}  {differs}")), soft_wrap=True)
