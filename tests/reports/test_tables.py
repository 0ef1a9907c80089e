from __future__ import annotations

import io
from dataclasses import replace

from rich.console import Console

from claims.reports.said import Said
from claims.reports.tables import said_table
from tests.reports.test_said import ROW


def test_all_lines_of_a_nested_speaker_are_indented() -> None:
    row = replace(ROW, speaker="UNNAMED: the opposition of the north")
    console = Console(file=io.StringIO(), width=80)
    console.print(said_table([Said(row, False, via="Kane", depth=2)]))
    assert isinstance(console.file, io.StringIO)
    lines = console.file.getvalue().splitlines()
    assert len(lines) > 1
    assert all(line.startswith("    ") for line in lines)
    assert " ".join(line[:18].strip() for line in lines).strip() == (
        "unnamed: the opposition of the north"
    )
