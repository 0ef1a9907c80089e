"""HTML pages of several families: their text, their metadata, their encoding."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.documents import read
from claims.errors import DocumentError
from claims.records import Document

DATA = Path(__file__).parent / "data"
PARAGRAPH = (
    "<p>The harbour ministry on Tuesday denied that fuel had leaked from a tanker, two days after "
    "fishermen said their nets came up black with oil.</p>"
)


def page(tmp_path: Path, html: str | bytes) -> Document | DocumentError:
    path = tmp_path / "a.html"
    path.write_bytes(html.encode() if isinstance(html, str) else html)
    (item,) = read([path])
    return item


def test_a_page_with_metadata() -> None:
    (item,) = read([DATA / "schema.html"])
    assert isinstance(item, Document), item
    assert item.text == (
        "Ministry denies leak as nets come up black\n\n"
        "PORT VALE (Reuters) – The harbour ministry on Tuesday denied that fuel had leaked from a "
        "tanker, two days after fishermen said their nets came up black with oil.\n\n"
        "“There was no leak,” said Ada Brandt, a spokeswoman for the ministry, adding that tests "
        "would\ngo on until Friday.\n\n"
        "The fishermen’s union said it had a report and would hand it to the prosecutor on "
        "Thursday."
    )
    assert [b.kind.value for b in item.blocks] == ["headline", "dateline", "body", "body", "body"]
    assert item.title == "Ministry denies leak as nets come up black"
    assert item.url == "https://ledger.example/2024/03/05/leak.html"
    assert (item.outlet.value, item.outlet.basis) == (
        "The Coast Ledger",
        "page metadata (site name)",
    )
    assert (item.published.value, item.published.basis) == ("2024-03-05", "page metadata")
    assert item.wire.value == "Reuters"
    assert item.origin is None


def test_an_old_page_in_the_charset_it_declares() -> None:
    (item,) = read([DATA / "tables.html"])
    assert isinstance(item, Document), item
    assert "“There was no leak,” said Renée Brandt" in item.text
    assert item.title == "Ministry denies leak"
    read_words = [item.text[b.start : b.end] for b in item.blocks if b.kind.is_read]
    assert [words[:20] for words in read_words] == [
        "Ministry denies leak",
        "The harbour ministry",
        "“There was no leak,”",
        "The union said it ha",
    ]
    assert item.published.value is None


def test_a_page_in_utf_8_that_declares_nothing(tmp_path: Path) -> None:
    item = page(tmp_path, f"<html><body><article>{PARAGRAPH}<p>“Naïve,” she said.</p></article>")
    assert isinstance(item, Document)
    assert "“Naïve,” she said." in item.text


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("<html><body></body></html>", "no article was found"),
        ("<html><body><nav><a href=/>Home</a></nav></body></html>", "no article was found"),
        ("", "is empty"),
        (f"<html><body>{PARAGRAPH}\x00</body></html>", "NUL"),
        (f"<html><body>{PARAGRAPH}<p>Café</p></body></html>".encode("latin-1"), "is not UTF-8"),
        (
            "<html><body><article><p>" + "Das Ministerium sagte, dass nichts sei. " * 9 + "</p>",
            "English",
        ),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, html: str | bytes, says: str) -> None:
    item = page(tmp_path, html)
    assert isinstance(item, DocumentError), item
    assert says in item.message
    assert item.repair


def test_scripts_and_markup_never_reach_the_text(tmp_path: Path) -> None:
    hostile = "<script>alert('said')</script><style>p{}</style><p onclick=x>It was said.</p>"
    item = page(tmp_path, f"<html><body><article>{PARAGRAPH * 2}{hostile}</article></body></html>")
    assert isinstance(item, Document)
    assert "alert" not in item.text
    assert "<" not in item.text
