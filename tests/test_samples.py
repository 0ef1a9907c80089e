"""The sample articles and their gold: they agree, fit together, and are what they say they are."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest

from claims.documents import read
from claims.records import Act, BlockKind, Document, Framing, SentenceKind, Stance
from tests.gold import build
from tests.gold.markup_reader import MarkupError, render

Row = dict[str, Any]
DECLARED = "This is a constructed sample article written for the Claims project."
ROWS: list[Row] = [json.loads(line) for line in build.GOLD.read_text(encoding="utf-8").splitlines()]
IDS = [row["id"] for row in ROWS]
every_article = pytest.mark.parametrize("row", ROWS, ids=IDS)


def spans_of(row: Row) -> list[tuple[int, int]]:
    roles = ("source", "cue", "content")
    return [(s, e) for a in row["attributions"] for role in roles for s, e in a[role]]


def test_files_and_gold_are_what_the_markup_renders() -> None:
    marked = build.articles()
    rendered = build.files(marked)
    there = {path.name for path in build.SAMPLES.iterdir()}
    assert there == set(rendered)
    for name, text in rendered.items():
        assert (build.SAMPLES / name).read_bytes().decode("utf-8") == text, name
    for row, article in zip(ROWS, marked, strict=True):
        assert row == build.gold(article), f"{row['id']}: run python -m tests.gold.build"


def test_each_file_says_that_it_is_constructed() -> None:
    for path in build.SAMPLES.iterdir():
        text = path.read_text(encoding="utf-8")
        parts = text.splitlines() if path.suffix == ".jsonl" else [text]
        assert all(DECLARED in part for part in parts), path.name


def test_there_is_enough_of_everything() -> None:
    found = [a for row in ROWS for a in row["attributions"]]
    assert len(ROWS) >= 14
    assert len(set(IDS)) == len(IDS)
    assert len(found) >= 200
    assert sum(a["parent"] is not None for a in found) >= 55
    assert sum(not a["source"] for a in found) >= 15
    assert sum(len(a["content"]) > 1 for a in found) >= 20
    assert {a["stance"] for a in found} == {s.value for s in Stance}
    assert {a["act"] for a in found} == {a.value for a in Act}
    assert {a["framing"] for a in found} == {f.value for f in Framing}
    assert {b["kind"] for row in ROWS for b in row["blocks"]} == {k.value for k in BlockKind}
    assert {s["kind"] for row in ROWS for s in row["sentences"]} == {k.value for k in SentenceKind}
    assert len(list(build.SAMPLES.glob("*.html"))) >= 4


def test_the_stored_text_is_what_the_program_reads() -> None:
    texts = {}
    for document in read([build.SAMPLES / name for name in build.files(build.articles())]):
        assert isinstance(document, Document), document
        texts[document.name.rsplit("/", 1)[-1]] = document.text
    assert texts == {row["id"]: row["text"] for row in ROWS}


@every_article
def test_blocks_cover_the_text_in_order(row: Row) -> None:
    cursor, paragraph = 0, 0
    for block in row["blocks"]:
        BlockKind(block["kind"])
        assert not row["text"][cursor : block["start"]].strip()
        words = row["text"][block["start"] : block["end"]]
        assert words
        assert words == words.strip()
        assert block["paragraph"] in (paragraph, paragraph + 1)
        cursor, paragraph = block["end"], block["paragraph"]
    assert not row["text"][cursor:].strip()


@every_article
def test_marks_lie_in_what_is_read_and_on_whole_words(row: Row) -> None:
    text = row["text"]
    read_blocks = [b for b in row["blocks"] if b["kind"] in build.READ]
    marks = spans_of(row) + [(s["start"], s["end"]) for s in row["sentences"]]
    for start, end in marks:
        assert any(b["start"] <= start < end <= b["end"] for b in read_blocks)
        assert text[start:end] == text[start:end].strip()
        assert not (start and text[start - 1].isalnum() and text[start].isalnum())
        assert not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())
    ends = [(s["start"], s["end"]) for s in row["sentences"]]
    assert all(a[1] <= b[0] for a, b in pairwise(ends))
    assert all(s["worth"] in (0, 1, 2) for s in row["sentences"])


@every_article
def test_parents_are_the_smallest_contents_that_hold_the_cue(row: Row) -> None:
    found = row["attributions"]
    assert [a["cue"][0] for a in found] == sorted(a["cue"][0] for a in found)
    for attribution in found:
        cue = {i for s, e in attribution["cue"] for i in range(s, e)}
        holders = {}
        for index, other in enumerate(found):
            content = {i for s, e in other["content"] for i in range(s, e)}
            if other is not attribution and cue <= content:
                holders[index] = len(content)
        smallest = min(holders, key=lambda i: holders[i]) if holders else None
        assert attribution["parent"] == smallest


@every_article
def test_labels_follow_from_each_other(row: Row) -> None:
    for a in row["attributions"]:
        assert a["speaker"].strip()
        if a["stance"] == "denies":
            assert a["act"] in ("denial", "belief")
        if a["act"] == "withheld":
            assert a["stance"] == "uncommitted"
        if a["speaker"] == "NONE":
            assert not a["source"]


@every_article
def test_carriers_stand_in_order_once_and_are_never_the_speaker(row: Row) -> None:
    order = ("cited", "carried", "published")
    for a in row["attributions"]:
        names = [link["name"] for link in a["carriers"]]
        assert len(names) == len(set(names) - {a["speaker"]})
        places = [order.index(link["role"]) for link in a["carriers"]]
        assert places == sorted(places)
        for link in a["carriers"]:
            assert link["evidence"] or link["role"] == "published"


def test_nested_marks_are_rendered() -> None:
    piece = render("[1t [2s A] [2c fears] [2t B]], [1s C] [1c said].^a2 [1t+2t D]")
    assert piece.text == "A fears B, C said. D"
    assert (1, "content", 0, 9) in piece.spans
    assert (2, "content", 19, 20) in piece.spans
    assert piece.stops == [(18, "attributed", 2)]


def test_other_brackets_are_words() -> None:
    assert render("[AFP](#) [3s it [sic]]").text == "[AFP](#) it [sic]"


@pytest.mark.parametrize("broken", ["[1s A", "{d:A]", "[1s A}"])
def test_marks_that_do_not_close_are_refused(broken: str) -> None:
    with pytest.raises(MarkupError):
        render(broken)


def test_words_cut_in_two_are_refused() -> None:
    row = {"source": [], "cue": [[0, 3]], "content": [[5, 9]]}
    with pytest.raises(MarkupError, match="cue"):
        build.check("x", "said that", 1, row)


def test_the_labelled_claims_are_of_the_gold() -> None:
    held = {row["id"]: row["attributions"] for row in ROWS}
    lines = build.CLAIMS.read_text(encoding="utf-8").splitlines()
    claims: list[Row] = [json.loads(line) for line in lines]
    home: dict[tuple[str, int], int] = {}
    for number, row in enumerate(claims):
        for name, index, _ in row.get("members", ()):
            assert held[name][index]["content"], (row, index)
            assert (name, index) not in home, (row, index)
            home[name, index] = number
    for row in claims:
        if "near_miss" in row:
            (a, i), (b, j) = row["near_miss"]
            assert held[a][i]["content"] and held[b][j]["content"]
            assert home.get((a, i), "one") != home.get((b, j), "other"), row
    whole = [row for row in claims if "members" in row]
    assert len(whole) >= 60
    assert sum(len({name for name, _, _ in row["members"]}) > 1 for row in whole) >= 10
    assert sum(any(m[2] == "opposes" for m in row["members"]) for row in whole) >= 15
    assert len(claims) - len(whole) >= 30
