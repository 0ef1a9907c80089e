"""What "such transfers", "the allegations" or a bare denial take up: the content said before.

A denial mostly spans only what it points back with ("both states have denied such transfers").
Alone it states nothing that could be found again; with the content of the attribution that it
answers it does. Only short contents that point back are given one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.records import Attribution, Sentence, Span

_POINTING = re.compile(
    r"^(?:(?:that|this|these|those|the|any|all|such|his|her|its|their)\s+)?(?:\w+\s+){0,2}?"
    r"(?:accusations?|allegations?|assertions?|charges?|claims?|criticisms?|findings?|idea|notion"
    r"|reports?|rumou?rs?|suggestions?|wrongdoing|involvement)\b"
    r"|^(?:it|that|this|so|them|as much)[.,]?$"
    r"|\bsuch\s+\w+",
    re.IGNORECASE,
)
_SUCH = re.compile(r"\bsuch\s+(\w+(?:\s+\w+)?)", re.IGNORECASE)
"""What is pointed at: "to cease all such activities" has it after "such"."""
_SHORT = 12
"""Words that a content may have at most to be one that points back."""
_BACK = 600
"""Characters back within which the antecedent stands."""
_WORD = re.compile(r"\w{4,}")


class Antecedents:
    """The contents of an article, to look back in."""

    def __init__(
        self, text: str, attributions: Sequence[Attribution], sentences: Sequence[Sentence] = ()
    ) -> None:
        """Contents and sentences in the order of the text."""
        self._text, self._attributions = text, attributions
        self._sentences = [Span(s.start, s.end) for s in sentences]

    def of(self, number: int) -> tuple[Span, ...]:
        """The content that attribution `number` takes up; empty where it states its own."""
        attribution = self._attributions[number]
        words = " ".join(self._text[s:e] for s, e in attribution.content).strip(' \n“”"')
        if len(words.split()) > _SHORT or not _POINTING.search(words):
            return ()
        start = attribution.content[0].start
        before = [
            other.content
            for i, other in enumerate(self._attributions)
            if i != number
            and other.content
            and start - _BACK <= other.content[-1].end <= start
            and not _POINTING.search(self._said(other.content))
        ]
        if not before:
            return ()
        # Names in the rest of the content would lead to whatever else tells of the same people.
        such = _SUCH.search(words)
        wanted = {w.casefold()[:6] for w in _WORD.findall(such.group(1) if such else words)}
        # The last one that shares a word ("such transfers"), else simply the last one.
        sharing = [c for c in before if wanted & {w.casefold()[:6] for w in self._all(c)}]
        return max(sharing or before, key=lambda content: content[-1].end)

    def _said(self, content: Sequence[Span]) -> str:
        words = " ".join(self._text[s:e] for s, e in content)
        return words if len(words.split()) <= _SHORT else ""

    def _all(self, content: Sequence[Span]) -> list[str]:
        return _WORD.findall(" ".join(self._text[s:e] for s, e in content))
