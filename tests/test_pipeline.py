"""The stages together: order, errors, skipping, and what an interruption keeps."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from claims import pipeline
from claims.errors import StoreError
from claims.records import Document, Extraction, ModelInfo, Naming
from claims.resources import models_dir
from claims.sources import versions
from claims.sources.decisions import Change, DecisionKind
from claims.sources.entries import AliasKind
from claims.sources.registry import Registry
from claims.sources.tables import Tables
from claims.store import open_store
from claims.store.rows import Saved
from claims.store.store import Store
from tests.stub import StubExtractor


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "claims.db")) as opened:
        yield opened


def write(path: Path, count: int, *, size: int = 1) -> Path:
    lines = [
        json.dumps({"id": f"a{i}", "text": f"Orrin Vale said week {i} was dry. " * size})
        for i in range(count)
    ]
    path.write_text("\n".join(lines))
    return path


def test_outcomes_keep_the_order_of_the_paths(tmp_path: Path, store: Store) -> None:
    path = write(tmp_path / "in.jsonl", 3)
    path.write_text(path.read_text().replace("\n", "\n{\n", 1))
    stub = StubExtractor()
    outcomes = list(pipeline.ingest([path, tmp_path / "none.txt"], store, stub))
    assert [(o.name, o.status) for o in outcomes] == [
        ("a0", "added"), ("", "failed"), ("a1", "added"), ("a2", "added"), ("", "failed"),
    ]  # fmt: skip
    assert [row.speaker for row in store.attributions()] == ["Orrin Vale"] * 3


def test_known_texts_are_not_read_again_but_by_another_model(tmp_path: Path, store: Store) -> None:
    path = write(tmp_path / "in.jsonl", 2)
    list(pipeline.ingest([path], store, StubExtractor()))
    again = StubExtractor()
    assert [o.status for o in pipeline.ingest([path], store, again)] == ["unchanged"] * 2
    assert again.read == []
    newer = StubExtractor("2")
    assert [o.status for o in pipeline.ingest([path], store, newer)] == ["rerun"] * 2
    assert {row.model.version for row in store.attributions()} == {"2"}


def test_one_text_twice_in_a_batch_is_stored_once(tmp_path: Path, store: Store) -> None:
    path = write(tmp_path / "in.jsonl", 1)
    outcomes = list(pipeline.ingest([path, path], store, StubExtractor()))
    assert [o.status for o in outcomes] == ["added", "unchanged"]
    assert len(store.articles()) == 1


def test_what_was_yielded_is_committed(tmp_path: Path, store: Store) -> None:
    outcomes = pipeline.ingest([write(tmp_path / "in.jsonl", 5)], store, StubExtractor())
    next(outcomes)
    next(outcomes)
    outcomes.close()
    with open_store(str(tmp_path / "claims.db")) as other:
        assert [row.name for row in other.articles()] == ["a0", "a1"]


def test_an_article_that_the_store_refuses_stops_no_other(tmp_path: Path) -> None:
    class Picky:
        def known(self, document: Document, model: ModelInfo, naming: Naming) -> None:
            return None

        def save(self, document: Document, extraction: Extraction) -> Saved:
            if document.name == "a1":
                raise StoreError("a1 is refused")
            return Saved(1, "added", 1, 1, 1)

        def sources(self) -> Registry:
            return Registry.shipped()

    path = write(tmp_path / "in.jsonl", 3)
    outcomes = list(pipeline.ingest([path], Picky(), StubExtractor()))
    assert [o.status for o in outcomes] == ["added", "failed", "added"]


def test_groups_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []

    class Counting(StubExtractor):
        def extract(self, documents, *, progress=None):  # type: ignore[no-untyped-def]
            group = list(documents)
            held.append(len(group))
            yield from super().extract(group, progress=progress)

    found = list(pipeline.extract([write(tmp_path / "many.jsonl", 70)], Counting()))
    assert held == [32, 32, 6]
    assert [item[0].name for item in found if isinstance(item, tuple)] == [
        f"a{i}" for i in range(70)
    ]
    held.clear()
    monkeypatch.setattr(pipeline, "BATCH_CHARACTERS", 1000)
    list(pipeline.extract([write(tmp_path / "long.jsonl", 6, size=12)], Counting()))
    assert held == [2, 2, 2]


def test_chains_are_found_before_storing(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "a.jsonl"
    text = "OSLO (AP) — Lena Marsh said it rained, according to Tavira."
    path.write_text(json.dumps({"id": "a", "text": text, "outlet": "Harbour Post"}))
    list(pipeline.ingest([path], store, StubExtractor()))
    inner, outer = store.attributions()
    assert [(c.name, c.role) for c in inner.carriers] == [
        ("Tavira", "cited"), ("AP", "carried"), ("Harbour Post", "published"),
    ]  # fmt: skip
    assert inner.carriers[0].evidence == (text.index("Tavira"), text.index("Tavira") + 6)
    assert [c.name for c in outer.carriers] == ["AP", "Harbour Post"]


def test_speakers_are_named_before_storing(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Lena Marsh said it rained. Marsh said it was cold.")
    list(pipeline.ingest([path], store, StubExtractor()))
    assert [row.speaker for row in store.attributions()] == ["Lena Marsh", "Lena Marsh"]


SAID = "Lena Marsh said it rained. The Tideway Bureau said it was cold."


def statuses(path: Path, store: Store) -> list[str]:
    return [outcome.status for outcome in pipeline.ingest([path], store, StubExtractor())]


def test_speakers_are_named_again_when_the_registry_has_changed(
    tmp_path: Path, store: Store
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SAID)
    assert statuses(path, store) == ["added"]
    assert statuses(path, store) == ["unchanged"]
    mine = Tables()
    mine.read("sources.csv", ["id,name,kind\n", "org:tideway,Tideway Bureau,organization\n"])
    store.load_sources(mine)
    assert statuses(path, store) == ["rerun"]
    assert statuses(path, store) == ["unchanged"]
    assert [row.speakers[0].source_id for row in store.attributions()] == [None, "org:tideway"]
    name = Change(DecisionKind.ALIAS, "org:tideway", name="Lena Marsh", name_kind=AliasKind.TITLE)
    decision = store.decide_source(name, by="the desk")
    assert statuses(path, store) == ["rerun"]
    store.decide_source(Change(DecisionKind.REVERT, reverts=decision.id), by="the desk")
    assert statuses(path, store) == ["rerun"]
    assert [row.speakers[0].source_id for row in store.attributions()] == [None, "org:tideway"]


def test_a_merge_needs_no_new_reading_and_can_be_undone(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SAID.replace("Tideway Bureau", "Sputnik agency"))
    merge = Change(DecisionKind.MERGE, "media:sputnik", "media:ria-novosti")
    store.decide_source(merge, by="the desk")
    assert statuses(path, store) == ["added"]
    assert store.attributions()[1].speakers[0].source_id == "media:sputnik"
    store.part_source("media:sputnik", by="the desk")
    assert statuses(path, store) == ["unchanged"]


def test_speakers_are_named_again_by_another_speaker_model(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SAID)
    assert statuses(path, store) == ["added"]
    models = tmp_path / "models"
    shutil.copytree(models_dir() / "speakers", models / "speakers")
    monkeypatch.setattr(versions, "models_dir", lambda: models)
    versions._scorer.cache_clear()
    try:
        assert statuses(path, store) == ["unchanged"]
        weights = models / "speakers" / "weights.safetensors"
        weights.write_bytes(weights.read_bytes() + b"\0")
        versions._scorer.cache_clear()
        assert statuses(path, store) == ["rerun"]
    finally:
        versions._scorer.cache_clear()
    first, second = store.article(1).runs
    assert first.naming.registry == second.naming.registry == Registry.shipped().version
    assert first.naming.speaker_model != second.naming.speaker_model
