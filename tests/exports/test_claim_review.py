"""A review is valid against what schema.org and search engines ask, and says nothing beyond."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from claims import reports
from claims.errors import ExportError
from claims.exports import attribution_table
from claims.exports.claim_review import Publisher, embedded, embedded_text
from claims.exports.writing import Content, Format, TableName, write
from claims.reports.claim_facts import by_origin, claims_as_known_now, facts_of
from claims.reports.weighing import weigh_claim
from claims.review.scales import FIVE, THREE, Rating, Scale
from claims.review.verdicts import Given, PlaceGiven, WebEvidence
from claims.store import Store, open_store
from tests import making_claims
from tests.making_claims import COURIER, Filled
from tests.store.making import span

SCHEMA: dict[str, Any] = json.loads(
    (Path(__file__).parent / "claim_review.schema.json").read_text(encoding="utf-8")
)
DESK = Publisher(
    "Harbour Desk", "https://desk.example/", "https://desk.example/checks/{claim}#v{verdict}"
)
PAGE = WebEvidence("https://register.example/crossings?day=16&of=2024")
BECAUSE = "The register has 38 names </script><script>alert(1)</script>"


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "claims.db")) as store:
        yield store


@pytest.fixture
def filled(opened: Store) -> Filled:
    return making_claims.fill(opened)


def rate(store: Store, filled: Filled, rating: Rating, scale: Scale = FIVE) -> None:
    words = span("any guards had crossed", COURIER)
    evidence: tuple[Given, ...] = (PAGE, PlaceGiven(filled.articles["courier"], words))
    store.add_verdict(
        filled.guards, rating, scale, because=BECAUSE, evidence=evidence, by="Ada Post"
    )


def alone(
    store: Store, claim: int, publisher: Publisher = DESK, min_confidence: float = 0.5
) -> dict[str, Any]:
    row = store.claim(claim)
    assert row is not None
    assert row.verdict is not None
    registry = store.sources()
    one = weigh_claim(row, (), registry, by_origin(registry), min_confidence=min_confidence)
    node = embedded(one, row.verdict, publisher, {a.id: a for a in store.articles()})
    back: dict[str, Any] = json.loads(embedded_text(node))
    return back


def check(node: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(node, SCHEMA, jsonschema.Draft202012Validator)
    for rating in node["reviewRating"]:
        if "ratingValue" in rating:
            assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
            assert rating["worstRating"] < rating["bestRating"]


@pytest.mark.parametrize("scale", [FIVE, THREE], ids=lambda scale: scale.name)
def test_each_rating_of_each_scale_gives_a_valid_review(
    opened: Store, filled: Filled, scale: Scale
) -> None:
    for rating in scale.ratings:
        rate(opened, filled, rating, scale)
        node = alone(opened, filled.guards)
        check(node)
        own, common = node["reviewRating"]
        assert own["alternateName"] == rating.label
        assert own.get("ratingValue") == rating.value
        assert common["alternateName"] == scale.normal_label(rating)
        assert common.get("ratingValue") == scale.normalised(rating)
        assert (common.get("bestRating"), common.get("worstRating")) in ((5, 1), (None, None))


def test_a_review_says_who_claims_what_where_and_on_what_it_rests(
    opened: Store, filled: Filled
) -> None:
    rate(opened, filled, FIVE.rating("half true"))
    node = alone(opened, filled.guards)
    assert node["claimReviewed"] == "that 40 guards had crossed the Ivara bridge on Monday"
    assert node["url"] == f"https://desk.example/checks/{filled.guards}#v1"
    assert node["author"] == {
        "@type": "NewsMediaOrganization", "name": "Harbour Desk", "url": "https://desk.example/",
    }  # fmt: skip
    claim = node["itemReviewed"]
    assert [one["name"] for one in claim["author"]] == ["Tideway Ministry", "Lantern Weekly"]
    assert claim["datePublished"] == "2024-09-21"
    # Who denies it doesn't put it forward.
    assert [one["url"] for one in claim["appearance"]] == [
        "https://post.example/1", "https://weekly.example/1",
    ]  # fmt: skip
    assert claim["firstAppearance"] == claim["appearance"][0]
    page, passage = node["citation"]
    assert page == {"@type": "WebPage", "url": PAGE.url}
    assert passage["text"] == "any guards had crossed"
    assert passage["isPartOf"]["url"] == "https://courier.example/1"


def test_nobody_is_named_for_what_may_have_been_misread(opened: Store, filled: Filled) -> None:
    rate(opened, filled, FIVE.rating("false"))
    node = alone(opened, filled.guards, min_confidence=0.95)
    check(node)
    assert [one["name"] for one in node["itemReviewed"]["author"]] == ["Lantern Weekly"]


def test_the_editor_is_the_author_where_no_newsroom_is_named(opened: Store, filled: Filled) -> None:
    rate(opened, filled, FIVE.rating("false"))
    node = alone(opened, filled.guards, Publisher(url="https://desk.example/"))
    assert node["author"] == {"@type": "Person", "name": "Ada Post"}
    assert "url" not in node
    check(node | {"url": "https://desk.example/1"})


def test_a_review_cannot_leave_its_script_element(opened: Store, filled: Filled) -> None:
    rate(opened, filled, FIVE.rating("false"))
    row = opened.claim(filled.guards)
    assert row is not None
    assert row.verdict is not None
    registry = opened.sources()
    one = weigh_claim(row, (), registry, by_origin(registry))
    node = embedded(one, row.verdict, DESK, {a.id: a for a in opened.articles()})
    text = embedded_text(node)
    assert not {"<", ">", "&"} & set(text)
    assert json.loads(text)["reviewBody"] == BECAUSE


def test_an_address_that_is_none_is_refused() -> None:
    assert DESK.checked() == DESK
    for wrong in (replace(DESK, url="javascript:x"), replace(DESK, review_url="/checks/{claim}")):
        with pytest.raises(ExportError, match=r"CLAIMS_\w+_URL is no http address") as caught:
            wrong.checked()
        assert caught.value.repair


@pytest.fixture
def graph(opened: Store, filled: Filled, tmp_path: Path) -> list[dict[str, Any]]:
    rate(opened, filled, FIVE.rating("mostly true"))
    opened.add_verdict(
        filled.unarmed, FIVE.ratings[0], FIVE, because="x", evidence=(PAGE,), by="Bo"
    )
    opened.revert_verdict(2, by="Bo")
    registry = opened.sources()
    rows = reports.as_known_now(opened.attributions(), registry)
    claims = claims_as_known_now(opened.claims(), registry)
    content = Content(
        {TableName.ATTRIBUTIONS: attribution_table.attribution_table(rows, claims)},
        rows,
        tuple(facts_of(claims, by_origin(registry))),
        opened.texts(),
        {a.id: a for a in opened.articles()},
        DESK,
    )
    path = tmp_path / "x.jsonld"
    write(str(path), Format.JSONLD, TableName.CLAIMS, content)
    nodes: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["@graph"]
    return nodes


def test_only_a_verdict_in_force_is_in_the_graph(graph: list[dict[str, Any]]) -> None:
    by_id = {node.get("@id") or node["id"]: node for node in graph}
    (review,) = (node for node in graph if "ClaimReview" in node.get("@type", ()))
    assert review["@id"] == "urn:claims:verdict:1"
    claim = by_id[review["itemReviewed"]["@id"]]
    assert "Claim" in claim["@type"]
    assert (claim["text"], claim["datePublished"]) == (review["claimReviewed"], "2024-09-21")
    assert by_id[review["prov:wasAttributedTo"]["@id"]]["name"] == "Ada Post"
    # The same review as it stands alone, but for what the graph has in nodes of its own.
    common = {k: v for k, v in review.items() if k[0] != "@" and not k.startswith("prov:")}
    article = {"@type": "NewsArticle", "headline": "x"}
    check(
        common
        | {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "itemReviewed": {
                "@type": "Claim", "text": "x", "appearance": [article], "firstAppearance": article,
            },
            "citation": [common["citation"][0]],
        }
    )  # fmt: skip


def test_evidence_in_an_article_has_selectors_and_its_article(graph: list[dict[str, Any]]) -> None:
    by_id = {node.get("@id") or node["id"]: node for node in graph}
    (review,) = (node for node in graph if "ClaimReview" in node.get("@type", ()))
    page, passage = review["citation"]
    assert page == {"@type": "WebPage", "url": PAGE.url}
    quoted = by_id[passage["@id"]]
    assert by_id[quoted["isPartOf"]["@id"]]["url"] == "https://courier.example/1"
    (annotation,) = (node for node in graph if node.get("claims:role") == "evidence")
    assert annotation["body"] == quoted["@id"]
    (target,) = annotation["target"]
    assert target["source"] in by_id
    position, quote = target["selector"]
    assert COURIER[position["start"] : position["end"]] == quote["exact"] == quoted["text"]
    assert COURIER[: position["start"]].endswith(quote["prefix"])
    assert COURIER[position["end"] :].startswith(quote["suffix"])
