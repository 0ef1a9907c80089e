"""Hostile text reaches a terminal only as visible signs, and JSON loses nothing of it."""

import io
import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from claims import terminal
from claims.errors import DocumentError

HOSTILE = "[red]a[/red] \x1b]8;;http://x.test\x07link\x1b[2J \u202eevil\u2066 \x9b31m\r\x00 :smile:"


def test_controls_and_direction_marks_become_visible() -> None:
    assert terminal.harmless("a\x1bb\x07\x7f\u202e\x9b\u2066") == "a␛b␇␡<U+202E><U+009B><U+2066>"
    assert terminal.harmless("\udce9\U000e0041\u2028") == "<U+DCE9><U+E0041><U+2028>"


def test_ordinary_text_stays() -> None:
    text = "“Ärger” — naïve\n\tzwei, שלום, 한국 👩\u200d🚒"
    assert terminal.harmless(text) == text


@given(st.text())
def test_nothing_that_is_obeyed_is_left(text: str) -> None:
    for character in terminal.harmless(text):
        assert unicodedata.category(character) not in {"Cc", "Cs"} or character in "\n\t"
        assert unicodedata.bidirectional(character) not in {
            "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"
        }  # fmt: skip


def test_rich_prints_markup_and_emoji_codes_as_written() -> None:
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, width=200, color_system="truecolor")
    console.print(terminal.plain(HOSTILE))
    printed = stream.getvalue()
    assert "[red]a[/red]" in printed
    assert ":smile:" in printed
    assert "␛]8;;http://x.test␇link␛[2J" in printed
    assert not {"\x1b", "\x07", "\u202e", "\u2066", "\x9b", "\x00"} & set(printed)


def test_one_line_folds_and_cuts_at_words() -> None:
    assert terminal.one_line("a\n\n b\t c") == "a b c"
    assert terminal.one_line("alpha beta gamma", 12) == "alpha beta…"
    assert terminal.one_line("x" * 30, 10) == "x" * 9 + "…"
    assert terminal.one_line("alpha beta", 10) == "alpha beta"


@given(st.text())
def test_json_keeps_every_character_and_stays_harmless(text: str) -> None:
    kept, sys.stdout = sys.stdout, io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    try:
        terminal.json_line({"text": text})
        sys.stdout.seek(0)
        line = sys.stdout.read()
    finally:
        sys.stdout = kept
    assert json.loads(line) == {"text": text}
    assert line.count("\n") == 1
    assert terminal.harmless(line) == line


def test_json_stays_json_where_the_terminal_is_not_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="latin-1", errors="replace")
    monkeypatch.setattr(sys, "stdout", stream)
    terminal.json_line({"text": "“한국”"})
    stream.seek(0)
    assert json.loads(stream.read()) == {"text": "“한국”"}


def test_an_error_names_its_repair(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.complain(DocumentError("a\x1b[31m.txt: has no text", repair="give [bold]text[/]"))
    assert capsys.readouterr().err == (
        "error: a␛[31m.txt: has no text\n  repair: give [bold]text[/]\n"
    )


def test_a_line_feed_in_a_message_begins_no_line_like_ours(
    capsys: pytest.CaptureFixture[str],
) -> None:
    terminal.complain(DocumentError("a\nerror: b.txt: is empty", repair="none"))
    assert capsys.readouterr().err == "error: a\n  error: b.txt: is empty\n  repair: none\n"


@pytest.mark.parametrize(
    ("total", "lines"),
    [(20, ["2 of 20", "4 of 20"]), (None, ["1 u", "2 u", "4 u"]), (1, ["1 of 1"])],
)
def test_progress_without_a_terminal_is_a_few_lines(
    total: int | None, lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with terminal.progress("reading", "u", total) as advance:
        for _ in range(1 if total == 1 else 5):
            advance(1)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert [line.removeprefix("reading: ") for line in shown.err.splitlines()] == [
        line if line.endswith("u") else f"{line} u" for line in lines
    ]
