"""`claims verdict`: what editors find of a claim, on a scale, with reasons and evidence."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from claims import terminal
from claims.commands.common import DbOption, JsonOption, existing_store, knobs, login, publisher

if TYPE_CHECKING:
    from claims.review.scales import Scale
    from claims.store import Store
    from claims.store.claim_rows import ClaimRow

EXAMPLES = """\b
Examples:
  claims verdict --scale
  claims verdict 12 --rating "mostly false" --because "The register has 38 names, not 400." \\
      --evidence https://register.example/2024 --evidence 3:120-188
  claims verdict 12
  claims verdict 12 --jsonld > review.json
  claims verdict --undo 4 --note "the register was corrected"
"""


def verdict(
    ctx: typer.Context,
    *,
    claim: Annotated[
        int | None,
        typer.Argument(metavar="CLAIM", help="Number of a claim; all verdicts if not given."),
    ] = None,
    rating: Annotated[
        str | None,
        typer.Option(metavar="RATING", help="Rate the claim: a word of the scale (--scale)."),
    ] = None,
    because: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The reasons for the rating.")
    ] = None,
    evidence: Annotated[
        list[str] | None,
        typer.Option(
            metavar="URL|ARTICLE:START-END",
            help="What the rating rests on: an address, or a place in an article, whose "
            "characters count from 0. Once or several times.",
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--as", metavar="NAME", help="Who decides; the login name if not given."),
    ] = None,
    undo: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="Take verdict N back; of what took one back: put that one in force again.",
        ),
    ] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="With --undo: why.")] = "",
    scale: Annotated[bool, typer.Option("--scale", help="Print the scale, and exit.")] = False,
    jsonld: Annotated[
        bool,
        typer.Option(
            "--jsonld", help="Print the verdict as schema.org ClaimReview, for a page's head."
        ),
    ] = False,
    url: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="With --jsonld: the page that carries it (else CLAIMS_REVIEW_URL)."
        ),
    ] = None,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give, show or take back verdicts: an editor's rating of a claim.

    A verdict needs a rating, reasons and evidence. Nothing is overwritten: the last one in force
    counts, and all before it stay in the log. It stays with its claim when articles are read or
    grouped anew. The scale is that of CLAIMS_RATING_SCALE: "five", "three", or a file.
    """
    _check_use(
        rates=rating is not None or because is not None or bool(evidence),
        is_whole=None not in (claim, rating, because) and bool(evidence),
        others=[undo is not None, scale, jsonld],
        has_claim=claim is not None,
        wants_claim=jsonld,
    )
    if scale:
        _print_scale(_scale(), as_json)
        return
    with existing_store(ctx, db) as store:
        if undo is not None:
            _undo(store, undo, by=by, note=note, claim=claim, as_json=as_json)
        elif claim is None:
            _print_all(store, as_json)
        elif rating is not None and because is not None:
            given = Given(rating, because, tuple(evidence or ()))
            _rate(store, claim, given, by=by, as_json=as_json)
        elif jsonld:
            _print_review(store, claim, url)
        else:
            _show(store, claim, as_json)


@dataclass(frozen=True, slots=True)
class Given:
    """A verdict as the options give it."""

    rating: str
    because: str
    evidence: tuple[str, ...]


def _check_use(
    *, rates: bool, is_whole: bool, others: list[bool], has_claim: bool, wants_claim: bool
) -> None:
    """Refuse options that don't go together, or of which one lacks."""
    if rates + sum(others) > 1:
        raise typer.BadParameter("--rating, --undo, --scale and --jsonld: choose one")
    if rates and not is_whole:
        raise typer.BadParameter("a verdict needs CLAIM, --rating, --because and --evidence")
    if wants_claim and not has_claim:
        raise typer.BadParameter("--jsonld needs CLAIM")


def _scale() -> Scale:
    from claims.review.scales import find_scale

    return find_scale(knobs().rating_scale)


def _print_scale(scale: Scale, as_json: bool) -> None:
    from claims.reports.verdicts import print_scale, scale_data

    if as_json:
        terminal.json_line(scale_data(scale), indent=2)
    else:
        print_scale(terminal.output(), scale)


def _rate(store: Store, claim: int, given: Given, *, by: str | None, as_json: bool) -> None:
    from claims.review.verdicts import parse_evidence

    scale = _scale()
    rating = scale.rating(given.rating)
    evidence = [parse_evidence(one) for one in given.evidence]
    before = _claim(store, claim).verdict
    made = store.add_verdict(
        claim, rating, scale, because=given.because, evidence=evidence, by=by or login()
    )
    line = f"verdict {made.id}: claim {claim} is rated {made.label}"
    if before is not None:
        line += f"; it takes the place of verdict {before.id} ({before.label}, {before.by})"
    _tell(store, made.id, line, as_json)


def _undo(
    store: Store, number: int, *, claim: int | None, by: str | None, note: str, as_json: bool
) -> None:
    from claims.errors import StoreError

    if claim is not None and not any(o.verdict.id == number for o in store.verdicts(claim)):
        raise StoreError(
            f"claim {claim} has no verdict {number}", repair=f"claims verdict {claim} lists them"
        )
    made = store.revert_verdict(number, by=by or login(), because=note)
    log = store.verdicts()
    about = next(one.claim_id for one in log if one.verdict.id == made.id)
    line = f"verdict {made.id} takes back {number}"
    if about is not None:
        now = [one.verdict for one in log if one.claim_id == about and one.governs]
        stands = f"verdict {now[0].id} is in force: {now[0].label}" if now else "none is in force"
        line += f"; of claim {about} {stands}"
    _tell(store, made.id, line, as_json)


def _tell(store: Store, number: int, line: str, as_json: bool) -> None:
    from claims.reports.verdicts import ruled_data

    if as_json:
        made = next(one for one in store.verdicts() if one.verdict.id == number)
        terminal.json_line(ruled_data(made), indent=2)
    else:
        terminal.output().print(terminal.plain(terminal.one_line(line)), soft_wrap=True)


def _print_all(store: Store, as_json: bool) -> None:
    from claims.reports.verdicts import print_log, ruled_data

    log = store.verdicts()
    if as_json:
        terminal.json_line({"verdicts": [ruled_data(one) for one in log]}, indent=2)
    else:
        print_log(terminal.output(), log, with_claims=True)


def _show(store: Store, claim: int, as_json: bool) -> None:
    from claims.reports.verdicts import claim_verdicts_data, print_claim_verdicts

    row, log = _claim(store, claim), store.verdicts(claim)
    if as_json:
        terminal.json_line(claim_verdicts_data(row, log), indent=2)
    else:
        print_claim_verdicts(terminal.output(), row, log)


def _print_review(store: Store, claim: int, url: str | None) -> None:
    from claims.errors import StoreError
    from claims.exports.claim_review import embedded, embedded_text
    from claims.reports.claim_facts import by_origin
    from claims.reports.weighing import weigh_claim

    row = _claim(store, claim)
    if row.verdict is None:
        raise StoreError(
            f"claim {claim} has no verdict", repair=f"claims verdict {claim} --rating … gives one"
        )
    by = publisher()
    if url is not None:
        by = replace(by, review_url=url).checked()
    articles = {one.id: one for one in store.articles()}
    registry = store.sources()
    weighed = weigh_claim(row, store.claim_links(), registry, by_origin(registry))
    node = embedded(weighed, row.verdict, by, articles)
    sys.stdout.write(embedded_text(node) + "\n")
    for lacking, name, repair in (
        (
            not by.review_url,
            "the address of the page that carries it",
            "--url or CLAIMS_REVIEW_URL",
        ),
        (not by.name, "the name of the newsroom", "CLAIMS_PUBLISHER"),
    ):
        if lacking:
            terminal.say(f"note: it lacks {name}, for which search engines ask: set {repair}")


def _claim(store: Store, number: int) -> ClaimRow:
    from claims.errors import StoreError

    row = store.claim(number)
    if row is None:
        raise StoreError(f"there is no claim {number}", repair="claims report claims lists them")
    return row
