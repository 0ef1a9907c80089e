"""Who holds which office, as an article says it in a title or an apposition.

Read are offices that one person holds at a time, with what they are for: "the harbour minister of
Velmora", "Velmora's harbour minister Ana Belo", "Ana Belo, Velmoran minister of harbours". Former,
deputy and acting holders are another office, and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from claims.matching.lexicon import STOP_WORDS
from claims.records import BlockKind, Span
from claims.sources.keys import key
from claims.sources.lexicon import BODIES, TITLES
from claims.sources.wording import bare, without_possessive

if TYPE_CHECKING:
    from claims.sources.registry import Registry
    from claims.store.rows import ArticleView

_HEADS = "prime minister|minister|premier|president|chancellor|governor|mayor|king|queen|emperor"
_PART = r"(?:[A-Z]\.|[^\W\d_a-zß-öø-ÿ][\w’'-]*)"
_NAME = (
    rf"{_PART}(?:[ \t]+(?:(?:de|da|del|della|der|den|van|von|bin|al|el|ben)[ \t]+)?{_PART}){{1,3}}"
)
_WORD = r"[\w’'.&-]+"
# "Ana Belo (left), the harbour minister of Velmora"
_BEHIND = re.compile(
    rf"(?P<name>{_NAME})(?:[ \t]*\([^)\n]{{1,40}}\))?,[ \t]+(?P<before>(?:{_WORD}[ \t]+){{0,7}}?)"
    rf"(?P<head>(?i:{_HEADS}))(?P<after>(?:[ \t]+(?:of|for)[ \t]+(?:{_WORD}[ \t]*){{1,9}})?)"
    r"(?=[,;:.()\n]|[ \t]|$)"
)
# "Velmora's harbour minister(,) Ana Belo", "Minister of Harbours Ana Belo"
_BEFORE = re.compile(
    rf"(?P<head>\b(?i:{_HEADS}))(?P<after>(?:[ \t]+(?:of|for)[ \t]+(?:{_WORD}[ \t]+){{1,6}}?)?)"
    rf",?[ \t]+(?P<name>{_NAME})"
)
_LEAD = re.compile(rf"(?:{_WORD}[ \t]+){{1,8}}$")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_STOP = _words(
    """in at on who which that said says told met meets with by from to during after before since
    has had is was were will would as when while whose where but"""
)
_EDGES = _STOP | frozenset({"the", "a", "an", "between", "of", "for", "against", "under", "new"})
_OTHER_OFFICE = re.compile(
    r"\b(?:former|ex|then|late|deputy|vice|acting|assistant|interim|outgoing|incoming|elect|"
    r"shadow|previous|designate|nominee|candidate|caretaker|honorary|first|junior|onetime|"
    r"one-time|longtime|next|state)\b|\bex-|-elect\b",
    re.IGNORECASE,
)
_DIRECTIONS = frozenset({"north", "south", "east", "west"})
_PLACES = frozenset({"region", "state", "province", "city", "country", "republic", "territory"})


@dataclass(frozen=True, slots=True)
class Holder:
    """That an article says somebody holds an office.

    `office` is the head word, the stems of what it is for, and the id of the state whose it is;
    equal ones are one office. `span` runs over name and office, `name` is as it stands there.
    """

    article_id: int
    office: tuple[str, frozenset[str], str]
    name: str
    span: Span
    kind: BlockKind


def holders(view: ArticleView, registry: Registry) -> list[Holder]:
    """Who holds an office by an article's headline, body and captions, in order.

    Only offices whose state is named with them: "the foreign minister" alone may be any state's.
    """
    found = []
    for block in view.blocks:
        if block.kind in (BlockKind.HEADLINE, BlockKind.BODY, BlockKind.CAPTION):
            words = view.text[block.start : block.end]
            for name, office, start, end in _read(words, registry):
                span = Span(block.start + start, block.start + end)
                found.append(Holder(view.row.id, office, name, span, block.kind))
    return found


_Office = tuple[str, frozenset[str], str]


def _read(words: str, registry: Registry) -> Iterator[tuple[str, _Office, int, int]]:
    for m in _BEHIND.finditer(words):
        before = m["before"]
        if any(w.casefold() in _STOP for w in before.split()):
            continue
        office = _office(m["head"], before, _cut(m["after"]), registry)
        name = _person(m["name"])
        if office and name:
            end = m.start("after") + len(_cut(m["after"]).rstrip())
            yield name, office, m.start("name"), max(end, m.end("head"))
    for m in _BEFORE.finditer(words):
        lead = _lead(words[: m.start("head")])
        before = words[: m.start("head") - len(lead)].split()[-2:]
        if _OTHER_OFFICE.search(" ".join(before)):  # "former Norwegian Prime Minister …"
            continue
        office = _office(m["head"], lead, m["after"], registry)
        name = _person(m["name"])
        if office and name:
            yield name, office, m.start("head") - len(lead), m.end("name")


def _cut(after: str) -> str:
    """What "of …" goes on to, up to a word that belongs to the sentence again."""
    kept: list[str] = []
    for token in re.findall(r"\S+\s*", after):
        if bare(token.strip()) in _STOP:
            break
        kept.append(token)
    return " " * (len(after) - len(after.lstrip())) + "".join(kept)


def _lead(words: str) -> str:
    """The end of `words` that belongs to the title behind it."""
    found = _LEAD.search(words[-120:])
    taken: list[str] = []
    capitals = False
    for token in reversed(re.findall(r"\S+\s*", found.group()) if found else []):
        word = token.strip()
        if word.endswith((",", ";", ":", ".")) and not re.fullmatch(
            r"(?:[A-Z]\.)+|[A-Z]\w?\.", word
        ):
            break
        is_capital = word[:1].isupper()
        if word.casefold() in _EDGES or (capitals and not is_capital and word not in ("and", "&")):
            break
        if taken and _is_owner(word) and capitals and not _is_owner(taken[-1].strip()):
            taken.append(token)
            continue
        taken.append(token)
        capitals = capitals or is_capital
    return "".join(reversed(taken))


def _is_owner(word: str) -> bool:
    return bool(re.search(r"['’]s?$", word))


def _office(head: str, before: str, after: str, registry: Registry) -> _Office | None:
    """The office of a title's words; None where it is no plain one, or its state isn't named."""
    if _OTHER_OFFICE.search(f"{before} {after}"):
        return None
    words = [w for w in before.split() if w.casefold() not in ("the", "a", "an")]
    state, rest = _state_first(words, registry)
    tail = re.sub(r"^\s*(?:of|for)\s+", "", after)
    parts = re.split(r"\s+(?:of|for)\s+", tail) if tail else []
    for part in parts:
        named = state_of(re.sub(r"^the\s+", "", part.strip()), registry)
        if named and state is None:
            state = named
        elif named != state or named is None:
            rest += part.split()
    head = re.sub(r"\s+", " ", head.casefold())
    head = "prime minister" if head == "premier" else head
    purpose = frozenset(
        bare(without_possessive(w))[:6]
        for w in rest
        if bare(w) not in STOP_WORDS | _PLACES and re.search(r"\w", w)
    )
    bound_to_region = head in ("minister", "governor", "mayor")
    if state is None or bound_to_region != bool(purpose):
        return None  # "president of the pilots' union of Norway" is no head of state
    if any(bare(w) in TITLES - {"first"} for w in rest):
        return None  # "president and foreign minister": two offices
    return head, purpose, state


def _state_first(words: list[str], registry: Registry) -> tuple[str | None, list[str]]:
    """The state that a title opens with, by the longest run of its first words, and the rest."""
    for size in range(min(len(words), 4), 0, -1):
        named = state_of(without_possessive(" ".join(words[:size])), registry)
        if named:
            return named, words[size:]
    return None, words


def state_of(words: str, registry: Registry) -> str | None:
    """Id of the state that a name or an adjective stands for; None if it is no state's."""
    # "the South" may be a state's, "a South Sennat lawyer" isn't.
    is_name = words[:1].isupper() and words.casefold() not in _DIRECTIONS
    return _state(words, registry) if is_name else None


@lru_cache(maxsize=4096)
def _state(words: str, registry: Registry) -> str | None:
    for form in (words, f"{words} government"):
        source = registry.resolve(form)
        if source is not None and source.id.startswith("state:"):
            return source.id
    return None


def _person(name: str) -> str | None:
    """A person's name without titles; None for what is none's."""
    words = without_possessive(name.rstrip(".,")).split()
    while words and bare(words[0]) in TITLES:
        words.pop(0)
    if len(words) < 2 or any(bare(w) in BODIES or bare(w) in TITLES for w in words):
        return None
    return " ".join(words)


def same_person(one: str, other: str) -> bool:
    """Whether two names may be one person's: transliterations, shorter forms, slips.

    A given name that is left out, an initial, other hyphens, and spellings that are near (four
    fifths of the letters, by Indel distance) make no other person; an equal surname with an equal
    first letter doesn't either.
    """
    from rapidfuzz import fuzz

    a, b = [bare(w) for w in one.split()], [bare(w) for w in other.split()]
    if key(one) == key(other) or set(a) <= set(b) or set(b) <= set(a):
        return True
    if fuzz.ratio(key(one), key(other)) >= _NEAR or fuzz.token_sort_ratio(one, other) >= _NEAR:
        return True
    last = fuzz.ratio(a[-1], b[-1]) >= _NEAR
    return last and a[0][:1] == b[0][:1]


_NEAR = 78.0
