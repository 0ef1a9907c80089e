"""The claim's keys: merge with another, split a member off, reword, confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from claims.errors import StoreError
from claims.matching.deciding import ClaimDecision
from claims.review import claim_changes
from claims.review.screen.dialogs import Ask, Choice, Pick
from claims.review.telling import member_head
from claims.store.claim_rows import ClaimRow, MemberRow
from claims.terminal import one_line, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.review.screen.desk import DeskScreen

LATER = "claims are grouped anew at the end · z takes it back"
MOST = 20


def claim_menu(screen: DeskScreen) -> None:
    """Ask what is to be done with the claim that the item falls under."""
    view = screen.session.view
    claim = view.claim if view else None
    if claim is None:
        screen.say("the item falls under no claim", failed=True)
        return
    offers = [
        ("c", "confirm: its members are one claim", "confirm"),
        ("m", "merge: another claim is the same", "merge"),
        ("s", "split: a member isn't of it", "split"),
        ("w", "reword it", "reword"),
    ]

    def chosen(what: str | None) -> None:
        if what == "confirm":
            screen.attempt(screen.session.confirm_claim, f"claim {claim.id} is confirmed")
        elif what == "merge":
            _merge(screen, claim)
        elif what == "split":
            _split(screen, claim)
        elif what == "reword":
            _reword(screen, claim)

    title = f"Claim {claim.id}: {one_line(claim.wording, 200)}"
    screen.app.push_screen(Choice(title, offers), chosen)


def _merge(screen: DeskScreen, claim: ClaimRow) -> None:
    def picked(other: int | None) -> None:
        if other is not None:
            _change(screen, lambda: _merged(screen, claim, other), f"merged with claim {other}")

    title = f"Merge claim {claim.id} with: words, or a number"
    screen.app.push_screen(
        Pick(title, lambda words: _claims_like(screen, claim, words), wait=0.2), picked
    )


def _merged(screen: DeskScreen, claim: ClaimRow, number: int) -> ClaimDecision:
    session = screen.session
    other = session.desk.claim(number)
    if other is None:
        raise StoreError(f"there is no claim {number}", repair="claims report claims lists them")
    return claim_changes.merge(session.desk, claim, other, by=session.reviewer, note=session.note)


def _claims_like(screen: DeskScreen, claim: ClaimRow, words: str) -> list[tuple[Text, int]]:
    """Claims whose wording holds the words, or the one of a number; not the claim itself."""
    from claims.store.terms import read_terms

    desk = screen.session.desk
    if words.strip().isdigit():
        one = desk.claim(int(words))
        found = [one] if one else []
    else:
        terms = read_terms(words.split())
        if not any(term.wanted for term in terms):
            return []
        found = list(desk.search(terms, limit=MOST).claims)
    return [
        (Text.assemble((f"{one.id:>4}  ", "cyan"), plain(one_line(one.wording, 100))), one.id)
        for one in found
        if one.id != claim.id
    ]


def _split(screen: DeskScreen, claim: ClaimRow) -> None:
    view = screen.session.view
    own = claim_changes.member_of(claim, view.row.id if view and view.row else None)
    # The member that is on the screen is the likeliest to be meant.
    members = sorted(claim.members, key=lambda member: member is not own)

    def offers(words: str) -> list[tuple[Text, MemberRow]]:
        wanted = words.casefold()
        lines = [(_member(one, one is own), one) for one in members]
        return [(line, one) for line, one in lines if wanted in line.plain.casefold()]

    def picked(member: MemberRow | None) -> None:
        if member is None:
            return
        session = screen.session
        _change(
            screen,
            lambda: claim_changes.split(
                session.desk, claim, member, by=session.reviewer, note=session.note
            ),
            f"split off from claim {claim.id}",
        )

    screen.app.push_screen(Pick(f"Split off from claim {claim.id}", offers), picked)


def _member(member: MemberRow, is_own: bool) -> Text:
    line = Text("► " if is_own else "  ").append_text(member_head(member))
    return line.append_text(plain(one_line(member.quote.exact, 70)))


def _reword(screen: DeskScreen, claim: ClaimRow) -> None:
    def given(words: str | None) -> None:
        if words is None or " ".join(words.split()) == claim.wording:
            return
        session = screen.session
        _change(
            screen,
            lambda: claim_changes.reword(
                session.desk, claim, words, by=session.reviewer, note=session.note
            ),
            f"claim {claim.id} is reworded",
        )

    screen.app.push_screen(Ask(f"Word claim {claim.id}", one_line(claim.wording)), given)


def _change(screen: DeskScreen, change: Callable[[], ClaimDecision], done: str) -> None:
    session = screen.session

    def act() -> None:
        session.changed_claim(change())
        session.reload()

    screen.attempt(act, f"{done}; {LATER}")
