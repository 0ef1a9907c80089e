"""Gold and prediction files: what is read, and what is refused with which words."""

import json
from pathlib import Path

import pytest

from claims.errors import CorpusError
from claims.evaluation import evaluate, load_gold, load_predictions, prediction_of
from claims.records import (
    Act,
    Attribution,
    Block,
    BlockKind,
    Document,
    Extraction,
    Framing,
    ModelInfo,
    Sentence,
    SentenceKind,
    Span,
    Stance,
)

from .build import GOLD, TEXT

ROW = {
    "id": "a",
    "publisher": "the daily example",
    "text": TEXT,
    "attributions": [
        {"source": g.source, "cue": g.cue, "content": g.content} for g in GOLD
    ],
    "others": {"second annotator": []},
}  # fmt: skip
LABELS = "".join(
    f"a\t{k}\t{g.stance}\t{g.act}\t{g.framing}\t{g.speaker}\n" for k, g in enumerate(GOLD)
)


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_rows_without_labels_take_them_from_lists(tmp_path):
    gold = write(tmp_path / "gold.jsonl", ROW, {"id": "b", "text": "Nothing.", "attributions": []})
    labels, sentences = tmp_path / "labels.tsv", tmp_path / "sentences.tsv"
    labels.write_text(LABELS + "elsewhere\t0\tasserts\tstatement\tneutral\tX\n", encoding="utf-8")
    sentences.write_text("a\t0\t51\tattributed\t2\n", encoding="utf-8")
    first, second = load_gold(gold, labels=labels, sentences=sentences)
    assert first.attributions == GOLD
    assert (first.labelled, second.labelled) == (True, False)
    assert [(s.start, s.end, s.kind, s.worth) for s in first.sentences] == [
        (0, 51, "attributed", 2)
    ]
    report = evaluate([first, second], {}).figures()
    assert report["labels.gold"] == 4
    assert report["sentences.sentences"] == 1


def test_rows_may_carry_labels_sentences_and_blocks(tmp_path):
    row = ROW | {
        "attributions": [{"content": [[0, 8]], "stance": "denies", "speaker": "X", "parent": None}],
        "sentences": [{"start": 0, "end": 51, "kind": "asserted"}],
        "blocks": [{"start": 0, "end": 88, "kind": "caption"}],
    }
    (article,) = load_gold(write(tmp_path / "gold.jsonl", row))
    assert article.attributions[0].source == ()
    assert article.attributions[0].stance == "denies"
    assert article.sentences[0].worth is None
    assert article.blocks[0].kind is BlockKind.CAPTION


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"id": None}, "id: is missing"),
        ({"id": 3}, "id: is no string"),
        ({"text": ""}, "text: is missing"),
        ({"attributions": None}, "attributions: is no list of objects"),
        ({"attributions": [[0, 1]]}, "attributions: is no list of objects"),
        ({"attributions": [{"cue": [[0, 9999]]}]}, "attributions[0], cue: [0, 9999] is no span"),
        ({"attributions": [{"cue": [[5, 5]]}]}, "attributions[0], cue: [5, 5] is no span"),
        ({"attributions": [{"cue": [[-1, 5]]}]}, "attributions[0], cue: [-1, 5] is no span"),
        ({"attributions": [{"cue": [["0", 5]]}]}, "cue: ['0', 5] is no [start, end]"),
        ({"attributions": [{"cue": [True, 5]}]}, "cue: True is no [start, end]"),
        ({"attributions": [{"cue": 7}]}, "cue: is no list of spans"),
        ({"attributions": [{"stance": "Asserts"}]}, "stance: 'Asserts' is none of asserts, denies"),
        ({"attributions": [{"stance": ["asserts"]}]}, "stance: ['asserts'] is none of"),
        ({"attributions": [{"parent": 1}]}, "parent: 1 is not the index"),
        ({"attributions": [{"parent": "0"}]}, "parent: is no whole number"),
        ({"attributions": [{"confidence": 2}]}, "confidence: is no number from 0 to 1"),
        ({"sentences": [{"start": 3}]}, "sentences[0], start/end: [3, None] is no"),
        ({"sentences": [{"start": 0, "end": 3, "worth": 3}]}, "worth: 3 is not 0, 1 or 2"),
        ({"blocks": [{"start": 0, "end": 3, "kind": "title"}]}, "kind: 'title' is none of"),
        ({"blocks": [{"start": 0, "end": 3}]}, "kind: is missing"),
    ],
)
def test_a_bad_field_is_named_with_file_and_line(tmp_path, change, named):
    path = write(tmp_path / "gold.jsonl", ROW, ROW | {"id": "b"} | change)
    with pytest.raises(CorpusError) as caught:
        load_gold(path)
    assert caught.value.message.startswith(f"{path}, line 2, ")
    assert named in caught.value.message
    assert caught.value.repair


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"", "holds no article"),
        (b"{\n", "line 1: is not JSON"),
        (b"[]\n", "line 1: is no object"),
        (b"[" * 100_000, "line 1: is not JSON"),
        (b"\xff\xfe\n", "cannot be read"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path, data, named):
    path = tmp_path / "gold.jsonl"
    path.write_bytes(data)
    with pytest.raises(CorpusError, match=named):
        load_gold(path)


def test_a_missing_file_and_a_double_article_are_refused(tmp_path):
    with pytest.raises(CorpusError, match="cannot be read"):
        load_gold(tmp_path / "absent.jsonl")
    twice = write(tmp_path / "gold.jsonl", ROW, ROW)
    for load in (load_gold, load_predictions):
        with pytest.raises(CorpusError, match="'a' stands twice"):
            load(twice)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("a\t0\tasserts\n", "line 1: has 3 columns instead of 6"),
        ("a\t4\tasserts\tstatement\tneutral\tX\n", "line 1, attribution index: '4'"),
        ("a\t-1\tasserts\tstatement\tneutral\tX\n", "line 1, attribution index: '-1'"),
        ("a\t0\tsays\tstatement\tneutral\tX\n", "line 1, stance: 'says'"),
        ("b\t0\tasserts\tstatement\tneutral\tX\n", "labels no article of the gold"),
    ],
)
def test_bad_label_lists_are_refused(tmp_path, line, named):
    labels = tmp_path / "labels.tsv"
    labels.write_text(line, encoding="utf-8")
    with pytest.raises(CorpusError, match=named):
        load_gold(write(tmp_path / "gold.jsonl", ROW), labels=labels)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("a\t0\t99999\tother\t0\n", "line 1, end: '99999'"),
        ("a\t9\t9\tother\t0\n", "line 1, end: stands before start"),
        ("a\t0\t9\tother\t4\n", "line 1, worth: '4'"),
        ("b\t0\t9\tother\t0\n", "has no sentence of the gold"),
    ],
)
def test_bad_sentence_lists_are_refused(tmp_path, line, named):
    sentences = tmp_path / "sentences.tsv"
    sentences.write_text(line, encoding="utf-8")
    with pytest.raises(CorpusError, match=named):
        load_gold(write(tmp_path / "gold.jsonl", ROW), sentences=sentences)


def test_predictions_are_read_as_extract_prints_them(tmp_path):
    row = ROW | {"sentences": [{"start": 0, "end": 51, "kind": "other", "worth": 0.25}]}
    row["attributions"] = [dict(a, confidence=0.5, carriers=[]) for a in ROW["attributions"]]
    found = load_predictions(write(tmp_path / "found.jsonl", row))["a"]
    assert [a.content for a in found.attributions] == [g.content for g in GOLD]
    assert found.attributions[0].confidence == 0.5
    assert found.sentences == (Sentence(0, 51, SentenceKind.OTHER, 0.25),)


def test_an_extraction_is_scored_in_offsets_of_the_given_text():
    # As given: "\ufeffé\r\nsaid x", with é as two characters; stored: "é\nsaid x".
    document = Document(
        name="a", text="é\nsaid x", sha256="", raw_sha256="", format="jsonl",
        blocks=(Block(0, 8, BlockKind.BODY, 0),), origin=(1, 3, 5, 6, 7, 8, 9, 10, 11),
    )  # fmt: skip
    found = Attribution(
        source=(Span(0, 1),), cue=(Span(2, 6),), content=(Span(7, 8),),
        stance=Stance.ASSERTS, act=Act.STATEMENT, framing=Framing.NEUTRAL, confidence=0.5,
    )  # fmt: skip
    sentence = Sentence(2, 8, SentenceKind.ATTRIBUTED, 0.1)
    extraction = Extraction((sentence,), (found,), ModelInfo("m", "1"))
    prediction = prediction_of(document, extraction)
    (marked,) = prediction.attributions
    assert (marked.source, marked.cue, marked.content) == (((1, 3),), ((5, 9),), ((10, 11),))
    assert (marked.stance, marked.speaker) == ("asserts", "UNRESOLVED")
    assert (prediction.sentences[0].start, prediction.sentences[0].end) == (5, 11)
    assert (prediction.blocks[0].start, prediction.blocks[0].end) == (1, 11)
