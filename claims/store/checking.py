"""What may be stored: checked before a transaction begins, so that the error names the article."""

from __future__ import annotations

from collections.abc import Iterator

from claims.errors import StoreError
from claims.records import Attribution, Carrier, Document, Extraction, Span, Speaker


def check(document: Document, extraction: Extraction) -> None:
    """Refuse what can't be stored as it is; `StoreError` names the article.

    NUL: SQLite's `length()` stops at it, PostgreSQL doesn't take it. Lone surrogates have no
    UTF-8. Spans must lie inside the text, or there would be no words to show for them.
    """
    strings = [document.name, document.text, document.title, document.url, document.outlet.value]
    strings += [document.wire.value, document.published.value]
    for attribution in extraction.attributions:
        strings.append(attribution.speaker)
        strings += [named.name for named in _named(attribution)]
    for string in strings:
        if string is not None and ("\0" in string or not _is_utf8(string)):
            raise StoreError(
                f"article {document.name!r} has a NUL or half a surrogate pair in it",
                repair="rename the file, or take such characters out of the article's fields",
            )
    if not document.text:
        raise StoreError(f"article {document.name!r} has no text")
    for index, attribution in enumerate(extraction.attributions):
        where = f"article {document.name!r}: attribution {index}"
        if not attribution.cue and not attribution.source and not attribution.content:
            raise StoreError(f"{where} has no span")
        names = [named.name for named in _named(attribution)]
        names += [carrier.role for carrier in (*attribution.carriers, *attribution.cites)]
        if not all((attribution.speaker, *names)):
            raise StoreError(f"{where} names someone by nothing")
    for span in _spans(document, extraction):
        if not 0 <= span.start < span.end <= len(document.text):
            raise StoreError(
                f"article {document.name!r}: the span [{span.start}, {span.end}) isn't in its text"
            )


def _spans(document: Document, extraction: Extraction) -> Iterator[Span]:
    """Every range that will be stored beside the text."""
    yield from (Span(block.start, block.end) for block in document.blocks)
    yield from (Span(sentence.start, sentence.end) for sentence in extraction.sentences)
    for fact in (document.outlet, document.wire, document.published):
        if fact.evidence:
            yield fact.evidence
    for attribution in extraction.attributions:
        yield from (*attribution.source, *attribution.cue, *attribution.content)
        yield from (named.evidence for named in _named(attribution) if named.evidence)


def _named(attribution: Attribution) -> list[Speaker | Carrier]:
    return [*attribution.speakers, *attribution.carriers, *attribution.cites]


def _is_utf8(string: str) -> bool:
    try:
        string.encode()
    except UnicodeEncodeError:
        return False
    return True
