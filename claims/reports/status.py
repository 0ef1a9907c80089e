"""What there is and what waits, at a glance: as lines of a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from claims.reports.claim_facts import by_origin_and_copies
from claims.reports.weighing import conflicts, weigh_rows
from claims.terminal import one_line

if TYPE_CHECKING:
    from datetime import datetime

    from claims.sources.registry import Registry
    from claims.store import Store
    from claims.store.overview import Overview

_WHY = {
    "new": "new",
    "disagrees": "a newer model disagrees",
    "lost": "a newer model lost them",
    "unsure": "unsure",
    "missed": "perhaps missed",
    "opinion": "second reading",
}


@dataclass(frozen=True, slots=True)
class Glance:
    """The counts of the store, and what they come to for claims.

    `single_origin` counts claims of several articles that rest on one independent origin.
    """

    counts: Overview
    disputed: int
    single_origin: int
    dismissed: int


def glance(store: Store, registry: Registry, *, tries: int, today: datetime) -> Glance:
    """Look at the store; `tries` and `today` as in `Store.overview`."""
    corroborate = by_origin_and_copies(registry, store.copies(), store.articles())
    weighed = weigh_rows(store.carried_claims(), registry, corroborate)
    return Glance(
        counts=store.overview(tries, today),
        disputed=len(conflicts(weighed)),
        single_origin=sum(one.is_single_origin and one.articles > 1 for one in weighed),
        dismissed=len(store.dismissed()),
    )


def status_data(seen: Glance) -> dict[str, Any]:
    """All of it, ready for JSON."""
    counts, watching = seen.counts, seen.counts.watching
    return {
        "articles": counts.articles,
        "taken_down": counts.taken_down,
        "last_ingest": counts.last_ingest.isoformat() if counts.last_ingest else None,
        "attributions": counts.attributions,
        "claims": counts.claims,
        "disputed": seen.disputed,
        "single_origin": seen.single_origin,
        "findings_dismissed": seen.dismissed,
        "queue": {
            "open": counts.open,
            "why": counts.open_items,
            "statuses": counts.statuses,
        },
        "decisions": {
            "all": counts.decisions,
            "today": sum(one.today for one in counts.reviewers),
            "reviewers": [
                {"name": one.name, "all": one.decisions, "today": one.today}
                for one in counts.reviewers
            ],
        },
        "watch": {
            "feeds": watching.feeds,
            "failing_feeds": watching.failing_feeds,
            "pages": watching.pages,
            "waiting": watching.waiting,
            "given_up": watching.given_up,
            "errors": [
                {"url": one.url, "error": one.error, "tries": one.tries} for one in watching.errors
            ],
        },
        "models": [
            {"model": one.name, "model_version": one.version, "articles": one.articles}
            for one in counts.models
        ],
    }


def status_lines(seen: Glance) -> list[str]:
    """What a terminal shows: a line for each subject, details below it."""
    counts = seen.counts
    when = counts.last_ingest
    last = f"last ingest {when.astimezone():%Y-%m-%d %H:%M}" if when else "nothing ingested yet"
    down = f"{counts.taken_down:,} taken down" if counts.taken_down else ""
    lines = [
        _line("articles", counts.articles, last, down),
        _line("attributions", counts.attributions),
        _line(
            "claims",
            counts.claims,
            f"{seen.disputed:,} disputed",
            f"{seen.single_origin:,} of several articles on a single origin",
        ),
        _line("queue", counts.open, _parts(counts.open_items, _WHY) or "nothing is open"),
        _line("decisions", counts.decisions, *_reviewers(counts)),
    ]
    if seen.dismissed:
        lines.append(_line("dismissed", seen.dismissed, "findings"))
    return [*lines, *_watching(counts), *_models(counts)]


def _line(subject: str, number: int, *details: str) -> str:
    told = "; ".join(filter(None, details))
    return f"{subject:14}{number:>8,}  {told}".rstrip()


def _parts(numbers: Mapping[str, int], words: Mapping[str, str]) -> str:
    return ", ".join(f"{number:,} {words.get(name, name)}" for name, number in numbers.items())


def _reviewers(counts: Overview) -> list[str]:
    """The first few by name, with what they decided today."""
    shown = counts.reviewers[:5]
    told = [
        f"{one_line(one.name, 30)} {one.decisions:,}"
        + (f" ({one.today:,} today)" if one.today else "")
        for one in shown
    ]
    more = len(counts.reviewers) - len(shown)
    return [", ".join(told) + (f" and {more} more" if more else "")]


def _watching(counts: Overview) -> list[str]:
    watching = counts.watching
    if not watching.feeds and not watching.pages:
        return []
    details = [
        f"{watching.pages:,} pages",
        f"{watching.waiting:,} to come" if watching.waiting else "",
        f"{watching.given_up:,} given up" if watching.given_up else "",
        f"{watching.failing_feeds:,} failing" if watching.failing_feeds else "",
    ]
    return [
        _line("feeds", watching.feeds, *details),
        *(f"  {one_line(one.error, 200)}" for one in watching.errors),
    ]


def _models(counts: Overview) -> list[str]:
    return [
        f"{'models' if not i else '':14}{one.articles:>8,}  articles by "
        f"{one_line(one.name, 60)} {one.version}"
        for i, one in enumerate(counts.models)
    ]
