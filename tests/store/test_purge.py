"""A takedown leaves hash and ids, and nothing of the words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import AutoString

from claims.errors import StoreError
from claims.records import Fact, Speaker
from claims.store import Filter, Store, open_store
from claims.store.tables import Base
from tests.store.making import MODEL, NEWER, TEXT, document, found, found_in, span

WORDS = ("Brandmoor", "quay", "union", "Gazette", "denied", "Harbour minister")


def taken(store: Store) -> int:
    """An article of two versions and three runs, with everything that could hold its words."""
    gazette = span("Tideway Gazette")
    given = document(
        name="a.html",
        url="https://post.example/1",
        outlet=Fact("Post", "page metadata"),
        wire=Fact("Tideway Gazette", "in the text", gazette),
        published=Fact("2024-09-21", "in the text", gazette),
    )
    store.save(given, found())
    store.save(given, found(NEWER))
    later = document(TEXT + " Later.", name="a.html", url="https://post.example/1")
    return store.save(later, found()).article_id


def strings(store: Store) -> str:
    """All text of all tables but the log, and those that hold the registry and no article."""
    with store._engine.connect() as connection:
        return "\n".join(
            str(value)
            for table in Base.metadata.sorted_tables
            if table.name not in ("source", "source_alias", "registry_load")
            for column in table.columns
            if isinstance(column.type, AutoString)
            for value in connection.execute(select(column)).scalars()
        )


def test_words_and_what_came_of_them_are_gone_and_hashes_stay(store: Store) -> None:
    article = taken(store)
    before = store.article(article)
    held = strings(store)
    assert [word for word in WORDS if word not in held] == []
    purged = store.purge(article, reason="a court's order", by="Odo Pell")
    assert (purged.texts, purged.attributions, purged.sentences) == (2, 9, 6)
    left = strings(store)
    for word in WORDS:
        assert word not in left
    for label in ("asserts", "denies", "statement", "denial", "attributed", "person", "cited"):
        assert label not in left.split("\n")
    view = store.article(article)
    assert view.text == ""
    assert (view.blocks, view.sentences, view.attributions) == ((), (), ())
    assert [v.sha256 for v in view.versions] == [v.sha256 for v in before.versions]
    assert [run.id for run in view.runs] == [run.id for run in before.runs]
    assert view.purge is not None
    assert (view.purge.reason, view.purge.by) == ("a court's order", "Odo Pell")
    assert view.row.purged
    assert (view.row.title, view.row.attributions) == (None, 0)
    assert store.info().purges == (view.purge,)


def test_the_reason_why_nobody_was_named_goes_with_the_words_in_it(store: Store) -> None:
    first, *others = found().attributions
    why = "“it” may be Ilse Brandmoor (0.21): under the threshold of 0.30"
    unresolved = replace(first, speakers=(Speaker("UNRESOLVED", why=why),))
    given = replace(found(), attributions=(unresolved, *others))
    article = store.save(document(), given).article_id
    assert why in strings(store)
    store.purge(article, reason="r", by="b")
    assert "Brandmoor" not in strings(store)


def test_facts_from_the_text_go_and_given_ones_stay(store: Store) -> None:
    given = document(
        outlet=Fact("Post", "page metadata"),
        wire=Fact("Tideway Gazette", "in the text", span("Tideway Gazette")),
        published=Fact("2024-09-21", "given"),
    )
    article = store.save(given, found()).article_id
    store.purge(article, reason="r", by="b")
    view = store.article(article)
    assert view.outlet == given.outlet
    assert view.published == given.published
    assert view.wire == Fact(None, "purged")


def test_other_articles_are_untouched(store: Store) -> None:
    text = "The mayor said the lighthouse will stay."
    other = store.save(document(text, name="other.txt"), found_in(text)).article_id
    before = store.article(other)
    store.purge(taken(store), reason="r", by="b")
    assert store.article(other) == before
    assert {row.article_id for row in store.attributions()} == {other}
    assert [row.purged for row in store.articles()] == [False, True]
    assert [row.id for row in store.articles(Filter(speaker="brandmoor"))] == [other]


def test_a_purged_article_does_not_come_back(store: Store) -> None:
    article = taken(store)
    store.purge(article, reason="r", by="b")
    for given in (
        document(name="again.txt"),
        document(url="https://post.example/1"),
        document(TEXT + " Again.", url="https://post.example/1"),
    ):
        assert store.known(given, MODEL)
        saved = store.save(given, found())
        assert (saved.status, saved.article_id, saved.run_id) == ("purged", article, None)
    assert store.attributions() == []


def test_a_takedown_is_refused_without_article_reason_or_name(store: Store) -> None:
    article = taken(store)
    for number, reason, by in ((99, "r", "b"), (article, " ", "b"), (article, "r", "")):
        with pytest.raises(StoreError):
            store.purge(number, reason=reason, by=by)
    assert store.article(article).text
    assert store.info().purges == ()
    store.purge(article, reason="r", by="b")
    with pytest.raises(StoreError, match="purged before"):
        store.purge(article, reason="r", by="b")


def test_nothing_of_the_words_is_left_in_the_sqlite_file(tmp_path: Path) -> None:
    path = tmp_path / "claims.db"

    def held() -> bytes:
        return b"".join(file.read_bytes() for file in tmp_path.glob("claims.db*"))

    with open_store(str(path)) as store:
        article = taken(store)
        assert b"northern quay" in held()
        store.purge(article, reason="r", by="b")
        assert b"northern quay" not in held()
        assert b"Brandmoor" not in held()
    assert b"Brandmoor" not in held()
