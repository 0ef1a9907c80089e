"""CSV: what stands in the store stands in the file, and no spreadsheet runs it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import ExportError
from claims.exports.attribution_table import COLUMNS, Said, attribution_table
from claims.exports.claim_table import COLUMNS as CLAIM_COLUMNS
from claims.exports.csv import guarded, write_csv
from claims.exports.source_table import COLUMNS as SOURCE_COLUMNS
from claims.exports.writing import Content, Format, TableName, write
from claims.records import Act, Carrier, Framing, ModelInfo, Naming, Span, Speaker, Stance
from claims.store.rows import AttributionRow, Quote

ROW = AttributionRow(
    id=11,
    article_id=7,
    version=2,
    run_id=3,
    ordinal=0,
    article_name="quay.txt",
    url="https://post.example/quay?a=1,2",
    title='The "quay", opened',
    outlet="Harbour Post",
    wire=None,
    published="2024-09-21T00:45:00+09:00",
    published_on=date(2024, 9, 21),
    source=(Quote(0, 14, "Ilse Brandmoor"),),
    cue=(Quote(15, 19, "said"),),
    content=(Quote(20, 31, "the quay is"), Quote(40, 51, "“open”,\nat 5")),
    speaker="Ilse Brandmoor",
    speakers=(Speaker("Ilse Brandmoor", kind="person", confidence=0.5, evidence=Span(0, 14)),),
    carriers=(Carrier("Tideway Gazette", "cited"),),
    stance=Stance.HEDGES,
    act=Act.PREDICTION,
    framing=Framing.DISTANCES,
    confidence=0.1 + 0.2,
    parent=None,
    model=ModelInfo("small", "a" * 64),
    run_at=datetime(2024, 10, 1, 12, 30, tzinfo=UTC),
    naming=Naming("c" * 12),
)


def written(*rows: AttributionRow, excel_safe: bool = False) -> str:
    out = io.StringIO(newline="")
    assert write_csv(attribution_table(rows), out, excel_safe=excel_safe) == len(rows)
    return out.getvalue()


def export_csv(
    path: str | Path, rows: Iterable[AttributionRow], *, excel_safe: bool = False
) -> int:
    name = TableName.ATTRIBUTIONS
    table = replace(attribution_table([]), rows=map(Said, rows))
    return write(str(path), Format.CSV, name, Content({name: table}), excel_safe=excel_safe)


def test_a_row_as_it_stands_in_the_file() -> None:
    header, line = written(ROW).split("\r\n", 1)
    assert header == (
        "attribution_id,article_id,article_version,article_name,url,title,outlet,wire,published,"
        "ordinal,parent,speaker,stance,act,framing,confidence,source,cue,content,source_offsets,"
        "cue_offsets,content_offsets,speakers,carriers,chain,origin,model,model_version,"
        "speaker_model_version,registry_version,run_id,run_at,"
        "published_on,cites,claim_id,relation,side,status,reviewer,decision,item,doubtful"
    )
    assert line == (
        '11,7,2,quay.txt,"https://post.example/quay?a=1,2","The ""quay"", opened",Harbour Post,,'
        "2024-09-21T00:45:00+09:00,0,,Ilse Brandmoor,hedges,prediction,distances,"
        "0.30000000000000004,Ilse Brandmoor,said,"
        '"the quay is … “open”,\nat 5",0-14,15-19,20-31; 40-51,'
        '"[{""name"": ""Ilse Brandmoor"", ""source_id"": null, ""canonical"": null,'
        ' ""kind"": ""person"", ""confidence"": 0.5, ""evidence"": [0, 14],'
        ' ""why"": null}]",'
        '"[{""name"": ""Tideway Gazette"", ""role"": ""cited"", ""evidence"": null}]",'
        "Ilse Brandmoor → Tideway Gazette,Ilse Brandmoor,"
        f"small,{'a' * 64},{'c' * 12},,3,2024-10-01T12:30:00+00:00,2024-09-21,,,,,machine,,,,yes"
        "\r\n"
    )


def test_every_column_says_what_it_holds() -> None:
    for columns in (COLUMNS, CLAIM_COLUMNS, SOURCE_COLUMNS):
        names = [column.name for column in columns]
        assert len(set(names)) == len(names)
        assert all(column.meaning for column in columns)


def test_the_readme_names_every_column() -> None:
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    for columns in (COLUMNS, CLAIM_COLUMNS, SOURCE_COLUMNS):
        listed = ", ".join(f"`{column.name}`" for column in columns)
        assert listed in readme


text = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"))
risky = st.text(st.sampled_from("=+-@\t\r\n;,\"' a1＝"), min_size=1, max_size=8)


@given(text, risky)
def test_text_comes_back_verbatim(title: str, words: str) -> None:
    row = replace(ROW, title=title, speaker=words, content=(Quote(3, 3 + len(words), words),))
    (back,) = csv.DictReader(io.StringIO(written(row), newline=""))
    assert (back["title"], back["speaker"], back["content"]) == (title, words, words)
    assert float(back["confidence"]) == ROW.confidence
    assert json.loads(back["speakers"])[0]["evidence"] == [0, 14]


@given(risky | text)
def test_no_cell_is_a_formula_whatever_splits_cells(words: str) -> None:
    row = replace(ROW, title=words, speaker=words, content=(Quote(3, 3 + len(words), words),))
    safe = written(row, excel_safe=True)
    assert safe.startswith("\ufeff")
    body = safe.removeprefix("\ufeff")
    readings = [csv.reader(io.StringIO(body, newline=""))]
    # A program that takes another delimiter, or any line end, for the end of a cell.
    readings += [csv.reader(re.split(r"[\r\n]+", body), delimiter=mark) for mark in ",;\t"]
    for reading in readings:
        for cells in reading:
            for cell in cells:
                assert cell.lstrip('"')[:1] not in tuple("=+-@＝＋－＠"), cell
    for cells in csv.reader(io.StringIO(body, newline="")):
        for cell in cells:
            assert cell[:1] not in tuple("\t\r\n")


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ('=HYPERLINK("http://x.example")', '\'=HYPERLINK("http://x.example")'),
        ("-1 degrees", "'-1 degrees"),
        ("+82 2", "'+82 2"),
        ("@here", "'@here"),
        ("\tx", "'\tx"),
        ("\r=x", "'\r'=x"),
        ("a;=b", "a;'=b"),
        ("a\n-b", "a\n'-b"),
        ('"=x"', '\'"=x"'),
        ("a = b - c", "a = b - c"),
        ("plain; - text", "plain; - text"),
        ("", ""),
        (3, 3),
        (-0.5, -0.5),
        (None, None),
    ],
)
def test_guarding(cell: str | float | None, safe: str | float | None) -> None:
    assert guarded(cell) == safe


def test_a_file_is_written_in_utf_8_with_a_mark_only_for_excel(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    assert export_csv(path, [ROW, ROW]) == 2
    assert path.read_bytes().startswith(b"attribution_id,")
    assert "“open”".encode() in path.read_bytes()
    export_csv(path, [ROW], excel_safe=True)
    assert path.read_bytes().startswith(b'\xef\xbb\xbf"attribution_id",')
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["speaker"] == "Ilse Brandmoor"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_export_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text("before")

    def rows() -> Iterator[AttributionRow]:
        yield ROW
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        export_csv(path, rows())
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_rights_and_links_are_kept(tmp_path: Path) -> None:
    path, link = tmp_path / "real.csv", tmp_path / "link.csv"
    path.touch()
    path.chmod(0o640)
    link.symlink_to(path)
    export_csv(link, [ROW])
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert path.read_text().startswith("attribution_id")
    export_csv(tmp_path / "new.csv", [])
    assert (tmp_path / "new.csv").stat().st_mode & 0o777 == 0o644


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_or_device_is_written_into_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert export_csv(pipe, [ROW]) == 1
        assert os.read(reader, 1 << 16).startswith(b"attribution_id,")
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


@pytest.mark.parametrize("name", ["", "no/such/claims.csv"])
def test_a_place_that_takes_no_file_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError) as caught:
        export_csv(tmp_path / name, [ROW])
    assert str(tmp_path) in caught.value.message
    assert caught.value.repair


def test_a_dash_is_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert export_csv("-", [ROW]) == 1
    out = capfdbinary.readouterr().out
    assert out.startswith(b"attribution_id,article_id")
    assert b"\r\r" not in out
    assert out.endswith(b"+00:00,2024-09-21,,,,,machine,,,,yes\r\n")
    sys.stdout.write("still open")
    sys.stdout.flush()
    assert capfdbinary.readouterr().out == b"still open"
