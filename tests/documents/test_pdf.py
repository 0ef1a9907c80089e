"""PDF files: their text layer, paragraphs over lines and pages, and files that have none."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.documents import read
from claims.errors import DocumentError
from claims.records import BlockKind, Document
from tests.documents.pdfs import pdf

FIRST = [
    "Ministry denies leak as nets come up black",
    "PORT VALE (Reuters) - The harbour ministry on Tuesday denied that fuel had leaked",
    "from a tanker, two days after fishermen said their nets came up black with oil, and a",
    "day after the prosecutor opened a file.",
    "The union said it had seen a report that the ministry was keeping to itself, and that",
]
SECOND = [
    "it would hand the report to the prosecutor on Thursday.",
    "The owner of the tanker was silent.",
]


def one(tmp_path: Path, data: bytes) -> Document | DocumentError:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    (item,) = read([path])
    return item


def test_wrapped_lines_are_paragraphs_and_the_text_is_left_as_it_is(tmp_path: Path) -> None:
    item = one(tmp_path, pdf([FIRST, SECOND]))
    assert isinstance(item, Document), item
    assert item.format == "pdf"
    assert item.text == "\n".join(FIRST) + "\n\n" + "\n".join(SECOND)
    found = [(b.kind, item.text[b.start : b.end]) for b in item.blocks]
    assert found == [
        (BlockKind.HEADLINE, FIRST[0]),
        (BlockKind.DATELINE, "PORT VALE (Reuters) -"),
        (BlockKind.BODY, "\n".join([FIRST[1][22:], *FIRST[2:4]])),
        (BlockKind.BODY, FIRST[4] + "\n\n" + SECOND[0]),
        (BlockKind.BODY, SECOND[1]),
    ]
    assert item.wire.value == "Reuters"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (pdf([[]]), "no text layer"),
        (pdf([FIRST], password="secret"), "password"),
        (pdf([FIRST])[:300], "can't be read as PDF"),
        (b"%PDF-1.7\nnothing", "can't be read as PDF"),
        (b"The ministry said so.", "is not a PDF file"),
        (b"", "is empty"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, data: bytes, says: str) -> None:
    item = one(tmp_path, data)
    assert isinstance(item, DocumentError)
    assert says in item.message
    assert item.repair


def test_a_pdf_under_another_name_is_read_as_pdf(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(pdf([FIRST]))
    (item,) = read([path])
    assert isinstance(item, Document)
    assert item.format == "pdf"
