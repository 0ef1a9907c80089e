"""`claims group`: articles with their attributions to claims, without a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from claims import terminal
from claims.commands.common import FAILED, ModelOption, model_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from claims.matching.files import Given
    from claims.records import Attribution

EXAMPLES = """\b
Examples:
  claims extract articles/ | claims group - > claims.jsonl
  claims group found.jsonl | jq -r 'select(.relation == "opposes") | .wording'
"""


def group(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="JSON lines as claims extract prints them, or - for standard input.",
            show_default=False,
        ),
    ],
    model: ModelOption = None,
) -> None:
    """Print which attributions, and which sentences of the outlets, are the same claim.

    Each line of FILE is an article: `id`, `text` and `attributions`, each at least with its spans
    (`source`, `cue`, `content`); `stance` and `speaker` are filled in where they are missing.
    `date` or `published` gives the day, `sentences` those that the outlet itself asserts. Printed
    is a line for each: the article, the attribution's index or the sentence's range, the number of
    its claim, and whether it is the `same`, `opposes` or `updates` it.
    """
    from claims.errors import CorpusError
    from claims.matching import matcher
    from claims.matching.files import group_articles, lines
    from claims.matching.given import read_given

    articles: list[Given] = []
    failed = False
    for item in read_given(file):
        if isinstance(item, CorpusError):
            terminal.complain(item)
            failed = True
        else:
            articles.append(item)
    complete = _completer(model_name(ctx, model), articles)
    with terminal.progress("reading", "articles", len(articles)) as advance:
        found = group_articles(articles, matcher.load(), complete, progress=advance)
    for line in lines(articles, *found):
        terminal.json_line(line)
    if failed:
        raise typer.Exit(FAILED)


def _completer(model: str, articles: Sequence[Given]) -> Callable[[Given], Sequence[Attribution]]:
    """What fills in stance and speaker; the extractor is loaded only if a stance is missing."""
    from claims.extraction import load
    from claims.matching.given import Completer, lacks_stance

    return Completer(load(model) if any(map(lacks_stance, articles)) else None)
