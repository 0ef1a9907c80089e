"""The kinds of findings; apart, so that the command line knows them without loading the rest."""

from __future__ import annotations

from enum import StrEnum


class FindingKind(StrEnum):
    """What an editor should look at."""

    CONTRADICTION = "contradiction"
    SINGLE_ORIGIN = "single_origin"
    DENIAL_MISSING = "denial_missing"
    ATTRIBUTION_DROPPED = "attribution_dropped"
    HEADLINE_FIRMER = "headline_firmer"
    QUOTE_DIFFERS = "quote_differs"
    PASSAGE_CHANGED = "passage_changed"
    DATE_DISCREPANCY = "date_discrepancy"
    NAME_DISCREPANCY = "name_discrepancy"
