"""Finding attributions: windows of whole paragraphs, the network, decoding, confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claims.extraction.loading import load
    from claims.extraction.predict import Extractor

__all__ = ["Extractor", "load"]
_HOMES = {"Extractor": "predict", "load": "loading"}


def __getattr__(name: str) -> Any:
    """Import on first use (PEP 562): whoever only looks for a model spares the seconds."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
