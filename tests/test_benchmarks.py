"""The parts of the benchmarks that can be checked without a long run."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks import limit
from benchmarks.extractor import SPEED, against_limit, ratios, scores, table
from benchmarks.limit import Counted, Sizes, counting, layer_rate
from benchmarks.sides import as_attributions, paragraphs
from benchmarks.speed import Side
from claims.documents import from_text
from claims.encoding.network import filled_up
from claims.records import ModelInfo
from tests.evaluation.build import GOLD, TEXT, article
from tests.extraction.making import network, reader

MODULES = sorted(p.stem for p in Path(limit.__file__).parent.glob("*.py"))
TOY = Sizes(layers=2, hidden=4, inner=8, role_layers=1, role_width=2, reach=5)


def tokens(text: str) -> list[Any]:
    found, at = [], 0
    for i, word in enumerate(text.split(" ")):
        found.append(Token(i, at, word))
        at += len(word) + 1
    return found


class Token:
    def __init__(self, i: int, idx: int, text: str) -> None:
        self.i, self.idx, self.text = i, idx, text

    def __len__(self) -> int:
        return len(self.text)


def triple(speaker: list[Any], cue: list[Any], content: list[Any]) -> Any:
    start, end = content[0].idx, content[-1].idx + len(content[-1])
    span = SimpleNamespace(start_char=start, end_char=end)
    return SimpleNamespace(speaker=speaker, cue=cue, content=span)


@pytest.mark.parametrize("name", MODULES)
def test_each_script_finds_what_it_imports(name: str) -> None:
    import_module(f"benchmarks.{name}")


def test_operations_of_a_window_a_cue_words_and_sentences() -> None:
    # 3 pieces; each of 2 layers: 8·4² + 4·4·8 = 256, and attention to 5 places 4·5·4 = 80.
    assert TOY.window(3) == 3 * 2 * (256 + 80)
    assert TOY.words(10) == 10 * 6 * 4 * 2
    # The cue 2·4·2; 3 words: 16·2² + 4·3·2 = 88 each; the judge 2·(2·4 + 3·2)·2.
    assert TOY.cue(3) == 16 + 3 * 88 + 56
    assert TOY.sentences(2) == 2 * 32
    assert TOY.region(10, 12, 0, 14) == 9  # from 5 on, to the end of the paragraph


def test_padding_is_no_operation_but_counted_as_empty() -> None:
    counted = Counted(TOY)
    counted.batch([3, 8], words=7)
    counted.chunk([2, 4])
    counted.sentences(1)
    alone = TOY.window(3) + TOY.window(8) + TOY.words(7) + TOY.cue(2) + TOY.cue(4)
    assert counted.operations == alone + TOY.sentences(1)
    told = counted.as_dict()
    assert told["rows"] == filled_up(11 + 2 * 2)
    assert told["encoder_padding"] == pytest.approx(1 - 11 / filled_up(15))
    assert told["roles_padding"] == pytest.approx(1 - 6 / filled_up(6))


@pytest.mark.parametrize("kind", ["bert", "mpnet"])
def test_counted_operations_are_those_that_torch_counts(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    from claims.extraction import network as networks
    from claims.extraction import predict
    from claims.extraction.predict import Extractor

    windows = 0

    def one_by_one(sizes: list[int], **_: Any) -> list[list[int]]:
        nonlocal windows
        windows += len(sizes)
        return [[i] for i in range(len(sizes))]

    monkeypatch.setattr(predict, "dense_groups", one_by_one)
    # What runs in inference mode, or in fused attention, torch doesn't count.
    monkeypatch.setattr(networks, "inference", torch.no_grad)
    model = network(kind=kind)
    model.encoder.set_attn_implementation("eager")
    extractor = Extractor(model, reader(), ModelInfo("toy", "1"))
    model.packed = None  # torch counts what runs in its own modules
    with counting(model) as counted, FlopCounterMode(display=False) as theirs:
        list(extractor.extract([from_text(TEXT)]))
    of_encoder = theirs.get_flop_counts()[type(model.encoder).__name__]
    assert counted.cues
    # The special tokens' own rows are the difference.
    assert counted.encoder / sum(of_encoder.values()) == pytest.approx(
        counted.pieces / (counted.pieces + 2 * windows)
    )
    before = counted.operations
    list(extractor.extract([from_text(TEXT)]))
    assert counted.operations == before


def test_rate_of_products_has_each_shape() -> None:
    rates = layer_rate(network(), rows=8, repetitions=2)
    assert set(rates) == {"layer", "hidden_hidden", "hidden_inner", "inner_hidden"}
    assert min(rates.values()) > 0


def test_quotation_that_its_cue_interrupts_is_one_attribution() -> None:
    words = tokens("“ A bridge ” , Ana and Rui have often said , “ a road ”")
    speaker, cue = [words[7], words[5]], [words[8], words[10]]
    first = triple(speaker, cue, words[0:4])
    second = triple(speaker, cue, words[12:16])
    other = triple(speaker[:1], cue, words[12:16])
    shifted = 100
    found = as_attributions([first, second, other], shifted)
    assert [len(one["content"]) for one in found] == [2, 1]
    text = " " * shifted + " ".join(word.text for word in words)
    assert [text[a:b] for a, b in found[0]["content"]] == ["“ A bridge ”", "“ a road ”"]
    assert [text[a:b] for a, b in found[0]["source"]] == ["Ana", "Rui"]
    assert [text[a:b] for a, b in found[0]["cue"]] == ["have", "said"]
    together = triple(words[5:8], [words[10], words[10]], words[0:4])
    assert [text[a:b] for a, b in as_attributions([together], shifted)[0]["source"]] == [
        "Ana and Rui"
    ]


def test_paragraphs_end_with_a_line_break() -> None:
    parts = paragraphs(tokens("One two . \n\n Three . \n"))
    assert [[token.text for token in part] for part in parts] == [
        ["One", "two", ".", "\n\n"],
        ["Three", ".", "\n"],
    ]


def test_scores_without_labels_leave_them_open() -> None:
    gold = [article(*GOLD)]
    spans = {role: [list(span) for span in GOLD[0].role(role)] for role in ("source", "cue")}
    content = [list(span) for span in GOLD[0].content]
    told = [{"id": "a", "attributions": [spans | {"content": content}]}]
    figures = scores(gold, told, labels=False)
    assert figures["who_said_what, F1"] == pytest.approx(0.4)
    assert figures["recall, unsourced"] == 0
    assert figures["stance, accuracy"] is None
    assert scores(gold, told, labels=True)["stance, accuracy"] == 0


def test_share_of_the_limit() -> None:
    counted = {"operations": 3_000_000, "encoder_padding": 0.25}
    figures = against_limit(1000, counted, 3e7, whole=2000.0, alone=2500.0)
    assert figures["the limit, words per CPU-second"] == 10_000
    assert figures["share of the machine's limit"] == pytest.approx(0.2)
    assert figures["… the extractor alone, of the limit"] == pytest.approx(0.25)


def test_table_has_ratios_where_textacy_has_a_figure() -> None:
    figures: dict[str, dict[str, float | None]] = {
        "small": {"who_said_what, F1": 0.75, "recall, indirect": 0.6, SPEED: 3000.0},
        "textacy": {"who_said_what, F1": 0.25, "recall, indirect": 0.0, SPEED: 4000.0},
    }
    assert ratios(figures)["small"]["recall, indirect"] is None
    lines = table(figures)
    assert len({len(line) for line in lines}) == 1
    shown = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert shown[0] == ["", "small", "textacy"]
    assert shown[2:] == [
        ["who_said_what, F1", "0.750 (×3.00)", "0.250"],
        ["recall, indirect", "0.600", "0.000"],
        ["words per CPU-second", "3,000 (×0.75)", "4,000"],
    ]


def test_side_that_is_not_installed_says_what_to_do(capfd: pytest.CaptureFixture[str]) -> None:
    settings = {"texts": [], "names": [], "threads": 1}
    with pytest.raises(SystemExit):
        Side("textacy", sys.executable, settings)
    assert "pip install -r benchmarks/requirements.txt" in capfd.readouterr().err
    with pytest.raises(SystemExit, match="no interpreter /nowhere/python"):
        Side("textacy", "/nowhere/python", settings)
