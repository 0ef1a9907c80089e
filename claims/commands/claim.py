"""`claims claim`: single claims, and what editors decide about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from claims import terminal
from claims.commands.common import DbOption, JsonOption, count, existing_store, login

if TYPE_CHECKING:
    from claims.matching.deciding import ClaimDecision
    from claims.store import Store
    from claims.store.claim_rows import ClaimRow

EXAMPLES = """\b
Examples:
  claims claim show 12
  claims claim merge 12 31 --note "same meeting"
  claims claim split 12 207
  claims claim reword 12 "The port will stay closed until Friday."
  claims claim undo 4
"""

app = typer.Typer(
    help="Claims: show one, and decide what belongs together.\n\n" + EXAMPLES,
    no_args_is_help=True,
    rich_markup_mode=None,
)

ClaimArgument = Annotated[int, typer.Argument(metavar="CLAIM", help="Number of a claim.")]
ByOption = Annotated[
    str | None,
    typer.Option("--as", metavar="NAME", help="Who decides; the login name if not given."),
]
NoteOption = Annotated[str, typer.Option(metavar="TEXT", help="Why, for the log.")]


@app.command()
def show(
    ctx: typer.Context, claim: ClaimArgument, db: DbOption = None, as_json: JsonOption = False
) -> None:
    """Print one claim with its members: who says it, who stands against it, where."""
    from claims.reports.claim import claim_data, print_claim

    with existing_store(ctx, db) as store:
        row = _claim(store, claim)
        if as_json:
            terminal.json_line(claim_data(row), indent=2)
        else:
            print_claim(terminal.output(), row)


@app.command()
def merge(
    ctx: typer.Context,
    claim: ClaimArgument,
    other: Annotated[int, typer.Argument(metavar="OTHER", help="The claim that is the same.")],
    *,
    note: NoteOption = "",
    by: ByOption = None,
    db: DbOption = None,
) -> None:
    """Two claims are one, for ever: also when articles are read anew."""
    from claims.review import claim_changes

    with existing_store(ctx, db) as store:
        one, same = _claim(store, claim), _claim(store, other)
        made = claim_changes.merge(store, one, same, by=by or login(), note=note)
        _regrouped(store, made)


@app.command()
def split(
    ctx: typer.Context,
    claim: ClaimArgument,
    statement: Annotated[
        int, typer.Argument(metavar="STATEMENT", help="Number of the member that isn't of it.")
    ],
    *,
    note: NoteOption = "",
    by: ByOption = None,
    db: DbOption = None,
) -> None:
    """A member is no member, for ever. `claims claim show` numbers the members."""
    from claims.errors import StoreError
    from claims.review import claim_changes

    with existing_store(ctx, db) as store:
        row = _claim(store, claim)
        member = next((m for m in row.members if m.statement_id == statement), None)
        if member is None:
            raise StoreError(
                f"claim {claim} has no member {statement}",
                repair=f"claims claim show {claim} numbers them",
            )
        made = claim_changes.split(store, row, member, by=by or login(), note=note)
        _regrouped(store, made)


@app.command()
def reword(
    ctx: typer.Context,
    claim: ClaimArgument,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="How the claim is to be worded.")],
    *,
    note: NoteOption = "",
    by: ByOption = None,
    db: DbOption = None,
) -> None:
    """Word a claim otherwise than its clearest member does."""
    from claims.review import claim_changes

    with existing_store(ctx, db) as store:
        row = _claim(store, claim)
        made = claim_changes.reword(store, row, words, by=by or login(), note=note)
        _say(f"decision {made.id}: claim {claim} is worded so")


@app.command()
def undo(
    ctx: typer.Context,
    decision: Annotated[int, typer.Argument(metavar="DECISION", help="Its number in the log.")],
    *,
    note: NoteOption = "",
    by: ByOption = None,
    db: DbOption = None,
) -> None:
    """Take a decision back; undoing an undo puts it in force again."""
    from claims.matching.deciding import ClaimDecisionKind

    with existing_store(ctx, db) as store:
        made = store.decide_claim(
            ClaimDecisionKind.REVERT, reverts=decision, by=by or login(), note=note
        )
        _regrouped(store, made)


@app.command()
def log(ctx: typer.Context, db: DbOption = None, as_json: JsonOption = False) -> None:
    """Print all decisions about claims and findings, oldest first."""
    from claims.reports.claim import decision_data, print_decisions

    with existing_store(ctx, db) as store:
        decisions = store.claim_decisions()
        if as_json:
            terminal.json_line({"decisions": [decision_data(d) for d in decisions]}, indent=2)
        else:
            print_decisions(terminal.output(), decisions)


@app.command()
def regroup(ctx: typer.Context, db: DbOption = None) -> None:
    """Compare all that is stored anew, and group it. Decisions stay in force."""
    from claims import pipeline
    from claims.commands.model import open_matcher

    with existing_store(ctx, db) as store:
        matcher = open_matcher()
        waiting = len(store.unmatched(matcher.version))
        with terminal.progress("comparing", "articles", waiting) as advance:
            grouped = pipeline.match(
                store, matcher, again=True, progress=lambda _done, _all: advance(1)
            )
        _say(
            f"{count(grouped.statements, 'statement')} in {count(grouped.claims, 'claim')}, "
            f"{grouped.changed:,} of them new or changed"
        )


def _claim(store: Store, number: int) -> ClaimRow:
    from claims.errors import StoreError

    row = store.claim(number)
    if row is None:
        raise StoreError(f"there is no claim {number}", repair="claims report claims lists them")
    return row


def _regrouped(store: Store, made: ClaimDecision) -> None:
    from claims.commands.model import open_matcher

    matcher = open_matcher()
    grouped = store.regroup(matcher.compare, matcher.threshold, tilt=matcher.tilt)
    _say(f"decision {made.id}: {count(grouped.changed, 'claim')} changed")


def _say(line: str) -> None:
    terminal.output().print(terminal.plain(line), soft_wrap=True)
