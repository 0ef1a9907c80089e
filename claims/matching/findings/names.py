"""One office held by two names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from claims.matching.finding_kinds import FindingKind
from claims.matching.findings.data import Finding, Material, at, finding, outlet_of
from claims.matching.findings.offices import Holder, holders, same_person
from claims.records import BlockKind
from claims.sources.cast import Layout

if TYPE_CHECKING:
    from claims.store.rows import ArticleView

NEAR = timedelta(days=7)
"""Articles further apart may name two holders rightly: offices change hands."""
_CHANGE = re.compile(
    r"\b(?:appoint\w*|replac\w+|succe(?:ed\w*|ssor)|predecessor|resign\w*|sworn|sack\w*|fired|"
    r"dismiss\w*|oust\w*|stepp\w+ down|elect(?:ed|ion)\w*|nam(?:ed|ing)|promot\w+|reshuffl\w+|"
    r"took office|predecess\w+|died|death|impeach\w+|became|served|formerly|previously|since "
    r"(?:19|20)\d\d|in (?:19|20)\d\d|last year|years? ago|at the time|(?:19|20)\d\d[–-])",
    re.IGNORECASE,
)


def name_discrepancies(material: Material) -> Iterator[Finding]:
    """Two people are given one office of one state, in one article or within a week.

    Enough is: in one article, a caption against the headline or body; or the same office in two
    articles that appeared within seven days. Names that may be one person's (transliterations,
    short forms) are one. Passages that speak of a change of office, or of an earlier year, and
    two holders in one article's body (its history) are left out. Each two names of an office are
    told once.
    """
    if material.registry is None:
        return
    by_office: dict[tuple[str, frozenset[str], str], list[Holder]] = defaultdict(list)
    for view in material.articles.values():
        for holder in holders(view, material.registry):
            if not _tells_of_change(view, holder):
                by_office[holder.office].append(holder)
    for held in by_office.values():
        yield from _of_office(material, held)


def _of_office(material: Material, held: list[Holder]) -> Iterator[Finding]:
    by_name: dict[str, list[Holder]] = defaultdict(list)
    for holder in held:
        by_name[holder.name].append(holder)
    for one, other in combinations(sorted(by_name), 2):
        if same_person(one, other):
            continue
        pair = _in_one_article(by_name[one], by_name[other]) or _in_one_week(
            material, by_name[one], by_name[other]
        )
        # One slip is one finding, however many articles have it.
        if pair:
            yield _finding(material, *pair)


def _in_one_article(ones: list[Holder], others: list[Holder]) -> tuple[Holder, Holder] | None:
    """The first article whose caption has the one name and whose story the other."""
    captions: dict[int, dict[bool, Holder]] = defaultdict(dict)
    for holder in ones:
        captions[holder.article_id].setdefault(holder.kind is BlockKind.CAPTION, holder)
    for holder in others:
        against = holder.kind is not BlockKind.CAPTION
        if (found := captions.get(holder.article_id, {}).get(against)) is not None:
            return (found, holder) if against else (holder, found)
    return None


def _in_one_week(
    material: Material, ones: list[Holder], others: list[Holder]
) -> tuple[Holder, Holder] | None:
    """The pair that came first, so that articles that come later don't change the finding."""
    dated = sorted(
        ((day, h) for h in others if (day := material.articles[h.article_id].published.day)),
        key=lambda pair: pair[0],
    )
    found = []
    for holder in ones:
        day = material.articles[holder.article_id].published.day
        if day is None:
            continue
        low = bisect_left(dated, day - NEAR, key=lambda pair: pair[0])
        high = bisect_right(dated, day + NEAR, key=lambda pair: pair[0])
        near = [h for _, h in dated[low:high] if h.article_id != holder.article_id]
        if near:
            found.append((holder, min(near, key=lambda h: h.article_id)))
    return min(found, key=lambda p: sorted((h.article_id for h in p), reverse=True), default=None)


def _finding(material: Material, one: Holder, other: Holder) -> Finding:
    views = [material.articles[h.article_id] for h in (one, other)]
    places = [h.kind.value for h in (one, other)]
    if one.article_id != other.article_id:
        places = [f"{outlet_of(view)}" for view in views]
    message = (
        f"one office, two names: {one.name} ({places[0]}) and {other.name} ({places[1]})"
        f" {_called(views[1], other)}"
    ).strip()
    evidence = [
        at(view, h.span, f"{place}: {h.name}")
        for view, h, place in zip(views, (one, other), places, strict=True)
    ]
    rests_on = [f"{h.article_id}:{h.name}" for h in (one, other)] + [
        one.office[0], *sorted(one.office[1])
    ]  # fmt: skip
    return finding(FindingKind.NAME_DISCREPANCY, message, evidence, rests_on=rests_on)


def _called(view: ArticleView, holder: Holder) -> str:
    words = view.text[holder.span.start : holder.span.end].replace(holder.name, " ")
    return f"as “{' '.join(words.split()).strip(' ,')}”"


def _tells_of_change(view: ArticleView, holder: Holder) -> bool:
    """Whether the sentence speaks of an office that changes hands, or of another time."""
    block = next(b for b in view.blocks if b.start <= holder.span.start < b.end)
    words = view.text[block.start : block.end]
    layout = Layout(words)
    ends = [*layout.sentences, len(words)]
    number = layout.sentence(holder.span.start - block.start)
    sentence = words[ends[number] : ends[number + 1]]
    if holder.kind is BlockKind.CAPTION:
        # A caption's date is that of the picture.
        sentence = re.sub(r"\b(?:in )?(?:19|20)\d\d\b", "", sentence)
    return bool(_CHANGE.search(sentence))
