"""A source that is no pronoun and no list: a person, a body, a document, a role, a description."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from claims.records import Span
from claims.sources.answers import UNNAMED, UNRESOLVED
from claims.sources.cast import Kind
from claims.sources.lexicon import (
    BODIES,
    DOCUMENTS,
    NOT_NAMES,
    PARTIES,
    PEOPLES,
    QUANTIFIERS,
    TITLES,
    UTTERANCES,
)
from claims.sources.names import Names
from claims.sources.phrases import DETERMINER, Phrases, from_capital, trimmed
from claims.sources.references import Asked, Reference, asked_of, he, is_role, sex_of
from claims.sources.referring import Referrer
from claims.sources.wording import CUT, bare

_SUCH_AS = re.compile(r"(?:like|such as|including|among|especially|most notably)\b")
_SAID = UTTERANCES | {"account", "book", "finding", "findings", "memoir", "research"}
_OWNED = re.compile(r"(his|her|its|their)\s+(\w.*)", re.IGNORECASE | re.DOTALL)
_DEFINITE = re.compile(r"(?:the|this|that)\s+", re.IGNORECASE)
_PUBLISHED = re.compile(r"\s+(?:released|published|issued|taken|conducted)\b.*", re.DOTALL)
_ONGOING = re.compile(r"\s+[a-z]+ing\s+(?:the|a|an|such|that|his|her|its|their|how|whether)\s.*")
_OWNER = re.compile(r"['’]s\b")
_MADE = re.compile(r"(?:[\w-]+\s+){0,4}?([\w-]+)\s+(?:by|from)\s+(.+)")
_RELATIVE_CLAUSE = re.compile(r"[\s,]+(?:who|whose|which|that|where)\s.*", re.DOTALL)
_APPOSITION = re.compile(r",(?!\d)|\s+(?:--|—|–)\s+")
_NAME_ALONE = re.compile(r"(?:[Tt]he )?([A-Z][\w.’'-]*(?: (?:of|and|&|the|for|[A-Z][\w.’'-]*))*)")
_IMAGES = re.compile(
    r"(?:images?|photos?|photographs?|pictures?|footage|videos?)\s+"
    r"(?:released|published|provided|issued|broadcast|carried|shown) by\s+(.+)",
    re.IGNORECASE,
)


class Nominals:
    """Reads one source after the other, in the order of the text."""

    def __init__(self, names: Names, phrases: Phrases, referrer: Referrer) -> None:
        """All three are those of one article."""
        self._names, self._phrases, self._referrer = names, phrases, referrer

    def is_role(self, phrase: str) -> bool:
        """Whether the words are "the" and what somebody is: "the Lund senator"."""
        core = CUT.split(phrase, maxsplit=1)[0].split()
        return (
            _DEFINITE.match(phrase) is not None
            and len(core) > 1
            and asked_of(bare(core[-1])) is Asked.ROLE
        )

    def one(self, phrase: str, position: int) -> tuple[str, Kind]:
        """The speaker that the words name, refer to or describe."""
        head = trimmed(_RELATIVE_CLAUSE.sub("", phrase)) or phrase
        first, *appositions = [trimmed(p) for p in _APPOSITION.split(head)]
        appositions = [a for a in appositions if not _SUCH_AS.match(a)]
        noun = CUT.split(first, maxsplit=1)[0].split()[-1:]
        described = noun != [] and noun[0].islower()
        person = self._phrases.person(first)
        if person is None and appositions and described and bare(noun[0]) not in _SAID | BODIES:
            person = self._phrases.person(appositions[0])
        if person is not None:
            return person, Kind.PERSON
        named = _NAME_ALONE.fullmatch(appositions[0]) if len(appositions) == 1 else None
        if named is not None and first.split()[-1:] and first.split()[-1].islower():
            return named.group(1), Kind.BODY
        owned = _OWNED.fullmatch(first)
        if owned is not None:
            return self._owned(owned.group(1).casefold(), owned.group(2), position, phrase)
        return self._nominal(first, position)

    def _owned(self, pronoun: str, noun: str, position: int, phrase: str) -> tuple[str, Kind]:
        """ "His campaign", "her lawyer", "her allies": whose they are, and who they are then."""
        head = bare(CUT.split(noun, maxsplit=1)[0].split()[-1])
        kind = Kind.BODY if head in BODIES else Kind.GROUP
        span = Span(position, position + len(pronoun))
        asked = he(pronoun, span) if pronoun in ("his", "her") else Reference(Asked.THEY, span)
        owner, _ = self._referrer.settled(replace(asked, owner=True), UNRESOLVED, kind)
        if head in UTTERANCES and owner != UNRESOLVED:
            return owner, Kind.PERSON
        if owner == UNRESOLVED or owner.startswith(UNNAMED):
            return (UNRESOLVED if head in BODIES else UNNAMED + phrase), kind
        if head in BODIES:
            return self._phrases.without_title(self._phrases.called(owner, noun)), kind
        words = f"{owner}'s {noun}"
        if asked_of(head) in (Asked.ROLE, Asked.NOUN):
            return self._described(words, head, position, len(phrase))
        return UNNAMED + words, kind

    def _described(self, words: str, head: str, position: int, size: int) -> tuple[str, Kind]:
        """ "A judge", "Belo's lawyer": one whom the article names elsewhere, or nobody named."""
        role = is_role(head)
        plural = head.endswith("s") and head not in BODIES
        kind = Kind.PERSON if role else Kind.GROUP if plural else Kind.BODY
        which = Reference(
            Asked.SOME,
            Span(position, position + size),
            words=words,
            head=head,
            wanted=sex_of(head),
        )
        return self._referrer.settled(which, UNNAMED + words, kind)

    def _nominal(self, phrase: str, position: int) -> tuple[str, Kind]:
        """A source that names no person: a body, a document, a role, or people without a name."""
        determiner = DETERMINER.match(phrase)
        plain = phrase[determiner.end() if determiner else 0 :]
        shown = _IMAGES.match(plain)
        if shown is not None:  # "Images released by the agency": who shows them says so
            return self._nominal(shown.group(1), position + phrase.index(shown.group(1)))
        known = self._maker(plain) or self._known(plain)
        if known is not None:
            return known
        plain = _ONGOING.sub("", _PUBLISHED.sub("", plain))
        core = CUT.split(plain, maxsplit=1)[0].split() or [plain]
        head = bare(core[-1])
        named_body = head in BODIES and any(w[:1].isupper() for w in core[:-1])
        small = core[-1].islower() or core[-1] in ("Republican", "Democrat")
        if _DEFINITE.match(phrase) and small and not named_body:
            return self._definite(phrase, head, position)
        named = self._named(plain, core, head, is_bare=determiner is None)
        if named is not None:
            return named, Kind.BODY
        words = self._phrases.with_full_owner(phrase)
        plural = head.endswith("s") and head not in BODIES
        if plural or bare(core[0]) in QUANTIFIERS - {"another", "one"}:
            return UNNAMED + words, Kind.GROUP if plural else Kind.BODY
        return self._described(words, head, position, len(phrase))

    def _known(self, plain: str) -> tuple[str, Kind] | None:
        """A body that the article spells out or the registry knows by just these words."""
        spelt = self._names.acronyms.get(plain.replace(".", ""))
        if spelt is not None:
            return spelt, Kind.BODY
        if bare(plain.rpartition(" ")[2]) in PEOPLES or not self._phrases.is_one_body(plain):
            return None
        return self._phrases.full_body(from_capital(plain, len(plain.split()))), Kind.BODY

    def _named(self, plain: str, core: list[str], head: str, *, is_bare: bool) -> str | None:
        """The name of a body or of its document, if the words are one and no description."""
        capitals = [w for w in core if w[:1].isupper() and bare(w) not in NOT_NAMES]
        if capitals and head in DOCUMENTS and not _OWNER.search(plain):
            return self._document(plain, len(core))
        is_name = core[-1][:1].isupper() and head not in NOT_NAMES and head not in PARTIES
        is_name &= bare(core[0]) not in QUANTIFIERS and head not in PEOPLES
        is_name &= len(core) > 1 or not self._names.is_plural_noun(core[-1])
        is_name &= not is_bare or not self._is_headline(core)
        if not is_name and not (capitals and head in BODIES):
            return None
        return self._phrases.full_body(self._phrases.without_title(from_capital(plain, len(core))))

    def _maker(self, plain: str) -> tuple[str, Kind] | None:
        """Who speaks in "a study by Ana Belo", "a report from the Lund Post": its makers."""
        made = _MADE.match(plain)
        if made is None or bare(made.group(1)) not in DOCUMENTS:
            return None
        maker = _RELATIVE_CLAUSE.sub("", _PUBLISHED.sub("", made.group(2)))
        listed = self._phrases.several(maker)
        if listed is not None:
            return listed
        person = self._phrases.person(maker)
        if person is not None:
            return person, Kind.PERSON
        body = DETERMINER.sub("", maker)
        return (self._phrases.full_body(body), Kind.BODY) if _NAME_ALONE.fullmatch(body) else None

    def _document(self, plain: str, core: int) -> str:
        """ "A new Post article" as "Lund Post article": whose it is, in full, and what it is."""
        words = from_capital(plain, core).split()
        owned = next((i for i, word in enumerate(words) if word.islower()), len(words))
        owner = self._phrases.full_body(" ".join(words[:owned]))
        return " ".join([owner, *words[owned:]])

    def _is_headline(self, core: Sequence[str]) -> bool:
        """Whether nothing but a headline makes a name of the words: "Federal Judge", "New Poll".

        They end in a word for somebody or something, and the article writes none of them with a
        capital for its own sake.
        """
        head = bare(core[-1])
        common = [self._names.is_common(w) or bare(w) in NOT_NAMES | TITLES for w in core[:-1]]
        named = head in BODIES | TITLES or self._names.is_common(core[-1])
        return named and all(common) and not self._names.is_capital_inside(" ".join(core))

    def _definite(self, phrase: str, head: str, position: int) -> tuple[str, Kind]:
        """ "The senator", "the council": one that was named, or nobody more than these words."""
        asked = asked_of(head)
        kind = {Asked.ROLE: Kind.PERSON, Asked.PLURAL: Kind.GROUP}.get(asked, Kind.BODY)
        span = Span(position, position + len(phrase))
        words = UNNAMED + self._phrases.with_full_owner(phrase)
        which = Reference(asked, span, words=phrase, head=head, wanted=sex_of(head))
        return self._referrer.settled(which, words, kind)
