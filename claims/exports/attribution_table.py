"""The table of attributions: one row each, with offsets, chain, model and the claim it is in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.exports.columns import Column, Kind, Table
from claims.records import Carrier, Span, Speaker
from claims.reports.claim_facts import side_of
from claims.reports.said import is_doubtful
from claims.reports.standing import known_name
from claims.sources.origins import chain_of, origin_of
from claims.store.claim_rows import ClaimRow, MemberRow
from claims.store.rows import AttributionRow, Quote


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution, and the member of a claim that it is; None before it is grouped."""

    row: AttributionRow
    member: MemberRow | None = None


def _offsets(quotes: tuple[Quote, ...]) -> list[list[int]]:
    return [[quote.start, quote.end] for quote in quotes]


def _evidence(span: Span | None) -> list[int] | None:
    return list(span) if span else None


def speaker_data(speaker: Speaker) -> dict[str, object]:
    """One speaker for JSON."""
    return {
        "name": speaker.name,
        "source_id": speaker.source_id,
        "canonical": speaker.canonical,
        "kind": speaker.kind,
        "confidence": speaker.confidence,
        "evidence": _evidence(speaker.evidence),
        "why": speaker.why,
    }


def _links(carriers: Sequence[Carrier]) -> list[dict[str, object]]:
    return [
        {"name": one.name, "role": one.role, "evidence": _evidence(one.evidence)}
        for one in carriers
    ]


def _origin(row: AttributionRow) -> str:
    return origin_of(row.speaker, row.speakers, row.carriers, row.cites)


def _chain(row: AttributionRow) -> str | None:
    return chain_of(known_name(row), row.carriers, row.cites)


_C = Column[Said]
COLUMNS: tuple[Column[Said], ...] = (
    _C("attribution_id", "id of the attribution in the store", lambda o: o.row.id, Kind.INTEGER),
    _C("article_id", "id of the article in the store", lambda o: o.row.article_id, Kind.INTEGER),
    _C("article_version", "version of its text, from 1", lambda o: o.row.version, Kind.INTEGER),
    _C("article_name", "file, or id of the JSON line", lambda o: o.row.article_name),
    _C("url", "as the article gave it", lambda o: o.row.url),
    _C("title", "of the article", lambda o: o.row.title),
    _C("outlet", "who published", lambda o: o.row.outlet),
    _C("wire", "agency the text came from", lambda o: o.row.wire),
    _C("published", "date as found", lambda o: o.row.published),
    _C("ordinal", "place in the article, from 0", lambda o: o.row.ordinal, Kind.INTEGER),
    _C("parent", "ordinal of the attribution it lies in", lambda o: o.row.parent, Kind.INTEGER),
    _C("speaker", "who says it", lambda o: o.row.speaker),
    _C("stance", "the source's commitment to the content", lambda o: o.row.stance.value),
    _C("act", "what the source does by its words", lambda o: o.row.act.value),
    _C("framing", "how the outlet frames the source", lambda o: o.row.framing.value),
    _C("confidence", "share of such rows right", lambda o: o.row.confidence, Kind.NUMBER),
    _C("source", "its words; spans joined by ' … '", lambda o: o.row.source_words),
    _C("cue", "its words", lambda o: o.row.cue_words),
    _C("content", "its words", lambda o: o.row.content_words),
    _C("source_offsets", "of each span", lambda o: _offsets(o.row.source), Kind.OFFSETS),
    _C("cue_offsets", "the same", lambda o: _offsets(o.row.cue), Kind.OFFSETS),
    _C("content_offsets", "the same", lambda o: _offsets(o.row.content), Kind.OFFSETS),
    _C("speakers", "each: name, source", lambda o: [*map(speaker_data, o.row.speakers)], Kind.JSON),
    _C("carriers", "through whom it came", lambda o: _links(o.row.carriers), Kind.JSON),
    _C("chain", "the same in one line", lambda o: _chain(o.row)),
    _C("origin", "who speaks from own knowledge", lambda o: _origin(o.row)),
    _C("model", "that found it", lambda o: o.row.model.name),
    _C("model_version", "hash of its weights", lambda o: o.row.model.version),
    _C(
        "speaker_model_version",
        "hash of the weights that named the speaker",
        lambda o: o.row.naming.speaker_model or None,
    ),
    _C(
        "registry_version",
        "hash of the registry that named it",
        lambda o: o.row.naming.registry or None,
    ),
    _C("run_id", "id of the run in the store", lambda o: o.row.run_id, Kind.INTEGER),
    _C("run_at", "moment of the run, UTC", lambda o: o.row.run_at.isoformat()),
    _C("published_on", "day of it, where known", lambda o: o.row.published_on, Kind.DAY),
    _C("cites", "whom the speaker has it from", lambda o: _links(o.row.cites), Kind.JSON),
    _C(
        "claim_id",
        "the claim it is in, once grouped",
        lambda o: o.member and o.member.claim_id,
        Kind.INTEGER,
    ),
    _C(
        "relation",
        "same, opposes or updates that claim",
        lambda o: o.member and o.member.relation.value,
    ),
    _C("side", "supports, hedges or opposes it", lambda o: o.member and side_of(o.member).value),
    _C(
        "status",
        "machine (unchecked), confirmed, corrected, added or unsure",
        lambda o: o.row.status.value,
    ),
    _C("reviewer", "the editor who decided", lambda o: o.row.reviewer),
    _C("decision", "its number in the log", lambda o: o.row.decision, Kind.INTEGER),
    _C("item", "its key for claims decide", lambda o: o.row.item),
    _C("doubtful", "too uncertain to print as fact", lambda o: is_doubtful(o.row), Kind.FLAG),
)
"""The columns, in order. New ones are added at the end; none is renamed."""


def attribution_table(
    rows: Iterable[AttributionRow], claims: Iterable[ClaimRow] = ()
) -> Table[Said]:
    """Attributions by article and place, each with the member of `claims` that it is."""
    members = {m.attribution.id: m for claim in claims for m in claim.members if m.attribution}
    return Table("attributions", COLUMNS, [Said(row, members.get(row.id)) for row in rows])
