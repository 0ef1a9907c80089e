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
from enum import StrEnum

from claims.records import Span
from claims.sources.cast import Cast, Entity, Kind
from claims.sources.lexicon import BODIES, PARTIES, PEOPLES, PLACES, ROLES, TITLES
from claims.sources.wording import CUT, bare, is_body, is_place

AS_WRITTEN, SOMEBODY = "as-written", "somebody"
"""The two answers that are no entity: the source's own words say all there is (or nobody speaks);
there is somebody, and none of the candidates."""
_UNNAMED = "UNNAMED: "
_APPOSED = re.compile(r"^\W{0,3}(?:,|who|which|—|–|-)\s*([^.;:“”\"\n]{1,80})")
_LED_TO = frozenset({"to", "of", "for", "with", "by", "against", "about", "from", "on", "in"})
_PEOPLE = frozenset({"boy", "girl", "lady", "gentleman", "couple", "defendant", "victim", "native"})
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "it"})


class Asked(StrEnum):
    """The kind of a reference."""

    HE = "he"  # he, she
    THEY = "they"
    IT = "it"
    WHO = "who"
    ROLE = "role"  # the senator
    BODY = "body"  # the council
    PLURAL = "plural"  # the researchers
    NOUN = "noun"  # the report
    NOBODY = "nobody"  # no source


PRONOUNS = frozenset({Asked.HE, Asked.THEY, Asked.IT, Asked.WHO})
"""References that say nothing by themselves: only with them there may be somebody unknown."""


_THINGS = frozenset({Asked.BODY, Asked.NOUN, Asked.PLURAL})
_PERSON, _OTHER = (Kind.PERSON,), (Kind.BODY, Kind.GROUP)
_PLAIN = {
    Asked.HE: _PERSON, Asked.ROLE: _PERSON, Asked.WHO: _PERSON, Asked.NOBODY: _PERSON,
    Asked.IT: (Kind.BODY,), Asked.BODY: (Kind.BODY,), Asked.NOUN: _OTHER,
    Asked.THEY: _OTHER, Asked.PLURAL: (Kind.GROUP,),
}  # fmt: skip
"""The kinds of speakers that each reference stands for, most often."""
_LIKE = {asked: "who-like" if of is _PERSON else "it-like" for asked, of in _PLAIN.items()}


@dataclass(frozen=True, slots=True)
class Reference:
    """What is to be resolved: where it stands, and what it says of whoever is meant.

    `head` is the noun of a nominal, `wanted` the gender of a pronoun; `content` and `cue` are
    those of the attribution. `owner`: it is whose "his campaign" is.
    """

    asked: Asked
    span: Span
    words: str = ""
    head: str = ""
    wanted: str | None = None
    content: tuple[Span, ...] = ()
    cue: str = ""
    owner: bool = False


def described_head(name: str) -> str:
    """The noun of a description: "officer" of "UNNAMED: a senior officer at the border"."""
    words = CUT.split(name.removeprefix(_UNNAMED).split(",")[0], maxsplit=1)[0].split()
    return bare(words[-1]) if words else ""


def may_be(reference: Reference, entity: Entity) -> bool:
    """Whether a candidate is worth a look: no council is "he", and no man "the council"."""
    if reference.asked is Asked.IT:
        return entity.kind is Kind.BODY
    if entity.name.startswith(_UNNAMED):
        return _may_be_nameless(reference, entity.name)
    if reference.asked in _THINGS:
        return entity.kind is not Kind.PERSON
    of_people = reference.asked in (Asked.HE, Asked.ROLE) or reference.words in ("who", "whom")
    return not of_people or entity.kind is not Kind.BODY or _may_be_person(entity)


def _may_be_nameless(reference: Reference, name: str) -> bool:
    """Whether one who is only described may be meant: "two aides" are no "he".

    A noun means somebody nameless only who is called the same, in more words.
    """
    head = described_head(name)
    if reference.asked is Asked.HE:
        return not head.endswith("s") and head not in ("people", "men", "women")
    if not reference.head or reference.asked is Asked.WHO:
        return True
    return head == reference.head and len(name) - len(_UNNAMED) > len(reference.words)


def _may_be_person(entity: Entity) -> bool:
    """Whether somebody of whose name nothing but its capitals tells may be a person."""
    words = entity.name.split()
    if len(words) == 1:
        word = bare(words[0])
        return len(entity.mentions) > 1 and word not in BODIES | PARTIES | PEOPLES | PLACES
    return len(words) < 5 and not is_body(words) and not is_place(words)


def asked_of(head: str) -> Asked:
    """The kind of a definite nominal, by its noun."""
    if head in BODIES:
        return Asked.BODY
    if head in ROLES or head in PARTIES or head in TITLES or head in _PEOPLE:
        return Asked.ROLE
    if head.endswith(("-year-old", "ian", "ist", "woman", "man")):
        return Asked.ROLE
    return Asked.PLURAL if head.endswith("s") or head == "people" else Asked.NOUN


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
        found += [
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
    like = _LIKE[reference.asked]
    result = []
    for i, entity in enumerate(candidates):
        own = shared.features(entity, places[i], ranks.get(i))
        # Rare kinds of references lean on what holds of all that are like them.
        result.append(own + [f"{like}:{f.partition(':')[2]}" for f in own])
    return result


def _place(entity: Entity, position: int, reference: Reference) -> Span | None:
    """Where the candidate stands nearest to the reference, before it rather than after."""
    return entity.last_before(position) or entity.first_after(reference.span.end)


@dataclass(slots=True)
class _Shared:
    """What is the same for all candidates of a reference."""

    reference: Reference
    cast: Cast
    here: tuple[int, int]
    order: dict[str, int]
    within: str | None
    plain: Entity | None = None

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
        if self.cast.is_often(entity):
            found.append(f"{t}:top")
        if kind is Asked.HE:
            found.append(f"{t}:owner-asked={self.reference.owner}")
        if entity.kind is Kind.PERSON:
            found.append(f"{t}:gender={self._gender(entity.name)}")
        if self.within is not None:
            found.append(f"{t}:its-words={self.within == entity.name}")
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
        owner = text[place.end - 2 : place.end] in ("'s", "’s")
        own = any(s <= place.start < e for s, e in self.reference.content)
        found = [
            f"{t}:paragraphs={_distance(paragraphs)}",
            f"{t}:sentences={_distance(sentences)}",
            f"{t}:sentences={_distance(sentences)}:opens={opens}",
            f"{t}:opens={opens}:heard={'no' if heard is None else min(heard, 2)}",
            f"{t}:paragraph={paragraphs == 0}:heard={'no' if heard is None else min(heard, 2)}",
            f"{t}:led-to={before in _LED_TO}",
            f"{t}:owner={owner}",
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


def is_called(entity: Entity, head: str) -> bool:
    """Whether a body with a name of its own is called by a noun, in it or in an apposition."""
    if entity.kind is not Kind.BODY or entity.name.startswith(_UNNAMED):
        return False
    words = entity.name.casefold().split()
    return (len(words) > 1 and words[-1] == head) or head in entity.called


def fits(head: str, entity: Entity, cast: Cast) -> bool:
    """Whether the article calls somebody by a noun: in the name, as a title, or beside it."""
    if head in (bare(w) for w in entity.name.split()):
        return True
    if entity.kind is Kind.PERSON and cast.names.has_title(entity.name, head):
        return True
    if head in entity.called:
        return True
    for mention in entity.mentions[:6]:
        beside = _APPOSED.match(cast.text[mention.end : mention.end + 90])
        if beside and re.search(rf"\b{re.escape(head)}\b", beside.group(1), re.IGNORECASE):
            return True
        lead = cast.text[max(0, mention.start - 40) : mention.start]
        if re.search(rf"\b{re.escape(head)},? $", lead, re.IGNORECASE):
            return True
    return False


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
