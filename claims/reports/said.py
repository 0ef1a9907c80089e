"""Who asserts what, as plain data: attributions by speaker and by article.

An attribution under the confidence threshold is *doubtful*, until an editor stands for it: it is
kept, and marked as such wherever it is shown, so that no denial or accusation is read as found when
it was guessed. All that no editor looked at is *unchecked*.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from claims.records import Stance
from claims.reports.standing import Register, as_known_now, known_name
from claims.review.items import Status
from claims.sources.origins import (
    KnownT,
    Registry,
    chain_of,
    distinct,
    independent,
    origin_of,
)
from claims.store.rows import ArticleRow, AttributionRow, Filter

MIN_CONFIDENCE = 0.5
"""Under it an attribution is more likely wrong than right."""
AUTHOR, NONE, UNRESOLVED, UNNAMED = "AUTHOR", "NONE", "UNRESOLVED", "UNNAMED: "


class Named(Protocol):
    """What is needed of a registered source."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...


class Standing(Protocol):
    """What is needed of a registry to know whom a stored source is now."""

    def stands_for(self, source_id: str) -> Named | None:
        """The source that an id means now; None if there is none."""
        ...


class Rows(Protocol):
    """What a report needs of the store."""

    def attributions(self, filter: Filter) -> list[AttributionRow]:
        """Attributions of the newest runs."""
        ...


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution in a report.

    `via` is the speaker of the attribution it lies in ("Yonhap" in "KCNA said …, according to
    Yonhap"), None at the top; `depth` counts how many it lies in.
    """

    row: AttributionRow
    is_doubtful: bool
    via: str | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class SpeakerReport:
    """What one speaker says, in the order of the articles.

    `article_id` is set for those who are known in one article only: unnamed sources ("officials"
    of two articles are not the same officials) and an article's own I or we. `firm` counts the
    attributions that are not doubtful, `articles` those in which the speaker is heard.
    """

    speaker: str
    article_id: int | None
    said: tuple[Said, ...]

    @property
    def firm(self) -> int:
        """How many attributions are not doubtful."""
        return sum(not one.is_doubtful for one in self.said)

    @property
    def articles(self) -> int:
        """In how many articles."""
        return len({one.row.article_id for one in self.said})


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """One article and what is said in it, in the order of the text.

    `origins` counts who speaks in it from their own knowledge, `independent` how many of them have
    neither owner nor government in common. Doubtful attributions are left out of both.
    """

    row: ArticleRow
    said: tuple[Said, ...]
    origins: int = 0
    independent: int = 0


def collect(
    store: Rows,
    wanted: Filter,
    *,
    min_confidence: float = MIN_CONFIDENCE,
    registry: Register | None = None,
) -> list[Said]:
    """The attributions that pass the filter, each with whom it is heard through.

    With a registry, sources are those that the names stand for in it.
    """
    rows = store.attributions(wanted)
    known = {(row.run_id, row.ordinal): row for row in rows}
    # What a nested attribution lies in may itself have been filtered out.
    lacking = {
        row.article_id
        for row in rows
        if row.parent is not None and (row.run_id, row.parent) not in known
    }
    for article_id in sorted(lacking):
        for row in store.attributions(Filter(article=article_id)):
            known.setdefault((row.run_id, row.ordinal), row)
    if registry is None:
        return in_context(rows, known.values(), min_confidence)
    around = as_known_now(known.values(), registry)
    now = {row.id: row for row in around}
    return in_context([now[row.id] for row in rows], around, min_confidence)


def in_context(
    rows: Iterable[AttributionRow],
    around: Iterable[AttributionRow],
    min_confidence: float = MIN_CONFIDENCE,
) -> list[Said]:
    """`rows` marked and with whom they are heard through, as far as that is among `around`."""
    known = {(row.run_id, row.ordinal): row for row in around}
    return [_said(row, known, min_confidence) for row in rows]


def _said(
    row: AttributionRow, known: dict[tuple[int, int], AttributionRow], min_confidence: float
) -> Said:
    chain: list[AttributionRow] = []
    at, seen = row, {row.ordinal}
    while at.parent is not None and at.parent not in seen:
        above = known.get((row.run_id, at.parent))
        if above is None:
            break
        seen.add(at.parent)
        chain.append(above)
        at = above
    via = known_name(chain[0]) if chain else None
    return Said(row, is_doubtful(row, min_confidence), via, len(chain))


def is_doubtful(row: AttributionRow, min_confidence: float = MIN_CONFIDENCE) -> bool:
    """Whether nobody stands for a row: no editor, and the model with too little confidence.

    What an editor looked at and couldn't tell is doubtful however sure the model was.
    """
    if row.status.is_checked:
        return False
    return row.status is Status.UNSURE or row.confidence < min_confidence


def by_speaker(
    said: Iterable[Said], *, name: str | None = None, registry: Standing | None = None
) -> list[SpeakerReport]:
    """Grouped by speaker: the most heard first, those without a name last.

    What several say together ("A; B") stands under each of them. Whom the registry knows is one
    speaker under its name, whatever the articles call it, merged ones under the one that stands
    for both. `name` keeps only the speakers that have it in their name, or in what the article
    calls them, as the filter of the store does for whole attributions.
    """
    groups: dict[tuple[str, int | None], list[Said]] = defaultdict(list)
    for one in said:
        for speaker, called in dict(_heard(one.row, registry)).items():
            # A filter "A; B" matches joint attributions only; all of their speakers are wanted.
            names = f"{speaker}\n{called}".casefold()
            if name and ";" not in name and name.casefold() not in names:
                continue
            is_local = speaker.startswith(UNNAMED) or speaker == AUTHOR
            groups[speaker, one.row.article_id if is_local else None].append(one)
    found = [SpeakerReport(name, article, tuple(ones)) for (name, article), ones in groups.items()]
    return sorted(found, key=_rank)


def _heard(row: AttributionRow, registry: Standing | None) -> list[tuple[str, str]]:
    """The speakers of a row: the registry's names, with what the article calls each."""
    if not any(speaker.source_id for speaker in row.speakers):
        return [(name, name) for name in speakers_of(row.speaker)]
    found = []
    for speaker in row.speakers:
        known = registry.stands_for(speaker.source_id) if registry and speaker.source_id else None
        name = known.name if known is not None else speaker.canonical or speaker.name
        found.append((name, speaker.name))
    return found


def speakers_of(speaker: str) -> list[str]:
    """The names in a `speaker` string; descriptions and special values are one."""
    if speaker.startswith(UNNAMED):
        return [speaker]
    return [name for part in speaker.split("; ") if (name := part.strip())] or [speaker]


def _rank(report: SpeakerReport) -> tuple[int, int, int, str, int]:
    kinds = {UNRESOLVED: 4, NONE: 3, AUTHOR: 2}
    kind = 1 if report.speaker.startswith(UNNAMED) else kinds.get(report.speaker, 0)
    return (
        kind,
        -report.firm,
        -len(report.said),
        report.speaker.casefold(),
        report.article_id or 0,
    )


def by_article(
    said: Iterable[Said],
    articles: Sequence[ArticleRow],
    registry: Registry[KnownT] | None = None,
) -> list[ArticleReport]:
    """Grouped by article, in the order given; articles in which nothing was found stay.

    Without a registry only equal names are one independent origin.
    """
    groups: dict[int, list[Said]] = defaultdict(list)
    for one in said:
        groups[one.row.article_id].append(one)
    return [_article(row, groups[row.id], registry) for row in articles]


def _article(
    row: ArticleRow, said: Sequence[Said], registry: Registry[KnownT] | None
) -> ArticleReport:
    checked = (one.row for one in said if not one.is_doubtful)
    origins = [origin_of(one.speaker, one.speakers, one.carriers, one.cites) for one in checked]
    return ArticleReport(row, tuple(said), len(distinct(origins)), independent(origins, registry))


def chain_line(said: Said) -> str | None:
    """The chain of an attribution as a reader says it; None where only the outlet is in it."""
    row = said.row
    carriers, cites = (
        [replace(link, name=spoken_name(link.name)) for link in links]
        for links in (row.carriers, row.cites)
    )
    return chain_of(spoken_name(known_name(row)), carriers, cites)


def spoken_name(speaker: str) -> str:
    """A `speaker` string as a reader says it."""
    if speaker.startswith(UNNAMED):
        return f"unnamed: {speaker.removeprefix(UNNAMED)}"
    return {
        AUTHOR: "the article's author",
        NONE: "no source given",
        UNRESOLVED: "speaker unresolved",
    }.get(speaker, speaker)


def commitment(said: Said) -> str:
    """Stance, and the act where it says more; `?` where the reading is doubtful."""
    row = said.row
    mark = " ?" if said.is_doubtful else ""
    act = row.act.value
    is_plain = act == "statement" or (row.stance is Stance.DENIES and act == "denial")
    return f"{row.stance.value}{mark}" + ("" if is_plain else f"\n{act}{mark}")
