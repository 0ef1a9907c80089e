"""What can be asked of the queue; light, because the command line names it in its help."""

from __future__ import annotations

from enum import StrEnum


class Order(StrEnum):
    """What stands first."""

    VALUE = "value"  # what a decision is worth to the desk
    UNCERTAINTY = "uncertainty"  # what is most likely wrong
    NEWEST = "newest"  # what was read last


class Only(StrEnum):
    """Which part of the queue."""

    STANCE = "stance"  # whoever doesn't plainly assert, or accuses: a wrong one is a libel
    SPEAKER = "speaker"  # nobody named, or named with little confidence
    CLAIMS = "claims"
    CONFLICTS = "conflicts"  # of claims of which both sides are heard
    MISSED = "missed"  # candidates under the model's threshold
    DISAGREEMENTS = "disagreements"  # two editors, or an editor and a newer model, differ
