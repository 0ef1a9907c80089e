"""The database: tables, migrations, reading and writing.

`sqlmodel` takes over a second to import, so names are looked up when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claims.store.migrate import Upgraded, upgrade
    from claims.store.rows import (
        ArticleRow,
        ArticleView,
        AttributionRow,
        Filter,
        Heard,
        LoadedSources,
        Purged,
        Quote,
        Saved,
        StoreInfo,
    )
    from claims.store.store import Store, open_store

__all__ = [
    "ArticleRow",
    "ArticleView",
    "AttributionRow",
    "Filter",
    "Heard",
    "LoadedSources",
    "Purged",
    "Quote",
    "Saved",
    "Store",
    "StoreInfo",
    "Upgraded",
    "open_store",
    "upgrade",
]

_HOMES = {"Store": "store", "open_store": "store", "Upgraded": "migrate", "upgrade": "migrate"}


def __getattr__(name: str) -> Any:
    """Import the module that holds `name` (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'rows')}"), name)
