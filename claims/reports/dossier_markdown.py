"""A dossier as Markdown (CommonMark): text from outside stands in it as text and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from claims.addresses import web_address
from claims.reports.dossier import Dossier, decision_words, edit_words, place_words, reading_words
from claims.reports.dossier_tables import (
    CAUTION,
    FINDINGS,
    found_words,
    reading_lines,
    related_words,
)
from claims.reports.verdicts import evidence_words, standing_words
from claims.reports.weighing import Stand
from claims.review.verdicts import Evidence, Verdict, WebEvidence
from claims.terminal import one_line

_MARKS = re.compile(r"[\\`*_\[\]<>&#|~$@]|:(?=\S)|(?<=www)\.|^[-+=]|^\d{1,9}[.)]", re.IGNORECASE)
"""What means something: emphasis, code, links and addresses, tags, entities, tables, mathematics,
and at the beginning lists."""


def escaped(text: str) -> str:
    """Text in one line in which nothing is markup, no link and no HTML.

    A backslash stands before what would begin a list, heading, link, address or tag; characters
    that a terminal obeys are shown as signs.
    """
    return _MARKS.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", one_line(text))


def link(url: str) -> str:
    """An address as a link, which shows itself; only escaped where it is no plain http address."""
    if web_address(url) is None:
        return escaped(url)
    target = "".join(c if c.isalnum() or c in "-._~:/?#@!$&'*+,;=%" else _percent(c) for c in url)
    return f"[{escaped(url)}](<{target}>)"


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())


def dossier_markdown(dossier: Dossier) -> str:
    """The whole file."""
    return "\n".join(_lines(dossier)) + "\n"


def _lines(dossier: Dossier) -> Iterator[str]:
    one = dossier.weighed
    mark = "\\? " if one.is_doubtful else ""
    yield f"# Dossier of claim {one.claim.id}: {mark}{escaped(one.wording)}"
    yield ""
    yield f"{escaped(CAUTION)} {dossier.made.isoformat()}"
    yield ""
    for name, value in dossier.facts:
        yield f"- **{name}**: {escaped(value)}"
    yield from _verdict(dossier)
    for position, stands in dossier.groups:
        yield from ("", f"## {position.label.capitalize()}", "")
        for stand in stands:
            yield from _stand(stand)
    yield from _section("Related claims", map(related_words, dossier.related))
    yield from _section("Copies", (copy.words for copy in dossier.shared))
    yield from _section(FINDINGS, map(found_words, dossier.findings))
    yield from _section("Decisions", (decision_words(*each) for each in dossier.decisions))
    yield from _section("Decisions about readings", map(edit_words, dossier.edits))
    yield from _section("Read by", reading_lines(dossier))


def _verdict(dossier: Dossier) -> Iterator[str]:
    yield from ("", "## Verdict", "")
    given = dossier.verdict
    if given is None:
        what = "is in force" if dossier.log else "was given"
        yield f"No verdict {what}: nothing here says whether the claim is true."
    else:
        yield from _given(given, dossier)
    if dossier.earlier:
        yield ""
        yield "Before and since:"
        yield ""
        for line in dossier.earlier:
            verdict = line.verdict
            label = f"{escaped(verdict.label)}, " if verdict.label else ""
            reason = f" ({escaped(verdict.because)})" if verdict.because else ""
            yield (
                f"- {verdict.id}: {verdict.at:%Y-%m-%d}, {escaped(verdict.by)}: {label}"
                f"{escaped(standing_words(line))}{reason}"
            )


def _given(given: Verdict, dossier: Dossier) -> Iterator[str]:
    yield f"**{escaped(given.label)}** ({escaped(given.by)}, {given.at:%Y-%m-%d})"
    yield ""
    if rated := dossier.weighed.claim.rated_as:
        yield f"Rated when the claim was worded: {escaped(rated)}"
        yield ""
    yield escaped(given.because)
    yield ""
    for one in given.evidence:
        yield f"- {_evidence(one, dossier)}"


def _evidence(one: Evidence, dossier: Dossier) -> str:
    if isinstance(one, WebEvidence):
        return link(one.url)
    url = dossier.articles[one.article_id].url
    return escaped(evidence_words(one)) + (f", {link(url)}" if url else "")


def _stand(stand: Stand) -> Iterator[str]:
    own = " states" if stand.member.attribution is None else ""
    cue = f" *{escaped(stand.cue)}*" if stand.cue else ""
    mark = "\\? " if stand.is_doubtful else ""
    update = ", update" if stand.updates else ""
    yield f"- {mark}**{escaped(stand.speaker)}**{own}{cue}{update}: {escaped(stand.words)}"
    url = stand.member.article.url
    yield f"  - {escaped(reading_words(stand))}"
    yield f"  - {' → '.join(escaped(name) for name in stand.chain)}"
    yield f"  - {escaped(place_words(stand))}" + (f", {link(url)}" if url else "")


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    held = [f"- {escaped(line)}" for line in lines]
    if held:
        yield from ("", f"## {heading}", "", *held)
