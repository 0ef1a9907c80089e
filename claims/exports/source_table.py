"""The table of sources: who speaks and who carries, with owner, control and what was heard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from claims.exports.columns import Column, Kind, Table
from claims.records import Stance
from claims.reports.claim_facts import Side, side_of
from claims.sources.answers import AUTHOR, NONE, UNNAMED, UNRESOLVED
from claims.sources.entries import Source
from claims.sources.registry import Registry
from claims.store.claim_rows import ClaimRow
from claims.store.rows import AttributionRow


@dataclass(slots=True)
class Heard:
    """A source, or a name that the registry doesn't know, and how often it is heard."""

    name: str
    source: Source | None
    owner: Source | None
    government: Source | None
    kind: str | None = None
    names: Counter[str] = field(default_factory=Counter)
    stances: Counter[Stance] = field(default_factory=Counter)
    said: int = 0
    carried: int = 0
    articles: set[int] = field(default_factory=set)
    sides: dict[Side, set[int]] = field(default_factory=lambda: {side: set() for side in Side})

    @property
    def id(self) -> str | None:
        """The registry's id."""
        return self.source.id if self.source else None


def _usual(heard: Heard) -> list[str]:
    return [name for name, _ in sorted(heard.names.items(), key=lambda one: (-one[1], one[0]))]


def _stance(stance: Stance) -> Column[Heard]:
    return Column(
        stance.value,
        "of those, by stance" if stance is Stance.ASSERTS else "the same",
        lambda h: h.stances[stance],
        Kind.INTEGER,
    )


def _claims(name: str, meaning: str, side: Side) -> Column[Heard]:
    return Column(name, meaning, lambda h: len(h.sides[side]), Kind.INTEGER)


_C = Column[Heard]
COLUMNS: tuple[Column[Heard], ...] = (
    _C("source_id", "id in the registry; empty where it knows none", lambda h: h.id),
    _C("name", "the registry's, else the article's", lambda h: h.name),
    _C("kind", "person, organization, government, media, document", lambda h: h.kind),
    _C("country", "ISO 3166-1 code", lambda h: h.source and h.source.country),
    _C("control", "state, public, private, unknown", lambda h: h.source and h.source.control.value),
    _C("owner", "who owns it", lambda h: h.owner and h.owner.name),
    _C("government", "whose it is, if any's", lambda h: h.government and h.government.name),
    _C("basis", "why owner and control are so", lambda h: h.source and h.source.basis),
    _C("basis_date", "as of", lambda h: h.source and h.source.basis_date, Kind.DAY),
    _C("heard_as", "names in articles, usual first", _usual, Kind.NAMES),
    _C("attributions", "in which it speaks", lambda h: h.said, Kind.INTEGER),
    *(_stance(stance) for stance in Stance),
    _C("carried", "attributions that came through it", lambda h: h.carried, Kind.INTEGER),
    _C("articles", "in which it is heard", lambda h: len(h.articles), Kind.INTEGER),
    _claims("claims_supported", "claims that it stands by", Side.SUPPORTS),
    _claims("claims_hedged", "claims that it hedges", Side.HEDGES),
    _claims("claims_opposed", "claims that it opposes", Side.OPPOSES),
)
"""The columns, in order. New ones are added at the end; none is renamed."""


def source_table(
    rows: Iterable[AttributionRow], registry: Registry, claims: Iterable[ClaimRow] = ()
) -> Table[Heard]:
    """Sources of rows `as_known_now`: known ones by id, then names that nobody knows, by name.

    Equal unknown names are one row, though people of one name in two articles may be two. Those
    whom an article leaves unnamed or the program couldn't tell are left out.
    """
    found: dict[str, Heard] = {}
    known = {m.attribution.id: m for claim in claims for m in claim.members if m.attribution}
    for row in rows:
        member = known.get(row.id)
        for speaker in row.speakers:
            if heard := _of(found, speaker.name, speaker.source_id, speaker.kind, registry):
                heard.said += 1
                heard.stances[row.stance] += 1
                heard.names[speaker.name] += 1
                heard.articles.add(row.article_id)
                if member is not None:
                    heard.sides[side_of(member)].add(member.claim_id)
        for carrier in (*row.carriers, *row.cites):
            if heard := _of(found, carrier.name, carrier.source_id, None, registry):
                heard.carried += 1
                heard.names[carrier.name] += 1
                heard.articles.add(row.article_id)
    return Table("sources", COLUMNS, list(_ordered(found)))


def _of(
    found: dict[str, Heard], name: str, source_id: str | None, kind: str | None, registry: Registry
) -> Heard | None:
    if name in (NONE, AUTHOR, UNRESOLVED, "") or name.startswith(UNNAMED) or kind == "unnamed":
        return None
    source = registry.stands_for(source_id) if source_id else None
    key = f"id {source.id}" if source else f"name {name}"
    if key not in found:
        owner = registry.stands_for(source.owner) if source and source.owner else None
        government = registry.government_of(source) if source else None
        found[key] = Heard(source.name if source else name, source, owner, government)
    heard = found[key]
    heard.kind = source.kind.value if source else heard.kind or kind
    return heard


def _ordered(found: dict[str, Heard]) -> Iterator[Heard]:
    yield from sorted(found.values(), key=lambda h: (h.id is None, h.id or "", h.name))
