"""Are the chains right: through whom the words of each attribution came.

Attributions of every depth are matched as in who_said_what; an attribution counts if the gold says
what its chain is, be it empty, and if it was found: whether it was is scored elsewhere. Names are
equal as speakers are (`names.same_speaker`); evidence is not compared.

- matched: share of the gold attributions with a chain that were found.
- exact: share of the matched whose whole chain is right, in order, each link by name and role.
- exact.cited: the same of the part that the article says in words, without agency and outlet.
- links: precision, recall and F1 of single links by name and role; .cited, .carried, .published.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from claims.evaluation.attributions import who_said_what
from claims.evaluation.counting import Share, Tally
from claims.evaluation.gold import Chain, GoldArticle, Prediction
from claims.evaluation.names import same_speaker

ROLES = ("cited", "carried", "published")


@dataclass(slots=True)
class ChainFigures:
    """Counts of this module's figures; `links` by role."""

    matched: Share = field(default_factory=Share)
    exact: Share = field(default_factory=Share)
    cited: Share = field(default_factory=Share)
    links: dict[str, Tally] = field(default_factory=lambda: {role: Tally() for role in ROLES})

    def as_dict(self) -> dict[str, Any]:
        """Name of the figure to its value; None where nothing was there to score."""
        every = Tally()
        for tally in self.links.values():
            every.add(tally.right, tally.predicted, tally.gold)
        links = {"links": every} | {f"links.{role}": self.links[role] for role in ROLES}
        return {
            "matched": self.matched.value,
            "exact": self.exact.value,
            "exact.cited": self.cited.value,
            "n": self.exact.whole,
        } | {
            name: {"f1": t.f1, "p": t.precision, "r": t.recall, "n": t.gold}
            for name, t in links.items()
        }


def score_chains(
    gold: Sequence[GoldArticle], predicted: Mapping[str, Prediction]
) -> ChainFigures | None:
    """The figures of this module; None when the gold says nothing of chains."""
    figures = ChainFigures()
    for article in gold:
        found = predicted.get(article.id, Prediction()).attributions
        marked = article.attributions
        matched = dict(who_said_what(article.text, marked, found))
        for i, attribution in enumerate(marked):
            if attribution.carriers is not None:
                figures.matched.add(i in matched)
                if i in matched:
                    _score_chain(figures, attribution.carriers, found[matched[i]].carriers or ())
    return figures if figures.matched.whole else None


def _score_chain(figures: ChainFigures, gold: Chain, found: Chain) -> None:
    figures.exact.add(_same(gold, found))
    figures.cited.add(_same(_of("cited", gold), _of("cited", found)))
    for role in ROLES:
        wanted, given = list(_of(role, gold)), _of(role, found)
        right = 0
        for link in given:
            same = next((w for w in wanted if same_speaker(w.name, link.name)), None)
            if same is not None:
                wanted.remove(same)
                right += 1
        figures.links[role].add(right, len(given), right + len(wanted))


def _of(role: str, chain: Chain) -> Chain:
    return tuple(link for link in chain if link.role == role)


def _same(gold: Chain, found: Chain) -> bool:
    return len(gold) == len(found) and all(
        g.role == f.role and same_speaker(g.name, f.name) for g, f in zip(gold, found, strict=True)
    )
