"""Passages that a later version of an article changed, with the claims that rest on them."""

from __future__ import annotations

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
    shortened,
)
from claims.matching.findings.words import same_word, tokens
from claims.records import BlockKind, Span
from claims.sources.cast import Layout

if TYPE_CHECKING:
    from claims.store.rows import VersionText

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
    for number, versions in material.versions.items():
        for old, new in pairwise(versions):
            yield from _changes(material, number, old, new)


def _changes(
    material: Material, article: int, old: VersionText, new: VersionText
) -> Iterator[Finding]:
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
                    yield _finding(material, article, (old, before[i]), (new, after[best]))
            elif len(left[i]) >= LEAST_WORDS:
                yield _finding(material, article, (old, before[i]), None)


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
    material: Material,
    article: int,
    was: tuple[VersionText, Span],
    now: tuple[VersionText, Span] | None,
) -> Finding:
    old, place = was
    view = material.articles[article]
    who = view.row.outlet or f"article {article}"
    evidence = [_evidence(article, old, place, f"version {old.version}")]
    claims: list[int] = []
    if now is None:
        message = f"{who} took out: {shortened(evidence[0].exact)}"
    else:
        new, there = now
        evidence.append(_evidence(article, new, there, f"version {new.version}"))
        message = f"{who} changed: {shortened(evidence[0].exact)} → {shortened(evidence[1].exact)}"
        if new.version == view.row.version:
            claims = _resting_on(material, article, there)
    return finding(FindingKind.PASSAGE_CHANGED, message, evidence, claims=claims)


def _resting_on(material: Material, article: int, place: Span) -> list[int]:
    """The claims that have a member in a passage of an article's newest version."""
    return [
        claim.id
        for claim in material.claims
        if any(
            m.article.id == article and m.quote.start < place.end and place.start < m.quote.end
            for m in claim.members
        )
    ]


def _evidence(article: int, version: VersionText, span: Span, note: str) -> Evidence:
    return Evidence(article, version.version, span, version.text[span.start : span.end], note)
