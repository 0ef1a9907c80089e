"""A statement's words made self-contained: names for pronouns, brackets around what was put in.

Only what is plain is replaced: "I" by the one who speaks; "he" outside quotation marks by the
speaker, or by the only other person of that sex named before it in the same sentence. What stays
unclear stays as the article has it: a wrong name would be a wrong print.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from claims.matching.lexicon import NO_NOUN, SAYING
from claims.records import Attribution, Span
from claims.sources.answers import AUTHOR, NONE, UNNAMED, UNRESOLVED
from claims.sources.names import Names
from claims.sources.registry import Registry
from claims.sources.wording import bare

_PRONOUN = re.compile(
    r"(?<![\w’'])(I|[Mm]e|[Mm]y|[Mm]yself|[Hh]e|[Hh]im|[Hh]is|[Hh]imself|[Ss]he|[Hh]er|[Hh]erself)"
    r"(?!\w)(?:['’](m|ve|d|ll|s)\b)?(?![.-]\w)(?P<next>\s+[\w-]+)?"
)
_CONTRACTED = {"m": "is", "ve": "has", "d": "would", "ll": "will", "s": "is"}
_NUMERAL = re.compile(r"[A-Z]\w+ $")
_FIRST = frozenset({"i", "me", "my", "myself"})
_OF = frozenset({"my", "his"})
_HE = frozenset({"he", "him", "his", "himself"})
_QUOTES = re.compile(r"[“”\"]|''|``")
_OPEN, _CLOSE = "“", "”"
_SENTENCE = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\b[A-Z])(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bGen)"
    r"[.!?][”\"’')]*\s+(?=[“\"‘(]?[A-Z])|\n"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a statement: as they stand, as they are printed, and as they are compared."""

    place: Span
    words: str
    printed: str
    plain: str
    cue: str
    says: bool


class Words:
    """Makes wordings from one article."""

    def __init__(self, text: str, names: Names, registry: Registry) -> None:
        """`names` are those of the text."""
        self.text, self.names = text, names
        self._registry = registry
        self.canonical = lru_cache(maxsize=4096)(self._canonical)

    def of_attribution(self, attribution: Attribution, antecedent: Sequence[Span]) -> Wording:
        """What a source says; with its cue in front where that doesn't merely say it."""
        cue = self._line(attribution.cue)
        says = not re.search(r"\w", cue) or any(
            bare(word) in SAYING for word in re.findall(r"[\w’']+", cue)
        )
        speaker = self._spoken(attribution.speaker)
        named = not attribution.speaker.startswith(UNNAMED)
        plain, printed = self._contained(attribution.content, speaker, named=named)
        if antecedent:
            taken, shown = self._contained(antecedent, "")
            plain, printed = f"{plain} {taken}", f"{printed} [{shown}]"
        if not says and speaker:
            plain, printed = f"{speaker} {cue} {plain}", f"{speaker} {cue}: {printed}"
        place = Span(attribution.content[0].start, attribution.content[-1].end)
        return Wording(place, self._line(attribution.content), printed, plain, cue, says)

    def of_sentence(self, span: Span) -> Wording:
        """What the outlet states in a sentence."""
        plain, printed = self._contained([span], "")
        return Wording(span, self._line([span]), printed, plain, "", True)

    def _line(self, spans: Sequence[Span]) -> str:
        return " … ".join(" ".join(self.text[s:e].split()) for s, e in spans)

    @staticmethod
    def _spoken(speaker: str) -> str:
        if speaker in (NONE, AUTHOR, UNRESOLVED):
            return ""
        return speaker.removeprefix(UNNAMED).replace("; ", " and ")

    def _contained(
        self, spans: Sequence[Span], speaker: str, *, named: bool = True
    ) -> tuple[str, str]:
        """The plain form (no quotation marks) and the printed one (brackets, each name once).

        A speaker that isn't `named` ("Prosecutors") may be "I", and is nobody's "he".
        """
        plain: list[str] = []
        printed: list[str] = []
        shown: set[str] = set()
        for start, end in spans:
            last = start
            for match in _PRONOUN.finditer(self.text, start, end):
                is_first = match.group(1).casefold() in _FIRST
                name = self._antecedent(match, start, speaker if named or is_first else "")
                if name is None:
                    continue
                stop = match.start("next") if match.group("next") else match.end()
                plain += [self.text[last : match.start()], name + _ending(match)]
                kept = self.text[match.start() : stop]
                printed.append(self.text[last : match.start()])
                printed.append(kept if name in shown else _bracketed(match, kept, name))
                shown.add(name)
                last = stop
            plain.append(self.text[last:end] + " ")
            printed.append(self.text[last:end] + " … ")
        return _tidy(_QUOTES.sub(" ", "".join(plain))), _tidy("".join(printed)).strip(" …")

    def _antecedent(self, match: re.Match[str], start: int, speaker: str) -> str | None:
        """Whom a pronoun of a content from `start` on stands for; None if that isn't plain."""
        word = match.group(1).casefold()
        one = speaker if speaker[:1].isupper() and " and " not in speaker else ""
        if word in _FIRST:
            numeral = _NUMERAL.search(self.text, max(0, match.start() - 20), match.start())
            return (
                None
                if word == "i" and numeral and not self._in_quotation(match.start())
                else (one or None)
            )
        wanted = ("he" if word in _HE else "she", None)
        sentence = self._sentence_start(match.start())
        named = [
            m
            for m in self.names.people(sentence, match.start())
            if self.names.gender(m.name) in wanted
        ]
        others = list(dict.fromkeys(m.name for m in named if m.name != one))
        inside = list(dict.fromkeys(m.name for m in named if m.start >= start and m.name != one))
        may_be = bool(one) and self.names.gender(one) in wanted
        if inside:
            return inside[0] if len(inside) == 1 == len(others) and not may_be else None
        if may_be and not self._in_quotation(match.start()):
            return one
        return others[0] if len(others) == 1 else None

    def _in_quotation(self, position: int) -> bool:
        lead = self.text[self.text.rfind("\n", 0, position) + 1 : position]
        return lead.count(_OPEN) > lead.count(_CLOSE) or lead.count('"') % 2 == 1

    def _sentence_start(self, position: int) -> int:
        lead = max(0, position - 400)
        ends = [m.end() for m in _SENTENCE.finditer(self.text, lead, position)]
        return ends[-1] if ends else lead

    def _canonical(self, name: str) -> str | None:
        """The key of a name, an adjective or a place that stands for a state or a known body."""
        matches = self._registry.find(name)
        if not matches or (len(matches) > 1 and matches[0].source.id != matches[1].source.id):
            return None
        return f"={matches[0].source.id}"


def _is_owner(match: re.Match[str]) -> bool:
    word, following = match.group(1).casefold(), (match.group("next") or "").strip()
    if word in _OF:
        return True
    return word == "her" and bool(following) and following.casefold() not in NO_NOUN


def _ending(match: re.Match[str]) -> str:
    if match.group(2):
        return f" {_CONTRACTED[match.group(2).casefold()]}"
    return "’s" if _is_owner(match) else ""


def _bracketed(match: re.Match[str], kept: str, name: str) -> str:
    """ "[Ana Belo]" for "she"; beside "I", whose verb fits no name, "I [Ana Belo]"."""
    if match.group(1).casefold() in ("i", "me", "myself"):
        return f"{kept} [{name}]"
    return f"[{name}{_ending(match)}]"


def _tidy(words: str) -> str:
    return " ".join(words.split())
