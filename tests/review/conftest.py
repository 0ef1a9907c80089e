"""Stores with a queue, made once and copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from claims.store import Store
from tests.review.making import copied, template


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a queue."""
    return template(tmp_path_factory.mktemp("queue"))


@pytest.fixture
def desk(filled_file: Path, tmp_path: Path) -> Iterator[Store]:
    """A store of the test's own with a queue."""
    with copied(filled_file, tmp_path) as store:
        yield store
