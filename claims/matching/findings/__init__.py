"""Findings: what an editor should look at before printing, each with its evidence.

Each kind is a function over plain data (`Material`) and says what it takes as enough. Precision
comes first: nobody reads on in a list that cries wolf. What can't be told stays out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from claims.matching.finding_kinds import FindingKind
from claims.matching.findings.data import Evidence, Finding, Material
from claims.matching.findings.dates import date_discrepancies
from claims.matching.findings.headlines import firmer_headlines
from claims.matching.findings.names import name_discrepancies
from claims.matching.findings.passages import changed_passages
from claims.matching.findings.quotes import differing_quotes
from claims.matching.findings.sides import (
    contradictions,
    dropped_attributions,
    missing_denials,
    single_origins,
)

__all__ = ["FINDERS", "Evidence", "Finding", "FindingKind", "Material", "find"]

FINDERS: dict[FindingKind, Callable[[Material], Iterator[Finding]]] = {
    FindingKind.CONTRADICTION: contradictions,
    FindingKind.DENIAL_MISSING: missing_denials,
    FindingKind.ATTRIBUTION_DROPPED: dropped_attributions,
    FindingKind.NAME_DISCREPANCY: name_discrepancies,
    FindingKind.DATE_DISCREPANCY: date_discrepancies,
    FindingKind.QUOTE_DIFFERS: differing_quotes,
    FindingKind.HEADLINE_FIRMER: firmer_headlines,
    FindingKind.PASSAGE_CHANGED: changed_passages,
    FindingKind.SINGLE_ORIGIN: single_origins,
}
"""In the order in which they are shown: what would be a libel first."""


def find(material: Material, kind: FindingKind | None = None) -> list[Finding]:
    """All findings, or those of one kind; one key stands once, with its claims together."""
    found: dict[str, Finding] = {}
    for one in (kind,) if kind else FINDERS:
        for finding in FINDERS[one](material):
            known = found.get(finding.key)
            claims = (*known.claims, *finding.claims) if known else finding.claims
            first = known or finding
            found[finding.key] = Finding(
                first.kind, first.key, first.message, tuple(dict.fromkeys(claims)), first.evidence
            )
    return list(found.values())
