"""Statements: what an attribution's source, or the outlet itself, puts forward, one by one.

A statement is what is compared and grouped. It keeps the place and the words of the article and
adds a wording that can be understood away from it (`wording`): whose vector stands for it, and
from which names, figures and negations are read (`contents`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from claims.matching.anaphora import Antecedents
from claims.matching.contents import Contents, read_contents
from claims.matching.days import find_days
from claims.matching.times import Times, sentence_times, statement_times
from claims.matching.wording import Wording, Words
from claims.records import Attribution, Sentence, SentenceKind, Span, Stance
from claims.sources.answers import AUTHOR, NONE, UNNAMED, UNRESOLVED
from claims.sources.cast import Layout
from claims.sources.names import Names
from claims.sources.registry import Registry


@dataclass(frozen=True, slots=True)
class Occasion:
    """When what is stated happened: first and last day, and the words that tell it."""

    start: date
    end: date
    words: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One proposition put forward at one place of one article.

    `article` numbers the article; `attribution` is the index in it, None where the outlet itself
    asserts a sentence. `place` runs from the first to the last character of what is stated.
    `words` are the article's own; `wording` can be understood without the article, with what was
    put in between brackets, and `meaning` is the plain form of it that is compared. `speaker` is
    as in `Attribution`, `says` whether the cue merely says the content (and is no attitude to it).
    """

    article: int
    attribution: int | None
    place: Span
    words: str
    wording: str
    meaning: str
    speaker: str
    cue: str
    says: bool
    stance: Stance
    published: date | None
    contents: Contents
    event: Occasion | None = None

    @property
    def is_assertion(self) -> bool:
        """Whether the outlet states it itself."""
        return self.attribution is None

    @property
    def named_speakers(self) -> tuple[str, ...]:
        """The speakers that have a name, in the article's words."""
        if self.speaker in (NONE, AUTHOR, UNRESOLVED) or self.speaker.startswith(UNNAMED):
            return ()
        return tuple(name.strip() for name in self.speaker.split(";"))


def read_statements(
    article: int,
    text: str,
    attributions: Sequence[Attribution],
    sentences: Sequence[Sentence] = (),
    *,
    published: date | None = None,
    registry: Registry | None = None,
) -> list[Statement]:
    """The statements of one article: of each attribution, then of sentences the outlet asserts.

    A sentence that holds the cue or content of an attribution is not the outlet's own word.
    """
    registry = registry or Registry.shipped()
    names = Names(text)
    words = Words(text, names, registry)
    antecedents = Antecedents(text, attributions, sentences)
    days = find_days(text, published)
    places = [Span(s.start, s.end) for s in sentences] or _sentences(text)
    found: list[Statement] = []
    for i, attribution in enumerate(attributions):
        if attribution.content:
            wording = words.of_attribution(attribution, antecedents.of(i))
            told = _statement(article, wording, words, published, i, attribution)
            times = statement_times(text, days, attribution, _near(places, attribution))
            found.append(replace(told, event=_occasion(times)))
    taken = [s for a in attributions for s in (*a.cue, *a.content)]
    for sentence in sentences:
        span = Span(sentence.start, sentence.end)
        if sentence.kind is SentenceKind.ASSERTED and not any(_meet(span, t) for t in taken):
            told = _statement(article, words.of_sentence(span), words, published)
            found.append(replace(told, event=_occasion(sentence_times(text, days, span))))
    return found


def _statement(  # noqa: PLR0917 (private: called twice, above)
    article: int,
    wording: Wording,
    words: Words,
    published: date | None,
    number: int | None = None,
    attribution: Attribution | None = None,
) -> Statement:
    return Statement(
        article,
        number,
        wording.place,
        wording.words,
        wording.printed,
        wording.plain,
        attribution.speaker if attribution else NONE,
        wording.cue,
        wording.says,
        attribution.stance if attribution else Stance.ASSERTS,
        published,
        read_contents(wording.plain, words.names, words.canonical),
    )


def _sentences(text: str) -> list[Span]:
    """Sentences by a rule, where no model told them."""
    starts = [*Layout(text).sentences, len(text)]
    return [Span(a, b) for a, b in pairwise(starts) if a < b]


def _near(places: Sequence[Span], attribution: Attribution) -> list[Span]:
    """The sentences that an attribution stands in."""
    spans = (*attribution.source, *attribution.cue, *attribution.content)
    first = bisect_right(places, min(s.start for s in spans), key=lambda p: p.end)
    last = bisect_left(places, max(s.end for s in spans), key=lambda p: p.start)
    return list(places[first:last])


def _occasion(times: Times) -> Occasion | None:
    day = times.event
    return None if day is None else Occasion(day.start, day.end, day.words)


def _meet(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end
