"""Scoring predictions against gold: attributions, their labels, sentences, blocks.

`load_gold` and `load_predictions` read the files, `evaluate` gives a `Report`, and
`check_floors` says which of its figures fell below those that the repository promises.
"""

from claims.evaluation.floors import Floors, Shortfall, check_floors, load_floors
from claims.evaluation.gold import (
    GoldArticle,
    GoldSentence,
    MarkedAttribution,
    Prediction,
    prediction_of,
)
from claims.evaluation.reading import load_gold, load_predictions
from claims.evaluation.report import Report, evaluate, render

__all__ = [
    "Floors",
    "GoldArticle",
    "GoldSentence",
    "MarkedAttribution",
    "Prediction",
    "Report",
    "Shortfall",
    "check_floors",
    "evaluate",
    "load_floors",
    "load_gold",
    "load_predictions",
    "prediction_of",
    "render",
]
