"""Whom a pronoun, a role, a body or a missing source refers to, as the scorer sees it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from claims.records import Span
from claims.sources.answers import NONE, UNNAMED, UNRESOLVED, Attributed, Scorer
from claims.sources.cast import Cast, Entity, Kind
from claims.sources.features import AS_WRITTEN, SOMEBODY, of_answer, of_candidates, overlap
from claims.sources.lexicon import SAYING
from claims.sources.names import Names
from claims.sources.reasons import Weighed, why_unresolved
from claims.sources.references import PRONOUNS, Asked, Reference, fits, may_be

SURE_IT = 0.5
"""Of the few "it said"s of the corpus half are the body heard last."""
SURE_CALLED = 0.74
"""Share of the "the council"s that are the body last called so (PolNeAR, 28 of 38)."""
SURE_DESCRIBED = 0.5
"""Under it, "a judge" is left as nameless as the words have it."""
SURE_UNSAID = 0.6
"""Under it, who speaks without being marked as a source is not said."""


_BARE = 2  # words: "the council"
_AHEAD = 6
_WORD = re.compile(r"[^\W\d_]{4,}")


def _content_words(text: str, content: Sequence[Span]) -> frozenset[str]:
    """The longer words of a content, without their endings."""
    words = (w.casefold() for start, end in content for w in _WORD.findall(text[start:end]))
    return frozenset(word[:6] for word in words)


def _echo(share: float) -> str:
    return "none" if share == 0 else "little" if share < 0.25 else "much"


class Referrer:
    """Resolves references in the order of the text; `sure` and `evidence` are those of the last."""

    def __init__(self, text: str, names: Names, scorer: Scorer) -> None:
        """`names` may still take persons in until the first reference is asked for."""
        self._text, self._names, self._scorer = text, names, scorer
        self._now: Attributed | None = None
        self._number = 0
        self._coming: list[tuple[int, str, frozenset[str]]] = []
        self.sure = 0.0
        self.evidence: Span | None = None
        self._weighed: Weighed | None = None

    @cached_property
    def cast(self) -> Cast:
        """Everybody in the article, once all persons are noted."""
        return Cast(self._text, self._names)

    def expect(self, name: str, attribution: Attributed) -> None:
        """Note a person who is a source; they come in the order of the text."""
        said = _content_words(self._text, attribution.content)
        self._coming.append((attribution.source[0].start, name, said))

    def begin(self, number: int, attribution: Attributed, sure: float) -> None:
        """Turn to an attribution; until a reference is resolved, its own words are the evidence."""
        source = attribution.source
        self._now, self._number, self.sure, self._weighed = attribution, number, sure, None
        self.evidence = Span(source[0].start, source[-1].end) if source else None

    def why(self, phrase: str) -> str:
        """Why the source `phrase` of this attribution is unresolved, if it is."""
        return why_unresolved(phrase, self._weighed, self._scorer.threshold)

    def nobody(self, attribution: Attributed) -> str:
        """Who speaks where no source is marked: NONE, unless the passage makes somebody plain."""
        spans = attribution.cue or attribution.content
        if not spans:
            return NONE
        cue = " ".join(self._text[s:e] for s, e in attribution.cue)
        whole = Span(spans[0].start, spans[-1].end)
        speaker, _, sure = self._refer(
            Reference(Asked.NOBODY, whole, content=tuple(attribution.content), cue=cue), NONE
        )
        if speaker in (UNRESOLVED, NONE) or sure < SURE_UNSAID:
            self.sure, self.evidence = 1 - sure if speaker != NONE else sure, None
            return NONE
        return speaker

    def _refer(self, reference: Reference, as_written: str) -> tuple[str, Kind | None, float]:
        """Whom a reference stands for, and how sure that is.

        `as_written` is the answer that says no more than the words themselves.
        """
        content = tuple(self._now.content) if self._now is not None else ()
        reference = replace(reference, content=content)
        if reference.asked is Asked.SOME:
            reference = replace(reference, coming=self._next(reference))
        cast = self.cast
        people = self._candidates(reference)
        if reference.head and cast.is_introduced(reference.head, reference.span.start):
            # "A director refused. The director …": only somebody who is called so as well.
            people = [e for e in people if fits(reference.head, e, cast)]
        titled = sum(fits(reference.head, e, cast) for e in people) if reference.head else 0
        answers = [e.name for e in people] + [as_written]
        features = of_candidates(reference, people, cast)
        features.append(of_answer(reference, AS_WRITTEN, titled, cast))
        if reference.asked in PRONOUNS:
            answers.append(UNRESOLVED)
            features.append(of_answer(reference, SOMEBODY, titled, cast))
        odds = self._scorer.weigh(self._number, reference, answers, features)
        # Whether anybody is sure enough is for the caller to say, not for "somebody" to win.
        best = max(range(len(people) + 1), key=odds.__getitem__)
        kind = people[best].kind if best < len(people) else None
        pairs = zip(people, odds, strict=False)  # the last odds are those of no entity
        words = self._text[slice(*reference.span)]
        self._weighed = Weighed(words, [(e.name, p) for e, p in pairs], odds[len(people)])
        self.sure = odds[best]
        if best < len(people):
            start, end = reference.span
            named = people[best].last_before(start) or people[best].first_after(end)
            self.evidence = named or self.evidence
        return answers[best], kind, odds[best]

    def _next(self, reference: Reference) -> tuple[tuple[str, str], ...]:
        """The three people who are sources next, and how much of the reference's content recurs."""
        own = _content_words(self._text, reference.content)
        low = bisect_left(self._coming, reference.span.end, key=lambda c: c[0])
        found: dict[str, float] = {}
        for _, name, said in self._coming[low : low + _AHEAD]:
            share = len(own & said) / max(1, min(len(own), len(said)))
            found[name] = max(found.get(name, 0.0), share)
        return tuple((name, _echo(share)) for name, share in list(found.items())[:3])

    def _candidates(self, reference: Reference) -> list[Entity]:
        """Whom a reference may stand for: those around; for a noun, all who are called so.

        A description stands for nobody of whom the article says nothing that it says.
        """
        cast, (start, end) = self.cast, reference.span
        near = cast.candidates(start, end)
        if reference.head and reference.asked is not Asked.WHO:
            near += cast.called(reference.head, start)
        if reference.asked in (Asked.THEY, Asked.PLURAL) or reference.words == "the two":
            near += cast.pairs(start)
        if reference.asked is Asked.SOME:
            near += cast.next_named(end)
            near = [e for e in near if overlap(reference, e, cast) or fits(reference.head, e, cast)]
            near += [cast.entity(name, Kind.PERSON) for name, _ in reference.coming]
        return list({id(e): e for e in near if may_be(reference, e)}.values())

    def settled(self, reference: Reference, as_written: str, kind: Kind) -> tuple[str, Kind]:
        """The same, with UNRESOLVED where it isn't sure enough."""
        last = self._last_body(reference) or self._called_so(reference)
        if last is not None:
            return last, Kind.BODY
        speaker, found, sure = self._refer(reference, as_written)
        if found is None and speaker != UNRESOLVED:
            return speaker, kind  # the article's own words: nothing in them can be a wrong name
        if reference.asked is Asked.SOME and sure < SURE_DESCRIBED:
            return as_written, kind
        if sure < self._scorer.threshold:
            return UNRESOLVED, kind
        return speaker, found or kind

    def _called_so(self, reference: Reference) -> str | None:
        """Which of several bodies that are called so "the council" alone is: the one heard last."""
        if reference.asked is not Asked.BODY or len(reference.words.split()) != _BARE:
            return None
        cast, position, head = self.cast, reference.span.start, reference.head
        called = [
            h.entity
            for h in cast.lately()
            if h.position < position and h.entity.kind is Kind.BODY and fits(head, h.entity, cast)
        ]
        if len({e.name for e in called if not e.name.startswith(UNNAMED)}) < 2:
            return None
        self.sure, self.evidence = SURE_CALLED, called[0].last_before(position) or self.evidence
        return called[0].name

    def _last_body(self, reference: Reference) -> str | None:
        """What "it" is that says something: the body heard last, here or a paragraph before.

        The scorer has seen too few of them to do better; it is asked about all others.
        """
        cue = self._now.cue if self._now is not None else ()
        words = self._text[cue[0].start : cue[-1].end].casefold().split() if cue else []
        if reference.asked is not Asked.IT or SAYING.isdisjoint(words):
            return None
        layout, position = self.cast.layout, reference.span.start
        start = layout.paragraphs[max(0, layout.paragraph(position) - 1)]
        for heard in self.cast.lately():
            if heard.entity.kind is Kind.BODY and start <= heard.position < position:
                self.sure, self.evidence = SURE_IT, heard.entity.last_before(position)
                return heard.entity.name
        return None
