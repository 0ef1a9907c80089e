"""`claims export`: attributions, claims or sources as a file."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from claims import terminal
from claims.commands.common import (
    ConfirmedOption,
    DbOption,
    FilterOption,
    OutletOption,
    SinceOption,
    SpeakerOption,
    StanceOption,
    count,
    existing_store,
    filter_of,
    publisher,
)
from claims.commands.filters import asked_for

if TYPE_CHECKING:
    from claims.exports.writing import Content
    from claims.sources.registry import Registry
    from claims.store import Store
    from claims.store.rows import Filter


class Table(StrEnum):
    """What can be exported."""

    ATTRIBUTIONS = "attributions"
    CLAIMS = "claims"
    SOURCES = "sources"


class Form(StrEnum):
    """The forms of a file."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    JSONL = "jsonl"
    JSONLD = "jsonld"


EXAMPLES = """\b
Examples:
  claims export claims.xlsx
  claims export claims.csv --table claims --excel-safe
  claims export denials.parquet --stance denies --since 2024-10-01
  claims export claims.jsonld --table claims
  claims export - --format jsonl | jq .content
"""


def _print_columns(wanted: bool) -> None:
    if not wanted:
        return
    from claims.exports import attribution_table, claim_table, columns, source_table

    for table in (attribution_table, claim_table, source_table):
        documented = table.COLUMNS
        typer.echo(f"{table.__name__.rpartition('.')[2].removesuffix('_table')}s")
        typer.echo(columns.documentation(documented))
    raise typer.Exit


def export(
    ctx: typer.Context,
    *,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="File to write (.csv .xlsx .parquet .jsonl .jsonld), or - for standard output.",
        ),
    ],
    table: Annotated[
        Table, typer.Option(help="What to write; .xlsx has all three, a sheet each.")
    ] = Table.ATTRIBUTIONS,
    form: Annotated[
        Form | None,
        typer.Option("--format", help="Form of the file where its suffix doesn't tell."),
    ] = None,
    speaker: SpeakerOption = None,
    stance: StanceOption = None,
    since: SinceOption = None,
    outlet: OutletOption = None,
    article: Annotated[
        int | None, typer.Option(metavar="ID", help="Only this article, by its number.")
    ] = None,
    min_confidence: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Only attributions of this or more.")
    ] = None,
    confirmed_only: ConfirmedOption = False,
    excel_safe: Annotated[
        bool,
        typer.Option(
            "--excel-safe",
            help="In .csv, put an apostrophe before text that a spreadsheet would run as a "
            "formula. .xlsx needs none.",
        ),
    ] = False,
    columns: Annotated[
        bool,
        typer.Option(
            "--columns",
            callback=_print_columns,
            is_eager=True,
            help="Print all tables' columns with their meanings, and exit.",
        ),
    ] = False,
    saved: FilterOption = None,
    db: DbOption = None,
) -> None:
    """Write attributions, claims or sources to a file whose suffix tells the form.

    Text is verbatim. A spreadsheet may run text of a .csv file that looks like a formula;
    --excel-safe prevents that, and changes such texts; .xlsx never runs any. .jsonld has claims
    and quotations in the terms of schema.org, Web Annotation and PROV. Claims pass a filter with
    all their members if one member passes.
    """
    from claims.exports.writing import Format, TableName, format_of, write

    format = Format(form.value) if form else format_of(file)
    wanted = filter_of(
        speaker=speaker,
        stance=stance,
        since=since,
        outlet=outlet,
        article=article,
        min_confidence=min_confidence,
        confirmed_only=confirmed_only,
    )
    with existing_store(ctx, db) as store:
        registry = store.sources()
        wanted = asked_for(store, registry, saved, wanted)
        content = _content(store, registry, wanted, with_texts=format is Format.JSONLD)
    written = write(file, format, TableName(table.value), content, excel_safe=excel_safe)
    if file == "-":
        return
    note = ""
    if format is Format.CSV:
        note = (
            " (guarded against formulas: an apostrophe stands before such text)"
            if excel_safe
            else " (text is verbatim; for a spreadsheet use --excel-safe)"
        )
    is_graph = format is Format.JSONLD and table is not Table.SOURCES
    noun = "quotation" if is_graph else "row"
    terminal.say(f"{count(written, noun)} written to {file}{note}")


def _content(store: Store, registry: Registry, wanted: Filter, *, with_texts: bool) -> Content:
    from claims import reports
    from claims.exports import attribution_table, claim_table, source_table
    from claims.exports.writing import Content, TableName
    from claims.reports.claim_facts import by_origin_and_copies, claims_as_known_now, facts_of

    articles = store.articles()
    rows = reports.as_known_now(store.attributions(wanted), registry)
    claims = claims_as_known_now(store.claims(wanted), registry)
    corroborate = by_origin_and_copies(registry, store.copies(), articles)
    facts = facts_of(claims, corroborate)
    return Content(
        {
            TableName.ATTRIBUTIONS: attribution_table.attribution_table(rows, claims),
            TableName.CLAIMS: claim_table.claim_table(facts),
            TableName.SOURCES: source_table.source_table(rows, registry, claims),
        },
        rows,
        tuple(facts),
        store.texts() if with_texts else None,
        {row.id: row for row in articles},
        publisher(),
    )
