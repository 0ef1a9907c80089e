"""Small documents and findings for the tests of store and exports. All people are invented."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from claims.records import (
    UNKNOWN,
    Act,
    Attribution,
    Block,
    BlockKind,
    Carrier,
    Document,
    Extraction,
    Fact,
    Framing,
    ModelInfo,
    Sentence,
    SentenceKind,
    Span,
    Speaker,
    Stance,
)

TEXT = (
    "Harbour minister Ilse Brandmoor said the northern quay will open in May. "
    "The port union denied that any date was agreed, the Tideway Gazette reported. "
    "Brandmoor, smiling, added that “nobody” — she meant the union — had been asked."
)
MODEL = ModelInfo("small", "a" * 64)
NEWER = ModelInfo("small", "b" * 64)


def span(words: str, text: str = TEXT) -> Span:
    """Where `words` stand in `text`, the first time."""
    start = text.index(words)
    return Span(start, start + len(words))


def document(
    text: str = TEXT,
    name: str = "quay.txt",
    *,
    url: str | None = None,
    title: str | None = "Quay to open",
    outlet: Fact = UNKNOWN,
    wire: Fact = UNKNOWN,
    published: Fact = UNKNOWN,
) -> Document:
    """A document of one body block."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        name=name,
        text=text,
        sha256=digest,
        raw_sha256=hashlib.sha256(b"raw" + text.encode()).hexdigest(),
        format="txt",
        blocks=(Block(0, len(text), BlockKind.BODY, 0),),
        title=title,
        url=url,
        outlet=outlet,
        wire=wire,
        published=published,
    )


def attribution(
    content: tuple[Span, ...],
    *,
    source: tuple[Span, ...] = (),
    cue: tuple[Span, ...] = (),
    speaker: str = "Ilse Brandmoor",
    stance: Stance = Stance.ASSERTS,
    act: Act = Act.STATEMENT,
    confidence: float = 0.75,
    parent: int | None = None,
    speakers: tuple[Speaker, ...] = (),
    carriers: tuple[Carrier, ...] = (),
) -> Attribution:
    """An attribution with the usual labels where none are given."""
    return Attribution(
        source,
        cue,
        content,
        stance,
        act,
        Framing.NEUTRAL,
        confidence,
        speaker,
        speakers,
        carriers,
        parent,
    )


def found(model: ModelInfo = MODEL) -> Extraction:
    """What a good model finds in `TEXT`: three attributions, the denial inside the report."""
    return Extraction(
        sentences=(
            Sentence(0, 72, SentenceKind.ATTRIBUTED, 0.625),
            Sentence(73, 150, SentenceKind.ASSERTED, 0.1),
        ),
        attributions=(
            attribution(
                (span("the northern quay will open in May"),),
                source=(span("Harbour minister Ilse Brandmoor"),),
                cue=(span("said"),),
                confidence=0.9371,
                speakers=(
                    Speaker("Ilse Brandmoor", kind="person", evidence=span("Ilse Brandmoor")),
                ),
            ),
            attribution(
                (span("any date was agreed"),),
                source=(span("The port union"),),
                cue=(span("denied"),),
                speaker="port union",
                stance=Stance.DENIES,
                act=Act.DENIAL,
                parent=2,
                carriers=(
                    Carrier("Tideway Gazette", "cited", span("the Tideway Gazette")),
                    Carrier("Harbour Post", "published"),
                ),
            ),
            attribution(
                (span("The port union denied that any date was agreed"),),
                source=(span("the Tideway Gazette"),),
                cue=(span("reported"),),
                speaker="Tideway Gazette",
                confidence=0.5,
            ),
        ),
        model=model,
        candidates=(
            attribution(
                (span("the union"),),
                source=(span("she"),),
                cue=(span("meant"),),
                stance=Stance.UNCOMMITTED,
                confidence=0.2,
                speakers=(Speaker("Ilse Brandmoor", kind="person"),),
            ),
        ),
    )


def found_in(text: str, model: ModelInfo = MODEL, speaker: str = "Ilse Brandmoor") -> Extraction:
    """One attribution whose content is the whole text."""
    whole = Span(0, len(text))
    return Extraction((), (attribution((whole,), speaker=speaker),), model)


def moved_along(times: int) -> tuple[str, Extraction]:
    """`TEXT` so often, one after the other, and what `found` finds in each, nothing nested."""
    texts, attributions, at = [], [], 0
    for number in range(times):
        texts.append(f"{TEXT} No. {number}.")
        for one in found().attributions:
            source, cue, content = (
                tuple(Span(s.start + at, s.end + at) for s in spans)
                for spans in (one.source, one.cue, one.content)
            )
            attributions.append(
                replace(one, source=source, cue=cue, content=content, parent=None,
                        speakers=(), carriers=())
            )  # fmt: skip
        at += len(texts[-1]) + 2
    return "\n\n".join(texts), Extraction((), tuple(attributions), MODEL)
