"""What `claims report` does about claims: lines, JSON, and the page of `--html`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from claims import terminal
from claims.commands.common import count

if TYPE_CHECKING:
    from claims.reports.weighing import Weighed
    from claims.sources.registry import Registry
    from claims.store import Filter, Store


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options of the command ask for; `view` is a value of `claims.commands.report.View`.

    `top` is how many speakers, claims or origins; None for all.
    """

    view: str
    wanted: Filter
    min_confidence: float
    only_confident: bool
    top: int | None


def print_claims(store: Store, registry: Registry, asked: Asked, as_json: bool) -> None:
    """Claims, conflicts, timeline or origins, to standard output."""
    from claims.reports import claim_tables, unfolding, unfolding_tables, weighed_data

    weighed = _weigh(store, registry, asked)
    console, least, top = terminal.output(), asked.min_confidence, asked.top
    if asked.view == "timeline":
        days = unfolding.timeline(weighed[:top])
        if as_json:
            terminal.json_line(weighed_data.timeline_data(days, least), indent=2)
        else:
            unfolding_tables.print_timeline(console, days, least)
    elif asked.view == "origins":
        origins = unfolding.by_origin(weighed, registry)
        if as_json:
            terminal.json_line(weighed_data.origins_data(origins[:top], least), indent=2)
        else:
            unfolding_tables.print_origins(console, origins, top=top)
    elif as_json:
        terminal.json_line(weighed_data.claims_data(weighed[:top], least), indent=2)
    else:
        title = "What is disputed" if asked.view == "conflicts" else "What is put forward"
        claim_tables.print_claims(console, weighed, least, top=top, title=title)


def write_page(file: str, store: Store, registry: Registry, asked: Asked) -> None:
    """One page to a file, whole or not at all; `-` is standard output.

    Raises `ExportError` when the file can't be written.
    """
    from claims.exports.files import replaced
    from claims.reports import page, unfolding

    built = page.build_page(
        _weigh(store, registry, asked),
        store.article,
        view=page.View(asked.view),
        days=unfolding.timeline,
        origins=lambda shown: unfolding.by_origin(shown, registry),
        min_confidence=asked.min_confidence,
        made=datetime.now(UTC).date(),
        top=asked.top,
    )
    text = page.render_page(built)
    if file == "-":
        sys.stdout.write(text)
        return
    with replaced(Path(file)) as out:
        out.write(text)
    terminal.say(f"page with {count(len(built.entries), 'claim')} written to {file}")


def _weigh(store: Store, registry: Registry, asked: Asked) -> list[Weighed]:
    from claims.reports.claim_facts import by_origin_and_copies
    from claims.reports.weighing import conflicts, weigh

    weighed = weigh(
        store,
        asked.wanted,
        registry,
        by_origin_and_copies(registry, store.copies(), store.articles()),
        min_confidence=asked.min_confidence,
        only_confident=asked.only_confident,
    )
    return conflicts(weighed) if asked.view == "conflicts" else weighed
