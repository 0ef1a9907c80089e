"""What speaks for and against somebody being meant: the features of a reference and a candidate.

Each feature is a word such as "he:rank=0": the kind of reference, and what holds of the candidate.
They follow what is known to matter in coreference (Lappin and Leass 1994; Denis and Baldridge
2008): how near, how lately heard, subject or not, gender and number, how often, and whose words
the reference stands in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.records import Span
from claims.sources.callings import PARTY_WORDS
from claims.sources.cast import Cast, Entity, Kind
from claims.sources.lexicon import BODIES, NOT_NAMES, SAYING, TITLES
from claims.sources.references import Asked, Reference, fits, is_role
from claims.sources.wording import bare

AS_WRITTEN, SOMEBODY = "as-written", "somebody"
"""The two answers that are no entity: the source's own words say all there is (or nobody speaks);
there is somebody, and none of the candidates."""
_LED_TO = frozenset({"to", "of", "for", "with", "by", "against", "about", "from", "on", "in"})
_ARTICLES = frozenset({"a", "an", "the", "one", "another", "pro", "anti"})
_VERBS = frozenset(
    {"is", "was", "has", "had", "will", "would", "did", "does", "can", "could", "may"}
)
_PASSED = 8
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "it"})


_PERSON, _OTHER = (Kind.PERSON,), (Kind.BODY, Kind.GROUP)
_PLAIN = {
    Asked.HE: _PERSON, Asked.ROLE: _PERSON, Asked.WHO: _PERSON, Asked.NOBODY: _PERSON,
    Asked.IT: (Kind.BODY,), Asked.BODY: (Kind.BODY,), Asked.NOUN: _OTHER,
    Asked.THEY: _OTHER, Asked.PLURAL: (Kind.GROUP,),
    Asked.SOME: _PERSON,
}  # fmt: skip
"""The kinds of speakers that each reference stands for, most often."""
_LIKE = {asked: "who-like" if of is _PERSON else "it-like" for asked, of in _PLAIN.items()}


def of_answer(reference: Reference, answer: str, titled: int, cast: Cast) -> list[str]:
    """Features of `AS_WRITTEN` and `SOMEBODY`; `titled`: candidates whom the noun fits."""
    kind = reference.asked
    found = [f"{answer}:{kind}", f"{answer}:{kind}:fits={min(titled, 2)}"]
    if reference.asked is Asked.WHO:
        apposed = _is_apposed(reference, cast.text)
        found += [
            f"{answer}:who={bool(reference.head)}",
            f"{answer}:who={bool(reference.head)}:apposed={apposed}",
            f"{answer}:who={reference.words}",
        ]
    elif reference.head:
        paragraph = min(cast.layout.paragraph(reference.span.start), 3)
        found += [
            f"{answer}:paragraph={paragraph}:role={is_role(reference.head)}",
            f"{answer}:{kind}:paragraph={paragraph}:role={is_role(reference.head)}",
            f"{answer}:head={reference.head}",
            f"{answer}:{kind}:words={min(len(reference.words.split()), 4)}",
            f"{answer}:first={reference.words.split()[0].casefold()}",
        ]
    if kind is Asked.NOBODY:
        words = reference.cue.casefold().split()
        first = words[0] if words else ""
        before = cast.heard[-1] if cast.heard else None
        same = before is not None and cast.layout.sentence(before.position) == (
            cast.layout.sentence(reference.span.start)
        )
        found += [
            f"{answer}:cue={first}",
            f"{answer}:ing={first.endswith('ing')}",
            f"{answer}:be={bool(_BE & set(words))}",
            f"{answer}:length={min(len(words), 4)}",
            f"{answer}:same-sentence={same}",
            f"{answer}:quoted={_is_quoted(reference, cast.text)}",
        ]
    return found


def of_candidates(
    reference: Reference, candidates: Sequence[Entity], cast: Cast
) -> list[list[str]]:
    """The features of each candidate, in order."""
    position, layout = reference.span.start, cast.layout
    heard: dict[str, int] = {}
    for rank, entity in enumerate(h.entity for h in cast.lately()):
        heard.setdefault(entity.name, rank)
    order = {name: i for i, name in enumerate(heard)}
    places = [_place(e, position, reference) for e in candidates]
    nearest = sorted(
        (i for i, p in enumerate(places) if p is not None and p.start < position),
        key=lambda i: -places[i].start,  # type: ignore[union-attr]
    )
    ranks: dict[int, int] = {}
    per_kind: dict[Kind, int] = {}
    for i in nearest:
        kind = candidates[i].kind
        ranks[i] = per_kind.get(kind, 0)
        per_kind[kind] = ranks[i] + 1
    within = next(
        (h.entity.name for h in cast.lately() if any(s <= position < e for s, e in h.content)),
        None,
    )
    here = (layout.paragraph(position), layout.sentence(position))
    shared = _Shared(reference, cast, here, order, within)
    shared.plain = cast.plain(position, _PLAIN[reference.asked], shared.is_right_sex)
    shared.somebody_fits = any(shared.fits(e) for e in candidates) if reference.head else False
    like = _LIKE[reference.asked]
    result = []
    for i, entity in enumerate(candidates):
        own = shared.features(entity, places[i], ranks.get(i))
        # Rare kinds of references lean on what holds of all that are like them.
        result.append(own + [f"{like}:{f.partition(':')[2]}" for f in own])
    return result


def overlap(reference: Reference, entity: Entity, cast: Cast) -> int:
    """How many words of a reference, but for its noun, the article says of somebody."""
    return sum(
        cast.callings.level(word, entity.name) is not None or word in entity.called
        for word in _own_words(reference)
        if word not in (bare(w) for w in entity.name.split())
    )


def _own_words(reference: Reference) -> list[str]:
    """The words of a reference that say something, without its noun."""
    words = (bare(word) for word in reference.words.split())
    words = (PARTY_WORDS.get(word, word) for word in words)
    return [w for w in words if len(w) > 2 and w != reference.head and w not in NOT_NAMES]


def _place(entity: Entity, position: int, reference: Reference) -> Span | None:
    """Where the candidate stands nearest to the reference, before it rather than after.

    Its own content is passed over: "he" of '"Belo is wrong," he said' is hardly Belo.
    """
    last = entity.last_before(position)
    for _ in range(_PASSED):
        if last is None or not _is_inside(last, reference.content):
            break
        last = entity.last_before(last.start)
    own = entity.last_before(position)
    return last or own or entity.first_after(reference.span.end)


def _is_inside(place: Span, spans: Sequence[Span]) -> bool:
    return any(s <= place.start < e for s, e in spans)


def _use(text: str, place: Span) -> str:
    """How a mention goes on: as a subject, an owner, a part of a description, or otherwise."""
    if text[place.end - 2 : place.end] in ("'s", "’s"):
        return "owner"
    after = re.match(r"(,?)[ \t]*([\w’'-]*)", text[place.end : place.end + 30])
    comma, word = (after.group(1), bare(after.group(2))) if after else ("", "")
    if comma:
        return "comma"
    if word in SAYING or word in _VERBS or (word.endswith("ed") and len(word) > 4):
        return "verb"
    return "part" if word in TITLES or word in BODIES else "other"


@dataclass(slots=True)
class _Shared:
    """What is the same for all candidates of a reference."""

    reference: Reference
    cast: Cast
    here: tuple[int, int]
    order: dict[str, int]
    within: str | None
    plain: Entity | None = None
    somebody_fits: bool = False

    def features(self, entity: Entity, place: Span | None, rank: int | None) -> list[str]:
        kind = self.reference.asked
        t = f"{kind}:{entity.kind[0]}"
        heard = self.order.get(entity.name)
        found = [
            t,
            f"{t}:heard={'no' if heard is None else min(heard, 3)}",
            f"{t}:rank={'no' if rank is None else min(rank, 3)}",
            f"{t}:often={_bucket(len(entity.mentions))}",
        ]
        if entity is self.plain:
            found += [f"{t}:plain", f"{kind}:plain"]
        often = self.cast.is_often(entity)
        if often:
            found.append(f"{t}:top")
        if self.reference.head:
            found.append(f"{t}:top={often}:somebody-fits={self.somebody_fits}")
        if kind is Asked.HE:
            found.append(f"{t}:owner-asked={self.reference.owner}")
        if entity.kind is Kind.PERSON:
            found.append(f"{t}:gender={self._gender(entity.name)}")
        if self.within is not None:
            found.append(f"{t}:its-words={self.within == entity.name}")
        if self.reference.head and kind is not Asked.WHO:
            found += self._by_calling(t, entity)
        if self.reference.head and self.fits(entity):
            found.append(f"{t}:fits")
            found.append(f"{kind}:fits:heard={'no' if heard is None else min(heard, 2)}")
        if place is None:
            return [*found, f"{t}:nowhere"]
        return found + self._by_place(t, entity, place, heard)

    def _by_place(self, t: str, entity: Entity, place: Span, heard: int | None) -> list[str]:
        text, layout, position = self.cast.text, self.cast.layout, self.reference.span.start
        paragraphs = self.here[0] - layout.paragraph(place.start)
        sentences = self.here[1] - layout.sentence(place.start)
        first = layout.sentences[layout.sentence(place.start)]
        opens = place.start - first < 4
        lead = text[max(0, place.start - 12) : place.start].split()
        before = lead[-1].casefold() if lead else ""
        use = "part" if before in _ARTICLES and entity.kind is Kind.PERSON else _use(text, place)
        own = _is_inside(place, self.reference.content)
        subject = entity is self.cast.first_named(layout.sentence(place.start), entity.kind)
        found = [
            f"{t}:paragraphs={_distance(paragraphs)}",
            f"{t}:sentences={_distance(sentences)}",
            f"{t}:sentences={_distance(sentences)}:opens={opens}",
            f"{t}:opens={opens}:heard={'no' if heard is None else min(heard, 2)}",
            f"{t}:paragraph={paragraphs == 0}:heard={'no' if heard is None else min(heard, 2)}",
            f"{t}:led-to={before in _LED_TO}",
            f"{t}:use={use}",
            f"{t}:use={use}:sentences={_distance(sentences)}",
            f"{t}:subject={subject}:sentences={_distance(sentences)}",
            f"{t}:subject={subject}:heard={'no' if heard is None else min(heard, 2)}",
            f"{t}:own-content={own}",
        ]
        if self.reference.asked is Asked.WHO:
            between = text[place.end : position]
            apposed = _is_apposed(self.reference, text)
            found.append(f"{t}:between={_gap(between)}")
            found.append(f"{t}:between={_gap(between)}:apposed={apposed}")
        if self.reference.asked is Asked.NOBODY:
            found.append(f"{t}:ing={self.reference.cue.casefold().split()[:1]}"[:40])
            found.append(f"{t}:quoted={_is_quoted(self.reference, text)}:heard={heard == 0}")
        return found

    def _by_calling(self, t: str, entity: Entity) -> list[str]:
        """Features of what the article calls somebody, and the reference as well."""
        reference, cast = self.reference, self.cast
        level = cast.callings.level(reference.head, entity.name) or "no"
        if reference.head in entity.called:
            level = "called"
        shared = min(overlap(reference, entity, cast), 3)
        owner = bare(entity.name.split()[-1]) in _own_words(reference)
        last = bare(entity.name.split()[-1]) == reference.head
        before = entity.last_before(reference.span.start) is not None
        coming = [name for name, _ in reference.coming]
        at = str(coming.index(entity.name)) if entity.name in coming else "no"
        echo = dict(reference.coming).get(entity.name, "no")
        opening = min(self.here[0], 3)
        lately = next((h.entity for h in cast.lately() if reference.head in h.entity.called), None)
        return [
            f"{t}:level={level}",
            f"{t}:level={level}:before={before}",
            f"{t}:shared={shared}",
            f"{t}:level={level}:shared={shared}",
            f"{t}:in-words={owner}",
            f"{t}:last-word={last}",
            f"{t}:last-word={last}:before={before}",
            f"{t}:first={reference.words.split()[0].casefold()}:level={level}",
            f"{t}:called-last={lately is entity}",
            f"{t}:coming={at}",
            f"{t}:coming={at}:paragraph={opening}",
            f"{t}:coming={at}:before={before}",
            f"{t}:echo={echo}",
            f"{t}:echo={echo}:paragraph={opening}",
            f"{t}:coming={at}:level={level}",
            f"{t}:headline={self.here[0] == 0}:before={before}",
        ]

    def is_right_sex(self, entity: Entity) -> bool:
        """Whether nothing says that the candidate is of the other sex than the pronoun."""
        return entity.kind is not Kind.PERSON or self._gender(entity.name) != "False"

    def _gender(self, name: str) -> str:
        wanted = self.reference.wanted
        if wanted is None:
            return "any"
        known = self.cast.names.gender(name) or self.cast.pronoun(name)
        return "unknown" if known is None else str(known == wanted)

    def fits(self, entity: Entity) -> bool:
        """Whether the article calls the candidate by the reference's noun."""
        return fits(self.reference.head, entity, self.cast)


def _is_quoted(reference: Reference, text: str) -> bool:
    start = reference.content[0].start if reference.content else 0
    return bool(reference.content) and text[start : start + 1] in ("“", '"', "'", "‘")


def _is_apposed(reference: Reference, text: str) -> bool:
    """Whether a comma or dash stands before a "who": it says more of somebody who is known."""
    return text[max(0, reference.span.start - 4) : reference.span.start].rstrip()[-1:] in (
        ",",
        "—",
        "–",
        "-",
    )


def _gap(between: str) -> str:
    words = between.strip(" ,—–-")
    if not words:
        return "none"
    return "clause" if between.count(",") >= 2 and len(between) < 120 else "words"


def _bucket(count: int) -> str:
    return str(count) if count < 3 else "3-5" if count < 6 else "6+"


def _distance(count: int) -> str:
    if count < 0:
        return "after"
    return str(count) if count < 3 else "3-5" if count < 6 else "6+"
