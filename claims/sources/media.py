"""Which noun phrases name a medium: "the Yonhap news agency", "state broadcaster NTV", "CNN".

A phrase is read word by word: determiner, describing words, a name, and what the medium is. It is
a medium if the name is known as one (an agency, the article's own outlet, a registry), if the
phrase says so ("the daily Lund Post"), or if the name does ("Lund Gazette", "Radio Lund").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from claims.documents.agencies import agency_name
from claims.records import Span
from claims.sources.lexicon import NOT_NAMES, PEOPLES, PLACES, REGIONS, TITLES
from claims.sources.names import Names
from claims.sources.wording import bare, usual_pronoun, without_possessive

UNNAMED = "UNNAMED: "


def _words(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


_HEADS = _words(
    """agency broadcaster channel daily magazine media network newspaper newspapers newswire outlet
    paper portal program programme radio station tabloid television tv weekly website"""
)
_WEAK_HEADS = _words("agency channel media network outlet paper portal program programme website")
"""These say that something is a medium only together with "news" or the like."""
_DESCRIBING = _words(
    """business commercial domestic english evening foreign independent international leading local
    main morning national news official opposition popular press pro-government private public
    regional semi-official semiofficial sports state state-controlled state-owned state-run wire"""
)
_MAKE_STRONG = _words(
    "news press official semi-official state state-controlled state-owned state-run local tv radio"
)
_TITLE_WORDS = _words(
    """broadcasting chronicle courier daily enquirer examiner gazette herald inquirer journal
    magazine mail mirror network news newspaper observer post press radio review telegraph
    television times tribune tv weekly"""
)
"""Last words that only media have in their names, as far as the name has more words than one."""
_AGENCY_TITLE = re.compile(r"(?:News|Press|Telegraph|Information) Agency$")
_FIRST_WORDS = _words("channel radio")
_THE_PLACES = _words("bahamas bronx gambia hague netherlands philippines sudan united vatican")
_JOINING = _words("of & de la le du der di for")
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


class Media:
    """Reads the media of one article."""

    def __init__(self, text: str, known: tuple[str, ...], registry: Resolving | None) -> None:
        """`known` are names that the article's metadata gives: its outlet and agency."""
        self._text = text
        self._known = {body_key(name): name for name in known}
        self._registry = registry
        self._acronyms = Names(text).acronyms
        self._full: dict[str, str] = {}

    def mentions(self, start: int, end: int) -> Iterator[Medium]:
        """The media named between two offsets, in order, none in another."""
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

    def is_medium(self, name: str) -> bool:
        """Whether the whole of `name` names a medium."""
        found = self._read(name, 0, len(name))
        return found is not None and found.span.end == len(name)

    def _read(self, text: str, start: int, end: int) -> Medium | None:
        """The medium whose phrase begins at `start`, in its longest reading."""
        tokens = list(_phrase(text, start, end))
        words = [text[s:e] for s, e in tokens]
        for n in range(len(tokens), 0, -1):
            if n < len(tokens) and _is_capital(words[n]):
                continue  # "the Foreign Press" of "the Foreign Press Association"
            found = self._medium(words[:n])
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
        last = max((i for i, w in enumerate(rest) if _is_capital(w)), default=-1)
        first = last
        while first > 0 and (_is_capital(rest[first - 1]) or _joins(rest, first - 1)):
            first -= 1
        name, before, tail = rest[first : last + 1], rest[: max(first, 0)], rest[last + 1 :]
        if last < 0:
            return self._unnamed(det, tail, shown)
        if not all(_describes(w) for w in [*before, *tail]):
            return None
        while len(name) > 1 and (_is_origin(name[0]) and not self._is_known(" ".join(name))):
            if _is_possessive(name[0]) and self._is_known(without_possessive(name[0])):
                if len(name) > 2 or not self._has_title(name[1:]):
                    return self._name(without_possessive(name[0])), True  # CNN's Ana Belo
            name = name[1:]
        plain = without_possessive(" ".join(name))
        if len(name) == 1 and _is_origin(name[0]) and not self._is_known(plain):
            return self._unnamed("a", rest, shown)
        if self._is_known(plain) or self._has_title(name):
            return self._name(plain), True
        lower = [w for w in [*before, *tail] if w[:1].islower() or w == "TV"]
        if _says_medium(lower) and not (before and bare(name[0]) in TITLES):
            return self._name(plain), True
        is_the = det == "The" and not lower and len(name) < 4
        if is_the and bare(name[0]) not in _THE_PLACES:
            full = self._name(plain)
            return (f"The {plain}" if full == plain else full), False
        return None

    def _unnamed(self, det: str | None, words: list[str], shown: str) -> tuple[str, bool] | None:
        """ "A Lundish newspaper", "state television"; not "the newspaper", "media"."""
        if not words or not all(_describes(w) for w in words) or not _says_medium(words):
            return None
        is_described = len(words) > 1 or det in ("a", "an", "A", "An")
        return (UNNAMED + shown, True) if is_described and det not in ("the", "The") else None

    def _has_title(self, name: list[str]) -> bool:
        """Whether the words of a name are such as only media have."""
        if len(name) < 2:
            return False
        last = bare(name[-1])
        is_titled = last in _TITLE_WORDS or bare(name[0]) in _FIRST_WORDS
        is_person = bare(name[0]) in TITLES or usual_pronoun(name[0]) is not None
        return (is_titled and not is_person) or bool(
            _AGENCY_TITLE.search(without_possessive(" ".join(name)))
        )

    def _is_known(self, name: str) -> bool:
        if agency_name(name) is not None or body_key(name) in self._known:
            return True
        spelt = self._acronyms.get(name)
        if spelt is not None and self._has_title(spelt.split()):
            return True
        found = self._registry.resolve(name) if self._registry else None
        return found is not None and found.kind == "media"

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
        may_go_on = is_det or word in _JOINING or _is_capital(word) or _describes(word)
        if not may_go_on or (bare(word) in NOT_NAMES and not is_det):
            return
        stop = token.start() + len(word)
        yield Span(token.start(), stop)
        space = _SPACE.match(text, token.end())
        assert space is not None
        at, count = space.end(), count + 1
        if at == token.end() or stop < token.end():
            return


def _is_capital(word: str) -> bool:
    if word == "TV":  # "state TV"
        return False
    return word[:1].isupper() or word[:1].isdigit() or agency_name(word) is not None


def _joins(words: list[str], i: int) -> bool:
    return words[i] in _JOINING and i > 0 and _is_capital(words[i - 1])


def _describes(word: str) -> bool:
    small = word.casefold()
    is_said = small in _DESCRIBING or small in _HEADS or small.endswith(("-language", "-based"))
    return (
        is_said
        or _is_possessive(word)
        or (_is_capital(word) and _is_origin(word))
        or (
            # "the Estavian daily Harbour Gazette": a people that no list has
            word[:1].isupper() and small.endswith(("ian", "ean", "ish", "ese", "an"))
        )
    )


def _is_possessive(word: str) -> bool:
    return without_possessive(word) != word


def _is_origin(word: str) -> bool:
    """Whether a word says where a medium is from: "Russian", "Russia's", "North"."""
    plain = bare(word)
    is_people = plain in PEOPLES | REGIONS | PLACES | {"us", "uk"} or _is_possessive(word)
    return is_people or plain.endswith(("ian", "ean", "ish", "ese"))


def _says_medium(words: list[str]) -> bool:
    """Whether describing words say that this is a medium: "daily", "news agency", "state media"."""
    small = [w.casefold() for w in words]
    heads = [w for w in small if w in _HEADS]
    strong = any(w not in _WEAK_HEADS for w in heads)
    is_origin = any(_is_capital(w) and _is_origin(w) for w in words)
    made_strong = not _MAKE_STRONG.isdisjoint(small) or (is_origin and "media" in small)
    return bool(heads) and (strong or made_strong)


def _titled(name: str) -> str:
    return name.title() if name.isupper() else name
