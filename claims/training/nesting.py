"""Nested examples from a flat corpus.

PolNeAR never marks an attribution inside another's content. Here sentences that hold one marked
attribution are put into the mouth of a second source ("…, according to the ministry", "officials
said that …"), which gives an outer attribution whose content holds the inner one whole. The
words are training examples that never leave memory.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from claims.evaluation.gold import GoldArticle, MarkedAttribution
from claims.records import Span
from claims.training.labels import paragraphs

_VERBS = ("said", "says", "reported", "told reporters", "wrote", "announced", "confirmed")
_PREFIXES = ("{s} {v} that ", "{s} {v} ", "According to {s}, ")
_SUFFIXES = (", {s} {v}", ", according to {s}", ", {v} {s}", ", {s} {v} on Tuesday")
_LONGEST_SOURCE = 45
_DAY = " on Tuesday"


def source_phrases(articles: Sequence[GoldArticle]) -> list[str]:
    """Short named sources of the corpus, for the outer attribution."""
    found = set()
    for article in articles:
        for a in article.attributions:
            if len(a.source) == 1 and a.source[0].end - a.source[0].start <= _LONGEST_SOURCE:
                phrase = article.text[slice(*a.source[0])].strip(" ,")
                if " " in phrase or phrase.isupper():
                    found.add(phrase)
    return sorted(found)


def nested_article(
    article: GoldArticle, phrases: Sequence[str], rng: random.Random, limit: int
) -> GoldArticle | None:
    """Up to `limit` paragraphs of `article`, each wrapped in a second attribution; None if none."""
    eligible = []
    for paragraph in paragraphs(article.text):
        inside = [a for a in article.attributions if _within(a, paragraph)]
        if len(inside) == 1 and inside[0].content and 60 < paragraph.end - paragraph.start < 420:
            eligible.append((paragraph, inside[0]))
    rng.shuffle(eligible)
    text, marked = "", []
    for paragraph, inner in eligible[:limit]:
        wrapped, attributions = _wrap(article.text, paragraph, inner, phrases, rng)
        shift = len(text)
        marked += [_moved(a, shift) for a in attributions]
        text += wrapped + "\n"
    return GoldArticle(f"{article.id}+nested", text, tuple(marked)) if marked else None


def _within(a: MarkedAttribution, paragraph: Span) -> bool:
    spans = (*a.source, *a.cue, *a.content)
    return bool(spans) and all(paragraph.start <= s and e <= paragraph.end for s, e in spans)


def _wrap(
    text: str, paragraph: Span, inner: MarkedAttribution, phrases: Sequence[str], rng: random.Random
) -> tuple[str, list[MarkedAttribution]]:
    """The paragraph with a second attribution around its whole text, and both attributions."""
    body = text[slice(*paragraph)].rstrip()
    phrase, verb = rng.choice(phrases), rng.choice(_VERBS)
    if rng.random() < 0.5:
        lead = rng.choice(_PREFIXES)
        before = _capital(lead.format(s=phrase, v=verb))
        start = text[paragraph.start : paragraph.start + 1]
        names_source = inner.source and inner.source[0].start == paragraph.start
        if start.isupper() and not names_source and body[1:2].islower():
            body = body[0].lower() + body[1:]
        whole = before + body
        content = Span(len(before), len(whole.rstrip(".")))
        at = lead.index("{s}")
        cue_at = 0 if lead.startswith("According") else at + len(phrase) + 1
        cue = Span(0, 12) if lead.startswith("According") else Span(cue_at, cue_at + len(verb))
    else:
        before = ""
        tail = rng.choice(_SUFFIXES)
        core = body.rstrip(".")
        whole = core + tail.format(s=phrase, v=verb) + "."
        content = Span(0, len(core))
        at = len(core) + len(tail[: tail.index("{s}")].format(v=verb))
        if "according to" in tail:
            cue = Span(len(core) + 2, len(core) + 14)
        else:
            cue_at = len(core) + 2 if tail.startswith(", {v}") else at + len(phrase) + 1
            cue = Span(cue_at, cue_at + len(verb) + (len(_DAY) if tail.endswith(_DAY) else 0))
    source = Span(at, at + len(phrase))
    outer = MarkedAttribution(
        (source,), (cue,), (content,), stance="asserts", act="statement", framing="neutral"
    )
    moved = _moved(inner, len(before) - paragraph.start, len(before), content.end)
    return whole, [outer, moved]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _moved(
    a: MarkedAttribution, shift: int, low: int = 0, high: int | None = None
) -> MarkedAttribution:
    """All spans by `shift` characters, kept within `[low, high)`."""

    def move(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        moved = (Span(max(low, s + shift), min(high or e + shift, e + shift)) for s, e in spans)
        return tuple(s for s in moved if s.start < s.end)

    return replace(a, source=move(a.source), cue=move(a.cue), content=move(a.content))
