"""References: what a pronoun, a role or a description asks for, and who may be meant by it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from claims.records import Span
from claims.sources.cast import Cast, Entity, Kind
from claims.sources.lexicon import BODIES, FEMALE, MALE, PARTIES, PEOPLES, PLACES, ROLES, TITLES
from claims.sources.wording import CUT, bare, is_body, is_place

_UNNAMED = "UNNAMED: "
_PEOPLE = frozenset({"boy", "girl", "lady", "gentleman", "couple", "defendant", "victim", "native"})


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
    SOME = "some"  # a judge, Belo's lawyer
    NOBODY = "nobody"  # no source


PRONOUNS = frozenset({Asked.HE, Asked.THEY, Asked.IT, Asked.WHO})
"""References that say nothing by themselves: only with them there may be somebody unknown."""


_THINGS = frozenset({Asked.BODY, Asked.NOUN, Asked.PLURAL})


@dataclass(frozen=True, slots=True)
class Reference:
    """What is to be resolved: where it stands, and what it says of whoever is meant.

    `head` is the noun of a nominal, `wanted` the gender of a pronoun; `content` and `cue` are
    those of the attribution. `owner`: it is whose "his campaign" is. `coming` are the people who
    are sources next, with how much of this content theirs repeats.
    """

    asked: Asked
    span: Span
    words: str = ""
    head: str = ""
    wanted: str | None = None
    content: tuple[Span, ...] = ()
    cue: str = ""
    owner: bool = False
    coming: tuple[tuple[str, str], ...] = ()


def he(word: str, span: Span) -> Reference:
    """The reference that "he", "her" and the like are."""
    wanted = "she" if word in ("she", "her", "hers", "herself") else "he"
    return Reference(Asked.HE, span, wanted=wanted)


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
    if reference.asked is Asked.SOME:  # "Belo's lawyer" isn't Belo
        owner = bare(entity.name.split()[-1]) in (bare(w) for w in reference.words.split())
        return not owner and (entity.kind is Kind.PERSON) is is_role(reference.head)
    if reference.asked in (Asked.HE, Asked.ROLE) and "; " in entity.name:
        return False
    if reference.asked in _THINGS:
        person = entity.kind is Kind.PERSON or (entity.is_like_person and not entity.is_place)
        return not person
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
    if entity.is_place:
        return False
    if len(words) == 1:
        word = bare(words[0])
        return len(entity.mentions) > 1 and word not in BODIES | PARTIES | PEOPLES | PLACES
    return len(words) < 5 and not is_body(words) and not is_place(words)


def is_role(head: str) -> bool:
    """Whether a noun says what a person is."""
    return head in TITLES or asked_of(head) is Asked.ROLE


def sex_of(head: str) -> str | None:
    """`he` or `she` of a noun that says so: "businessman", "actress"."""
    if head in FEMALE or head.endswith(("woman", "girl")):
        return "she"
    return "he" if head in MALE or head.endswith(("man", "boy")) else None


def asked_of(head: str) -> Asked:
    """The kind of a definite nominal, by its noun."""
    if head in BODIES:
        return Asked.BODY
    if head in ROLES or head in PARTIES or head in TITLES or head in _PEOPLE:
        return Asked.ROLE
    if head.endswith(("-year-old", "ian", "ist", "woman", "man")):
        return Asked.ROLE
    return Asked.PLURAL if head.endswith("s") or head == "people" else Asked.NOUN


def fits(head: str, entity: Entity, cast: Cast) -> bool:
    """Whether the article calls somebody by a noun: in the name, as a title, or beside it."""
    return head in entity.called or cast.callings.is_strong(head, entity.name)
