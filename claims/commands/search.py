"""`claims search`: quotes and claims by their words."""

from __future__ import annotations

from typing import Annotated

import typer

from claims import terminal
from claims.commands.common import (
    ConfirmedOption,
    DbOption,
    FilterOption,
    JsonOption,
    OutletOption,
    SinceOption,
    SpeakerOption,
    StanceOption,
    count,
    existing_store,
    filter_of,
)
from claims.commands.filters import asked_for

EXAMPLES = """\b
Examples:
  claims search guards bridge
  claims search '"crossed the bridge"' -Monday --stance denies
  claims search weapons --speaker "Foreign Ministry" --since 2024-10-01 --json
"""
SETTINGS = {
    # "-Monday" is a word, and so is "-h".
    "ignore_unknown_options": True,
    "help_option_names": ["--help"],
}


def search(
    ctx: typer.Context,
    *,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS",
            help='Words that must all be there; "several in quotes" stand together; '
            "-word must not be there.",
            show_default=False,
        ),
    ],
    speaker: SpeakerOption = None,
    stance: StanceOption = None,
    since: SinceOption = None,
    outlet: OutletOption = None,
    confirmed_only: ConfirmedOption = False,
    limit: Annotated[
        int, typer.Option(min=1, metavar="N", help="At most so many claims, and so many quotes.")
    ] = 20,
    saved: FilterOption = None,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find claims and quotes that hold words, best first, each with a line ready to paste.

    Case, accents and English endings don't count. Claims are looked for by their wording, quotes
    by the words of the article. A claim passes --speaker and the like if one of its members does.
    """
    from claims import reports
    from claims.reports import hits
    from claims.reports.claim_facts import by_origin_and_copies, claims_as_known_now, facts_of
    from claims.store.terms import read_terms

    if typo := next((word for word in words if word.startswith("--")), None):
        raise typer.BadParameter(f"No such option: {typo}")
    terms = read_terms(words)
    if not any(term.wanted for term in terms):
        raise typer.BadParameter("name at least one word to look for")
    given = filter_of(
        speaker=speaker,
        stance=stance,
        since=since,
        outlet=outlet,
        confirmed_only=confirmed_only,
    )
    with existing_store(ctx, db) as store:
        registry = store.sources()
        wanted = asked_for(store, registry, saved, given)
        corroborate = by_origin_and_copies(registry, store.copies(), store.articles())
        found = store.search(terms, wanted, limit=limit)
    claims = facts_of(claims_as_known_now(found.claims, registry), corroborate)
    quotes = reports.as_known_now(found.quotes, registry)
    if as_json:
        data = {
            "all_claims": found.all_claims,
            "claims": [hits.claim_data(one) for one in claims],
            "all_quotes": found.all_quotes,
            "quotes": [hits.quote_data(row) for row in quotes],
        }
        terminal.json_line(data, indent=2)
        return
    console = terminal.output()
    for lines in (*(hits.claim_lines(one) for one in claims), map(hits.quote_line, quotes)):
        for line in lines:
            console.print(terminal.plain(line), soft_wrap=True)
    if not claims and not quotes:
        terminal.say("nothing holds these words")
        return
    total = f"{count(found.all_claims, 'claim')} and {count(found.all_quotes, 'quote')}"
    more = found.all_claims > len(claims) or found.all_quotes > len(quotes)
    terminal.say(f"{total} found" + (f"; the first {limit} of each are shown" if more else ""))
