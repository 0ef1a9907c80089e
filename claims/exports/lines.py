"""One article and what was found in it as one JSON object: the format of `claims extract`.

Offsets are half-open character ranges of `text`: exactly the text that a `.jsonl` line gave, and
the stored text of every other file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claims.documents.text import to_given
from claims.records import Attribution, Carrier, Document, Extraction, Span, Speaker
from claims.sources.origins import origin_of


def line_of(
    document: Document, extraction: Extraction, *, candidates: bool = False
) -> dict[str, Any]:
    """The object of one article, ready for JSON; `candidates` adds those under the threshold."""
    line: dict[str, Any] = {
        "id": document.name,
        "text": document.text if document.given is None else document.given,
        "sentences": [
            {
                "start": (place := to_given(document, Span(sentence.start, sentence.end))).start,
                "end": place.end,
                "kind": sentence.kind.value,
                "worth": sentence.worth,
            }
            for sentence in extraction.sentences
        ],
        "attributions": [_attribution(document, found) for found in extraction.attributions],
    }
    if candidates:
        line["candidates"] = [_attribution(document, found) for found in extraction.candidates]
    return line


def _attribution(document: Document, found: Attribution) -> dict[str, Any]:
    return {
        "source": _spans(document, found.source),
        "cue": _spans(document, found.cue),
        "content": _spans(document, found.content),
        "speaker": found.speaker,
        "speakers": [_speaker(document, speaker) for speaker in found.speakers],
        "carriers": [_carrier(document, carrier) for carrier in found.carriers],
        "cites": [_carrier(document, carrier) for carrier in found.cites],
        "origin": origin_of(found.speaker, found.speakers, found.carriers, found.cites),
        "stance": found.stance.value,
        "act": found.act.value,
        "framing": found.framing.value,
        "confidence": found.confidence,
        "parent": found.parent,
    }


def _spans(document: Document, role: Sequence[Span]) -> list[list[int]]:
    return [list(to_given(document, span)) for span in role]


def _evidence(document: Document, span: Span | None) -> list[int] | None:
    return None if span is None else list(to_given(document, span))


def _speaker(document: Document, speaker: Speaker) -> dict[str, Any]:
    return {
        "name": speaker.name,
        "source_id": speaker.source_id,
        "canonical": speaker.canonical,
        "kind": speaker.kind,
        "confidence": speaker.confidence,
        "evidence": _evidence(document, speaker.evidence),
        "why": speaker.why,
    }


def _carrier(document: Document, carrier: Carrier) -> dict[str, Any]:
    return {
        "name": carrier.name,
        "role": carrier.role,
        "evidence": _evidence(document, carrier.evidence),
    }
