"""Training the extractor: corpora, labels, the loop, what ships.

`train` is the whole way from corpus files to a folder that `claims.extraction.load` reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claims.training.averaging import average
    from claims.training.corpus import Corpora
    from claims.training.plan import Plan
    from claims.training.run import Trained, train
    from claims.training.speakers import TrainedSpeakers, train_speakers

_HOMES = {
    "average": "averaging", "Corpora": "corpus", "Plan": "plan", "Trained": "run", "train": "run",
    "TrainedSpeakers": "speakers", "train_speakers": "speakers",
}  # fmt: skip
__all__ = ["Corpora", "Plan", "Trained", "TrainedSpeakers", "average", "train", "train_speakers"]


def __getattr__(name: str) -> Any:
    """Import on first use: the loop needs torch, which takes a second or more to load."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(name)
