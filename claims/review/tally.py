"""What a session came to: counts of decisions, what was corrected, and how long it took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from claims.matching.deciding import ClaimDecision
from claims.review.decisions import Decision, DecisionKind
from claims.review.supply import Place


@dataclass(frozen=True, slots=True)
class Made:
    """A decision of this session: at which item, after how many seconds of looking at it.

    `closes` tells that the item was open and isn't any more.
    """

    decision: Decision | ClaimDecision
    place: Place | None
    seconds: float
    closes: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a session is: decisions made, items left (None: not yet counted), and how many are
    decided in a minute (None: too early to tell)."""

    done: int
    left: int | None
    rate: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The end of a session; `seconds` is its whole length, `each` the median of a decision."""

    decided: dict[str, int]
    corrected: dict[str, int]
    claims: dict[str, int]
    second: int
    undone: int
    passed: int
    left: int | None
    seconds: float
    each: float | None

    @property
    def done(self) -> int:
        """How many decisions stand."""
        return sum(self.decided.values()) + sum(self.claims.values())


def summary(
    made: Iterable[Made], *, undone: int, passed: int, left: int | None, seconds: float
) -> Summary:
    """Count what was decided. What was undone isn't among `made`."""
    done = list(made)
    decisions = [one.decision for one in done if isinstance(one.decision, Decision)]
    about_claims = [one.decision for one in done if isinstance(one.decision, ClaimDecision)]
    fields = Counter(
        name
        for decision in decisions
        if decision.kind is DecisionKind.CORRECT
        for name in decision.patch or ()
        if name != "source_ids"
    )
    return Summary(
        decided=_most(decision.kind.value for decision in decisions),
        corrected=dict(fields.most_common()),
        claims=_most(decision.kind.value for decision in about_claims),
        second=sum(decision.is_opinion for decision in decisions),
        undone=undone,
        passed=passed,
        left=left,
        seconds=seconds,
        each=median(one.seconds for one in done) if done else None,
    )


def _most(kinds: Iterable[str]) -> dict[str, int]:
    return dict(Counter(kinds).most_common())


def lines(summary: Summary) -> list[str]:
    """The summary in words, a line a subject; nothing in it comes from an article."""
    if not summary.done and not summary.undone:
        return [f"nothing was decided in {duration(summary.seconds)}{_left(summary)}"]
    told = [
        f"{counted(summary.done, 'decision')} in {duration(summary.seconds)}"
        + (f", one in {summary.each:.0f} s (median)" if summary.each is not None else "")
        + _left(summary)
    ]
    told += [
        f"{head}: {', '.join(f'{name} {n:,}' for name, n in counts.items())}"
        for head, counts in (
            ("decided", summary.decided),
            ("corrected", summary.corrected),
            ("claims", summary.claims),
        )
        if counts
    ]
    rest: Sequence[tuple[int, str]] = (
        (summary.second, "read a second time"),
        (summary.undone, "undone"),
        (summary.passed, "passed over"),
    )
    if any(n for n, _ in rest):
        told.append(", ".join(f"{n:,} {what}" for n, what in rest if n))
    return told


def _left(summary: Summary) -> str:
    return "" if summary.left is None else f"; {summary.left:,} left in the queue"


def duration(seconds: float) -> str:
    """`45 s`, `12 min`, `2 h 5 min`."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def counted(number: int, noun: str) -> str:
    """`1 decision`, `2 decisions`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
