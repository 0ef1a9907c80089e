"""Which side a stance takes, and how often a prediction takes the other one.

Who asserts or hedges something speaks for it (+), who denies or doubts it against it (−), and who
is uncommitted takes no side. To call a hedge an assertion blurs what was said; to call a denial an
assertion turns it round, which an editor would have to retract. So these errors are counted apart.

- flips: share of pairs predicted − where the gold is +, or + where it is −.
- lost: share of pairs predicted without a side where the gold has one.
- invented: share of pairs predicted + or − where the gold takes no side ("did not deny" read as a
  denial).

The first two are among the pairs whose gold takes a side, the third among the others. A pair
without a predicted stance has no side.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.evaluation.counting import Share
from claims.records import Stance

_SIDES: dict[str, int] = {
    Stance.ASSERTS: 1,
    Stance.HEDGES: 1,
    Stance.DENIES: -1,
    Stance.DOUBTS: -1,
}


@dataclass(slots=True)
class PolarityShares:
    """Counts of this module's figures."""

    flips: Share = field(default_factory=Share)
    lost: Share = field(default_factory=Share)
    invented: Share = field(default_factory=Share)

    def add(self, gold: str, predicted: str | None) -> None:
        """Count one pair."""
        wanted, found = polarity(gold), polarity(predicted)
        if wanted:
            self.flips.add(found == -wanted)
            self.lost.add(not found)
        else:
            self.invented.add(bool(found))

    def as_row(self) -> dict[str, float | None]:
        """Name of the figure to its value; None where nothing was there to score."""
        return {
            "polarity.flips": self.flips.value,
            "polarity.lost": self.lost.value,
            "polarity.invented": self.invented.value,
            "polarity.n": self.flips.whole,
        }


def polarity(stance: str | None) -> int:
    """1 for a stance that speaks for its content, -1 for one against it, 0 for neither."""
    return _SIDES.get(stance, 0) if stance else 0
