"""The page needs nothing but itself, links nowhere that isn't there, and obeys no article."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from claims.reports.page import View
from claims.store import Store
from claims.store.rows import ArticleView
from tests.reports.conftest import html


class Reading(HTMLParser):
    """Tags with their attributes, and the words between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def values(self, name: str, tag: str | None = None) -> list[str]:
        return [v for t, attrs in self.tags if tag in (None, t) and (v := attrs.get(name))]


@pytest.mark.parametrize("view", list(View))
def test_every_link_leads_to_something_on_the_page(filled: Store, view: View) -> None:
    page = Reading(html(filled, view))
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    inside = [href[1:] for href in page.values("href") if href.startswith("#")]
    assert len(inside) > 20
    assert set(inside) <= set(ids)
    assert set(page.values("aria-labelledby")) <= set(ids)


def test_each_cell_links_to_its_evidence(filled: Store) -> None:
    page = html(filled)
    table = page[page.index("<table") : page.index("</table>")]
    hrefs = re.findall(r'class="mk [^"]*" href="#(a\d+-s\d+)"', table)
    assert len(hrefs) == 4
    assert all(f'id="{href}"' in page for href in hrefs)
    # Colour is never the only sign: each mark has a letter, and words for who can't see it.
    assert "Velmora embassy opposes" in Reading(table).words
    assert table.count('scope="row"') == 1
    assert table.count('scope="col"') == 5


def test_the_page_asks_for_nothing_and_runs_nothing(filled: Store) -> None:
    text = html(filled)
    page = Reading(text)
    (policy,) = [v for v in page.values("content", "meta") if "default-src" in v]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
    loads = {"script", "link", "img", "iframe", "object", "embed", "form", "audio", "video", "base"}
    assert not loads & {tag for tag, _ in page.tags}
    assert not page.values("src")
    assert not re.search(r"url\(|@import", text)
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
    outside = [(t, a) for t, a in page.tags if (a.get("href") or "#")[0] != "#"]
    assert {a["href"] for _, a in outside} == {
        f"https://{name}.example/1" for name in ("post", "courier", "weekly")
    }
    assert all("noreferrer" in (a.get("rel") or "") for _, a in outside)
    assert dict(page.tags)["html"] == {"lang": "en"}


def test_hostile_text_is_shown_and_not_obeyed(filled: Store) -> None:
    text = html(filled)
    page = Reading(text)
    assert "<script>" not in text
    assert "javascript:" in page.words  # the address is shown
    assert not [href for href in page.values("href") if "javascript" in href]
    assert "<script>alert(1)</script> the price␛[2J of <U+202E>bread." in page.words
    assert '=HYPERLINK("http://x.example","<b>bread</b>")␛[31m' in page.words
    assert not {"\x1b", "\u202e"} & set(text)


def test_words_of_an_older_text_are_told_and_not_marked_where_others_stand(filled: Store) -> None:
    def article(number: int) -> ArticleView:
        view = filled.article(number)
        return replace(view, text="New text. " + view.text, blocks=())

    page = Reading(html(filled, article=article))
    assert page.words.count("Of an older reading of this article:") == 6
    assert {h[1:] for h in page.values("href") if h[0] == "#"} <= set(page.values("id"))


def test_only_so_many_claims_and_no_link_to_others(filled: Store) -> None:
    page = Reading(html(filled, top=1))
    assert "2 more claims with a higher --top" in page.words
    assert "Corva Dent" not in page.words
    assert {h[1:] for h in page.values("href") if h[0] == "#"} <= set(page.values("id"))


def test_what_the_view_asks_for_comes_first(filled: Store) -> None:
    for view, first in ((View.CLAIMS, "matrix"), (View.ORIGINS, "origins")):
        sections = [a["id"] for t, a in Reading(html(filled, view)).tags if t == "section"]
        assert sections[0] == first
        assert len(sections) == 7
