"""Small gold articles and predictions, written by quoting words of a text."""

from __future__ import annotations

from claims.evaluation import GoldArticle, MarkedAttribution, Prediction
from claims.records import Span

TEXT = (
    "Ana Belo said on Monday that the bridge was closed. Critics accuse the city of neglect.\n\n"
    "The mayor, “who never lies,” denied any delay. It is said to have cost millions."
)


def span(words: str, text: str = TEXT) -> Span:
    """Where `words` stand in the text, for the first time."""
    start = text.index(words)
    return Span(start, start + len(words))


def mark(
    source: str, cue: str, content: str, text: str = TEXT, **labels: object
) -> MarkedAttribution:
    """An attribution of quoted words; several spans of a role are joined by " | "."""

    def spans(words: str) -> tuple[Span, ...]:
        return tuple(span(part, text) for part in words.split(" | ") if part)

    return MarkedAttribution(spans(source), spans(cue), spans(content), **labels)  # type: ignore[arg-type]


GOLD = (
    mark("Ana Belo", "said", "that the bridge was closed",
         stance="asserts", act="statement", framing="neutral", speaker="Ana Belo"),
    mark("Critics", "accuse", "the city of neglect",
         stance="asserts", act="accusation", framing="neutral", speaker="UNNAMED: critics"),
    mark("The mayor", "denied", "any delay",
         stance="denies", act="denial", framing="neutral", speaker="Rui Sá"),
    mark("", "is said", "It | to have cost millions",
         stance="asserts", act="statement", framing="distances", speaker="NONE"),
)  # fmt: skip


def article(*marked: MarkedAttribution, **more: object) -> GoldArticle:
    """A gold article of `TEXT`."""
    return GoldArticle("a", TEXT, marked, **more)  # type: ignore[arg-type]


def predict(*marked: MarkedAttribution, **more: object) -> dict[str, Prediction]:
    """What a program says of that article."""
    return {"a": Prediction(marked, **more)}  # type: ignore[arg-type]
