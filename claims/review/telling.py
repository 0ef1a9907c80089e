"""What the screen says of an item, as text without any markup: labels, reasons, claim, log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from claims.records import Span
from claims.reports import decisions
from claims.reports.positions import Position, is_turned, position_of
from claims.reports.said import spoken_name
from claims.reports.standing import known_name
from claims.reports.tables import article_heading
from claims.review.blind import SECOND
from claims.review.decisions import Decision, DecisionKind, in_force
from claims.review.items import ItemKind
from claims.review.tally import counted
from claims.review.values import FIELDS, Values
from claims.store.claim_rows import ClaimRow, MemberRow
from claims.store.queue_rows import ItemView
from claims.terminal import one_line, plain

WHY = decisions.WHY | {SECOND: "the first reading stays hidden", "": "decided"}
"""Why an item is on the screen."""
SIGNS = {
    Position.ASSERTS: ("+", "green"),
    Position.BY_DENIAL: ("+", "magenta"),
    Position.HEDGES: ("~", "yellow"),
    Position.OPPOSES: ("−", "red"),
    Position.UNCOMMITTED: ("?", "cyan"),
}
STANCES = {"denies": "red", "doubts": "red", "hedges": "yellow", "uncommitted": "cyan"}
_WORDS = 70


def heading(view: ItemView) -> Text:
    """The article, or the claim, in a line."""
    if view.article is not None:
        return article_heading(view.article.row)
    number = f"claim {view.claim.id}" if view.claim else str(view.key)
    return Text.assemble((number, "bold cyan"))


def labels(view: ItemView, values: Values, staged: Mapping[str, Any]) -> Text:
    """Speaker and chain, stance, act and framing, and what stands behind it. A `*` is staged."""
    told = Text.assemble(
        _label("speaker", staged), plain(_speakers(values), "bold"), plain(_chain(view))
    )
    told.append("\n").append_text(_label("stance", staged))
    told.append(values.stance.value, f"bold {STANCES.get(values.stance.value, 'green')}")
    for name in ("act", "framing"):
        mark = "*" if name in staged else ""
        told.append(f"   {name}{mark} ", "dim").append(getattr(values, name).value)
    told.append("\n").append_text(_label("status", {}))
    return told.append_text(status(view))


def status(view: ItemView) -> Text:
    """What stands behind it, how sure the model is, and why it is on the screen."""
    held = [one for one in in_force(view.decisions) if not one.is_opinion]
    by = f" by {one_line(held[-1].by)}" if held else ""
    told = Text.assemble((f"{view.status.value}{by}", "bold"))
    if view.confidence is not None:
        told.append(f", confidence {view.confidence:.2f}")
    return told.append(f"   {WHY.get(view.why, view.why)}", "bold yellow" if view.why else "dim")


def _label(name: str, staged: Mapping[str, Any]) -> Text:
    return Text(f"{name + ('*' if name in staged else ''):9}", "dim")


def _speakers(values: Values) -> str:
    named = [
        spoken_name(name) + (f" ({source_id})" if source_id else "")
        for name, source_id in values.named
    ]
    return one_line("; ".join(named))


def _chain(view: ItemView) -> str:
    """Through whom the words came, from the speaker outward."""
    if view.row is None:
        return ""
    cited = "".join(f" ← {spoken_name(one.name)}" for one in view.row.cites)
    chain = cited + "".join(f" → {spoken_name(one.name)}" for one in view.row.carriers)
    return f" {one_line(chain)}" if chain else ""


def differences(text: str, one: Values, other: Values | None, names: tuple[str, str]) -> list[Text]:
    """Both sides of a disagreement, field by field; `names` are whose they are."""
    if other is None:
        return [Text.assemble((f"{names[1]} ", "bold"), "rejects it")]
    told = []
    for name in FIELDS:
        sides = [_field(text, values, name) for values in (one, other)]
        if sides[0] != sides[1]:
            told.append(
                Text.assemble(
                    (f"{name:9}", "dim"), (f"{names[0]}: ", "dim"), plain(sides[0], "bold"),
                    (f"  {names[1]}: ", "dim"), plain(sides[1], "bold red"),
                )
            )  # fmt: skip
    return told


def _field(text: str, values: Values, name: str) -> str:
    value = getattr(values, name)
    if name in ("source", "cue", "content"):
        return words_of(text, value) or "none"
    return str(value)


def words_of(text: str, spans: Iterable[Span], limit: int = _WORDS) -> str:
    """The words of some spans in one line."""
    return one_line(" … ".join(text[start:end] for start, end in spans), limit)


def claim_heading(claim: ClaimRow) -> Text:
    """Number and wording of a claim, and how many stand where."""
    counts = ", ".join(f"{len(ms)} {p.label}" for p, ms in _by_position(claim).items() if ms)
    reworded = "; reworded" if claim.reworded else ""
    return Text.assemble(
        (f"claim {claim.id} ", "bold cyan"),
        plain(one_line(claim.wording), "bold"),
        (f"\n{counts}; in {counted(len(claim.articles), 'article')}{reworded}", "dim"),
    )


def members(view: ItemView, *, in_lines: bool) -> Table:
    """Who stands where to the claim; the item itself is marked. `in_lines`: a line each."""
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=3, min_width=3, no_wrap=True)
    table.add_column(ratio=1, no_wrap=in_lines, overflow="ellipsis" if in_lines else "fold")
    if view.claim is None:
        return table
    own = view.row.id if view.row else None
    for place, stand in _by_position(view.claim).items():
        sign, colour = SIGNS[place]
        for member in stand:
            is_own = member.attribution is not None and member.attribution.id == own
            words = plain(one_line(member.quote.exact, _WORDS if in_lines else None))
            mark = Text(f"{'►' if is_own else ' '} {sign}", f"bold {colour}")
            table.add_row(mark, member_head(member).append_text(words))
    return table


def member_head(member: MemberRow) -> Text:
    """Who says it, and in which article."""
    said = member.attribution
    name = known_name(said) if said else member.article.outlet or "the outlet itself"
    where = member.article.outlet or PurePath(member.article.name).name
    return Text.assemble(
        plain(one_line(spoken_name(name), 40), "bold"),
        plain(f" #{member.article.id} {one_line(where, 30)}: ", "dim"),
    )


def claim_text(claim: ClaimRow) -> str:
    """A claim as a passage: its wording, then what each member says, a paragraph each."""
    told = [f"“{one_line(claim.wording)}”"]
    for place, stand in _by_position(claim).items():
        for member in stand:
            day = f", {member.article.published_on}" if member.article.published_on else ""
            words = " ".join(member.quote.exact.split())
            head = member_head(member).plain.removesuffix(": ")
            told.append(f"{SIGNS[place][0]} {head}{day}: {words}")
    return "\n\n".join(told)


def _by_position(claim: ClaimRow) -> dict[Position, list[MemberRow]]:
    turned = is_turned(claim)
    found: dict[Position, list[MemberRow]] = {place: [] for place in SIGNS}
    for member in claim.members:
        found[position_of(member, turned)[0]].append(member)
    return found


def log_lines(view: ItemView) -> list[Text]:
    """The decisions about it, newest first."""
    return [decision_line(one) for one in reversed(view.decisions)]


def decision_line(decision: Decision) -> Text:
    """One decision: when, who, what, and the note."""
    what = decision.kind.value
    if decision.kind is DecisionKind.REVERT:
        what = f"takes back {decision.reverts}"
    elif decision.patch and decision.kind is DecisionKind.CORRECT:
        what += " " + patch_words(decision.patch)
    second = " (second reading)" if decision.is_opinion else ""
    line = Text.assemble(
        (f"{decision.id:>4} {decision.at:%Y-%m-%d %H:%M} ", "dim"),
        plain(one_line(decision.by), "bold"),
        plain(f" {one_line(what)}{second}"),
    )
    if decision.note:
        line.append_text(plain(f": {one_line(decision.note)}", "italic"))
    return line


def patch_words(patch: Mapping[str, Any]) -> str:
    """A correction in a few words."""
    told = [
        f"{name} {value}" if isinstance(value, str) else name
        for name, value in patch.items()
        if name != "source_ids"
    ]
    return ", ".join(told)


def sides(view: ItemView, other: tuple[str, Values | None] | None) -> list[Text]:
    """Both sides where somebody disagrees with what stands."""
    if other is None or view.values is None:
        return []
    first = next((d.by for d in reversed(view.decisions) if not d.is_opinion), "the record")
    text = view.article.text if view.article else ""
    told = differences(text, view.values, other[1], (one_line(first), one_line(other[0])))
    return [Text("Both readings (k takes the second):", "bold yellow"), *told]


def context(
    view: ItemView, other: tuple[str, Values | None] | None, *, in_lines: bool
) -> RenderableType:
    """All that helps to decide, in the order of use. `in_lines` keeps members to a line each."""
    parts: list[RenderableType] = [*sides(view, other)]
    if view.claim is not None:
        parts.append(claim_heading(view.claim))
        if view.key.kind is not ItemKind.CLAIM:
            parts.append(members(view, in_lines=in_lines))
    elif view.key.kind is not ItemKind.CLAIM:
        parts.append(Text("It falls under no claim.", "dim"))
    log = log_lines(view)
    if log:
        parts += [Text("Decisions", "bold"), *log]
    return Group(*parts)
