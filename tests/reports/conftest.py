"""A store with grouped claims, and what the reports make of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from claims.reports import page, unfolding
from claims.reports.claim_facts import by_origin
from claims.reports.weighing import Weighed, weigh
from claims.store import Filter, Store, open_store
from claims.store.rows import ArticleView
from tests.making_claims import fill

MADE = date(2024, 10, 1)


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "claims.db")) as store:
        fill(store)
        yield store


def weighed(
    store: Store, wanted: Filter | None = None, *, min_confidence: float = 0.5
) -> list[Weighed]:
    registry = store.sources()
    return weigh(
        store, wanted or Filter(), registry, by_origin(registry), min_confidence=min_confidence
    )


def html(
    store: Store,
    view: page.View = page.View.CLAIMS,
    top: int | None = None,
    article: Callable[[int], ArticleView] | None = None,
) -> str:
    registry = store.sources()
    built = page.build_page(
        weighed(store),
        article or store.article,
        view=view,
        days=unfolding.timeline,
        origins=lambda shown: unfolding.by_origin(shown, registry),
        min_confidence=0.5,
        made=MADE,
        top=top,
    )
    return page.render_page(built)
