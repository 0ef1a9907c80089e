"""Why a speaker is left unresolved, in words that an editor can check against the article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from claims.sources.answers import UNNAMED

IN_QUOTATION = "“{}” is somebody quoted, and no attribution says who"
OF_NOBODY = "“{}” is whoever speaks around it, and nobody is named there"
_SHOWN = 2
"""Candidates that are named; the next ones are seldom worth a look."""
_WORTH = 0.05
"""Probability under which a candidate isn't named at all."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The words of a reference and whom they might have stood for, each with its probability.

    `nobody` is the probability of none of them.
    """

    words: str
    people: Sequence[tuple[str, float]]
    nobody: float = 1.0


def why_unresolved(phrase: str, weighed: Weighed | None, threshold: float) -> str:
    """One line. `phrase` is the source; `weighed` None where there was nothing to look for.

    >>> why_unresolved("she", Weighed("she", [("Ana Belo", 0.214), ("Ida Lund", 0.2)]), 0.3)
    '“she” may be Ana Belo (0.21) or Ida Lund (0.20): under the threshold of 0.30'
    """
    if weighed is None:
        return f"the source is only “{_line(phrase)}”"
    words = f"“{_line(weighed.words)}”"
    likely = sorted(weighed.people, key=lambda one: -one[1])[:_SHOWN]
    likely = [one for one in likely if one[1] >= _WORTH]
    if not likely:
        return f"nobody is named near {words} who could be meant"
    if likely[0][1] > weighed.nobody and likely[0][1] >= threshold:
        likely = likely[:1]
    # Cut, not rounded: what is under the threshold has to look so.
    shown = " or ".join(
        f"{_line(name.removeprefix(UNNAMED))} ({floor(odds * 100) / 100:.2f})"
        for name, odds in likely
    )
    if likely[0][1] < threshold:
        return f"{words} may be {shown}: under the threshold of {threshold:.2f}"
    if likely[0][1] > weighed.nobody:
        return f"{words} stands for {shown}, whom the article doesn't name"
    return f"{words} may be {shown}, but is likelier somebody whom the article doesn't name"


def _line(words: str) -> str:
    return " ".join(words.split())
