"""A store with grouped claims for tests of what reads them. All people and places are invented.

Four articles. Claim "guards": a ministry asserts that guards crossed a bridge (Harbour Post), a
weekly states it as its own (Lantern Weekly), an analyst hedges there, and an embassy denies it
(Sarn Courier). The minister's word that they were unarmed is another claim. What the baker says
(Corva Dent) is text that a terminal, a spreadsheet or a browser would obey if it were let.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from claims.matching.clustering import Pair
from claims.matching.pairs import PairLabel, Scores
from claims.matching.statements import Statement, read_statements
from claims.records import (
    Act,
    Attribution,
    Carrier,
    CarrierRole,
    Document,
    Extraction,
    Fact,
    Sentence,
    SentenceKind,
    Speaker,
    Stance,
)
from claims.store import Store
from tests.store.making import MODEL, attribution, document, span

VERSION = "stub"
POST = (
    "The Tideway Ministry said that 40 guards had crossed the Ivara bridge on Monday. "
    "“They were unarmed,” Odo Pell, the minister, said."
)
COURIER = "The Velmora embassy denied on Tuesday that any guards had crossed the Ivara bridge."
WEEKLY = (
    "Forty guards crossed the Ivara bridge this week. "
    "The guards may have crossed the Ivara bridge by night, said Lena Marsh, an analyst."
)
HOSTILE = (
    "=1+1 Corva Dent said =SUM(A1) is <script>alert(1)</script> the price\x1b[2J of \u202ebread."
)
TITLE = '=HYPERLINK("http://x.example","<b>bread</b>")\x1b[31m'

Given = tuple[Document, Extraction]
Chosen = tuple[str, str, PairLabel]
CHOSEN: tuple[Chosen, ...] = (
    ("40 guards had", "any guards had", PairLabel.OPPOSES),
    ("40 guards had", "Forty guards", PairLabel.SAME),
    ("40 guards had", "may have crossed", PairLabel.SAME),
    ("any guards had", "Forty guards", PairLabel.OPPOSES),
    ("any guards had", "may have crossed", PairLabel.OPPOSES),
    ("Forty guards", "may have crossed", PairLabel.SAME),
)
"""Words of two statements, and what they are to each other."""


@dataclass(frozen=True, slots=True)
class Filled:
    """Ids of the articles by their names, and of the claims by words of their wordings."""

    articles: dict[str, int]
    guards: int
    unarmed: int


def articles() -> list[Given]:
    """The articles, each with what a good model finds in it."""
    return [_post(), _courier(), _weekly(), _hostile()]


def _given(text: str, name: str, outlet: str, day: str | None, *found: Attribution) -> Given:
    made = document(
        text,
        name,
        url=f"https://{name}.example/1",
        title=f"From the {outlet}",
        outlet=Fact(outlet, "given"),
        published=Fact(day, "given"),
    )
    outward = Carrier(outlet, CarrierRole.PUBLISHED)
    carried = tuple(replace(one, carriers=(*one.carriers, outward)) for one in found)
    return made, Extraction((), carried, MODEL)


def _said(
    text: str, source: str, cue: str, content: str, stance: Stance, name: str, kind: str
) -> Attribution:
    return attribution(
        (span(content, text),),
        source=(span(source, text),),
        cue=(span(cue, text),),
        speaker=name,
        stance=stance,
        act=Act.DENIAL if stance is Stance.DENIES else Act.STATEMENT,
        speakers=(Speaker(name, kind=kind, confidence=0.5, evidence=span(name, text)),),
    )


def _post() -> Given:
    ministry = _said(
        POST, "The Tideway Ministry", "said",
        "that 40 guards had crossed the Ivara bridge on Monday",
        Stance.ASSERTS, "Tideway Ministry", "government",
    )  # fmt: skip
    pell = _said(
        POST, "Odo Pell, the minister,", "said.", "“They were unarmed,”",
        Stance.ASSERTS, "Odo Pell", "person",
    )  # fmt: skip
    ministry = replace(
        ministry, carriers=(Carrier("Tideway Wire", CarrierRole.CARRIED),), confidence=0.9
    )
    return _given(POST, "post", "Harbour Post", "2024-09-21", ministry, pell)


def _courier() -> Given:
    embassy = _said(
        COURIER, "The Velmora embassy", "denied", "that any guards had crossed the Ivara bridge",
        Stance.DENIES, "Velmora embassy", "government",
    )  # fmt: skip
    return _given(COURIER, "courier", "Sarn Courier", "2024-09-22", embassy)


def _weekly() -> Given:
    marsh = _said(
        WEEKLY, "Lena Marsh, an analyst", "said",
        "The guards may have crossed the Ivara bridge by night",
        Stance.HEDGES, "Lena Marsh", "person",
    )  # fmt: skip
    made, found = _given(WEEKLY, "weekly", "Lantern Weekly", "2024-09-23", marsh)
    own = span("Forty guards crossed the Ivara bridge this week.", WEEKLY)
    return made, replace(found, sentences=(Sentence(*own, SentenceKind.ASSERTED, 0.5),))


def _hostile() -> Given:
    content = HOSTILE[HOSTILE.index("=SUM") :]
    dent = _said(HOSTILE, "Corva Dent", "said", content, Stance.ASSERTS, "Corva Dent", "person")
    made, found = _given(HOSTILE, "hostile", "@Bread Gazette", None, dent)
    return replace(made, title=TITLE, url="javascript:alert(1)"), found


def save(store: Store, given: Iterable[Given] | None = None) -> dict[str, int]:
    """Save articles, not yet grouped; their ids by their names."""
    made = articles() if given is None else given
    return {d.name: store.save(d, found).article_id for d, found in made}


def fill(store: Store, given: Iterable[Given] | None = None) -> Filled:
    """Save and group the articles."""
    ids = save(store, given)
    group(store)
    wordings = {row.id: row.wording for row in store.claims()}
    guards = next(i for i, words in wordings.items() if "guards" in words)
    return Filled(ids, guards, next(i for i, words in wordings.items() if "unarmed" in words))


def group(store: Store, chosen: Sequence[Chosen] = CHOSEN) -> None:
    """Read the statements of what isn't grouped yet, and group all by the chosen pairs."""
    for run_id, article_id in store.unmatched(VERSION):
        view = store.article(article_id)
        found = read_statements(
            article_id,
            view.text,
            view.said,
            view.sentences,
            published=view.published.day,
        )
        said = [row.id for row in view.attributions]
        store.add_statements(run_id, found, vectors(found), VERSION, said=said)
    store.regroup(comparing(chosen), 0.0)


def vectors(statements: Sequence[Statement]) -> np.ndarray:
    """(S, 2, 4): nothing looks at them here."""
    return np.zeros((len(statements), 2, 4), np.float32)


def comparing(
    chosen: Sequence[Chosen],
) -> Callable[[Sequence[Statement], np.ndarray, np.ndarray], dict[Pair, Scores]]:
    """A stand-in for the matcher that is sure of the chosen pairs and compares no other."""

    def compare(
        statements: Sequence[Statement], _vectors: np.ndarray, _new: np.ndarray
    ) -> dict[Pair, Scores]:
        found: dict[Pair, Scores] = {}
        for a, b, label in chosen:
            first = [i for i, s in enumerate(statements) if a in s.words]
            second = [i for i, s in enumerate(statements) if b in s.words]
            scores = Scores(**{one.value: 0.96 if one is label else 0.01 for one in PairLabel})
            found |= {(min(i, j), max(i, j)): scores for i in first for j in second if i != j}
        return found

    return compare
