"""Reports as plain JSON-able data; text stands in it verbatim."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claims.records import Carrier, Fact, Span, Speaker
from claims.reports.said import ArticleReport, Said, SpeakerReport
from claims.sources.origins import origin_of
from claims.store.rows import ArticleRow, ArticleView, AttributionRow, Quote

Data = dict[str, Any]


def speakers_data(speakers: Sequence[SpeakerReport], min_confidence: float) -> Data:
    """`claims report --json`."""
    return {
        "min_confidence": min_confidence,
        "speakers": [
            {
                "speaker": speaker.speaker,
                "only_in_article": speaker.article_id,
                "attributions": len(speaker.said),
                "doubtful": len(speaker.said) - speaker.firm,
                "articles": speaker.articles,
                "said": [_said(one, with_article=True) for one in speaker.said],
            }
            for speaker in speakers
        ],
    }


def articles_data(articles: Sequence[ArticleReport], min_confidence: float) -> Data:
    """`claims report articles --json`."""
    return {
        "min_confidence": min_confidence,
        "articles": [
            _article(article.row)
            | {
                "origins": article.origins,
                "independent_origins": article.independent,
                "said": [_said(one) for one in article.said],
            }
            for article in articles
        ],
    }


def article_data(view: ArticleView) -> Data:
    """`claims show --json`: an article whole, with text, blocks, sentences and attributions."""
    purge = view.purge
    return _article(view.row) | {
        "format": view.format,
        "sha256": view.sha256,
        "facts": {
            "outlet": _fact(view.outlet),
            "wire": _fact(view.wire),
            "published": _fact(view.published),
        },
        "text": view.text,
        "blocks": [
            {"start": b.start, "end": b.end, "kind": b.kind.value, "paragraph": b.paragraph}
            for b in view.blocks
        ],
        "sentences": [
            {"start": s.start, "end": s.end, "kind": s.kind.value, "worth": s.worth}
            for s in view.sentences
        ],
        "attributions": [_attribution(row) for row in view.attributions],
        "versions": [
            {
                "version": v.version,
                "sha256": v.sha256,
                "name": v.name,
                "characters": v.chars,
                "saved_at": v.saved_at.isoformat(),
            }
            for v in view.versions
        ],
        "runs": [
            {
                "run": run.id,
                "version": run.version,
                "model": run.model.name,
                "model_version": run.model.version,
                "speaker_model_version": run.naming.speaker_model or None,
                "registry_version": run.naming.registry or None,
                "run_at": run.run_at.isoformat(),
                "attributions": run.attributions,
            }
            for run in view.runs
        ],
        "taken_down": purge
        and {"reason": purge.reason, "by": purge.by, "at": purge.at.isoformat()},
    }


def _article(row: ArticleRow) -> Data:
    return {
        "article": row.id,
        "name": row.name,
        "title": row.title,
        "url": row.url,
        "outlet": row.outlet,
        "wire": row.wire,
        "published": row.published,
        "version": row.version,
        "characters": row.chars,
        "attributions_found": row.attributions,
        "model": row.model.name,
        "model_version": row.model.version,
        "is_taken_down": row.purged,
    }


def _said(one: Said, *, with_article: bool = False) -> Data:
    row = one.row
    data = _attribution(row) | {"via": one.via, "doubtful": one.is_doubtful}
    if with_article:
        data["article"] = {
            "id": row.article_id,
            "name": row.article_name,
            "title": row.title,
            "url": row.url,
            "outlet": row.outlet,
            "wire": row.wire,
            "published": row.published,
        }
    return data


def _attribution(row: AttributionRow) -> Data:
    return {
        "id": row.id,
        "ordinal": row.ordinal,
        "source": _quotes(row.source),
        "cue": _quotes(row.cue),
        "content": _quotes(row.content),
        "speaker": row.speaker,
        "speakers": [_speaker(speaker) for speaker in row.speakers],
        "carriers": [_carrier(carrier) for carrier in row.carriers],
        "cites": [_carrier(carrier) for carrier in row.cites],
        "origin": origin_of(row.speaker, row.speakers, row.carriers, row.cites),
        "stance": row.stance.value,
        "act": row.act.value,
        "framing": row.framing.value,
        "confidence": row.confidence,
        "parent": row.parent,
        "item": row.item,
        "status": row.status.value,
        "reviewer": row.reviewer,
        "decision": row.decision,
    }


def _quotes(quotes: Sequence[Quote]) -> list[Data]:
    return [{"start": q.start, "end": q.end, "exact": q.exact} for q in quotes]


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else list(span)


def _speaker(speaker: Speaker) -> Data:
    return {
        "name": speaker.name,
        "source_id": speaker.source_id,
        "canonical": speaker.canonical,
        "kind": speaker.kind,
        "confidence": speaker.confidence,
        "evidence": _span(speaker.evidence),
        "why": speaker.why,
    }


def _carrier(carrier: Carrier) -> Data:
    return {
        "name": carrier.name,
        "role": carrier.role,
        "evidence": _span(carrier.evidence),
        "source_id": carrier.source_id,
        "canonical": carrier.canonical,
    }


def _fact(fact: Fact) -> Data:
    return {"value": fact.value, "basis": fact.basis, "evidence": _span(fact.evidence)}
