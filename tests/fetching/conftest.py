"""A site for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fetching.server import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as one:
        yield one
