"""Quoted words of one speaker that differ between outlets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from claims.matching.finding_kinds import FindingKind
from claims.matching.findings import people
from claims.matching.findings.data import (
    Finding,
    Material,
    at,
    finding,
    outlet_of,
    shortened,
)
from claims.matching.findings.sides import LEAST_CONFIDENCE
from claims.matching.findings.words import same_word, shared, tokens
from claims.records import Span

if TYPE_CHECKING:
    from rapidfuzz.distance import Opcode

    from claims.store.rows import ArticleView, AttributionRow

LEAST_EQUAL = 5
"""Words that two quotations must have in common, in order, to be one utterance."""
LEAST_CONTENT = 3
"""Of those words so many must be content words: form words align by chance."""
LEAST_SHARE = 0.6
"""Share of the words between the first and the last equal one that must be equal."""
_QUOTED = re.compile(r"“([^“”\n]{8,})”|(?<![\w\"])\"([^\"\n]{8,})\"(?!\w)")
_CUT = re.compile(r"\[[^\]]*\]|\([^)]*\)|…|\.\.\.")
_NEAR = 2
"""Characters by which a content may leave out the quotation marks."""


_SHELF = 100
"""Two words in a row that more quotations of one speaker have tell nothing."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """What one article has of somebody's words between quotation marks."""

    view: ArticleView
    speaker: str
    span: Span
    tokens: tuple[str, ...]


def differing_quotes(material: Material) -> Iterator[Finding]:
    """Two articles have the same utterance of one speaker between quotation marks, otherwise.

    Enough are five equal words in order, and words inside of the equal stretch that differ by more
    than spelling. A quotation that is trimmed, broken off or joined differs in nothing, and one
    with words left out or put in between brackets says so itself.
    """
    by_speaker: dict[str, dict[tuple[str, ...], Quotation]] = defaultdict(dict)
    for view in material.articles.values():
        for quotation in _quotations(view):
            # Ten copies of one dispatch are one.
            by_speaker[quotation.speaker].setdefault(quotation.tokens, quotation)
    for quotations in by_speaker.values():
        for one, other in _candidates(list(quotations.values())):
            difference = differ(one.tokens, other.tokens)
            if difference is not None:
                yield _finding(one, other, difference)


def _finding(one: Quotation, other: Quotation, difference: tuple[str, str]) -> Finding:
    name = _name(one)
    here, there = (f"“{words}”" if words else "nothing" for words in difference)
    message = (
        f"{name} is quoted otherwise: {outlet_of(one.view)} has {shortened(here)}, "
        f"{outlet_of(other.view)} {shortened(there)}"
    )
    evidence = tuple(at(q.view, q.span, f"as {outlet_of(q.view)} quotes it") for q in (one, other))
    return finding(FindingKind.QUOTE_DIFFERS, message, evidence)


def _name(quotation: Quotation) -> str:
    for row in quotation.view.attributions:
        if quotation.speaker in people.speakers(row):
            return "; ".join(s.canonical or s.name for s in row.speakers)
    return "The speaker"


def _quotations(view: ArticleView) -> Iterator[Quotation]:
    """Quotations inside contents of a single, known speaker."""
    marked = [
        Span(*m.span(1 if m.group(1) is not None else 2)) for m in _QUOTED.finditer(view.text)
    ]
    for span in marked:
        rows = [r for r in view.attributions if _holds(r, span)]
        # The innermost attribution is by whom the words are.
        row = min(rows, key=lambda r: sum(q.end - q.start for q in r.content), default=None)
        named = people.speakers(row) if row else frozenset()
        words = view.text[span.start : span.end]
        if len(named) != 1 or _CUT.search(words):
            continue
        found = tuple(tokens(words))
        if len(found) >= LEAST_EQUAL:
            yield Quotation(view, next(iter(named)), span, found)


def _holds(row: AttributionRow, span: Span) -> bool:
    return row.confidence >= LEAST_CONFIDENCE and any(
        q.start - _NEAR <= span.start and span.end <= q.end + _NEAR for q in row.content
    )


def _candidates(quotations: Sequence[Quotation]) -> Iterator[tuple[Quotation, Quotation]]:
    """Pairs of different articles that share two pairs of words in a row, each once."""
    shelves: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, quotation in enumerate(quotations):
        for j in range(len(quotation.tokens) - 1):
            shelf = shelves[quotation.tokens[j : j + 2]]
            if not shelf or shelf[-1] != i:
                shelf.append(i)
    common: dict[tuple[int, int], int] = defaultdict(int)
    for shelf in shelves.values():
        for pair in combinations(shelf[:_SHELF], 2):
            common[pair] += 1
    for (a, b), count in sorted(common.items()):
        one, other = quotations[a], quotations[b]
        if count >= 2 and one.view.row.id != other.view.row.id:
            yield one, other


def _core(equal: list[Opcode]) -> list[Opcode]:
    """Equal runs without those at either end that are shorter than the gap next to them.

    A chance "in" before the utterance would make all that stands between them differ.
    """
    runs = list(equal)
    while len(runs) > 1 and _length(runs[0]) <= _gap(runs[0], runs[1]):
        runs.pop(0)
    while len(runs) > 1 and _length(runs[-1]) <= _gap(runs[-2], runs[-1]):
        runs.pop()
    return runs


def _length(run: Opcode) -> int:
    return run.src_end - run.src_start


def _gap(run: Opcode, after: Opcode) -> int:
    return max(after.src_start - run.src_end, after.dest_start - run.dest_end)


def differ(one: Sequence[str], other: Sequence[str]) -> tuple[str, str] | None:
    """The words of either that stand for each other inside the stretch that both quote.

    None where the two don't align, or what is inside is the same. Word by word alignment by the
    longest common subsequence (Indel distance).
    """
    from rapidfuzz.distance import Indel

    a = list(one)
    # Words spelt otherwise count as equal.
    only = set(one) - set(other)
    spelt = {w: next((o for o in only if same_word(w, o)), w) for w in set(other) - set(one)}
    b = [spelt.get(word, word) for word in other]
    codes = _core([c for c in Indel.opcodes(a, b) if c.tag == "equal"])
    if not codes:
        return None
    equal = sum(c.src_end - c.src_start for c in codes)
    first, last = codes[0], codes[-1]
    inside_a = a[first.src_start : last.src_end]
    inside_b = b[first.dest_start : last.dest_end]
    if equal < LEAST_EQUAL or equal < LEAST_SHARE * max(len(inside_a), len(inside_b)):
        return None
    if shared(" ".join(inside_a), " ".join(inside_b)) < LEAST_CONTENT:
        return None
    if "".join(inside_a) == "".join(inside_b):  # "co operation"
        return None
    here, there = [], []
    for before, after in pairwise(codes):
        here.append(" ".join(a[before.src_end : after.src_start]))
        there.append(" ".join(list(other)[before.dest_end : after.dest_start]))
    return " … ".join(filter(None, here)), " … ".join(filter(None, there))
