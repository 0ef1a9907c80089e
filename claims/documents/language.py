"""Whether a text is English: by its script, and by the share of English function words.

Names say nothing about the language of news copy, and short texts have few words of any kind, so
only words that English has and its neighbours lack are counted, and only a long enough text is
refused for the want of them. (Function words as evidence of language: Grefenstette, JADT 1995.)
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_SAMPLE = 20_000
"""Characters looked at."""
_ENOUGH = 25
"""Words from which the share of function words is trusted."""
_SHARE = 0.03
"""English news has 0.11 and more, half of it 0.25; other languages of Latin script next to none."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Left out: words that are common in another language too, as "a", "in", "is", "of", "on", "was".
_WORDS = """
    about after again against also although among and are around because been before being
    between both but by could does during each every few from has have he here his how if
    into it it's its itself just many might more must neither nor not only or other our own said
    same says she should since some such than that the their them then there these they this
    those through too upon very what when where whether which while who whom whose why with
    within without would you your
"""
_FUNCTION = frozenset(_WORDS.split())


_SCRIPTS = {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese"}


def foreign(text: str) -> str | None:
    """Why `text` can't be English news, in words for a message; None if it may be."""
    sample = text[:_SAMPLE]
    letters = [c for c in sample if c.isalpha()]
    if not letters:
        return "has no words"
    scripts = Counter(unicodedata.name(c, "UNKNOWN").split(" ", 1)[0] for c in letters)
    latin = scripts.pop("LATIN", 0)
    if latin * 2 < len(letters):
        script = scripts.most_common(1)[0][0]
        return f"is mostly in {_SCRIPTS.get(script, script.capitalize())} letters"
    words = [w.replace("’", "'") for w in _WORD.findall(sample.lower())]
    known = sum(w in _FUNCTION for w in words)
    if len(words) >= _ENOUGH and known < _SHARE * len(words):
        return f"does not look like English: {known} English function words in {len(words)}"
    return None
