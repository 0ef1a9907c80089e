"""The registry's data as it ships in `seeds/*.csv`, read when it is first asked for."""

from __future__ import annotations

from functools import lru_cache

from claims.resources import seeds_dir
from claims.sources.bodies import Ministries, read_ministries
from claims.sources.tables import Tables


@lru_cache(maxsize=1)
def shipped_tables() -> Tables:
    """The shipped rows, as they stand in `seeds/*.csv`. `ValueError` if one is wrong."""
    tables = Tables()
    for path in sorted(seeds_dir().glob("*.csv")):
        if path.name != "ministries.csv":
            with path.open(encoding="utf-8", newline="") as lines:
                tables.read(path.name, lines)
    problems = tables.check()
    if problems:
        raise ValueError("; ".join(map(str, problems)))
    return tables


@lru_cache(maxsize=1)
def shipped_ministries() -> Ministries:
    """The usual ministries."""
    with (seeds_dir() / "ministries.csv").open(encoding="utf-8", newline="") as lines:
        return Ministries(read_ministries(lines))
