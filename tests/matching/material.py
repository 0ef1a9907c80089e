"""Small articles and claims for the tests of findings. People, places and outlets are invented."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime

from claims.matching.findings import Material
from claims.matching.grouping import Relation
from claims.records import (
    UNKNOWN,
    Act,
    Block,
    BlockKind,
    Fact,
    Framing,
    ModelInfo,
    Sentence,
    SentenceKind,
    Span,
    Speaker,
    Stance,
)
from claims.sources.registry import Registry
from claims.store.claim_rows import ClaimRow, MemberRow
from claims.store.rows import ArticleRow, ArticleView, AttributionRow, Quote

MODEL = ModelInfo("small", "a" * 64)
NOW = datetime(2026, 1, 2, tzinfo=UTC)


def quote(text: str, words: str) -> Quote:
    start = text.index(words)
    return Quote(start, start + len(words), words)


def said(
    text: str,
    speaker: str,
    cue: str,
    content: str,
    *,
    stance: Stance = Stance.ASSERTS,
    act: Act = Act.STATEMENT,
    confidence: float = 0.9,
) -> AttributionRow:
    """An attribution of `text`; `place` puts it into its article."""
    named = (Speaker(speaker),) if speaker[:1].isupper() and speaker != "NONE" else ()
    return AttributionRow(
        id=0, article_id=0, version=1, run_id=1, ordinal=0, article_name="", url=None, title=None,
        outlet=None, wire=None, published=None, published_on=None,
        source=(quote(text, speaker),) if speaker in text else (), cue=(quote(text, cue),),
        content=(quote(text, content),), speaker=speaker, speakers=named, carriers=(),
        stance=stance, act=act, framing=Framing.NEUTRAL, confidence=confidence, parent=None,
        model=MODEL, run_at=NOW,
    )  # fmt: skip


def article(
    number: int,
    text: str,
    *attributions: AttributionRow,
    outlet: str | None = None,
    wire: str | None = None,
    published: str | None = None,
    basis: str = "given",
    kinds: Sequence[BlockKind] | None = None,
    asserted: Sequence[str] = (),
    version: int = 1,
) -> ArticleView:
    """An article of one block a line; `kinds` labels the lines, all body if not given."""
    blocks, start = [], 0
    lines = text.split("\n")
    for i, line in enumerate(lines):
        kind = kinds[i] if kinds else BlockKind.BODY
        if line.strip():
            blocks.append(Block(start, start + len(line), kind, i))
        start += len(line) + 1
    day = date.fromisoformat(published[:10]) if published else None
    row = ArticleRow(
        id=number, name=f"{number}.txt", url=None, title=None, outlet=outlet, wire=wire,
        published=published, published_on=day, version=version, versions=version, runs=1,
        chars=len(text), sentences=0, attributions=len(attributions), model=MODEL, saved_at=NOW,
        purged=False,
    )  # fmt: skip
    sentences = tuple(
        Sentence(q.start, q.end, SentenceKind.ASSERTED, 0.5)
        for q in (quote(text, words) for words in asserted)
    )
    from dataclasses import replace

    placed = tuple(
        replace(
            one, id=100 * number + i, article_id=number, ordinal=i, outlet=outlet, wire=wire,
            published=published, published_on=day,
        )
        for i, one in enumerate(attributions)
    )  # fmt: skip
    return ArticleView(
        row=row, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), format="txt",
        outlet=Fact(outlet, "given") if outlet else UNKNOWN,
        wire=Fact(wire, "given") if wire else UNKNOWN,
        published=Fact(published, basis), blocks=tuple(blocks), sentences=sentences,
        attributions=placed, versions=(), runs=(), purge=None,
    )  # fmt: skip


def member(view: ArticleView, ordinal: int | str, relation: Relation = Relation.SAME) -> MemberRow:
    """The member that an attribution of an article is, or a sentence that it asserts."""
    if isinstance(ordinal, str):
        words, row, stance = quote(view.text, ordinal), None, Stance.ASSERTS
    else:
        row = view.attributions[ordinal]
        words, stance = row.content[0], row.stance
    return MemberRow(
        statement_id=1000 * view.row.id + words.start, claim_id=0, relation=relation,
        article=view.row, text_id=view.row.id, quote=words, wording=words.exact, stance=stance,
        attribution=row,
    )  # fmt: skip


def claim(number: int, *members: MemberRow) -> ClaimRow:
    """A claim that its first member words."""
    return ClaimRow(
        number, members[0].wording, members[0].statement_id, None, None, False, tuple(members)
    )


def material(*views: ArticleView, claims: Sequence[ClaimRow] = ()) -> Material:
    """What findings are read from."""
    return Material(
        articles={view.row.id: view for view in views},
        claims=claims,
        registry=Registry.shipped(),
    )


def words_at(text: str, span: Span) -> str:
    return text[span.start : span.end]
