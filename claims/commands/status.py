"""`claims status`: what there is, and what waits."""

from __future__ import annotations

from datetime import datetime

import typer

from claims import terminal
from claims.commands.common import DbOption, JsonOption, existing_store, knobs

EXAMPLES = """\b
Examples:
  claims status
  claims status --json | jq .queue.open
  watch -n 30 claims status
"""


def status(ctx: typer.Context, db: DbOption = None, as_json: JsonOption = False) -> None:
    """Tell at a glance what there is and what waits.

    Articles, claims (how many are disputed, and how many of several articles rest on a single
    origin, as `claims report` marks them), what is open in the queue and why, who decided how
    much, feeds that fail, and the models that read the articles.
    """
    from claims.reports.status import glance, status_data, status_lines

    midnight = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    with existing_store(ctx, db) as store:
        seen = glance(store, store.sources(), tries=knobs().fetch_tries, today=midnight)
    if as_json:
        terminal.json_line(status_data(seen), indent=2)
        return
    for line in status_lines(seen):
        terminal.output().print(terminal.plain(line), soft_wrap=True)
