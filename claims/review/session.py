"""A reviewer's session: what is on the screen, what was before, and what is decided about it.

Free of any screen, so that all of it can be tested without one. Every decision is on disk before
the next item shows.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from claims.errors import StoreError
from claims.matching.deciding import ClaimDecision
from claims.records import Span
from claims.review import tally
from claims.review.decisions import Decision, DecisionKind
from claims.review.desk import Desk
from claims.review.intents import Clash, Intent
from claims.review.items import ItemKey, ItemKind
from claims.review.supply import Place
from claims.review.tally import Made, Standing, Summary
from claims.review.values import Values
from claims.review.walk import Walk
from claims.store.decision_log import DecidedMeanwhileError, Draft
from claims.store.queue_rows import ItemView, Wanted

RECOUNT = 25
"""After so many decisions the queue is counted anew; between, what is decided is taken off."""
RATED = 30.0
"""Seconds before which a rate would say nothing."""


class Session(Walk):
    """The state of the review application.

    `staged` are corrected fields that the next accept writes, `note` goes with the next decision,
    `clash` is to be answered by `keep` or `insist` first.
    """

    def __init__(
        self,
        desk: Desk,
        wanted: Wanted,
        *,
        overlap: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`overlap` is the share of items that are second readings, `clock` counts seconds."""
        super().__init__(desk, wanted, overlap=overlap, clock=clock)
        self.clash: Clash | None = None
        self._made: list[Made] = []
        self._undone = 0
        self._left: int | None = None
        self._started = clock()

    @property
    def values(self) -> Values | None:
        """What accepting it would stand for: what is shown, with the staged corrections."""
        values = self.view.values if self.view else None
        return values.patched(self.staged) if values and self.staged else values

    @property
    def made(self) -> tuple[Made, ...]:
        """The decisions of this session that stand, oldest first."""
        return tuple(self._made)

    def _forget(self) -> None:
        super()._forget()
        self.clash = None

    def _decided(self) -> set[Place]:
        """The places whose own item was decided in this session."""
        return {
            one.place
            for one in self._made
            if one.place
            and isinstance(one.decision, Decision)
            and one.decision.item == one.place.key
        }

    def _after_deciding(self) -> bool:
        done = self._decided()
        return self._forward(lambda place: place not in done)

    # Deciding

    def accept(self) -> None:
        """It is right as it is shown, with what is staged."""
        self._decide(DecisionKind.ACCEPT, self.values)

    def reject(self) -> None:
        """It is no attribution, or no claim."""
        self._decide(DecisionKind.REJECT, None)

    def unsure(self) -> None:
        """It can't be told; others are asked."""
        self._decide(DecisionKind.UNSURE, None)

    def correct(self, patch: Mapping[str, Any]) -> None:
        """It is right with these fields, and those that are staged."""
        shown = self.values
        if shown is None:
            raise StoreError("there is nothing to correct", repair="g changes claims")
        self._decide(DecisionKind.ACCEPT, shown.patched(dict(patch)))

    def stage(self, patch: Mapping[str, Any]) -> None:
        """Keep corrected fields for the next accept, which writes all of them as one."""
        shown = self.view.values if self.view else None
        if shown is None:
            raise StoreError("there is nothing to correct", repair="g changes claims")
        staged = self.staged | dict(patch)
        if "speaker" in patch and "source_ids" not in patch:
            staged.pop("source_ids", None)
        self.staged = shown.difference(shown.patched(staged))

    def take_other(self) -> None:
        """Stand for the other side of a disagreement: the newer model's, or the second reader's."""
        other = self.other
        if other is None:
            raise StoreError("nobody disagrees about this item", repair="a accepts it")
        kind = DecisionKind.REJECT if other[1] is None else DecisionKind.ACCEPT
        self._decide(kind, other[1])

    @property
    def other(self) -> tuple[str, Values | None] | None:
        """Who disagrees with what stands, and their values, None for a rejection."""
        view = self.view
        if view is None or self.is_second:
            return None
        if view.why == "opinion":
            opinion = next((d for d in reversed(view.decisions) if d.is_opinion), None)
            if opinion is not None:
                is_rejected = opinion.kind is DecisionKind.REJECT
                return opinion.by, None if is_rejected else opinion.values
        if view.why == "disagrees" and view.machine is not None:
            return "the newer model", view.machine
        return None

    def add(self, values: Values) -> Decision | None:
        """An attribution that the model missed, in the article on the screen; that stays."""
        text = self._text()
        draft = Draft(
            ItemKey(ItemKind.TEXT, text), DecisionKind.ADD, self.reviewer, self.note,
            patch=values.data,
        )  # fmt: skip
        return self._aside(draft)

    def complete(self, *, whole: bool) -> Decision | None:
        """All that the sentence, or the article, says is in the record."""
        text = self._text()
        if whole:
            key = ItemKey(ItemKind.TEXT, text)
        else:
            key = ItemKey(ItemKind.SENTENCE, text, self._sentence())
        return self._aside(Draft(key, DecisionKind.COMPLETE, self.reviewer, self.note))

    def confirm_claim(self) -> Decision | None:
        """The claim that the item falls under is one: its members belong together."""
        claim = self.view.claim if self.view else None
        if claim is None:
            raise StoreError("the item falls under no claim")
        if self.view is not None and self.view.key.kind is ItemKind.CLAIM:
            self.accept()
            return None
        return self._aside(
            Draft(ItemKey(ItemKind.CLAIM, claim.id), DecisionKind.ACCEPT, self.reviewer, self.note)
        )

    def keep(self) -> None:
        """After a clash: let the first's decision stand."""
        if self.clash is not None:
            self._supply.closed(self.clash.intent.place.key)
            self.clash = None
            self._after_deciding()

    def insist(self) -> None:
        """After a clash: decide as meant, knowing what the others decided."""
        if self.clash is not None:
            intent, self.clash = self.clash.intent, None
            self._write(intent)

    def look_again(self) -> None:
        """After a clash: stay at the item, with what was meant staged and noted."""
        if self.clash is None:
            return
        intent, self.clash = self.clash.intent, None
        shown = self.view.values if self.view else None
        if shown is not None and intent.values is not None:
            self.staged = shown.difference(intent.values)
        self.note = intent.note

    def undo(self) -> bool:
        """Take the last decision of this session back and show its item; False if there is none."""
        if not self._made:
            return False
        last = self._made[-1]
        if isinstance(last.decision, ClaimDecision):
            from claims.review.claim_changes import take_back

            take_back(self.desk, last.decision, by=self.reviewer)
        else:
            self.desk.undo(last.decision.id, by=self.reviewer)
        self._made.pop()
        self._undone += 1
        if last.closes and self._left is not None:
            self._left += 1
        self._return_to(last.place)
        return True

    def changed_claim(self, decision: ClaimDecision) -> None:
        """Count a merge, split or rewording among what can be undone."""
        self._made.append(Made(decision, self.place, self._looked(), closes=False))
        self.note = ""

    def _return_to(self, place: Place | None) -> None:
        if place is None or place not in self._history:
            return
        if self.place == place:
            self.reload()
        else:
            self._open(place, at=self._history.index(place))

    def _decide(self, kind: DecisionKind, values: Values | None) -> None:
        place = self.place
        if place is not None:
            self._write(Intent(place, kind, values, self.note))

    def _write(self, intent: Intent) -> None:
        """Write a decision and go on, or keep it as a clash.

        A second reading isn't told of decisions made meanwhile: it is written against what stands.
        """
        while True:
            assert self._real is not None
            is_open = bool(self._real.why) and not intent.place.is_second
            try:
                made = self.desk.decide(self._draft(intent, self._real))
                break
            except DecidedMeanwhileError as error:
                self.reload()
                if not intent.place.is_second:
                    self.clash = Clash(intent, error.decisions)
                    return
        self._count(made, intent.place, is_open)
        self._supply.closed(intent.place.key)
        self._after_deciding()

    def _draft(self, intent: Intent, real: ItemView) -> Draft:
        """What is to be written for an intent: an acceptance of what stands, or what corrects it.

        A second reader who accepts what the model read corrects what the first made of it.
        """
        kind, patch = intent.kind, None
        if kind is DecisionKind.ACCEPT and intent.values is not None and real.values is not None:
            patch = real.values.difference(intent.values) or None
            kind = DecisionKind.CORRECT if patch else kind
        return Draft(
            intent.place.key, kind, self.reviewer, intent.note, patch=patch,
            is_opinion=intent.place.is_second, expect=real.expect,
        )  # fmt: skip

    def _aside(self, draft: Draft) -> Decision:
        """Write a decision that is not about the item on the screen, which stays."""
        made = self.desk.decide(draft)
        self._count(made, self.place, is_open=False)
        self.note = ""
        self.reload()
        return made

    def _count(self, made: Decision, place: Place | None, is_open: bool) -> None:
        self._made.append(Made(made, place, self._looked(), is_open))
        if is_open and self._left is not None:
            self._left = max(0, self._left - 1)
        if len(self._made) % RECOUNT == 0:
            self.recount()

    def _looked(self) -> float:
        return self._clock() - self._since

    def _text(self) -> int:
        text = self.view.key.text_id if self.view else None
        if text is None:
            raise StoreError("a claim has no article of its own", repair="go to an attribution")
        return text

    def _sentence(self) -> Span:
        """The sentence that the item's cue begins in."""
        view = self.view
        if view is not None and view.article is not None and view.key.span is not None:
            for one in view.article.sentences:
                if one.start <= view.key.span.start < one.end:
                    return Span(one.start, one.end)
        raise StoreError("the item stands in no sentence", repair="C closes the whole article")

    # How far it is

    def recount(self) -> None:
        """Count what is left of the queue."""
        self._left = self.desk.progress(self.wanted).open

    @property
    def standing(self) -> Standing:
        """Done, left, and the rate."""
        minutes = (self._clock() - self._started) / 60
        done = len(self._made)
        rate = done / minutes if done and minutes * 60 >= RATED else None
        return Standing(done, self._left, rate)

    def summary(self) -> Summary:
        """What the session came to."""
        decided = self._decided()
        return tally.summary(
            self._made,
            undone=self._undone,
            passed=sum(place not in decided for place in set(self._history[: self._at])),
            left=self._left,
            seconds=self._clock() - self._started,
        )
