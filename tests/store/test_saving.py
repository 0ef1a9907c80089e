"""What saving writes, what it finds again, and what it never overwrites."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.errors import StoreError
from claims.records import Carrier, Fact, Naming, Span, Speaker
from claims.store import Filter, Store
from claims.store.identity import url_key
from tests.store.making import (
    MODEL,
    NEWER,
    TEXT,
    attribution,
    document,
    found,
    found_in,
    span,
)

OTHER = "A wholly different report: the lighthouse keeper Odo Pell retires after forty winters."


def counts(store: Store) -> dict[str, int]:
    return store.info().counts


def test_a_new_article_comes_back_as_it_was(store: Store) -> None:
    given, extraction = document(url="https://post.example/quay"), found()
    saved = store.save(given, extraction)
    assert (saved.status, saved.version, saved.attributions) == ("added", 1, 3)
    view = store.article(saved.article_id)
    assert view.text == TEXT
    assert (view.sha256, view.format) == (given.sha256, "txt")
    assert view.blocks == given.blocks
    assert view.sentences == extraction.sentences
    assert [row.ordinal for row in view.attributions] == [0, 1, 2]
    for row, attribution_given in zip(view.attributions, extraction.attributions, strict=True):
        for role in ("source", "cue", "content"):
            quotes = getattr(row, role)
            assert tuple(Span(q.start, q.end) for q in quotes) == getattr(attribution_given, role)
            assert all(q.exact == TEXT[q.start : q.end] for q in quotes)
        for label in ("speaker", "speakers", "carriers", "stance", "act", "framing"):
            assert getattr(row, label) == getattr(attribution_given, label)
        assert row.confidence == attribution_given.confidence
        assert row.parent == attribution_given.parent
        assert row.model == MODEL
    assert view.attributions[1].content_words == "any date was agreed"


def test_the_same_text_and_model_add_nothing(store: Store) -> None:
    store.save(document(), found())
    before = counts(store)
    again = store.save(document(), found())
    copy = store.save(document(name="elsewhere/copy.txt"), found())
    assert (again.status, copy.status) == ("unchanged", "unchanged")
    assert copy.article_id == again.article_id
    assert counts(store) == before


def test_another_model_adds_a_run_and_keeps_the_older(store: Store) -> None:
    first = store.save(document(), found())
    second = store.save(document(), replace(found_in(TEXT), model=NEWER))
    assert (second.status, second.version) == ("rerun", 1)
    view = store.article(first.article_id)
    assert [(run.model, run.attributions) for run in view.runs] == [(MODEL, 3), (NEWER, 1)]
    assert [row.model for row in view.attributions] == [NEWER]
    assert counts(store)["attribution"] == 4
    assert store.save(document(), found()).status == "unchanged"


def test_speakers_named_anew_are_a_run_and_the_same_naming_adds_nothing(store: Store) -> None:
    one, two = Naming("c" * 12, "d" * 16), Naming("c" * 12, "e" * 16)
    first = store.save(document(), replace(found(), naming=one))
    assert store.save(document(), replace(found(), naming=one)).status == "unchanged"
    assert store.known(document(), MODEL, two) is None
    assert store.save(document(), replace(found(), naming=two)).status == "rerun"
    assert store.known(document(), MODEL, two)
    # As it was before, but what is read is the newest run.
    assert store.known(document(), MODEL, one) is None
    assert store.save(document(), replace(found(), naming=one)).status == "rerun"
    runs = store.article(first.article_id).runs
    assert [run.naming for run in runs] == [one, two, one]
    assert {row.naming for row in store.attributions()} == {one}


def test_a_changed_text_under_one_url_is_a_new_version(store: Store) -> None:
    first = store.save(document(url="https://www.post.example/quay/?utm_source=mail"), found())
    changed = TEXT + " No one else spoke."
    second = store.save(
        document(changed, name="other.html", url="http://post.example/quay#top"), found()
    )
    assert (second.status, second.version) == ("changed", 2)
    assert second.article_id == first.article_id
    view = store.article(first.article_id)
    assert view.text == changed
    assert [version.chars for version in view.versions] == [len(TEXT), len(changed)]
    assert {row.version for row in store.attributions()} == {2}
    # The older wording, read again, is the version it was.
    back = store.save(document(url="https://post.example/quay"), found())
    assert (back.status, back.version) == ("unchanged", 1)
    assert store.article(first.article_id).text == changed


def test_one_text_under_two_urls_is_two_articles(store: Store) -> None:
    one = store.save(document(url="https://post.example/quay"), found())
    two = store.save(document(url="https://gazette.example/quay"), found())
    assert two.status == "added"
    assert one.article_id != two.article_id
    assert store.save(document(), found()).article_id == one.article_id


def test_a_url_learned_later_is_kept(store: Store) -> None:
    first = store.save(document(), found())
    with_url = document(url="https://post.example/quay")
    assert not store.known(with_url, MODEL)
    assert store.save(with_url, found()).article_id == first.article_id
    assert store.known(with_url, MODEL)
    changed = store.save(document(OTHER, url="https://post.example/quay"), found_in(OTHER))
    assert (changed.status, changed.article_id) == ("changed", first.article_id)


def test_a_file_of_the_same_name_is_a_version_only_if_its_wording_is_kept(store: Store) -> None:
    first = store.save(document(), found())
    edited = TEXT.replace("May", "June")
    assert store.save(document(edited), found_in(edited)).status == "changed"
    other = store.save(document(OTHER), found_in(OTHER))
    assert other.status == "added"
    assert other.article_id != first.article_id
    renamed = TEXT.replace("May", "July")
    assert store.save(document(renamed, name="b.txt"), found_in(renamed)).status == "added"


def test_has_tells_when_saving_writes_nothing(store: Store) -> None:
    assert not store.known(document(), MODEL)
    store.save(document(), found())
    assert store.known(document(), MODEL)
    assert store.known(document(name="copy.txt"), MODEL)
    assert not store.known(document(), NEWER)
    assert not store.known(document(TEXT + "!"), MODEL)


def test_facts_keep_basis_and_evidence(store: Store) -> None:
    gazette = span("Tideway Gazette")
    given = document(
        outlet=Fact("Harbour Post", "given"),
        wire=Fact("Tideway Gazette", "in the text", gazette),
        published=Fact("2024-09-21T00:45:00+09:00", "page metadata"),
    )
    saved = store.save(given, found())
    view = store.article(saved.article_id)
    assert (view.outlet, view.wire, view.published) == (given.outlet, given.wire, given.published)
    assert str(view.row.published_on) == "2024-09-21"
    row = store.attributions()[0]
    assert (row.outlet, row.wire) == ("Harbour Post", "Tideway Gazette")
    bare = store.article(store.save(document(OTHER, name="b"), found_in(OTHER)).article_id)
    assert bare.outlet.value is None
    assert bare.outlet.basis == "not found"


def test_an_article_is_saved_whole_or_not_at_all(store: Store) -> None:
    extraction = found()
    unknown = replace(
        extraction.attributions[2], speakers=(Speaker("Odo Pell", source_id="no-such-source"),)
    )
    broken = replace(extraction, attributions=(*extraction.attributions[:2], unknown))
    with pytest.raises(StoreError):
        store.save(document(), broken)
    assert not any(counts(store).values())
    assert store.save(document(), extraction).status == "added"


@pytest.mark.parametrize(
    ("given", "extraction"),
    [
        (document("a\0b"), found_in("a b")),
        (document(title="half \ud800"), found()),
        (document(url="https://post.example/\0"), found()),
        (replace(document(), text=""), replace(found(), attributions=(), sentences=())),
        (document(), replace(found(), attributions=(attribution((Span(5, 5),)),))),
        (document(), replace(found(), attributions=(attribution((Span(0, len(TEXT) + 1),)),))),
        (document(), replace(found(), attributions=(attribution((Span(-4, 2),)),))),
        (document(), replace(found(), attributions=(attribution(()),))),
        (document(), replace(found(), attributions=(attribution((Span(0, 3),), speaker=""),))),
    ],
)
def test_what_cannot_be_shown_is_refused(store: Store, given, extraction) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(StoreError, match=r"quay\.txt"):
        store.save(given, extraction)
    assert not any(counts(store).values())


@pytest.mark.parametrize("confidence", [-0.1, 1.1, float("nan")])
def test_a_confidence_outside_0_to_1_is_refused(store: Store, confidence: float) -> None:
    wrong = attribution((Span(0, 3),), confidence=confidence)
    with pytest.raises(StoreError):
        store.save(document(), replace(found(), attributions=(wrong,)))
    assert not any(counts(store).values())


def test_a_parent_must_be_another_attribution_of_the_run(store: Store) -> None:
    for parent in (0, 7):
        wrong = attribution((Span(0, 3),), parent=parent)
        with pytest.raises(StoreError):
            store.save(document(), replace(found(), attributions=(wrong,)))
    assert store.articles() == []


def test_an_article_without_findings_is_kept(store: Store) -> None:
    saved = store.save(document(), replace(found(), attributions=(), sentences=()))
    assert store.articles(Filter(article=saved.article_id))[0].attributions == 0


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("HTTP://www.Post.example:80/a/?utm_source=x&id=3#top", "post.example/a?id=3"),
        ("https://post.example/a", "post.example/a"),
        ("https://post.example/a?b=2&a=1", "post.example/a?a=1&b=2"),
        ("https://post.example/A", "post.example/A"),
        ("urn:article:7", "urn:article:7"),
        ("http://[broken", "http://[broken"),
        ("  ", None),
        (None, None),
    ],
)
def test_url_keys(url: str | None, key: str | None) -> None:
    assert url_key(url) == key


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2024-09-21", "2024-09-21"),
        ("2024-09-21T00:45:00+09:00", "2024-09-21"),
        ("2024-09", "None"),
        ("21 September", "None"),
        (None, "None"),
    ],
)
def test_the_day_of_a_date(published: str | None, day: str) -> None:
    assert str(Fact(published, "given").day) == day


def test_whom_a_speaker_cites_comes_back_beside_its_carriers(store: Store) -> None:
    first, *others = found().attributions
    cites = (Carrier("Quay Office", "cited", Span(0, 7)), Carrier("KCNA", "cited"))
    given = replace(found(), attributions=(replace(first, cites=cites), *others))
    store.save(document(), given)
    assert [row.cites for row in store.attributions()] == [cites, (), ()]
    assert store.attributions()[1].carriers == others[0].carriers
