"""What stands of each item of a text: what the newest run found, and what editors decided.

A pure function of the two, so that the stored projection can be made again at any time. A
decision is about a place, not about a run: it carries over to what a newer model finds with an
overlapping cue and content. Where that is otherwise than both what the editor saw and what the
editor stands for, the decision stands and the item is queued.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from claims.records import Span, Speaker
from claims.review.decisions import Decision, DecisionKind, State, in_force, state_of
from claims.review.items import ItemKey, ItemKind, Status
from claims.review.values import Values

NEW, MISSED, DISAGREES, LOST, UNSURE, OPINION = (
    "new",
    "missed",
    "disagrees",
    "lost",
    "unsure",
    "opinion",
)
"""Why an item is open; '' where it isn't."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the newest run of a text has at one place.

    One of the two ids is set: a candidate is what the model found under its threshold. `speakers`
    are those of an attribution, with how sure each is.
    """

    values: Values
    confidence: float
    run_id: int
    attribution_id: int | None = None
    candidate_id: int | None = None
    speakers: tuple[Speaker, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One item with its state. `reading` is what the newest run has there; None where nothing.

    `why` says why it is open: new, missed, disagrees, lost, unsure or opinion; '' if it isn't.
    """

    key: ItemKey
    reading: Reading | None
    state: State
    why: str

    @property
    def is_open(self) -> bool:
        """Whether it waits for an editor."""
        return bool(self.why)

    @property
    def kept(self) -> Values | None:
        """The values that an editor stands for; None where nobody does."""
        return self.state.values if self.state.status.is_checked else None

    @property
    def values(self) -> Values | None:
        """What is to be shown of it: what an editor stands for, else what the model read."""
        if self.kept is not None:
            return self.kept
        if self.reading is not None:
            return self.reading.values
        decision = self.state.decision
        return decision.values if decision else None


def project(
    text_id: int,
    found: Sequence[Reading],
    candidates: Sequence[Reading],
    log: Iterable[Decision],
    run_id: int | None,
) -> list[Item]:
    """The items of one text by their keys: attributions, then what was closed as complete.

    `found` are the attributions of the newest run, `run_id`, in the order of the text, `log` all
    decisions about items of this text, oldest first.
    """
    by_item: dict[ItemKey, list[Decision]] = defaultdict(list)
    for decision in log:
        by_item[decision.item].append(decision)
    decided = {key: log for key, log in by_item.items() if key.kind is ItemKind.ATTRIBUTION}
    placed = _placed(text_id, found, decided)
    items = [
        _item(key, placed.get(key), decided.get(key, ()), run_id, Status.MACHINE)
        for key in {*placed, *decided}
    ]
    closed = [
        Item(key, None, state, "")
        for key, about in by_item.items()
        if key.kind in (ItemKind.SENTENCE, ItemKind.TEXT)
        and (state := state_of(about)).status is Status.COMPLETE
    ]
    held = {item.key: item for item in items if item.reading or item.state.decision}
    for item in _missed(text_id, candidates, held, decided, closed):
        held[item.key] = item
    return [*sorted(held.values(), key=_order), *sorted(closed, key=_order)]


def _order(item: Item) -> tuple[int, int, int, int]:
    span = item.key.span or Span(0, 0)
    return (span.start, span.end, item.key.nth, item.key.owner)


def _placed(
    text_id: int, found: Sequence[Reading], decided: Mapping[ItemKey, Sequence[Decision]]
) -> dict[ItemKey, Reading]:
    """Each reading under its key: that of the decided item it is, or the one of its own place."""
    own: dict[ItemKey, Reading] = {}
    nth: Counter[Span] = Counter()
    for reading in found:
        hull = reading.values.hull
        nth[hull] += 1
        own[ItemKey(ItemKind.ATTRIBUTION, text_id, hull, nth[hull])] = reading
    placed = {key: reading for key, reading in own.items() if key in decided}
    free = {key: reading for key, reading in own.items() if key not in placed}
    pairs = [
        (overlap, key, other)
        for key, log in decided.items()
        if key not in placed
        for other, reading in free.items()
        if (overlap := _overlap(log, reading.values))
    ]
    # The greatest overlap first; keys make the order of equal ones the same each time.
    for _, key, other in sorted(pairs, key=lambda p: (-p[0], _sort(p[1]), _sort(p[2]))):
        if key not in placed and other in free:
            placed[key] = free.pop(other)
    return placed | free


def _sort(key: ItemKey) -> tuple[int, int, int]:
    span = key.span or Span(0, 0)
    return (span.start, span.end, key.nth)


def _overlap(log: Sequence[Decision], values: Values) -> int:
    """Characters that the contents of a decided item and of a reading share; 0 where their cues
    share none."""
    last = next((d.values for d in reversed(log) if d.values is not None), None)
    if last is None or not shared([last.hull], [values.hull]):
        return 0
    return shared(last.content, values.content)


def shared(one: Iterable[Span], other: Iterable[Span]) -> int:
    """How many characters two lists of spans have in common."""
    others = list(other)
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in others)


def _item(
    key: ItemKey,
    reading: Reading | None,
    log: Sequence[Decision],
    run_id: int | None,
    otherwise: Status,
) -> Item:
    state = state_of(log, otherwise)
    return Item(key, reading, state, _why(reading, state, log, run_id))


def _why(reading: Reading | None, state: State, log: Sequence[Decision], run_id: int | None) -> str:
    decision = state.decision
    if decision is None:
        if reading is None:
            return ""
        return NEW if reading.candidate_id is None else MISSED
    if state.status is Status.UNSURE:
        return UNSURE
    if any(_differs(one, decision) for one in in_force(log) if one.is_opinion):
        return OPINION
    if reading is None:
        # What no model found can't be lost by one.
        was_found = decision.attribution_id is not None and decision.run_id != run_id
        return LOST if was_found and state.status.is_checked else ""
    known = (decision.values, decision.seen)
    # What was decided on this run was decided with sight of its reading.
    is_known = decision.run_id == run_id or reading.candidate_id or reading.values in known
    return "" if is_known else DISAGREES


def _differs(opinion: Decision, decision: Decision) -> bool:
    """Whether a second reading, newer than the decision that governs, says something else."""
    if opinion.seq < decision.seq or opinion.by == decision.by:
        return False
    rejects = DecisionKind.REJECT
    if (opinion.kind is rejects) != (decision.kind is rejects):
        return True
    return opinion.kind is not rejects and opinion.values != decision.values


def _missed(
    text_id: int,
    candidates: Sequence[Reading],
    held: Mapping[ItemKey, Item],
    decided: Mapping[ItemKey, Sequence[Decision]],
    closed: Sequence[Item],
) -> Iterable[Item]:
    """Candidates whose cue no item has, or that were decided about; none in what is complete."""
    cues = [item.values.cue or (item.values.hull,) for item in held.values() if item.values]
    for reading in candidates:
        hull = reading.values.hull
        key = ItemKey(ItemKind.ATTRIBUTION, text_id, hull)
        if key in decided:
            # Of an addition that was taken back there may be nothing else.
            if key not in held or held[key].reading is None:
                yield _item(key, reading, decided[key], reading.run_id, Status.MISSED)
        elif not any(shared(cue, [hull]) for cue in cues) and not any(
            item.key.span is None or shared([item.key.span], [hull]) for item in closed
        ):
            yield _item(key, reading, (), reading.run_id, Status.MISSED)
