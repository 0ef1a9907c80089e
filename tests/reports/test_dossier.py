"""A dossier has all about a claim; as a page and as Markdown nothing of an article is obeyed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from sqlalchemy import insert

from claims.matching.deciding import ClaimDecisionKind
from claims.reports.dossier import Dossier, collect_dossier
from claims.reports.dossier_markdown import dossier_markdown, escaped, link
from claims.reports.page import build_dossier, render_dossier
from claims.review.scales import FIVE
from claims.review.verdicts import Given, PlaceGiven, WebEvidence
from claims.store import Store, open_store
from claims.store.base import table
from claims.store.claim_tables import ClaimLink
from claims.terminal import one_line
from tests.making_claims import COURIER, WEEKLY, Filled, articles, fill
from tests.making_claims import Given as Article
from tests.reports.browser import find_browser, look
from tests.reports.conftest import MADE
from tests.reports.test_browser import contrast, luminance
from tests.reports.test_page import Reading
from tests.store.making import span

BROWSER = find_browser()
URL = "https://register.example/crossings"


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "claims.db")) as store:
        yield store


@pytest.fixture
def known(opened: Store) -> Filled:
    """Claims with a verdict on the guards, one taken back, and a decision."""
    known = fill(opened)
    courier, weekly = known.articles["courier"], known.articles["weekly"]
    evidence: tuple[Given, ...] = (
        WebEvidence(URL),
        PlaceGiven(courier, span("any guards had crossed", COURIER)),
        PlaceGiven(weekly, span("this week", WEEKLY)),
        PlaceGiven(known.articles["hostile"], span("Dent said", articles()[3][0].text)),
    )
    opened.add_verdict(
        known.guards, FIVE.rating("mostly true"), FIVE, because="The register has 38 names.",
        evidence=evidence, by="Ada Post",
    )  # fmt: skip
    opened.add_verdict(
        known.guards, FIVE.rating("false"), FIVE, because="x", evidence=evidence[:1], by="Bo"
    )
    opened.revert_verdict(2, by="Ada Post", because="another bridge")
    row = opened.claim(known.guards)
    assert row is not None
    opened.decide_claim(
        ClaimDecisionKind.REWORD, place=row.clearest.passage, words="40 guards crossed the Ivara.",
        by="Ada Post", note="shorter",
    )  # fmt: skip
    return known


def dossier(store: Store, claim: int, min_confidence: float = 0.5) -> Dossier:
    return collect_dossier(store, claim, made=MADE, min_confidence=min_confidence)


def html(store: Store, claim: int, min_confidence: float = 0.5) -> str:
    return render_dossier(build_dossier(dossier(store, claim, min_confidence), store.article))


def test_it_gathers_sides_verdicts_decisions_and_models(opened: Store, known: Filled) -> None:
    found = dossier(opened, known.guards)
    assert [(p.value, [s.speaker for s in stands]) for p, stands in found.groups] == [
        ("asserts", ["Tideway Ministry", "Lantern Weekly"]),
        ("hedges", ["Lena Marsh"]),
        ("opposes", ["Velmora embassy"]),
    ]
    assert found.verdict is not None
    assert found.verdict.label == "mostly true"
    assert [one.verdict.id for one in found.earlier] == [2, 3]
    assert [(one.kind.value, holds) for one, holds in found.decisions] == [("reword", True)]
    assert [one.words for one in found.readings] == [f"small {'a' * 12}: #1, #2, #3"]
    assert found.matchers == ("stub",)
    facts = dict(found.facts)
    assert facts["stands"] == "2 assert, 1 hedges, 1 opposes"
    assert facts["since"] == "2024-09-21"
    assert facts["carried"] == "3 articles, 3 outlets"
    assert "doubtful" not in facts
    assert dict(dossier(opened, known.guards, 0.8).facts)["doubtful"] == (
        "2 readings under 0.8, left out of all counts"
    )


def test_decisions_that_were_taken_back_and_findings_are_told(opened: Store, known: Filled) -> None:
    opened.decide_claim(ClaimDecisionKind.REVERT, reverts=1, by="Bo")
    found = dossier(opened, known.guards)
    assert [(one.kind.value, holds) for one, holds in found.decisions] == [
        ("reword", False), ("revert", False),
    ]  # fmt: skip
    kinds = {one.finding.kind.value for one in found.findings}
    assert kinds <= {"denial_missing", "contradiction", "single_origin", "attribution_dropped"}
    first = found.findings[0].finding
    opened.decide_claim(ClaimDecisionKind.DISMISS, finding=first.key, by="Bo", note="seen")
    found = dossier(opened, known.guards)
    (same,) = (one for one in found.findings if one.finding.key == first.key)
    assert same.dismissed is not None
    assert found.decisions[-1][0].kind is ClaimDecisionKind.DISMISS


def test_every_link_of_the_page_leads_to_something_on_it(opened: Store, known: Filled) -> None:
    for claim in (known.guards, known.unarmed, 3):
        page = Reading(html(opened, claim))
        ids = page.values("id")
        assert len(ids) == len(set(ids))
        inside = {href[1:] for href in page.values("href") if href[0] == "#"}
        assert inside <= set(ids)
        assert set(page.values("aria-labelledby")) <= set(ids)


def test_evidence_leads_to_its_words_in_the_article_section(opened: Store, known: Filled) -> None:
    text = html(opened, known.guards)
    page = Reading(text)
    assert {"e2", "e3", "e4"} <= {href[1:] for href in page.values("href") if href[0] == "#"}
    after = text[text.index('id="e2"') :]
    assert "any guards had crossed" in Reading(after[: after.index("</p>")]).words
    assert f"a{known.articles['hostile']}" in page.values("id"), "an article of evidence alone"
    assert URL in page.values("href")
    assert "Rated when the claim was worded: that 40 guards had crossed" in page.words
    assert "Bo: false, taken back" in page.words
    assert "Ada Post: takes back 2 (another bridge)" in page.words
    sections = [attrs["id"] for tag, attrs in page.tags if tag == "section"]
    assert sections == ["verdict", "claims", "context", "record", "articles"]


def test_evidence_in_an_older_text_is_quoted_and_not_linked(opened: Store, known: Filled) -> None:
    made, found = articles()[1]
    longer = COURIER + " It gave no other day."
    given = _again(longer)
    assert opened.save(given[0], given[1]).status == "changed"
    page = Reading(html(opened, known.guards))
    assert "#e2" not in page.values("href")
    assert "version 1 of its text" in page.words
    assert made.url == given[0].url
    assert found.model == given[1].model


def _again(text: str) -> Article:
    from dataclasses import replace

    from tests.making_claims import _given

    made, found = articles()[1]
    return replace(_given(text, "courier", "Sarn Courier", "2024-09-22")[0], url=made.url), found


def test_the_page_asks_for_nothing_and_runs_nothing(opened: Store, known: Filled) -> None:
    for claim in (known.guards, 3):
        text = html(opened, claim)
        page = Reading(text)
        (policy,) = [v for v in page.values("content", "meta") if "default-src" in v]
        assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
        loads = {"script", "link", "img", "iframe", "object", "embed", "form", "audio", "video"}
        assert not loads & {tag for tag, _ in page.tags}
        assert not page.values("src")
        assert not re.search(r"url\(|@import", text)
        assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
        assert not [href for href in page.values("href") if "javascript" in href]
        assert not {"\x1b", "\u202e"} & set(text)
        outside = [a for _, a in page.tags if (a.get("href") or "#")[0] != "#"]
        assert all("noreferrer" in (a.get("rel") or "") for a in outside)


def test_a_claim_without_a_verdict_says_so(opened: Store, known: Filled) -> None:
    assert "No verdict was given: nothing here says whether" in html(opened, known.unarmed)
    opened.revert_verdict(1, by="Bo")
    assert "No verdict is in force: nothing here says whether" in html(opened, known.guards)
    assert "No verdict is in force" in dossier_markdown(dossier(opened, known.guards))


def tokens(text: str) -> list[tuple[str, str, str]]:
    """Types, tags and targets of what a Markdown reader with raw HTML and tables makes of it."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    found = []
    for block in reader.parse(text):
        for one in (block, *(block.children or ())):
            found.append((one.type, one.tag, str(one.attrs.get("href", one.attrs.get("src", "")))))
    return found


def test_markdown_has_the_same_and_nothing_of_an_article_is_markup(
    opened: Store, known: Filled
) -> None:
    text = dossier_markdown(dossier(opened, known.guards))
    headings = re.findall(r"^## (.*)$", text, re.M)
    assert headings[:4] == ["Verdict", "Asserts", "Hedges", "Opposes"]
    assert headings[-2:] == ["Decisions", "Read by"]
    assert f"](<{URL}>)" in text
    targets = {target for kind, _, target in tokens(text) if kind == "link_open"}
    assert targets == {URL} | {
        f"https://{name}.example/1" for name in ("post", "courier", "weekly")
    }
    hostile = dossier_markdown(dossier(opened, 3))
    kinds = {kind for kind, _, _ in tokens(hostile)}
    markup = {"html_inline", "html_block", "link_open", "image", "code_inline", "table_open"}
    assert not markup & kinds
    assert "javascript\\:alert(1)" in hostile
    assert not {"\x1b", "\u202e"} & set(hostile)


SPECIAL = st.text(st.sampled_from("\\`*_{}[]()<>#+-.!|~&:/@^=$\"'\n\t 1a;w"), max_size=40)


@given(SPECIAL | st.text())
def test_escaped_text_is_read_as_it_stands(words: str) -> None:
    text = f"- **x**: {escaped(words)}\n- {escaped(words)}"
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    inline = [one for one in reader.parse(text) if one.type == "inline"]
    kinds = {child.type for one in inline for child in one.children or ()}
    assert kinds <= {"text", "strong_open", "strong_close", "text_special"}
    said = ["".join(child.content for child in one.children or ()) for one in inline]
    expected = one_line(words).strip()
    alone = [expected] if expected else []
    assert [one.strip() for one in said] == [f"x: {expected}".strip(), *alone]


def test_only_http_addresses_are_links() -> None:
    assert link("javascript:alert(1)") == "javascript\\:alert(1)"
    made = link("https://x.example/a>b)[c](d)<e>")
    (target,) = [target for kind, _, target in tokens(made) if kind == "link_open"]
    assert target == "https://x.example/a%3Eb%29%5Bc%5D%28d%29%3Ce%3E"


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here: apt-get install chromium")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_page_fits_phone_and_desk_and_asks_for_nothing(
    opened: Store, known: Filled, tmp_path: Path, dark: bool
) -> None:
    assert BROWSER is not None
    seen = look(BROWSER, html(opened, known.guards, 0.8), tmp_path, [390, 1280], dark=dark)
    assert seen.console == []
    for frame in seen.frames:
        assert frame["content"] <= frame["width"], frame["outside"]
        assert frame["outside"] == []
        assert frame["broken"] == []
        assert frame["loaded"] == []
        assert (luminance(frame["background"]) < 0.1) is dark
        for words in (frame["color"], frame["soft"]):
            assert contrast(words, frame["background"]) >= 4.5
        for letter, ground in frame["marks"]:
            assert contrast(letter, ground) >= 4.5


def test_related_claims_are_named_from_both_sides(opened: Store) -> None:
    found = fill(opened)
    with opened._engine.begin() as connection:
        link = {"claim_id": found.unarmed, "other_id": found.guards, "kind": "narrower"}
        connection.execute(insert(table(ClaimLink)).values(link))
    opened.add_verdict(
        found.guards, FIVE.rating("false"), FIVE,
        because="x", evidence=(WebEvidence(URL),), by="Ada",
    )  # fmt: skip
    narrow, wide = (dossier(opened, number).related for number in (found.unarmed, found.guards))
    assert [(r.phrase, r.weighed.claim.id) for r in narrow] == [("is narrower than", found.guards)]
    assert [(r.phrase, r.weighed.claim.id) for r in wide] == [("is wider than", found.unarmed)]
    assert "(verdict: false (Ada, 20" in html(opened, found.unarmed)
    assert "is narrower than claim 1" in dossier_markdown(dossier(opened, found.unarmed))
