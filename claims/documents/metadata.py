"""Title, address, outlet, wire agency and date of an article, each with where it came from.

What was given is believed. What a page or the text says is used only where it is plain; a field
with two answers, or with one that the article contradicts, stays empty and says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from claims.documents.agencies import AGENCY, agency_name
from claims.documents.credits import agency_line, is_byline
from claims.documents.edges import dateline_agency
from claims.documents.outlets import named_in_head, outlet_key
from claims.documents.published import published
from claims.records import UNKNOWN, Block, BlockKind, Fact, PrintedDate, Span

if TYPE_CHECKING:
    from claims.documents.build import Given

_AGENCY = re.compile(rf"(?<!\w){AGENCY}(?!\w)")
_URL = re.compile(r"https?://[^\s<>()\[\]\"']+")
_UNKNOWN_AGENCY = re.compile(r"\([A-Z][^()a-z]*[A-Z][^()]*\)$")
_OWN_URL = re.compile(
    r"\b(?:original|source|canonical|permalink|url|link)\b[^\n]{0,20}:\s*<?$", re.I
)
_SITE_AFTER = re.compile(r"\s*[-–—|·]\s*(?P<site>[A-ZÀ-Þ][\w.&'’ ]{1,40})$")
_TITLE_WORDS = 4
"""Last words of the headline that a page's title must repeat."""
_FAR_BACK = 300
"""Characters before an address in which its label is looked for."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The metadata of one article."""

    title: str | None
    url: str | None
    outlet: Fact
    wire: Fact
    published: Fact
    dates: tuple[PrintedDate, ...]


def find(text: str, blocks: Sequence[Block], given: Given) -> Facts:
    """Facts of the article: those given, else those of its page, else those of its text."""
    page = dict(given.page)
    headline = _first(blocks, BlockKind.HEADLINE)
    title = given.title or (_words(text, headline) if headline else None)
    own = _own_address(text, blocks)
    url = given.url or (own[0] if own else None)
    day, dates = published(text, blocks, given, page.get("published"))
    return Facts(
        title=title,
        url=url,
        outlet=_outlet(text, blocks, given, page.get("outlet"), own),
        wire=_wire(text, blocks),
        published=day,
        dates=dates,
    )


def _first(blocks: Sequence[Block], kind: BlockKind) -> Block | None:
    return next((block for block in blocks if block.kind is kind), None)


def _words(text: str, block: Block) -> str:
    return " ".join(text[block.start : block.end].split())


# --- outlet -----------------------------------------------------------------------------------


def _own_address(text: str, blocks: Sequence[Block]) -> tuple[str, Span] | None:
    """The address that the text gives as its own, in a labelled line outside the story."""
    found = []
    for block in blocks:
        if block.kind is not BlockKind.BOILERPLATE:
            continue
        match = _URL.search(text, block.start, block.end)
        if match and _OWN_URL.search(
            text[max(0, match.start() - _FAR_BACK) : match.start()].rstrip(" \n<")
        ):
            found.append((match.group().rstrip(".,;"), Span(*match.span())))
    return found[0] if len({address for address, _ in found}) == 1 else None


def _outlet(
    text: str,
    blocks: Sequence[Block],
    given: Given,
    page: Fact | None,
    own: tuple[str, Span] | None,
) -> Fact:
    if given.outlet:
        return Fact(given.outlet, "given")
    if page:
        return page
    if given.url and (host := _host(given.url)):
        return Fact(host, "host of the article's address")
    if own and (host := _host(own[0])):
        return Fact(host, "host of the address that the text gives as its own", own[1])
    site = _site_in_title(text, blocks)
    return site if site.value else _in_head(text, blocks)


def _in_head(text: str, blocks: Sequence[Block]) -> Fact:
    """The outlet that masthead, staff credit and byline agree on."""
    found = named_in_head(text, blocks)
    if len({outlet_key(fact.value or "") for fact in found}) > 1:
        names = ", ".join(f"{fact.basis} says {fact.value}" for fact in found)
        return Fact(None, f"not sure: {names}", found[0].evidence)
    return found[0] if found else UNKNOWN


def _site_in_title(text: str, blocks: Sequence[Block]) -> Fact:
    """The site's name after the headline, in a line that holds a page's title element.

    The headline may be shortened at its beginning there ("World > … Turn Deadly - The Post").
    """
    headline = _first(blocks, BlockKind.HEADLINE)
    words = text[headline.start : headline.end].split() if headline else []
    for block in blocks:
        line = text[block.start : block.end]
        site = _SITE_AFTER.search(line)
        if block.kind is not BlockKind.BOILERPLATE or site is None:
            continue
        title = line[: site.start()].split()
        same = 0
        while same < min(len(words), len(title)) and words[-1 - same] == title[-1 - same]:
            same += 1
        if same >= _TITLE_WORDS:
            span = Span(block.start + site.start("site"), block.end)
            return Fact(site["site"], "after the headline in the page's title", span)
    return UNKNOWN


def _host(url: str) -> str | None:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host else None


# --- wire -------------------------------------------------------------------------------------


def _wire(text: str, blocks: Sequence[Block]) -> Fact:
    """The agency whose dispatch this is, if the text's marks name exactly one."""
    found = list(_wire_marks(text, blocks))
    names = {fact.value for fact in found if fact.value}
    if len(names) > 1:
        marks = ", ".join(f"{fact.basis} says {fact.value}" for fact in found if fact.value)
        return Fact(None, f"not sure: {marks}")
    return next((fact for fact in found if fact.value), found[0] if found else UNKNOWN)


def _wire_marks(text: str, blocks: Sequence[Block]) -> Iterator[Fact]:
    """Each mark of an agency; without a value where the agency is not a known one."""
    story = [i for i, block in enumerate(blocks) if block.kind is BlockKind.BODY]
    for i, block in enumerate(blocks if story else ()):
        span = Span(block.start, block.end)
        words = text[block.start : block.end]
        if block.kind is BlockKind.DATELINE:
            if name := dateline_agency(words):
                yield Fact(name, "dateline", span)
        elif block.kind is BlockKind.CREDIT:
            basis = _credit_place(i, story)
            if name := _credit_agency(words):
                yield Fact(name, basis, span)
            elif basis == "closing credit" and _UNKNOWN_AGENCY.match(words):
                yield Fact(
                    None, f"not sure: {words} in the closing credit is no known agency", span
                )


def _credit_agency(words: str) -> str | None:
    """The one agency of a byline or of a credit that is nothing else."""
    if not (agency_line(words) or is_byline(words)):
        return None
    names = {agency_name(form) for form in _AGENCY.findall(words)}
    return names.pop() if len(names) == 1 else None


def _credit_place(i: int, story: Sequence[int]) -> str:
    if i < story[0]:
        return "byline"
    return "closing credit" if i > story[-1] else "credit"
