"""A dossier on a terminal, readable at 80 columns."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims.reports.claim_tables import COLOURS
from claims.reports.dossier import (
    Dossier,
    Related,
    decision_words,
    edit_words,
    place_words,
    reading_words,
)
from claims.reports.findings import Found
from claims.reports.verdicts import print_log, print_verdict, verdict_mark
from claims.reports.weighing import Stand
from claims.terminal import one_line, plain

CAUTION = (
    "A line is what an article reports that somebody says. Only the verdict says whether it is "
    "true, and it is the editor's who gave it."
)
FINDINGS = "Findings (reasons to read, no verdicts)"
_MAX_WORDS = 400


def print_dossier(console: Console, dossier: Dossier) -> None:
    """The whole dossier: claim, verdict, who stands where, what is related, the record."""
    one = dossier.weighed
    mark = "? " if one.is_doubtful else ""
    console.print(
        Text.assemble(
            (f"Dossier of claim {one.claim.id}  {mark}", "bold cyan"),
            plain(one_line(one.wording), "dim" if one.is_doubtful else "bold"),
        )
    )
    console.print(Text(CAUTION, "dim"))
    table = _grid()
    for name, value in dossier.facts:
        table.add_row(name, plain(one_line(value)))
    console.print(table)
    _heading(console, "Verdict")
    if dossier.verdict is None:
        given = "is in force" if dossier.log else "was given"
        console.print(f"No verdict {given}: nothing here says whether the claim is true.")
    else:
        print_verdict(console, dossier.verdict, one.claim.rated_as)
    if dossier.earlier:
        print_log(console, dossier.log)
    for position, stands in dossier.groups:
        _heading(console, position.label.capitalize(), COLOURS[position])
        for stand in stands:
            _print_stand(console, stand)
    _print_list(console, "Related claims", map(related_words, dossier.related))
    _print_list(console, "Copies", (copy.words for copy in dossier.shared))
    _print_list(
        console, "Findings (reasons to read, no verdicts)", map(found_words, dossier.findings)
    )
    _print_list(console, "Decisions", (decision_words(*each) for each in dossier.decisions))
    _print_list(console, "Decisions about readings", map(edit_words, dossier.edits))
    _print_list(console, "Read by", reading_lines(dossier))


def related_words(one: Related) -> str:
    """What the claim is to another, and how that one is worded."""
    other = one.weighed
    mark = "? " if other.is_doubtful else ""
    given = f" ({verdict_mark(other.claim)})" if other.claim.verdict else ""
    return f"{one.phrase} claim {other.claim.id}: {mark}{other.wording}{given}"


def found_words(one: Found) -> str:
    """A finding in one line, with who dismissed it."""
    gone = f" (dismissed by {one.dismissed.by})" if one.dismissed else ""
    return f"{one.finding.kind.value.replace('_', ' ')}: {one.finding.message}{gone}"


def reading_lines(dossier: Dossier) -> list[str]:
    """The models that read its articles, and those that grouped it."""
    lines = [reading.words for reading in dossier.readings]
    if dossier.matchers:
        lines.append("grouped by " + ", ".join(version[:40] for version in dossier.matchers))
    return lines


def _heading(console: Console, words: str, style: str = "") -> None:
    console.print()
    console.print(Text(words, f"bold {style}"))


def _grid() -> Table:
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=9, style="dim")
    table.add_column(overflow="fold", ratio=1)
    return table


def _print_stand(console: Console, stand: Stand) -> None:
    style = "dim" if stand.is_doubtful else ""
    own = " states" if stand.member.attribution is None else ""
    cue = f" {one_line(stand.cue, 60)}" if stand.cue else ""
    update = ", update" if stand.updates else ""
    said = Text.assemble(
        plain(("? " if stand.is_doubtful else "") + one_line(stand.speaker), f"bold {style}"),
        plain(f"{own}{cue}{update}: ", style),
        plain(one_line(stand.words, _MAX_WORDS), style),
    )
    for words in (reading_words(stand), " → ".join(stand.chain), place_words(stand)):
        said.append_text(plain(f"\n{one_line(words)}", "dim"))
    if stand.member.article.url:
        said.append_text(plain(f"\n{one_line(stand.member.article.url)}", "dim"))
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=1)
    table.add_column(overflow="fold", ratio=1)
    table.add_row("·", said)
    console.print(table)


def _print_list(console: Console, heading: str, lines: Iterable[str]) -> None:
    held = list(lines)
    if not held:
        return
    _heading(console, heading)
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=1)
    table.add_column(overflow="fold", ratio=1)
    for line in held:
        table.add_row("·", plain(one_line(line, _MAX_WORDS)))
    console.print(table)
