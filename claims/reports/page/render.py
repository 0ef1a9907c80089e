"""The page as HTML. Every value is made harmless and escaped by the environment, none by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims import __version__
from claims.addresses import web_address
from claims.reports.claim_tables import counted, origins_words, standing
from claims.reports.dossier import decision_words, edit_words, place_words, reading_words
from claims.reports.page.build import Page
from claims.reports.page.dossier import DossierPage
from claims.reports.positions import Position
from claims.reports.verdicts import standing_words, verdict_mark
from claims.terminal import harmless, one_line

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
LETTERS = {
    Position.ASSERTS: "A",
    Position.OPPOSES: "O",
    Position.HEDGES: "H",
    Position.UNCOMMITTED: "U",
    Position.BY_DENIAL: "N",
}
QUOTE = 280
"""Characters of a member's words under its claim; its article has them whole."""


def render_page(page: Page) -> str:
    """The whole file of a report.

    Text from outside keeps nothing that a browser would obey: markup is escaped, and control and
    direction characters are shown as visible signs (`claims.terminal.harmless`), so that no title
    can turn the words around it.
    """
    return _environment().get_template("page.html.j2").render(page=page) + "\n"


def render_dossier(page: DossierPage) -> str:
    """The whole file of a dossier, by the same rules."""
    return _environment().get_template("dossier.html.j2").render(page=page) + "\n"


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    environment.filters |= {"day": _day, "short": one_line, "counted": counted}
    environment.globals |= {
        "Position": Position,
        "letters": LETTERS,
        "origins_words": origins_words,
        "standing": standing,
        "quote_length": QUOTE,
        "version": __version__,
        "verdict_mark": verdict_mark,
        "standing_words": standing_words,
        "place_words": place_words,
        "reading_words": reading_words,
        "decision_words": decision_words,
        "edit_words": edit_words,
        "web_address": web_address,
    }
    return environment


def _harmless(value: Any) -> Any:
    is_plain = isinstance(value, str) and not hasattr(value, "__html__")
    return harmless(value) if is_plain else value


def _day(day: date | None) -> str:
    """`12 Mar 2029`, in English whatever the machine's language is."""
    if day is None:
        return "undated"
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{day.day} {months[day.month - 1]} {day.year}"
