"""Findings as data and on a terminal; collecting from a store what they are read from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims.errors import StoreError
from claims.matching.deciding import ClaimDecision
from claims.matching.findings import Evidence, Finding, FindingKind, Material, find
from claims.reports.standing import as_known_now
from claims.terminal import one_line, plain

if TYPE_CHECKING:
    from claims.store import Store
    from claims.store.claim_rows import ClaimRow, MemberRow
    from claims.store.rows import AttributionRow

SHORT = 8
"""Digits of a key that are shown, and asked for where they tell it from all others."""
_WORDS = 200
_COLOURS = {
    FindingKind.CONTRADICTION: "red",
    FindingKind.DENIAL_MISSING: "red",
    FindingKind.ATTRIBUTION_DROPPED: "red",
    FindingKind.NAME_DISCREPANCY: "yellow",
    FindingKind.DATE_DISCREPANCY: "yellow",
    FindingKind.QUOTE_DIFFERS: "yellow",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, and the decision that dismissed it, if one did."""

    finding: Finding
    dismissed: ClaimDecision | None


def collect_findings(
    store: Store, kind: FindingKind | None = None, *, around: Collection[int] | None = None
) -> list[Found]:
    """All findings of a store, dismissed ones with their decisions.

    `around` reads no more than the articles of these claims and those that share their words.
    """
    dismissed = store.dismissed()
    return [Found(one, dismissed.get(one.key)) for one in find(gather(store, around), kind)]


def gather(store: Store, around: Collection[int] | None = None) -> Material:
    """All that findings are read from, with the sources as the registry knows them now."""
    registry = store.sources()
    if around is None:
        views, claims = store.whole_articles(), None
    else:
        claims = [row for number in sorted(around) if (row := store.claim(number)) is not None]
        wanted = _articles_of(claims, store)
        held = [row.id for row in store.articles() if not row.purged and row.id in wanted]
        views = {number: store.article(number) for number in held}
    rows = as_known_now((row for view in views.values() for row in view.attributions), registry)
    spoken: dict[int, list[AttributionRow]] = defaultdict(list)
    for one in rows:
        spoken[one.article_id].append(one)
    said = {one.id: one for one in rows}
    return Material(
        articles={
            number: replace(view, attributions=tuple(spoken[number]))
            for number, view in views.items()
        },
        claims=store.claims(said=said) if claims is None else [_claim(row, said) for row in claims],
        links=store.claim_links(),
        copies=[c for c in store.copies() if c.article_id in views and c.other_id in views],
        versions={n: texts for n, texts in store.changed_texts().items() if n in views},
        registry=registry,
    )


def _articles_of(claims: Sequence[ClaimRow], store: Store) -> set[int]:
    own = {number for row in claims for number in row.articles}
    pairs = [(one.article_id, one.other_id) for one in store.copies()]
    return own | {n for pair in pairs if own & set(pair) for n in pair}


def _claim(row: ClaimRow, said: Mapping[int, AttributionRow]) -> ClaimRow:
    return replace(row, members=tuple(_member(member, said) for member in row.members))


def _member(member: MemberRow, said: Mapping[int, AttributionRow]) -> MemberRow:
    if member.attribution is None:
        return member
    return replace(member, attribution=said.get(member.attribution.id, member.attribution))


def narrowed(
    found: Sequence[Found],
    *,
    article: int | None = None,
    claim: int | None = None,
    dismissed: bool = False,
) -> list[Found]:
    """The findings of an article or a claim; those that were dismissed only if asked for."""
    return [
        one
        for one in found
        if (article is None or article in one.finding.articles)
        and (claim is None or claim in one.finding.claims)
        and (dismissed or one.dismissed is None)
    ]


def by_key(found: Sequence[Found], digits: str) -> Found:
    """The one finding whose key begins with these digits. `StoreError` if none or several do."""
    wanted = digits.casefold().strip()
    fitting = [one for one in found if one.finding.key.startswith(wanted)]
    if len(wanted) < SHORT or not fitting:
        raise StoreError(
            f"there is no finding {one_line(digits, 40)}",
            repair=f"claims findings --all lists them; give at least {SHORT} digits of the key",
        )
    if len(fitting) > 1:
        raise StoreError(
            f"{len(fitting)} findings have keys that begin with {wanted}",
            repair="give more digits: claims findings --json has the whole keys",
        )
    return fitting[0]


def finding_data(one: Found) -> dict[str, Any]:
    """A finding, ready for JSON; text stands in it verbatim."""
    finding, decision = one.finding, one.dismissed
    return {
        "key": finding.key,
        "kind": finding.kind.value,
        "message": finding.message,
        "claims": list(finding.claims),
        "articles": list(finding.articles),
        "evidence": [_evidence_data(evidence) for evidence in finding.evidence],
        "dismissed": decision
        and {"decision": decision.id, "by": decision.by, "note": decision.note},
    }


def _evidence_data(evidence: Evidence) -> dict[str, Any]:
    return {
        "article": evidence.article_id,
        "version": evidence.version,
        "start": evidence.span.start,
        "end": evidence.span.end,
        "exact": evidence.exact,
        "note": evidence.note,
    }


def print_findings(console: Console, found: Sequence[Found]) -> None:
    """A block of lines for each finding: key and kind, what it is, and its evidence."""
    if not found:
        console.print("No findings.")
        return
    for i, one in enumerate(found):
        if i:
            console.print()
        finding = one.finding
        heading = Text.assemble(
            (finding.key[:SHORT], "cyan"),
            "  ",
            (finding.kind.value.replace("_", " "), f"bold {_COLOURS.get(finding.kind, '')}"),
        )
        if finding.claims:
            heading.append("  claim " + ", ".join(map(str, finding.claims)), "dim")
        if one.dismissed:
            note = f": {one.dismissed.note}" if one.dismissed.note else ""
            said = f"  dismissed by {one.dismissed.by} ({one.dismissed.id}){note}"
            heading.append_text(plain(one_line(said), "dim"))
        console.print(heading)
        console.print(plain(one_line(finding.message, 2 * _WORDS)))
        console.print(_evidence_table(finding.evidence))
    console.print()
    total = f"{len(found):,} finding" + ("" if len(found) == 1 else "s")
    console.print(Text(f"{total}; claims findings dismiss KEY takes one off the list", "dim"))


def _evidence_table(evidence: Sequence[Evidence]) -> Table:
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(overflow="fold", width=5, justify="right")
    table.add_column(overflow="fold", width=22)
    table.add_column(overflow="fold", ratio=1)
    for one in evidence:
        table.add_row(
            Text(f"#{one.article_id}", "cyan"),
            plain(one_line(one.note, 60), "dim"),
            plain(one_line(one.exact, _WORDS)),
        )
    return table
