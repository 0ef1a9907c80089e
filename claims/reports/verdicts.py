"""Verdicts and the scale they are given on, as data and on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims.review.scales import BEST, WORST, Scale
from claims.review.verdicts import Evidence, Ruled, Verdict, WebEvidence
from claims.store.claim_rows import ClaimRow
from claims.terminal import one_line, plain

_WORDS = 200


def verdict_data(one: Verdict) -> dict[str, Any]:
    """A verdict, ready for JSON; text stands in it verbatim."""
    scale, rating = one.scale, one.rating
    return {
        "verdict": one.id,
        "rating": rating and rating.label,
        "value": rating and rating.value,
        "worst": scale and scale.worst,
        "best": scale and scale.best,
        "scale": scale and scale.name,
        "normalised": scale.normalised(rating) if scale and rating else None,
        "normalised_label": scale.normal_label(rating) if scale and rating else None,
        "rated_as": one.words,
        "because": one.because,
        "evidence": [_evidence_data(each) for each in one.evidence],
        "reverts": one.reverts,
        "by": one.by,
        "at": one.at.isoformat(),
    }


def _evidence_data(one: Evidence) -> dict[str, Any]:
    if isinstance(one, WebEvidence):
        return {"url": one.url}
    return {
        "article": one.article_id,
        "version": one.version,
        "newest": one.is_newest,
        "start": one.span.start,
        "end": one.span.end,
        "exact": one.exact,
    }


def ruled_data(one: Ruled) -> dict[str, Any]:
    """A line of the log with what it is worth now."""
    now = {"claim": one.claim_id, "in_force": one.holds, "governs": one.governs}
    return verdict_data(one.verdict) | now


def claim_verdicts_data(claim: ClaimRow, log: Sequence[Ruled]) -> dict[str, Any]:
    """`claims verdict CLAIM --json`."""
    return {
        "claim": claim.id,
        "wording": claim.wording,
        "verdict": claim.verdict and verdict_data(claim.verdict),
        "history": [ruled_data(one) for one in log],
    }


def scale_data(scale: Scale) -> dict[str, Any]:
    """`claims verdict --scale --json`."""
    return {
        "scale": scale.name,
        "worst": scale.worst,
        "best": scale.best,
        "ratings": [
            {
                "label": one.label,
                "value": one.value,
                "meaning": one.meaning,
                "normalised": scale.normalised(one),
                "normalised_label": scale.normal_label(one),
            }
            for one in scale.ratings
        ],
    }


def verdict_mark(claim: ClaimRow) -> str:
    """The verdict in force in one short line: "verdict: half true (Ada, 2024-10-01)".

    With the words that were rated, where they aren't those of the claim now; empty without any.
    """
    given = claim.verdict
    if given is None:
        return ""
    rated = f", rated as: {one_line(claim.rated_as, _WORDS)}" if claim.rated_as else ""
    return f"verdict: {given.label} ({given.by}, {given.at:%Y-%m-%d}){rated}"


def evidence_words(one: Evidence) -> str:
    """Where a piece of evidence is, and the words of an article."""
    if isinstance(one, WebEvidence):
        return one.url
    older = "" if one.is_newest else f", version {one.version} of its text"
    words = f": {one.exact}" if one.exact else ", whose text was taken down"
    return f"#{one.article_id} {one.span.start}-{one.span.end}{older}{words}"


def standing_words(one: Ruled) -> str:
    """What a line of the log is worth now."""
    if one.verdict.reverts is not None:
        return f"takes back {one.verdict.reverts}"
    if one.governs:
        return "in force"
    return "replaced by a later one" if one.holds else "taken back"


def print_claim_verdicts(console: Console, claim: ClaimRow, log: Sequence[Ruled]) -> None:
    """The verdict of a claim with reasons and evidence, and all that was given before."""
    console.print(
        Text.assemble((f"claim {claim.id}  ", "bold cyan"), plain(one_line(claim.wording), "bold"))
    )
    if claim.verdict is None:
        console.print(
            "No verdict is in force." if log else "No verdict was given yet: see --rating."
        )
    else:
        print_verdict(console, claim.verdict, claim.rated_as)
    if log:
        console.print()
        print_log(console, log)


def print_verdict(console: Console, verdict: Verdict, rated_as: str | None) -> None:
    """A verdict with its reasons and evidence; `rated_as` where the claim is worded otherwise."""
    table = _fields()
    table.add_row("verdict", plain(verdict.label, "bold"))
    table.add_row("by", plain(one_line(f"{verdict.by}, {verdict.at:%Y-%m-%d %H:%M} UTC")))
    if rated_as:
        table.add_row("rated as", plain(one_line(rated_as)))
    table.add_row("because", plain(verdict.because))
    for i, one in enumerate(verdict.evidence):
        table.add_row("" if i else "evidence", plain(one_line(evidence_words(one), _WORDS)))
    console.print(table)


def _fields() -> Table:
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=8, style="dim")
    table.add_column(overflow="fold", ratio=1)
    return table


def print_log(console: Console, log: Sequence[Ruled], *, with_claims: bool = False) -> None:
    """A line for each verdict, oldest first; `with_claims` names the claim of each."""
    if not log:
        console.print("No verdict was given yet.")
    for one in log:
        verdict = one.verdict
        claim = f"claim {one.claim_id}" if one.claim_id is not None else "no claim now"
        parts = [
            str(verdict.id),
            f"{verdict.at:%Y-%m-%d %H:%M}",
            verdict.by,
            *([claim] if with_claims else []),
            *([verdict.label] if verdict.label else []),
            standing_words(one),
        ]
        note = f"  ({verdict.because})" if verdict.reverts is not None and verdict.because else ""
        line = plain(one_line("  ".join(parts) + note), "" if one.governs else "dim")
        console.print(line, soft_wrap=True)


def print_scale(console: Console, scale: Scale) -> None:
    """The ratings of a scale from the worst to the best, with what they mean."""
    console.print(
        plain(
            f"Scale {one_line(scale.name)}: {scale.worst:g} to {scale.best:g}; in exports also "
            f"from {WORST} (false) to {BEST} (true)"
        )
    )
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right")
    table.add_column()
    table.add_column(style="dim")
    table.add_column(overflow="fold", style="dim")
    for one in scale.ratings:
        value = scale.normalised(one)
        table.add_row(
            "–" if one.value is None else f"{one.value:g}",
            plain(one_line(one.label), "bold"),
            scale.normal_label(one) + ("" if value is None else f" {value:g}"),
            plain(one_line(one.meaning)),
        )
    console.print(table)
