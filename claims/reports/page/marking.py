"""An article's text as pieces to mark: every word once, with all that lies over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from claims.records import Block
from claims.reports.weighing import Stand

_ROLES = ("content", "cue", "source", "evidence")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks.

    `anchors` are the members that begin here; `roles` which of `content`, `cue`, `source`,
    `evidence` lie over it; `members` the ids of those whose evidence it is, innermost last;
    `passages` the names of further passages that begin here.
    """

    text: str
    roles: tuple[str, ...] = ()
    members: tuple[int, ...] = ()
    anchors: tuple[Stand, ...] = ()
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A range of an article's text that is marked besides its members, under a name."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article; `kind` is that of its blocks."""

    kind: str
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    role: str
    member: int | None = None


def paragraphs(
    text: str,
    blocks: Sequence[Block],
    stands: Iterable[Stand],
    passages: Sequence[Passage] = (),
) -> list[Paragraph]:
    """The text by its blocks, with sources, cues and contents of `stands` marked, and `passages`.

    Spans may nest and overlap: the text is cut at each of their edges, and each piece names all
    that cover it. What lies between blocks is white space, unless a mark lies over it.
    """
    held = list(stands)
    marks = [mark for stand in held for mark in _marks(stand)]
    marks += [_Mark(one.start, one.end, "evidence") for one in passages]
    named: dict[int, list[str]] = {}
    for one in passages:
        named.setdefault(one.start, []).append(one.name)
    starts: dict[int, list[Stand]] = {}
    for stand in held:
        starts.setdefault(min(m.start for m in _marks(stand)), []).append(stand)
    edges = {e for mark in marks for e in (mark.start, mark.end)} | set(starts)
    found = []
    for start, end, kind in _stretches(text, blocks):
        cuts = sorted({start, end, *(e for e in edges if start < e < end)})
        pieces = tuple(
            replace(_piece(text, a, b, marks, starts.get(a, [])), passages=tuple(named.get(a, ())))
            for a, b in pairwise(cuts)
        )
        if pieces:
            found.append(Paragraph(kind, pieces))
    return found


def _marks(stand: Stand) -> list[_Mark]:
    row, member = stand.member.attribution, stand.member
    number = member.statement_id
    if row is None:
        return [_Mark(member.quote.start, member.quote.end, "content", number)]
    return [
        _Mark(quote.start, quote.end, role, number)
        for role, quotes in (("content", row.content), ("cue", row.cue), ("source", row.source))
        for quote in quotes
    ]


def _stretches(text: str, blocks: Sequence[Block]) -> list[tuple[int, int, str]]:
    """Paragraphs with the kind of their last block; the text as one where there are no blocks.

    Each begins where the one before it ends, so that no character is lost.
    """
    if not blocks:
        return [(0, len(text), "body")] if text else []
    groups: list[list[Block]] = []
    for block in blocks:
        if groups and groups[-1][0].paragraph == block.paragraph:
            groups[-1].append(block)
        else:
            groups.append([block])
    ends = [group[0].start for group in groups[1:]] + [len(text)]
    begins = [0, *ends[:-1]]
    return [
        (begin, end, str(_kind(group)))
        for begin, end, group in zip(begins, ends, groups, strict=True)
        if begin < end
    ]


def _kind(group: Sequence[Block]) -> str:
    """A paragraph is body if any of it is."""
    kinds = [block.kind.value for block in group]
    return "body" if "body" in kinds else kinds[-1]


def _piece(
    text: str,
    start: int,
    end: int,
    marks: Sequence[_Mark],
    begin: Sequence[Stand],
) -> Piece:
    over = sorted(
        (m for m in marks if m.start <= start and end <= m.end), key=lambda m: (m.start, -m.end)
    )
    roles = tuple(
        role
        for role in ("content", "cue", "source", "evidence")
        if any(m.role == role for m in over)
    )
    members = tuple(dict.fromkeys(m.member for m in over if m.member is not None))
    return Piece(text[start:end], roles, members, tuple(begin))
