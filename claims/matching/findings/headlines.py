"""Headlines that are firmer than their body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claims.matching.finding_kinds import FindingKind
from claims.matching.findings.data import Finding, Material, at, finding, shortened
from claims.matching.findings.sides import LEAST_CONFIDENCE
from claims.matching.findings.words import stems, turned
from claims.records import Act, BlockKind, SentenceKind, Span, Stance

if TYPE_CHECKING:
    from claims.store.rows import ArticleView, AttributionRow

LEAST_WORDS = 3
"""Content words that headline and attributed words must share."""
SHARE = 0.7
"""Share of the headline's content words that stand in what the body attributes."""
SHARE_UNSURE = 0.5
"""The same where the body's source itself hedges, accuses or foresees."""
_GUARDED = re.compile(
    r"[“”‘\"?]|(?<!\w)'|:\s|\b(?:says?|said|tells?|told|claims?|claimed|alleg\w+|accus\w+|"
    r"report\w*|according|may|might|could|would|likely|possibl[ey]|apparent(?:ly)?|suspect\w*|"
    r"believed?|den(?:y|ies|ied)|warns?|warned|vows?|urges?|calls?|seeks?|fears?|seen|seems?|"
    r"expected|plans?|hints?|suggests?|admits?|insists?|argues?|announces?|tweets?|raises?|"
    r"concerns?|signs?|questions?|rumou?rs?)\b|[–—-]\s*(?:[A-Z][\w.]+\s*){1,3}$",
    re.IGNORECASE,
)
_UNSURE = (Act.ACCUSATION, Act.PREDICTION, Act.BELIEF)


def firmer_headlines(material: Material) -> Iterator[Finding]:
    """A headline states what the body has only from somebody, or hedged.

    Enough is a headline without any sign of attribution or doubt (no cue, quotation mark, colon,
    modal), most of whose content words stand in one checked attribution of the body, and in no
    sentence that the body states itself. One attribution of a plain statement asks for more shared
    words than one that its own source hedges, foresees or makes as an accusation.
    """
    claims = {
        m.attribution.id: claim.id for claim in material.claims for m in claim.members
        if m.attribution
    }  # fmt: skip
    for view in material.articles.values():
        for block in view.blocks:
            if block.kind is BlockKind.HEADLINE:
                span = Span(block.start, block.end)
                if (row := _firmer(view, span)) is not None:
                    yield _finding(view, span, row, [claims[row.id]] if row.id in claims else ())


def _firmer(view: ArticleView, headline: Span) -> AttributionRow | None:
    words = view.text[headline.start : headline.end]
    inside = any(_meet(headline, q.start, q.end) for r in view.attributions for q in r.content)
    if inside or _GUARDED.search(words):
        return None
    wanted = stems(words)
    if len(wanted) < LEAST_WORDS or _is_stated(view, headline, wanted):
        return None
    fitting = [
        r
        for r in view.attributions
        if _fits(r, headline, wanted) and not turned(words, r.content_words)
    ]
    return max(fitting, key=lambda r: len(wanted & stems(r.content_words)), default=None)


def _is_stated(view: ArticleView, headline: Span, wanted: frozenset[str]) -> bool:
    """Whether the body says so in a sentence of its own; half the words are enough to be quiet."""
    taken = [q for r in view.attributions for q in (*r.content, *r.cue)]
    for sentence in view.sentences:
        if sentence.kind is SentenceKind.ATTRIBUTED or _meet(
            headline, sentence.start, sentence.end
        ):
            continue
        place = Span(sentence.start, sentence.end)
        if any(_meet(place, q.start, q.end) for q in taken):
            continue
        if len(wanted & stems(view.text[place.start : place.end])) >= SHARE_UNSURE * len(wanted):
            return True
    return False


def _fits(row: AttributionRow, headline: Span, wanted: frozenset[str]) -> bool:
    if row.confidence < LEAST_CONFIDENCE or not row.source or row.stance is Stance.DENIES:
        return False
    unsure = row.stance is not Stance.ASSERTS or row.act in _UNSURE
    shared = len(wanted & stems(row.content_words))
    return shared >= LEAST_WORDS and shared >= (SHARE_UNSURE if unsure else SHARE) * len(wanted)


def _finding(
    view: ArticleView, headline: Span, row: AttributionRow, claims: Sequence[int]
) -> Finding:
    content = Span(row.content[0].start, row.content[-1].end)
    cue = row.cue_words or "has it"
    source = row.source_words
    message = (
        f"the headline states what the body has from {shortened(source, 40)} ({shortened(cue, 30)})"
        f": {shortened(view.text[headline.start : headline.end])}"
    )
    evidence = (at(view, headline, "headline"), at(view, content, f"body: {source} {cue}"))
    return finding(FindingKind.HEADLINE_FIRMER, message, evidence, claims=claims)


def _meet(span: Span, start: int, end: int) -> bool:
    return span.start < end and start < span.end
