"""What the names of a record depend on: the scorer's weights and the rows of the registry."""

from __future__ import annotations

import hashlib
from functools import cache

from claims.errors import ModelError
from claims.records import Naming
from claims.resources import models_dir
from claims.sources.ranking import FILE
from claims.sources.registry import Registry


def naming(registry: Registry) -> Naming:
    """The versions of the shipped scorer and of a registry. `ModelError` if there is no scorer.

    The registry counts without its merges: those are applied whenever the store is read, so that
    an article need not be read again for one.
    """
    return Naming(_scorer(), registry.unmerged().version)


@cache
def _scorer() -> str:
    """The first 12 hexadecimal digits of the sha256 of the weights, as models have them."""
    path = models_dir() / "speakers" / FILE
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    except OSError as error:
        raise ModelError(
            f"the speaker model {path} can't be read: {error.strerror}",
            repair="copy the folder again, or install the program again",
        ) from error
