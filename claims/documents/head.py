"""The head of an article, all that stands before its story: which line is its headline."""

from __future__ import annotations

from collections.abc import Sequence

from claims.documents.credits import is_byline, is_stamp
from claims.documents.edges import dateline_end
from claims.documents.lines import Unit, plain
from claims.documents.story import Line
from claims.records import BlockKind

_NEAR = 40
"""Lines from the beginning and from the end of the head among which the headline is looked for."""

_REACH = 4
"""Lines after a headline within which a byline or date stamp speaks for it."""
_SMALL_WORDS = """
    a an and are as at be but by for from her his if in into is its nor not of on or over than that
    the to up via vs was with after
"""
_SMALL = frozenset(_SMALL_WORDS.split())


def choose_headlines(
    head: Sequence[Line], first: Unit | None, title: str | None
) -> list[BlockKind]:
    """Kinds of the lines of `head`, in order.

    `first` is the first line of the story; if it turns out to be the headline (set in title
    case, or equal to `title`), its kind follows as one more entry.
    """
    known = plain(title) if title else None
    if first is not None and _first_is_headline(head, first, known):
        kinds = [_other(line, before=True) for line in head]
        return [*kinds, BlockKind.HEADLINE]
    best = _best(head, known)
    words = None if best is None else head[best].unit.plain
    kinds = []
    for i, line in enumerate(head):
        if line.unit.plain == words:
            kinds.append(BlockKind.HEADLINE)
        else:
            kinds.append(_other(line, before=best is None or i < best))
    return kinds


def _first_is_headline(head: Sequence[Line], first: Unit, known: str | None) -> bool:
    words = first.text.split()
    if known and _same(plain(first.text), known):
        return True
    if _best(head, known) is not None or len(words) > 20 or len(words) < 3:
        return False
    return title_case(first.text) >= 0.7


def title_case(text: str) -> float:
    """Share of the words after the first, small ones apart, that begin with a capital."""
    words = [w.strip("\"'“”‘’(),.:;?!") for w in text.split()[1:]]
    words = [w for w in words if w and w.lower() not in _SMALL and w[0].isalpha()]
    return sum(w[0].isupper() for w in words) / len(words) if len(words) >= 2 else 0.0


def _best(head: Sequence[Line], known: str | None) -> int | None:
    """Index of the headline among the lines before the story."""
    near = [i for i in range(len(head)) if i < _NEAR or i >= len(head) - _NEAR]
    texts = {i: head[i].unit.plain for i in near}
    scores: dict[int, float] = {}
    for i in near:
        line = head[i]
        unit = line.unit
        if known and _same(texts[i], known):
            return i
        if line.furniture >= 3 or line.caption >= 2 or line.credit == 2:
            continue
        words = unit.words
        if not 3 <= words <= 40 or (line.twice and unit.ends):
            continue
        score = (
            1.0 + (5 <= words <= 25) - 2 * line.credit - unit.text.endswith(".") - 2 * unit.bullet
        )
        # A page's title element repeats its headline, with the site's name or the path beside it.
        score += 3 * any(texts[i] in other for j, other in texts.items() if j != i)
        following = [line.unit.text for line in head[i + 1 : i + 1 + _REACH]]
        score += any(is_byline(text) or is_stamp(text) for text in following)
        scores[i] = score
    if not scores:
        return _lone_title(head)
    top = max(scores.values())
    ties = [i for i, score in scores.items() if score == top]
    # Above the story stand either the headline and its deck, or a whole menu and the headline.
    return ties[-1] if len(ties) > 3 else ties[0]


def _lone_title(head: Sequence[Line]) -> int | None:
    """Index of the one line of the head that could be a title, however short."""
    plain_lines = [
        i
        for i, line in enumerate(head)
        if not line.furniture and not line.caption and not line.credit and line.unit.words > 1
    ]
    return plain_lines[0] if len(plain_lines) == 1 else None


def _same(a: str, b: str) -> bool:
    """Whether a line is the known title, perhaps without the site's name after it."""
    a, b = a.rstrip(" ."), b.rstrip(" .")
    return a == b or (len(a) > 15 and b.startswith(a)) or (len(b) > 15 and a == b)


def _other(line: Line, *, before: bool) -> BlockKind:
    """Kind of a line of the head that is not the headline; `before`: it stands above that."""
    unit, furniture, caption, credit = line.unit, line.furniture, line.caption, line.credit
    if caption >= 2 and caption >= furniture - 1:
        return BlockKind.CAPTION
    if credit == 2 or (credit and furniture < 2 and not before):
        return BlockKind.CREDIT
    bracketed = unit.text[0] in "([" and unit.text[-1] in ")]"
    repeated = line.twice and unit.ends
    if furniture >= 2 or credit or unit.bullet or bracketed or repeated:
        return BlockKind.BOILERPLATE
    if unit.words >= 6 and (unit.ends or unit.text.endswith(":") or dateline_end(unit.text)):
        return BlockKind.BODY
    # The deck stands under the headline; a menu's entries are shorter, and stand above it.
    return BlockKind.HEADLINE if not before and unit.words >= 5 else BlockKind.BOILERPLATE
