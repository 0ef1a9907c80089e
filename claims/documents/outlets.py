"""Outlets that an article's head names itself: its masthead, a credit of its staff, a byline.

Only names that can be nothing else are taken: such as end in a word that papers have ("the Lund
Gazette"), or that are said to have staff and stand in the story as well ("The Causeway").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claims.documents.agencies import agency_name
from claims.records import Block, BlockKind, Fact, Span

_WORD = r"[A-ZÀ-Þ][\w’'&.-]*"
_NAME = rf"(?:(?:The|THE)\s+)?{_WORD}(?:\s+(?:(?:of|and|the|on)\s+)?{_WORD}){{0,4}}"
_PAPER_WORDS = """
    chronicle courier enquirer examiner gazette herald inquirer journal mercury mirror observer post
    record standard sun telegraph times tribune
"""
PAPER_WORDS = frozenset(_PAPER_WORDS.split())
"""Last words of names that newspapers have; "News" and "Review" head menus and columns as well."""
_LINK_WORDS = frozenset({"journal", "post", "record", "standard"})
"""Of these a page's own links are made, too: "Next Post", "My Journal"."""
_MASTHEAD = re.compile(rf"(?P<name>{_NAME})(?P<section>\s*[|·»–—]\s*{_WORD}(?:\s+{_WORD}){{0,2}})?")
_STAFF = re.compile(
    rf"(?P<name>{_NAME})\s+(?:(?P<section>[a-z]+)\s+)?"
    r"(?:[Ss]taff(?:\s+(?:[Ww]riter|[Rr]eporter|[Cc]orrespondent)s?)?|newsroom|desk)"
    r"(?:,?\s+(?:and|with)\s.*)?",
)
_BYLINE = re.compile(rf"(?i:by)\s+{_NAME}(?:\s+and\s+{_NAME})?\s*[,|/]\s*(?P<name>{_NAME})")
_PATTERNS = (
    ("masthead", BlockKind.BOILERPLATE, _MASTHEAD),
    ("staff credit", BlockKind.CREDIT, _STAFF),
    ("staff credit", BlockKind.BOILERPLATE, _STAFF),
    ("byline", BlockKind.CREDIT, _BYLINE),
)


def named_in_head(text: str, blocks: Sequence[Block]) -> list[Fact]:
    """Each naming of an outlet above the story; several may be of one, or of several outlets."""
    first = next((i for i, b in enumerate(blocks) if b.kind is BlockKind.BODY), len(blocks))
    return list(_found(text, blocks[:first])) if first < len(blocks) else []


def outlet_key(name: str) -> str:
    """The same for a name in capitals or with its article: "THE LUND POST", "Lund Post"."""
    return re.sub(r"[\W_]+", "", re.sub(r"^the\s+", "", name.casefold()))


def _found(text: str, head: Sequence[Block]) -> Iterator[Fact]:
    for block in head:
        for basis, kind, pattern in _PATTERNS:
            match = pattern.fullmatch(text, block.start, block.end)
            if block.kind is not kind or match is None:
                continue
            name, at = match["name"], match.start("name")
            is_name = _is_papers(name) and (pattern is not _MASTHEAD or _is_masthead(text, match))
            if is_name or (pattern is _STAFF and _is_the_outlet(text, match)):
                yield Fact(_as_written(name), basis, Span(at, at + len(name)))
                break


def _is_papers(name: str) -> bool:
    words = name.split()
    if words[0].casefold() == "the":
        words = words[1:]
    is_agency = agency_name(name) is not None or agency_name(" ".join(words)) is not None
    return len(words) > 1 and words[-1].casefold() in PAPER_WORDS and not is_agency


def _is_masthead(text: str, match: re.Match[str]) -> bool:
    """Whether a line of its own is more than a link: it says "The", or the story has the name."""
    name = match["name"]
    is_plain = name.split()[-1].casefold() not in _LINK_WORDS
    return (
        name.startswith(("The ", "THE "))
        or (match["section"] is not None and is_plain)
        or _is_mentioned(text, _as_written(name))
    )


def _is_mentioned(text: str, name: str) -> bool:
    """Whether a name stands in the middle of a sentence."""
    return re.search(rf"(?<=[a-z,] ){re.escape(name)}\b(?!\s+[A-Z])", text) is not None


def _is_the_outlet(text: str, match: re.Match[str]) -> bool:
    """ "The Causeway data desk": a section's name stands between, so what is before is a name."""
    name = match["name"]
    is_name = name.startswith("The ") and len(name.split()) < 4
    return is_name and (match["section"] is not None or _is_mentioned(text, name))


def _as_written(name: str) -> str:
    """A name in capitals as it is written elsewhere: "The Lund Post"."""
    words = " ".join(name.split())
    return words.title() if words.isupper() else words
