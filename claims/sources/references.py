"""What a pronoun stands for, where that is plain from the sentences just before it.

The speaker of the attribution before it comes first, then the people named before it, subjects
before others; two paragraphs back at most. A title ("Ms.", "spokesman") that contradicts the
pronoun rules a person out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from claims.sources.names import Mention, Names

_SENTENCE_END = re.compile(r"[.!?][”\"’')]*\s+(?=[“\"‘(]?[A-Z])")


class Kind(Enum):
    """What sort of speaker a pronoun may stand for."""

    PERSON = "person"
    BODY = "body"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Heard:
    """A speaker that was settled, at the offset of its source; `words` are the source's own."""

    position: int
    speaker: str
    kind: Kind
    words: frozenset[str] = frozenset()


class Antecedents:
    """Speakers in the order of the text, and who is named between them."""

    def __init__(self, text: str, names: Names) -> None:
        """Find the paragraphs and sentences of the text."""
        self._names = names
        self._heard: list[Heard] = []
        self._paragraphs = [0] + [m.end() for m in re.finditer(r"\n\s*", text)]
        ends = [m.end() for m in _SENTENCE_END.finditer(text)]
        self._sentences = sorted({*self._paragraphs, *ends})

    def hear(self, position: int, speaker: str, kind: Kind, phrase: str = "") -> None:
        """Note a settled speaker and its source's words; positions must not fall."""
        self._heard.append(Heard(position, speaker, kind, frozenset(phrase.casefold().split())))

    def person(self, position: int, pronoun: str | None) -> str | None:
        """Whom "he" or "she" at `position` stands for; None where that is not plain.

        Without a pronoun ("the senator") nobody is ruled out.
        """
        wanted = "she" if pronoun in ("she", "her", "hers", "herself") else "he"

        def may_be(name: str) -> bool:
            return pronoun is None or self._names.gender(name) in (None, wanted)

        here = self._paragraph(position)
        for back in range(3):
            if here - back < 0:
                break
            start = self._paragraphs[here - back]
            end = position if back == 0 else self._paragraphs[here - back + 1]
            found = self._last_heard(start, end, may_be) or self._subject(start, end, may_be)
            if found is not None:
                return found
        return None

    def plural(self, position: int) -> str | None:
        """Whom "they" stands for: the last group heard in this paragraph or the one before."""
        return self._last(position, (Kind.GROUP, Kind.BODY))

    def body(self, position: int) -> str | None:
        """What "it" stands for: the last body heard in this paragraph or the one before."""
        return self._last(position, (Kind.BODY,))

    def ending(self, head: str, position: int) -> str | None:
        """The body heard last whose name ends in `head`: "the council" for "Lund City Council".

        One that the article itself called so ("Lund Watch, the spy agency") counts as well.
        """
        for heard in reversed(self._heard):
            if heard.position < position and heard.kind is Kind.BODY:
                if head in heard.words and heard.speaker.casefold().split()[0] != "unnamed:":
                    return heard.speaker
                words = heard.speaker.casefold().split()
                if len(words) > 1 and words[0] != "unnamed:" and words[-1] == head:
                    return heard.speaker
        return None

    def _last(self, position: int, kinds: tuple[Kind, ...]) -> str | None:
        start = self._paragraphs[max(0, self._paragraph(position) - 1)]
        for heard in reversed(self._heard):
            if heard.position < start:
                return None
            if heard.position < position and heard.kind in kinds:
                return heard.speaker
        return None

    def _last_heard(self, start: int, end: int, may_be: Callable[[str], bool]) -> str | None:
        for heard in reversed(self._heard):
            if heard.position < start:
                return None
            if heard.position < end and heard.kind is Kind.PERSON and may_be(heard.speaker):
                return heard.speaker
        return None

    def _subject(self, start: int, end: int, may_be: Callable[[str], bool]) -> str | None:
        """The first person named in the last sentence that names one."""
        mentions = [m for m in self._names.people(start, end) if may_be(m.name)]
        if not mentions:
            return None
        last = self._sentence(mentions[-1])
        return next(m.name for m in mentions if self._sentence(m) == last)

    def _sentence(self, mention: Mention) -> int:
        return bisect_right(self._sentences, mention.start)

    def _paragraph(self, position: int) -> int:
        return bisect_right(self._paragraphs, position) - 1
