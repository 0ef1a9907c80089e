"""From a given text to a `Document`: checks, stored form, blocks, metadata."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.documents import language, metadata
from claims.documents.blocks import label
from claims.documents.text import check, normalise, sha256
from claims.errors import DocumentError
from claims.records import Block, Document, Fact
from claims.settings import settings


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of an article besides its text.

    `page` holds facts that the page's own metadata states; the other fields were given by the
    user and are believed.
    """

    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    page: tuple[tuple[str, Fact], ...] = ()


def from_text(
    text: str,
    *,
    name: str = "-",
    title: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    blocks: Sequence[Block] | None = None,
) -> Document:
    """Document of a text that is at hand; `blocks` (of the stored form) replace the labeller's.

    Raises:
        DocumentError: if the text is empty, too long, not English, or has NUL or lone surrogates.
    """
    given = Given(title, url, outlet, published)
    return build(text, text.encode("utf-8", "surrogatepass"), name, "txt", given, blocks=blocks)


def build(
    raw: str,
    data: bytes,
    name: str,
    form: str,
    given: Given,
    *,
    where: str | None = None,
    keep_origin: bool = True,
    blocks: Sequence[Block] | None = None,
) -> Document:
    """Document of the text `raw`, read from the bytes `data`; `where` names it in messages."""
    where = where or name
    limit = settings().max_text_chars
    if len(raw) > limit:
        raise DocumentError(
            f"{where}: has {len(raw):,} characters, more than {limit:,}",
            repair="split it into its articles, or raise CLAIMS_MAX_TEXT_CHARS",
        )
    check(raw, where)
    text, origin = normalise(raw)
    if not text.strip("\ufeff \t\n\f\v"):
        raise DocumentError(f"{where}: has no text", repair="give a file with an article's text")
    if reason := language.foreign(text):
        raise DocumentError(f"{where}: {reason}", repair="only English articles can be read")
    labelled = tuple(blocks) if blocks is not None else label(text, given.title)
    facts = metadata.find(text, labelled, given)
    return Document(
        name=name,
        text=text,
        sha256=sha256(text),
        raw_sha256=sha256(data),
        format=form,
        blocks=labelled,
        title=facts.title,
        url=facts.url,
        outlet=facts.outlet,
        wire=facts.wire,
        published=facts.published,
        dates=facts.dates,
        origin=origin if keep_origin else None,
        given=raw if keep_origin and origin is not None else None,
    )
