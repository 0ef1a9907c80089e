"""Finding attributions: windows of whole paragraphs, the network, decoding, confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claims.extraction.predict import Extractor, load

__all__ = ["Extractor", "load"]


def __getattr__(name: str) -> Any:
    """Import on first use (PEP 562): whoever only looks for a model spares the seconds."""
    if name in __all__:
        from claims.extraction import predict

        return getattr(predict, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
