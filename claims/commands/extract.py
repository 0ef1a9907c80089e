"""`claims extract`: articles to JSON lines, without a database."""

from __future__ import annotations

from typing import Annotated

import typer

from claims import terminal
from claims.commands.common import FAILED, ModelOption, PathsArgument, model_name

EXAMPLES = """\b
Examples:
  claims extract story.html
  claims extract articles.jsonl > found.jsonl
  claims extract story.txt --candidates | jq '.candidates[].confidence'
  cat story.txt | claims extract - | jq '.attributions[].speaker'
"""


def extract(
    ctx: typer.Context,
    paths: PathsArgument,
    *,
    model: ModelOption = None,
    candidates: Annotated[
        bool,
        typer.Option("--candidates", help="Also what the model found and isn't sure enough of."),
    ] = False,
) -> None:
    """Print what the model finds, one article a line, as JSON.

    Offsets are half-open, in characters of the `text` of the same line. For a .jsonl file that
    is exactly the text it gave; for other files the stored form (Unicode NFC, LF line ends).
    """
    from claims import pipeline
    from claims.commands.ingest import articles_in
    from claims.commands.model import open_extractor
    from claims.errors import DocumentError
    from claims.exports.lines import line_of

    extractor = open_extractor(model_name(ctx, model))
    failed = False
    with terminal.progress(
        "extracting", "articles", articles_in(paths), while_printing=True
    ) as advance:
        for item in pipeline.extract(paths, extractor):
            if isinstance(item, DocumentError):
                terminal.complain(item)
                failed = True
            else:
                terminal.json_line(line_of(*item, candidates=candidates))
            advance(1)
    if failed:
        raise typer.Exit(FAILED)
