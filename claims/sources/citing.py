"""Whom a medium says that it has its words from: "…, Yonhap reported, citing the Foreign Ministry".

The medium is the speaker there, as the source says. Whom it cites stands further in: the words rest
on that one's knowledge.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from claims.records import Carrier, CarrierRole, Span
from claims.sources.lexicon import NOT_NAMES, ROLES
from claims.sources.media import UNNAMED, Media
from claims.sources.wording import bare

_BESIDE = re.compile(r"[\w\s’'-]{0,30},?\s*(?:\w+ly\s+)?citing\s+")
_WORD = r"[^\W\d_][\w’'&-]*"
_PHRASE = re.compile(
    rf"(?:{_WORD}\.?\s){{0,9}}?{_WORD}(?=[.,;:”\"\n)]|\s+(?:that|as|who|which|and)\b|$)"
)
_TAIL = re.compile(r"\s+(?:in|of|at|with|familiar|close|from|on|for)\s.*", re.DOTALL)
_PEOPLE_WORDS = "source people participant resident official expert diplomat witness"
_PAPER_WORDS = "document letter memo minute paper record report statement transcript"
_PEOPLE, _PAPERS = (frozenset(words.split()) for words in (_PEOPLE_WORDS, _PAPER_WORDS))


class Spoken(Protocol):
    """What is needed of an attribution; spans are in the article's text."""

    @property
    def source(self) -> tuple[Span, ...]:
        """Its spans, none for no source."""
        ...

    @property
    def cue(self) -> tuple[Span, ...]:
        """Its spans."""
        ...

    @property
    def content(self) -> tuple[Span, ...]:
        """Its spans."""
        ...


def cited_by(text: str, attribution: Spoken, media: Media) -> tuple[Carrier, ...]:
    """Whom the medium that speaks in an attribution cites for it; nobody where no medium does.

    "Quoting Y as saying that …" is left alone: that is another thing which Y said.
    """
    source, cue = attribution.source, attribution.cue
    if not source or not cue or not _is_medium(text, source, media):
        return ()
    for end in sorted({source[-1].end, cue[-1].end}):
        beside = _BESIDE.match(text, end)
        if beside is None:
            continue
        phrase = _PHRASE.match(text, beside.end())
        if phrase is None or any(_holds(span, phrase.start()) for span in attribution.content):
            continue
        name = _name(" ".join(phrase.group().split()), media)
        if name is not None:
            return (Carrier(name, CarrierRole.CITED, Span(*phrase.span())),)
    return ()


def _is_medium(text: str, source: Sequence[Span], media: Media) -> bool:
    """Whether the source is a named medium and nothing else."""
    start, end = source[0].start, source[-1].end
    found = next(iter(media.mentions(start, end)), None)
    is_named = found is not None and found.is_sure and not found.name.startswith(UNNAMED)
    return is_named and found is not None and found.span == (start, end)


def _name(phrase: str, media: Media) -> str | None:
    """What is cited: a name, or people and papers without one; None for reasons and facts."""
    words = phrase.split()
    bare_words = words[1:] if bare(words[0]) in ("the", "a", "an") else words
    if not bare_words:
        return None
    if all(word[:1].isupper() or word in ("of", "and", "the", "for") for word in bare_words):
        is_name = bare(bare_words[0]) not in NOT_NAMES
        return media.record_name(" ".join(bare_words)) if is_name else None
    head = bare(_TAIL.sub("", phrase).split()[-1])
    heads = {head, head.removesuffix("s"), head.removesuffix("es")}
    return None if heads.isdisjoint(_PEOPLE | _PAPERS | ROLES) else UNNAMED + phrase


def _holds(span: Span, at: int) -> bool:
    return span.start <= at < span.end
