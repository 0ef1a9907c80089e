"""Who speaks in a member of a claim, for comparing and for messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.sources.answers import AUTHOR, NONE, UNNAMED, UNRESOLVED
from claims.sources.keys import key
from claims.sources.origins import origin_of

if TYPE_CHECKING:
    from claims.store.claim_rows import MemberRow
    from claims.store.rows import AttributionRow


def speakers(row: AttributionRow) -> frozenset[str]:
    """Keys of the named speakers: the registry's id, else the folded name. Empty where none is."""
    return frozenset(
        one.source_id or key(one.canonical or one.name)
        for one in row.speakers
        if one.name not in (NONE, AUTHOR, UNRESOLVED) and not one.name.startswith(UNNAMED)
    )


def spoken_by(member: MemberRow) -> frozenset[str]:
    """The same of a member; an assertion is its outlet's own, or its article's."""
    if member.attribution is not None:
        return speakers(member.attribution)
    return frozenset({f"outlet:{key(member.article.outlet or '') or member.article.id}"})


def name(member: MemberRow) -> str:
    """The speaker of a member as a message names it."""
    row = member.attribution
    if row is None or row.speaker in (AUTHOR, NONE):
        return member.article.outlet or f"article {member.article.id} itself"
    named = [one.canonical or one.name for one in row.speakers]
    said = "; ".join(dict.fromkeys(named)) if speakers(row) else row.speaker
    said = said.removeprefix(UNNAMED).strip()
    return "a source that could not be told" if said == UNRESOLVED else said


def origin(member: MemberRow) -> str:
    """Who knows what a member says: see `claims.sources.origins`; an outlet's own words are its
    agency's where it has them from one."""
    row = member.attribution
    if row is None:
        return member.article.wire or member.article.outlet or f"article {member.article.id}"
    return origin_of(row.speaker, row.speakers, row.carriers, row.cites)
