"""Rarer stances from a flat corpus: a plain "said" becomes "denied", "doubted", "would not say".

Denials and doubts are one marked attribution in thirty. Here sentences of the form SOURCE said
CONTENT are told with another cue, whose stance, act and framing are known by the guidelines of
the labels. What the source now commits to is not what it said: the words are training examples
that never leave memory, as are those of `claims.training.nesting`.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from itertools import chain

from claims.evaluation.gold import GoldArticle, MarkedAttribution
from claims.records import Act, Framing, Span, Stance
from claims.training.labels import paragraphs

_LONGEST = 600
_PLAIN = frozenset({
    "said", "says", "say", "stated", "states", "added", "adds", "noted", "argued", "has said",
    "have said", "also said",
})  # fmt: skip
_QUOTES = frozenset("\"“”‘’'«»")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue with what leads on to a clause ("that", which belongs to the content)."""

    words: str
    link: str
    stance: Stance
    act: Act
    framing: Framing = Framing.NEUTRAL


def _cues(stance: Stance, act: Act, *phrases: str, framing: Framing = Framing.NEUTRAL) -> list[Cue]:
    """Cues of one kind; a stroke parts the cue from what leads on."""
    parted = (phrase.split(" | ") for phrase in phrases)
    return [Cue(words, f"{link} ", stance, act, framing) for words, link in parted]


DENIALS = _cues(
    Stance.DENIES, Act.DENIAL,
    "denied | that", "denied | reports that", "has denied | that", "flatly denied | that",
    "repeatedly denied | claims that", "later denied | that", "denied knowing | that",
    "rejected | claims that", "rejected the notion | that", "rejected | suggestions that",
    "disputed | that", "disputed | claims that", "refuted | claims that",
    "contradicted | claims that",
    "dismissed | the idea that", "dismissed | reports that", "dismissed as false | reports that",
    "called it a lie | that", "said it was untrue | that", "said it was not true | that",
)  # fmt: skip
DOUBTS = [
    *_cues(
        Stance.DOUBTS, Act.BELIEF,
        "doubted | that", "doubted | whether", "expressed doubt | that", "voiced doubts | that",
        "expressed skepticism | that", "was skeptical | that", "was sceptical of | claims that",
        "was not convinced | that", "was not sure | that", "remained skeptical | that",
        "had doubts about | whether",
    ),
    *_cues(
        Stance.DOUBTS, Act.QUESTION,
        "questioned | whether", "questioned | claims that", "challenged | claims that",
        "cast doubt on | claims that", "cast doubt on | whether",
    ),
]  # fmt: skip
OTHERS = [
    *_cues(
        Stance.UNCOMMITTED, Act.WITHHELD,
        "would not say | whether", "declined to say | whether", "did not say | whether",
        "did not deny | that", "neither confirmed nor denied | that", "could not confirm | that",
        "refused to say | whether", "would not comment on | reports that",
    ),
    *_cues(Stance.UNCOMMITTED, Act.QUESTION, "asked | whether", "wondered | whether"),
    *_cues(
        Stance.HEDGES, Act.BELIEF, "suspected | that", "feared | that", "thought it possible | that"
    ),
    *_cues(Stance.HEDGES, Act.STATEMENT, "suggested | that", "hinted | that"),
    *_cues(Stance.HEDGES, Act.PREDICTION, "expected | that", "thought it likely | that"),
    *_cues(
        Stance.ASSERTS, Act.STATEMENT,
        "said | there was no evidence that", "found | no evidence that",
    ),
    *_cues(
        Stance.ASSERTS, Act.STATEMENT, "admitted | that", "acknowledged | that", "confirmed | that",
        "did not dispute | that", framing=Framing.ENDORSES,
    ),
    *_cues(
        Stance.ASSERTS, Act.STATEMENT, "claimed | that", "insisted | that",
        framing=Framing.DISTANCES,
    ),
    *_cues(Stance.ASSERTS, Act.ACCUSATION, "alleged | that", framing=Framing.DISTANCES),
]  # fmt: skip
_KINDS: tuple[list[Cue], ...] = (DENIALS, DOUBTS, OTHERS)
_SHARES = (4, 3, 4)


def retold_article(article: GoldArticle, rng: random.Random, limit: int) -> GoldArticle | None:
    """Up to `limit` paragraphs of `article`, each with one plain cue replaced; None if none."""
    eligible = []
    for paragraph in paragraphs(article.text):
        if paragraph.end - paragraph.start > _LONGEST:
            continue
        inside = [a for a in article.attributions if _meets(a, paragraph)]
        plain = [a for a in inside if _is_plain(article.text, a, inside)]
        if plain and all(_within(a, paragraph) for a in inside):
            eligible.append((paragraph, inside, plain))
    rng.shuffle(eligible)
    text, marked = "", []
    for paragraph, inside, plain in eligible[:limit]:
        cue = rng.choice(rng.choices(_KINDS, _SHARES)[0])
        words, attributions = _retold(article.text, paragraph, inside, rng.choice(plain), cue)
        marked += [_moved(a, Span(0, 0), len(text)) for a in attributions]
        text += words + "\n"
    return GoldArticle(f"{article.id}+retold", text, tuple(marked)) if marked else None


def _spans(a: MarkedAttribution) -> list[Span]:
    return [*a.source, *a.cue, *a.content]


def _meets(a: MarkedAttribution, paragraph: Span) -> bool:
    return any(s < paragraph.end and e > paragraph.start for s, e in _spans(a))


def _within(a: MarkedAttribution, paragraph: Span) -> bool:
    return all(paragraph.start <= s and e <= paragraph.end for s, e in _spans(a))


def _is_plain(text: str, a: MarkedAttribution, inside: list[MarkedAttribution]) -> bool:
    """Whether it reads SOURCE said CONTENT, unquoted, and no other attribution holds the cue."""
    if not (len(a.source) == len(a.cue) == len(a.content) == 1):
        return False
    (source,), (cue,), (content,) = a.source, a.cue, a.content
    if text[slice(*cue)] not in _PLAIN:
        return False
    between = text[source.end : cue.start], text[cue.end : content.start]
    if between != (" ", " ") or text[content.start] in _QUOTES:
        return False
    others = chain.from_iterable(_spans(b) for b in inside if b is not a)
    return all(e <= cue.start or s >= content.end for s, e in others)


def _retold(
    text: str, paragraph: Span, inside: list[MarkedAttribution], plain: MarkedAttribution, cue: Cue
) -> tuple[str, list[MarkedAttribution]]:
    """The paragraph with the cue of `plain` replaced, and its attributions in it."""
    (old,), (content,) = plain.cue, plain.content
    after = content.start + len("that ") * text.startswith("that ", content.start)
    told = f"{cue.words} {cue.link}"
    words = text[paragraph.start : old.start] + told + text[after : paragraph.end].rstrip()
    replaced = Span(old.start, after)
    begin = old.start + len(cue.words) + 1
    grown = len(told) - (after - old.start)
    mine = replace(
        plain,
        cue=(Span(old.start, begin - 1),),
        content=(Span(begin, content.end + grown),),
        stance=cue.stance.value,
        act=cue.act.value,
        framing=cue.framing.value,
    )
    changed = [mine if a is plain else _moved(a, replaced, grown) for a in inside]
    whole = Span(0, 0)
    return words, [_moved(a, whole, -paragraph.start) for a in changed]


def _moved(a: MarkedAttribution, replaced: Span, by: int) -> MarkedAttribution:
    """All that stands behind what was replaced, further on by so many characters."""

    def place(at: int) -> int:
        return at + by if at >= replaced.end else at

    def move(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(Span(place(s), place(e)) for s, e in spans)

    return replace(a, source=move(a.source), cue=move(a.cue), content=move(a.content))
