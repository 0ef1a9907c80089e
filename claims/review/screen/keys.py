"""The keys of the application, in one place: for the screen, its last line, and the help."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the main screen: what Textual calls it, the action, how it is shown, what it does.

    `short` stands in the last line of the screen; keys without one are in the help only.
    """

    keys: str
    action: str
    shown: str
    does: str
    short: str = ""


DECIDING = (
    Key("enter,a", "accept", "Enter a", "it is right as shown (with what is staged)", "accept"),
    Key("r", "reject", "r", "it is no attribution, or no claim", "reject"),
    Key("u", "unsure", "u", "it can't be told; others are asked", "unsure"),
    Key("k", "take_other", "k", "of two readings that disagree, take the second"),
    Key("full_stop", "note", ".", "a note that goes with the next decision", "note"),
    Key("z", "undo", "z", "take the last decision of this session back", "undo"),
)
CORRECTING = (
    Key("s", "choose('stance')", "s", "stance, then its number", "stance"),
    Key("t", "choose('act')", "t", "act, then its number", "act"),
    Key("f", "choose('framing')", "f", "framing, then its number"),
    Key("w", "speaker", "w", "speaker: type a name, UNNAMED: words, NONE, AUTHOR", "speaker"),
    Key("e", "spans", "e", "move the ends of source, cue and content", "spans"),
    Key("S", "choose('stance', True)", "S T F W E", "the same, staged: Enter writes all at once"),
    Key("T", "choose('act', True)", "", ""),
    Key("F", "choose('framing', True)", "", ""),
    Key("W", "speaker(True)", "", ""),
    Key("E", "spans(True)", "", ""),
    Key("escape", "drop", "Esc", "drop what is staged, and the note"),
)
RECORD = (
    Key("m", "add", "m", "add what the model missed", "missed"),
    Key("c", "complete(False)", "c", "this sentence is complete: all it says is in the record"),
    Key("C", "complete(True)", "C", "the article is complete"),
    Key("g", "claim", "g", "the claim: merge, split, reword, confirm", "claim"),
    Key("o", "article", "o", "the whole article with all its items", "article"),
)
MOVING = (
    Key("n,right", "next", "n →", "next, without a decision", "next"),
    Key("b,left", "back", "b ←", "the one before", "back"),
    Key("slash", "search", "/", "search words and speakers, and go there", "search"),
    Key("R", "restart", "R", "at the end: once more through what was passed over"),
    Key("up", "scroll(-1)", "↑ ↓", "scroll the passage"),
    Key("down", "scroll(1)", "", ""),
    Key("pageup", "scroll_context(-1)", "PgUp PgDn", "scroll claim and decisions"),
    Key("pagedown", "scroll_context(1)", "", ""),
    Key("D", "light", "D", "light or dark"),
    Key("question_mark", "help", "?", "these keys", "help"),
    Key("q,ctrl+q,ctrl+c", "leave", "q", "leave; what was decided is kept", "quit"),
)
GROUPS = (
    ("Deciding", DECIDING),
    ("Correcting", CORRECTING),
    ("The record", RECORD),
    ("Moving", MOVING),
)
LAST_LINE = ("a", "r", "u", "s", "?", "w", "e", "n", "b", "z", "m", "g", "o", ".", "/", "t", "q")
"""What the last line names, the most needed first: as many as fit."""


def short(width: int) -> list[tuple[str, str]]:
    """(key, what it does) for the last line of a screen of this width; `?` is always among them."""
    named = {key.shown.split()[-1]: key for _, keys in GROUPS for key in keys if key.short}
    named |= {"n": _by_action("next"), "b": _by_action("back")}
    sizes = {sign: len(sign) + len(named[sign].short) + 3 for sign in LAST_LINE}
    found: list[str] = []
    left = width - sizes["?"]
    for sign in LAST_LINE:
        if sign != "?":
            left -= sizes[sign]
        if left < 0:
            break
        found.append(sign)
    if "?" not in found:
        found.append("?")
    return [(sign, named[sign].short) for sign in found]


def _by_action(action: str) -> Key:
    return next(key for _, keys in GROUPS for key in keys if key.action == action)
