"""A stretch of a text as lines of a given width, with marks; each cell knows its character.

Text of articles is not obeyed: control characters stand as visible signs (`claims.terminal`). Marks
are signs in the text, so that they can be read without colour, and styles for those who see them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from claims.records import Span
from claims.review.values import Values
from claims.terminal import harmless

SIGNS = {"source": ("<", ">"), "cue": ("{", "}"), "content": ("[", "]")}
"""What stands around the spans of a role, as in `claims decide ITEM`."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to be shown as `role`, between two signs. `active` says which sign is to stand out:
    `start`, `end` or none."""

    span: Span
    role: str
    open: str = ""
    close: str = ""
    active: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some cells of a line: what is shown, the characters it stands for (none of a sign), and the
    roles it has."""

    shown: str
    start: int
    end: int
    roles: frozenset[str]
    sign: str = ""


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Atom:
    piece: Piece
    width: int


def marks_of(values: Values, active: tuple[str, int, str] | None = None) -> list[Mark]:
    """The marks of an attribution; `active` is (role, nth, `start` or `end`)."""
    return [
        Mark(span, role, *SIGNS[role], active[2] if active and active[:2] == (role, nth) else "")
        for role in SIGNS
        for nth, span in enumerate(getattr(values, role))
    ]


def lay_out(text: str, window: Span, marks: Iterable[Mark], width: int) -> list[Line]:
    """The lines of `text[window]`, none wider than `width` cells, broken at white space.

    A single line end is white space, several are an empty line.
    """
    lines: list[Line] = []
    for paragraph in _paragraphs(text, window, list(marks)):
        if lines:
            lines.append(())
        lines += _wrapped(paragraph, max(4, width))
    return lines or [()]


def offset_at(lines: Sequence[Line], x: int, y: int) -> int | None:
    """The character that stands in a cell; None where there is no line."""
    if not 0 <= y < len(lines):
        return None
    at, last = 0, None
    for piece in lines[y]:
        for character, place in _cells(piece):
            width = cell_len(character)
            if x < at + width and not piece.sign:
                return place
            at += width
            last = last if piece.sign else place
    return last


def row_of(lines: Sequence[Line], offset: int) -> int:
    """The line that a character stands in; the last before it where it is none of these."""
    row = 0
    for at, line in enumerate(lines):
        if any(not piece.sign and piece.start <= offset for piece in line):
            row = at
    return row


def _cells(piece: Piece) -> Iterator[tuple[str, int]]:
    if len(piece.shown) == piece.end - piece.start:
        for i, character in enumerate(piece.shown):
            yield character, piece.start + i
    else:
        yield piece.shown, piece.start


def _paragraphs(text: str, window: Span, marks: list[Mark]) -> Iterator[list[list[_Atom]]]:
    """The paragraphs of a window as words of atoms."""
    words: list[list[_Atom]] = []
    word: list[_Atom] = []
    for atom, is_space, ends_paragraph in _atoms(text, window, marks):
        if is_space:
            if word:
                words.append(word)
                word = []
            if ends_paragraph and words:
                yield words
                words = []
        elif word and _is_joined(word[-1].piece, atom.piece):
            word[-1] = _joined(word[-1].piece, atom.piece)
        else:
            word.append(atom)
    if word:
        words.append(word)
    if words:
        yield words


JOINER, VARIANT = "\u200d", "\ufe0f"


def _is_joined(before: Piece, after: Piece) -> bool:
    """Whether two characters make one sign on a terminal, which is narrower than both."""
    if before.sign or after.sign or before.roles != after.roles:
        return False
    return after.shown in (JOINER, VARIANT) or before.shown.endswith(JOINER)


def _joined(before: Piece, after: Piece) -> _Atom:
    piece = Piece(before.shown + after.shown, before.start, after.end, before.roles)
    return _Atom(piece, cell_len(piece.shown))


def _atoms(text: str, window: Span, marks: list[Mark]) -> Iterator[tuple[_Atom, bool, bool]]:
    """The characters and signs of a window, each with whether it is white space, and whether that
    ends a paragraph."""
    opening: dict[int, list[Mark]] = defaultdict(list)
    closing: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        if mark.span.start < window.end and window.start < mark.span.end:
            opening[mark.span.start].append(mark)
            closing[mark.span.end].append(mark)
    roles: list[str] = [m.role for m in marks if m.span.start < window.start < m.span.end]
    edges, now = {window.start, *opening, *closing}, frozenset(roles)
    for at in range(window.start, window.end + 1):
        # Inner marks end first and begin last.
        for mark in sorted(closing.get(at, ()), key=lambda m: -m.span.start):
            if mark.role in roles:
                roles.remove(mark.role)
            yield from _sign(mark.close, at, mark, "end")
        if at == window.end:
            break
        for mark in sorted(opening.get(at, ()), key=lambda m: -m.span.end):
            yield from _sign(mark.open, at, mark, "start")
            roles.append(mark.role)
        character, now = text[at], frozenset(roles) if at in edges else now
        if character.isspace():
            end = character == "\n" and text[at : at + 2] == "\n\n"
            yield _Atom(Piece(" ", at, at + 1, now), 1), True, end
        else:
            shown = harmless(character)
            yield _Atom(Piece(shown, at, at + 1, now), cell_len(shown)), False, False


def _sign(sign: str, at: int, mark: Mark, which: str) -> Iterator[tuple[_Atom, bool, bool]]:
    if sign:
        kind = "active" if mark.active == which else "sign"
        piece = Piece(sign, at, at, frozenset({mark.role}), kind)
        yield _Atom(piece, cell_len(sign)), False, False


def _wrapped(words: list[list[_Atom]], width: int) -> Iterator[Line]:
    line: list[_Atom] = []
    used = 0
    for word in words:
        for n, part in enumerate(_parts(word, width)):
            size = sum(atom.width for atom in part)
            gap = 1 if line and n == 0 else 0
            if line and used + gap + size > width:
                yield _line(line)
                line, used, gap = [], 0, 0
            if gap:
                line.append(_gap(line[-1].piece, part[0].piece))
            line += part
            used += gap + size
    if line:
        yield _line(line)


def _gap(before: Piece, after: Piece) -> _Atom:
    """The space between two words of a line: in the roles that both are in."""
    start = before.end
    roles = before.roles & after.roles
    return _Atom(Piece(" ", start, max(start + 1, after.start), roles), 1)


def _parts(word: list[_Atom], width: int) -> Iterator[list[_Atom]]:
    """A word, cut where it is wider than a line."""
    part: list[_Atom] = []
    used = 0
    for atom in word:
        if part and used + atom.width > width:
            yield part
            part, used = [], 0
        part.append(atom)
        used += atom.width
    yield part


def _line(atoms: list[_Atom]) -> Line:
    """The atoms of a line, joined where they differ in nothing."""
    pieces: list[Piece] = []
    for atom in atoms:
        piece, last = atom.piece, pieces[-1] if pieces else None
        is_plain = len(piece.shown) == piece.end - piece.start and not piece.sign
        if (
            last is not None and is_plain and not last.sign
            and last.roles == piece.roles and last.end == piece.start
            and len(last.shown) == last.end - last.start
        ):  # fmt: skip
            pieces[-1] = Piece(last.shown + piece.shown, last.start, piece.end, piece.roles)
        else:
            pieces.append(piece)
    return tuple(pieces)
