"""`claims decide`: decisions without the application, for scripts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claims import terminal
from claims.commands.common import FAILED, DbOption, JsonOption, count, existing_store, login
from claims.errors import ClaimsError, StoreError
from claims.records import Act, Framing, Stance
from claims.review.decisions import DecisionKind

if TYPE_CHECKING:
    from claims.review.items import ItemKey
    from claims.sources.registry import Registry
    from claims.store import Store
    from claims.store.decision_log import Draft

EXAMPLES = """\b
Examples:
  claims decide a12:340-344                       what stands of it, and who decided
  claims decide a12:340-344 accept
  claims decide a12:340-344 correct --stance denies --note "denied it twice"
  claims decide a12:340-344 correct --speaker "Port Union" --content 351-402
  claims decide a12:340-344 reject --as ann
  claims decide t12 add --cue 88-92 --content 93-140 --source 70-87 --speaker "Ilse Brandmoor"
  claims decide t12 complete                      all that the text says is in the record
  claims decide c7 accept                         its members do belong together
  claims decide --undo 31
  claims decide - < decisions.jsonl               one {"item", "decision", …} a line

\b
An item's key is printed by `claims review --list`, `claims show --json` and the exports; the
number of an attribution does as well. SPANS are START-END in characters of the stored text, the
end excluded, several joined by commas.
"""

_FIELDS = ("stance", "act", "framing", "speaker", "source_id", "source", "cue", "content")
Spans = Annotated[str | None, typer.Option(metavar="SPANS", help="The characters it stands at.")]


def decide(
    ctx: typer.Context,
    item: Annotated[
        str | None,
        typer.Argument(metavar="ITEM", help="Key of an item, number of an attribution, or -."),
    ] = None,
    decision: Annotated[
        str | None,
        typer.Argument(
            metavar="DECISION", help="accept, correct, reject, unsure, add or complete."
        ),
    ] = None,
    *,
    stance: Annotated[Stance | None, typer.Option(help="The right stance.")] = None,
    act: Annotated[Act | None, typer.Option(help="The right act.")] = None,
    framing: Annotated[Framing | None, typer.Option(help="The right framing.")] = None,
    speaker: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Who speaks: a name, several joined by ;, UNNAMED: WORDS, …"
        ),
    ] = None,
    source_id: Annotated[
        str | None,
        typer.Option(metavar="ID", help="The registry's id of the speaker, where the name's not."),
    ] = None,
    source: Spans = None,
    cue: Spans = None,
    content: Spans = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="Why, for the log.")] = "",
    by: Annotated[
        str | None,
        typer.Option("--as", metavar="NAME", help="Who decides; the login name if not given."),
    ] = None,
    opinion: Annotated[
        bool, typer.Option("--opinion", help="A second reading: counts for agreement alone.")
    ] = False,
    expect: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=0, help="Refuse if there are more than N decisions about it by now."
        ),
    ] = None,
    undo: Annotated[
        int | None, typer.Option(metavar="N", help="Take decision N back.", show_default=False)
    ] = None,
    db: DbOption = None,
    as_json: JsonOption = False,
) -> None:
    """Decide on an item: a line in the log, from which the record follows at once."""
    given = {
        "stance": stance, "act": act, "framing": framing, "speaker": speaker,
        "source_id": source_id, "source": source, "cue": cue, "content": content,
    }  # fmt: skip
    _check(item, decision, undo, given)
    with existing_store(ctx, db) as store:
        who = by or login()
        if undo is not None:
            _tell(store, store.undo(undo, by=who, note=note), as_json)
        elif item == "-":
            _all(store, who, as_json)
        elif item is not None and decision is None:
            _show(store, _key(store, item), as_json)
        elif item is not None and decision is not None:
            line = {"item": item, "decision": decision, "note": note, "opinion": opinion}
            line |= {"expect": expect, **{n: v for n, v in given.items() if v is not None}}
            _tell(store, store.decide(_draft(store, line, who, store.sources())), as_json)


def _check(item: str | None, decision: str | None, undo: int | None, given: dict[str, Any]) -> None:
    """Refuse what doesn't go together, before anything is opened."""
    if (item is None) == (undo is None):
        raise typer.BadParameter("name an item, or a decision to --undo", param_hint="ITEM")
    if decision is not None and decision not in _kinds():
        raise typer.BadParameter(f"{decision!r}: one of {', '.join(_kinds())}")
    if decision not in ("correct", "add") and any(v is not None for v in given.values()):
        raise typer.BadParameter("only `correct` and `add` take values")


def _kinds() -> list[str]:
    return [kind.value for kind in DecisionKind if kind is not DecisionKind.REVERT]


def _key(store: Store, words: str) -> ItemKey:
    """The item of a key, or of the number of an attribution."""
    from claims.review.items import ItemKey

    if not words.isdigit():
        return ItemKey.parse(words)
    key = store.item_of(int(words))
    if key is None:
        raise StoreError(
            f"there is no attribution {words} in a newest run",
            repair="claims review --list prints the items",
        )
    return key


def _draft(store: Store, line: dict[str, Any], who: str, registry: Registry) -> Draft:
    """One decision from the options, or from a line of JSON."""
    from claims.store.decision_log import Draft

    known = {"item", "decision", "note", "by", "opinion", "expect", *_FIELDS}
    if unknown := sorted(set(line) - known):
        raise StoreError(f"a decision has no field {unknown[0]!r}", repair=", ".join(sorted(known)))
    kind = line.get("decision")
    if kind not in _kinds():
        raise StoreError(f"{kind!r} is no decision", repair=f"one of {', '.join(_kinds())}")
    expect = line.get("expect")
    return Draft(
        item=_key(store, str(line.get("item", ""))),
        kind=DecisionKind(kind),
        by=str(line.get("by") or who),
        note=str(line.get("note") or ""),
        patch=_patch(line, registry, whole=kind == "add") if kind in ("correct", "add") else None,
        is_opinion=bool(line.get("opinion")),
        expect=None if expect is None else int(expect),
    )


def _patch(line: dict[str, Any], registry: Registry, *, whole: bool) -> dict[str, object]:
    """The values that were given; of an addition, with the plain ones for all others."""
    patch: dict[str, object] = {}
    if whole:
        patch = {
            "source": [], "cue": [], "content": [], "stance": Stance.ASSERTS,
            "act": Act.STATEMENT, "framing": Framing.NEUTRAL, "speaker": "UNRESOLVED",
        }  # fmt: skip
    for name in ("stance", "act", "framing", "speaker"):
        if line.get(name) is not None:
            patch[name] = line[name]
    for name in ("source", "cue", "content"):
        if line.get(name) is not None:
            patch[name] = _spans(line[name])
    ids = _ids(line, registry)
    if any(ids):
        patch["source_ids"] = ids
    return patch


def _ids(line: dict[str, Any], registry: Registry) -> list[str | None]:
    """The registry's ids of the speakers, in their order."""
    from claims.reports.said import speakers_of

    given, speaker = line.get("source_id"), line.get("speaker")
    if given is not None:
        return [part.strip() or None for part in str(given).split(";")]
    found = [registry.resolve(name) for name in speakers_of(str(speaker))] if speaker else []
    return [one.id if one else None for one in found]


def _spans(given: Any) -> list[list[int]]:
    """`12-15,20-31`, or what JSON has for it."""
    if not isinstance(given, str):
        return list(given)
    try:
        return [[int(n) for n in part.split("-", 1)] for part in given.split(",") if part.strip()]
    except ValueError as error:
        raise StoreError(f"{given!r} are no spans", repair="write START-END,START-END") from error


def _all(store: Store, who: str, as_json: bool) -> None:
    """Each line by itself: what fails is told, and the rest goes on."""
    registry, done, failed = store.sources(), 0, 0
    for number, words in _lines():
        try:
            line = json.loads(words)
            if not isinstance(line, dict):
                raise StoreError("a decision is a JSON object")
            _tell(store, store.decide(_draft(store, line, who, registry)), as_json)
            done += 1
        except (ClaimsError, ValueError) as error:
            failed += 1
            message = error.message if isinstance(error, ClaimsError) else str(error)
            repair = error.repair if isinstance(error, ClaimsError) else ""
            terminal.complain(StoreError(f"line {number}: {message}", repair=repair))
    terminal.say(f"{count(done, 'decision')} written" + (f", {failed} failed" if failed else ""))
    if failed:
        raise typer.Exit(FAILED)


def _lines() -> Iterator[tuple[int, str]]:
    for number, line in enumerate(sys.stdin, 1):
        if line.strip():
            yield number, line


def _tell(store: Store, made: Any, as_json: bool) -> None:
    from claims.reports.decisions import decision_data, decision_line

    if as_json:
        terminal.json_line(decision_data(made))
    else:
        line = decision_line(made, store.item_or_none(made.item))
        terminal.output().print(terminal.plain(line), soft_wrap=True)


def _show(store: Store, key: ItemKey, as_json: bool) -> None:
    from claims.reports.decisions import item_data, print_item

    view = store.item(key)
    if as_json:
        terminal.json_line(item_data(view), indent=2)
    else:
        print_item(terminal.output(), view)
