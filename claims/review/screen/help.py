"""The help overlay: all keys, and what the signs mean."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from claims.review.screen.keys import GROUPS
from claims.review.telling import WHY

READING = (
    ("< > { } [ ]", "source, cue and content in the passage"),
    ("+ ~ − ?", "of a claim: asserts, hedges, opposes, uncommitted; ► is this item"),
    ("*", "a staged correction"),
)
SPANS = (
    ("Tab", "the next end; Shift+Tab the one before"),
    ("← →", "move it by a word; with Shift by a character"),
    ("n Del", "another span of this role; take this one away"),
    ("click, drag", "put the end there; mark the span anew"),
    ("Enter Esc", "done; leave it as it was"),
)
ADDING = (
    ("← → ↑ ↓", "go by words and lines"),
    ("Space", "begin a span, and end it; then the next role"),
    ("Tab", "the next role: a source may be left out"),
    ("drag", "mark the span"),
    ("Bksp", "take the role's spans away"),
    ("Enter", "done; then stance and speaker"),
)


def help_text() -> Text:
    """All of it."""
    told = Text()
    for title, keys in GROUPS:
        _group(told, title, [(key.shown, key.does) for key in keys if key.shown])
    _group(told, "Moving ends (e)", SPANS)
    _group(told, "Adding (m)", ADDING)
    _group(told, "Signs", READING)
    _group(told, "Why an item is here", [(name, words) for name, words in WHY.items() if name])
    told.right_crop(1)
    return told


def _group(told: Text, title: str, rows: Sequence[tuple[str, str]]) -> None:
    told.append(f"\n{title}\n", "bold underline")
    for shown, does in rows:
        told.append(f"  {shown:15}", "bold").append(f"{does}\n")
