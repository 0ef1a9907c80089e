"""`claims search`, and `claims export` of what was grouped: what they print and write."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from claims.store import open_store
from tests import making_claims
from tests.commands.conftest import Run


@pytest.fixture
def grouped(run: Run, folder: Path) -> Run:
    """As `run`, with grouped claims in the database."""
    with open_store("claims.db") as store:
        making_claims.fill(store)
    return run


def test_a_hit_is_a_line_to_paste(grouped: Run) -> None:
    result = grouped("search", "any", "guards")
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        "Velmora embassy (denies, “denied”): that any guards had crossed the Ivara bridge —"
        " Sarn Courier, “From the Sarn Courier”, 2024-09-22, https://courier.example/1"
        " (article 2, characters 38-82, unchecked)\n"
    )
    assert result.stderr == "0 claims and 1 quote found\n"


def test_a_claim_is_told_with_its_sides(grouped: Run) -> None:
    lines = grouped("search", "40", "guards").stdout.splitlines()
    assert lines[0] == (
        "claim 1: that 40 guards had crossed the Ivara bridge on Monday — 2 support it, 1 hedge,"
        " 1 oppose it; independent origins: 3; articles: 3 since 2024-09-21"
    )
    assert lines[1].startswith("  supports: Tideway Ministry (asserts, “said”): that 40 guards")
    assert "[Tideway Ministry → Tideway Wire → Harbour Post]" in lines[1]
    assert lines[2].startswith("  opposes: Velmora embassy (denies, “denied”)")
    assert lines[3].startswith("  supports: Lantern Weekly (states it itself): Forty guards")
    assert lines[4].startswith("  hedges: Lena Marsh (hedges, “said”)")


def test_json_has_offsets_of_the_words(grouped: Run) -> None:
    data = json.loads(grouped("search", "guards", "--json").stdout)
    assert (data["all_claims"], data["all_quotes"]) == (1, 3)
    with open_store("claims.db") as store:
        texts = store.texts()
    for one in (*data["quotes"], *data["claims"][0]["members"]):
        ((start, end),) = one["offsets"]
        assert texts[one["article"]][start:end] == one["words"]
        assert one["line"]
    assert {m["side"] for m in data["claims"][0]["members"]} == {"supports", "hedges", "opposes"}


def test_filters_and_words_that_must_not_be_there(grouped: Run) -> None:
    def found(*args: str) -> list[str]:
        data = json.loads(grouped("search", *args, "--json").stdout)
        return sorted(one["speaker"] for one in data["quotes"])

    assert found("guards", "--stance", "denies") == ["Velmora embassy"]
    assert found("guards", "--speaker", "marsh") == ["Lena Marsh"]
    assert found("guards", "--since", "2024-09-23") == ["Lena Marsh"]
    assert found("guards", "-night", "-any") == ["Tideway Ministry"]
    assert found("-night", '"had crossed"', "-h") == ["Tideway Ministry", "Velmora embassy"]
    assert len(found("guards", "--limit", "1")) == 1


def test_it_works_where_nothing_is_grouped(run: Run, folder: Path) -> None:
    with open_store("claims.db") as store:
        making_claims.save(store)
    result = run("search", "40", "guards")
    assert result.stdout.startswith("Tideway Ministry (asserts, “said”): that 40 guards had")
    assert result.stderr == "0 claims and 1 quote found\n"


def test_nothing_found_is_said(grouped: Run) -> None:
    result = grouped("search", "zeppelin")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "nothing holds these words\n"


@pytest.mark.parametrize("args", [("***",), ("-guards",), ("guards", "--stanse", "denies")])
def test_wrong_use(grouped: Run, args: tuple[str, ...]) -> None:
    assert grouped("search", *args).exit_code == 2


def test_a_terminal_obeys_no_hit(grouped: Run) -> None:
    shown = grouped("search", "price", "bread").stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "the price␛[2J of <U+202E>bread" in shown
    raw = grouped("search", "bread", "--json").stdout
    assert "\x1b" not in raw
    assert "\u202e" not in raw
    assert json.loads(raw)["quotes"][0]["words"].endswith("price\x1b[2J of \u202ebread.")


def test_no_database(run: Run) -> None:
    result = run("search", "guards")
    assert result.exit_code == 1
    assert "there is no database claims.db yet" in result.stderr


def test_export_by_suffix_and_table(grouped: Run, folder: Path) -> None:
    assert grouped("export", "a.xlsx").stderr == "5 rows written to a.xlsx\n"
    assert openpyxl.load_workbook("a.xlsx").active.title == "attributions"
    assert grouped("export", "a.parquet", "--table", "claims").exit_code == 0
    assert pq.read_table("a.parquet").num_rows == 3
    assert grouped("export", "a.jsonld", "--table", "claims").stderr == (
        "6 quotations written to a.jsonld\n"
    )
    assert grouped("export", "a.jsonld", "--table", "sources").stderr == (
        "10 rows written to a.jsonld\n"
    )
    graph = json.loads(Path("a.jsonld").read_text(encoding="utf-8"))["@graph"]
    assert {node["name"] for node in graph} >= {"Odo Pell", "Tideway Wire"}


def test_export_filters(grouped: Run) -> None:
    def rows(*args: str) -> list[dict[str, str]]:
        out = grouped("export", "-", *args)
        assert out.exit_code == 0, out.stderr
        return list(csv.DictReader(io.StringIO(out.stdout)))

    assert [r["speaker"] for r in rows("--stance", "denies")] == ["Velmora embassy"]
    assert [r["speaker"] for r in rows("--article", "3")] == ["Lena Marsh"]
    assert [r["speaker"] for r in rows("--min-confidence", "0.9")] == ["Tideway Ministry"]
    claims = rows("--table", "claims", "--outlet", "Lantern")
    assert [(r["members"], r["opposed_by"]) for r in claims] == [("4", "Velmora embassy")]
    names = {r["name"] for r in rows("--table", "sources", "--speaker", "marsh")}
    assert names == {"Lena Marsh", "Lantern Weekly"}


def test_what_only_an_outlet_states_passes_a_filter_by_article(run: Run, folder: Path) -> None:
    made, found = making_claims.articles()[2]
    with open_store("claims.db") as store:
        making_claims.save(store, [(made, found)])
        making_claims.group(store, ())
    data = run("export", "-", "--format", "jsonl", "--table", "claims", "--article", "1").stdout
    assert len(data.splitlines()) == 2
    asserted = ("--stance", "asserts")
    data = run("export", "-", "--format", "jsonl", "--table", "claims", *asserted).stdout
    assert [json.loads(line)["speakers"] for line in data.splitlines()] == [["Lantern Weekly"]]


def test_json_lines_on_standard_output(grouped: Run) -> None:
    result = grouped("export", "-", "--format", "jsonl", "--table", "claims")
    assert [json.loads(line)["members"] for line in result.stdout.splitlines()] == [4, 1, 1]
    assert "\x1b" not in result.stdout


def test_exports_that_cannot_be(grouped: Run) -> None:
    assert "no text for standard output" in grouped("export", "-", "--format", "xlsx").stderr
    assert "no form of file is called .doc" in grouped("export", "a.doc").stderr
    assert grouped("export", "a.doc", "--format", "csv").exit_code == 0


def test_columns_are_documented(run: Run) -> None:
    shown = run("export", "--columns").stdout
    for name in ("attribution_id", "opposed_by", "claims_supported"):
        assert f"  {name}" in shown
