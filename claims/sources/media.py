"""Which noun phrases name a medium: "the Yonhap news agency", "state broadcaster NTV", "CNN".

A phrase is read word by word: determiner, describing words, a name, and what the medium is. It is
a medium if the name is known as one (an agency, the article's own outlet, a registry), if the
phrase says so ("the daily Lund Post"), or if the name does ("Lund Gazette", "Radio Lund").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from claims.documents.agencies import agency_name
from claims.records import Span
from claims.sources.lexicon import NOT_NAMES, TITLES
from claims.sources.mediawords import (
    AGENCY_TITLE,
    FIRST_WORDS,
    JOINING,
    THE_PLACES,
    TITLE_WORDS,
    describes,
    is_capital,
    is_origin,
    joins,
    says_medium,
)
from claims.sources.names import Names
from claims.sources.wording import bare, usual_pronoun, without_possessive

UNNAMED = "UNNAMED: "


_TOKEN = re.compile(r"[\w&][\w’'&./-]*")
_CAPITAL_BEFORE = re.compile(r"(?<![\w’'-])[A-ZÀ-Þ][\w’'-]*[ \t]+$")
_SPACE = re.compile(r"[ \t]*\n?[ \t]*")
_NOT_MEDIA_AFTER = re.compile(
    r"\s+(?:\w+\s+)?(?:executives?|editors?|reports?|articles?|stor(?:y|ies)|polls?|surveys?"
    r"|headquarters|offices?|employees|staff|owners?|building|photo(?:graph)?s?|images?)\b"
)


class Known(Protocol):
    """What is needed of a registered source."""

    @property
    def id(self) -> str:
        """Tells it from all others."""
        ...

    @property
    def kind(self) -> str:
        """`media` for media."""
        ...


class Resolving(Protocol):
    """What is needed of a registry to know a medium by its name."""

    def resolve(self, name: str) -> Known | None:
        """The source of a name, None if it is unknown or not plain."""
        ...


@dataclass(frozen=True, slots=True)
class Medium:
    """A medium where the text names it. `name` begins with "UNNAMED: " if it has none.

    `is_sure` is False where only a capital "The" says so: "The Causeway" may be a road.
    """

    name: str
    span: Span
    is_sure: bool = True


@lru_cache(maxsize=2)  # chains and citations are read of one text
def _acronyms(text: str) -> dict[str, str]:
    return Names(text).acronyms


class Media:
    """Reads the media of one article."""

    def __init__(self, text: str, known: tuple[str, ...], registry: Resolving | None) -> None:
        """`known` are names that the article's metadata gives: its outlet and agency."""
        self._text = text
        self._known = {body_key(name): name for name in known}
        self._registry = registry
        self._acronyms = _acronyms(text)
        self._full: dict[str, str] = {}
        self._read_before: dict[tuple[str, ...], tuple[str, bool] | None] = {}
        self._found: dict[tuple[int, int], tuple[Medium, ...]] = {}

    def mentions(self, start: int, end: int) -> tuple[Medium, ...]:
        """The media named between two offsets, in order, none in another."""
        if (start, end) not in self._found:
            self._found[start, end] = tuple(self._mentions(start, end))
        return self._found[start, end]

    def _mentions(self, start: int, end: int) -> Iterator[Medium]:
        at = start
        for token in _TOKEN.finditer(self._text, start, end):
            lead = self._text[max(0, token.start() - 40) : token.start()]
            before = _CAPITAL_BEFORE.search(lead)
            if token.start() < at or (before and bare(before.group()) not in NOT_NAMES):
                continue  # in a medium, or in the middle of a longer name
            found = self._read(self._text, token.start(), end)
            if found is not None and not _NOT_MEDIA_AFTER.match(self._text, found.span.end):
                yield found
                at = found.span.end

    def record_name(self, name: str) -> str:
        """A speaker's name as links have it: "the TASS news agency" as "TASS"."""
        found = self._read(name, 0, len(name))
        is_whole = found is not None and found.span == (0, len(name)) and found.is_sure
        return found.name if found and is_whole and not found.name.startswith(UNNAMED) else name

    def _read(self, text: str, start: int, end: int) -> Medium | None:
        """The medium whose phrase begins at `start`, in its longest reading."""
        tokens = list(_phrase(text, start, end))
        words = [text[s:e] for s, e in tokens]
        for n in range(len(tokens), 0, -1):
            if n < len(tokens) and is_capital(words[n]):
                continue  # "the Foreign Press" of "the Foreign Press Association"
            part = tuple(words[:n])
            if part not in self._read_before:
                self._read_before[part] = self._medium(words[:n])
            found = self._read_before[part]
            if found is not None:
                name, is_sure = found
                possessive = len(words[n - 1]) - len(without_possessive(words[n - 1]))
                return Medium(name, Span(start, tokens[n - 1].end - possessive), is_sure)
        return None

    def _medium(self, words: list[str]) -> tuple[str, bool] | None:
        """The name of the medium that the words are, and whether that is sure."""
        shown = " ".join(words)
        det = words[0] if words[0].casefold() in ("the", "a", "an") else None
        rest = words[1:] if det else words
        if not rest:
            return None
        last = max((i for i, w in enumerate(rest) if is_capital(w)), default=-1)
        first = last
        while first > 0 and (is_capital(rest[first - 1]) or joins(rest, first - 1)):
            first -= 1
        name, before, tail = rest[first : last + 1], rest[: max(first, 0)], rest[last + 1 :]
        if last < 0:
            return self._unnamed(det, tail, shown)
        if not all(describes(w) for w in [*before, *tail]):
            return None
        host = without_possessive(name[0])  # "CNN's Ana Belo"
        if len(name) > 1 and host != name[0] and self._is_known(host) and not self._says(name[1:]):
            return self._name(host), True
        while len(name) > 1 and is_origin(name[0]) and self._is_only_origin(name):
            name = name[1:]
        plain = without_possessive(" ".join(name))
        if len(name) == 1 and is_origin(name[0]) and not self._is_known(plain):
            return self._unnamed("a", rest, shown)
        return self._named(det, name, [*before, *tail])

    def _named(
        self, det: str | None, name: list[str], described: list[str]
    ) -> tuple[str, bool] | None:
        """A medium with a name, which is known, tells, or is described as one."""
        plain = without_possessive(" ".join(name))
        small = [w for w in described if w[:1].islower() or w == "TV"]
        is_said = says_medium(small) and bare(name[0]) not in TITLES
        if is_said or self._is_known(plain) or self._says(name):
            return self._name(plain), True
        if det == "The" and not small and len(name) < 4 and bare(name[0]) not in THE_PLACES:
            full = self._name(plain)
            return (f"The {plain}" if full == plain else full), False
        return None

    def _unnamed(self, det: str | None, words: list[str], shown: str) -> tuple[str, bool] | None:
        """ "A Lundish newspaper", "state television"; not "the newspaper", "media"."""
        if not words or not all(describes(w) for w in words) or not says_medium(words):
            return None
        is_described = len(words) > 1 or det in ("a", "an", "A", "An")
        return (UNNAMED + shown, True) if is_described and det not in ("the", "The") else None

    def _says(self, name: list[str]) -> bool:
        """Whether the words of a name are such as only media have."""
        if len(name) < 2:
            return False
        last = bare(name[-1])
        is_titled = last in TITLE_WORDS or bare(name[0]) in FIRST_WORDS
        is_person = bare(name[0]) in TITLES or usual_pronoun(name[0]) is not None
        return (is_titled and not is_person) or bool(
            AGENCY_TITLE.search(without_possessive(" ".join(name)))
        )

    def _is_known(self, name: str) -> bool:
        if agency_name(name) is not None or body_key(name) in self._known:
            return True
        spelt = self._acronyms.get(name)
        if spelt is not None and self._says(spelt.split()):
            return True
        found = self._registry.resolve(name) if self._registry else None
        return found is not None and found.kind == "media"

    def _is_only_origin(self, name: list[str]) -> bool:
        """Whether the first word of a name is no part of it: "Russian TASS" is TASS."""
        whole, rest = " ".join(name), " ".join(name[1:])
        if not self._is_known(whole):
            return True
        if agency_name(whole) is not None or self._registry is None:
            return False
        known, other = self._registry.resolve(whole), self._registry.resolve(rest)
        return known is not None and other is not None and known.id == other.id

    def _name(self, name: str) -> str:
        """The record's name of an agency, else the fullest form that the article has."""
        if name not in self._full:
            name_or_spelt = self._acronyms.get(name, name)
            self._full[name] = (
                agency_name(name)
                or agency_name(name_or_spelt)
                or self._given(name_or_spelt)
                or self._fullest(name_or_spelt)
            )
        return self._full[name]

    def _given(self, name: str) -> str | None:
        """The article's outlet as its metadata has it, unless that is a web address."""
        given = self._known.get(body_key(name))
        return given if given and " " in given else None

    def _fullest(self, name: str) -> str:
        """ "Lund Enquirer" for "Enquirer", if the article has one name that ends so."""
        if " " in name:
            return name
        longer = rf"(?:\b[A-ZÀ-Þ][\w’'-]*[ \t]+){{1,3}}(?i:{re.escape(name)})\b(?![ \t]+[A-Z])"
        found = {m.group() for m in re.finditer(longer, self._text)}
        forms = {_titled(re.sub(r"^(?i:the)\s+", "", form)) for form in found}
        forms = {form for form in forms if " " in form and bare(form.split()[0]) not in TITLES}
        return forms.pop() if len(forms) == 1 else name


def body_key(name: str) -> str:
    """The same for all ways to write one body: record name of an agency, else plain letters."""
    form = re.sub(r"^(?i:the)\s+", "", name.strip())
    known = agency_name(form) or agency_name(name.strip())
    if known is not None:
        return known.casefold()
    folded = form.casefold()
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", folded):
        folded = folded.split(".")[0].removeprefix("the")  # a web address: themoscowtimes.com
    return re.sub(r"[\W_]+", "", folded)


def _phrase(text: str, start: int, end: int) -> Iterator[Span]:
    """The words from `start` on that may belong to one name, punctuation ending them."""
    at, count = start, 0
    while count < 9 and (token := _TOKEN.match(text, at, end)) is not None:
        word = token.group().rstrip("./-'")
        is_det = count == 0 and word.casefold() in ("the", "a", "an")
        may_go_on = is_det or word in JOINING or is_capital(word) or describes(word)
        if not may_go_on or (bare(word) in NOT_NAMES and not is_det):
            return
        stop = token.start() + len(word)
        yield Span(token.start(), stop)
        space = _SPACE.match(text, token.end())
        assert space is not None
        at, count = space.end(), count + 1
        if at == token.end() or stop < token.end():
            return


def _titled(name: str) -> str:
    return name.title() if name.isupper() else name
