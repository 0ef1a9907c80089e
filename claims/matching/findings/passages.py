"""Passages that a later version of an article changed, with the claims that rest on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from claims.matching.finding_kinds import FindingKind
from claims.matching.findings.data import (
    Evidence,
    Finding,
    Material,
    finding,
    outlet_of,
    shortened,
)
from claims.matching.findings.words import same_word, tokens
from claims.records import BlockKind, Span
from claims.sources.cast import Layout

if TYPE_CHECKING:
    from claims.store.rows import ArticleView, VersionText

ALIGNED = 0.5
"""Share of words in common from which a sentence is another one's later wording."""
LEAST_WORDS = 5
"""Shorter sentences that vanish are mostly labels and links."""
_READ = (BlockKind.HEADLINE, BlockKind.BODY, BlockKind.CAPTION)


def changed_passages(material: Material) -> Iterator[Finding]:
    """A sentence of a headline, body or caption that the next version says otherwise, or drops.

    Enough is a word more, less or other; spelling, marks and spacing are not, nor are sentences
    that were moved or only added. Sentences are aligned in order (Ratcliff and Obershelp's
    matching, `difflib`), a changed one with the new one that shares most of its words.
    """
    members: dict[int, list[tuple[Span, int]]] = defaultdict(list)
    for claim in material.claims:
        for m in claim.members:
            if m.article.id in material.versions:
                members[m.article.id].append((Span(m.quote.start, m.quote.end), claim.id))
    for number, versions in material.versions.items():
        for old, new in pairwise(versions):
            is_newest = new.version == material.articles[number].row.version
            resting = members[number] if is_newest else []
            for was, now in _changes(old, new):
                yield _finding(material.articles[number], (old, was), (new, now), resting)


def _changes(old: VersionText, new: VersionText) -> Iterator[tuple[Span, Span | None]]:
    """Sentences of the old version with what became of each; None where it is gone."""
    before, after = _sentences(old), _sentences(new)
    left = [tuple(tokens(old.text[s.start : s.end])) for s in before]
    right = [tuple(tokens(new.text[s.start : s.end])) for s in after]
    kept = set(right)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag not in ("replace", "delete"):
            continue
        free = set(range(c, d))
        for i in range(a, b):
            if left[i] in kept:  # moved
                continue
            best = max(free, key=lambda j: _alike(left[i], right[j]), default=None)
            if best is not None and _alike(left[i], right[best]) >= ALIGNED:
                free.discard(best)
                if not _same(left[i], right[best]):
                    yield before[i], after[best]
            elif len(left[i]) >= LEAST_WORDS:
                yield before[i], None


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    return "".join(one) == "".join(other) or (
        len(one) == len(other) and all(map(same_word, one, other))
    )


def _sentences(version: VersionText) -> list[Span]:
    """The sentences of the blocks that say something, trimmed."""
    found = []
    for block in version.blocks:
        if block.kind not in _READ:
            continue
        words = version.text[block.start : block.end]
        for start, end in pairwise([*Layout(words).sentences, len(words)]):
            piece = words[start:end]
            if piece.strip():
                lead = len(piece) - len(piece.lstrip())
                first = block.start + start + lead
                found.append(Span(first, first + len(piece.strip())))
    return found


def _finding(
    view: ArticleView,
    was: tuple[VersionText, Span],
    now: tuple[VersionText, Span | None],
    resting: Sequence[tuple[Span, int]],
) -> Finding:
    who = outlet_of(view)
    new, there = now
    evidence = [_evidence(*was)]
    message = f"{who} took out: {shortened(evidence[0].exact)}"
    claims: list[int] = []
    if there is not None:
        evidence.append(_evidence(new, there))
        message = f"{who} changed: {shortened(evidence[0].exact)} → {shortened(evidence[1].exact)}"
        claims = [c for place, c in resting if place.start < there.end and there.start < place.end]
    return finding(FindingKind.PASSAGE_CHANGED, message, evidence, claims=claims)


def _evidence(version: VersionText, span: Span) -> Evidence:
    words = version.text[span.start : span.end]
    return Evidence(version.article_id, version.version, span, words, f"version {version.version}")
