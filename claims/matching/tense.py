"""Whether the clause about a time expression tells of what was or of what is to come.

News names days without their date: "Friday" is the last one where something happened and the
coming one where something will. Words about the expression decide, the nearest clause only.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Tense(StrEnum):
    """What the words about an expression say of its time; LATER: seen from a past day."""

    PAST = "past"
    FUTURE = "future"
    LATER = "later"
    OPEN = "open"


_REACH = 240
"""Characters on either side in which a clause's words are looked for."""
_TITLES = "".join(
    rf"(?<!\b{title})"
    for title in ("Mr", "Ms", "Mrs", "Dr", "St", "Gov", "Sen", "Rep", "Gen", "[A-Z]")
)
_EDGE = re.compile(
    rf"{_TITLES}[.!?]['\")\]”’]*\s+(?=[\"“‘'(\[]?[A-Z])|\n\s*\n|[;:“”\"]|\s[—–-]+\s|,"
    r"|\b(?:that|which|who|whom|whose|where|when|while|after|before|because|since|although|though"
    r"|but|if|unless|as)\b"
)
_IRREGULAR = (
    "said|told|was|were|had|did|met|held|left|went|came|took|gave|made|saw|spoke|began|won|lost"
    "|wrote|got|found|put|sent|sold|paid|led|ran|knew|thought|became|broke|brought|built|bought"
    "|caught|chose|drew|fell|fought|flew|grew|heard|hit|kept|rose|shot|showed|stood|struck|swore"
    "|taught|threw|withdrew|quit|drove|spent|felt"
)
_PAST_VERB = rf"(?:{_IRREGULAR}|[a-z]{{2,}}(?:[^e\W]ed|eed)|[a-z]+ied)"
_PLANNED = r"(?:expected|due|scheduled|planned|slated|set|poised|supposed|meant|likely|bound)"
_JUST_PAST = re.compile(
    rf"\b(?<!be )(?<!been )(?!{_PLANNED}\b){_PAST_VERB}"
    r"(?:\s+(?:[a-z]+ly|here|there|reporters|media))?"
    r"(?:\s+(?:on|in|late|early|back|earlier))*\s+$",
    re.I,
)
_JUST_PLANNED = re.compile(
    rf"(?P<past>\b(?:was|were|had been)\s+)?\b{_PLANNED}\s+(?:(?:for|on|in|by)\s+)*$", re.I
)
_FUTURE = re.compile(
    r"\b(?:will|shall|won['’]t|gonna)\b|['’]ll\b"
    rf"|\b(?:is|are|am|['’]s|['’]re|be|remains?)\s+(?:\w+\s+)?(?:{_PLANNED}|going|about)\s+(?:to|for)\b"
    r"|\b(?:plans?|intends?|hopes?|aims?|vows?|promises|wants?|needs?|prepar(?:es?|ing)"
    r"|planning|hoping|upcoming|has|have)\s+to\b|\bupcoming\b|\b(?:is|are)\s+[a-z]+ing\b"
    r"|\b(?:may|might|must|should|can)\s+(?!(?:not\s+|well\s+)?have\b)[a-z]+",
    re.I,
)
_LATER = re.compile(
    r"\bwould\s+(?!(?:not\s+)?have\b)"
    rf"|\b(?:was|were)\s+(?:\w+\s+)?(?:{_PLANNED}|going|about)\s+to\b|\b(?:was|were)\s+to\s+[a-z]+"
    r"|\b(?:planned|intended|hoped|promised|vowed|agreed)\s+to\b",
    re.I,
)
_PAST = re.compile(rf"\b{_PAST_VERB}\b")
# The plain present of a verb for what is on a calendar: "Voters meet on Friday".
_SCHEDULED = re.compile(
    r"\b(?:vote|hold|meet|speak|begin|start|open|head|travel|visit|face|resume|return|arrive|host"
    r"|expire|end|convene|gather)s\b|\b\w+s\s+(?:vote|hold|meet|speak|head|travel|gather|convene)\b"
)
_CUES = (
    (Tense.FUTURE, _FUTURE),
    (Tense.LATER, _LATER),
    (Tense.PAST, _PAST),
    (Tense.FUTURE, _SCHEDULED),
)


def tense_at(text: str, start: int, end: int, low: int, high: int) -> Tense:
    """Tense of the clause about `text[start:end]`; OPEN where its words don't tell.

    Looks no further than the sentence, and only at `text[low:high]`.
    """
    before, after = _clause(text, start, end, low, high)
    if _JUST_PAST.search(before):
        return Tense.PAST
    if planned := _JUST_PLANNED.search(before):
        return Tense.LATER if planned["past"] else Tense.FUTURE
    found = (tense for words in (before, after) for tense, cue in _CUES if cue.search(words))
    return next(found, Tense.OPEN)


def _clause(text: str, start: int, end: int, low: int, high: int) -> tuple[str, str]:
    """Words of the clause before and behind `text[start:end]`.

    A comma right behind an expression that opens its clause ("On Friday, talks will …") and one
    right before it end nothing.
    """
    before, cut = text[max(low, start - _REACH) : start], 0
    for edge in _EDGE.finditer(before):
        if edge.group() != "," or before[edge.end() :].strip():
            cut = edge.end()
    before = before[cut:]
    after = text[end : min(high, end + _REACH)]
    opening = re.match(r"(?:\s+(?:morning|afternoon|evening|night))?,\s+", after)
    skip = opening.end() if opening and len(before.split()) <= 2 else 0
    closing = _EDGE.search(after, skip)
    return before, after[: closing.start()] if closing else after
