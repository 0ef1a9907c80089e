"""The challenge set of denials: well-formed, and with enough of every way to deny and not to."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import combinations
from typing import Any

import pytest
from sentencex import segment

from claims.evaluation import load_gold
from claims.records import Act, Framing, Stance
from claims.resources import seeds_dir

Row = dict[str, Any]
PATH = seeds_dir() / "denials.jsonl"
ROWS: list[Row] = [json.loads(line) for line in PATH.read_text(encoding="utf-8").splitlines()]
ROLES = ("source", "cue", "content")
FAMILIES = {
    "denied": 60, "denied_knowing": 8, "not_denied": 20, "no_evidence": 20, "refused": 25,
    "blamed": 20, "rejected": 25, "contradicted": 10, "called": 10, "doubted": 18,
    "negated": 40, "hedged": 15, "admitted": 8, "plain": 40,
}  # fmt: skip
"""Construction to the least number of attributions that show it."""
CUES = {
    "denied": r"den(y|ie|ial)|not guilty",
    "denied_knowing": r"denie",
    "not_denied": r"den(y|ie)|disput|contest|refused to confirm|declined|refused",
    "blamed": r"blam|accus",
    "rejected": r"reject|dismiss|threw out|ruled out|refused|disavow|withdrew|scoff|laughed",
    "contradicted": r"contradict|disput|refut|rebut",
}
every_article = pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])


def words(row: Row, spans: list[list[int]]) -> str:
    return " ".join(row["text"][start:end] for start, end in spans)


def test_the_program_reads_it() -> None:
    assert len(load_gold(PATH)) == len(ROWS) >= 20


def test_there_is_enough_of_everything() -> None:
    found = [a for row in ROWS for a in row["attributions"]]
    assert {a["stance"] for a in found} == {s.value for s in Stance}
    flat = [a for a in found if a["parent"] is None]
    assert sum(a["stance"] in ("denies", "doubts") for a in flat) >= 100
    assert sum(a["stance"] in ("asserts", "hedges") for a in flat) >= 100
    families = Counter(a["family"] for a in found)
    assert set(families) == set(FAMILIES)
    assert {name: n for name, n in families.items() if n < FAMILIES[name]} == {}


def test_at_least_150_sentences_hold_a_challenge() -> None:
    sentences = 0
    for row in ROWS:
        cues = [a["cue"][0][0] for a in row["attributions"] if a["family"] != "plain"]
        at = 0
        for sentence in (
            s.strip() for line in row["text"].split("\n") for s in segment("en", line)
        ):
            start = row["text"].index(sentence, at)
            at = start + len(sentence)
            sentences += any(start <= cue < at for cue in cues)
    assert sentences >= 150


@every_article
def test_spans_lie_in_the_text_on_whole_words(row: Row) -> None:
    text = row["text"]
    assert "This is a constructed sample article written for the Claims project." in text
    for a in row["attributions"]:
        assert a["cue"] and a["content"]
        taken: list[tuple[int, int]] = []
        for start, end in (span for role in ROLES for span in a[role]):
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip() != ""
            assert "\n" not in text[start:end]
            assert not (start and text[start - 1].isalnum() and text[start].isalnum())
            assert not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())
            assert not any(start < e and s < end for s, e in taken)
            taken.append((start, end))


@every_article
def test_no_two_contents_of_one_level_overlap(row: Row) -> None:
    """Pairs are matched by their contents alone, so each may have but one attribution."""
    flat = [a["content"] for a in row["attributions"] if a["parent"] is None]
    for one, other in combinations(flat, 2):
        assert not any(s < e2 and s2 < e for s, e in one for s2, e2 in other)


@every_article
def test_labels_follow_from_each_other(row: Row) -> None:
    for a in row["attributions"]:
        Stance(a["stance"]), Act(a["act"]), Framing(a["framing"])
        assert a["speaker"].strip()
        assert a["source"] or a["speaker"] in ("NONE", *[b["speaker"] for b in row["attributions"]])
        if a["stance"] == "denies":
            assert a["act"] in ("denial", "belief")
        if a["act"] == "withheld":
            assert a["stance"] == "uncommitted"
        if a["family"] in CUES:
            assert re.search(CUES[a["family"]], words(row, a["cue"])), words(row, a["cue"])


@every_article
def test_a_parent_is_the_smallest_content_that_holds_the_cue(row: Row) -> None:
    found = row["attributions"]
    for a in found:
        start, end = a["cue"][0]
        holders = {
            i: sum(e - s for s, e in b["content"])
            for i, b in enumerate(found)
            if b is not a and any(s <= start and end <= e for s, e in b["content"])
        }
        assert a["parent"] == (min(holders, key=lambda i: holders[i]) if holders else None)
