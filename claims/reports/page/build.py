"""What stands on the page, as plain data: the matrix, claims, lanes, days, origins, articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from claims.addresses import web_address
from claims.reports.page.drawing import Dot, Graph, Scale, chain_graph, lane, scale_of
from claims.reports.page.marking import Paragraph, Passage, paragraphs
from claims.reports.positions import Position
from claims.reports.said import AUTHOR, NONE, UNNAMED, UNRESOLVED, spoken_name
from claims.reports.unfolding import Day, Happening, OriginReport, Turn
from claims.reports.weighing import Stand, Weighed, outlet_of
from claims.store.rows import ArticleRow, ArticleView

TOP = 80
"""Claims of a page, unless it is told otherwise: more make it heavy on a phone."""
MOST_SOURCES = 40
"""Columns of the matrix; who stands on fewer claims than these is found under the claims."""

NOTHING: Mapping[int, Sequence[Passage]] = MappingProxyType({})

_NOBODY = (spoken_name(NONE), spoken_name(UNRESOLVED))
_LOCAL = (spoken_name(UNNAMED), spoken_name(AUTHOR))


class View(StrEnum):
    """What the page begins with."""

    CLAIMS = "claims"
    SPEAKERS = "speakers"
    CONFLICTS = "conflicts"
    TIMELINE = "timeline"
    ORIGINS = "origins"
    ARTICLES = "articles"


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim with its drawings; `graph` and `dots` only where there is more than one member."""

    weighed: Weighed
    graph: Graph | None
    dots: tuple[Dot, ...]

    @property
    def lines(self) -> tuple[tuple[Stand, ...], ...]:
        """Members by side; the same words of the same source in several articles are one line."""
        held: dict[tuple[object, ...], list[Stand]] = defaultdict(list)
        for stand in self.weighed.by_side:
            words = " ".join(stand.words.split())
            held[stand.position, stand.who, words, stand.is_doubtful, stand.updates].append(stand)
        return tuple(map(tuple, held.values()))


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A claim across all sources: for each column the members of that source."""

    weighed: Weighed
    cells: tuple[tuple[Stand, ...], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Claims that several sources speak to, across those sources, the most heard first.

    `left_out` counts sources that have no column.
    """

    sources: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Voice:
    """One source and where it stands on each claim."""

    name: str
    stands: tuple[tuple[Weighed, Stand], ...]

    def count(self, position: Position) -> int:
        """How often it stands there; doubtful members are left out."""
        return sum(s.position is position and not s.is_doubtful for _, s in self.stands)


@dataclass(frozen=True, slots=True)
class Story:
    """An article with its evidence marked. `url` only where it is safe to follow.

    `lost` are members whose words don't stand in its text as it is now: it was read anew, and its
    claims weren't grouped since.
    """

    row: ArticleRow
    outlet: str
    url: str | None
    paragraphs: tuple[Paragraph, ...]
    stands: tuple[tuple[Weighed, Stand], ...]
    lost: tuple[tuple[Weighed, Stand], ...] = ()

    @property
    def shared(self) -> tuple[tuple[Weighed, tuple[Stand, ...]], ...]:
        """Claims of several members that it has a part in, each with its own members here."""
        held: dict[int, tuple[Weighed, list[Stand]]] = {}
        for one, stand in self.stands:
            if len(one.stands) > 1:
                held.setdefault(one.claim.id, (one, []))[1].append(stand)
        return tuple((one, tuple(stands)) for one, stands in held.values())


@dataclass(frozen=True, slots=True)
class Moment:
    """What happens to one claim on a day, by one or more of its members."""

    turn: Turn
    weighed: Weighed
    stands: tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """All that the template needs."""

    view: View
    entries: tuple[Entry, ...]
    left_out: int
    matrix: Matrix
    scale: Scale | None
    days: tuple[tuple[date | None, tuple[Moment, ...]], ...]
    origins: tuple[OriginReport, ...]
    voices: tuple[Voice, ...]
    stories: tuple[Story, ...]
    min_confidence: float
    made: date

    @property
    def disputed(self) -> int:
        """How many of its claims have both sides."""
        return sum(entry.weighed.is_conflict for entry in self.entries)

    @property
    def single(self) -> int:
        """How many claims with several members rest on one independent origin."""
        return sum(entry.weighed.is_single_origin for entry in self.shared)

    @property
    def shared(self) -> tuple[Entry, ...]:
        """Claims with more than one member."""
        return tuple(entry for entry in self.entries if len(entry.weighed.stands) > 1)

    @property
    def lone(self) -> tuple[Entry, ...]:
        """Claims that were heard once."""
        return tuple(entry for entry in self.entries if len(entry.weighed.stands) == 1)

    @property
    def has_verdicts(self) -> bool:
        """Whether editors gave any on its claims."""
        return any(entry.weighed.claim.verdict for entry in self.entries)

    @property
    def positions(self) -> frozenset[Position]:
        """Those that its members have, for the key."""
        return frozenset(s.position for e in self.entries for s in e.weighed.stands)


def build_page(
    weighed: Sequence[Weighed],
    article: Callable[[int], ArticleView],
    *,
    view: View,
    days: Callable[[Sequence[Weighed]], Iterable[Day]],
    origins: Callable[[Sequence[Weighed]], Iterable[OriginReport]],
    min_confidence: float,
    made: date,
    top: int | None = None,
) -> Page:
    """The page of the first `top` claims; `article` gives an article whole, with its text.

    Only claims that are shown are linked to, so that no link leads nowhere.
    """
    shown = weighed[: top or TOP]
    ids = {one.claim.id for one in shown}
    stands = [(one, stand) for one in shown for stand in one.stands]
    several = [one for one in shown if len(one.stands) > 1]
    scale = scale_of(s for one in several for s in one.stands)
    return Page(
        view=view,
        entries=tuple(_entry(_linked(one, ids), scale) for one in shown),
        left_out=len(weighed) - len(shown),
        matrix=_matrix(shown),
        scale=scale,
        days=_moments(days(several or shown)),
        origins=tuple(origins(shown)),
        voices=tuple(_voices(stands)),
        stories=tuple(stories(stands, article)),
        min_confidence=min_confidence,
        made=made,
    )


def _moments(days: Iterable[Day]) -> tuple[tuple[date | None, tuple[Moment, ...]], ...]:
    """Days with what happened by claim: not a line for each member."""
    found = []
    for day in days:
        held: dict[tuple[Turn, int], list[Happening]] = defaultdict(list)
        for one in day.happenings:
            held[one.turn, one.weighed.claim.id].append(one)
        moments = (
            Moment(turn, ones[0].weighed, tuple(one.stand for one in ones))
            for (turn, _), ones in held.items()
        )
        found.append((day.day, tuple(moments)))
    return tuple(found)


def _linked(one: Weighed, shown: set[int]) -> Weighed:
    links = tuple(link for link in one.links if link.claim in shown)
    return replace(one, links=links)


def _entry(one: Weighed, scale: Scale | None) -> Entry:
    if len(one.stands) == 1 or scale is None:
        return Entry(one, chain_graph(one.stands) if len(one.stands) > 1 else None, ())
    return Entry(one, chain_graph(one.stands), lane(one.stands, scale))


def _matrix(weighed: Sequence[Weighed]) -> Matrix:
    several = [one for one in weighed if len({n for s in one.stands for n in s.who}) > 1]
    heard = Counter(n for one in several for n in {n for s in one.stands for n in s.who})
    # Sources of the first claims come first among those that are heard alike.
    order = dict.fromkeys(n for one in several for s in one.stands for n in s.who)
    ranked = sorted(order, key=lambda name: -heard[name])
    sources = ranked[:MOST_SOURCES]
    rows = tuple(
        MatrixRow(one, tuple(tuple(s for s in one.stands if source in s.who) for source in sources))
        for one in several
    )
    held = tuple(row for row in rows if any(row.cells))
    return Matrix(tuple(sources), held, len(ranked) - len(sources))


def _voices(stands: Iterable[tuple[Weighed, Stand]]) -> list[Voice]:
    """Unnamed sources and authors are known in their article only; the unknown are nobody."""
    held: dict[tuple[str, int | None], list[tuple[Weighed, Stand]]] = defaultdict(list)
    for one, stand in stands:
        for name in stand.who:
            if name in _NOBODY:
                continue
            is_local = name.startswith(_LOCAL)
            held[name, stand.member.article.id if is_local else None].append((one, stand))
    voices = [Voice(name, tuple(found)) for (name, _), found in held.items()]
    return sorted(voices, key=lambda voice: (-len(voice.stands), voice.name.casefold()))


def stories(
    stands: Iterable[tuple[Weighed, Stand]],
    article: Callable[[int], ArticleView],
    passages: Mapping[int, Sequence[Passage]] = NOTHING,
) -> list[Story]:
    """The articles of these members, and those of further passages, with all of them marked."""
    held: dict[int, list[tuple[Weighed, Stand]]] = defaultdict(list)
    for one, stand in stands:
        held[stand.member.article.id].append((one, stand))
    found = []
    for number in sorted({*held, *passages}):
        whole = article(number)
        inside = sorted(
            (pair for pair in held[number] if _stands_in(whole.text, pair[1])),
            key=lambda pair: pair[1].member.quote.start,
        )
        found.append(
            Story(
                whole.row,
                outlet_of(whole.row),
                web_address(whole.row.url),
                tuple(
                    paragraphs(
                        whole.text,
                        whole.blocks,
                        (s for _, s in inside),
                        passages.get(number, ()),
                    )
                ),
                tuple(inside),
                tuple(pair for pair in held[number] if pair not in inside),
            )
        )
    return found


def _stands_in(text: str, stand: Stand) -> bool:
    quote = stand.member.quote
    return text[quote.start : quote.end] == quote.exact
