"""Figures of chains."""

from __future__ import annotations

from dataclasses import replace

from claims.evaluation.chains import ChainFigures, score_chains
from claims.records import Carrier, Span

from .build import GOLD, article, predict

CHAIN = (Carrier("Tideway Gazette", "cited", Span(0, 3)), Carrier("Meridian", "carried"))
MARKED = (replace(GOLD[0], carriers=CHAIN), replace(GOLD[1], carriers=()), GOLD[2])


def scored(*chains: tuple[Carrier, ...] | None) -> ChainFigures:
    found = [replace(g, carriers=c) for g, c in zip(GOLD, chains, strict=False)]
    figures = score_chains([article(*MARKED)], predict(*found))
    assert figures is not None
    return figures


def test_a_chain_is_right_only_whole_and_in_order() -> None:
    renamed = (replace(CHAIN[0], name="the Tideway Gazette", evidence=None), CHAIN[1])
    assert scored(renamed, ()).as_dict()["exact"] == 1.0
    for wrong in (CHAIN[::-1], CHAIN[:1], CHAIN[1:], (*CHAIN, CHAIN[1]), None):
        assert scored(wrong, ()).as_dict()["exact"] == 0.5


def test_what_is_cited_is_scored_without_agency_and_outlet() -> None:
    assert scored(CHAIN[:1], ()).as_dict()["exact.cited"] == 1.0
    assert scored(CHAIN[1:], ()).as_dict()["exact.cited"] == 0.5


def test_links_count_by_name_and_role() -> None:
    wrong_role = (replace(CHAIN[0], role="carried"), CHAIN[1])
    figures = scored(wrong_role, (CHAIN[0],)).as_dict()
    assert figures["links"] == {"f1": 0.4, "p": 1 / 3, "r": 0.5, "n": 2}
    assert figures["links.cited"] == {"f1": 0.0, "p": 0.0, "r": 0.0, "n": 1}
    assert figures["links.carried"]["p"] == 0.5
    twice = scored((CHAIN[0], CHAIN[0], CHAIN[1]), ()).as_dict()
    assert twice["links"]["p"] == 2 / 3


def test_only_found_attributions_whose_chain_the_gold_knows_count() -> None:
    figures = score_chains([article(*MARKED)], predict(GOLD[1], GOLD[2]))
    assert figures is not None
    assert (figures.as_dict()["matched"], figures.as_dict()["n"]) == (0.5, 1)
    assert score_chains([article(*GOLD)], predict(*GOLD)) is None
